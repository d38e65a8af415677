package words

import (
	"testing"
	"unicode/utf8"
)

// letters is how wide a text is where each letter is one wide.
func letters(text string) float32 { return float32(utf8.RuneCountInString(text)) }

func TestTheMiddleOfALongNameGivesWay(t *testing.T) {
	cases := []struct {
		text  string
		width float32
		want  string
	}{
		{"users.csv", 9, "users.csv"},
		{"users.csv", 8, "user…csv"},
		{"users-of-northwind-2026.xlsx", 13, "users-…6.xlsx"},
		{"Größenübersicht.csv", 8, "Größ…csv"},
		{"名簿二〇二六.csv", 6, "名簿二…sv"},
		{"users.csv", 2, "u…"},
		{"users.csv", 1, "…"},
		{"users.csv", 0, ""},
		{"", 0, ""},
	}
	for _, c := range cases {
		if got := Middle(c.text, c.width, letters); got != c.want {
			t.Errorf("%q in %v is %q, want %q", c.text, c.width, got, c.want)
		}
	}
}

func TestCountsHaveTheirNoun(t *testing.T) {
	for n, want := range map[int]string{0: "0 rows", 1: "1 row", 2000: "2,000 rows"} {
		if got := Plural(n, "row", "rows"); got != want {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
}

func TestALongTextIsCutAtItsEnd(t *testing.T) {
	for text, want := range map[string]string{"Trading": "Trading", "Compliance Ops": "Complia…", "": ""} {
		if got := Short(text, 8); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}
