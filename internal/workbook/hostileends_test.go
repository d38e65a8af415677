//go:build !race

package workbook

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
)

// soundRows are rows as Excel writes them but for their numbers.
func soundRows(n int) string {
	r := rand.New(rand.NewPCG(5, 6))
	var b strings.Builder
	for range n {
		fmt.Fprintf(&b, `<row spans="1:10"><c s="1" t="s"><v>0</v></c><c t="inlineStr"><is><t>person.%d@example.com</t></is></c>`, r.IntN(1e6))
		for range 14 {
			fmt.Fprintf(&b, `<c s="1"><v>%d</v></c>`, r.IntN(1e5))
		}
		b.WriteString(`<c t="s"><v>0</v></c></row>`)
	}
	return b.String()
}

// endMega is the size of the sheets that are sound until their end, in MiB:
// small enough for every run, or what ROLLCALL_HOSTILE_MB says.
func endMega(t *testing.T) int {
	n, err := strconv.Atoi(os.Getenv("ROLLCALL_HOSTILE_MB"))
	if err != nil {
		return rehearseFrom/mega + 10
	}
	return n
}

// soundUntil is a large workbook that is sound but for the end of its sheet,
// which damage may change in the archive besides.
func soundUntil(end string, damage func(packed []byte, h *zip.FileHeader) []byte) func(*testing.T) string {
	return func(t *testing.T) string {
		base := workbookParts("").with("xl/sharedStrings.xml", `<sst><si><t>Active</t></si></sst>`)
		delete(base, "xl/worksheets/sheet1.xml")
		chunk := soundRows(6000)
		p := bombPart{"xl/worksheets/sheet1.xml", xmlHead + `<worksheet xmlns="` + mainNS + `"><sheetData>`, chunk, endMega(t) * mega / len(chunk), end}
		return damagedBomb(t, base, p, damage)
	}
}

// wrongInside is a large workbook whose checksums are right and whose sheet is
// sound but for what stands after two thirds of it.
func wrongInside(bad string) func(*testing.T) string {
	return func(t *testing.T) string {
		base := workbookParts("").with("xl/sharedStrings.xml", `<sst><si><t>Active</t></si></sst>`)
		delete(base, "xl/worksheets/sheet1.xml")
		chunk := soundRows(6000)
		third := endMega(t) * mega / len(chunk) / 3
		return damagedBomb(t, base, bombPart{"xl/worksheets/sheet1.xml", overSheet, chunk, 2 * third, bad + strings.Repeat(chunk, third) + underSheet}, nil)
	}
}

func damagedBomb(t *testing.T, base parts, p bombPart, damage func([]byte, *zip.FileHeader) []byte) string {
	t.Helper()
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for name, text := range base {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		f.Write([]byte(text))
	}
	packed, sum, size := p.packed(t)
	h := &zip.FileHeader{Name: p.name, Method: zip.Deflate, CRC32: sum, UncompressedSize64: size}
	if damage != nil {
		packed = damage(packed, h)
	}
	h.CompressedSize64 = uint64(len(packed))
	f, err := w.CreateRaw(h)
	if err != nil {
		t.Fatal(err)
	}
	f.Write(packed)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return filed(t, "end.xlsx", buf.Bytes())
}

func hostileEnds() []hostile {
	const whole = `</sheetData></worksheet>`
	strs := func(damage func([]byte, *zip.FileHeader) []byte) func(*testing.T) string {
		return func(t *testing.T) string {
			base := workbookParts(`<row><c t="s"><v>0</v></c></row>`)
			chunk := uneven(6000, "<si><t>a name or a group of people, number %d</t></si>")
			size := min(endMega(t), 130) // more is too much text
			return damagedBomb(t, base, bombPart{"xl/sharedStrings.xml", xmlHead + `<sst xmlns="` + mainNS + `">`, chunk, size * mega / len(chunk), "</sst>"}, damage)
		}
	}
	badSum := func(packed []byte, h *zip.FileHeader) []byte { h.CRC32++; return packed }
	badBlock := func(packed []byte, _ *zip.FileHeader) []byte {
		return append(packed[:len(packed)-5:len(packed)-5], 0xff, 0xff, 0xff)
	}
	cut := func(packed []byte, _ *zip.FileHeader) []byte { return packed[:len(packed)-40] }
	middle := func(packed []byte, _ *zip.FileHeader) []byte {
		packed = bytes.Clone(packed)
		copy(packed[len(packed)/2:], bytes.Repeat([]byte{0xff}, 64))
		return packed
	}
	return []hostile{
		{"sound to its end", soundUntil(whole, nil), nil},
		{"sound but for its checksum", soundUntil(whole, badSum), ErrDamaged},
		{"sound but for its last block", soundUntil(whole, badBlock), ErrDamaged},
		{"sound but cut short", soundUntil(whole, cut), ErrDamaged},
		{"damaged in its middle", soundUntil(whole, middle), ErrDamaged},
		{"without its last end tag", soundUntil(`</sheetData>`, nil), ErrDamaged},
		{"without its last two end tags", soundUntil(``, nil), ErrDamaged},
		{"without the end of its last row", soundUntil(`<row><c><v>1</v></c></sheetData></worksheet>`, nil), ErrDamaged},
		{"without the end of its cells", soundUntil(`</worksheet>`, nil), ErrDamaged},
		{"with a bad reference in its last row", soundUntil(`<row r="9"><c r="A8"><v>1</v></c></row>`+whole, nil), ErrDamaged},
		{"with an unknown entity in its last row", soundUntil(`<row><c t="inlineStr"><is><t>&x;</t></is></c></row>`+whole, nil), ErrDamaged},
		{"with a document type at its end", soundUntil(whole+`<!DOCTYPE a>`, nil), ErrUnsafe},
		{"with a wrong end tag deep inside", wrongInside(`<row><c><v>1</w></c></row>`), ErrDamaged},
		{"with a cell in another row deep inside", wrongInside(`<row r="600000"><c r="A8"><v>1</v></c></row>`), ErrDamaged},
		{"with a text that is not there deep inside", wrongInside(`<row><c t="s"><v>99</v></c></row>`), ErrDamaged},
		{"with a tag in a tag deep inside", wrongInside(`<row><c <v>1</v></c></row>`), ErrDamaged},
		{"with an unknown entity deep inside", wrongInside(`<row><c t="inlineStr"><is><t>&x;</t></is></c></row>`), ErrDamaged},
		{"with a document type deep inside", wrongInside(`<!DOCTYPE a>`), ErrUnsafe},
		{"with rows behind the last deep inside", wrongInside(`<row r="1048577"/>`), ErrDamaged},
		{"shared strings with a bad checksum", strs(badSum), ErrDamaged},
		{"shared strings damaged in their middle", strs(middle), ErrDamaged},
		{"shared strings cut short", strs(cut), ErrDamaged},
	}
}

