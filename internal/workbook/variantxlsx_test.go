package workbook

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"reflect"
	"sort"
	"strings"
	"testing"

	"rollcall/internal/workbook/charset"
	"rollcall/internal/workbook/charset/charsettest"
	"rollcall/internal/workbook/formula"
)

// xlsxVariant is one way to write a workbook, as some program does.
type xlsxVariant struct {
	strings   string // "shared", "rich", "inline", "formula", "cdata"
	prefix    string // of every element of the sheet, such as "x:"
	noRefs    bool   // cells and rows state no reference
	spans     bool   // rows state spans, a height and a style
	styles    bool   // there is a styles part, with formats
	absolute  bool   // relations point at absolute paths
	backslash bool   // names in the archive are written with backslashes
	upper     bool   // names in the archive are in another letter case
	place     string // where the sheet's part lies
	coding    string // of the parts: "", "bom", "utf-16le", "utf-16be", "windows-1252"
	strict    bool   // ISO strict namespaces
	stored    bool   // parts are not packed
	zip64     bool
	known     bool // sizes stand in the local headers, not behind the data
	pretty    bool // blanks and comments between the elements
	single    bool // attributes stand in apostrophes
	date1904  bool
	hidden    bool // the first sheet is hidden, the second is the one
	wrongSize bool // the stated dimension is wrong
	around    bool // merged cells, a filter, validations, extensions stand around
	gaps      bool // blank rows are not stated
	empties   bool // empty cells are stated with a style
}

func randomXLSX(r *rand.Rand) xlsxVariant {
	return xlsxVariant{
		strings: pick(r, "shared", "shared", "rich", "inline", "formula", "cdata"), prefix: pick(r, "", "", "", "x:", "ss:"),
		noRefs: chance(r, 6), spans: chance(r, 2), styles: !chance(r, 4), absolute: chance(r, 4), backslash: chance(r, 8), upper: chance(r, 8),
		place:  pick(r, "worksheets/sheet1.xml", "worksheets/sheet1.xml", "worksheets/Sheet.xml", "sheets/a b.xml", "../other/sheet.xml"),
		coding: pick(r, "", "", "", "", "bom", "utf-16le", "utf-16be", "windows-1252"), strict: chance(r, 6), stored: chance(r, 8), zip64: chance(r, 8), known: chance(r, 3),
		pretty: chance(r, 5), single: chance(r, 8), date1904: chance(r, 6), hidden: chance(r, 6), wrongSize: chance(r, 6), around: chance(r, 4), gaps: chance(r, 3), empties: chance(r, 4),
	}
}

// xlsxCell is a cell as it is written and as it is to be read.
type xlsxCell struct{ kind, raw, shown string }

func (v xlsxVariant) cells(r *rand.Rand) [][]xlsxCell {
	text := func(s string) xlsxCell { return xlsxCell{"text", s, s} }
	rows := [][]xlsxCell{{}}
	for _, h := range strings.Split(pick(r, variantHeaders[:5]...), "|") {
		rows[0] = append(rows[0], text(h))
	}
	latin := charsettest.Languages[r.IntN(7)]
	for n := range 3 + r.IntN(8) {
		if chance(r, 5) {
			rows = append(rows, nil)
		}
		name := pick(r, strings.Fields(latin.First)...) + " " + pick(r, strings.Fields(latin.Last)...)
		last := pick(r, text("slack:U02AMARA"), text("007"), text("1.5E+3"), text(" padded "), text("a\nb"), text("<&>\"'"), text("_x000D_"), text("=1+1"),
			xlsxCell{"number", "819056123457", "819056123457"}, xlsxCell{"number", "0.1", "0.1"}, xlsxCell{"number", "1E+2", "100"}, xlsxCell{"bool", "1", "TRUE"}, xlsxCell{"bool", "0", "FALSE"},
			xlsxCell{"error", "#N/A", "#N/A"}, xlsxCell{"iso", "2021-03-04", "2021-03-04"}, xlsxCell{}, v.styled(r))
		rows = append(rows, []xlsxCell{text(pick(r, "Active", "Archived")), text(name), text(fmt.Sprintf("person%d@example.com", n)), text(pick(r, "User", "Admin")), pick(r, text("none"), text("Trading,EMEA"), xlsxCell{}), last})
	}
	return rows
}

