package formula

import (
	"strings"
	"testing"
)

// A formula is taken apart without losing a byte of it.
func FuzzFormula(f *testing.F) {
	for _, text := range []string{"A1+$B$2", "'a''b'!A1:'a''b'!B2", "[1]S!A1", "Table1[[#This Row],[a]]", "S1:S3!A1:B2", "#REF!A1", "{1,\"}\"}", "A1:INDEX(A:A,1)", "A:A 1:3", "'[x]y'!A1#"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		pieces, ok := Parse(text)
		if !ok {
			return
		}
		var whole strings.Builder
		for _, p := range pieces {
			whole.WriteString(p.text)
		}
		if whole.String() != text {
			t.Fatalf("%q became %q", text, whole.String())
		}
		if same, ok := (Shift{Here: true}).Move(text); !ok || !strings.EqualFold(same, text) {
			t.Fatalf("%q became %q although no row moved", text, same)
		}
		if same := pieces.Beside(0, 0); !strings.EqualFold(same, text) {
			t.Fatalf("%q became %q in its own cell", text, same)
		}
	})
}
