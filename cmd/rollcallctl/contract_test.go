package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// northwind is a small saved copy of an account.
const northwind = `{"account":"Northwind","syncedAt":"2026-11-01T10:00:00Z","users":[` +
	`{"id":"1","email":"ada@northwind.com","displayName":"Ada","active":true,"role":"Admin","groups":["Trading"],"identifiers":[{"source":"slack","value":"U02ADA001"}]},` +
	`{"id":"2","email":"Ben@Northwind.com","displayName":"Ben","active":true,"role":"User","groups":["Trading","EMEA"],"identifiers":[]},` +
	`{"id":"3","email":"cy@bücher.de","displayName":"Cy","active":false,"role":"Supervisor","groups":[],"identifiers":[]}],` +
	`"groups":["Trading","EMEA"],"sources":[{"name":"slack","enabled":true,"identifierPattern":"^[UW][A-Z0-9]{8,}$"},{"name":"zoom","enabled":false}]}`

// The object of check, whole: fields, their order aside, types, nulls and lists
// are what scripts rely on.
func TestCheckPrintsThisObject(t *testing.T) {
	t.Setenv("ROLLCALL_HOME", t.TempDir())
	path := file(t, "users.csv", "Made on Monday,,,,,\n\n"+header+
		"Active,\"Ann\nLee\",ann@northwind.com,User,none,\n\nactive,Bob,bob@northwind.com,Chief,Tradng,zoom:x\n")
	r := ctl(t, "", "check", path, "--json", "--snapshot", file(t, "a.json", northwind)).exits(t, 1)
	const want = `{"file":"FILE","rows":2,"errors":4,"warnings":2,"facts":{"format":"csv","encodingSure":true,"quote":"\"","escape":"\"","lineEnd":"LF","headerRow":3,"preamble":[1],"blankRows":[5],"blankCount":1,"hiddenRows":[],"oddities":[],"encoding":"UTF-8","delimiter":",","sheet":null,` +
		`"columns":{"Current Status":"Current Status","Display Name":"Display Name","Groups":"Groups","Primary Email":"Primary Email","Role":"Role","Source Username(s)":"Source Username(s)"}},"notChecked":[],"findings":[` +
		`{"row":4,"line":4,"column":"Display Name","value":"Ann\nLee","severity":"warning","code":"invisible","message":"There is a character in it that nobody sees (a line break): remove it","suggestion":"Ann Lee","certain":true},` +
		`{"row":6,"line":7,"column":"Current Status","value":"active","severity":"warning","code":"status-case","message":"Written “active”: use “Active”","suggestion":"Active","certain":true},` +
		`{"row":6,"line":7,"column":"Role","value":"Chief","severity":"error","code":"role-unknown","message":"Not a role: use User, Admin or Supervisor","suggestion":null,"certain":false},` +
		`{"row":6,"line":7,"column":"Groups","value":"Tradng","severity":"error","code":"group-unknown","message":"The account has no group “Tradng”: did you mean “Trading”?","suggestion":"Trading","certain":false},` +
		`{"row":6,"line":7,"column":"Source Username(s)","value":"zoom:x","severity":"error","code":"source-disabled","message":"The source “zoom” is switched off in the account: have it enabled there, or remove the identifier","suggestion":null,"certain":false},` +
		`{"row":6,"line":7,"column":"Source Username(s)","value":"zoom:x","severity":"error","code":"identifier-invalid","message":"“x” is not an email address such as ann.lee@example.com: look it up there and correct it","suggestion":null,"certain":false}]}` + "\n"
	got := strings.Replace(r.out, asText(path), `"FILE"`, 1)
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if r.err != "" {
		t.Errorf("messages: %q", r.err)
	}
}

