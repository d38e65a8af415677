package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rollcall/internal/practice"
)

// result is what one run of the tool did.
type result struct {
	code     int
	out, err string
}

func ctl(t *testing.T, in string, args ...string) result {
	t.Helper()
	var out, errw bytes.Buffer
	code := run(context.Background(), args, strings.NewReader(in), &out, &errw)
	return result{code, out.String(), errw.String()}
}

// lines decodes JSON lines.
func (r result) lines(t *testing.T) []map[string]any {
	t.Helper()
	var out []map[string]any
	d := json.NewDecoder(strings.NewReader(r.out))
	for d.More() {
		var m map[string]any
		if err := d.Decode(&m); err != nil {
			t.Fatalf("not JSON: %v in %q", err, r.out)
		}
		out = append(out, m)
	}
	return out
}

func (r result) object(t *testing.T) map[string]any {
	t.Helper()
	l := r.lines(t)
	if len(l) != 1 {
		t.Fatalf("%d JSON values in %q (%s)", len(l), r.out, r.err)
	}
	return l[0]
}

func (r result) exits(t *testing.T, code int) result {
	t.Helper()
	if r.code != code {
		t.Fatalf("exit %d, want %d\n%s\n%s", r.code, code, r.out, r.err)
	}
	return r
}

func file(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

const header = "Current Status,Display Name,Primary Email,Role,Groups,Source Username(s)\n"

const token = "practice-token-for-tests"

func sandbox(t *testing.T) *practice.Server {
	t.Helper()
	t.Setenv("ROLLCALL_HOME", t.TempDir())
	t.Setenv("ROLLCALL_TOKEN", token)
	srv, err := practice.Start(context.Background(), practice.Options{Token: token})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = srv.Close() })
	return srv
}

func TestCheckJSONIsTheContract(t *testing.T) {
	t.Setenv("ROLLCALL_HOME", t.TempDir())
	path := file(t, "users.csv", header+"Active,Ann,ann@northwind.com,Superviser,none,\n\nActive ,Bob,bob@northwind.com,User,Sales,\n")
	o := ctl(t, "", "check", path, "--json").exits(t, 1).object(t)
	if o["file"] != path || o["rows"] != 2.0 || o["errors"] != 1.0 || o["warnings"] != 1.0 {
		t.Errorf("%v", o)
	}
	facts := o["facts"].(map[string]any)
	if facts["encoding"] != "UTF-8" || facts["delimiter"] != "," || facts["headerRow"] != 1.0 {
		t.Errorf("facts %v", facts)
	}
	if blank := facts["blankRows"].([]any); len(blank) != 1 || blank[0] != 3.0 {
		t.Errorf("blank rows %v", facts["blankRows"])
	}
	if columns := facts["columns"].(map[string]any); columns["Primary Email"] != "Primary Email" {
		t.Errorf("columns %v", columns)
	}
	f := o["findings"].([]any)[0].(map[string]any)
	want := map[string]any{"row": 2.0, "column": "Role", "value": "Superviser", "severity": "error", "code": "role-unknown",
		"message": "Not a role: use User, Admin or Supervisor", "suggestion": "Supervisor", "certain": false}
	for k, v := range want {
		if f[k] != v {
			t.Errorf("%s is %v, want %v", k, f[k], v)
		}
	}
	unchecked := strings.Join(strings.Fields(strings.Trim(strings.ReplaceAll(asText(o["notChecked"]), ",", " "), "[]")), " ")
	if !strings.Contains(unchecked, "group-unknown") || !strings.Contains(unchecked, "identifier-taken") {
		t.Errorf("not checked: %s", unchecked)
	}
}

func asText(v any) string {
	data, _ := json.Marshal(v)
	return string(data)
}

func TestCheckExitsWithZeroForWarningsAndTwoForWhatCannotBeDone(t *testing.T) {
	t.Setenv("ROLLCALL_HOME", t.TempDir())
	ctl(t, "", "check", file(t, "w.csv", header+"active,Ann,ann@northwind.com,User,none,\n")).exits(t, 0)
	r := ctl(t, "", "check", filepath.Join(t.TempDir(), "absent.csv")).exits(t, 2)
	if r.out != "" || r.err == "" {
		t.Errorf("out %q, err %q", r.out, r.err)
	}
	ctl(t, "", "check").exits(t, 2)
	ctl(t, "", "nonsense").exits(t, 2)
	ctl(t, "", "check", "x.csv", "--nonsense").exits(t, 2)
}

