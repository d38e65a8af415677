package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"

	"rollcall/internal/practice"
)

// No test reaches the keyring of the person who runs it.
func TestMain(m *testing.M) {
	os.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
	os.Exit(m.Run())
}

// quirky is a practice account that plays a server with quirks.
func quirky(t *testing.T, o practice.Options) *practice.Server {
	t.Helper()
	t.Setenv("ROLLCALL_HOME", t.TempDir())
	t.Setenv("ROLLCALL_TOKEN", token)
	o.Token = token
	srv, err := practice.Start(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = srv.Close() })
	return srv
}

// tally says what a push told: its lines as "row email action outcome", sorted,
// and whether the summary's counts are the counts of the lines.
func (r result) tally(t *testing.T) (lines []string, summary map[string]any) {
	t.Helper()
	all := r.lines(t)
	if len(all) == 0 {
		t.Fatalf("nothing was told: %s", r.err)
	}
	counts := map[string]float64{"added": 0, "updated": 0, "unchanged": 0, "refused": 0, "failed": 0}
	for _, o := range all[:len(all)-1] {
		if len(o) != 5 {
			t.Errorf("a line with other fields: %v", o)
		}
		lines = append(lines, fmt.Sprintf("%v %v %v %v", o["row"], o["email"], o["action"], o["outcome"]))
		counts[o["outcome"].(string)]++
	}
	summary = all[len(all)-1]["summary"].(map[string]any)
	for outcome, n := range counts {
		if summary[outcome] != n {
			t.Errorf("%v %s in the summary, %v in the lines", summary[outcome], outcome, n)
		}
	}
	slices.Sort(lines)
	return lines, summary
}

func (r result) tells(t *testing.T, want ...string) map[string]any {
	t.Helper()
	lines, summary := r.tally(t)
	if !slices.Equal(lines, want) {
		t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(lines, "\n\t"), strings.Join(want, "\n\t"))
	}
	return summary
}

// Groups and identifiers are added to those that a user has, none takes nothing
// away, and what is already so sends nothing.
func TestAPushAddsAndTakesNothingAway(t *testing.T) {
	srv := sandbox(t)
	before := must(srv.Dump(context.Background()))
	path := file(t, "users.csv", header+
		"Active,Priya Raghavan,priya.raghavan@northwind.com,Admin,EMEA,slack:U02PRIYA2\n"+
		"Active,Amara Okafor,amara.okafor@northwind.com,User,none,\n"+
		"Archived,Old Hand,old.hand@northwind.com,User,\"Sales,EMEA,APAC\",\"slack:U02OLDHA1,teams:old.hand@northwind.com,slack:U02OLDHA2,whatsapp:+447700900177\"\n")
	ctl(t, "", "push", path, "--url", srv.URL(), "--json", "--yes").exits(t, 0).tells(t,
		"2 priya.raghavan@northwind.com update updated",
		"3 amara.okafor@northwind.com unchanged unchanged",
		"4 old.hand@northwind.com add added")
	after := must(srv.Dump(context.Background()))
	for _, test := range []struct{ email, want string }{
		{"priya.raghavan@northwind.com", `true Admin ["APAC","EMEA","Trading"] [{"source":"slack","value":"U02PRIYA"},{"source":"slack","value":"U02PRIYA2"}]`},
		{"amara.okafor@northwind.com", `true User ["Trading"] [{"source":"slack","value":"U02AMARA"}]`},
		{"old.hand@northwind.com", `false User ["APAC","EMEA","Sales"] [{"source":"slack","value":"U02OLDHA1"},{"source":"teams","value":"old.hand@northwind.com"},{"source":"slack","value":"U02OLDHA2"},{"source":"whatsapp","value":"+447700900177"}]`},
	} {
		u, _ := after.User(test.email)
		var identifiers []map[string]string
		for _, id := range u.Identifiers {
			identifiers = append(identifiers, map[string]string{"source": id.Source, "value": id.Value})
		}
		if identifiers == nil {
			identifiers = []map[string]string{}
		}
		if got := fmt.Sprintf("%v %s %s %s", u.Active, u.Role, asText(u.Groups), asText(identifiers)); got != test.want {
			t.Errorf("%s is %s, want %s", test.email, got, test.want)
		}
	}
	if len(after.Users) != len(before.Users)+1 {
		t.Errorf("%d users, were %d", len(after.Users), len(before.Users))
	}
}

