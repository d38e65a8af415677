package roster

// directoryExports are what directories and sign-in services write of their
// users. Behind each stands who says that this is what is written.
var directoryExports = []export{
	// Okta Help, "Okta Password Health Report": the fields of the report; the
	// values are the user statuses of Okta's developer documentation.
	{"Okta, password health report", nil,
		"User|Login|Status|Activation date|Authentication Source|Last Login|Last Password Change",
		[]string{"Ann Lee|ann@x.com|ACTIVE|2024-01-01T10:00:00Z|OKTA|2026-01-01T10:00:00Z|2025-01-01T10:00:00Z", "Bo Li|bo@x.com|DEPROVISIONED||OKTA||", "Cy Ng|cy@x.com|LOCKED_OUT||OKTA||", "Di Oh|di@x.com|PASSWORD_EXPIRED||OKTA||"},
		columns{"Current Status": "direct Status", "Display Name": "direct User?", "Primary Email": "direct Login?"},
		[]string{"ACTIVE||", "DEPROVISIONED||", "LOCKED_OUT||", "PASSWORD_EXPIRED||"}},
	// Okta Help, "Import users from a CSV file": the template that the admin
	// console gives, all of the base attributes of a profile.
	{"Okta, template of the admin console", nil,
		"login|firstName|lastName|middleName|honorificPrefix|honorificSuffix|email|title|displayName|nickName|profileUrl|secondEmail|mobilePhone|primaryPhone|streetAddress|city|state|zipCode|countryCode|postalAddress|preferredLanguage|locale|timezone|userType|employeeNumber|costCenter|organization|division|department|managerId|manager",
		[]string{"ann@x.com|Ann|Lee||||ann@x.com|Engineer|Ann Lee|||ann@home.net|||1 Main St|Austin|TX||US|||||Employee|1001||X|EU|R&D||Bo Li", "bo@x.com|Bo|Li||||bo@x.com|Lead|Bo Li|||||||Austin|TX||US|||||Contractor|1002||X|EU|IT||"},
		columns{"Display Name": "direct displayName", "Primary Email": "direct email", "Groups": "direct division?"},
		[]string{"|Ann Lee|ann@x.com", "|Bo Li|bo@x.com"}},
	// A public script that writes a group's members with the columns and in the
	// order of Okta's admin console.
	{"Okta, members of a group", nil,
		"User Id|First name|Last name|Username|Primary email|Status",
		[]string{"00u1|Ann|Lee|ann@x.com|ann@x.com|ACTIVE", "00u2|Bo|Li|bo@x.com|bo@x.com|SUSPENDED"},
		columns{"Current Status": "direct Status", "Display Name": "joined First name + Last name", "Primary Email": "direct Primary email"},
		[]string{"ACTIVE|Ann Lee|ann@x.com", "SUSPENDED|Bo Li|bo@x.com"}},
	// Okta's developer documentation, Users API: what a user has beside the
	// profile, as scripts write it.
	{"Okta, users of the API", nil,
		"id|status|login|email|firstName|lastName|displayName|secondEmail|mobilePhone|userType|department|created|lastLogin",
		[]string{"00u1|ACTIVE|ann@x.com|ann@x.com|Ann|Lee|Ann Lee|ann@home.net|||Sales|2021-01-01|", "00u2|DEPROVISIONED|bo@x.com|bo@x.com|Bo|Li|Bo Li||||IT||", "00u3|SUSPENDED|cy@x.com|cy@x.com|Cy|Ng|Cy Ng||||IT||", "00u4|STAGED|di@x.com|di@x.com|Di|Oh|Di Oh||||||"},
		columns{"Current Status": "direct status", "Display Name": "direct displayName", "Primary Email": "direct email", "Groups": "direct department?"},
		[]string{"ACTIVE|Ann Lee|ann@x.com", "DEPROVISIONED|Bo Li|bo@x.com", "SUSPENDED|Cy Ng|cy@x.com", "STAGED|Di Oh|di@x.com"}},
	// Google Workspace Admin Help, "Download a list of users": all user info
	// columns, as downloads of 2024 and later have them.
	{"Google Workspace, downloaded users", nil,
		"First Name [Required]|Last Name [Required]|Email Address [Required]|Password [Required]|Password Hash Function [UPLOAD ONLY]|Org Unit Path [Required]|New Primary Email [UPLOAD ONLY]|Status [READ ONLY]|Last Sign In [READ ONLY]|Recovery Email|Home Secondary Email|Work Secondary Email|Recovery Phone [MUST BE IN THE E.164 FORMAT]|Work Phone|Home Phone|Mobile Phone|Work Address|Home Address|Employee ID|Employee Type|Employee Title|Manager Email|Department|Cost Center|2sv Enrolled [READ ONLY]|2sv Enforced [READ ONLY]|Building ID|Floor Name|Floor Section|Email Usage [READ ONLY]|Drive Usage [READ ONLY]|Photos Usage [READ ONLY]|Storage limit [READ ONLY]|Storage Used [READ ONLY]|Change Password at Next Sign-In|New Status [UPLOAD ONLY]|Advanced Protection Program enrollment|Gemini Limit Status [READ ONLY]",
		[]string{"Ann|Lee|ann@x.com|****||/Sales||Active|2026/01/02 10:00:00|ann@home.net|||||||||E1|Staff|Engineer|bo@x.com|R&D||True|False||||1.2GB|0GB|0GB|15GB|1.2GB|False||False|", "Bo|Li|bo@x.com|****||/||Suspended|Never logged in||||||||||||||||False|False||||0.0GB|0.0GB|0GB|15GB|0GB|False||False|"},
		columns{"Current Status": "direct Status [READ ONLY]", "Display Name": "joined First Name [Required] + Last Name [Required]", "Primary Email": "direct Email Address [Required]", "Role": "direct Employee Type?", "Groups": "direct Org Unit Path [Required]?"},
		[]string{"Active|Ann Lee|ann@x.com", "Suspended|Bo Li|bo@x.com"}},
	// The same page, where only the columns in view are downloaded.
	{"Google Workspace, columns in view", nil,
		"First Name [Required]|Last Name [Required]|Email Address [Required]|Status [READ ONLY]|Last Sign In [READ ONLY]|Email Usage [READ ONLY]|2sv Enrolled [READ ONLY]",
		[]string{"Ann|Lee|ann@x.com|Active|2023/09/03 20:23:16|0.02GB|True", "Bo|Li|bo@x.com|Suspended|Never logged in|0.0GB|False"},
		columns{"Current Status": "direct Status [READ ONLY]", "Display Name": "joined First Name [Required] + Last Name [Required]", "Primary Email": "direct Email Address [Required]"},
		[]string{"Active|Ann Lee|ann@x.com", "Suspended|Bo Li|bo@x.com"}},
	// Google Workspace Admin Help, "Add or update multiple users from a CSV file":
	// the template, with the columns that it has gained.
	{"Google Workspace, template to upload", nil,
		"First Name [Required]|Last Name [Required]|Email Address [Required]|Password [Required]|Password Hash Function [UPLOAD ONLY]|Org Unit Path [Required]|New Primary Email [UPLOAD ONLY]|Recovery Email|Home Secondary Email|Work Secondary Email|Recovery Phone [MUST BE IN THE E.164 FORMAT]|Work Phone|Home Phone|Mobile Phone|Work Address|Home Address|Employee ID|Employee Type|Employee Title|Manager Email|Department|Cost Center|Building ID|Floor Name|Floor Section|Change Password at Next Sign-In|New Status [UPLOAD ONLY]|New Licenses [UPLOAD ONLY]|Advanced Protection Program enrollment",
		[]string{"Ann|Lee|ann@x.com|****||/Sales||ann@home.net|||||||||E1|||bo@x.com|R&D|||||True|Active||False", "Bo|Li|bo@x.com|****||/Sales||||||||||E2|||||||||False|Suspended||False"},
		columns{"Current Status": "direct New Status [UPLOAD ONLY]?", "Display Name": "joined First Name [Required] + Last Name [Required]", "Primary Email": "direct Email Address [Required]", "Groups": "direct Org Unit Path [Required]?"},
		[]string{"|Ann Lee|ann@x.com", "|Bo Li|bo@x.com"}},
	// Microsoft Learn, "Download a list of users": the attributes in their order.
	{"Entra, bulk download", nil,
		"userPrincipalName|displayName|surname|mail|givenName|objectId|userType|jobTitle|department|accountEnabled|usageLocation|streetAddress|state|country|physicalDeliveryOfficeName|city|postalCode|telephoneNumber|mobile|authenticationAlternativePhoneNumber|authenticationEmail|alternateEmailAddress|ageGroup|consentProvidedForMinor|legalAgeGroupClassification",
		[]string{"ann@x.onmicrosoft.com|Ann Lee|Lee|ann@x.com|Ann|1|Member|Engineer|R&D|True|DE||BY||||||+491701234567||ann@home.net|ann@home.net|||", "bo_ext@x.onmicrosoft.com|Bo Li|Li|bo@y.com|Bo|2|Guest|||False|||||||||||||||"},
		columns{"Current Status": "direct accountEnabled", "Display Name": "direct displayName", "Primary Email": "direct mail", "Role": "direct userType?", "Groups": "direct department?"},
		[]string{"Active|Ann Lee|ann@x.com", "Archived|Bo Li|bo@y.com"}},
	// The same where no one has a mailbox.
	{"Entra, where no one has a mailbox", nil,
		"userPrincipalName|displayName|surname|mail|givenName|objectId|userType|jobTitle|department|accountEnabled|usageLocation",
		[]string{"ann@x.com|Ann Lee|Lee||Ann|1|Member|||TRUE|DE", "bo@x.com|Bo Li|Li||Bo|2|Member|||FALSE|"},
		columns{"Current Status": "direct accountEnabled", "Display Name": "direct displayName", "Primary Email": "direct userPrincipalName", "Role": "direct userType?"},
		[]string{"Active|Ann Lee|ann@x.com", "Archived|Bo Li|bo@x.com"}},
	// Microsoft Learn, "Bulk create users": the template; the line of its version
	// above the header is the reader's to find.
	{"Entra, template to create users", nil,
		"Name [displayName] Required|User name [userPrincipalName] Required|Initial password [passwordProfile] Required|Block sign in (Yes/No) [accountEnabled] Required|First name [givenName]|Last name [surname]|Job title [jobTitle]|Department [department]|Usage location [usageLocation]|Street address [streetAddress]|State or province [state]|Country or region [country]|Office [physicalDeliveryOfficeName]|City [city]|ZIP or postal code [postalCode]|Office phone [telephoneNumber]|Mobile phone [mobile]",
		[]string{"Chris Green|chris@contoso.com|myPassword1234|No|Chris|Green|IT Manager|IT|US|123 ABC Drive|AL|United States|Corp|Birmingham|35203|1234567891|1234567891", "Ann Lee|ann@contoso.com|x|Yes|Ann|Lee|||US||||||||"},
		columns{"Current Status": "inverted Block sign in (Yes/No) [accountEnabled] Required", "Display Name": "direct Name [displayName] Required", "Primary Email": "direct User name [userPrincipalName] Required", "Groups": "direct Department [department]?"},
		[]string{"Active|Chris Green|chris@contoso.com", "Archived|Ann Lee|ann@contoso.com"}},
	// The admin center's "Export users": the columns in their order as two public
	// tools for these files list them.
	{"Microsoft 365, exported active users", nil,
		"Block credential|City|Country/Region|Department|Display name|DirSyncEnabled|Fax|First name|Last dirsync time|Last name|Last password change time stamp|License assignment details|Licenses|Mobile Phone|Oath token meta data|Object Id|Office|Password never expires|Phone number|Postal code|Preferred data location|Preferred language|Proxy addresses|Release track|Soft deletion time stamp|State|Street address|Strong password required|Title|Usage location|User principal name|When created",
		[]string{"False|Perth|Australia|Ops|Ann Lee|True||Ann||Lee|2024-01-01||Microsoft 365 E3||||HQ|True|||||SMTP:ann@x.com+smtp:al@x.com|||WA||True|Engineer|AU|ann@x.com|2020-01-01", "True|Perth|Australia|Ops|Bo Li|||Bo||Li|||Unlicensed||||||||||SMTP:bo@x.com|||||True||AU|bo@x.com|"},
		columns{"Current Status": "inverted Block credential", "Display Name": "direct Display name", "Primary Email": "direct User principal name?", "Groups": "direct Department?"},
		[]string{"Active|Ann Lee|", "Archived|Bo Li|"}},
	// A public walk-through of the admin center's "Import multiple users": the
	// fields of its file.
	{"Microsoft 365, template to import", nil,
		"User Name|First Name|Last Name|Display Name|Job Title|Department|Office Number|Office Phone|Mobile Phone|Fax|Address|City|State or Province|ZIP or Postal Code|Country or Region",
		[]string{"ann@x.com|Ann|Lee|Ann Lee|Engineer|R&D|1|555|||1 Main St|Austin|TX|7|US", "bo@x.com|Bo|Li|Bo Li|||||||||||"},
		columns{"Display Name": "direct Display Name", "Primary Email": "direct User Name?", "Groups": "direct Department?"},
		[]string{"|Ann Lee|", "|Bo Li|"}},
	// Microsoft Learn, Get-ADUser: the properties that it gives unasked, behind
	// Export-Csv; its line of the type is the reader's to find.
	{"Active Directory, Get-ADUser | Export-Csv", nil,
		"DistinguishedName|Enabled|GivenName|Name|ObjectClass|ObjectGUID|SamAccountName|SID|Surname|UserPrincipalName",
		[]string{"CN=Ann Lee,OU=Sales,DC=x,DC=com|True|Ann|Ann Lee|user|8f1|alee|S-1-5-21-1|Lee|ann@x.com", "CN=Bo Li,OU=IT,DC=x,DC=com|False|Bo|Bo Li|user|8f2|bli|S-1-5-21-2|Li|bo@x.com"},
		columns{"Current Status": "direct Enabled", "Display Name": "direct Name", "Primary Email": "direct UserPrincipalName"},
		[]string{"Active|Ann Lee|ann@x.com", "Archived|Bo Li|bo@x.com"}},
	// A public script's copy of what csvde -f writes: distinguished names where
	// others have names, numbers where others have words.
	{"Active Directory, csvde", nil,
		"DN|objectClass|distinguishedName|instanceType|whenCreated|cn|sn|givenName|displayName|department|memberOf|name|userAccountControl|sAMAccountName|userPrincipalName|mail",
		[]string{"CN=Ann Lee,OU=Sales,DC=x,DC=com|user|CN=Ann Lee,OU=Sales,DC=x,DC=com|4|20200101000000.0Z|Ann Lee|Lee|Ann|Ann Lee|Sales|CN=Traders,OU=Groups,DC=x,DC=com;CN=All,OU=Groups,DC=x,DC=com|Ann Lee|512|alee|ann@x.com|ann@x.com", "CN=Bo Li,OU=IT,DC=x,DC=com|user|CN=Bo Li,OU=IT,DC=x,DC=com|4|20200101000000.0Z|Bo Li|Li|Bo|Bo Li|IT|CN=All,OU=Groups,DC=x,DC=com|Bo Li|514|bli|bo@x.com|bo@x.com"},
		columns{"Display Name": "direct displayName", "Primary Email": "direct mail", "Groups": "direct memberOf?"},
		[]string{"|Ann Lee|ann@x.com", "|Bo Li|bo@x.com"}},
	// JumpCloud's PowerShell module: the file of New-JCImportTemplate to create.
	{"JumpCloud, template to import", nil,
		"FirstName|LastName|Username|Password|Email|alternateEmail|recoveryEmail|manager|managedAppleId|MiddleName|preferredName|jobTitle|employeeIdentifier|department|costCenter|company|employeeType|description|location|Group1|Group2",
		[]string{"Ann|Lee|ann.lee||ann@x.com||ann@home.net|||||Engineer|1001|R&D|||Full-time|||Engineering|VPN Users", "Bo|Li|bo.li||bo@x.com|||||||||R&D|||Full-time|||Engineering|"},
		columns{"Display Name": "joined FirstName + LastName", "Primary Email": "direct Email", "Groups": "several Group1 + Group2"},
		[]string{"|Ann Lee|ann@x.com", "|Bo Li|bo@x.com"}},
	// JumpCloud's PowerShell module: the file of New-JCImportTemplate to update.
	{"JumpCloud, template to update", nil,
		"Username|FirstName|LastName|Password|Email|alternateEmail|manager|managedAppleId|middlename|preferredName|jobTitle|employeeIdentifier|department|costCenter|company|employeeType|description|location|home_streetAddress|home_city|home_state|home_postalCode|home_poBox|home_country|work_streetAddress|work_poBox|work_city|work_state|work_postalCode|mobile_number|home_number|work_number|work_mobile_number|work_fax_number|unix_guid|unix_uid|enable_user_portal_multifactor|EnrollmentDays|ldap_binding_user|ldapserver_id|account_locked|allow_public_key|enable_managed_uid|externally_managed|external_dn|external_source_type|passwordless_sudo|sudo|password_never_expires",
		[]string{"ann.lee|Ann|Lee||ann@x.com|||||Annie|Engineer|1001|R&D||||||||||||||||||||||||||||False|True|False|False|||False|False|False", "bo.li|Bo|Li||bo@x.com||||||Lead|1002|R&D||||||||||||||||||||||||||||True|True|False|False|||False|False|False"},
		columns{"Current Status": "inverted account_locked?", "Display Name": "joined FirstName + LastName", "Primary Email": "direct Email", "Groups": "direct department?"},
		[]string{"|Ann Lee|ann@x.com", "|Bo Li|bo@x.com"}},
	// JumpCloud's API documentation, system users, as Get-JCUser | Export-Csv
	// writes them.
	{"JumpCloud, users of the API", nil,
		"firstname|lastname|username|email|alternateEmail|activated|suspended|state|employeeIdentifier|department|company|admin|created",
		[]string{"Ann|Lee|ann.lee|ann@x.com||true|false|ACTIVATED|1|R&D|X|false|2021", "Bo|Li|bo.li|bo@x.com|bo@home.net|true|true|SUSPENDED|2|||false|"},
		columns{"Current Status": "direct activated?", "Display Name": "joined firstname + lastname", "Primary Email": "direct email", "Groups": "direct department?"},
		[]string{"|Ann Lee|ann@x.com", "|Bo Li|bo@x.com"}},
	// Ping Identity's PingOne User Import Tool: the attributes of its file.
	{"PingOne, users to import", nil,
		"username|email|primaryPhone|mobilePhone|name.honorificPrefix|name.given|name.middle|name.family|name.honorificSuffix|name.formatted",
		[]string{"alee|ann@x.com|+1555||Ms|Ann||Lee||Ann Lee", "bli|bo@x.com||||Bo||Li||Bo Li"},
		columns{"Display Name": "direct name.formatted", "Primary Email": "direct email"},
		[]string{"|Ann Lee|ann@x.com", "|Bo Li|bo@x.com"}},
	// Duo, "Import Users from CSV": the fields and the values of its example.
	{"Duo, users to import", nil,
		"username|realname|alias1|alias2|email|status|phone1|platform1|phone2|platform2|group1|group2|notes|token1|type1",
		[]string{"jason|Jason Liu|jason@example.com|smithj3|jason@example.com|active|734-555-1234|iphone|734-555-3232|mobile|StdUsers||||", "sally|Sally Jones|sally@example.com|joness5|sally@example.com|disabled|(734)-555-1235|android|(734)-555-4343|landline|StdUsers||activate account after Dec 4||", "jack|Jack Cruz|jack@example.com||jack@example.com|bypass|+17345554322|smartphone|||StdUsers|NetAdmins||101222|h6"},
		columns{"Current Status": "direct status", "Display Name": "direct realname", "Primary Email": "direct email", "Groups": "several group1 + group2"},
		[]string{"active|Jason Liu|jason@example.com", "disabled|Sally Jones|sally@example.com", "bypass|Jack Cruz|jack@example.com"}},
	// Oracle Cloud Infrastructure documentation, "Column Header User Attributes":
	// those that a user mostly has.
	{"Oracle identity domains, exported users", nil,
		"User Name|Active|Work Address Region|Primary Address Type|Display Name|Work Email|Home Email|Primary Email Type|Other Email|Recovery Email|Work Email Verified|Formatted Name|First Name|Middle Name|Last Name|Nick Name|Work Phone|User Type|Department|Manager|Federated|Locked|Locked Reason",
		[]string{"ann@x.com|True|BY|work|Ann Lee|ann@x.com|ann@home.net|work||ann@home.net|True|Ann Lee|Ann||Lee|||Employee|R&D|Bo Li|False|False|", "bo@x.com|False||work|Bo Li|bo@x.com||work|||False|Bo Li|Bo||Li|||Contractor|IT||False|True|"},
		columns{"Current Status": "direct Active?", "Display Name": "direct Display Name", "Primary Email": "direct Work Email", "Groups": "direct Department?"},
		[]string{"|Ann Lee|ann@x.com", "|Bo Li|bo@x.com"}},
	// Jamf Pro, the attributes of a user, as Okta's connector reference names them.
	{"Jamf Pro, users", nil,
		"Username|Full Name|Email|Phone Number|Position",
		[]string{"alee|Ann Lee|ann@x.com|555|Engineer", "bli|Bo Li|bo@x.com||Lead"},
		columns{"Display Name": "direct Full Name", "Primary Email": "direct Email"},
		[]string{"|Ann Lee|ann@x.com", "|Bo Li|bo@x.com"}},
}
