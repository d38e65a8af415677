//go:build !race

package workbook

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
)

const mega = 1 << 20

// hostile is a file that is made to hurt whoever opens it.
type hostile struct {
	name string
	make func(t *testing.T) string // its path
	// kind is that of the refusal, nil where the file opens.
	kind error
}

// Every file is refused or opens; a refusal takes at most 256 MiB. The seconds
// stand in the log: a slow computer is no fault.
func TestHostileFilesAreRefusedInLittleMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("unpacks much")
	}
	var all []hostile
	for _, list := range [][]hostile{hostileSheets(), hostileParts(), hostileArchives(), hostileTexts(), hostileContainers(), hostileEnds(), hostileForms(), hostileFormats(), hostileBesides(), hostileDirectories(), hostileLines()} {
		all = append(all, list...)
	}
	for _, h := range all {
		t.Run(h.name, func(t *testing.T) {
			path := h.make(t)
			info, err := os.Stat(path)
			if err != nil {
				t.Fatal(err)
			}
			o := openInChild(t, path)
			t.Logf("%4d MiB %.2f s, processors %.2f s, %d MB, %s %.90s", o.peak>>10, o.seconds, o.cpu, info.Size()/mega, o.kind, o.says)
			if o.kind == "refused" && o.peak > mostMemory {
				t.Errorf("takes %d MiB", o.peak>>10)
			}
			if h.kind == nil && o.kind != "opened" || h.kind != nil && o.kind != "refused" {
				t.Errorf("%s, want %v", o.kind, h.kind)
			}
			if info.Size() > 64*mega || h.kind == nil {
				return
			}
			if _, err := Open(context.Background(), path, Options{Password: os.Getenv("ROLLCALL_PASSWORD")}); !errors.Is(err, h.kind) {
				t.Errorf("error is %v, want %v", err, h.kind)
			}
		})
	}
}

// sheetBomb is a workbook whose sheet is head, a chunk as often as gives so
// many bytes, and tail.
func sheetBomb(chunk string, size int) func(*testing.T) string {
	return partBomb(bombPart{"xl/worksheets/sheet1.xml", xmlHead + `<worksheet xmlns="` + mainNS + `"><sheetData>`, chunk, size / len(chunk), `</sheetData></worksheet>`})
}

func partBomb(p bombPart) func(*testing.T) string {
	return func(t *testing.T) string {
		base := workbookParts(`<row r="1"><c r="A1"><v>1</v></c></row>`)
		delete(base, p.name)
		return bomb(t, base, p)
	}
}

// uneven are n cells or rows with a number in each that packs badly.
func uneven(n int, format string) string {
	r := rand.New(rand.NewPCG(3, 4))
	var b strings.Builder
	for range n {
		fmt.Fprintf(&b, format, r.IntN(90000))
	}
	return b.String()
}

