package roster

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"rollcall/internal/account"
	"rollcall/internal/cells"
	"rollcall/internal/problem"
	"rollcall/internal/sheet"
)

func TestGroupsAreCutAtCommasTheLongestNameFirst(t *testing.T) {
	dir := northwind()
	dir.Groups = append(dir.Groups, account.Group{Name: "Smith"}, account.Group{Name: "Smith, Jones"}, account.Group{Name: "Odd  Spaces"})
	for text, want := range map[string][]string{
		"":                              {""},
		"Trading":                       {"Trading"},
		"trading, EMEA":                 {"Trading", "EMEA"},
		"Smith, Jones & Co":             {"Smith, Jones & Co"},
		"EMEA,smith, jones & co ,Smith": {"EMEA", "Smith, Jones & Co", "Smith"},
		"Smith, Jones & Company":        {"Smith", "Jones & Company"},
		"Smith, Jones":                  {"Smith, Jones"},
		"a,,b":                          {"a", "", "b"},
		"a,":                            {"a", ""},
		"\u00a0Trading\u200b":           {"Trading"},
		"Odd  Spaces":                   {"Odd  Spaces"},
	} {
		var got []string
		for _, tok := range SplitGroups(text, dir) {
			got = append(got, tok.Group)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestSourcesAreCutAtTheFirstColon(t *testing.T) {
	dir := northwind()
	dir.Sources = append(dir.Sources,
		account.Source{Name: "ldap", Enabled: true, IdentifierPattern: `^CN=[^,]+,OU=[A-Za-z]+$`},
		account.Source{Name: "matrix", Enabled: true, IdentifierPattern: `^@[^:]+:[^:]+$`})
	for text, want := range map[string][]string{
		"slack:U02AMARA":                  {"slack|U02AMARA"},
		"Slack : U02AMARA , teams:a@b.co": {"slack|U02AMARA", "teams|a@b.co"},
		"ldap:CN=Ann,OU=Users,slack:U1":   {"ldap|CN=Ann,OU=Users", "slack|U1"},
		"matrix:@ann:server.org":          {"matrix|@ann:server.org"},
		"@ann:server.org":                 {"|@ann:server.org"},
		"whatsapp:8,19056E+11":            {"whatsapp|8,19056E+11"},
		"U1":                              {"|U1"},
		":U1":                             {"|:U1"},
		"foo:bar":                         {"foo|bar"},
		"slack:":                          {"slack|"},
	} {
		var got []string
		for _, tok := range SplitSources(text, dir) {
			got = append(got, tok.Source+"|"+tok.Value)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestARowIsReadAsAUser(t *testing.T) {
	got := Parse([NumColumns]string{" active ", "Ann\u00a0Lee", " Ann.Lee@northwind.com", "ADMIN", "trading, EMEA,trading", "Slack:U02AMARA, teams:a@b.co,slack:U02AMARA,slack:U02OTHER,teams:c@b.co"}, northwind())
	want := account.User{
		Email: "Ann.Lee@northwind.com", DisplayName: "Ann Lee", Active: true, Role: "Admin",
		Groups: []string{"Trading", "EMEA"},
		Identifiers: []account.Identifier{
			{Source: "slack", Value: "U02AMARA"}, {Source: "teams", Value: "a@b.co"}, {Source: "slack", Value: "U02OTHER"}, {Source: "teams", Value: "c@b.co"},
		},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	none := Parse([NumColumns]string{"Archived", "A", "a@b.co", "User", "None", ""}, nil)
	if none.Active || len(none.Groups) != 0 || none.Groups == nil || len(none.Identifiers) != 0 {
		t.Errorf("none: %+v", none)
	}
}

// derived is a sheet of one row under a mapping.
func derived(m *Mapping, cellsOf ...string) (*sheet.Sheet, View, sheet.RowID) {
	s := sheet.New(cells.Of(cellsOf), sheet.Options{FileColumns: len(cellsOf), Columns: len(cellsOf) + NumColumns})
	return s, NewView(s, m, len(cellsOf)), s.RowAt(0)
}

func TestDerivedCellsAndTheirWayBack(t *testing.T) {
	var m Mapping
	m.Columns[Name] = Match{Kind: Joined, Cols: []int{0, 1}}
	m.Columns[Role] = Match{Kind: Fixed, Fixed: "User"}
	m.Columns[Status] = Match{Kind: Inverted, Cols: []int{2}}
	m.Values[Status] = map[string]string{"yes": "Archived", "no": "Active"}
	m.Columns[Groups] = Match{Kind: Several, Cols: []int{3, 4}}
	m.Columns[Sources] = Match{Kind: PerSource, Cols: []int{5, 6}, Sources: []string{"slack", "teams"}}
	s, v, r := derived(&m, "Ann", "Lee", " No", "EMEA", "", "U1,slack:U2", "a@b.co")
	if got, want := v.Row(r), [NumColumns]string{"Active", "Ann Lee", "", "User", "EMEA", "slack:U1,slack:U2,teams:a@b.co"}; got != want {
		t.Fatalf("got  %q\nwant %q", got, want)
	}
	for _, test := range []struct {
		col     Column
		text    string
		writes  []Write
		ok      bool
		virtual bool
	}{
		{Status, "Archived", nil, true, false},
		{Name, "Ann B. Lee", nil, false, true},
		{Role, "Admin", nil, false, true},
		{Email, "a@b.co", nil, false, true},
		{Groups, "EMEA,Trading", []Write{{3, "EMEA"}, {4, "Trading"}}, true, true},
		{Groups, "a,b,c", nil, false, true},
		{Sources, "teams:x@y.co,slack:U9", []Write{{5, "U9"}, {6, "x@y.co"}}, true, true},
		{Sources, "", []Write{{5, ""}, {6, ""}}, true, true},
		{Sources, "zoom:x", nil, false, true},
	} {
		if virtual := v.Target(test.col) >= v.FileWidth(); virtual != test.virtual {
			t.Errorf("%s: virtual %v", test.col, virtual)
		}
		s.Apply("edit", sheet.SetCell{Row: r, Col: v.Target(test.col), Text: test.text})
		if got := v.Text(r, test.col); got != test.text {
			t.Errorf("%s: the edit %q reads %q", test.col, test.text, got)
		}
		writes, ok := v.WriteBack(r, test.col)
		if ok != test.ok || !slices.Equal(writes, test.writes) {
			t.Errorf("%s %q: %v %v", test.col, test.text, writes, ok)
		}
		s.Undo()
	}
	s.Apply("edit", sheet.SetCell{Row: r, Col: v.Target(Name), Text: "x"})
	if got := v.NewColumns(s.Rows()); !slices.Equal(got, []Column{Name}) {
		t.Errorf("new columns %v", got)
	}
}

func TestColumnsAreGivenByHand(t *testing.T) {
	header := []string{"First name", "Last name", "E-mail (work)", "Note", "Note", "Slack ID", "A+B"}
	for _, test := range []struct {
		arg  string
		want string
	}{
		{"Primary Email=E-mail (work)", `direct [2]`},
		{"primary email = e-mail (WORK)", `direct [2]`},
		{"Primary Email=3", `direct [2]`},
		{"Display Name=First name+Last name", `joined [0 1]`},
		{"Display Name=A+B", `direct [6]`},
		{"Groups=First name + Last name", `several [0 1]`},
		{"Source Username(s)=Slack ID", `perSource [5] slack`},
		{`Role="User"`, `fixed "User"`},
		{"Role=", ``},
		{"Role", `“Role” does not say which column of the file is meant. Write it as “Primary Email=E-mail (work)”.`},
		{"Primary Mail=3", `“Primary Mail” is not a column of the template. Did you mean “Primary Email”?`},
		{"Foo=3", `“Foo” is not a column of the template. Use one of “Current Status”, “Display Name”, “Primary Email”, “Role”, “Groups”, “Source Username(s)”.`},
		{"Primary Email=E-mail (wrk)", `The file has no column “E-mail (wrk)”. Did you mean “E-mail (work)”?`},
		{"Primary Email=12", `The file has no column 12: it has 7.`},
		{"Role=Note", `2 columns of the file are called “Note”. Give the position of the one you mean, such as 4.`},
		{"Role=zzzz", `The file has no column “zzzz”. It has “First name”, “Last name”, “E-mail (work)”, “Note”, “Note”, “Slack ID”, “A+B”.`},
	} {
		c, spec, err := ParseColumn(test.arg)
		var m Mapping
		if err == nil {
			m, err = Recognise(header, Sample{}, nil).WithColumn(c, spec, header)
		}
		got := ""
		switch match := m.Columns[c]; {
		case err != nil:
			got = problem.Sentence(err)
		case match.Kind == Fixed:
			got = string(match.Kind) + ` "` + match.Fixed + `"`
		case match.Kind != None:
			got = strings.TrimSpace(string(match.Kind) + " " + strings.ReplaceAll(strings.TrimSpace(formatInts(match.Cols)), "  ", " ") + " " + strings.Join(match.Sources, ","))
		}
		if got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.arg, got, test.want)
		}
	}
}

func formatInts(list []int) string {
	var b strings.Builder
	b.WriteByte('[')
	for i, n := range list {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteByte(byte('0' + n))
	}
	b.WriteByte(']')
	return b.String()
}

func TestTidyKeepsWhatHasAWorkToDo(t *testing.T) {
	for text, want := range map[string]string{
		"":                      "",
		" Ann  Lee ":            "Ann Lee",
		"Ann\u00a0Lee":          "Ann Lee",
		"Ann\r\nLee\t":          "Ann Lee",
		"Ann\u200b\ufeff":       "Ann",
		"علی\u200cرضا":          "علی\u200cرضا",
		"Ann\u200cLee":          "AnnLee",
		"山田\u3000太郎":            "山田\u3000太郎",
		"Ann\u3000Lee":          "Ann Lee",
		"👨\u200d👩":              "👨\u200d👩",
		"🏴\U000e0067\U000e007f": "🏴\U000e0067\U000e007f",
		"a\xffb":                "a\xffb",
		"é\u00ad":               "é",
		"\u0085x":               "x",
		" \u2009\u200b\n":       "",
	} {
		if got := Tidy(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
		if Tidied(text) != (text == want) {
			t.Errorf("%q: Tidied says %v", text, Tidied(text))
		}
		if Blank(text) != (want == "") {
			t.Errorf("%q: Blank says %v", text, Blank(text))
		}
	}
}

func TestFingerprintsAreOfTheHeaders(t *testing.T) {
	a := Fingerprint([]string{"Name", "E-mail"})
	if a != Fingerprint([]string{" name", "E-MAIL "}) {
		t.Error("letter case or spaces count")
	}
	if a == Fingerprint([]string{"E-mail", "Name"}) || a == Fingerprint([]string{"NameE-mail"}) {
		t.Error("other headers have the same fingerprint")
	}
}

func TestNearestIsASlipOfThePenOrAPartOfTheName(t *testing.T) {
	names := []string{"Compliance", "Compliance Desk", "Trading", "EMEA", "Operación"}
	for text, want := range map[string][]string{
		"Complience":     {"Compliance"},
		"Compliance Ops": {"Compliance"},
		"operacion":      {"Operación"},
		"Tradnig":        {"Trading"},
		"EMAE":           {"EMEA"},
		"zzz":            {},
		"":               {},
	} {
		if got := Nearest(text, names, 3); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// FuzzTidy: tidying twice changes nothing more, and a tidied text says so.
func FuzzTidy(f *testing.F) {
	for _, s := range []string{" a ", "a\u00a0b", "\u200b a", "a\n\nb", "a \tb", "山\u3000田", "\u3000", "a\u200c \u200cb", "\xff \xff", "क\u200d"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return // bytes on both sides of what is taken away can make a new character
		}
		once := Tidy(text)
		if twice := Tidy(once); twice != once {
			t.Errorf("%q: %q and then %q", text, once, twice)
		}
		if Tidied(text) != (once == text) {
			t.Errorf("%q: Tidied says %v, Tidy %q", text, Tidied(text), once)
		}
		if Blank(text) != (once == "") {
			t.Errorf("%q: Blank says %v, Tidy %q", text, Blank(text), once)
		}
		for _, tok := range append(SplitGroups(text, northwind()), SplitSources(text, northwind())...) {
			if tok.Start < 0 || tok.Start > tok.End || tok.End > len(text) {
				t.Errorf("%q: token at %d to %d", text, tok.Start, tok.End)
			}
		}
	})
}

// A word that says the opposite is no slip for the value, and a list of roles is
// none of them.
func TestANearWordIsNeverTheOpposite(t *testing.T) {
	for text, want := range map[string]string{
		"Unarchived": "", "Not archived": "", "Active (new)": "", "Active/Archived": "",
		"Archivd": "Archived", "Actve": "Active", "ctive": "Active", "Activve": "Active", "Aktivve": "Active",
	} {
		if got := NearStatus(text); got != want {
			t.Errorf("%s is near to %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]string{
		"User/Admin": "", "User, Admin": "", "Admin & Supervisor": "", "Superviser": "Supervisor", "Admn": "Admin", "Usr": "User",
	} {
		if got, _, _ := RoleOf(text); got != "" {
			t.Errorf("%s is %q", text, got)
		}
		if got := NearRole(text); got != want {
			t.Errorf("%s is near to %q, want %q", text, got, want)
		}
	}
}
