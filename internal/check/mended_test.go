package check

import (
	"slices"
	"strings"
	"testing"

	"rollcall/internal/account"
	"rollcall/internal/roster"
)

// What is said of cells that are easily misjudged, word for word.
func TestTrickyCellsAreNamedPrecisely(t *testing.T) {
	dir := trickyDirectory()
	dir.Groups = append(dir.Groups, account.Group{Name: "Sales"}, account.Group{Name: "SALES"}, account.Group{Name: "+Desk"})
	for _, test := range []struct {
		col   roster.Column
		text  string
		found []string
	}{
		{roster.Groups, "Trading;none", []string{
			"error group-none-mixed: “none” stands beside a group: remove it, or remove the groups → \"Trading\"",
			"error group-separator: Groups are separated by commas only: write “Trading” → \"Trading\"",
		}},
		{roster.Groups, "Sales", []string{
			"error group-unknown: The account has more than one group called “Sales”, so it is not known which is meant: rename one of them there",
		}},
		{roster.Groups, "sales,EMEA", []string{
			"error group-unknown: The account has more than one group called “Sales”, so it is not known which is meant: rename one of them there",
		}},
		{roster.Groups, "+Desk", []string{
			"warning formula: A spreadsheet would take this for a formula: check that it is meant as text",
		}},
		{roster.Sources, "slack:\nU02AB3CEK", []string{
			"warning spaces: There is a line break or a tab beside the colon: remove it → \"slack:U02AB3CEK\" certain",
		}},
		{roster.Sources, "slack:\nteams:ann@northwind.com", []string{
			"warning spaces: There is a line break or a tab beside the colon: remove it → \"slack:teams:ann@northwind.com\"",
			"error identifier-invalid: “teams:ann@northwind.com” is not a Slack member ID such as U02AB3CD4EF: look it up there and correct it",
		}},
		{roster.Sources, "whatsapp:(+44) 7700 900133", []string{
			"error identifier-invalid: “(+44) 7700 900133” is not written as a phone number with country code: use “+447700900133” → \"whatsapp:+447700900133\" certain",
		}},
		{roster.Sources, "teams:Ann <ann13@northwind.com>", []string{
			"error identifier-invalid: “Ann <ann13@northwind.com>” is not an email address such as ann.lee@example.com: did you mean “ann13@northwind.com”? → \"teams:ann13@northwind.com\"",
		}},
		{roster.Sources, "none", []string{
			"error source-missing: “none” is not a source username: for none, leave the cell empty → \"\" certain",
		}},
		{roster.Sources, "MS Teams:ann", []string{
			"error source-unknown: The account calls this source “teams”: use that name → \"teams:ann\" certain",
			"error identifier-invalid: “ann” is not an email address such as ann.lee@example.com: look it up there and correct it",
		}},
		{roster.Sources, "slack:n/a,teams:ann@x.org", []string{
			"error identifier-invalid: “n/a” is not an identifier: where there is none, leave the source out → \"teams:ann@x.org\" certain",
		}},
		{roster.Sources, "teams:ann@x.org,slack:-", []string{
			"error identifier-invalid: “-” is not an identifier: where there is none, leave the source out → \"teams:ann@x.org\"",
		}},
		{roster.Sources, "slack:none", []string{
			"error identifier-invalid: “none” is not an identifier: where there is none, leave the source out → \"\" certain",
		}},
		{roster.Email, "ann@例え.con", []string{
			"warning email-domain: The ending “.con” does not exist: check the domain → \"ann@例え.com\"",
		}},
		{roster.Email, "ann@例え.テスト", []string{
			"warning email-domain: The ending “.テスト” does not exist: check the domain",
		}},
		{roster.Email, "ann@x.org (work)", []string{
			"error email-invalid: Not an address: there is a space in it. Did you mean “ann@x.org”? → \"ann@x.org\"",
		}},
		{roster.Email, "ann@x.org ann@x.org", []string{
			"error email-invalid: Not an address: there is a space in it. Did you mean “ann@x.org”? → \"ann@x.org\"",
		}},
		{roster.Email, "bob@corp ann@x.org", []string{
			"error email-invalid: Not an address: there is a space in it",
		}},
		{roster.Email, "bt@northwind。com", []string{
			"warning invisible: A character in it only looks like a plain one: use “bt@northwind.com” → \"bt@northwind.com\" certain",
		}},
		{roster.Role, "User, Admin", []string{"error role-unknown: Not a role: use User, Admin or Supervisor"}},
		{roster.Status, "Not archived", []string{"error status-unknown: Not a status: use Active or Archived"}},
	} {
		e, s, _ := ran(t, dir, row(test.col.Header(), test.text))
		if found := sayAll(e.Cell(s.RowAt(0), test.col)); !slices.Equal(found, test.found) {
			t.Errorf("%s %q:\n\t%s\nwant\n\t%s", test.col, test.text, strings.Join(found, "\n\t"), strings.Join(test.found, "\n\t"))
		}
	}
}

// A domain of the account's own is not doubted, in whichever form it is written.
func TestADomainOfTheAccountIsNotDoubted(t *testing.T) {
	dir := &account.Directory{Users: []account.User{{Email: "ann@bücher.intern"}}}
	for _, text := range []string{"bob@bücher.intern", "bob@xn--bcher-kva.intern"} {
		e, s, _ := ran(t, dir, row("Primary Email", text))
		if found := sayAll(e.Cell(s.RowAt(0), roster.Email)); len(found) > 0 {
			t.Errorf("%s: %q", text, found)
		}
	}
}

// An identifier behind another name of its source is the same identifier.
func TestAnIdentifierIsComparedUnderTheSourceThatIsMeant(t *testing.T) {
	e, s, _ := ran(t, testDirectory(),
		row("Source Username(s)", "teams:x@x.org"),
		row("Primary Email", "bob@x.org", "Source Username(s)", "Microsoft Teams:X@x.org"))
	for i, want := range [][]Code{{IdentifierDuplicate}, {SourceUnknown, IdentifierDuplicate}} {
		if got := codesOf(e, s.RowAt(i), roster.Sources); !slices.Equal(got, want) {
			t.Errorf("row %d: %v, want %v", i, got, want)
		}
	}
}