func hostileSheets() []hostile {
	few := "<!--" + noise(800) + "-->"
	row := func(cells string) string { return "<row>" + cells + "</row>" }
	inline := func(text string) string { return `<c t="inlineStr"><is><t>` + text + `</t></is></c>` }
	return []hostile{
		{"junk elements in the sheet", sheetBomb(`<junk a="`+noise(20000)+`"/>`, 300*mega), ErrTooLarge},
		{"small junk elements in the sheet", sheetBomb(strings.Repeat(`<j a="`+noise(4)+`"/>`, 5000)+few, 300*mega), ErrUnsafe},
		{"a comment in the sheet", sheetBomb("<!--"+noise(20000)+"-->", 300*mega), ErrTooLarge},
		{"blanks between rows", sheetBomb(strings.Repeat(" ", 60000)+few, 480*mega), ErrUnsafe},
		{"long inline texts", sheetBomb(row(inline(noise(20000))+inline(noise(20000))), 300*mega), ErrTooLarge},
		{"more text than is held, only just", sheetBomb(row(inline(noise(500))), 150*mega), ErrTooLarge},
		{"short cells", sheetBomb(row(strings.Repeat(`<c><v>1</v></c>`, 4000))+few, 300*mega), ErrUnsafe},
		{"short cells that pack badly", sheetBomb(row(uneven(4000, `<c><v>%d</v></c>`)), 480*mega), ErrTooLarge},
		{"rows without cells", sheetBomb(strings.Repeat(`<row/>`, 10000)+few, 300*mega), ErrUnsafe},
		{"rows without cells that pack badly", sheetBomb(uneven(4000, `<row ht="%d"/>`), 200*mega), ErrDamaged},
		{"one hidden row stated over and over", sheetBomb(uneven(4000, `<row r="1" hidden="1" ht="%d"/>`), 200*mega), ErrDamaged},
		{"empty styled cells", sheetBomb(row(strings.Repeat(`<c s="1"/>`, 6000))+few, 300*mega), ErrUnsafe},
		{"empty styled cells that pack badly", sheetBomb(row(uneven(6000, `<c s="%d"/>`)), 480*mega), ErrTooLarge},
		{"as many empty styled cells as open", sheetBomb(row(uneven(6000, `<c s="%d"/>`)), 120*mega), nil},
		{"a cell stated over and over", sheetBomb(`<row r="1">`+uneven(20000, `<c r="A1"><v>%d</v></c>`)+`</row>`, mega/2), ErrDamaged},
		{"cells at the far right", sheetBomb(uneven(1, `<row><c r="%d"/></row>`)+row(uneven(1, `<c t="str" s="%d"><v>x</v></c>`))+few, 100*mega), ErrDamaged},
		{"gaps up to the far right", func(t *testing.T) string {
			var b strings.Builder
			for i := range 4000 {
				fmt.Fprintf(&b, `<row r="%d"><c r="XFD%d"><v>%d</v></c></row>`, i+1, i+1, i)
			}
			return filed(t, "a.xlsx", workbookParts(b.String()).bytes(t))
		}, ErrTooLarge},
		{"rows from the last to the first", func(t *testing.T) string {
			var b strings.Builder
			for i := 600_000; i > 0; i-- {
				fmt.Fprintf(&b, `<row r="%d"><c r="A%d"><v>%d</v></c><c r="B%d"><v>1</v></c></row>`, i, i, i*7, i)
			}
			return filed(t, "a.xlsx", workbookParts(b.String()).bytes(t))
		}, ErrTooLarge},
		{"a long text that many cells refer to", func(t *testing.T) string {
			p := workbookParts(strings.Repeat(`<row><c t="s"><v>0</v></c></row>`, 50000))
			return filed(t, "a.xlsx", p.with("xl/sharedStrings.xml", `<sst><si><t>`+noise(32000)+`</t></si></sst>`).bytes(t))
		}, ErrTooLarge},
		{"a row of long texts", func(t *testing.T) string {
			p := workbookParts(row(strings.Repeat(`<c t="s"><v>0</v></c>`, 16000)))
			return filed(t, "a.xlsx", p.with("xl/sharedStrings.xml", `<sst><si><t>`+noise(32000)+`</t></si></sst>`).bytes(t))
		}, ErrTooLarge},
		{"an attribute of megabytes", sheetBomb(`<row x="`+noise(6*mega)+`"/>`, 7*mega), ErrTooLarge},
		{"a thousand attributes in each tag", sheetBomb(`<row `+uneven(1000, `a%d="b" `)+`/>`, 200*mega), ErrTooLarge},
		{"elements inside elements", func(t *testing.T) string {
			return filed(t, "a.xlsx", workbookParts(strings.Repeat("<a>", 200_000)).bytes(t))
		}, ErrDamaged},
		{"entities that grow", func(t *testing.T) string {
			sheet := xmlHead + `<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>` + `<worksheet xmlns="` + mainNS + `"/>`
			return filed(t, "a.xlsx", workbookParts("").with("xl/worksheets/sheet1.xml", sheet).bytes(t))
		}, ErrUnsafe},
		{"a text of character references", sheetBomb(row(inline(strings.Repeat("&#x41;", 5000)+noise(2000))), 400*mega), nil},
		{"merged cells", partBomb(bombPart{"xl/worksheets/sheet1.xml", xmlHead + `<worksheet xmlns="` + mainNS + `"><mergeCells>`, strings.Repeat(`<mergeCell ref="A1:B2"/>`, 3000) + few, 4000, `</mergeCells></worksheet>`}), ErrUnsafe},
		{"merged cells that pack badly", partBomb(bombPart{"xl/worksheets/sheet1.xml", xmlHead + `<worksheet xmlns="` + mainNS + `"><mergeCells>`, uneven(3000, `<mergeCell ref="A%d:B99999"/>`), 4000, `</mergeCells></worksheet>`}), ErrTooLarge},
	}
}