// What asks for a second look is named and nothing is sent; --yes confirms it.
func TestWhatDeservesASecondLookIsNamed(t *testing.T) {
	srv := sandbox(t)
	before := asText(must(srv.Dump(context.Background())))
	path := ""
	for _, test := range []struct{ row, says string }{
		{"Active,Amara Okafor,amara.okafor@northwind.com,Admin,none,", "1 user becomes Admin"},
		{"Active,Ann New,ann.new@northwind.com,Admin,none,", "1 user becomes Admin"},
		{"Active,Priya Raghavan,priya.raghavan@northwind.com,User,none,", "1 user loses the Admin role; your own user changes"},
		{"Archived,Amara Okafor,amara.okafor@northwind.com,User,none,", "1 active user becomes Archived"},
	} {
		path = file(t, "users.csv", header+test.row+"\n")
		r := ctl(t, "", "push", path, "--url", srv.URL(), "--json").exits(t, exitCannot)
		if r.out != "" || !strings.Contains(r.err, ": "+test.says+". Nothing was sent.") || !strings.Contains(r.err, "--yes") {
			t.Errorf("%s: %q, said %q", test.row, r.out, r.err)
		}
	}
	if asText(must(srv.Dump(context.Background()))) != before {
		t.Error("something was sent")
	}
	ctl(t, "", "push", path, "--url", srv.URL(), "--json", "--yes").exits(t, 0).tells(t,
		"2 amara.okafor@northwind.com update updated")
}

// A user who was changed since the import is left alone by its undo, with a line
// that says so: the counts of the lines are those of the summary.
func TestAnUndoTellsWhomItLeavesAlone(t *testing.T) {
	srv := sandbox(t)
	first := file(t, "first.csv", header+"Active,Ann New,ann.new@northwind.com,User,Sales,\nActive,Amara Okafor,amara.okafor@northwind.com,User,EMEA,\n")
	pushed := ctl(t, "", "push", first, "--url", srv.URL(), "--json").exits(t, 0).lines(t)
	id := pushed[2]["import"].(string)
	second := file(t, "second.csv", header+"Active,Amara X,amara.okafor@northwind.com,User,none,\n")
	ctl(t, "", "push", second, "--url", srv.URL(), "--json").exits(t, 0)

	undone := ctl(t, "", "undo", id, "--url", srv.URL(), "--json", "--yes").exits(t, exitFound)
	summary := undone.tells(t,
		"2 ann.new@northwind.com update updated",
		"3 amara.okafor@northwind.com blocked refused")
	if summary["notTried"] != 0.0 {
		t.Errorf("%v", summary)
	}
	if m := undone.lines(t)[0]["message"]; m != "Changed since the import (name), so it is left alone." {
		t.Errorf("the line says %q", m)
	}
	reverse := undone.lines(t)[2]["import"].(string)
	for i, o := range ctl(t, "", "report", reverse, "--json").exits(t, 0).lines(t) {
		if want := []string{"updated", "refused"}[i]; o["outcome"] != want {
			t.Errorf("the report says %v, want %s", o, want)
		}
	}
	state := must(srv.Dump(context.Background()))
	amara, _ := state.User("amara.okafor@northwind.com")
	if amara.DisplayName != "Amara X" || asText(amara.Groups) != `["EMEA","Trading"]` {
		t.Errorf("%+v", amara)
	}
}

// What the account cannot take or show stands on the row that it concerns.
func TestWhatTheAccountCannotTakeOrShowIsSaidOnItsRow(t *testing.T) {
	rows := header + "Active,Ann New,ann.new@northwind.com,User,Sales,slack:U02ANNNEW\nActive,Bob New,bob.new@northwind.com,User,none,\n"
	for _, test := range []struct {
		quirks practice.Set
		says   string
	}{
		{practice.Set{"extension": "absent"}, "source usernames"},
		{practice.Set{"members-hidden": "true", "user-groups-hidden": "true"}, "the account does not show them"},
	} {
		srv := quirky(t, practice.Options{Quirks: test.quirks})
		l := ctl(t, "", "push", file(t, "users.csv", rows), "--url", srv.URL(), "--json", "--yes").exits(t, 0).lines(t)
		for _, o := range l[:2] {
			says := o["message"].(string)
			if o["row"] == 2.0 && !strings.Contains(says, test.says) || o["row"] == 3.0 && says != "" {
				t.Errorf("%v: row %v says %q", test.quirks, o["row"], says)
			}
		}
	}
}