// styled is a number with a format, where the workbook has styles.
func (v xlsxVariant) styled(r *rand.Rand) xlsxCell {
	if !v.styles {
		return xlsxCell{"number", "42", "42"}
	}
	date := "44259" // 2021-03-04
	if v.date1904 {
		date = "42797"
	}
	return pick(r, xlsxCell{"style1", date, "2021-03-04"}, xlsxCell{"style2", "7", "0007"}, xlsxCell{"style3", "0.25", "25%"}, xlsxCell{"style4", "1234.5", "1,234.50"})
}

func escapedText(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "_x", "_x005F_x").Replace(s)
}

// write makes the parts and says what is to be read.
func (v xlsxVariant) write(r *rand.Rand) (data []byte, want [][]string) {
	main, rels := mainNS, relNS
	if v.strict {
		main, rels = "http://purl.oclc.org/ooxml/spreadsheetml/main", "http://purl.oclc.org/ooxml/officeDocument/relationships"
	}
	rows := v.cells(r)
	var shared []string
	var body strings.Builder
	p := v.prefix
	for n, row := range rows {
		shown := []string{}
		for _, c := range row {
			shown = append(shown, c.shown)
		}
		for len(shown) > 0 && shown[len(shown)-1] == "" {
			shown = shown[:len(shown)-1]
		}
		want = append(want, shown)
		if row == nil && v.gaps && !v.noRefs {
			continue
		}
		body.WriteString("<" + p + "row")
		if !v.noRefs {
			fmt.Fprintf(&body, ` r="%d"`, n+1)
		}
		if v.spans {
			body.WriteString(` spans="1:6" ht="15" s="0" customFormat="1"`)
		}
		body.WriteString(">" + v.gap())
		for col, c := range row {
			v.writeCell(&body, n, col, c, &shared)
		}
		body.WriteString("</" + p + "row>" + v.gap())
	}
	size := "A1:F" + itoa(len(rows))
	if v.wrongSize {
		size = "A1"
	}
	ns := `xmlns="` + main + `"`
	if p != "" {
		ns = `xmlns:` + strings.TrimSuffix(p, ":") + `="` + main + `"`
	}
	sheet := xmlHead + "<" + p + "worksheet " + ns + ` xmlns:r="` + rels + `">` + v.gap() + "<" + p + `dimension ref="` + size + `"/><` + p + `sheetViews><` + p + `sheetView workbookViewId="0"/></` + p + `sheetViews><` + p + "sheetData>" + body.String() + "</" + p + "sheetData>" + v.beside() + "</" + p + "worksheet>"
	if v.single {
		sheet = strings.ReplaceAll(sheet, `"`, `'`)
		sheet = strings.ReplaceAll(sheet, `<&>''`, `<&>"'`)
	}
	target, path := v.place, "xl/"+v.place
	if rest, ok := strings.CutPrefix(v.place, "../"); ok {
		path = rest
	}
	if v.absolute {
		target = "/" + path
	}
	first, other := "", ""
	if v.hidden {
		first = `<sheet name="Old" sheetId="7" state="hidden" r:id="rId9"/>`
		other = `<Relationship Id="rId9" Type="` + rels + `/worksheet" Target="worksheets/old.xml"/>`
	}
	files := parts{
		"[Content_Types].xml": workbookParts("")["[Content_Types].xml"],
		"_rels/.rels":         xmlHead + `<Relationships xmlns="` + packNS + `relationships"><Relationship Id="rId1" Type="` + rels + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":     xmlHead + `<workbook xmlns="` + main + `" xmlns:r="` + rels + `"><workbookPr date1904="` + map[bool]string{true: "1", false: "0"}[v.date1904] + `"/><sheets>` + first + `<sheet name="People" sheetId="3" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": xmlHead + `<Relationships xmlns="` + packNS + `relationships">` + other + `<Relationship Id="rId1" Type="` + rels + `/worksheet" Target="` + target + `"/>` +
			`<Relationship Id="rId2" Type="` + rels + `/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="` + rels + `/styles" Target="styles.xml"/></Relationships>`,
		path: sheet,
	}
	if v.hidden {
		files["xl/worksheets/old.xml"] = sheetXML(`<row r="1"><c r="A1"><v>1</v></c></row>`)
	}
	if len(shared) > 0 {
		files["xl/sharedStrings.xml"] = xmlHead + `<sst xmlns="` + main + `" count="1" uniqueCount="` + itoa(len(shared)) + `">` + strings.Join(shared, v.gap()) + `</sst>`
	}
	if v.styles {
		files["xl/styles.xml"] = xmlHead + `<styleSheet xmlns="` + main + `"><numFmts><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="165" formatCode="0000"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="9"/><xf numFmtId="4"/></cellXfs></styleSheet>`
	}
	for name, text := range files {
		files[name] = v.coded(name, text)
	}
	return v.packed(files), want
}

