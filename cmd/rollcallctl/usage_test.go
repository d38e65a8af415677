package main

import (
	"os"
	"strings"
	"testing"
)

func TestAWrongCommandLineIsToldInASentence(t *testing.T) {
	t.Setenv("ROLLCALL_HOME", t.TempDir())
	users := file(t, "users.csv", header)
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"nonsense"}, `There is no command "nonsense". See rollcallctl --help.`},
		{[]string{"accounts", "nonsense"}, `There is no command "nonsense". See rollcallctl accounts --help.`},
		{[]string{"check"}, "The file is missing. Write: rollcallctl check FILE"},
		{[]string{"check", users, "second.csv"}, `"second.csv" is one too many: only one can be given. Names with spaces stand in quotation marks.`},
		{[]string{"check", users, "--bogus"}, "There is no switch --bogus here. See rollcallctl check --help."},
		{[]string{"check", users, "--sheet"}, "A value is missing behind --sheet. See rollcallctl check --help."},
		{[]string{"check", users, "--header-row", "x"}, `--header-row takes a whole number, not "x". See rollcallctl check --help.`},
		{[]string{"check", users, "--header-row", "-5"}, "--header-row takes the number of a row from 1 on, or 0 for a file without a header."},
		{[]string{"check", users, "--separator", `"`}, `"\"" is not a separator. Give one character, such as ; or tab.`},
		{[]string{"check", users, "--separator", "\n"}, `"\n" is not a separator. Give one character, such as ; or tab.`},
		{[]string{"fix", users}, "The file to write is missing. Write: rollcallctl fix FILE -o OUT"},
		{[]string{"sandbox", "--or-filter", "zz"}, `--or-filter takes refused or empty, not "zz". See rollcallctl sandbox --help.`},
		{[]string{"sandbox", "--fail-500", "zz"}, `--fail-500 takes a number, not "zz". See rollcallctl sandbox --help.`},
	} {
		r := ctl(t, "", c.args...).exits(t, exitCannot)
		if r.out != "" || r.err != "rollcallctl: "+c.want+"\n" {
			t.Errorf("%v: %q and %q, want %q", c.args, r.out, r.err, c.want)
		}
	}
}

func TestAReportOrATemplateIsNotWrittenOverTheFile(t *testing.T) {
	t.Setenv("ROLLCALL_HOME", t.TempDir())
	text := header + "active,Ada,ada@northwind.com,User,none,\n"
	users := file(t, "users.csv", text)
	for _, args := range [][]string{{"check", users, "--report", users}, {"convert", users, "-o", users}} {
		r := ctl(t, "", args...).exits(t, exitCannot)
		if !strings.Contains(r.err, "Give it another name.") {
			t.Errorf("%v: %s", args, r.err)
		}
	}
	if now, err := os.ReadFile(users); err != nil || string(now) != text {
		t.Errorf("the file is now %q (%v)", now, err)
	}
}

func TestALineOfJSONHoldsNoOtherLineEnds(t *testing.T) {
	path := file(t, "users.csv", "Name\nAda\u0085Byron\u2028Lovelace\n")
	r := ctl(t, "", "cells", path).exits(t, exitDone)
	if want := `{"row":2,"cells":["Ada\u0085Byron\u2028Lovelace"]}`; !strings.Contains(r.out, want) {
		t.Errorf("%q does not hold %q", r.out, want)
	}
}
