package roster

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"rollcall/internal/account"
)

// sampleOf is the rows of a small file, cells separated by |.
func sampleOf(lines ...string) Sample {
	return Sample{Rows: len(lines), Text: func(row, col int) string {
		cells := strings.Split(lines[row], "|")
		if col < len(cells) {
			return cells[col]
		}
		return ""
	}}
}

func northwind() *account.Directory {
	return &account.Directory{
		Groups: []account.Group{{Name: "Trading"}, {Name: "EMEA"}, {Name: "Smith, Jones & Co"}},
		Sources: []account.Source{
			{Name: "slack", Enabled: true, IdentifierPattern: `^[UW][A-Z0-9]{6,}$`},
			{Name: "teams", DisplayName: "Microsoft Teams", Enabled: true},
			{Name: "phone", Enabled: true},
			{Name: "email", Enabled: true},
		},
	}
}

// describe writes a mapping in short: per column what it is made of, and "?"
// where a person is asked.
func describe(m Mapping, header []string) map[string]string {
	got := make(map[string]string)
	for c, match := range m.Columns {
		if match.Kind == None {
			continue
		}
		var names []string
		for _, col := range match.Cols {
			names = append(names, headerAt(header, col))
		}
		text := string(match.Kind) + " " + strings.Join(names, " + ")
		if match.Kind == PerSource {
			text += " as " + strings.Join(match.Sources, ",")
		}
		if !match.Certain {
			text += "?"
		}
		got[Column(c).Header()] = text
	}
	return got
}

type columns = map[string]string