func TestALargeDamagedWorkbookOffersWhatCanBeRead(t *testing.T) {
	if testing.Short() {
		t.Skip("unpacks much")
	}
	path := soundUntil(`<row><c><v>1</v></c>`, nil)(t)
	_, err := Open(context.Background(), path, Options{})
	refused(t, err, ErrDamaged, "rows of its sheet “People” could be read")
	var some *Salvageable
	if !errors.As(err, &some) || some.Rows < 1000 {
		t.Fatalf("the cause is %v", err)
	}
	b, err := Open(context.Background(), path, Options{Salvage: true})
	if err != nil {
		t.Fatal(err)
	}
	if odd := b.Facts.Oddities; b.Table.Len() != some.Rows || len(odd) != 1 || odd[0].Line != b.Table.Len()+1 {
		t.Errorf("%d rows are read where %d can be, oddities %v", b.Table.Len(), some.Rows, odd)
	}
}

// How far the reading is, is told all the way, also where a sheet is read twice.
func TestTheReadingOfALargeWorkbookTellsHowFarItIs(t *testing.T) {
	if testing.Short() {
		t.Skip("unpacks much")
	}
	var shares []float64
	told := func(done, total int) { shares = append(shares, float64(done)/float64(total)) }
	if _, err := Open(context.Background(), soundUntil(underSheet, nil)(t), Options{Progress: told}); err != nil {
		t.Fatal(err)
	}
	if len(shares) < 100 || !slices.IsSorted(shares) || shares[0] > 0.05 || shares[len(shares)-1] < 0.95 || shares[len(shares)-1] > 1 {
		t.Errorf("told %.2f", shares)
	}
}

// A sheet of more text than is held unseen is read twice, and is the same as if
// it were read once.
func TestASheetOfMuchTextOpens(t *testing.T) {
	if testing.Short() {
		t.Skip("unpacks much")
	}
	var chunk strings.Builder
	for i := range 4000 {
		chunk.WriteString(`<row>`)
		for col := range 10 {
			fmt.Fprintf(&chunk, `<c t="str"><v>A text of some length %06d</v></c>`, 10*i+col)
		}
		chunk.WriteString(`</row>`)
	}
	const times = 125
	first := `<row r="1" hidden="1"><c r="A1" t="str"><v>first</v></c><c r="A1" t="str"><f>B1</f><v>again</v></c></row>`
	p := bombPart{"xl/worksheets/sheet1.xml", overSheet + first, chunk.String(), times, `<row><c t="str"><v>last</v></c></row>` + underSheet}
	base := workbookParts("")
	delete(base, p.name)
	b, err := Open(context.Background(), bomb(t, base, p), Options{})
	if err != nil {
		t.Fatal(err)
	}
	rows := 4000*times + 2
	if n := b.Table.Len(); n != rows || b.Table.Cell(0, 0) != "again" || b.Table.Cell(rows-2, 9) != "A text of some length 039999" || b.Table.Cell(rows-1, 0) != "last" {
		t.Errorf("%d rows, from %q to %q", n, b.Table.Cell(0, 0), b.Table.Cell(n-1, 0))
	}
	if f := b.Facts; len(f.Oddities) != 1 || f.FormulaCount != 1 || len(f.Formulas) != 1 || len(f.HiddenRows) != 1 {
		t.Errorf("facts are %+v", f)
	}
}

// Whoever gives up the opening of a large workbook is not told that it is
// damaged.
func TestGivingUpIsNoDamage(t *testing.T) {
	data, err := os.ReadFile(soundUntil(underSheet, nil)(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, reads := range []int64{5, 10, 20, 30, 100, 400, 500, 600} {
		ctx, cancel := context.WithCancel(context.Background())
		r := &tiringReader{ReaderAt: bytes.NewReader(data), tired: cancel}
		r.left.Store(reads)
		if _, err := readXLSX(ctx, r, int64(len(data)), Options{}); !errors.Is(err, context.Canceled) || errors.Is(err, ErrDamaged) {
			t.Errorf("given up after %d reads, the error is %v", reads, err)
		}
		cancel()
	}
}

// tiringReader calls tired after so many reads.
type tiringReader struct {
	io.ReaderAt
	left  atomic.Int64
	tired func()
}

func (r *tiringReader) ReadAt(b []byte, at int64) (int, error) {
	if r.left.Add(-1) == 0 {
		r.tired()
	}
	return r.ReaderAt.ReadAt(b, at)
}