func hostileParts() []hostile {
	few := "<!--" + noise(800) + "-->"
	shared := func(chunk string, size int) func(*testing.T) string {
		return partBomb(bombPart{"xl/sharedStrings.xml", xmlHead + `<sst xmlns="` + mainNS + `">`, chunk, size / len(chunk), `</sst>`})
	}
	styles := func(chunk string, n int) func(*testing.T) string {
		return partBomb(bombPart{"xl/styles.xml", xmlHead + `<styleSheet xmlns="` + mainNS + `"><numFmts>`, chunk, n, `</numFmts></styleSheet>`})
	}
	return []hostile{
		{"empty shared strings", shared(strings.Repeat("<si/>", 12000)+few, 300*mega), ErrUnsafe},
		{"long shared strings", shared("<si><t>"+noise(20000)+"</t></si>", 300*mega), ErrTooLarge},
		{"short shared strings", shared(uneven(4000, "<si><t>%d</t></si>"), 480*mega), ErrTooLarge},
		{"a shared string in many pieces", shared("<si>"+strings.Repeat("<r><t>"+noise(300)+"</t></r>", 1000)+"</si>", 400*mega), ErrTooLarge},
		{"styles", partBomb(bombPart{"xl/styles.xml", xmlHead + `<styleSheet xmlns="` + mainNS + `"><cellXfs>`, strings.Repeat(`<xf/>`, 12000) + few, 5000, `</cellXfs></styleSheet>`}), ErrUnsafe},
		{"styles that pack badly", partBomb(bombPart{"xl/styles.xml", xmlHead + `<styleSheet xmlns="` + mainNS + `"><cellXfs>`, uneven(4000, `<xf numFmtId="%d"/>`), 400, `</cellXfs></styleSheet>`}), ErrTooLarge},
		{"number formats", styles(uneven(4000, `<numFmt numFmtId="%d" formatCode="0.0"/>`), 200), ErrTooLarge},
		{"a number format of megabytes", styles(`<numFmt numFmtId="164" formatCode="`+strings.Repeat(`[&lt;1]0;`, 20000)+`"/>`, 1), ErrTooLarge},
		{"another part", partBomb(bombPart{"xl/media/image1.emf", "", noise(60000), 2000, ""}), nil},
		{"other parts of half a gigabyte", partBomb(bombPart{"xl/media/image1.emf", "", uneven(6000, "line %d of a picture\n"), 3500, ""}), ErrTooLarge},
		{"sheets", partBomb(bombPart{"xl/workbook.xml", xmlHead + `<workbook xmlns="` + mainNS + `"><sheets>`, strings.Repeat(`<sheet name="a"/>`, 4000) + few, 4000, `</sheets></workbook>`}), ErrUnsafe},
		{"relations", partBomb(bombPart{"xl/_rels/workbook.xml.rels", xmlHead + `<Relationships>`, `<Relationship Id="` + noise(1000) + `"/>`, 250000, `</Relationships>`}), ErrTooLarge},
		{"relations of many names", partBomb(bombPart{"xl/_rels/workbook.xml.rels", xmlHead + `<Relationships>`, uneven(4000, `<Relationship Id="rId%d" Target="a.xml"/>`) + uneven(30000, `<Relationship Id="r%dx" Target="a.xml"/>`), 1, `</Relationships>`}), ErrTooLarge},
	}
}