// The object of plan, whole: each action, a user in another letter case, an
// archived new user, additive groups and identifiers, none.
func TestPlanPrintsThisObject(t *testing.T) {
	t.Setenv("ROLLCALL_HOME", t.TempDir())
	path := file(t, "users.csv", header+
		"Active,Ada,ADA@northwind.com,User,EMEA,slack:U02ADA002\n"+
		"Active,Ben,ben@northwind.com,User,none,\n"+
		"Archived,Cy,cy@xn--bcher-kva.de,Supervisor,none,\n"+
		"Archived,Dee,dee@northwind.com,Admin,\"EMEA,Trading\",\n"+
		"Active,Eve,eve@northwind.com,User,Nope,\n")
	r := ctl(t, "", "plan", path, "--json", "--snapshot", file(t, "a.json", northwind)).exits(t, 1)
	const want = `{"add":1,"update":1,"unchanged":2,"blocked":1,"parts":1,"attention":{"becomesAdmin":1,"losesAdmin":1,"archived":0,"lastAdmin":true,"self":false,"archivesMany":false},"users":[` +
		`{"row":2,"email":"ada@northwind.com","action":"update","changes":[{"field":"role","from":"Admin","to":"User"},{"field":"groups","from":["Trading"],"to":["Trading","EMEA"]},{"field":"identifiers","from":["slack:U02ADA001"],"to":["slack:U02ADA001","slack:U02ADA002"]}]},` +
		`{"row":3,"email":"Ben@Northwind.com","action":"unchanged","changes":[]},` +
		`{"row":4,"email":"cy@bücher.de","action":"unchanged","changes":[]},` +
		`{"row":5,"email":"dee@northwind.com","action":"add","changes":[{"field":"status","from":null,"to":"Archived"},{"field":"displayName","from":null,"to":"Dee"},{"field":"role","from":null,"to":"Admin"},{"field":"groups","from":[],"to":["EMEA","Trading"]}]},` +
		`{"row":6,"email":"eve@northwind.com","action":"blocked","changes":[],"message":"The account has no group “Nope”: choose one that it has, or make it there first"}]}` + "\n"
	if r.out != want {
		t.Errorf("got\n%s\nwant\n%s", r.out, want)
	}
}

// A snapshot that leaves something out: what it does not tell is not checked,
// and what a server means by leaving it out is meant.
func TestASnapshotMayLeaveThingsOut(t *testing.T) {
	t.Setenv("ROLLCALL_HOME", t.TempDir())
	path := file(t, "users.csv", header+
		"Active,Ada,ada@northwind.com,Admin,Trading,slack:U02ADA001\n"+
		"Active,Ben,ben@northwind.com,User,none,zoom:ben@northwind.com\n"+
		"Archived,Cy,cy@bücher.de,Supervisor,none,\n")
	for _, test := range []struct {
		what, from, to string
		notChecked     string
		counts         string // add, update, unchanged, blocked; "" where there is no plan
	}{
		{"nothing", "", "", "", "0 0 2 1"},
		{"the ids", `"id":"1",`, "", "", "0 0 2 1"},
		{"the time", `"syncedAt":"2026-11-01T10:00:00Z",`, "", "", "0 0 2 1"},
		{"the account's name", `"account":"Northwind",`, "", "", "0 0 2 1"},
		{"the letter case of a role", `"role":"Admin"`, `"role":"ADMIN"`, "", "0 0 2 1"},
		{"that a user is active", `"displayName":"Ada","active":true,`, `"displayName":"Ada",`, "", "0 0 2 1"},
		{"a user's groups", `"role":"Admin","groups":["Trading"]`, `"role":"Admin","groups":null`, "", "0 1 1 1"},
		{"that a source is enabled", `"name":"slack","enabled":true,`, `"name":"slack",`, "", "0 0 2 1"},
		{"a pattern", `"identifierPattern":"^[UW][A-Z0-9]{8,}$"`, `"identifierPattern":null`, "", "0 0 2 1"},
		{"fields that are not known here", `{"account"`, `{"madeBy":{"name":["x"]},"account"`, "", "0 0 2 1"},
		{"the groups", `"groups":["Trading","EMEA"],"sources"`, `"sources"`, "group-unknown group-case", "0 0 2 1"},
		{"the groups with null", `"groups":["Trading","EMEA"],"sources"`, `"groups":null,"sources"`, "group-unknown group-case", "0 0 2 1"},
		{"every group", `"groups":["Trading","EMEA"],"sources"`, `"groups":[],"sources"`, "", "0 0 1 2"},
		{"the sources", `,"sources":[{"name":"slack","enabled":true,"identifierPattern":"^[UW][A-Z0-9]{8,}$"},{"name":"zoom","enabled":false}]`, "", "source-unknown source-disabled", "0 1 2 0"},
		{"the users", `"users":[`, `"left":[`, "identifier-taken", ""},
	} {
		if !strings.Contains(northwind, test.from) {
			t.Fatalf("%s: not in the snapshot", test.what)
		}
		snapshot := file(t, "a.json", strings.Replace(northwind, test.from, test.to, 1))
		o := ctl(t, "", "check", path, "--json", "--snapshot", snapshot).object(t)
		var codes []string
		for _, c := range o["notChecked"].([]any) {
			codes = append(codes, c.(string))
		}
		if got := strings.Join(codes, " "); got != test.notChecked {
			t.Errorf("without %s not checked: %q, want %q", test.what, got, test.notChecked)
		}
		r := ctl(t, "", "plan", path, "--json", "--snapshot", snapshot)
		if test.counts == "" {
			r.exits(t, 2)
			continue
		}
		p := r.object(t)
		got := strings.Join([]string{asText(p["add"]), asText(p["update"]), asText(p["unchanged"]), asText(p["blocked"])}, " ")
		if got != test.counts {
			t.Errorf("without %s the plan is %s, want %s", test.what, got, test.counts)
		}
	}
}

