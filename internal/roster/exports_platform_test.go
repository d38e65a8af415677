package roster

// platformExports are what chat, support and development platforms write of
// their users. Behind each stands who says that this is what is written.
var platformExports = []export{
	// Slack Help, "Export a list of your workspace members"; the values of its
	// status are those that the page names.
	{"Slack, member export", northwind(),
		"username|email|status|billing-active|has-2fa|has-sso|userid|fullname|displayname|expiration-timestamp",
		[]string{"ann|ann@x.com|Member|1|1|0|U02AMARA1|Ann Lee|ann|", "bo|bo@x.com|Admin|1|0|0|U02BOLI22|Bo Li|bo|", "cy|cy@x.com|Primary Owner|1|1|0|U02CYNG33|Cy Ng|cy|", "di|di@x.com|Deactivated|0|0|0|U02DIOH44|Di Oh|di|", "ed|ed@y.com|Single-Channel Guest|0|0|0|U02EDPO55|Ed Po|ed|1767222000", "flo|flo@y.com|Multi-Channel Guest|1|0|0|U02FLOR66|Flo Ro|flo|"},
		columns{"Current Status": "split status", "Display Name": "direct fullname", "Primary Email": "direct email", "Role": "split status?", "Source Username(s)": "perSource userid as slack?"},
		[]string{"Active|Ann Lee|ann@x.com", "Active|Bo Li|bo@x.com", "Active|Cy Ng|cy@x.com", "Archived|Di Oh|di@x.com", "Active|Ed Po|ed@y.com", "Active|Flo Ro|flo@y.com"}},
	// Atlassian Support, "Export users from a site", with the columns that its
	// file has in public scripts.
	{"Atlassian, exported users", nil,
		"User id|User name|email|User status|Added to org|Org role|Last seen in Jira Service Management - x|Last seen in Jira Software - x|Last seen in Confluence - x",
		[]string{"712020:97|Ann Lee|ann@x.com|Active|3 Jan 2024|User|Never accessed|12 May 2024|Never accessed", "712020:98|Bo Li|bo@x.com|Suspended|3 Jan 2024|Organization admin|Never accessed|Never accessed|Never accessed", "712020:99|Cy Ng|cy@x.com|Deactivated|3 Jan 2024|User|||"},
		columns{"Current Status": "direct User status", "Display Name": "direct User name?", "Primary Email": "direct email", "Role": "direct Org role?"},
		[]string{"Active||ann@x.com", "Suspended||bo@x.com", "Deactivated||cy@x.com"}},
	// TechTime's User Management for Atlassian's Data Center, "Export to CSV".
	{"Atlassian Data Center, exported users", nil,
		"Username|Email|Full Name|Status|User Directory|Last Login Date",
		[]string{"alee|ann@x.com|Ann Lee|Active|LDAP|12/05/2024 10:00:00", "bli|bo@x.com|Bo Li|Inactive|LDAP|never"},
		columns{"Current Status": "direct Status", "Display Name": "direct Full Name", "Primary Email": "direct Email"},
		[]string{"Active|Ann Lee|ann@x.com", "Inactive|Bo Li|bo@x.com"}},
	// Zendesk Help, "Exporting team-member data": the fields of the file as far
	// as they are the user's own.
	{"Zendesk, exported team members", nil,
		"ID|Name|Email|Suspended|Date created|Last updated|Last sign-in|Time zone|Language|Primary Group|Groups",
		[]string{"1|Ann Lee|ann@x.com|FALSE|2021-01-01|2021-01-01|2026-01-01|Berlin|English|Support|Support,Sales", "2|Bo Li|bo@x.com|TRUE|2021-01-01|2021-01-01||Berlin|English|Sales|Sales"},
		columns{"Current Status": "inverted Suspended", "Display Name": "direct Name", "Primary Email": "direct Email", "Groups": "direct Groups"},
		[]string{"Active|Ann Lee|ann@x.com", "Archived|Bo Li|bo@x.com"}},
	// Zendesk Help, "Bulk importing users": the fields in their order.
	{"Zendesk, users to import", nil,
		"name|email|external_id|details|notes|phone|role|restriction|organization|tags",
		[]string{"Ann Lee|ann@x.com|1||||agent|groups|X|vip", "Bo Li|bo@x.com|2||||end-user||X|", "Cy Ng|cy@x.com|3||||admin|||"},
		columns{"Display Name": "direct name", "Primary Email": "direct email", "Role": "direct role", "Groups": "direct tags?"},
		[]string{"|Ann Lee|ann@x.com", "|Bo Li|bo@x.com", "|Cy Ng|cy@x.com"}},
	// Zendesk's developer documentation, Users, as exports of the API write them.
	{"Zendesk, users of the API", nil,
		"id|url|name|email|created_at|updated_at|time_zone|phone|locale|organization_id|role|verified|external_id|tags|alias|active|shared|last_login_at|two_factor_auth_enabled|notes|custom_role_id|suspended|default_group_id",
		[]string{"1|https://x.zendesk.com/api/v2/users/1.json|Ann Lee|ann@x.com|2021|2021|Berlin||en-US||agent|true||vip||true|false|2026|false|||false|5", "2|https://x.zendesk.com/api/v2/users/2.json|Bo Li|bo@x.com|2021|2021|Berlin||en-US||end-user|true|||||false||false|||true|", "3||Cy Ng|cy@x.com|||||||admin|true||||true|||true|||false|5"},
		columns{"Current Status": "direct active?", "Display Name": "direct name", "Primary Email": "direct email", "Role": "direct role", "Groups": "direct tags?"},
		[]string{"|Ann Lee|ann@x.com", "|Bo Li|bo@x.com", "|Cy Ng|cy@x.com"}},
	// GitHub Docs, "License reports reference": the report of GitHub Enterprise
	// Cloud.
	{"GitHub Enterprise, consumed licences", nil,
		"GitHub com login|GitHub com name|Enterprise server user ids|GitHub com user|Enterprise server user|Visual studio subscription user|License type|GitHub com profile|GitHub com member roles|GitHub com enterprise roles|GitHub com verified domain emails|GitHub com saml name|GitHub com orgs with pending invites|GitHub com two factor auth|Enterprise server primary emails|Visual studio license status|Visual studio subscription email|Total user accounts",
		[]string{"annlee|Ann Lee||true|false|false|Enterprise|https://github.com/annlee|octo-org:Owner|Owner|ann@x.com|ann@x.com||true||||1", "boli|Bo Li||true|false|false|Enterprise|https://github.com/boli|octo-org:Member, octo-lab:Owner|Member|bo@x.com, bo@y.com|bo@x.com||true||||1"},
		columns{"Primary Email": "direct GitHub com verified domain emails?", "Role": "direct GitHub com enterprise roles?"},
		[]string{"||", "||"}},
	// GitLab, merge request "Add group/project name to members export CSV".
	{"GitLab, exported members", nil,
		"Name|Username|Email|Path|Group or project name|Type|Role|Role type|Membership type|Membership status|Membership source|Access granted|Access expiration|Last activity",
		[]string{"Tameika Donnelly|bruno|tam@x.com|twitter|Twitter|Group|Planner|default|direct|approved|twitter|2024-12-05T03:32:11Z||", "Brianna Evans|harmony|pilar@x.com|twitter|Twitter|Group|Owner|default|direct|pending|twitter|2024-12-05T03:32:11Z||"},
		columns{"Current Status": "direct Membership status?", "Display Name": "direct Name", "Primary Email": "direct Email", "Role": "direct Role"},
		[]string{"|Tameika Donnelly|tam@x.com", "|Brianna Evans|pilar@x.com"}},
	// Salesforce, the fields of a user as a public tool for its data loads lists
	// them: the user name has the form of an address and is none, the role is a
	// place in the company.
	{"Salesforce, users", nil,
		"IsActive|FirstName|LastName|Email|Username|Profile|TimeZoneSidKey|LocaleSidKey|EmailEncodingKey|LanguageLocaleKey|Alias|UserRole|PSG1|PS1|GM1|GM2",
		[]string{"TRUE|Ann|Lee|ann@x.com|ann@x.com.sandbox1|Standard User|America/New_York|en_US|UTF-8|en_US|alee|CEO|||Sales|EMEA", "FALSE|Bo|Li|bo@x.com|bo@x.com.sandbox1|Standard User|America/New_York|en_US|UTF-8|en_US|bli|Western Sales Team|||Sales|", "TRUE|Cy|Ng|cy@x.com|cy@x.com.sandbox1|System Administrator|America/New_York|en_US|UTF-8|en_US|cng|CFO||||"},
		columns{"Current Status": "direct IsActive", "Display Name": "joined FirstName + LastName", "Primary Email": "direct Email", "Role": "direct UserRole?"},
		[]string{"Active|Ann Lee|ann@x.com", "Archived|Bo Li|bo@x.com", "Active|Cy Ng|cy@x.com"}},
}