// gap is what stands between elements.
func (v xlsxVariant) gap() string {
	if v.pretty {
		return "\r\n  <!-- a > b --> "
	}
	return ""
}

func (v xlsxVariant) beside() string {
	if !v.around {
		return ""
	}
	p := v.prefix
	return `<` + p + `autoFilter ref="A1:F3"/><` + p + `mergeCells count="1"><` + p + `mergeCell ref="H1:I1"/></` + p + `mergeCells><` + p + `dataValidations count="1"><` + p + `dataValidation type="list" sqref="A2:A9"><` + p + `formula1>&quot;a,b&quot;</` + p + `formula1></` + p + `dataValidation></` + p + `dataValidations><` + p + `extLst><` + p + `ext uri="{1}"><row r="9"><c r="A9"><v>1</v></c></row></` + p + `ext></` + p + `extLst>`
}

func (v xlsxVariant) writeCell(b *strings.Builder, row, col int, c xlsxCell, shared *[]string) {
	p := v.prefix
	attrs := ""
	if !v.noRefs {
		attrs = ` r="` + formula.CellName(row+1, col) + `"`
	}
	if c.kind == "" {
		if v.empties || v.noRefs {
			b.WriteString("<" + p + "c" + attrs + ` s="0"/>`)
		}
		return
	}
	value := func(kind, raw string) {
		b.WriteString("<" + p + "c" + attrs + kind + ">" + v.gap() + "<" + p + "v>" + raw + "</" + p + "v></" + p + "c>")
	}
	switch c.kind {
	case "number":
		value("", c.raw)
	case "bool":
		value(` t="b"`, c.raw)
	case "error":
		value(` t="e"`, c.raw)
	case "iso":
		value(` t="d"`, c.raw)
	case "text":
		v.writeText(b, attrs, c.raw, shared)
	default:
		value(` s="`+strings.TrimPrefix(c.kind, "style")+`"`, c.raw)
	}
}

