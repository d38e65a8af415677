package check

import (
	"testing"
	"unicode/utf8"

	"rollcall/internal/roster"
)

// fuzzCell holds what is true of any text in any column: a certain finding has
// a suggestion that changes the cell, making all certain fixes leaves none,
// marks and findings agree, and no check panics.
func fuzzCell(f *testing.F, col roster.Column, seeds ...string) {
	for _, seed := range append(append(seeds, "\x7f", " \x7f", "\xff"), traps[col]...) {
		f.Add(seed)
	}
	dir := testDirectory()
	withAccount, without := New(dir), New(nil)
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 2000 {
			return
		}
		for _, e := range []*Engine{withAccount, without} {
			s, v := open(row(col.Header(), text))
			r := s.RowAt(0)
			if err := e.Run(t.Context(), v, s.Rows(), nil); err != nil {
				t.Fatal(err)
			}
			found := e.Row(r)
			errs, warns, _, _ := e.Counts()
			if len(found) != errs+warns {
				t.Errorf("%q: %d findings, %d counted", text, len(found), errs+warns)
			}
			blankHas(t, col, text, found)
			for _, finding := range found {
				checkFinding(t, text, &finding)
			}
			for _, fix := range e.CertainFixes(v) {
				for _, left := range e.Live(v, r, col, fix.New) {
					if left.Certain {
						t.Errorf("%q fixed to %q still has %s", text, fix.New, say(left))
					}
				}
				if utf8.ValidString(text) && !utf8.ValidString(fix.New) {
					t.Errorf("%q fixed to %q", text, fix.New)
				}
			}
		}
	})
}

func blankHas(t *testing.T, col roster.Column, text string, found []Finding) {
	t.Helper()
	if roster.Blank(text) && len(found) != 1 && !(col == roster.Sources && text == "") {
		t.Errorf("%q is blank and has %d findings", text, len(found))
	}
}

func checkFinding(t *testing.T, text string, f *Finding) {
	t.Helper()
	if f.Message == "" || f.Severity == None {
		t.Errorf("%q: %+v says nothing", text, f)
	}
	if f.Certain && (!f.HasSuggestion || f.Suggestion == text) {
		t.Errorf("%q: %s is certain of nothing", text, say(*f))
	}
	if f.Value != text {
		t.Errorf("%q: the value is %q", text, f.Value)
	}
}

func FuzzStatus(f *testing.F) { fuzzCell(f, roster.Status, "enabled", "Ａctive", "\u00a0Active") }
func FuzzName(f *testing.F) {
	fuzzCell(f, roster.Name, "\u200b", "山田　太郎", "\tAnn", "＝1", "Аnn", "a\u200db", "\xff", "Ann\r\nLee", "сосo", "\u3000")
}
func FuzzEmail(f *testing.F) {
	fuzzCell(f, roster.Email, "Ann <a@b.co>", "a@b,com", "\"a b\"@c.de", "a@b.co;c@d.co", "ａ@b.co", "a@bücher.de", "a@b．co", "mailto:a@b.co?subject=x", "a at b.co", "@", "a@@b..c", "<\"'a@b.co'\">", "a@b.co.", "é@b.co", "a@ⅽ.com")
}
func FuzzRole(f *testing.F) { fuzzCell(f, roster.Role, "administrator", "Аdmin", "admin.") }
func FuzzGroups(f *testing.F) {
	fuzzCell(f, roster.Groups, "Smith, Jones & Co,EMEA", "trading，emea", "a;b|c/d\ne", ",,", " ,Trading", "none,NONE", "n/a", "-", "Trading , EMEA", "Тrading", "R&D/Opps", "Smith,Jones & Co", "Trading,\n EMEA", "EMEA\u200b")
}
func FuzzSources(f *testing.F) {
	fuzzCell(f, roster.Sources, "slack：U02AMARB", "whatsapp:+44 0 20.0", "slack:U02АB", "slack: u02amarb", "whatsapp:8,19056E+11", "ldap:CN=a,OU=b", ":x", "x:", "a:b:c", "slack:U0AAAAAAA;teams:a@b.co", "slack=U02AMARB", "whatsapp:0044 (0)20 7946 0958", "=1", "@a", ",", "slack:U1,,slack:U1")
}