// Where the switches stand, and how they are written, makes no difference.
func TestSwitchesMayStandAnywhere(t *testing.T) {
	t.Setenv("ROLLCALL_HOME", t.TempDir())
	path := file(t, "users.csv", "Mail;Name;State;Job;Team\nann@northwind.com;Ann;Active;User;none\n")
	columns := []string{"--column", "Primary Email=Mail", "--column", "Display Name=2", "--column", "Current Status=State", "--column=Role=Job", "--column", "Groups=5"}
	want := ctl(t, "", append([]string{"check", path, "--json"}, columns...)...).exits(t, 0).out
	if !strings.Contains(want, `"columns":{"Current Status":"State","Display Name":"Name","Groups":"Team","Primary Email":"Mail","Role":"Job","Source Username(s)":null}`) {
		t.Errorf("columns: %s", want)
	}
	for _, args := range [][]string{
		append(append([]string{"--json", "check"}, columns...), path),
		append(append([]string{"check", "--separator", ";"}, columns...), path, "--json=true"),
		append(append([]string{"check", "--separator=Semicolon"}, columns...), path, "--json"),
		append(append([]string{"check", "--json", "--header-row=1"}, columns...), "--", path),
	} {
		if r := ctl(t, "", args...).exits(t, 0); r.out != want {
			t.Errorf("%v: %s", args, r.out)
		}
	}
}

// What cannot be done has no result: standard output stays empty, with --json
// and without, and standard error has one sentence or two.
func TestWhatCannotBeDoneIsSaidOnStandardErrorOnly(t *testing.T) {
	t.Setenv("ROLLCALL_HOME", t.TempDir())
	t.Setenv("ROLLCALL_TOKEN", "t")
	dir := t.TempDir()
	users := file(t, "users.csv", header+"Active,Ann,ann@northwind.com,User,none,\n")
	for _, args := range [][]string{
		{"check", filepath.Join(dir, "absent.csv")},
		{"check", dir},
		{"check", file(t, "empty.csv", "")},
		{"check", users, "--sheet", "Two"},
		{"check", users, "--encoding", "klingon"},
		{"check", users, "--separator", "ab"},
		{"check", users, "--header-row", "9"},
		{"check", users, "--column", "Primary Email=99"},
		{"check", users, "--column", "Primary Email=Nowhere"},
		{"check", users, "--column", "Nothing=1"},
		{"check", users, "--column", "Primary Email"},
		{"check", users, "--snapshot", filepath.Join(dir, "absent.json")},
		{"check", users, "--snapshot", file(t, "a.json", "[]")},
		{"check", users, "--snapshot", file(t, "a.json", "{")},
		{"check", users, "--account", "Nobody"},
		{"check", users, "--account", "Nobody", "--url", "http://127.0.0.1:1/"},
		{"check", users, "--url", "http://example.com/scim"},
		{"check", users, "--url", "http://127.0.0.1:1/scim"},
		{"check", users, "--report", filepath.Join(dir, "r.doc")},
		{"check", users, "--report", filepath.Join(dir, "no", "r.csv")},
		{"fix", users},
		{"fix", users, "-o", filepath.Join(dir, "out.txt")},
		{"fix", users, "-o", filepath.Join(dir, "no", "out.csv")},
		{"convert", users, "-o", filepath.Join(dir, "out.doc")},
		{"cells", filepath.Join(dir, "absent.csv")},
		{"plan", users},
		{"push", users},
		{"push", users, "--snapshot", file(t, "a.json", northwind)},
		{"push", users, "--url", "http://127.0.0.1:1/scim", "--yes"},
		{"undo", "nothing"},
		{"report", "nothing"},
		{"report", "nothing", "-o", filepath.Join(dir, "r.csv")},
		{"sync"},
		{"template"},
		{"template", "-o", filepath.Join(dir, "t.csv"), "--filled"},
		{"accounts", "add", "Northwind"},
		{"accounts", "add", "Northwind", "--url", "https://example.com/scim"},
		{"accounts", "add", "Northwind", "--url", "https://example.com/scim", "--client-id", "c"},
		{"accounts", "add", "Northwind", "--url", "https://example.com/scim", "--user", "u", "--client-id", "c", "--oauth-token-url", "https://example.com/token"},
		{"accounts", "add", "Northwind", "--url", "https://example.com/scim", "--rate", "-1"},
		{"accounts", "add", "Northwind", "--url", "https://example.com/scim", "--colour", "red"},
		{"accounts", "test", "Nobody"},
		{"accounts", "remove", "Nobody"},
	} {
		for _, args := range [][]string{args, append(args[:len(args):len(args)], "--json")} {
			r := ctl(t, "", args...)
			if r.code != exitCannot {
				t.Errorf("%v ended with %d", args, r.code)
			}
			if r.out != "" {
				t.Errorf("%v printed %q", args, r.out)
			}
			if !strings.HasPrefix(r.err, "rollcallctl: ") || strings.Count(r.err, "\n") != 1 || !strings.HasSuffix(r.err, "\n") || strings.Contains(r.err, "!") {
				t.Errorf("%v said %q", args, r.err)
			}
		}
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("%v was left behind", left)
	}
}

