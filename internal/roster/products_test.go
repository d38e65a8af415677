package roster

import (
	"reflect"
	"strings"
	"testing"

	"rollcall/internal/account"
	"rollcall/internal/sheet"
)

// export is what a product writes of its users: its own headers, and rows with
// the values that it really has there.
type export struct {
	name   string
	dir    *account.Directory
	header string
	rows   []string
	want   columns // as describe writes it
	// means is what the rows read like in the columns that are matched for
	// certain, in the template's order; "" for a column that is asked.
	means []string
}

var exports = []export{
	{"Okta, people of the admin console", nil,
		"id|status|login|email|firstName|lastName|displayName|secondEmail|mobilePhone|userType|department|created|lastLogin",
		[]string{"00u1|ACTIVE|ann@x.com|ann@x.com|Ann|Lee|Ann Lee|ann@home.net|||Sales|2021-01-01|", "00u2|DEPROVISIONED|bo@x.com|bo@x.com|Bo|Li|Bo Li||||IT||", "00u3|SUSPENDED|cy@x.com|cy@x.com|Cy|Ng|Cy Ng||||IT||", "00u4|STAGED|di@x.com|di@x.com|Di|Oh|Di Oh||||||"},
		columns{"Current Status": "direct status", "Display Name": "direct displayName", "Primary Email": "direct email", "Groups": "direct department?"},
		[]string{"ACTIVE|Ann Lee|ann@x.com", "DEPROVISIONED|Bo Li|bo@x.com", "SUSPENDED|Cy Ng|cy@x.com", "STAGED|Di Oh|di@x.com"}},
	{"Google Workspace, downloaded users", nil,
		"First Name [Required]|Last Name [Required]|Email Address [Required]|Password [Required]|Password Hash Function [UPLOAD ONLY]|Org Unit Path [Required]|New Primary Email [UPLOAD ONLY]|Status [READ ONLY]|Last Sign In [READ ONLY]|Recovery Email|Home Secondary Email|Work Secondary Email|Recovery Phone [MUST BE IN THE E.164 FORMAT]|Work Phone|Home Phone|Mobile Phone|Work Address|Home Address|Employee ID|Employee Type|Employee Title|Manager Email|Department|Cost Center|2sv Enrolled [READ ONLY]|2sv Enforced [READ ONLY]|Building ID|Floor Name|Floor Section|Email Usage [READ ONLY]|Drive Usage [READ ONLY]|Total Storage [READ ONLY]|Change Password at Next Sign-In|New Status [UPLOAD ONLY]",
		[]string{"Ann|Lee|ann@x.com|****||/Sales||Active|2026/01/02 10:00:00|ann@home.net|||||||||E1|Staff|Engineer|bo@x.com|R&D||True|False||||1.2GB|0GB|1.2GB|False|", "Bo|Li|bo@x.com|****||/||Suspended|Never logged in||||||||||||||||False|False||||||||"},
		columns{"Current Status": "direct Status [READ ONLY]", "Display Name": "joined First Name [Required] + Last Name [Required]", "Primary Email": "direct Email Address [Required]", "Role": "direct Employee Type?", "Groups": "direct Org Unit Path [Required]?"},
		[]string{"Active|Ann Lee|ann@x.com", "Suspended|Bo Li|bo@x.com"}},
	{"Entra, bulk download", nil,
		"userPrincipalName|displayName|surname|mail|givenName|id|userType|jobTitle|department|accountEnabled|usageLocation|streetAddress|state|country|officeLocation|city|postalCode|telephoneNumber|mobilePhone|alternateEmailAddress|ageGroup|consentProvidedForMinor|legalAgeGroupClassification|companyName|creationType|directorySynced|invitationState|identityIssuer|createdDateTime",
		[]string{"ann@x.onmicrosoft.com|Ann Lee|Lee|ann@x.com|Ann|1|Member|Engineer|R&D|True|DE||BY|||||||ann@home.net||||Contoso||True||x.onmicrosoft.com|8/19/2021", "bo_ext@x.onmicrosoft.com|Bo Li|Li|bo@y.com|Bo|2|Guest|||False||||||||||||||Invitation|False|Accepted||"},
		columns{"Current Status": "direct accountEnabled", "Display Name": "direct displayName", "Primary Email": "direct mail", "Role": "direct userType?", "Groups": "direct department?"},
		[]string{"Active|Ann Lee|ann@x.com", "Archived|Bo Li|bo@y.com"}},
	{"Entra, where no one has a mailbox", nil,
		"userPrincipalName|displayName|surname|mail|givenName|objectId|userType|jobTitle|department|accountEnabled|usageLocation",
		[]string{"ann@x.com|Ann Lee|Lee||Ann|1|Member|||TRUE|DE", "bo@x.com|Bo Li|Li||Bo|2|Member|||FALSE|"},
		columns{"Current Status": "direct accountEnabled", "Display Name": "direct displayName", "Primary Email": "direct userPrincipalName", "Role": "direct userType?"},
		[]string{"Active|Ann Lee|ann@x.com", "Archived|Bo Li|bo@x.com"}},
	{"Microsoft 365 admin centre", nil,
		"Block credential|City|Country/Region|Department|Display name|DirSyncEnabled|Fax|First name|Last dirsync time|Last name|Last password change time stamp|Licenses|Mobile Phone|Oath token metadata|Object Id|Office|Password never expires|Phone number|Postal code|Preferred data location|Preferred language|Proxy addresses|Release track|Soft deletion time stamp|State|Street address|Strong password required|Title|Usage location|User principal name|When created",
		[]string{"False|Perth|Australia|Ops|Ann Lee|True||Ann||Lee|2024-01-01|Microsoft 365 E3||||HQ|True|||||SMTP:ann@x.com+smtp:al@x.com|||WA||True|Engineer|AU|ann@x.com|2020-01-01", "True|Perth|Australia|Ops|Bo Li|||Bo||Li||Unlicensed||||||||||SMTP:bo@x.com|||||True||AU|bo@x.com|"},
		columns{"Current Status": "inverted Block credential", "Display Name": "direct Display name", "Primary Email": "direct User principal name?", "Groups": "direct Department?"},
		[]string{"Active|Ann Lee|", "Archived|Bo Li|"}},
	{"Slack, member export", northwind(),
		"username|email|status|billing-active|has-2fa|has-sso|userid|fullname|displayname|expiration-timestamp",
		[]string{"ann|ann@x.com|Member|1|1|0|U02AMARA1|Ann Lee|ann|", "bo|bo@x.com|Admin|1|0|0|U02BOLI22|Bo Li|bo|", "cy|cy@x.com|Primary Owner|1|1|0|U02CYNG33|Cy Ng|cy|", "di|di@x.com|Deactivated|0|0|0|U02DIOH44|Di Oh|di|", "ed|ed@y.com|Single-Channel Guest|0|0|0|U02EDPO55|Ed Po|ed|1767222000", "flo|flo@y.com|Multi-Channel Guest|1|0|0|U02FLOR66|Flo Ro|flo|"},
		columns{"Current Status": "split status", "Display Name": "direct fullname", "Primary Email": "direct email", "Role": "split status?", "Source Username(s)": "perSource userid as slack?"},
		[]string{"Active|Ann Lee|ann@x.com", "Active|Bo Li|bo@x.com", "Active|Cy Ng|cy@x.com", "Archived|Di Oh|di@x.com", "Active|Ed Po|ed@y.com", "Active|Flo Ro|flo@y.com"}},
	{"JumpCloud, users", nil,
		"firstname|lastname|username|email|alternateEmail|activated|suspended|state|employeeIdentifier|department|company|admin|created",
		[]string{"Ann|Lee|ann.lee|ann@x.com||true|false|ACTIVATED|1|R&D|X|false|2021", "Bo|Li|bo.li|bo@x.com|bo@home.net|true|true|SUSPENDED|2|||false|"},
		columns{"Current Status": "direct activated?", "Display Name": "joined firstname + lastname", "Primary Email": "direct email", "Groups": "direct department?"},
		[]string{"|Ann Lee|ann@x.com", "|Bo Li|bo@x.com"}},
	{"Atlassian, exported users", nil,
		"User id|User name|email|User status|Added to org|Org role|Last seen in Jira - x|Last seen in Confluence - x",
		[]string{"712020:97|Ann Lee|ann@x.com|Active|3 Jan 2024|User|12 May 2024|Never accessed", "712020:98|Bo Li|bo@x.com|Suspended|3 Jan 2024|Organization admin|Never accessed|Never accessed", "712020:99|Cy Ng|cy@x.com|Deactivated|3 Jan 2024|User||"},
		columns{"Current Status": "direct User status", "Display Name": "direct User name?", "Primary Email": "direct email", "Role": "direct Org role?"},
		[]string{"Active||ann@x.com", "Suspended||bo@x.com", "Deactivated||cy@x.com"}},
	{"Zendesk, user export", nil,
		"id|url|name|email|created_at|updated_at|time_zone|phone|locale|organization_id|role|verified|external_id|tags|alias|active|shared|last_login_at|two_factor_auth_enabled|notes|custom_role_id|suspended|default_group_id",
		[]string{"1|https://x.zendesk.com/api/v2/users/1.json|Ann Lee|ann@x.com|2021|2021|Berlin||en-US||agent|true||vip||true|false|2026|false|||false|5", "2|https://x.zendesk.com/api/v2/users/2.json|Bo Li|bo@x.com|2021|2021|Berlin||en-US||end-user|true|||||false||false|||true|", "3||Cy Ng|cy@x.com|||||||admin|true||||true|||true|||false|5"},
		columns{"Current Status": "direct active?", "Display Name": "direct name", "Primary Email": "direct email", "Role": "direct role", "Groups": "direct tags?"},
		[]string{"|Ann Lee|ann@x.com", "|Bo Li|bo@x.com", "|Cy Ng|cy@x.com"}},
	{"BambooHR, employee directory", nil,
		"Employee #|First Name|Last Name|Preferred Name|Job Title|Department|Division|Location|Work Email|Home Email|Status|Employment Status|Reporting to|Hire Date",
		[]string{"1|Ann|Lee||Engineer|R&D|EU|Berlin|ann@x.com|ann@home.net|Active|Full-Time|Bo Li|2020-01-01", "2|Bo|Li|Bobby|Lead|R&D|EU|Berlin|bo@x.com|bo@home.net|Inactive|Terminated||"},
		columns{"Current Status": "direct Status", "Display Name": "joined First Name + Last Name", "Primary Email": "direct Work Email", "Groups": "direct Department?"},
		[]string{"Active|Ann Lee|ann@x.com", "Inactive|Bo Li|bo@x.com"}},
	{"Workday, worker report", nil,
		"Employee ID|Worker|Legal Name|Preferred Name|Business Title|Email - Primary Work|Worker Status|Worker Type|Supervisory Organization|Cost Center|Location|Manager",
		[]string{"1|Ann Lee|Ann Marie Lee|Ann Lee|Engineer|ann@x.com|Active|Employee|R&D (Bo Li)|100|Berlin|Bo Li", "2|Cy Ng (On Leave)|Cy Ng|Cy Ng|Lead|cy@x.com|Terminated|Contingent Worker|R&D (Bo Li)|100|Berlin|Bo Li"},
		columns{"Current Status": "direct Worker Status?", "Display Name": "direct Worker?", "Primary Email": "direct Email - Primary Work?"},
		[]string{"||", "||"}},
	{"Personio, in German", nil,
		"ID|Vorname|Nachname|E-Mail|Status|Position|Abteilung|Team|Vorgesetzter|Standort|Einstellungsdatum",
		[]string{"1|Ann|Lee|ann@x.com|aktiv|Entwicklerin|F&E|Kern|Bo Li|Berlin|2020-01-01", "2|Bo|Li|bo@x.com|inaktiv|Leiter|F&E|Kern||Berlin|", "3|Cy|Ng|cy@x.com|Onboarding|||||Berlin|"},
		columns{"Current Status": "direct Status", "Display Name": "joined Vorname + Nachname", "Primary Email": "direct E-Mail", "Groups": "direct Abteilung?"},
		[]string{"Active|Ann Lee|ann@x.com", "Archived|Bo Li|bo@x.com", "Onboarding|Cy Ng|cy@x.com"}},
	{"HiBob, people", nil,
		"Employee ID|Display name|First name|Last name|Email|Personal email|Job title|Department|Site|Reports to|Lifecycle status|Status|Start date",
		[]string{"1|Ann Lee|Ann|Lee|ann@x.com|ann@home.net|Engineer|R&D|Berlin|Bo Li|Employed|Active|2020-01-01", "2|Bo Li|Bo|Li|bo@x.com||Lead|R&D|Berlin||Terminated|Inactive|"},
		columns{"Current Status": "direct Status", "Display Name": "direct Display name", "Primary Email": "direct Email", "Groups": "direct Department?"},
		[]string{"Active|Ann Lee|ann@x.com", "Inactive|Bo Li|bo@x.com"}},
}

