package workbook

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"rollcall/internal/workbook/charset"
)

func TestSheetsAreReadAsExcelShowsThem(t *testing.T) {
	shared := func(items string) string { return xmlHead + `<sst xmlns="` + mainNS + `">` + items + `</sst>` }
	tests := []struct {
		name  string
		parts parts
		want  [][]string
	}{
		{"inline strings", workbookParts(`<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c></row>`), [][]string{row("Name")}},
		{"shared strings", workbookParts(`<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>0</v></c></row>`).with("xl/sharedStrings.xml", shared(`<si><t>b</t></si><si><t>a</t></si>`)), [][]string{row("a", "b")}},
		{"empty shared strings", workbookParts(`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>`).with("xl/sharedStrings.xml", shared(`<si/><si><t>a</t></si>`)), [][]string{row("", "a")}},
		{"rich text without its phonetic guide", workbookParts(`<row r="1"><c r="A1" t="s"><v>0</v></c></row>`).with("xl/sharedStrings.xml", shared(`<si><r><t xml:space="preserve">An </t></r><r><rPr><b/></rPr><t>Lee</t></r><rPh sb="0" eb="1"><t>x</t></rPh><phoneticPr fontId="1"/></si>`)), [][]string{row("An Lee")}},
		{"escaped characters", workbookParts(`<row r="1"><c r="A1" t="inlineStr"><is><t>a_x000D_b_x005F_x0041_&amp;&#228;&#x1F600;</t></is></c></row>`), [][]string{row("a\rb_x0041_&ä😀")}},
		{"CDATA", workbookParts(`<row r="1"><c r="A1" t="inlineStr"><is><t><![CDATA[R&D <x>]]></t></is></c></row>`), [][]string{row("R&D <x>")}},
		{"no references", workbookParts(`<row><c><v>1</v></c><c/><c><v>3</v></c></row><row/><row><c><v>4</v></c></row>`), [][]string{row("1", "", "3"), {}, row("4")}},
		{"gaps", workbookParts(`<row r="2"><c r="C2"><v>1</v></c></row><row r="4"><c r="A4"><v>2</v></c></row>`), [][]string{{}, row("", "", "1"), {}, row("2")}},
		{"cells out of order", workbookParts(`<row r="1"><c r="C1"><v>3</v></c><c r="A1"><v>1</v></c></row>`), [][]string{row("1", "", "3")}},
		{"rows out of order", workbookParts(`<row r="3"><c r="A3"><v>3</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>`), [][]string{row("1"), {}, row("3")}},
		{"empty style", workbookParts(`<row r="1"><c r="A1" s=""><v>1</v></c></row>`), [][]string{row("1")}},
		{"truth values and errors", workbookParts(`<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c><c r="C1" t="e"><v>#N/A</v></c></row>`), [][]string{row("TRUE", "FALSE", "#N/A")}},
		{"formulas' results", workbookParts(`<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>"a"</f><v>a</v></c><c r="C1"><f>A1</f></c><c r="D1"><v>1</v></c></row>`), [][]string{row("2", "a", "", "1")}},
		{"dates in text", workbookParts(`<row r="1"><c r="A1" t="d"><v>2021-01-01T10:10:10</v></c></row>`), [][]string{row("2021-01-01T10:10:10")}},
		{"long numbers keep their digits", workbookParts(`<row r="1"><c r="A1"><v>447700900123</v></c><c r="B1"><v>12345678901234567890</v></c><c r="C1"><v>0.30000000000000004</v></c><c r="D1"><v>8.19056E+11</v></c><c r="E1"><v>007</v></c></row>`), [][]string{row("447700900123", "12345678901234567890", "0.3", "819056000000", "007")}},
		{"trailing blanks are kept, trailing empty cells are none", workbookParts(`<row r="1"><c r="A1" t="inlineStr"><is><t xml:space="preserve">a </t></is></c><c r="B1" s="1"/></row><row r="2"><c r="A2" s="1"/></row>`), [][]string{row("a ")}},
		{"a prefix on every element", workbookParts("").with("xl/worksheets/sheet1.xml", `<x:worksheet xmlns:x="`+mainNS+`"><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>`), [][]string{row("a")}},
		{"strict", workbookParts("").with("xl/worksheets/sheet1.xml", `<worksheet xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"><sheetData><row r="1"><c r="A1"><v>5</v></c></row></sheetData></worksheet>`).
			with("_rels/.rels", `<Relationships xmlns="`+packNS+`relationships"><Relationship Id="rId1" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/xl/workbook.xml"/></Relationships>`), [][]string{row("5")}},
		{"UTF-16 parts", workbookParts("").with("xl/worksheets/sheet1.xml", utf16le(`<?xml version="1.0" encoding="UTF-16"?><worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Zoë</t></is></c></row></sheetData></worksheet>`)), [][]string{row("Zoë")}},
		{"Latin-1 parts", workbookParts("").with("xl/worksheets/sheet1.xml", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Zo\xeb</t></is></c></row></sheetData></worksheet>"), [][]string{row("Zoë")}},
		{"a sheet without cells", workbookParts(""), [][]string{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			expect(t, open(t, "a.xlsx", tt.parts.bytes(t)).Table, tt.want...)
		})
	}
}

func utf16le(s string) string {
	out, _ := charset.Encode([]byte(s), "UTF-16LE")
	return "\xff\xfe" + string(out)
}

func TestWhatASheetHidesIsReported(t *testing.T) {
	p := workbookParts("").with("xl/worksheets/sheet1.xml", xmlHead+`<worksheet xmlns="`+mainNS+`"><cols><col min="2" max="3" hidden="1"/></cols><sheetData>`+
		`<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c><c r="B1" t="inlineStr"><is><t>Email</t></is></c></row>`+
		`<row r="2" hidden="1"><c r="A2"><v>1</v></c></row><row r="3"><c r="A3"><f>SUM(A2)</f></c></row><row r="4" hidden="true"/><row r="5"><c r="A5"><f>1</f><v>1</v></c></row></sheetData>`+
		`<autoFilter ref="A1:B3"><filterColumn colId="0"/></autoFilter><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells></worksheet>`)
	f := open(t, "a.xlsx", p.bytes(t)).Facts
	got := fmt.Sprint(f.HiddenRows, f.HiddenColumns, f.FilteredRows, f.MergedCells, f.Formulas, f.FormulasEmpty, f.BlankRows)
	if got != "[2 4] [2] [2] [A1:B1] [A3 A5] [A3] [3 4]" {
		t.Errorf("hidden rows and columns, filtered, merged, formulas, without result, blank: %s", got)
	}
}

// Extensions and people's own views have elements of the same names as the ones
// that count.
func TestElementsOfTheSameNameDeeperDownDoNotCount(t *testing.T) {
	const ext = `<extLst><ext uri="{140A7094-0E35-4892-8432-C4D2E57EDEB5}" xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"><x15:workbookPr chartTrackingRefBase="1"/></ext></extLst>`
	book := func(before, properties string) string {
		return xmlHead + `<workbook xmlns="` + mainNS + `" xmlns:r="` + relNS + `">` + before + properties + `<sheets><sheet name="People" sheetId="1" r:id="rId1"/></sheets>` + ext + `</workbook>`
	}
	p := workbookParts(`<row r="1"><c r="A1" s="1"><v>42735</v></c></row>`).styled("yyyy-mm-dd")
	for properties, want := range map[string]string{`<workbookPr date1904="1"/>`: "2021-01-01", `<workbookPr date1904="1">` + "</workbookPr>": "2021-01-01", `<workbookPr date1904="0"/>`: "2016-12-31", "": "2016-12-31"} {
		if b := open(t, "a.xlsx", p.with("xl/workbook.xml", book("", properties)).bytes(t)); b.Table.Cell(0, 0) != want {
			t.Errorf("with %s the date reads %s, want %s", properties, b.Table.Cell(0, 0), want)
		}
	}
	views := `<customSheetViews><customSheetView guid="{1}" filter="1"><autoFilter ref="A1:A2"><filterColumn colId="0"><filters><filter val="1"/></filters></filterColumn></autoFilter></customSheetView></customSheetViews>`
	sheet := xmlHead + `<worksheet xmlns="` + mainNS + `"><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="1"><c r="A2"><v>1</v></c></row><row r="3" hidden="1"><c r="A3"><v>1</v></c></row></sheetData>`
	for around, want := range map[string]string{views: "[2 3] []", `<autoFilter ref="A1:A3"><filterColumn colId="0"/></autoFilter>` + views: "[2 3] [2 3]"} {
		f := open(t, "a.xlsx", workbookParts("").with("xl/worksheets/sheet1.xml", sheet+around+`</worksheet>`).bytes(t)).Facts
		if got := fmt.Sprint(f.HiddenRows, f.FilteredRows); got != want {
			t.Errorf("hidden and filtered are %s, want %s", got, want)
		}
	}
}

func TestASheetIsNeverReadInPlaceOfAnother(t *testing.T) {
	book := func(sheets string) []byte {
		return workbookParts(`<row r="1"><c r="A1"><v>1</v></c></row>`).with("xl/workbook.xml", xmlHead+`<workbook xmlns="`+mainNS+`" xmlns:r="`+relNS+`"><sheets>`+sheets+`</sheets></workbook>`).bytes(t)
	}
	const people = `<sheet name="People" sheetId="2" r:id="rId1"/>`
	b := open(t, "a.xlsm", book(`<sheet name="Module1" sheetId="1" r:id=""/>`+people))
	if want := []SheetInfo{{Name: "Module1", Kind: "macro"}, {Name: "People", Rows: 1}}; b.Facts.Sheet != "People" || !reflect.DeepEqual(b.Facts.Sheets, want) {
		t.Errorf("read %q of %v, want People of %v", b.Facts.Sheet, b.Facts.Sheets, want)
	}
	refuse(t, "a.xlsx", book(`<sheet name="Lost" sheetId="1" r:id="rId9"/>`+people), ErrDamaged, "damaged")
	if b := openWith(t, "a.xlsx", book(`<sheet name="Lost" sheetId="1" r:id="rId9"/>`+people), Options{Sheet: "People"}); b.Table.Cell(0, 0) != "1" {
		t.Errorf("the sheet beside a lost one reads %q", b.Table.Cell(0, 0))
	}
}

func TestRowsAndColumnsWithoutASizeAreHidden(t *testing.T) {
	sheet := xmlHead + `<worksheet xmlns="` + mainNS + `"><cols><col min="1" max="1" width="0.5" customWidth="1"/><col min="2" max="2" width="0" customWidth="1"/><col min="3" max="3" hidden="0" width="9.14"/></cols><sheetData>`
	for i, size := range []string{`ht="15"`, `ht="0" customHeight="1"`, `hidden="false" ht="0.0"`, `hidden="true"`, `ht=""`, ``} {
		n := itoa(i + 1)
		sheet += `<row r="` + n + `" ` + size + `><c r="A` + n + `"><v>1</v></c><c r="C` + n + `"><v>2</v></c></row>`
	}
	f := open(t, "a.xlsx", workbookParts("").with("xl/worksheets/sheet1.xml", sheet+`</sheetData></worksheet>`).bytes(t)).Facts
	if got, want := fmt.Sprint(f.HiddenRows, f.HiddenColumns), "[2 3 4] [2]"; got != want {
		t.Errorf("hidden are %s, want %s", got, want)
	}
}

func TestTheFirstVisibleWorksheetIsRead(t *testing.T) {
	p := workbookParts("").
		with("xl/workbook.xml", xmlHead+`<workbook xmlns="`+mainNS+`" xmlns:r="`+relNS+`"><workbookPr date1904="1"/><sheets><sheet name="Chart" sheetId="1" r:id="c"/><sheet name="Old" sheetId="2" state="veryHidden" r:id="o"/><sheet name="Now" sheetId="3" r:id="n"/></sheets></workbook>`).
		with("xl/_rels/workbook.xml.rels", `<Relationships xmlns="`+packNS+`relationships"><Relationship Id="c" Type="`+relNS+`/chartsheet" Target="chartsheets/sheet1.xml"/><Relationship Id="o" Type="`+relNS+`/worksheet" Target="/xl/worksheets/old.xml"/><Relationship Id="n" Type="`+relNS+`/worksheet" Target="worksheets\now.xml"/></Relationships>`).
		with("xl/chartsheets/sheet1.xml", `<chartsheet/>`).
		with("xl/worksheets/old.xml", sheetXML(`<row r="1"><c r="A1"><v>1</v></c></row>`)).
		with("xl/worksheets/now.xml", sheetXML(`<row r="1"><c r="A1"><v>2</v></c></row>`)).
		with("xl/vbaProject.bin", "macros")
	b := open(t, "a.xlsm", p.bytes(t))
	expect(t, b.Table, row("2"))
	want := []SheetInfo{{Name: "Chart", Kind: "chart"}, {Name: "Old", Hidden: true}, {Name: "Now", Rows: 1}}
	if !reflect.DeepEqual(b.Facts.Sheets, want) || b.Facts.Sheet != "Now" || !b.Facts.Macros || !b.Facts.Date1904 {
		t.Errorf("facts are %+v", b.Facts)
	}
	expect(t, openWith(t, "a.xlsx", p.bytes(t), Options{Sheet: "Old"}).Table, row("1"))
	_, err := Read(context.Background(), "a.xlsx", p.bytes(t), Options{Sheet: "Gone"})
	refused(t, err, ErrNoSheet, "“Old”, “Now”")
}

func TestDamagedAndHostileWorkbooksAreRefused(t *testing.T) {
	cellA := `<row r="1"><c r="A1"><v>1</v></c></row>`
	good := workbookParts(strings.Repeat("", 1) + cellA).bytes(t)
	flipped := append([]byte{}, good...)
	flipped[bytes.Index(flipped, []byte("xl/worksheets/sheet1.xml"))+60] ^= 0x20
	tests := []struct {
		name string
		data []byte
		kind error
		says string
	}{
		{"cut short", good[:len(good)*6/10], ErrDamaged, "damaged"},
		{"without its directory", good[:len(good)-30], ErrDamaged, "damaged"},
		{"a flipped bit", flipped, ErrDamaged, "damaged"},
		{"a sheet cut short", workbookParts("").with("xl/worksheets/sheet1.xml", `<worksheet><sheetData>`+cellA).bytes(t), ErrDamaged, "damaged"},
		{"tags that do not match", workbookParts(`<row r="1"><c r="A1"><v>1</c></v></row>`).bytes(t), ErrDamaged, "damaged"},
		{"text behind the end", workbookParts("").with("xl/worksheets/sheet1.xml", sheetXML(cellA)+`<worksheet/>`).bytes(t), ErrDamaged, "damaged"},
		{"a shared string that is not there", workbookParts(`<row r="1"><c r="A1" t="s"><v>7</v></c></row>`).bytes(t), ErrDamaged, "damaged"},
		{"a cell in the wrong row", workbookParts(`<row r="1"><c r="A2"><v>7</v></c></row>`).bytes(t), ErrDamaged, "damaged"},
		{"a row too far", workbookParts(`<row r="1048577"/>`).bytes(t), ErrDamaged, "damaged"},
		{"a column too far", workbookParts(`<row r="1"><c r="ZZZ1"><v>1</v></c></row>`).bytes(t), ErrDamaged, "damaged"},
		{"a missing sheet", workbookParts("").with("xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="gone.xml"/></Relationships>`).bytes(t), ErrDamaged, "damaged"},
		{"entities", workbookParts("").with("xl/worksheets/sheet1.xml", `<!DOCTYPE x [<!ENTITY a "b">]><worksheet><sheetData/></worksheet>`).bytes(t), ErrUnsafe, "document type"},
		{"spaces without end", workbookParts(strings.Repeat(" ", 40<<20)).bytes(t), ErrUnsafe, "unpack"},
		{"a wide sheet on every row", workbookParts(wideRows(3000)).bytes(t), ErrTooLarge, "too large"},
		{"one text in every cell", workbookParts(repeatCells(20000)).with("xl/sharedStrings.xml", `<sst><si><t>`+strings.Repeat("abcdefghij", 3000)+`</t></si></sst>`).bytes(t), ErrTooLarge, "too large"},
		{"deep elements", workbookParts("").with("xl/worksheets/sheet1.xml", strings.Repeat("<a>", 5000)).bytes(t), ErrDamaged, "damaged"},
		{"OpenDocument", parts{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}.bytes(t), ErrNotSheet, "OpenDocument"},
		{"Numbers", parts{"Index/Document.iwa": "x"}.bytes(t), ErrNotSheet, "Numbers"},
		{"a Numbers file of 2009", parts{"index.apxl": "<x/>", "buildVersionHistory.plist": "x"}.bytes(t), ErrNotSheet, "Numbers"},
		{"binary workbook", parts{"[Content_Types].xml": "<Types/>", "xl/workbook.bin": "x"}.bytes(t), ErrNotSheet, ".xlsb"},
		{"Word", parts{"[Content_Types].xml": "<Types/>", "word/document.xml": "<x/>"}.bytes(t), ErrNotSheet, "Word"},
		{"a ZIP archive", parts{"users.csv": "a,b"}.bytes(t), ErrNotSheet, "ZIP"},
		{"charts only", workbookParts("").with("xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="rId1" Type="x/chartsheet" Target="a.xml"/></Relationships>`).bytes(t), ErrNoSheet, "only charts"},
		{"an old workbook", ole("Workbook"), ErrNotSheet, "97–2003"},
		{"an old document", ole("WordDocument"), ErrNotSheet, "Word"},
		{"a password", ole("EncryptedPackage"), ErrPassword, "password"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { refuse(t, "users.xlsx", tt.data, tt.kind, tt.says) })
	}
}

func TestADamagedSheetSaysWhatCouldBeRead(t *testing.T) {
	rows := `<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>`
	data := workbookParts("").with("xl/worksheets/sheet1.xml", `<worksheet><sheetData>`+rows+`<row r="3"><c r="A3"><v>`).bytes(t)
	refuse(t, "a.xlsx", data, ErrDamaged, "The first 2 rows of its sheet “People” could be read")
	_, err := Read(context.Background(), "a.xlsx", data, Options{})
	var s *Salvageable
	if !errors.As(err, &s) || s.Rows != 2 {
		t.Errorf("the cause is %v", err)
	}
	b := openWith(t, "a.xlsx", data, Options{Salvage: true})
	expect(t, b.Table, row("1"), row("2"))
	if len(b.Facts.Oddities) != 1 || b.Facts.Oddities[0].Line != 3 {
		t.Errorf("oddities are %v", b.Facts.Oddities)
	}
}

func wideRows(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `<row r="%d"><c r="XFD%d"><v>1</v></c></row>`, i+1, i+1)
	}
	return b.String()
}

func repeatCells(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>`, i+1, i+1)
	}
	return b.String()
}

func ole(stream string) []byte {
	wide, _ := charset.Encode([]byte(stream), "UTF-16LE")
	return append(append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), wide...), make([]byte, 512)...)
}

func TestOneFarCellCostsNothingButItself(t *testing.T) {
	b := open(t, "a.xlsx", workbookParts(`<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>`).bytes(t))
	if b.Table.Len() != 1048576 || b.Table.Cell(1048575, 16383) != "2" || b.Facts.BlankCount != 1048574 || len(b.Facts.BlankRows) > MaxListed {
		t.Errorf("%d rows, %q, %d blank, %d of them listed", b.Table.Len(), b.Table.Cell(1048575, 16383), b.Facts.BlankCount, len(b.Facts.BlankRows))
	}
	if len(b.Facts.Oddities) != 1 || b.Facts.Oddities[0].Line != 1048576 {
		t.Errorf("oddities are %v", b.Facts.Oddities)
	}
}

func TestSavingAWorkbookChangesOnlyTheChangedCells(t *testing.T) {
	p := workbookParts("").styled("0000").with("xl/worksheets/sheet1.xml", xmlHead+`<worksheet xmlns="`+mainNS+`" xmlns:q="urn:x" q:odd="1"><cols><col min="1" max="1" width="30"/></cols><sheetData><row r="1" spans="1:2" q:keep="yes"><c r="A1" t="inlineStr"><is><t>Name</t></is></c><c r="B1" t="inlineStr"><is><t>Code</t></is></c></row>`+
		`<row r="2"><c r="A2" t="inlineStr"><is><t>Ann</t></is></c><c r="B2" s="1"><v>7</v></c></row><row r="5"><c r="A5"><f>1+1</f><v>2</v></c></row></sheetData><q:more>kept</q:more></worksheet>`)
	b := open(t, "a.xlsx", p.bytes(t))
	out := saved(t, b, "a.xlsx", Changes{
		Cells:      []CellChange{{1, 1, "=1+1"}, {1, 0, " R&D <x>\r\n_x0041_ "}, {3, 3, "new"}, {0, 4, "far"}},
		NewColumns: []NewColumn{{"Status", map[int]string{1: "Active"}}},
	})
	again := open(t, "a.xlsx", out)
	expect(t, again.Table, row("Name", "Code", "Status", "", "far"), row(" R&D <x>\r\n_x0041_ ", "=1+1", "Active"), row(), row("", "", "", "new"), row("2"))
	sheet := partText(t, out, "xl/worksheets/sheet1.xml")
	for _, kept := range []string{`q:odd="1"`, `q:keep="yes"`, `<q:more>kept</q:more>`, `<col min="1" max="1" width="30"/>`, `<f>1+1</f>`, `<c r="B2" s="1" t="inlineStr">`} {
		if !strings.Contains(sheet, kept) {
			t.Errorf("%s is gone from %s", kept, sheet)
		}
	}
	if partText(t, out, "xl/styles.xml") != p["xl/styles.xml"] {
		t.Error("the styles changed")
	}
}

func partText(t *testing.T, data []byte, name string) string {
	t.Helper()
	p, err := openPack(context.Background(), bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	text, err := p.head(p.files[partKey(name)], 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// excelizeBook makes a workbook as Excel's kin would write it.
func excelizeBook(t *testing.T, fill func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	fill(f)
	var buf bytes.Buffer
	if err := f.Write(&buf); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func TestRowsAreDeletedAndInsertedInAWorkbook(t *testing.T) {
	data := excelizeBook(t, func(f *excelize.File) {
		for i, r := range [][]any{{"Name", "N", "Double"}, {"Ann", 1}, {"Bob", 2}, {"Cid", 3}} {
			f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &r)
		}
		f.NewSheet("Other")
		f.SetCellStr("Other", "B2", "kept")
		f.MergeCell("Sheet1", "A5", "B6")
	})
	b := open(t, "a.xlsx", data)
	out := saved(t, b, "a.xlsx", Changes{
		Cells:    []CellChange{{3, 0, "Cyd"}},
		Deleted:  []int{1},
		Inserted: []Insertion{{0, []string{"Zoe", "007"}}, {2, []string{"Yan", "", "x"}}, {3, []string{"End"}}},
	})
	again := open(t, "a.xlsx", out)
	expect(t, again.Table, row("Name", "N", "Double"), row("Zoe", "007"), row("Bob", "2"), row("Yan", "", "x"), row("Cyd", "3"), row("End"))
	expect(t, openWith(t, "a.xlsx", out, Options{Sheet: "Other"}).Table, row(), row("", "kept"))
}

func TestAFormulaIsReplacedByText(t *testing.T) {
	data := excelizeBook(t, func(f *excelize.File) {
		f.SetCellInt("Sheet1", "A1", 2)
		f.SetCellFormula("Sheet1", "B1", "A1*2")
		f.SetCellFormula("Sheet1", "B2", "A1*3")
	})
	b := open(t, "a.xlsx", data)
	if len(b.Facts.FormulasEmpty) != 2 {
		t.Errorf("formulas without a result: %v", b.Facts.FormulasEmpty)
	}
	again := open(t, "a.xlsx", saved(t, b, "a.xlsx", Changes{Cells: []CellChange{{0, 1, "four"}}}))
	expect(t, again.Table, row("2", "four"))
	if got := fmt.Sprint(again.Facts.Formulas); got != "[B2]" {
		t.Errorf("formulas left are %s", got)
	}
}

func TestAPasswordOpensAndStays(t *testing.T) {
	plain := workbookParts(`<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c></row>`).bytes(t)
	data, err := encrypt(plain, "geheim")
	if err != nil {
		t.Fatal(err)
	}
	refuse(t, "a.xlsx", data, ErrPassword, "has a password")
	_, err = Read(context.Background(), "a.xlsx", data, Options{Password: "wrong"})
	refused(t, err, ErrWrongPassword, "did not open")
	b := openWith(t, "a.xlsx", data, Options{Password: "geheim"})
	expect(t, b.Table, row("Name"))
	out := saved(t, b, "a.xlsx", Changes{Cells: []CellChange{{0, 0, "Who"}}})
	refuse(t, "a.xlsx", out, ErrPassword, "has a password")
	expect(t, openWith(t, "a.xlsx", out, Options{Password: "geheim"}).Table, row("Who"))
}

// A workbook that is only protected against changes is encrypted with a password
// that nobody knows of, and must open as it does in Excel.
func TestWhatExcelOpensWithoutAskingOpens(t *testing.T) {
	plain := workbookParts(`<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c></row>`).bytes(t)
	data, err := encrypt(plain, "VelvetSweatshop")
	if err != nil {
		t.Fatal(err)
	}
	b := open(t, "a.xlsx", data)
	expect(t, b.Table, row("Name"))
	if !b.Facts.Encrypted {
		t.Error("nothing says that the workbook is encrypted")
	}
	out := saved(t, b, "a.xlsx", Changes{Cells: []CellChange{{0, 0, "Who"}}})
	if !bytes.HasPrefix(out, []byte(oleMagic)) {
		t.Error("the workbook is saved without its encryption")
	}
	expect(t, open(t, "a.xlsx", out).Table, row("Who"))
	_, err = Read(context.Background(), "a.xlsx", data, Options{Password: "wrong"})
	refused(t, err, ErrWrongPassword, "did not open")
}

func TestNewWorkbooksHoldTextAsItIs(t *testing.T) {
	header := []string{"Current Status", "Display Name", "Role", "Groups"}
	rows := [][]string{{"Active", "=HYPERLINK(1)", "User", "Trading,Ops"}, {"", "007", " x ", "a\r\nb\tc & <d> _x000D_ 😀"}}
	s := sheetOf(header, rows)
	long := []string{}
	for i := range 40 {
		long = append(long, fmt.Sprintf("Group, number %d", i))
	}
	s.Lists = map[int]List{0: {Values: []string{"Active", "Archived"}}, 3: {Values: long, Open: true}}
	s.Marks = []Mark{{Row: 1, Col: 1, Note: "Looks like a formula & <so>"}, {Row: 2, Col: 0, Note: "Empty", Mild: true}}
	path := filepath.Join(t.TempDir(), "new.xlsx")
	if err := Write(path, s); err != nil {
		t.Fatal(err)
	}
	b, err := Open(context.Background(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	expect(t, b.Table, append([][]string{header}, rows...)...)
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	dv, err := f.GetDataValidations("Users")
	if err != nil || len(dv) != 2 || dv[0].Formula1 != `"Active,Archived"` || dv[1].Formula1 != "Lists!$A$1:$A$40" {
		t.Errorf("drop-downs are %+v and %+v (%v)", dv[0], dv[1], err)
	}
	notes, err := f.GetComments("Users")
	if err != nil || len(notes) != 2 || notes[0].Cell != "B2" {
		t.Errorf("comments are %+v (%v)", notes, err)
	}
	if got, _ := f.GetCellValue("Users", "B2"); got != "=HYPERLINK(1)" {
		t.Errorf("B2 is %q", got)
	}
	if formula, _ := f.GetCellFormula("Users", "B2"); formula != "" {
		t.Errorf("B2 is the formula %q", formula)
	}
}

func TestWhatAWorkbookCannotHoldIsRefusedWithItsPlace(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new.xlsx")
	err := WriteXLSX(path, sheetOf([]string{"A"}, [][]string{{"ok"}, {"a\x01b"}}))
	refused(t, err, ErrCharacter, "cell A3")
	err = WriteXLSX(path, sheetOf([]string{"A"}, [][]string{{strings.Repeat("x", 32768)}}))
	refused(t, err, ErrCharacter, "cell A2")
	b := open(t, "a.xlsx", workbookParts(`<row r="1"><c r="A1"><v>1</v></c></row>`).bytes(t))
	refused(t, b.Save(context.Background(), path, Changes{Cells: []CellChange{{0, 0, "\x00"}}}), ErrCharacter, "cell A1")
	refused(t, Write(filepath.Join(t.TempDir(), "a.txt"), Sheet{}), ErrOption, ".csv or .xlsx")
}
