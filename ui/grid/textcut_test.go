package grid

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"rollcall/ui/bidi"
)

func TestACutTextFitsAndNoMuchLongerOneWould(t *testing.T) {
	test.NewTempApp(t)
	texts := []string{
		"", "i", "ill will fill", "WWWWWWWWWWWW", "Anna Müller (Trading), room 12", "王小明 財務部門的一個很長的名字",
		"משה כהן (Levi) and more", "غرفة ٣٢ يسار مبنى", "a → b → c → d", "👩‍💻 Anna 👩‍💻", "á é í",
	}
	var c textCuts
	for _, text := range texts {
		for _, width := range []float32{0, 4, 13, 30, 57.5, 80, 111, 200, 1000} {
			key := cutKey{text: text, size: 13, width: width}
			got, size := c.cut(text, false, 13, width)
			if whole := drawn(text, key); whole.size.Width <= width {
				if got != whole.text {
					t.Errorf("%q fits into %v and was cut to %q", text, width, got)
				}
				continue
			}
			n := strings.Count(plainOf(got), "") - 2 // letters in front of the ellipsis
			runes := []rune(text)
			if got != bidi.Visual(string(runes[:n])+"…") {
				t.Errorf("%q in %v is %q, no beginning of it", text, width, got)
			}
			if size.Width > width && n > 0 {
				t.Errorf("%q in %v takes %v", got, width, size.Width)
			}
			if n+1 < len(runes) && drawn(string(runes[:n+2])+"…", key).size.Width <= width {
				t.Errorf("%q in %v was cut to %q, though two more letters fit", text, width, got)
			}
		}
	}
}

func plainOf(text string) string {
	return strings.NewReplacer("\u200e", "", "\u200f", "").Replace(text)
}