func TestTheExportsOfProductsMapRightOrAsk(t *testing.T) {
	for _, e := range exports {
		t.Run(e.name, func(t *testing.T) {
			header := strings.Split(e.header, "|")
			sample := sampleOf(e.rows...)
			m := Recognise(header, sample, e.dir)
			if got := describe(m, header); !reflect.DeepEqual(got, e.want) {
				t.Errorf("got  %v\nwant %v", got, e.want)
			}
			if m.Certain {
				t.Error("nothing is asked, though the template's groups or role are missing")
			}
			for row, want := range e.means {
				if got := certainTexts(m, sample, row, Status, Name, Email); got != want {
					t.Errorf("row %d means %q, want %q", row+1, got, want)
				}
			}
		})
	}
}

// certainTexts is what a row reads like in the columns that are not asked.
func certainTexts(m Mapping, sample Sample, row int, cols ...Column) string {
	var texts []string
	for _, c := range cols {
		match := m.Columns[c]
		text := ""
		if match.Certain || match.Kind == Split {
			var parts []string
			for _, col := range match.Cols {
				parts = append(parts, sample.Text(row, col))
			}
			text = strings.Join(parts, " ")
			if to := m.Value(c, text); to != "" {
				text = to
			}
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, "|")
}

func TestAValueIsFoundInAnyLetterCaseAndLeftAloneWhereThatWasChosen(t *testing.T) {
	m := Recognise([]string{"email", "status"}, sampleOf("a@b.co|Member", "b@b.co|Deactivated"), nil)
	for text, want := range map[string]string{"Member": "Active", " MEMBER ": "Active", "deactivated": "Archived", "Bot": ""} {
		if got := m.Value(Status, text); got != want {
			t.Errorf("%q means %q, want %q", text, got, want)
		}
	}
	m.Values[Status]["Member"] = "" // a person leaves it as it is
	v := NewView(oneRow{"a@b.co", "Member"}, &m, 2)
	if got := v.Text(0, Status); got != "Member" {
		t.Errorf("a value that is to be left reads %q", got)
	}
}

// oneRow is a sheet of one row that nobody has edited.
type oneRow []string

func (r oneRow) Text(_ sheet.RowID, col int) string {
	if col < len(r) {
		return r[col]
	}
	return ""
}

func (oneRow) Edited(sheet.RowID, int) bool { return false }
