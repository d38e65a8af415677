package ui

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestNamesAreSeparatedByCommas(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"", nil},
		{" Trading , EMEA,", []string{"Trading", "EMEA"}},
		{`"Legal, EMEA", Sales`, []string{"Legal, EMEA", "Sales"}},
		{`The "A" team, B`, []string{`The "A" team`, "B"}},
	} {
		if got := namesOf(c.text); !slices.Equal(got, c.want) {
			t.Errorf("%q gives %q, want %q", c.text, got, c.want)
		}
	}
}

func TestAUserListStandsForTheAccountAndEndsInTheExport(t *testing.T) {
	list := write(t, "customer.csv", header+"Active,Ada Byron,ada@northwind.com,User,Trading,slack:U02ADA001\n")
	file := header + "Active,Ada Byron,ada@northwind.com,Admin,EMEA,teams:ada@northwind.com\nActive,Bo Li,bo@northwind.com,User,Trading,\n"
	s, answer := answering(t, Options{File: write(t, "a.csv", file)})
	answer(list)
	s.w.askUserList()
	s.settle()
	s.shows("fix", "userlist")
	s.types("EMEA")
	s.into("userlist.sources")
	s.types("teams")
	s.press("dialog.ok")
	s.shows("fix", "")
	s.says("account.badge", "customer.csv")
	s.says("account.state", "User list · offline · 1 user")
	s.says("fix.errors", "0") // EMEA and teams were typed in
	if n := len(s.w.doc.NotChecked()); n != 0 {
		t.Errorf("not checked: %v", s.w.doc.NotChecked())
	}

	s.press("fix.preview")
	s.shows("preview", "")
	s.says("preview.add", "1")
	s.says("preview.update", "1")
	s.says("preview.import", "Export for upload…")
	out := filepath.Join(t.TempDir(), "out.csv")
	answer(out)
	s.press("preview.export")
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	contains(t, string(data), "bo@northwind.com")
}

func TestAListThatCannotServeLeavesTheAccountAsItWas(t *testing.T) {
	s, answer := answering(t, Options{Account: "Practice account", File: write(t, "a.csv", strings.Replace(small, "User,none", "User,trading", 1))})
	s.says("problems.group-case", "1")
	answer(write(t, "colours.csv", "Colour,Size\nred,1\nblue,2\n"))
	s.w.askUserList()
	s.settle()
	s.press("dialog.ok")
	s.shows("fix", "error")
	s.press("dialog.ok")
	s.says("account.badge", "Practice account")
	s.says("problems.group-case", "1")
}
