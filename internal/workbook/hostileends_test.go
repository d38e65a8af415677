//go:build !race

package workbook

import (
	"archive/zip"
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
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
		return verifyFrom/mega + 10
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
			size := min(endMega(t), 200) // more is too much text
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
		{"shared strings with a bad checksum", strs(badSum), ErrDamaged},
		{"shared strings damaged in their middle", strs(middle), ErrDamaged},
		{"shared strings cut short", strs(cut), ErrDamaged},
	}
}
