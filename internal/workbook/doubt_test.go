package workbook

import (
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
)

// many is how often generated files are tried, usual unless ROLLCALL_MANY asks
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
	for _, l := range languages {
		for _, enc := range strings.Fields(l.encodings + " UTF-8 UTF-16LE UTF-16BE") {
			var line strings.Builder
			for _, rows := range sizes {
				var n tally
				for i := range many(4) {
					if rows == 100 && i%4 > 0 {
						continue
					}
					text := l.list(r, rows, i%2 == 0)
					data, err := encodeText([]byte(text), enc)
					if err != nil {
						continue // a header has a character that this one lacks
					}
					n.count(t, l.name+" in "+enc, text, data)
				}
				line.WriteString(" " + itoa(n.right) + "/" + itoa(n.asked) + "/" + itoa(n.lost) + "/" + itoa(n.wrong))
				all.right, all.asked, all.lost, all.wrong = all.right+n.right, all.asked+n.asked, all.lost+n.lost, all.wrong+n.wrong
			}
			t.Logf("%-22s %-12s%s", l.name, enc, line.String())
		}
	}
	t.Logf("lists of 1, 3, 10 and 100 people: %d right, %d asked, %d asked without the right one, %d wrong", all.right, all.asked, all.lost, all.wrong)
	if all.lost*200 > all.asked {
		t.Errorf("of %d questions, %d lack the right reading", all.asked+all.lost, all.lost)
	}
}

func (n *tally) count(t *testing.T, what, text string, data []byte) {
	t.Helper()
	d := detectEncoding(data)
	read, err := d.decode(data)
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	if d.doubt == nil {
		if string(read) != text {
			n.wrong++
			t.Errorf("%s is taken for %s without a question: %.60q", what, d.name, read)
			return
		}
		n.right++
		return
	}
	for _, g := range d.doubt {
		if again, err := decodeText(data, g.name); err == nil && string(again) == text {
			n.asked++
			return
		}
	}
	n.lost++
}

func TestADoubtfulEncodingIsShownInEachReading(t *testing.T) {
	b := open(t, "a.csv", []byte("Name;Email\nAnn Lee;a@x.com\nTom \xbdukow;b@x.com\n"))
	if b.Facts.EncodingSure || len(b.Facts.EncodingChoices) < 2 {
		t.Fatalf("the encoding %s is not asked for", b.Facts.Encoding)
	}
	if first := b.Facts.EncodingChoices[0]; first.Encoding != b.Facts.Encoding || first.Cells[0] != b.Table.Cell(2, 0) {
		t.Errorf("the first reading is %+v, not what was read: %q in %s", first, b.Table.Cell(2, 0), b.Facts.Encoding)
	}
	chosen := openWith(t, "a.csv", []byte("Name;Email\nAnn Lee;a@x.com\nTom \xbdukow;b@x.com\n"), Options{Encoding: b.Facts.EncodingChoices[1].Encoding})
	if !chosen.Facts.EncodingSure || chosen.Facts.EncodingChoices != nil {
		t.Error("a chosen encoding is asked for again")
	}
	if got, want := chosen.Table.Cell(2, 0), b.Facts.EncodingChoices[1].Cells[0]; got != want {
		t.Errorf("the second reading promised %q and gives %q", want, got)
	}
}

func TestAPlainEncodingIsNotAskedFor(t *testing.T) {
	for _, enc := range []string{"windows-1252", "macintosh"} {
		text := "Nom;Courriel\nFrançois Lefèvre;f@x.fr\nÉlodie Noël;e@x.fr\nHélène Béranger;h@x.fr\nGaëlle Côté;g@x.fr\nBenoît Prévôt;b@x.fr\nStéphane Mérimée;s@x.fr\nMaïté Hébert;m@x.fr\n"
		data, err := encodeText([]byte(text), enc)
		if err != nil {
			t.Fatal(err)
		}
		if b := open(t, "a.csv", data); !b.Facts.EncodingSure || b.Facts.Encoding != enc {
			t.Errorf("%s is taken for %s, sure %v: %v", enc, b.Facts.Encoding, b.Facts.EncodingSure, b.Facts.EncodingChoices)
		}
	}
}