func TestTheExportsOfOtherProductsMapRightOrAsk(t *testing.T) {
	tests := []struct {
		name   string
		dir    *account.Directory
		header string
		rows   []string
		want   columns
	}{
		{"the template, in any order and case", nil,
			"ROLE|primary email| Display Name |groups|Source Username(s)|current status", []string{"User|a@b.co|Ann Lee|none||Active"},
			columns{"Role": "direct ROLE", "Primary Email": "direct primary email", "Display Name": "direct  Display Name ", "Groups": "direct groups", "Source Username(s)": "direct Source Username(s)", "Current Status": "direct current status"}},
		{"Okta: email, not secondEmail or login", nil,
			"login|firstName|lastName|email|displayName|secondEmail|userType|state|department", []string{"ann@b.co|Ann|Lee|ann@b.co|Ann Lee|home@c.de|||R&D"},
			columns{"Primary Email": "direct email", "Display Name": "direct displayName", "Groups": "direct department?"}},
		{"Okta with empty display names: first and last name, asked", nil,
			"login|firstName|lastName|email|displayName", []string{"ann@b.co|Ann|Lee|ann@b.co|"},
			columns{"Primary Email": "direct email", "Display Name": "joined firstName + lastName?"}},
		{"Google Workspace: name in two columns", nil,
			"First Name [Required]|Last Name [Required]|Email Address [Required]|Org Unit Path [Required]|New Primary Email [UPLOAD ONLY]|Recovery Email|Manager Email|New Status [UPLOAD ONLY]", []string{"Ann|Lee|ann@b.co|/||x@y.de|boss@b.co|Active"},
			columns{"Primary Email": "direct Email Address [Required]", "Display Name": "joined First Name [Required] + Last Name [Required]", "Groups": "direct Org Unit Path [Required]?", "Current Status": "direct New Status [UPLOAD ONLY]?"}},
		{"Entra: status inverted", nil,
			"Name [displayName] Required|User name [userPrincipalName] Required|Initial password [passwordProfile] Required|Block sign in (Yes/No) [accountEnabled] Required|First name [givenName]|Last name [surname]|State or province [state]", []string{"Chris Green|chris@contoso.com|pw|No|Chris|Green|AL"},
			columns{"Display Name": "direct Name [displayName] Required", "Primary Email": "direct User name [userPrincipalName] Required", "Current Status": "inverted Block sign in (Yes/No) [accountEnabled] Required"}},
		{"Microsoft 365", nil,
			"Block credential|City|Display name|First name|Last name|Licenses|Alternate email|User principal name", []string{"False|Oslo|Ann Lee|Ann|Lee|E5|x@y.de|ann@b.co"},
			columns{"Display Name": "direct Display name", "Primary Email": "direct User principal name", "Current Status": "inverted Block credential"}},
		{"Slack: one column holds role and status", nil,
			"username|email|status|billing-active|has-2fa|has-sso|userid|fullname|displayname|expiration-timestamp",
			[]string{"jane|jane@b.co|Member|true|true|false|U1|Jane Doe|jdoe|", "bob|bob@b.co|Deactivated|false|false|false|U2|Bob Stone|bstone|", "carol|carol@b.co|Admin|1|1|0|U4|Carol, Ng|cng|"},
			columns{"Primary Email": "direct email", "Display Name": "direct fullname", "Current Status": "split status", "Role": "split status?", "Source Username(s)": "perSource userid as slack?"}},
		{"JumpCloud: Group1, Group2, three e-mails", nil,
			"FirstName|LastName|Username|Email|alternateEmail|recoveryEmail|department|Group1|Group2", []string{"Ann|Lee|ann.lee|ann@b.co||home@c.de|R&D|Engineering|VPN Users"},
			columns{"Primary Email": "direct Email", "Display Name": "joined FirstName + LastName", "Groups": "several Group1 + Group2"}},
		{"Atlassian: user name is a name, not a login", nil,
			"User id|User name|email|User status|Org role", []string{"1|Ann Lee|a@b.co|Active|Org admin"},
			columns{"Primary Email": "direct email", "Display Name": "direct User name?", "Current Status": "direct User status", "Role": "direct Org role?"}},
		{"Zendesk", nil,
			"name|email|external_id|phone|role|organization|tags", []string{"Ann Lee|a@b.co|7|+44|end-user|x|vip"},
			columns{"Primary Email": "direct email", "Display Name": "direct name", "Role": "direct role", "Groups": "direct tags?"}},
		{"a personnel export", northwind(),
			"Account state|First name|Last name|E-mail (work)|Permission|Team|Slack ID|Employee ID|Phone|Cost centre", []string{"enabled|Amara|Okafor|a@b.co|standard|Trading|U02AMARA|1|+447700900123|x", "disabled|Bo|Li|b@b.co|administrator|Trading,EMEA||2||"},
			columns{"Current Status": "direct Account state", "Display Name": "joined First name + Last name", "Primary Email": "direct E-mail (work)", "Role": "direct Permission?", "Groups": "direct Team", "Source Username(s)": "perSource Slack ID + Phone as slack,phone"}},
		{"one column per source", northwind(),
			"Display Name|Primary Email|slack|Microsoft Teams", []string{"Ann Lee|a@b.co|U02AMARA|a@b.co"},
			columns{"Display Name": "direct Display Name", "Primary Email": "direct Primary Email", "Source Username(s)": "perSource slack + Microsoft Teams as slack,teams"}},
		{"one column per source without an account", nil,
			"Display Name|Primary Email|WhatsApp|Phone", []string{"Ann Lee|a@b.co|+447700900123|1"},
			columns{"Display Name": "direct Display Name", "Primary Email": "direct Primary Email", "Source Username(s)": "perSource WhatsApp as whatsapp"}},
		{"a column with a source's own name is that source's, whatever it holds", northwind(),
			"Display Name|Primary Email|slack|Microsoft Teams|Slack ID", []string{"Ann Lee|a@b.co|U02|ann|", "Bob Li|b@b.co|bob||"},
			columns{"Display Name": "direct Display Name", "Primary Email": "direct Primary Email", "Source Username(s)": "perSource slack + Microsoft Teams + Slack ID as slack,teams,slack?"}},
		{"a column of what may be something else of a source is asked", northwind(),
			"Display Name|Primary Email|Slack name", []string{"Ann Lee|a@b.co|ann", "Bob Li|b@b.co|bob"},
			columns{"Display Name": "direct Display Name", "Primary Email": "direct Primary Email", "Source Username(s)": "perSource Slack name as slack?"}},
		{"so is one with an everyday word", northwind(),
			"Display Name|Primary Email|phone", []string{"Ann Lee|a@b.co|123", "Bob Li|b@b.co|124"},
			columns{"Display Name": "direct Display Name", "Primary Email": "direct Primary Email", "Source Username(s)": "perSource phone as phone?"}},
		{"without an account a platform's name is as good", nil,
			"Display Name|Primary Email|WhatsApp|Slack", []string{"Ann Lee|a@b.co|819056123457|U02"},
			columns{"Display Name": "direct Display Name", "Primary Email": "direct Primary Email", "Source Username(s)": "perSource WhatsApp + Slack as whatsapp,slack"}},
		{"a platform that only resembles a source is not it", &account.Directory{Sources: []account.Source{{Name: "symphony", Enabled: true}}},
			"Display Name|Primary Email|Bloomberg", []string{"Ann Lee|a@b.co|a@b.co"},
			columns{"Display Name": "direct Display Name", "Primary Email": "direct Primary Email"}},
		{"Entra's list of users", nil,
			"userPrincipalName|displayName|surname|mail|givenName|id|userType|accountEnabled|state", []string{"ann@contoso.com|Ann Lee|Lee|ann@contoso.com|Ann|1|Member|True|AL", "bo@contoso.com|Bo Li|Li|bo@contoso.com|Bo|2|Guest|False|"},
			columns{"Primary Email": "direct mail", "Display Name": "direct displayName", "Current Status": "direct accountEnabled", "Role": "direct userType?"}},
		{"a user principal name beside another address is asked", nil,
			"userPrincipalName|Display name|Contact", []string{"ann@contoso.onmicrosoft.com|Ann Lee|ann@contoso.com"},
			columns{"Primary Email": "direct userPrincipalName?", "Display Name": "direct Display name"}},
		{"two columns of one header are asked", nil,
			"Email|Email|Name", []string{"a@b.co|c@b.co|Ann Lee"},
			columns{"Primary Email": "direct Email?", "Display Name": "direct Name"}},
		{"two synonyms are asked", nil,
			"Email|Work Email|Name", []string{"a@b.co|c@b.co|Ann Lee"},
			columns{"Primary Email": "direct Email?", "Display Name": "direct Name"}},
		{"the template's own header wins over a synonym", nil,
			"Email|Primary Email|Display Name", []string{"a@b.co|c@b.co|Ann Lee"},
			columns{"Primary Email": "direct Primary Email", "Display Name": "direct Display Name"}},
		{"German: beside a first name, Name is the last name", nil,
			"Vorname|Name|E-Mail-Adresse|Rolle|Status|Gruppen", []string{"Ann|Lee|a@b.co|Benutzer|aktiv|x"},
			columns{"Display Name": "joined Vorname + Name?", "Primary Email": "direct E-Mail-Adresse", "Role": "direct Rolle", "Current Status": "direct Status", "Groups": "direct Gruppen"}},
		{"Japanese", nil,
			"氏名|メールアドレス|役割|ステータス|グループ", []string{"山田　太郎|a@b.co|管理者|有効|x"},
			columns{"Display Name": "direct 氏名", "Primary Email": "direct メールアドレス", "Role": "direct 役割", "Current Status": "direct ステータス", "Groups": "direct グループ"}},
		{"slips of the pen are asked", nil,
			"Emial|Statsu|Gruops", []string{"a@b.co|Active|none"},
			columns{"Primary Email": "direct Emial?", "Current Status": "direct Statsu?", "Groups": "direct Gruops?"}},
		{"a column of addresses is the e-mail, asked", nil,
			"Kontakt|Chef|Manager email", []string{"a@b.co|Ann Lee|c@d.de"},
			columns{"Primary Email": "direct Kontakt?"}},
		{"a private address is not taken for the work one", nil,
			"E-mail (private)|x", []string{"a@b.co|1"}, columns{}},
		{"enabled, yes or no, says the status", nil,
			"Display Name|Enabled", []string{"Ann|TRUE", "Bob|FALSE", "Cy|"},
			columns{"Display Name": "direct Display Name", "Current Status": "direct Enabled"}},
		{"suspended says the opposite", nil,
			"Display Name|Suspended", []string{"Ann|no", "Bob|yes"},
			columns{"Display Name": "direct Display Name", "Current Status": "inverted Suspended"}},
		{"where some of it is no answer, it is asked", nil,
			"Display Name|Is Active", []string{"Ann|yes", "Bob|yes", "Cy|yes", "Di|yes", "Ed|no", "Flo|perhaps"},
			columns{"Display Name": "direct Display Name", "Current Status": "direct Is Active?"}},
		{"two such columns are asked", nil,
			"Display Name|Enabled|Suspended", []string{"Ann|yes|no"},
			columns{"Display Name": "direct Display Name", "Current Status": "direct Enabled?"}},
		{"who is locked out may be back tomorrow: asked", nil,
			"Display Name|Locked", []string{"Ann|yes", "Bob|no"},
			columns{"Display Name": "direct Display Name", "Current Status": "inverted Locked?"}},
		{"a UPN is the email where there is no other address", nil,
			"UPN|Display name", []string{"ann@contoso.com|Ann Lee"},
			columns{"Primary Email": "direct UPN", "Display Name": "direct Display name"}},
		{"a status that holds kinds of employment is asked", nil,
			"Status|Name", []string{"Full-time|Ann Lee", "Part-time|Bo Li", "Full-time|Cy Ng"},
			columns{"Current Status": "direct Status?", "Display Name": "direct Name"}},
		{"one whose words are slips of the pen is not", nil,
			"Status|Name", []string{"Actve|Ann Lee", "Actve|Bo Li", "Archivd|Cy Ng"},
			columns{"Current Status": "direct Status", "Display Name": "direct Name"}},
		{"logins under E-mail are asked", nil,
			"E-mail|Name", []string{"alee|Ann Lee", "bli|Bo Li", "cng|Cy Ng"},
			columns{"Primary Email": "direct E-mail?", "Display Name": "direct Name"}},
		{"broken addresses are for the checks", nil,
			"E-mail|Name", []string{"alee@|Ann Lee", "bli(at)b|Bo Li", "cng|Cy Ng"},
			columns{"Primary Email": "direct E-mail", "Display Name": "direct Name"}},
		{"addresses under Name are asked", nil,
			"E-mail|Name", []string{"ann@b.co|ann@b.co", "bo@b.co|bo@b.co", "cy@b.co|cy@b.co"},
			columns{"Primary Email": "direct E-mail", "Display Name": "direct Name?"}},
		{"posts under User role are asked", nil,
			"User role|Name", []string{"Engineer|Ann Lee", "Trader|Bo Li", "Cook|Cy Ng"},
			columns{"Role": "direct User role?", "Display Name": "direct Name"}},
		{"the template's own header is not asked, whatever stands below", nil,
			"Primary Email|Role|Current Status", []string{"alee|Cook|Full-time", "bli|Cook|Full-time", "cng|Cook|Full-time"},
			columns{"Primary Email": "direct Primary Email", "Role": "direct Role", "Current Status": "direct Current Status"}},
		{"distinguished names are no groups", nil,
			"Email|memberOf", []string{"a@b.co|CN=All,OU=Groups,DC=b,DC=co"},
			columns{"Primary Email": "direct Email", "Groups": "direct memberOf?"}},
		{"Group between a department and a team may be a level of the organisation: asked", nil,
			"Email|Department|Group|Team", []string{"a@b.co|R&D|Core|Alpha"},
			columns{"Primary Email": "direct Email", "Groups": "direct Group?"}},
		{"not where the account knows all that stand there", northwind(),
			"Email|Department|Group|Team", []string{"a@b.co|R&D|Trading|Alpha", "b@b.co|R&D|EMEA|Beta"},
			columns{"Primary Email": "direct Email", "Groups": "direct Group"}},
		{"SCIM's paths to the parts of a name", nil,
			"userName|name.givenName|name.familyName|emails", []string{"alee|Ann|Lee|a@b.co"},
			columns{"Primary Email": "direct emails", "Display Name": "joined name.givenName + name.familyName"}},
		{"nothing", nil, "", nil, columns{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			header := strings.Split(test.header, "|")
			m := Recognise(header, sampleOf(test.rows...), test.dir)
			if got := describe(m, header); !reflect.DeepEqual(got, test.want) {
				t.Errorf("got  %v\nwant %v", got, test.want)
			}
			if m.Certain && strings.Contains(strings.Join(strings.Fields(test.header), ""), "?") {
				t.Error("nothing is asked")
			}
		})
	}
}

