package roster

import (
	"regexp"
	"testing"
)

// FuzzPattern: the table says what the regular expression says.
func FuzzPattern(f *testing.F) {
	for _, expr := range []string{
		phonePattern, mailPattern, `^[UW][A-Z0-9]{8,}$`, `abc`, `^abc`, `abc$`, `a|b$`, `(?i)^u[0-9]+$`, `^$`, `$^`, ``,
		`^(a|ab)(c|bcd)$`, `\d{3}`, `^\w+$`, `^a*b?$`, `^[^@]+$`, `^.+$`, `(?s)^.+$`, `\bfoo\b`, `(?m)^x$`, `x*`, `$a`, `a^b`,
	} {
		for _, text := range []string{"", "abc", "+447700900123", "U02AMARA1", "a@b.co", "ab\nc", "é", "x\ny", "xabcx", "b", "u1"} {
			f.Add(expr, text)
		}
	}
	f.Fuzz(func(t *testing.T, expr, text string) {
		if len(expr) > 200 || len(text) > 200 {
			return
		}
		re, err := regexp.Compile(expr)
		if err != nil {
			return
		}
		p, err := NewPattern(expr)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := p.Match(text), re.MatchString(text); got != want {
			t.Errorf("%q on %q: got %v, want %v (table: %v)", expr, text, got, want, p.next != nil)
		}
	})
}