func TestAnUnmatchedColumnIsOneFindingAndCanBeGiven(t *testing.T) {
	t.Setenv("ROLLCALL_HOME", t.TempDir())
	path := file(t, "users.csv", "Current Status,Display Name,Anschrift,Role,Groups\nActive,Ann,ann@northwind.com,User,none\nActive,Bob,bob@northwind.com,User,none\n")
	o := ctl(t, "", "check", path, "--json").exits(t, 1).object(t)
	found := o["findings"].([]any)
	if len(found) != 1 || found[0].(map[string]any)["code"] != "column-missing" || found[0].(map[string]any)["row"] != 0.0 || found[0].(map[string]any)["column"] != "Primary Email" {
		t.Fatalf("%v", found)
	}
	o = ctl(t, "", "check", path, "--json", "--column", "Primary Email=Anschrift").exits(t, 0).object(t)
	if o["facts"].(map[string]any)["columns"].(map[string]any)["Primary Email"] != "Anschrift" {
		t.Errorf("%v", o["facts"])
	}
	ctl(t, "", "check", path, "--column", "Primary Email=Nowhere").exits(t, 2)
}

func TestFixMakesOnlyTheCertainFixesAndKeepsEveryColumn(t *testing.T) {
	t.Setenv("ROLLCALL_HOME", t.TempDir())
	path := file(t, "users.csv", "Cost centre;Current Status;Display Name;Primary Email;Role;Groups\n007;active;Ann;ann@northwind.com;Superviser;none\n")
	out := filepath.Join(t.TempDir(), "out.csv")
	ctl(t, "", "fix", path, "-o", out, "--json").exits(t, 1)
	got, _ := os.ReadFile(out)
	if want := "Cost centre;Current Status;Display Name;Primary Email;Role;Groups\n007;Active;Ann;ann@northwind.com;Superviser;none\n"; string(got) != want {
		t.Errorf("%q", got)
	}
	xlsx := filepath.Join(t.TempDir(), "out.xlsx")
	ctl(t, "", "fix", path, "-o", xlsx).exits(t, 1)
	lines := ctl(t, "", "cells", xlsx).exits(t, 0).lines(t)
	if len(lines) != 2 || asText(lines[1]["cells"]) != `["007","Active","Ann","ann@northwind.com","Superviser","none"]` {
		t.Errorf("%v", lines)
	}
}

func TestFixMakesAllOfManyFixesBeforeItWrites(t *testing.T) {
	t.Setenv("ROLLCALL_HOME", t.TempDir())
	var b strings.Builder
	b.WriteString(header)
	for i := range 9000 {
		b.WriteString("active,Ann,u" + asText(i) + "@northwind.com,user,none,\n")
	}
	out := filepath.Join(t.TempDir(), "out.csv")
	r := ctl(t, "", "fix", file(t, "many.csv", b.String()), "-o", out, "--json").exits(t, 1).object(t)
	if r["warnings"] != 0.0 || r["errors"] != 1.0 {
		t.Errorf("left: %v errors, %v warnings", r["errors"], r["warnings"])
	}
	if data, _ := os.ReadFile(out); strings.Count(string(data), "Active,Ann,") != 9000 || strings.Count(string(data), ",User,none") != 9000 {
		t.Error("not every cell was written")
	}
}

