package workbook

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
	"unicode/utf16"
)

// csvKinds are the kinds of CSV files that other projects keep for their tests.
func TestKindsOfCSVFilesThatOthersTestWith(t *testing.T) {
	tests := []struct{ name, data, want, odd string }{
		{"blank lines at both ends", "\n\nName,Email\nAnn,a@x.com\n\n\n", "||Name¦Email|Ann¦a@x.com||", ""},
		{"only a header", "Name,Email,Role\n", "Name¦Email¦Role", ""},
		{"a header without a line end", "Name,Email,Role", "Name¦Email¦Role", ""},
		{"one column of addresses", "Email\nann@x.com\nbob@x.com\n", "Email|ann@x.com|bob@x.com", ""},
		{"quoted header behind a mark", "\ufeff\"Name\",\"Email\"\n\"Ann\",\"a@x.com\"\n", "Name¦Email|Ann¦a@x.com", ""},
		{"quoted line ends of Windows", "Name,Note\r\nAnn,\"one\r\ntwo\"\r\nBob,x\r\n", "Name¦Note|Ann¦one␍␊two|Bob¦x", ""},
		{"a quoted cell of line ends only", "Name,Note\nAnn,\"\n\n\"\nBob,x\n", "Name¦Note|Ann¦␊␊|Bob¦x", ""},
		{"quoted separators and quotes", "Name,Note\n\"Lee, Ann\",\"says \"\"hi\"\"\"\n", `Name¦Note|Lee, Ann¦says "hi"`, ""},
		{"a cell of one escaped quote", "Name,Note\nAnn,\"\"\"\"\n", `Name¦Note|Ann¦"`, ""},
		{"empty quoted cells", "a,b,c\n\"\",\"\",\"\"\n", "a¦b¦c|¦¦", ""},
		{"trailing separators", "a,b,\n1,2,\n", "a¦b¦|1¦2¦", ""},
		{"semicolons with decimal commas", "Name;Rate;Email\nAnn;1,5;a@x.com\nBob;2,25;b@x.com\n", "Name¦Rate¦Email|Ann¦1,5¦a@x.com|Bob¦2,25¦b@x.com", ""},
		{"tabs with a comma in each row", "Name, First\tEmail\nLee, Ann\ta@x.com\nRay, Bob\tb@x.com\n", "Name, First¦Email|Lee, Ann¦a@x.com|Ray, Bob¦b@x.com", ""},
		{"pipes", "Name|Email\nAnn|a@x.com\n", "Name¦Email|Ann¦a@x.com", ""},
		{"tabs with quotes that mean nothing", "Name\tNote\nAnn\t5\" pipe\n", "Name¦Note|Ann¦5\" pipe", "2 A quotation mark stands inside a cell"},
		{"quotes after a space", "Name, Email\nAnn, \"a@x.com\"\n", "Name¦ Email|Ann¦a@x.com", "2 Blanks stand in front"},
		{"backslash escapes", "Name,Note\n\"Ann\",\"says \\\"hi\\\", ok\"\n\"Bob\",\"says \\\"no\\\"\"\n", `Name¦Note|Ann¦says "hi", ok|Bob¦says "no"`, ""},
		{"backslash escapes at the end", "Name,Note\n\"Ann\",\"says \\\"hi\\\"\"\n\"Bob\",\"\\\"\"\n", `Name¦Note|Ann¦says "hi"|Bob¦"`, ""},
		{"a backslash in front of a doubled quote", "Name,Note\nAnn,\"a \\\"\"b\"\"\"\nBob,x\n", `Name¦Note|Ann¦a \"b"|Bob¦x`, ""},
		{"a folder with backslashes", "Name,Path\nAnn,\"C:\\Users\\\"\nBob,x\n", `Name¦Path|Ann¦C:\Users\|Bob¦x`, ""},
		{"a row too short and one too long", "a,b,c\n1,2\n1,2,3,4\n5,6,7\n", "a¦b¦c|1¦2|1¦2¦3¦4|5¦6¦7", "2 This row has 2 cells"},
		{"old Mac line ends", "Name,Email\rAnn,a@x.com\r", "Name¦Email|Ann¦a@x.com", ""},
		{"an unclosed quote on the last line", "Name,Email\nAnn,\"a@x.com\n", "Name¦Email|Ann¦a@x.com", "2 A quotation mark opens here"},
		{"Cyrillic in KOI8-R", "\xe9\xcd\xd1,Email\n\xe1\xce\xce\xc1 \xf0\xc5\xd4\xd2\xcf\xd7\xc1,a@x.com\n\xe9\xd7\xc1\xce \xf3\xc9\xc4\xcf\xd2\xcf\xd7,b@x.com\n", "Имя¦Email|Анна Петрова¦a@x.com|Иван Сидоров¦b@x.com", ""},
		{"emoji and flags", "Name,Email\n👩‍💻 Ann 🇯🇵,a@x.com\n", "Name¦Email|👩‍💻 Ann 🇯🇵¦a@x.com", ""},
		{"right to left", "Name,Email\nשלום,a@x.com\nمريم,b@x.com\n", "Name¦Email|שלום¦a@x.com|مريم¦b@x.com", ""},
		{"a comment in front", "# exported 2026-01-01\nName,Email\nAnn,a@x.com\n", "# exported 2026-01-01|Name¦Email|Ann¦a@x.com", ""},
		{"unit and record separators are text", "Name,Note\nAnn,a\x1fb\n", "Name¦Note|Ann¦a\x1fb", ""},
		{"the vertical tab of Excel's line breaks", "Name,Note\nAnn,a\vb\n", "Name¦Note|Ann¦a\vb", ""},
		{"a line separator of Unicode is text", "Name,Note\nAnn,a\u2028b\n", "Name¦Note|Ann¦a\u2028b", ""},
		{"numbers as Excel mangles them", "Name,Phone\nAnn,8.19056E+11\n", "Name¦Phone|Ann¦8.19056E+11", ""},
		{"formulas that guard a text", "Name,ID\nAnn,=\"00123\"\n", `Name¦ID|Ann¦="00123"`, "2 A quotation mark stands inside"},
		{"an end mark of DOS", "Name,Email\r\nAnn,a@x.com\r\n\x1a", "Name¦Email|Ann¦a@x.com", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := open(t, "a.csv", []byte(tt.data))
			if got := inOne(rowsOf(b.Table)); got != tt.want {
				t.Errorf("read %q, want %q", got, tt.want)
			}
			if got := oddLines(b.Facts); !strings.HasPrefix(got, tt.odd) || tt.odd == "" && got != "" {
				t.Errorf("oddities %q, want %q", got, tt.odd)
			}
		})
	}
}