func TestValuesOfAnotherVocabularyAreMatched(t *testing.T) {
	slack := Recognise([]string{"email", "status"}, sampleOf("a@b.co|Member", "b@b.co|Deactivated", "c@b.co|Admin", "d@b.co|Bot", "e@b.co|Owner"), nil)
	entra := Recognise([]string{"Block sign in (Yes/No) [accountEnabled] Required"}, sampleOf("No"), nil)
	enabled := Recognise([]string{"Enabled"}, sampleOf("TRUE", "false"), nil)
	own := Recognise([]string{"Current Status", "Role"}, sampleOf("enabled|administrator"), nil)
	mixed := Recognise([]string{"Status"}, sampleOf("Active", "enabled"), nil)
	state := Recognise([]string{"Account state"}, sampleOf("enabled", "disabled", "suspended"), nil)
	for _, test := range []struct {
		name string
		got  map[string]string
		want map[string]string
	}{
		{"Slack's status as status", slack.Values[Status], columns{"member": "Active", "deactivated": "Archived", "admin": "Active", "owner": "Active"}},
		{"Slack's status as role", slack.Values[Role], columns{"member": "User"}},
		{"Entra's block", entra.Values[Status], columns{"yes": "Archived", "no": "Active", "true": "Archived", "false": "Active", "1": "Archived", "0": "Active"}},
		{"enabled", enabled.Values[Status], columns{"true": "Active", "false": "Archived"}},
		{"under the template's own header words stay for the checks", own.Values[Status], nil},
		{"nor are roles there", own.Values[Role], nil},
		{"a column that speaks the template's language stays", mixed.Values[Status], nil},
		{"what has two readings is left out", state.Values[Status], columns{"enabled": "Active", "disabled": "Archived"}},
	} {
		if len(test.got) != len(test.want) || len(test.want) > 0 && !reflect.DeepEqual(test.got, test.want) {
			t.Errorf("%s: %v, want %v", test.name, test.got, test.want)
		}
	}
}

