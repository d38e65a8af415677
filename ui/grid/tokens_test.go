package grid

import (
	"reflect"
	"testing"
)

func TestTheTokenUnderTheCaret(t *testing.T) {
	tests := []struct {
		text  string
		caret int
		want  Token
	}{
		{"", 0, Token{0, 0, "", ""}},
		{"Tra", 3, Token{0, 3, "Tra", "Tra"}},
		{"Trading,EM", 10, Token{8, 10, "EM", "EM"}},
		{"Trading, EM, APAC", 11, Token{9, 11, "EM", "EM"}},
		{"Trading,EMEA", 3, Token{0, 7, "Trading", "Tra"}},
		{"Trading,", 8, Token{8, 8, "", ""}},
		{"Équipe,São", 10, Token{7, 10, "São", "São"}},
		{"a", 99, Token{0, 1, "a", "a"}},
	}
	for _, tt := range tests {
		if got := TokenAt(tt.text, tt.caret); got != tt.want {
			t.Errorf("TokenAt(%q, %d) = %+v, want %+v", tt.text, tt.caret, got, tt.want)
		}
	}
}

func TestATokenIsReplacedAmongTheOthers(t *testing.T) {
	text := "Trading, em, APAC"
	got, caret := ReplaceToken(text, TokenAt(text, 11), "EMEA")
	if got != "Trading, EMEA, APAC" || caret != 13 {
		t.Errorf("%q with the caret at %d", got, caret)
	}
}

func TestChoicesMatchByTheirBeginning(t *testing.T) {
	choices := []string{"User", "Admin", "Supervisor"}
	for typed, want := range map[string][]string{
		"": choices, "s": {"Supervisor"}, " SUP": {"Supervisor"}, "x": nil,
	} {
		if got := MatchChoices(choices, typed); !reflect.DeepEqual(got, want) {
			t.Errorf("MatchChoices(%q) = %q, want %q", typed, got, want)
		}
	}
}