func (v xlsxVariant) writeText(b *strings.Builder, attrs, raw string, shared *[]string) {
	p, text := v.prefix, escapedText(raw)
	if v.single {
		text = strings.ReplaceAll(text, `"`, "&quot;")
		text = strings.ReplaceAll(text, `'`, "&apos;")
	}
	space := ` xml:space="preserve"`
	switch v.strings {
	case "shared":
		*shared = append(*shared, "<si><t"+space+">"+text+"</t></si>")
	case "rich":
		half := strings.IndexByte(text, ' ') + 1
		*shared = append(*shared, "<si><r><rPr><b/></rPr><t"+space+">"+text[:half]+"</t></r><r><t"+space+">"+text[half:]+`</t></r><rPh sb="0" eb="1"><t>furigana</t></rPh><phoneticPr fontId="1"/></si>`)
	case "formula":
		b.WriteString("<" + p + "c" + attrs + ` t="str"><` + p + "f>T(&quot;x&quot;)</" + p + "f><" + p + "v>" + text + "</" + p + "v></" + p + "c>")
		return
	case "cdata":
		b.WriteString("<" + p + "c" + attrs + ` t="inlineStr"><` + p + "is><" + p + "t><![CDATA[" + strings.ReplaceAll(raw, "_x", "_x005F_x") + "]]></" + p + "t></" + p + "is></" + p + "c>")
		return
	default:
		b.WriteString("<" + p + "c" + attrs + ` t="inlineStr"><` + p + "is><" + p + "t" + space + ">" + text + "</" + p + "t></" + p + "is></" + p + "c>")
		return
	}
	b.WriteString("<" + p + "c" + attrs + ` t="s"><` + p + "v>" + itoa(len(*shared)-1) + "</" + p + "v></" + p + "c>")
}

// coded writes a part in the variant's encoding. Only the parts with texts are.
func (v xlsxVariant) coded(name, text string) string {
	if strings.HasSuffix(name, ".rels") || strings.HasPrefix(name, "[") || v.coding == "" {
		return text
	}
	if v.coding == "bom" {
		return "\ufeff" + text
	}
	stated := strings.ToUpper(strings.TrimSuffix(strings.TrimSuffix(v.coding, "le"), "be"))
	text = xmlEncoding.ReplaceAllString(text, `${1}"`+stated+`"`)
	out, err := charset.Encode([]byte(text), v.coding)
	if err != nil {
		return xmlEncoding.ReplaceAllString(text, `${1}"UTF-8"`)
	}
	if strings.HasPrefix(v.coding, "utf-16") {
		mark, _ := charset.Encode([]byte("\ufeff"), v.coding)
		out = append(mark, out...)
	}
	return string(out)
}