func TestAQuestionThatSaysTheOppositeIsReadSoWhateverElseStandsThere(t *testing.T) {
	header := []string{"Name", "Suspended"}
	m, err := Mapping{}.WithColumn(Status, "Suspended", header)
	if err != nil {
		t.Fatal(err)
	}
	m = m.WithValues(sampleOf("Ann|yes", "Bo|no", "Cy|perhaps"), header)
	if got := m.Columns[Status].Kind; got != Inverted {
		t.Errorf("it is read %q", got)
	}
	for text, want := range map[string]string{"yes": "Archived", "No": "Active", "perhaps": ""} {
		if got := m.Value(Status, text); got != want {
			t.Errorf("%q means %q, want %q", text, got, want)
		}
	}
}

// A column that serves two of the template is split as soon as it does: an edit
// of the role is none of the status. A column that serves one again is edited in
// its place.
func TestAColumnThatServesTwoIsEditedForEach(t *testing.T) {
	header := []string{"Email", "Account"}
	m := Recognise(header, sampleOf("a@b.co|Admin"), nil)
	for _, c := range []Column{Status, Role} {
		var err error
		if m, err = m.WithColumn(c, "Account", header); err != nil {
			t.Fatal(err)
		}
	}
	want := columns{"Primary Email": "direct Email", "Current Status": "split Account", "Role": "split Account"}
	if got := describe(m, header); !reflect.DeepEqual(got, want) {
		t.Fatalf("got  %v\nwant %v", got, want)
	}
	v := NewView(oneRow{"a@b.co", "Admin"}, &m, len(header))
	if status, role := v.Target(Status), v.Target(Role); status == role || status < len(header) || role < len(header) {
		t.Errorf("the status is edited in column %d, the role in column %d", status, role)
	}
	m, err := m.WithColumn(Role, `"User"`, header)
	if err != nil {
		t.Fatal(err)
	}
	v = NewView(oneRow{"a@b.co", "Admin"}, &m, len(header))
	if got := v.Target(Status); got != 1 {
		t.Errorf("read alone, the status is edited in column %d", got)
	}
}

