package main

import (
	"strings"
	"testing"
)

// A file whose letters can be read in more than one way is checked, and the doubt
// is said in plain words as it is in the facts: on the way of messages, so that
// what a script reads stays as it is. With --encoding there is none.
func TestADoubtAboutTheEncodingIsSaid(t *testing.T) {
	t.Setenv("ROLLCALL_HOME", t.TempDir())
	path := file(t, "users.csv", "Name;Email\nAnn Lee;a@x.com\nTom \xbdukow;b@x.com\n")
	r := ctl(t, "", "check", path)
	line := ""
	for _, l := range strings.Split(r.err, "\n") {
		if strings.Contains(l, "--encoding") {
			line = l
		}
	}
	for _, part := range []string{"The letters of this file were read as ", "(Tom ", " and could be ", "as well: name the right encoding with --encoding."} {
		if !strings.Contains(line, part) {
			t.Errorf("%q is not said in %q", part, r.err)
		}
	}
	if strings.Contains(r.out, "--encoding") {
		t.Errorf("it stands among the results: %q", r.out)
	}
	if r := ctl(t, "", "check", path, "--encoding", "windows-1252"); strings.Contains(r.err, "could be") {
		t.Errorf("it is said where the encoding was given: %q", r.err)
	}
	if r := ctl(t, "", "plan", path, "--snapshot", file(t, "a.json", northwind)); !strings.Contains(r.err, "could be") {
		t.Errorf("plan says nothing of it: %q", r.err)
	}
}
