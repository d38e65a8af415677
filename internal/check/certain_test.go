package check

import (
	"slices"
	"testing"

	"rollcall/internal/account"
	"rollcall/internal/roster"
)

// What "fix" makes of a cell, and the rules that speak of it: a fix is certain
// only where the text has one reading.
func TestOnlyOneReadingIsCertain(t *testing.T) {
	tests := []struct {
		col   roster.Column
		text  string
		fixed string // as text where nothing is certain
		codes []Code
	}{
		{roster.Role, "-Admin", "-Admin", []Code{Formula, RoleUnknown}},
		{roster.Role, "=Admin", "=Admin", []Code{Formula, RoleUnknown}},
		{roster.Role, "Ädmin", "Ädmin", []Code{RoleUnknown}},
		{roster.Role, "Admin?", "Admin?", []Code{RoleUnknown}},
		{roster.Role, "[admin]", "[admin]", []Code{RoleUnknown}},
		{roster.Role, "Standard-User", "User", []Code{RoleUnknown}},
		{roster.Role, "standard_user", "User", []Code{RoleUnknown}},
		{roster.Role, "Администратор", "Admin", []Code{RoleUnknown}},
		{roster.Role, "Yönetici", "Yönetici", []Code{RoleUnknown}},
		{roster.Role, "Admin²", "Admin²", []Code{RoleUnknown}},
		{roster.Status, "=Active", "=Active", []Code{Formula, StatusUnknown}},
		{roster.Status, "Désactivé", "Archived", []Code{StatusUnknown}},
		{roster.Status, "not active", "Archived", []Code{StatusUnknown}},
		{roster.Status, "not-active", "Archived", []Code{StatusUnknown}},
		{roster.Status, "(active)", "(active)", []Code{StatusUnknown}},
		{roster.Groups, "N/A", "none", []Code{GroupUnknown}},
		{roster.Groups, "n.a.", "n.a.", []Code{GroupUnknown}},
		{roster.Email, "ada@", "ada@", []Code{EmailInvalid}},
		{roster.Email, "x@", "x@", []Code{EmailInvalid}},
		{roster.Email, "@", "@", []Code{Formula, EmailInvalid}},
		{roster.Email, "ann²@x.org", "ann²@x.org", []Code{EmailInvalid}},
		{roster.Email, "ann@x。org", "ann@x.org", []Code{Invisible}},
		{roster.Email, "bob@x.org <ann@x.org>", "bob@x.org <ann@x.org>", []Code{EmailInvalid}},
		{roster.Email, "Ann@x.org <ann@x.org>", "ann@x.org", []Code{EmailWrapped}},

		{roster.Sources, "whatsapp:+819056123457.0", "whatsapp:+819056123457.0", []Code{IdentifierInvalid}},
		{roster.Sources, "whatsapp:+819056123457.", "whatsapp:+819056123457.", []Code{IdentifierInvalid}},
		{roster.Sources, "whatsapp:+81905612345.7", "whatsapp:+81905612345.7", []Code{IdentifierInvalid}},
		{roster.Sources, "whatsapp:+81.90.5612.3457", "whatsapp:+819056123457", []Code{IdentifierInvalid}},
		{roster.Sources, "whatsapp:+1.5551234567", "whatsapp:+15551234567", []Code{IdentifierInvalid}},
		{roster.Sources, "whatsapp:+44 20 7946 0958/9", "whatsapp:+44 20 7946 0958/9", []Code{IdentifierInvalid}},
		{roster.Sources, "whatsapp:+44 0 20 7946 0958", "whatsapp:+44 0 20 7946 0958", []Code{IdentifierInvalid}},
		{roster.Sources, "whatsapp:+44 020 7946 0958", "whatsapp:+44 020 7946 0958", []Code{IdentifierInvalid}},
		{roster.Sources, "whatsapp:+44 (020) 7946 0958", "whatsapp:+44 (020) 7946 0958", []Code{IdentifierInvalid}},
		{roster.Sources, "whatsapp:0044-020-7946-0958", "whatsapp:0044-020-7946-0958", []Code{IdentifierInvalid}},
		{roster.Sources, "whatsapp:0011 44 7700 900128", "whatsapp:0011 44 7700 900128", []Code{IdentifierInvalid}},
		{roster.Email, "mailto:ann@x.org?cc=bob@x.org", "mailto:ann@x.org?cc=bob@x.org", []Code{EmailInvalid}},
		{roster.Email, "mailto:ann@x.org?subject=Hello", "ann@x.org", []Code{EmailWrapped}},
		{roster.Sources, "whatsapp:+49(0)30 123456", "whatsapp:+4930123456", []Code{IdentifierInvalid}},
		{roster.Sources, "whatsapp:+39 06 698 12345", "whatsapp:+390669812345", []Code{IdentifierInvalid}},
		{roster.Sources, "whatsapp:+39 (0)6 698 12345", "whatsapp:+39 (0)6 698 12345", []Code{IdentifierInvalid}},
		{roster.Sources, "whatsapp:＋８１９０５６１２３４５７", "whatsapp:+819056123457", []Code{Invisible, IdentifierInvalid}},
		{roster.Sources, "slack:U02ABCDЕFG", "slack:U02ABCDEFG", []Code{Invisible, IdentifierInvalid}},
		{roster.Sources, "slack:william", "slack:william", []Code{IdentifierInvalid}},
		{roster.Sources, "slack:@U02AMARB", "slack:@U02AMARB", []Code{IdentifierInvalid}},
		{roster.Sources, "=slack:U02ABCDEFG", "=slack:U02ABCDEFG", []Code{Formula, SourceUnknown}},
		{roster.Sources, "ѕlack:U02ABCDEFG", "slack:U02ABCDEFG", []Code{Invisible, SourceUnknown}},
		{roster.Sources, "slack：U02ABCDEFG", "slack:U02ABCDEFG", []Code{Invisible, SourceMissing}},
		{roster.Sources, "slack:U02ABCDEFG，teams:a@b.co", "slack:U02ABCDEFG,teams:a@b.co", []Code{Invisible, SourceSeparator}},
		{roster.Sources, "slack enterprise grid:U02ABCDEFG", "slack enterprise grid:U02ABCDEFG", []Code{SourceUnknown}},
		{roster.Sources, "MS-Teams:ann@x.org", "teams:ann@x.org", []Code{SourceUnknown}},
		{roster.Sources, "teams:a:b@northwind.com", "teams:a:b@northwind.com", []Code{IdentifierInvalid}},
		{roster.Sources, "teams:a(b)@northwind.com", "teams:a(b)@northwind.com", []Code{IdentifierInvalid}},
		{roster.Sources, "teams:percent%25@x.org", "teams:percent%25@x.org", nil},
		{roster.Sources, "teams:slash/name@bücher.de", "teams:slash/name@bücher.de", nil},
		{roster.Sources, "teams:ann@nоrthwind.com", "teams:ann@northwind.com", []Code{Invisible}},
		{roster.Sources, "teams:<ann@x.org", "teams:<ann@x.org", []Code{IdentifierInvalid}},

		{roster.Groups, "Trading，EMEA", "Trading,EMEA", []Code{Invisible, GroupSeparator}},
		{roster.Groups, "Trading，Foo", "Trading，Foo", []Code{Invisible, GroupSeparator, GroupUnknown}},
		{roster.Groups, "Smith,Jones & Co", "Smith, Jones & Co", []Code{Spaces}},
		{roster.Groups, "smith ,jones & co,EMEA", "Smith, Jones & Co,EMEA", []Code{Spaces}},
		{roster.Groups, "Smith,EMEA", "Smith,EMEA", nil},
		{roster.Groups, "Legal,EMEA", "Legal,EMEA", nil},
		{roster.Groups, "Legal, EMEA", "Legal, EMEA", nil},
		{roster.Groups, "Odd , Name", "Odd , Name", nil},
		{roster.Groups, "Odd,Name", "Odd , Name", []Code{Spaces}},
		{roster.Groups, "IT—Ops", "IT—Ops", []Code{GroupUnknown}},
	}
	dir := testDirectory()
	for _, name := range []string{"Legal", "Legal, EMEA", "Odd , Name", "IT–Ops", "IT-Ops"} {
		dir.Groups = append(dir.Groups, account.Group{Name: name})
	}
	for _, test := range tests {
		t.Run(test.col.Header()+"/"+test.text, func(t *testing.T) {
			e, s, v := ran(t, dir, row(test.col.Header(), test.text))
			if got := codesOf(e, s.RowAt(0), test.col); !slices.Equal(got, test.codes) {
				t.Errorf("found %v, want %v", got, test.codes)
			}
			if got := e.Fixed(v, s.RowAt(0), test.col, test.text); got != test.fixed {
				t.Errorf("fixed to %q, want %q", got, test.fixed)
			}
		})
	}
}