// packed makes the archive.
func (v xlsxVariant) packed(files parts) []byte {
	var names []string
	for name := range files {
		names = append(names, name)
	}
	sort.Strings(names)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range names {
		text, method := []byte(files[name]), zip.Deflate
		if v.upper && name != "[Content_Types].xml" {
			name = strings.ToUpper(name[:1]) + name[1:]
		}
		if v.backslash {
			name = strings.ReplaceAll(name, "/", `\`)
		}
		if v.stored {
			method = zip.Store
		}
		if !v.known {
			f, _ := w.CreateHeader(&zip.FileHeader{Name: name, Method: method})
			f.Write(text)
			continue
		}
		body := text
		if method == zip.Deflate {
			var b bytes.Buffer
			d, _ := flate.NewWriter(&b, 6)
			d.Write(text)
			d.Close()
			body = b.Bytes()
		}
		f, _ := w.CreateRaw(&zip.FileHeader{Name: name, Method: method, CRC32: crc32.ChecksumIEEE(text), CompressedSize64: uint64(len(body)), UncompressedSize64: uint64(len(text))})
		f.Write(body)
	}
	w.Close()
	if v.zip64 {
		return inZip64(out.Bytes())
	}
	return out.Bytes()
}

// inZip64 writes an archive's directory with 64-bit sizes and its two further
// end records (APPNOTE 4.3.14, 4.3.15, 4.5.3), as some libraries always do.
func inZip64(data []byte) []byte {
	word := binary.LittleEndian
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		panic(err)
	}
	from := bytes.Index(data, []byte("PK\x01\x02"))
	out := append([]byte{}, data[:from]...)
	for _, f := range z.File {
		at, err := f.DataOffset()
		if err != nil {
			panic(err)
		}
		local := at - 30 - int64(len(f.Name)) - int64(word.Uint16(data[at-int64(len(f.Name))-2:]))
		if !bytes.HasPrefix(data[local:], []byte("PK\x03\x04")) {
			local = at - 30 - int64(len(f.Name))
		}
		entry := make([]byte, 46)
		copy(entry, "PK\x01\x02")
		word.PutUint16(entry[4:], 45)
		word.PutUint16(entry[6:], 45)
		word.PutUint16(entry[8:], f.Flags)
		word.PutUint16(entry[10:], f.Method)
		word.PutUint32(entry[16:], f.CRC32)
		word.PutUint32(entry[20:], 0xffffffff)
		word.PutUint32(entry[24:], 0xffffffff)
		word.PutUint16(entry[28:], uint16(len(f.Name)))
		word.PutUint16(entry[30:], 28)
		word.PutUint32(entry[42:], 0xffffffff)
		extra := make([]byte, 28)
		word.PutUint16(extra, 1)
		word.PutUint16(extra[2:], 24)
		word.PutUint64(extra[4:], f.UncompressedSize64)
		word.PutUint64(extra[12:], f.CompressedSize64)
		word.PutUint64(extra[20:], uint64(local))
		out = append(append(append(out, entry...), f.Name...), extra...)
	}
	size := len(out) - from
	end := make([]byte, 56+20)
	copy(end, "PK\x06\x06")
	word.PutUint64(end[4:], 44)
	word.PutUint16(end[12:], 45)
	word.PutUint16(end[14:], 45)
	word.PutUint64(end[24:], uint64(len(z.File)))
	word.PutUint64(end[32:], uint64(len(z.File)))
	word.PutUint64(end[40:], uint64(size))
	word.PutUint64(end[48:], uint64(from))
	copy(end[56:], "PK\x06\x07")
	word.PutUint64(end[64:], uint64(len(out)))
	word.PutUint32(end[72:], 1)
	out = append(out, end...)
	last := make([]byte, 22)
	copy(last, "PK\x05\x06")
	for i := 8; i < 20; i++ {
		last[i] = 0xff
	}
	return append(out, last...)
}

// Several hundred ways to write a workbook are read to the last cell, and saved
// with one cell changed and a row less.
func TestManyWaysToWriteAWorkbookAreReadRight(t *testing.T) {
	r := rand.New(rand.NewPCG(31, 32))
	failed, n := 0, many(1)*400
	for range n {
		v := randomXLSX(r)
		data, want := v.write(r)
		for len(want) > 0 && len(want[len(want)-1]) == 0 {
			want = want[:len(want)-1]
		}
		problem := ""
		b, err := Read(context.Background(), "users.xlsx", data, Options{})
		switch {
		case err != nil:
			problem = err.Error()
		case !reflect.DeepEqual(rowsOf(b.Table), want):
			problem = "read\n" + show(rowsOf(b.Table)) + ", want\n" + show(want)
		case b.Facts.HeaderRow != 1:
			problem = "the header is found in row " + itoa(b.Facts.HeaderRow)
		default:
			problem = saveAndRead(t, b, want)
		}
		if problem != "" {
			if failed++; failed <= 5 {
				t.Errorf("%+v\n%s", v, problem)
			}
		}
	}
	t.Logf("%d workbooks: %d read and saved right", n, n-failed)
	if failed > 5 {
		t.Errorf("%d of %d workbooks are not read or saved right", failed, n)
	}
}

// saveAndRead changes a cell and leaves the second row out, and says what went
// wrong.
func saveAndRead(t *testing.T, b *Book, want [][]string) string {
	t.Helper()
	last := len(want) - 1
	out, err := b.savedXLSX(context.Background(), Changes{Cells: []CellChange{{last, 1, "Zoë <&>"}}, Deleted: []int{1}})
	if err != nil {
		return "saving: " + err.Error()
	}
	again, err := Read(context.Background(), "users.xlsx", out, Options{})
	if err != nil {
		return "reading what was saved: " + err.Error()
	}
	changed := append([][]string{}, want...)
	changed[last] = append([]string{}, want[last]...)
	changed[last][1] = "Zoë <&>"
	changed = append(changed[:1:1], changed[2:]...)
	if got := rowsOf(again.Table); !reflect.DeepEqual(got, changed) {
		return "saved\n" + show(got) + ", want\n" + show(changed)
	}
	return ""
}
