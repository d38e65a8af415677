package charset

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestALineEndsWithAnyLineEnd(t *testing.T) {
	for text, want := range map[string]string{
		"":              "",
		"a":             "a|",
		"a\n":           "a|\n",
		"a\nb":          "a|\nb|",
		"a\r\nb\r\n":    "a|\r\nb|\r\n",
		"a\rb\r":        "a|\rb|\r",
		"a\r\r\nb\n\rc": "a|\r|\r\nb|\n|\rc|",
		"\n\n\r\n":      "|\n|\n|\r\n",
	} {
		var got strings.Builder
		EachLine([]byte(text), func(line, end []byte) { fmt.Fprintf(&got, "%s|%s", line, end) })
		if got.String() != want {
			t.Errorf("%q is the lines %q, want %q", text, got.String(), want)
		}
	}
}

func TestStretchesBeginAtLines(t *testing.T) {
	text := []byte(strings.Repeat("0123456\n", 1000))
	for _, size := range []int{1, 13, 1000, 4000, 8000, 9000} {
		starts := Stretches(text, size)
		if starts[0] != 0 || starts[len(starts)-1] != len(text) || !slices.IsSorted(starts) || len(starts)-1 > 1+len(text)/size {
			t.Errorf("stretches for each %d bytes begin at %v", size, starts)
		}
		for _, at := range starts {
			if at%8 != 0 {
				t.Errorf("a stretch begins at %d, within a line", at)
			}
		}
	}
	if starts := Stretches(nil, 1); !slices.Equal(starts, []int{0, 0}) {
		t.Errorf("no text has the stretches %v", starts)
	}
}