func TestConvertWritesPartsOfTwoThousand(t *testing.T) {
	t.Setenv("ROLLCALL_HOME", t.TempDir())
	var b strings.Builder
	b.WriteString("E-mail,Name,Status,Role,Groups\n")
	for i := range 2001 {
		b.WriteString("u" + asText(i) + "@northwind.com,Ann,Active,User,\"none\"\n")
	}
	out := filepath.Join(t.TempDir(), "out.csv")
	r := ctl(t, "", "convert", file(t, "many.csv", b.String()), "-o", out, "--json").exits(t, 1).object(t)
	if f := r["findings"].([]any)[0].(map[string]any); f["code"] != "rows-too-many" || f["row"] != 0.0 || f["column"] != "" {
		t.Errorf("%v", f)
	}
	one, err := os.ReadFile(strings.TrimSuffix(out, ".csv") + "-1.csv")
	if err != nil || strings.Count(string(one), "\n") != 2001 || !strings.HasPrefix(string(one), strings.TrimSpace(header)) {
		t.Fatalf("%v, %d lines", err, strings.Count(string(one), "\n"))
	}
	two, _ := os.ReadFile(strings.TrimSuffix(out, ".csv") + "-2.csv")
	if strings.Count(string(two), "\n") != 2 {
		t.Errorf("%q", two)
	}
}