func inOne(rows [][]string) string {
	var lines []string
	for _, r := range rows {
		lines = append(lines, strings.NewReplacer("\n", "␊", "\r", "␍").Replace(strings.Join(r, "¦")))
	}
	return strings.Join(lines, "|")
}

func wide(text string, bom bool) string {
	var b []byte
	if bom {
		b = append(b, 0xff, 0xfe)
	}
	for _, u := range utf16.Encode([]rune(text)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return string(b)
}

func TestKindsOfWorkbooksThatOthersTestWith(t *testing.T) {
	const one = `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>`
	withStrings := func(p parts, si string) parts { return p.with("xl/sharedStrings.xml", si) }
	sst := func(items string) string { return xmlHead + `<sst xmlns="` + mainNS + `">` + items + `</sst>` }
	book := func(sheets string) parts {
		return workbookParts(`<row r="1"><c r="A1" t="str"><v>x</v></c></row>`).with("xl/workbook.xml", xmlHead+`<workbook xmlns="`+mainNS+`" xmlns:r="`+relNS+`"><sheets>`+sheets+`</sheets></workbook>`)
	}
	renamed := func(p parts, from, to string) parts {
		q := p.with(to, p[from])
		delete(q, from)
		return q
	}
	tests := []struct {
		name string
		p    parts
		want string
	}{
		{"shared strings, empty, rich and with phonetics", withStrings(workbookParts(one), sst(`<si><t/></si><si><r><rPr><b/></rPr><t>An</t></r><r><t xml:space="preserve">n </t></r><rPh sb="0" eb="1"><t>x</t></rPh></si>`)), "¦Ann "},
		{"shared strings that state a count they do not have", withStrings(workbookParts(one), xmlHead+`<sst xmlns="`+mainNS+`" count="4000000000" uniqueCount="4000000000"><si><t>a</t></si><si><t>b</t></si></sst>`), "a¦b"},
		{"shared strings under a capital name", renamed(withStrings(workbookParts(one), sst(`<si><t>a</t></si><si><t>b</t></si>`)), "xl/sharedStrings.xml", "xl/SharedStrings.xml"), "a¦b"},
		{"a sheet in UTF-16", workbookParts("").with("xl/worksheets/sheet1.xml", wide(`<?xml version="1.0" encoding="UTF-16"?><worksheet xmlns="`+mainNS+`"><sheetData><row r="1"><c r="A1" t="str"><v>Zoë</v></c></row></sheetData></worksheet>`, true)), "Zoë"},
		{"parts with byte order marks", workbookParts("").with("xl/worksheets/sheet1.xml", "\ufeff"+sheetXML(`<row r="1"><c r="A1"><v>1</v></c></row>`)), "1"},
		{"attributes in apostrophes", workbookParts(`<row r='1'><c r='A1' t='str'><v>it's</v></c></row>`), "it's"},
		{"attributes with > inside", workbookParts(`<row r="1" x="a>b"><c r="A1" t="str"><v>1 &gt; 0</v></c></row>`), "1 > 0"},
		{"cell names in small letters", workbookParts(`<row r="1"><c r="b1"><v>1</v></c></row>`), "¦1"},
		{"blanks in numbers", workbookParts(`<row r="1"><c r="A1"><v> 12 </v></c></row>`), "12"},
		{"carriage returns escaped", workbookParts(`<row r="1"><c r="A1" t="inlineStr"><is><t>a_x000D_&#10;b_x005F_x000D_</t></is></c></row>`), "a␍␊b_x000D_"},
		{"a text of blanks", workbookParts(`<row r="1"><c r="A1" t="inlineStr"><is><t xml:space="preserve">  </t></is></c><c r="B1"><v>1</v></c></row>`), "  ¦1"},
		{"an inline text that stands in the value", workbookParts(`<row r="1"><c r="A1" t="inlineStr"><v>Ann</v></c><c r="B1" t="inlineStr"><v/></c><c r="C1"><v>1</v></c></row>`), "Ann¦¦1"},
		{"an inline text beside a value", workbookParts(`<row r="1"><c r="A1" t="inlineStr"><v>0</v><is><t>Ann</t></is></c><c r="B1" t="inlineStr"><is><t>Lee</t></is><v>0</v></c></row>`), "Ann¦Lee"},
		{"truth values in words", workbookParts(`<row r="1"><c r="A1" t="b"><v>true</v></c><c r="B1" t="b"><v>0</v></c></row>`), "TRUE¦FALSE"},
		{"error values", workbookParts(`<row r="1"><c r="A1" t="e"><v>#GETTING_DATA</v></c><c r="B1" t="e"><v>#SPILL!</v></c></row>`), "#GETTING_DATA¦#SPILL!"},
		{"a formula's text", workbookParts(`<row r="1"><c r="A1" t="str"><f>"a"&amp;"b"</f><v>ab</v></c></row>`), "ab"},
		{"a shared formula without its text", workbookParts(`<row r="1"><c r="A1"><f t="shared" si="0"/><v>5</v></c></row>`), "5"},
		{"a number that is too long", workbookParts(`<row r="1"><c r="A1"><v>819056123457</v></c><c r="B1"><v>8.1905612345678901E+17</v></c></row>`), "819056123457¦819056123456789000"},
		{"numbers at both ends", workbookParts(`<row r="1"><c r="A1"><v>1E-7</v></c><c r="B1"><v>-0</v></c><c r="C1"><v>0.1</v></c></row>`), "0.0000001¦0¦0.1"},
		{"an ISO date with a time zone", workbookParts(`<row r="1"><c r="A1" t="d"><v>2021-01-01T10:00:00Z</v></c></row>`), "2021-01-01T10:00:00Z"},
		{"a style that is not there", workbookParts(`<row r="1"><c r="A1" s="999"><v>7</v></c></row>`), "7"},
		{"elements of later versions", workbookParts(`<row r="1" x14ac:dyDescent="0.25"><c r="A1" t="str"><v>a</v><extLst><ext uri="x"><x14:v>no</x14:v></ext></extLst></c></row>`), "a"},
		{"entities in a sheet's name", book(`<sheet name="R&amp;D &lt;1&gt;" sheetId="7" r:id="rId1"/>`), "x"},
		{"sheets without relations", renamed(book(`<sheet name="A" sheetId="1"/>`), "xl/_rels/workbook.xml.rels", "xl/_rels/none.rels"), "x"},
		{"an absolute target", workbookParts(`<row r="1"><c r="A1"><v>1</v></c></row>`).with("xl/_rels/workbook.xml.rels", xmlHead+`<Relationships xmlns="`+packNS+`relationships"><Relationship Id="rId1" Type="`+relNS+`/worksheet" Target="/xl/worksheets/sheet1.xml"/></Relationships>`), "1"},
		{"a target from the top without a slash", workbookParts(`<row r="1"><c r="A1"><v>1</v></c></row>`).with("xl/_rels/workbook.xml.rels", xmlHead+`<Relationships xmlns="`+packNS+`relationships"><Relationship Id="rId1" Type="`+relNS+`/worksheet" Target="xl/worksheets/sheet1.xml"/></Relationships>`), "1"},
		{"a target written as a web address", renamed(workbookParts(`<row r="1"><c r="A1"><v>1</v></c></row>`), "xl/worksheets/sheet1.xml", "xl/worksheets/my sheet.xml").with("xl/_rels/workbook.xml.rels", xmlHead+`<Relationships xmlns="`+packNS+`relationships"><Relationship Id="rId1" Type="`+relNS+`/worksheet" Target="worksheets/my%20sheet.xml"/></Relationships>`), "1"},
		{"a part with a sign for a percentage", renamed(workbookParts(`<row r="1"><c r="A1"><v>1</v></c></row>`), "xl/worksheets/sheet1.xml", "xl/worksheets/a%20b.xml").with("xl/_rels/workbook.xml.rels", xmlHead+`<Relationships xmlns="`+packNS+`relationships"><Relationship Id="rId1" Type="`+relNS+`/worksheet" Target="worksheets/a%20b.xml"/></Relationships>`), "1"},
		{"backslashes in the names of parts", renamed(renamed(workbookParts(`<row r="1"><c r="A1"><v>1</v></c></row>`), "xl/worksheets/sheet1.xml", `xl\worksheets\sheet1.xml`), "xl/workbook.xml", `xl\workbook.xml`), "1"},
		{"the workbook elsewhere", renamed(renamed(workbookParts(`<row r="1"><c r="A1"><v>1</v></c></row>`), "xl/workbook.xml", "xl/book2.xml"), "xl/_rels/workbook.xml.rels", "xl/_rels/book2.xml.rels").with("_rels/.rels", xmlHead+`<Relationships xmlns="`+packNS+`relationships"><Relationship Id="rId1" Type="`+relNS+`/officeDocument" Target="/xl/book2.xml"/></Relationships>`), "1"},
		{"what a Mac adds to an archive", workbookParts(`<row r="1"><c r="A1"><v>1</v></c></row>`).with("__MACOSX/._x", "\x00\x05"), "1"},
		{"a size that is not so", workbookParts("").with("xl/worksheets/sheet1.xml", xmlHead+`<worksheet xmlns="`+mainNS+`"><dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>`), "1"},
		{"a sheet without cells", workbookParts("").with("xl/worksheets/sheet1.xml", xmlHead+`<worksheet xmlns="`+mainNS+`"><sheetData/></worksheet>`), ""},
		{"a text longer than Excel takes", workbookParts(`<row r="1"><c r="A1" t="inlineStr"><is><t>` + strings.Repeat("x", 40000) + `</t></is></c></row>`), strings.Repeat("x", 40000)},
		{"alternate content", workbookParts("").with("xl/worksheets/sheet1.xml", xmlHead+`<worksheet xmlns="`+mainNS+`" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><mc:AlternateContent><mc:Choice Requires="x14"><controls/></mc:Choice></mc:AlternateContent></worksheet>`), "1"},
		{"text between the elements", workbookParts("\n\t<row r=\"1\">\n\t\t<c r=\"A1\">\n<v>1</v>\n</c>\n</row>\n"), "1"},
		{"a processing instruction and comments", workbookParts(`<!-- a --><?x y?><row r="1"><!-- <c> --><c r="A1"><v>1<!-- 2 -->3</v></c></row>`), "13"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := open(t, "a.xlsx", tt.p.bytes(t))
			if got := inOne(rowsOf(b.Table)); got != tt.want {
				t.Errorf("read %.300q, want %.300q", got, tt.want)
			}
			if b.Table.Len() == 0 {
				return
			}
			again := open(t, "a.xlsx", saved(t, b, "a.xlsx", Changes{Cells: []CellChange{{0, 0, "new"}}}))
			if got := again.Table.Cell(0, 0); got != "new" {
				t.Errorf("after saving A1 reads %q", got)
			}
		})
	}
}