func TestOnlyAFileWithNothingToAskIsCertain(t *testing.T) {
	for header, want := range map[string]bool{
		"Current Status|Display Name|Primary Email|Role|Groups|Source Username(s)": true,
		"Status|Full name|E-mail|Role|Group":                                       true,
		"Status|First name|Last name|E-mail|Role|Group|Notes":                      true,
		"Status|Full name|E-mail|Role":                                             false,
		"Status|Full name|E-mail|E-mail|Role|Group":                                false,
		"State|Full name|E-mail|Role|Group":                                        false,
	} {
		m := Recognise(strings.Split(header, "|"), Sample{}, nil)
		if m.Certain != want {
			t.Errorf("%s: %v", header, m.Certain)
		}
	}
}

func TestAMappingIsRememberedAsJSON(t *testing.T) {
	m := Recognise([]string{"email", "status", "Slack"}, sampleOf("a@b.co|Member|U02AMARA"), nil)
	data, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	var again Mapping
	if err := json.Unmarshal(data, &again); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(m, again) {
		t.Errorf("got %+v\nwant %+v", again, m)
	}
}

func TestTheHeaderRowScoresHighest(t *testing.T) {
	rows := [][]string{
		{"version:v1.0"},
		{"Name [displayName] Required", "User name [userPrincipalName] Required"},
		{"Example: Chris Green", "chris@contoso.com"},
		{"User list of Northwind Trading, as of 3 May"},
		{"Active", "Ann Lee", "ann@b.co", "User"},
	}
	best := 0
	for i, row := range rows {
		if HeaderScore(row) > HeaderScore(rows[best]) {
			best = i
		}
	}
	if best != 1 || HeaderScore(rows[0]) > 0 || HeaderScore(rows[2]) >= 0 || HeaderScore(rows[4]) >= 0 {
		for _, row := range rows {
			t.Errorf("%d %q", HeaderScore(row), row)
		}
	}
}