// What is not certain is suggested all the same.
func TestANumberWithTwoReadingsIsSuggested(t *testing.T) {
	for text, want := range map[string]string{
		"whatsapp:+819056123457.0":        "whatsapp:+819056123457",
		"whatsapp:+44 0 20 7946 0958":     "whatsapp:+442079460958",
		"whatsapp:+44 (020) 7946 0958":    "whatsapp:+442079460958",
		"whatsapp:0011 44 7700 900128":    "whatsapp:+447700900128",
		"whatsapp:819056123457.00":        "whatsapp:+819056123457",
		"slack:@U02AMARB":                 "slack:U02AMARB",
		"=slack:U02ABCDEFG":               "slack:U02ABCDEFG",
		"slack enterprise grid:U02AMARBC": "slack:U02AMARBC",
	} {
		e, s, _ := ran(t, testDirectory(), row("Source Username(s)", text))
		var got []string
		for _, f := range e.Cell(s.RowAt(0), roster.Sources) {
			if f.HasSuggestion && !f.Certain {
				got = append(got, f.Suggestion)
			}
		}
		if !slices.Equal(got, []string{want}) {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// A group or identifier that is listed twice is listed once after the fix.
func TestWhatIsListedTwiceIsListedOnceAfterTheFix(t *testing.T) {
	for _, test := range []struct {
		col            roster.Column
		code           Code
		text, part, to string
	}{
		{roster.Groups, GroupRepeated, "Trading,EMEA,Trading, APAC,trading", "Trading", "Trading,EMEA, APAC,trading"},
		{roster.Sources, IdentifierRepeated, "slack:U0AAAAAAA,teams:a@b.co,slack:U0AAAAAAA", "slack:U0AAAAAAA", "slack:U0AAAAAAA,teams:a@b.co"},
	} {
		e, _, v := ran(t, testDirectory(), row(test.col.Header(), test.text))
		for _, g := range e.Groups() {
			if g.Code != test.code {
				continue
			}
			i := slices.IndexFunc(g.Values, func(v ValueGroup) bool { return v.Value == test.part })
			fixes := e.FixValue(v, g.Code, test.part, g.Values[i].Suggestion)
			if len(fixes) != 1 || fixes[0].New != test.to {
				t.Errorf("%s: %+v, want %q", test.text, fixes, test.to)
			}
		}
	}
}

func TestTheFixesOfOneRuleLeaveTheOthers(t *testing.T) {
	e, _, v := ran(t, testDirectory(), row("Groups", " trading ,EMEA", "Display Name", " Ann  Lee"))
	var got []string
	for _, f := range e.CertainFixesIn(v, slices.Collect(e.flawed()), Spaces) {
		got = append(got, f.New)
	}
	if want := []string{"Ann Lee", "trading,EMEA"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