func hostileArchives() []hostile {
	return []hostile{
		{"a part that states 10 GB", func(t *testing.T) string { return restated(t, 10<<30) }, ErrUnsafe},
		{"a part that states less than it unpacks to", func(t *testing.T) string { return restated(t, 1000) }, ErrDamaged},
		{"a hundred thousand parts", func(t *testing.T) string {
			return filed(t, "a.xlsx", directoryOnly(100_000, 0))
		}, ErrUnsafe},
		{"a list of parts of many megabytes", func(t *testing.T) string {
			return filed(t, "a.xlsx", directoryOnly(300, 60_000))
		}, ErrUnsafe},
		{"two million parts", func(t *testing.T) string {
			return filed(t, "a.xlsx", directoryOnly(2_000_000, 0))
		}, ErrUnsafe},
		{"parts that lie over one another", func(t *testing.T) string { return filed(t, "a.xlsx", overlapping(t, 400)) }, ErrUnsafe},
		{"an archive in an archive", func(t *testing.T) string {
			inner := workbookParts("").bytes(t)
			return filed(t, "a.xlsx", parts{"users.xlsx": string(inner), "more.zip": string(inner)}.bytes(t))
		}, ErrNotSheet},
		{"an OpenDocument bomb", partsBomb("mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", `<table:table-cell/>`), ErrNotSheet},
		{"an OpenDocument spreadsheet", func(t *testing.T) string {
			return filed(t, "a.xlsx", parts{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": strings.Repeat("<a/>", mega)}.bytes(t))
		}, ErrNotSheet},
		{"an Apple Numbers file", func(t *testing.T) string {
			return filed(t, "a.numbers", parts{"Index/Document.iwa": noise(mega), "Index/Tables/Tile.iwa": noise(mega), "preview.jpg": noise(mega)}.bytes(t))
		}, ErrNotSheet},
		{"nothing but the end of an archive", func(t *testing.T) string {
			return filed(t, "a.xlsx", []byte("PK\x05\x06"), make([]byte, 18))
		}, ErrNotSheet},
		{"a local header and then letters", func(t *testing.T) string {
			return filed(t, "a.xlsx", []byte("PK\x03\x04"), []byte(noise(40*mega)))
		}, ErrDamaged},
		{"two gigabytes of nothing behind a header", func(t *testing.T) string { return sparse(t, "a.xlsx", "PK\x03\x04", 2<<30-1) }, ErrDamaged},
	}
}

// restated is a workbook whose sheet states another size than its own.
func restated(t *testing.T, size uint64) string {
	p := bombPart{"xl/worksheets/sheet1.xml", sheetXML(""), " ", 4 * mega, ""}
	packed, sum, _ := bombPart{p.name, p.head, strings.Repeat(" ", 4096), 1024, ""}.packed(t)
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for name, text := range workbookParts("") {
		if name == p.name {
			continue
		}
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		f.Write([]byte(text))
	}
	f, err := w.CreateRaw(&zip.FileHeader{Name: p.name, Method: zip.Deflate, CRC32: sum, CompressedSize64: uint64(len(packed)), UncompressedSize64: size})
	if err != nil {
		t.Fatal(err)
	}
	f.Write(packed)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return filed(t, "a.xlsx", buf.Bytes())
}

func partsBomb(first, text, name, chunk string) func(*testing.T) string {
	return func(t *testing.T) string {
		return bomb(t, parts{first: text}, bombPart{name, "", strings.Repeat(chunk, 3000), 4000, ""})
	}
}

// directoryOnly is an archive of n empty parts that exist in its list alone,
// each with a comment.
func directoryOnly(n, comment int) []byte {
	out := []byte("PK\x03\x04" + strings.Repeat("\x00", 60))
	from := len(out)
	words := bytes.Repeat([]byte{'c'}, comment)
	for i := range n {
		name := fmt.Sprintf("xl/%07d.xml", i)
		entry := make([]byte, 46)
		copy(entry, "PK\x01\x02")
		binary.LittleEndian.PutUint16(entry[28:], uint16(len(name)))
		binary.LittleEndian.PutUint16(entry[32:], uint16(comment))
		out = append(append(append(out, entry...), name...), words...)
	}
	return ended(out, from, n)
}

// ended adds the end record to an archive whose list of n parts begins at from.
func ended(out []byte, from, n int) []byte {
	end := make([]byte, 22)
	copy(end, "PK\x05\x06")
	binary.LittleEndian.PutUint16(end[8:], uint16(n))
	binary.LittleEndian.PutUint16(end[10:], uint16(n))
	binary.LittleEndian.PutUint32(end[12:], uint32(len(out)-from))
	binary.LittleEndian.PutUint32(end[16:], uint32(from))
	return append(out, end...)
}

// overlapping is a workbook with n parts that are all the same bytes of the
// file.
func overlapping(t *testing.T, n int) []byte {
	p := workbookParts("")
	p["xl/media/a"] = noise(1 * mega)
	data := p.bytes(t)
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	from := bytes.Index(data, []byte("PK\x01\x02"))
	out := append([]byte{}, data[:from]...)
	for _, f := range z.File {
		times := 1
		if f.Name == "xl/media/a" {
			times = n
		}
		at, err := f.DataOffset()
		if err != nil {
			t.Fatal(err)
		}
		for i := range times {
			name := f.Name
			if times > 1 {
				name = fmt.Sprintf("xl/media/%d", i)
			}
			entry := make([]byte, 46)
			copy(entry, "PK\x01\x02")
			binary.LittleEndian.PutUint16(entry[8:], f.Flags)
			binary.LittleEndian.PutUint16(entry[10:], f.Method)
			binary.LittleEndian.PutUint32(entry[16:], f.CRC32)
			binary.LittleEndian.PutUint32(entry[20:], uint32(f.CompressedSize64))
			binary.LittleEndian.PutUint32(entry[24:], uint32(f.UncompressedSize64))
			binary.LittleEndian.PutUint16(entry[28:], uint16(len(name)))
			binary.LittleEndian.PutUint32(entry[42:], uint32(at)-30-uint32(len(f.Name)))
			out = append(append(out, entry...), name...)
		}
	}
	return ended(out, from, len(z.File)-1+n)
}

// sparse is a large file of zeros behind its head, which takes no room on disk.
func sparse(t *testing.T, name, head string, size int64) string {
	t.Helper()
	path := filed(t, name, []byte(head))
	if err := os.Truncate(path, size); err != nil {
		t.Skip("no room for a large file here")
	}
	return path
}

func hostileTexts() []hostile {
	text := func(head, unit string, size int) func(*testing.T) string {
		return func(t *testing.T) string {
			return filed(t, "users.csv", []byte(head), bytes.Repeat([]byte(unit), size/len(unit)))
		}
	}
	const header = "Name,Email,Role\n"
	return []hostile{
		{"one line without an end", text(header, "abcdefgh", 20*mega), ErrTooLarge},
		{"a line of separators", text(header, ",", 2*mega), ErrTooLarge},
		{"a quoted line of separators", text(header+`"a",`, `"",`, 2*mega), ErrTooLarge},
		{"wide rows without text", text(header, strings.Repeat(",", 16000)+"\n", 80*mega), ErrTooLarge},
		{"rows without text", text(header, "\n", 20*mega), ErrTooLarge},
		{"rows of old Macs without text", text(header, "\r", 20*mega), ErrTooLarge},
		{"quotation marks that never close", text(header, "\"a\nb,c\n", 30*mega), nil},
		{"JSON of many megabytes", text("[", `{"name":"Ann","email":"ann@example.com"},`, 40*mega), ErrNotSheet},
		{"letters in no encoding", text(header, "\xe9\xff\x81\xa0,\xfe\n", 20*mega), nil},
		{"zero bytes of two gigabytes", func(t *testing.T) string { return sparse(t, "users.csv", "", 2<<30-1) }, ErrDamaged},
		{"text and then two gigabytes of zeros", func(t *testing.T) string { return sparse(t, "users.csv", strings.Repeat(header, 70000), 2<<30-1) }, ErrTooLarge},
		{"more than two gigabytes", func(t *testing.T) string { return sparse(t, "users.csv", header, 3<<30) }, ErrTooLarge},
		{"a web page of many megabytes", text("<html><table>", "<tr><td>a</td></tr>", 40*mega), ErrNotSheet},
		{"an Excel 2003 XML spreadsheet of many megabytes", text(`<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">`, "<Row/>", 40*mega), ErrNotSheet},
	}
}

func hostileContainers() []hostile {
	return []hostile{
		{"an old workbook", func(t *testing.T) string { return filed(t, "a.xls", container(map[string]uint32{"Workbook": 40}, nil)) }, ErrNotSheet},
		{"an old workbook of two gigabytes", func(t *testing.T) string {
			return sparse(t, "a.xls", string(container(map[string]uint32{"Workbook": 40}, nil)), 2<<30-1)
		}, ErrNotSheet},
		{"a container whose directory has no end", func(t *testing.T) string {
			return filed(t, "a.xls", container(map[string]uint32{"Nothing": 40}, func(table []uint32) { table[1] = 1 }))
		}, ErrNotSheet},
		{"a container without a directory", func(t *testing.T) string {
			return sparse(t, "a.xls", oleMagic, 1<<30)
		}, ErrNotSheet},
		{"a locked workbook", func(t *testing.T) string {
			return filed(t, "a.xlsx", container(map[string]uint32{"EncryptionInfo": 40, "EncryptedPackage": 5000}, nil))
		}, ErrPassword},
		{"a locked workbook of a gigabyte", func(t *testing.T) string {
			return sparse(t, "a.xlsx", string(container(map[string]uint32{"EncryptionInfo": 40, "EncryptedPackage": 5000}, nil)), 1<<30)
		}, ErrTooLarge},
	}
}

// container is a file in Microsoft's old container with streams of zeros of the
// given sizes: sector 0 is the table of chains, 1 the directory, the streams
// follow.
func container(streams map[string]uint32, change func(table []uint32)) []byte {
	table := make([]uint32, 128)
	for i := range table {
		table[i] = 0xffffffff
	}
	table[0], table[1] = 0xfffffffd, 0xfffffffe
	if change != nil {
		change(table)
	}
	head := make([]byte, 512)
	copy(head, oleMagic)
	word := binary.LittleEndian
	word.PutUint16(head[24:], 0x3e)
	word.PutUint16(head[26:], 3)
	word.PutUint16(head[28:], 0xfffe)
	word.PutUint16(head[30:], 9)
	word.PutUint16(head[32:], 6)
	word.PutUint32(head[44:], 1)
	word.PutUint32(head[48:], 1)
	word.PutUint32(head[56:], 4096)
	word.PutUint32(head[60:], 0xfffffffe)
	word.PutUint32(head[68:], 0xfffffffe)
	for i := range 109 {
		word.PutUint32(head[76+4*i:], 0xffffffff)
	}
	word.PutUint32(head[76:], 0)
	dir := make([]byte, 512)
	put := func(i int, name string, kind byte, child, start, size uint32) {
		e := dir[i*oleEntry:]
		for j, c := range name {
			word.PutUint16(e[2*j:], uint16(c))
		}
		word.PutUint16(e[64:], uint16(2*len(name)+2))
		e[66], e[67] = kind, 1
		word.PutUint32(e[68:], 0xffffffff)
		word.PutUint32(e[72:], 0xffffffff)
		word.PutUint32(e[76:], child)
		word.PutUint32(e[116:], start)
		word.PutUint32(e[120:], size)
	}
	put(0, "Root Entry", 5, 1, 0xfffffffe, 0)
	i, at := 1, uint32(2)
	var body []byte
	for name, size := range streams {
		put(i, name, 2, 0xffffffff, at, size)
		if i > 1 {
			word.PutUint32(dir[(i-1)*oleEntry+72:], uint32(i))
		}
		sectors := (size + 511) / 512
		for n := range sectors {
			table[at+n] = at + n + 1
		}
		table[at+sectors-1] = 0xfffffffe
		at += sectors
		body = append(body, make([]byte, sectors*512)...)
		i++
	}
	fat := make([]byte, 512)
	for i, v := range table {
		word.PutUint32(fat[4*i:], v)
	}
	return bytes.Join([][]byte{head, fat, dir, body}, nil)
}