// Rows that are left out on purpose are counted as not tried, and told.
func TestRowsThatAreLeftOutAreCountedAndNamed(t *testing.T) {
	srv := sandbox(t)
	path := file(t, "users.csv", header+"Active,Ann New,ann.new@northwind.com,User,Sales,\nActive,Bob,bob.new@northwind.com,Chief,none,\n")
	r := ctl(t, "", "push", path, "--url", srv.URL(), "--json", "--valid-only").exits(t, exitFound)
	if s := r.tells(t, "2 ann.new@northwind.com add added"); s["notTried"] != 1.0 {
		t.Errorf("%v", s)
	}
	if want := "row 3: bob.new@northwind.com: Not a role: use User, Admin or Supervisor\n"; r.err != want {
		t.Errorf("it said %q", r.err)
	}
	// The valid rows again, with the other still in the file: nothing is sent.
	if s := ctl(t, "", "push", path, "--url", srv.URL(), "--json", "--valid-only").exits(t, exitFound).tells(t, "2 ann.new@northwind.com unchanged unchanged"); s["requests"] != 0.0 {
		t.Errorf("%v requests for nothing", s["requests"])
	}
}

// A profile without a keychain: the secret comes from the environment, for this
// run, and that is said.
func TestWithoutAKeychainTheSecretComesFromTheEnvironment(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only here is the keychain kept away from the tests")
	}
	srv := sandbox(t)
	added := ctl(t, token+"\r\n", "accounts", "add", "Practice", "--url", srv.URL(), "--json").exits(t, 0)
	if o := added.object(t); o["added"] != "Practice" || o["hasSecret"] != false || !strings.Contains(added.err, tokenVariable) {
		t.Errorf("%s said %q", added.out, added.err)
	}
	path := file(t, "users.csv", header+"Active,Ann New,ann.new@northwind.com,User,Sales,\n")
	r := ctl(t, "", "push", path, "--account", "practice", "--json").exits(t, 0)
	r.tells(t, "2 ann.new@northwind.com add added")
	if !strings.Contains(r.err, "it is not kept") {
		t.Errorf("it said %q", r.err)
	}
	t.Setenv("ROLLCALL_TOKEN", "")
	if r := ctl(t, "", "push", path, "--account", "Practice", "--json").exits(t, exitCannot); !strings.Contains(r.err, tokenVariable) {
		t.Errorf("without the secret it said %q", r.err)
	}
	ctl(t, "", "accounts", "remove", "Practice").exits(t, 0)
}

// An import that ends before its end says how to go on with it, and goes on.
func TestAnImportThatIsNotFinishedSaysHowToGoOn(t *testing.T) {
	srv := quirky(t, practice.Options{Quirks: practice.On(practice.NoBulk.On())})
	text := header
	for i := range 40 {
		text += fmt.Sprintf("Active,New %d,new%d@northwind.com,User,none,\n", i, i)
	}
	path := file(t, "users.csv", text)
	calm := srv.Quirks()
	srv.SetQuirks(calm.With(practice.TokenExpires.As("30")))
	r := ctl(t, "", "push", path, "--url", srv.URL(), "--json").exits(t, exitCannot)
	if !strings.Contains(r.err, " not tried. What was done is kept; the same command with --resume finishes it.") {
		t.Errorf("it says %q", r.err)
	}
	srv.SetQuirks(calm)
	r = ctl(t, "", "push", path, "--url", srv.URL(), "--json", "--resume").exits(t, exitDone)
	if strings.Contains(r.err, "not finished") {
		t.Errorf("it says %q", r.err)
	}
	lines := r.lines(t)
	if s := lines[len(lines)-1]["summary"].(map[string]any); s["added"] != 40.0 {
		t.Errorf("%v", s)
	}
}
