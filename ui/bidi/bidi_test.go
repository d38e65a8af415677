package bidi

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// The marks are written as < and > in the tests: no text here has its own.
func visible(text string) string {
	return strings.NewReplacer(leftMark, "<", rightMark, ">").Replace(text)
}

func TestRunsStandInTheOrderInWhichTheyAreSeen(t *testing.T) {
	cases := []struct{ name, text, want string }{
		{"nothing", "", ""},
		{"Latin is left alone", "Anna Müller (Trading)", "Anna Müller (Trading)"},
		{"Chinese is left alone", "王小明 (財務)", "王小明 (財務)"},
		{"Hebrew alone", "משה לוי", ">משה לוי>"},
		{"a Hebrew word in English", "Name: משה, 2", "<Name: <><2<>, ><>משה>"},
		{"an English word in Hebrew", "משה Levi כהן", ">כהן><> ><Levi<>משה >"},
		{"brackets in Hebrew", "משה (Levi)", ">)><Levi<>(><>משה >"},
		{"brackets round Hebrew in English", "Levi (משה) x", "<Levi (<>משה><) x<"},
		{"two Hebrew words, one in brackets, in English", "Levi (משה) כהן", "<Levi (<>משה><) <>כהן>"},
		{"two English words, one in brackets, in Hebrew", "משה (Levi) and", "<and<>) ><Levi<>(><>משה >"},
		{"brackets in brackets", "ab (x [אב) ג] דה", "<ab (x [<>אב><) <>דה><>] ><>ג>"},
		{"a number in brackets", "אב (12) ab", "<ab<>) ><12<>(><>אב >"},
		{"a number within Hebrew", "קומה 12 ימין", ">ימין><> ><12<>קומה >"},
		{"a number behind Hebrew in English", "abc אבג 123 def", "<abc <><123<>אבג >< def<"},
		{"a number with separators", "abc אבג 1,234.5% def", "<abc <><1,234.5%<>אבג >< def<"},
		{"numbers between Hebrew in English", "x אב 1 גד 2 y", "<x <><2<>גד ><> ><1<>אב >< y<"},
		{"Hebrew beside Arabic", "משה فاطمة", ">فاطمة><>משה >"},
		{"Arabic digits", "غرفة ٣٢ يسار", ">يسار><> ><٣٢<>غرفة >"},
		{"an address in Hebrew", "דואר moshe@northwind.com", "<moshe@northwind.com<>דואר >"},
		{"an arrow", "Slack ID → slack", "<Slack ID →<>< slack<"},
		{"an arrow at the end", "next →", "next →"},
		{"an arrow without a blank", "a→b", "a→b"},
		{"an arrow in Hebrew", "אב → גד", ">גד><> ><>→><>אב >"},
		{"an emoji with its joiners", "👩‍💻 Anna", "<👩‍💻<>< Anna<"},
		{"two lines", "אב (x)\nab → c", ">)><x<>(><>אב >\n<ab →<>< c<"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := visible(Visual(c.text)); got != c.want {
				t.Errorf("Visual(%q)\n got %q\nwant %q", c.text, got, c.want)
			}
		})
	}
}

func TestTheFirstLetterWithADirectionDecides(t *testing.T) {
	for text, want := range map[string]bool{
		"":          false,
		"123":       false,
		"Levi משה":  false,
		"משה Levi":  true,
		"(2) משה":   true,
		"فاطمة":     true,
		"Ünal":      false,
		"1. Иван":   false,
		"王 משה":     false,
		"ߞߊ߬ߙߊ߲߬":   true,
		"𞤀𞤣𞤤𞤢𞤥 abc": true,
	} {
		if got := RightToLeft(text); got != want {
			t.Errorf("RightToLeft(%q) = %v", text, got)
		}
	}
}

// Whatever the text, drawing shows all its letters and no others.
func FuzzVisual(f *testing.F) {
	for _, text := range []string{
		"משה (Levi) 12%", "abc אבג 123 def", "a → b", "\u202eabc\u202c x", "\u2067אב\u2069 ab",
		"אב\r\nab", "\u2029", "]א[", "١٢٣,٤ x א", "👩‍💻 → אב", "\x1c\x85", "é́ א", "[[[[(א)a",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) || strings.ContainsAny(text, leftMark+rightMark) {
			return
		}
		got := Visual(text)
		bare := strings.NewReplacer(leftMark, "", rightMark, "").Replace(got)
		if letters(bare) != letters(text) {
			t.Fatalf("Visual(%q) = %q", text, got)
		}
	})
}

// letters is a text's letters, sorted.
func letters(text string) string {
	runes := []rune(text)
	slices.Sort(runes)
	return string(runes)
}