func TestAPushGoesThroughUndoesAndIsInTheHistory(t *testing.T) {
	srv := sandbox(t)
	path := file(t, "users.csv", header+
		"Active,Ann New,ann.new@northwind.com,User,Sales,slack:U0ANNNEW1\n"+
		"Active,Amara Okafor,AMARA.OKAFOR@northwind.com,Supervisor,EMEA,\n"+
		"Active,Chen Wei,chen.wei@northwind.com,User,Trading,\n")
	plan := ctl(t, "", "plan", path, "--url", srv.URL(), "--json").exits(t, 0).object(t)
	if plan["add"] != 1.0 || plan["update"] != 1.0 || plan["unchanged"] != 1.0 || plan["blocked"] != 0.0 {
		t.Fatalf("%v", plan)
	}
	r := ctl(t, "", "push", path, "--url", srv.URL(), "--json").exits(t, 0)
	l := r.lines(t)
	if len(l) != 4 {
		t.Fatalf("%d lines: %s", len(l), r.out)
	}
	s := l[3]["summary"].(map[string]any)
	if s["added"] != 1.0 || s["updated"] != 1.0 || s["unchanged"] != 1.0 || s["refused"] != 0.0 || s["failed"] != 0.0 || s["notTried"] != 0.0 {
		t.Errorf("%v", s)
	}
	state, err := srv.Dump(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	ann, ok := state.User("ann.new@northwind.com")
	if !ok || asText(ann.Groups) != `["Sales"]` || len(ann.Identifiers) != 1 || ann.Role != "User" || !ann.Active {
		t.Fatalf("%+v", ann)
	}
	amara, _ := state.User("amara.okafor@northwind.com")
	if amara.Role != "Supervisor" || asText(amara.Groups) != `["EMEA","Trading"]` {
		t.Errorf("%+v", amara)
	}
	imports := ctl(t, "", "history", "--json").exits(t, 0).object(t)["imports"].([]any)
	if len(imports) != 1 || imports[0].(map[string]any)["unfinished"] != false {
		t.Fatalf("%v", imports)
	}
	id := imports[0].(map[string]any)["id"].(string)
	if again := ctl(t, "", "push", path, "--url", srv.URL(), "--json", "--resume").exits(t, 0).lines(t); again[3]["summary"].(map[string]any)["unchanged"] != 3.0 {
		t.Errorf("a second push: %v", again)
	}
	report := filepath.Join(t.TempDir(), "report.csv")
	ctl(t, "", "report", id, "-o", report).exits(t, 0)
	if data, _ := os.ReadFile(report); !strings.Contains(string(data), "ann.new@northwind.com") {
		t.Errorf("%s", data)
	}
	ctl(t, "", "undo", id, "--yes", "--json").exits(t, 0)
	state, _ = srv.Dump(context.Background())
	ann, _ = state.User("ann.new@northwind.com")
	amara, _ = state.User("amara.okafor@northwind.com")
	if ann.Active || len(ann.Groups) != 0 || amara.Role != "User" || asText(amara.Groups) != `["Trading"]` {
		t.Errorf("after the undo: %+v %+v", ann, amara)
	}
}

func TestAPushThatDeservesASecondLookNeedsYes(t *testing.T) {
	srv := sandbox(t)
	path := file(t, "users.csv", header+"Active,Amara Okafor,amara.okafor@northwind.com,Admin,none,\n")
	r := ctl(t, "", "push", path, "--url", srv.URL(), "--json").exits(t, 2)
	if r.out != "" || !strings.Contains(r.err, "becomes Admin") {
		t.Errorf("out %q err %q", r.out, r.err)
	}
	if u, _ := must(srv.Dump(context.Background())).User("amara.okafor@northwind.com"); u.Role != "User" {
		t.Fatal("it was sent all the same")
	}
	ctl(t, "", "push", path, "--url", srv.URL(), "--yes").exits(t, 0)
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func TestRowsWithErrorsBlockAPushUnlessTheValidOnesAreAskedFor(t *testing.T) {
	srv := sandbox(t)
	path := file(t, "users.csv", header+"Active,Ann New,ann.new@northwind.com,User,Sales,\nActive,Bob,bob.new@northwind.com,Chief,none,\n")
	ctl(t, "", "push", path, "--url", srv.URL(), "--yes").exits(t, 2)
	l := ctl(t, "", "push", path, "--url", srv.URL(), "--yes", "--valid-only", "--json").exits(t, 1).lines(t)
	s := l[len(l)-1]["summary"].(map[string]any)
	if len(l) != 2 || s["added"] != 1.0 || s["notTried"] != 1.0 {
		t.Fatalf("%v", l)
	}
}

func TestASnapshotServesForChecksAndPlansOffline(t *testing.T) {
	t.Setenv("ROLLCALL_HOME", t.TempDir())
	snapshot := file(t, "account.json", `{"account":"Northwind","syncedAt":"2026-11-01T10:00:00Z","users":[{"id":"1","email":"ann@northwind.com","displayName":"Ann","active":true,"role":"User","groups":["Trading"],"identifiers":[{"source":"slack","value":"U02AMARA"}]}],"groups":["Trading"],"sources":[{"name":"slack","enabled":true,"identifierPattern":"^[UW][A-Z0-9]{6,}$"}]}`)
	path := file(t, "users.csv", header+"Active,Ann,ann@northwind.com,User,Trding,\nActive,Bob,bob@northwind.com,User,Trading,slack:U02AMARA\n")
	o := ctl(t, "", "check", path, "--snapshot", snapshot, "--json").exits(t, 1).object(t)
	var codes []string
	for _, f := range o["findings"].([]any) {
		codes = append(codes, f.(map[string]any)["code"].(string))
	}
	if strings.Join(codes, " ") != "group-unknown identifier-taken" || len(o["notChecked"].([]any)) != 0 {
		t.Errorf("%v %v", codes, o["notChecked"])
	}
	p := ctl(t, "", "plan", path, "--snapshot", snapshot, "--json").exits(t, 1).object(t)
	if p["blocked"] != 2.0 {
		t.Errorf("%v", p)
	}
	ctl(t, "", "push", path, "--snapshot", snapshot, "--yes").exits(t, 2)
}

func TestSandboxHelpNamesEverySwitch(t *testing.T) {
	help := ctl(t, "", "sandbox", "--help").exits(t, 0).out
	for _, q := range practice.Quirks {
		if !strings.Contains(help, "--"+string(q.Name)) {
			t.Errorf("--%s is missing", q.Name)
		}
	}
	for _, name := range []string{"--addr", "--token", "--db", "--empty", "--latency"} {
		if !strings.Contains(help, name) {
			t.Errorf("%s is missing", name)
		}
	}
}

func TestTheTokenIsInNoFileThatWasWritten(t *testing.T) {
	srv := sandbox(t)
	path := file(t, "users.csv", header+"Active,Ann New,ann.new@northwind.com,User,Sales,\n")
	ctl(t, "", "push", path, "--url", srv.URL(), "--yes").exits(t, 0)
	seen := 0
	err := filepath.WalkDir(os.Getenv("ROLLCALL_HOME"), func(p string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		seen++
		data, err := os.ReadFile(p)
		if bytes.Contains(data, []byte(token)) {
			t.Errorf("the token is in %s", p)
		}
		return err
	})
	if err != nil || seen == 0 {
		t.Fatalf("%d files, %v", seen, err)
	}
}
