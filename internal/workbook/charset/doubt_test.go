package charset

import (
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"

	"rollcall/internal/workbook/charset/charsettest"
)

// many is how often generated lists are tried, usual unless ROLLCALL_MANY asks
// for more.
func many(usual int) int {
	if n, err := strconv.Atoi(os.Getenv("ROLLCALL_MANY")); err == nil {
		return n
	}
	return usual
}

// tally is what became of lists in an encoding: read right, asked about with
// the right reading among the choices, asked about without it, or read wrong
// without a word.
type tally struct{ right, asked, lost, wrong int }

// An encoding that a few names leave open is asked for; it is never silently
// the wrong one.
func TestAnEncodingIsRightOrAskedFor(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	sizes := []int{1, 3, 10, 100}
	var all tally
	for _, l := range charsettest.Languages {
		for _, enc := range strings.Fields(l.Encodings + " UTF-8 UTF-16LE UTF-16BE") {
			var line strings.Builder
			for _, rows := range sizes {
				var n tally
				for i := range many(4) {
					if rows == 100 && i%4 > 0 {
						continue
					}
					text := l.List(r, rows, i%2 == 0)
					data, err := Encode([]byte(text), enc)
					if err != nil {
						continue // a header has a character that this one lacks
					}
					n.count(t, l.Name+" in "+enc, text, data)
				}
				line.WriteString(" " + strconv.Itoa(n.right) + "/" + strconv.Itoa(n.asked) + "/" + strconv.Itoa(n.lost) + "/" + strconv.Itoa(n.wrong))
				all.right, all.asked, all.lost, all.wrong = all.right+n.right, all.asked+n.asked, all.lost+n.lost, all.wrong+n.wrong
			}
			t.Logf("%-22s %-12s%s", l.Name, enc, line.String())
		}
	}
	t.Logf("lists of 1, 3, 10 and 100 people: %d right, %d asked, %d asked without the right one, %d wrong", all.right, all.asked, all.lost, all.wrong)
	if all.lost*200 > all.asked {
		t.Errorf("of %d questions, %d lack the right reading", all.asked+all.lost, all.lost)
	}
}

func (n *tally) count(t *testing.T, what, text string, data []byte) {
	t.Helper()
	d := Detect(data)
	read, err := d.Decode(data)
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	if d.Doubt == nil {
		if string(read) != text {
			n.wrong++
			t.Errorf("%s is taken for %s without a question: %.60q", what, d.Encoding, read)
			return
		}
		n.right++
		return
	}
	for _, g := range d.Doubt {
		if again, err := decode(data, g.Encoding); err == nil && string(again) == text {
			n.asked++
			return
		}
	}
	n.lost++
}