// With --json every result is JSON, also of commands whose result is a file.
func TestEveryResultIsJSONWhereThatIsAskedFor(t *testing.T) {
	t.Setenv("ROLLCALL_HOME", t.TempDir())
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	users := file(t, "users.csv", header+"Active,Ann,ann@northwind.com,User,none,\n")
	for _, test := range []struct {
		args  []string
		field string
		want  string
	}{
		{[]string{"template", "-o", at("t.csv")}, "file", asText(at("t.csv"))},
		{[]string{"template", "-o", at("t.xlsx"), "--filled", "--snapshot", file(t, "a.json", northwind)}, "file", asText(at("t.xlsx"))},
		{[]string{"fix", users, "-o", at("f.csv")}, "written", asText([]string{at("f.csv")})},
		{[]string{"convert", users, "-o", at("c.csv")}, "written", asText([]string{at("c.csv")})},
		{[]string{"check", users, "--report", at("r.html")}, "written", asText([]string{at("r.html")})},
		{[]string{"history"}, "imports", "[]"},
		{[]string{"accounts", "list"}, "accounts", "[]"},
	} {
		if got := asText(ctl(t, "", append(test.args, "--json")...).exits(t, 0).object(t)[test.field]); got != test.want {
			t.Errorf("%v: %s is %s, want %s", test.args, test.field, got, test.want)
		}
	}
}

// Parts are named after the file that was asked for; one that would lie over the
// file that is open is not written, nor is any other.
func TestConvertNeverWritesOverTheFileItReads(t *testing.T) {
	t.Setenv("ROLLCALL_HOME", t.TempDir())
	var b strings.Builder
	b.WriteString("Cost centre," + header)
	for i := range 2001 {
		b.WriteString("7,Active,Ann,u" + asText(i) + "@northwind.com,User,none,\n")
	}
	users := file(t, "users-2.csv", b.String())
	r := ctl(t, "", "convert", users, "-o", strings.Replace(users, "-2.csv", ".csv", 1)).exits(t, exitCannot)
	if !strings.Contains(r.err, "Give it another name.") {
		t.Errorf("it said %q", r.err)
	}
	if now, err := os.ReadFile(users); err != nil || string(now) != b.String() {
		t.Errorf("the file is changed (%v)", err)
	}
	if left, _ := os.ReadDir(filepath.Dir(users)); len(left) != 1 {
		t.Errorf("%v was written", left)
	}
}
