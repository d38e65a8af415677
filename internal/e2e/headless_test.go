package e2e

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// The same way through rollcallctl: check, fix, plan, push, and then the
// account is asked.
func TestTheWholeWayThroughRollcallctl(t *testing.T) {
	s, home := stage(t)
	box := sandbox(t, s)
	before := box.People(t)

	// Each flaw here is certain; what is not certain is never guessed.
	rows := [][]string{
		{"active", "Amara Okafor", "amara.okafor@northwind.com", "ADMIN", "Trading", "slack:U02AMARA"},
		{"Active", "Bruno Ferreira", "bruno.ferreira@northwind.com", "supervisor", "trading,EMEA", "slack:U02BRUNO"},
		{"Active ", "Chen Wei", "chen.wei@northwind.com", "User", "APAC", "teams:chen.wei@northwind.com"},
		{"Active", "Grace Mbeki", "mailto:grace.mbeki@northwind.com", "User", "Compliance", "slack:U02GRACE"},
		{"Active", "Hana Sato", "hana.sato@northwind.com", "Supervisor", "APAC,Trading,APAC", "whatsapp:+819055500134"},
		{"Active", " Ivan  Petrov", "ivan.petrov@northwind.com", "User", "EMEA", "slack:U02IVAN"},
		{"ARCHIVED", "Jonas Lindqvist", "jonas.lindqvist@northwind.com", "User", "none", ""},
		{"Active", "Nadia Rahman", "nadia.rahman@northwind.com", "User", "Trading", "slack:U02NADIA"},
	}
	writeFile(t, home.File("in.csv"), csvOf(rows))

	ok := func(r Result, exit int) Result {
		t.Helper()
		if r.Exit != exit {
			t.Fatalf("exit %d, want %d\nstdout: %s\nstderr: %s", r.Exit, exit, r.Out, r.Err)
		}
		return r
	}
	ok(s.Ctl(t, home, box.Token+"\n", "accounts", "add", "northwind", "--url", box.URL), 0)
	ok(s.Ctl(t, home, "", "accounts", "test", "northwind"), 0)
	ok(s.Ctl(t, home, "", "sync", "--account", "northwind"), 0)

	var checked struct {
		Rows, Errors, Warnings int
		NotChecked             []string
		Findings               []struct {
			Row     int
			Column  string
			Code    string
			Certain bool
		}
	}
	decode(t, s.Ctl(t, home, "", "check", "in.csv", "--account", "northwind", "--json").Out, &checked)
	if checked.Rows != 8 || len(checked.Findings) < 8 || len(checked.NotChecked) != 0 {
		t.Fatalf("check said %+v", checked)
	}
	for _, f := range checked.Findings {
		if !f.Certain {
			t.Errorf("row %d, %s: %s is not certain", f.Row, f.Column, f.Code)
		}
	}
	ok(s.Ctl(t, home, "", "fix", "in.csv", "-o", "out.xlsx", "--account", "northwind"), 0)

	var planned struct{ Add, Update, Unchanged, Blocked int }
	decode(t, ok(s.Ctl(t, home, "", "plan", "out.xlsx", "--account", "northwind", "--json"), 0).Out, &planned)
	if planned.Add != 4 || planned.Update != 3 || planned.Unchanged != 1 || planned.Blocked != 0 {
		t.Fatalf("plan said %+v, want 4 to add, 3 to update, 1 unchanged", planned)
	}

	refused := ok(s.Ctl(t, home, "", "push", "out.xlsx", "--account", "northwind", "--json"), 2)
	if !strings.Contains(refused.Err, "Admin") {
		t.Errorf("push without --yes must say what to confirm; it said %q", refused.Err)
	}
	if now := box.People(t); len(now) != len(before) {
		t.Fatal("push without --yes changed the account")
	}

	pushed := ok(s.Ctl(t, home, "", "push", "out.xlsx", "--account", "northwind", "--yes", "--json"), 0)
	lines := strings.Split(strings.TrimSpace(pushed.Out), "\n")
	if len(lines) != 9 {
		t.Fatalf("push printed %d lines, want 8 users and a summary:\n%s", len(lines), pushed.Out)
	}
	counts := map[string]int{}
	for _, line := range lines[:8] {
		var one struct{ Email, Action, Outcome string }
		decode(t, line, &one)
		counts[one.Outcome]++
	}
	var last struct {
		Summary struct{ Added, Updated, Unchanged, Refused, Failed, NotTried int }
	}
	decode(t, lines[8], &last)
	sum := last.Summary
	if counts["added"] != 4 || counts["updated"] != 3 || counts["unchanged"] != 1 || sum.Added != 4 || sum.Updated != 3 || sum.Unchanged != 1 || sum.Refused+sum.Failed+sum.NotTried != 0 {
		t.Fatalf("outcomes %v, summary %+v", counts, sum)
	}
	expectWanted(t, before, box.People(t), wanted)

	// A second push has nothing to do, and sends nobody twice.
	again := ok(s.Ctl(t, home, "", "push", "out.xlsx", "--account", "northwind", "--yes", "--json"), 0)
	lines = strings.Split(strings.TrimSpace(again.Out), "\n")
	decode(t, lines[len(lines)-1], &last)
	if last.Summary.Unchanged != 8 {
		t.Fatalf("the second push ended with %+v, want 8 unchanged", last.Summary)
	}

	leaks, files, err := ScanFolder(home.Dir, box.Token)
	if err != nil || files < 3 {
		t.Fatalf("%d files were scanned for the secret: %v", files, err)
	}
	expectNoLeak(t, leaks)
	for _, r := range []Result{pushed, refused, again} {
		expectNoLeak(t, ScanBytes("stdout", []byte(r.Out), box.Token))
		expectNoLeak(t, ScanBytes("stderr", []byte(r.Err), box.Token))
	}
}

// A wrong token, an error answer and a dead account say so, and never say the secret.
func TestNoErrorTellsTheSecret(t *testing.T) {
	s, home := stage(t)
	box := sandbox(t, s)
	writeFile(t, home.File("in.csv"), csvOf(flawed[:1]))
	const wrong = "wr0ng-s3cret+/with=odd&chars"
	env := []string{"ROLLCALL_TOKEN=" + wrong}
	check := func(what string, r Result) {
		t.Helper()
		if r.Exit != 2 {
			t.Errorf("%s: exit %d, want 2 (%s)", what, r.Exit, r.Err)
		}
		if strings.TrimSpace(r.Err) == "" {
			t.Errorf("%s: nothing was said", what)
		}
		expectNoLeak(t, ScanBytes(what+": stdout", []byte(r.Out), wrong))
		expectNoLeak(t, ScanBytes(what+": stderr", []byte(r.Err), wrong))
	}
	check("a wrong token", s.CtlEnv(t, home, env, "", "push", "in.csv", "--url", box.URL, "--yes", "--json"))
	box.Close()
	check("a dead account", s.CtlEnv(t, home, env, "", "push", "in.csv", "--url", box.URL, "--yes", "--json"))
	leaks, _, err := ScanFolder(home.Dir, wrong)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	expectNoLeak(t, leaks)
}

func decode(t *testing.T, text string, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), into); err != nil {
		t.Fatalf("%v in %q", err, text)
	}
}