func FuzzRecognise(f *testing.F) {
	f.Add("Current Status|Display Name|Primary Email|Role|Groups|Source Username(s)", "Active|Ann|a@b.co|User|none|slack:U02AMARA")
	f.Add("email|status|fullname|displayname", "a@b.co|Member|Jane Doe|jdoe")
	f.Add("Name [displayName] Required|Block sign in (Yes/No) [accountEnabled] Required", "x|No")
	f.Add("Group1|Group2|Group10|[|(|)|]|[[x]", "a|b|c")
	f.Add("||Email|Email", "a@b.co")
	f.Add("\xff|\u200b|ＥＭＡＩＬ", "x")
	f.Fuzz(func(t *testing.T, header, row string) {
		if len(header) > 500 || len(row) > 500 {
			return
		}
		names := strings.Split(header, "|")
		for _, dir := range []*account.Directory{nil, northwind()} {
			m := Recognise(names, sampleOf(row, row), dir)
			checkMapping(t, m, len(names))
			m.FactsColumns(names)
			checkMapping(t, m.OnlyCertain(), len(names))
			if _, err := m.WithColumn(Email, row, names); err != nil && err.Error() == "" {
				t.Error("an error that says nothing")
			}
		}
		HeaderScore(names)
	})
}

// checkMapping holds what is true of any mapping: it names columns of the file,
// each of which is either used or not.
func checkMapping(t *testing.T, m Mapping, width int) {
	t.Helper()
	used := make(map[int]int)
	for _, match := range m.Columns {
		if match.Kind == PerSource && len(match.Sources) != len(match.Cols) {
			t.Errorf("%d sources for %d columns", len(match.Sources), len(match.Cols))
		}
		for _, col := range match.Cols {
			if col < 0 || col >= width {
				t.Errorf("column %d of %d", col, width)
			}
			used[col]++
			if used[col] > 1 && match.Kind != Split {
				t.Errorf("column %d is used twice", col)
			}
		}
	}
	if len(used)+len(m.Unused) != width {
		t.Errorf("%d used and %d not of %d", len(used), len(m.Unused), width)
	}
}