func TestArchivesOfOtherMakersOpenOrAreRefused(t *testing.T) {
	pack := func(change func(*zip.FileHeader)) []byte {
		var buf bytes.Buffer
		w := zip.NewWriter(&buf)
		for name, text := range workbookParts(`<row r="1"><c r="A1"><v>1</v></c></row>`) {
			h := &zip.FileHeader{Name: name, Method: zip.Deflate}
			change(h)
			f, err := w.CreateHeader(h)
			if err != nil {
				t.Fatal(err)
			}
			f.Write([]byte(text))
		}
		w.Close()
		return buf.Bytes()
	}
	for name, data := range map[string][]byte{
		"stored":      pack(func(h *zip.FileHeader) { h.Method = zip.Store }),
		"rooted":      pack(func(h *zip.FileHeader) { h.Name = "/" + h.Name }),
		"upper case":  pack(func(h *zip.FileHeader) { h.Name = strings.ToUpper(h.Name) }),
		"with extras": pack(func(h *zip.FileHeader) { h.Extra = []byte{0xfe, 0xca, 0, 0}; h.Comment = "x" }),
	} {
		if b := open(t, name+".xlsx", data); b.Table.Cell(0, 0) != "1" {
			t.Errorf("%s reads %q", name, b.Table.Cell(0, 0))
		}
	}
	// An empty part may be packed into nothing; one that is not empty may not.
	for _, size := range []uint64{0, 1} {
		var buf bytes.Buffer
		w := zip.NewWriter(&buf)
		for name, text := range workbookParts(`<row r="1"><c r="A1"><v>1</v></c></row>`) {
			f, err := w.Create(name)
			if err != nil {
				t.Fatal(err)
			}
			f.Write([]byte(text))
		}
		if _, err := w.CreateRaw(&zip.FileHeader{Name: "docProps/thumbnail.wmf", Method: zip.Deflate, UncompressedSize64: size}); err != nil {
			t.Fatal(err)
		}
		w.Close()
		if size > 0 {
			refuse(t, "a.xlsx", buf.Bytes(), ErrDamaged, "damaged")
			continue
		}
		b := open(t, "a.xlsx", buf.Bytes())
		again := open(t, "a.xlsx", saved(t, b, "a.xlsx", Changes{Cells: []CellChange{{0, 0, "new"}}}))
		if b.Table.Cell(0, 0) != "1" || again.Table.Cell(0, 0) != "new" {
			t.Errorf("beside an empty part packed into nothing A1 reads %q, and %q after saving", b.Table.Cell(0, 0), again.Table.Cell(0, 0))
		}
	}
	locked := pack(func(h *zip.FileHeader) { h.Flags |= 1 })
	refuse(t, "a.xlsx", locked, ErrNotSheet, "locked with a password by a ZIP program")
	refuse(t, "a.xlsx", []byte("PK\x05\x06"+strings.Repeat("\x00", 18)), ErrNotSheet, "ZIP archive")
}
