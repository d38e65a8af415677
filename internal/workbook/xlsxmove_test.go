package workbook

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"
)

// partOf unpacks a part of a workbook.
func partOf(t *testing.T, data []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

const movedHead = xmlHead + `<worksheet xmlns="` + mainNS + `"><dimension ref="A1:B5"/><sheetData>`

func TestRowsMoveInTheSheetItselfWhereNothingRefersToThem(t *testing.T) {
	const sheet = movedHead +
		`<row r="1" spans="1:2"><c r="A1" t="str"><v>Name</v></c><c r="B1" s="0" t="str"><v>Email</v></c></row>` +
		`<row r="2" ht="20"><c r="A2"><v>2</v></c></row>` +
		`<row r="4"/>` +
		`<row ht="9" r = '5' ><c s="0" r="A5" ><v>5</v></c><c t="str"><v>e</v></c></row>` +
		`</sheetData><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/></worksheet>`
	tests := []struct {
		name    string
		changes Changes
		want    string // the sheet's rows
		size    string
	}{
		{"one is deleted", Changes{Deleted: []int{1}},
			`<row r="1" spans="1:2"><c r="A1" t="str"><v>Name</v></c><c r="B1" s="0" t="str"><v>Email</v></c></row><row r="3"/><row ht="9" r = '4' ><c s="0" r="A4" ><v>5</v></c><c t="str"><v>e</v></c></row>`, "A1:B4"},
		{"one that the sheet lacks is deleted", Changes{Deleted: []int{2}},
			`<row r="1" spans="1:2"><c r="A1" t="str"><v>Name</v></c><c r="B1" s="0" t="str"><v>Email</v></c></row><row r="2" ht="20"><c r="A2"><v>2</v></c></row><row r="3"/><row ht="9" r = '4' ><c s="0" r="A4" ><v>5</v></c><c t="str"><v>e</v></c></row>`, "A1:B4"},
		{"the first and the last are deleted", Changes{Deleted: []int{0, 4}},
			`<row r="1" ht="20"><c r="A1"><v>2</v></c></row><row r="3"/>`, "A1:B3"},
		{"one is inserted at the top, one in the middle and one at the end", Changes{Inserted: []Insertion{{-1, []string{"t"}}, {1, []string{"", "m"}}, {4, []string{"e & f"}}}},
			`<row r="1"><c r="A1" t="inlineStr"><is><t xml:space="preserve">t</t></is></c></row><row r="2" spans="1:2"><c r="A2" t="str"><v>Name</v></c><c r="B2" s="0" t="str"><v>Email</v></c></row><row r="3" ht="20"><c r="A3"><v>2</v></c></row><row r="4"><c r="B4" t="inlineStr"><is><t xml:space="preserve">m</t></is></c></row><row r="6"/><row ht="9" r = '7' ><c s="0" r="A7" ><v>5</v></c><c t="str"><v>e</v></c></row><row r="8"><c r="A8" t="inlineStr"><is><t xml:space="preserve">e &amp; f</t></is></c></row>`, "A1:B8"},
		{"one gives way to two others, and cells change around it", Changes{Deleted: []int{1}, Inserted: []Insertion{{1, []string{"x"}}, {1, []string{"y"}}}, Cells: []CellChange{{2, 0, "three"}, {3, 1, "four"}, {4, 0, "five"}}},
			`<row r="1" spans="1:2"><c r="A1" t="str"><v>Name</v></c><c r="B1" s="0" t="str"><v>Email</v></c></row><row r="2"><c r="A2" t="inlineStr"><is><t xml:space="preserve">x</t></is></c></row><row r="3"><c r="A3" t="inlineStr"><is><t xml:space="preserve">y</t></is></c></row><row r="4"><c r="A4" t="inlineStr"><is><t xml:space="preserve">three</t></is></c></row><row r="5"><c r="B5" t="inlineStr"><is><t xml:space="preserve">four</t></is></c></row><row ht="9" r = '6' ><c r="A6" s="0" t="inlineStr"><is><t xml:space="preserve">five</t></is></c><c t="str"><v>e</v></c></row>`, "A1:B6"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := open(t, "a.xlsx", workbookParts("").with("xl/worksheets/sheet1.xml", sheet).bytes(t))
			got := partOf(t, saved(t, b, "a.xlsx", tt.changes), "xl/worksheets/sheet1.xml")
			want := xmlHead + `<worksheet xmlns="` + mainNS + `"><dimension ref="` + tt.size + `"/><sheetData>` + tt.want + `</sheetData><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/></worksheet>`
			if got != want {
				t.Errorf("saved\n%s, want\n%s", got, want)
			}
		})
	}
}

func TestRowsThatHangTogetherWithMoreAreNotMovedInTheSheetItself(t *testing.T) {
	const rows = `<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>`
	plain := workbookParts(rows)
	sheet := func(beside string) parts {
		return plain.with("xl/worksheets/sheet1.xml", xmlHead+`<worksheet xmlns="`+mainNS+`"><sheetData>`+rows+`</sheetData>`+beside+`</worksheet>`)
	}
	formula := func(f string) parts {
		return workbookParts(`<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2">` + f + `<v>2</v></c></row>`)
	}
	for name, p := range map[string]parts{
		"a shared formula without a beginning": formula(`<f t="shared" si="0"/>`),
		"a formula that is none":               formula(`<f>"A1</f>`),
		"what-if values of the row":            formula(`<f t="dataTable" ref="A2:A3" r1="A1"/>`),
		"the filter's header":                  sheet(`<autoFilter ref="A1:A2"/>`),
		"a page for the web":                   sheet(`<webPublishItems/>`),
		"an element that is not known":         sheet(`<surprise/>`),
		"an extension that is not known":       sheet(`<extLst><ext><x:new><xm:sqref>A2</xm:sqref></x:new></ext></extLst>`),
		"a new kind of formula elsewhere":      sheet(`<extLst><ext><x:new><xm:f>A2</xm:f></x:new></ext></extLst>`),
		"a part that is not known":             plain.with("xl/revisions/log1.xml", `<a/>`),
		"a formula elsewhere that is none":     plain.with("xl/worksheets/sheet2.xml", sheetXML(`<row r="1"><c r="A1"><f>"People!A1</f></c></row>`)),
		"a pivot table's header":               plain.with("xl/pivotCache/pivotCacheDefinition1.xml", `<a><worksheetSource sheet="people" ref="A1:B9"/></a>`),
	} {
		t.Run(name, func(t *testing.T) {
			data := p.bytes(t)
			b := open(t, "a.xlsx", data)
			changes, err := b.byRow(Changes{Deleted: []int{0}})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := b.patchedXLSX(context.Background(), data, changes); !errors.Is(err, errNotPatchable) {
				t.Errorf("the sheet was patched: %v", err)
			}
		})
	}
}

func TestManyRowsAreDeletedAndInsertedAtOnce(t *testing.T) {
	var rows strings.Builder
	for row := 1; row <= 20010; row++ {
		fmt.Fprintf(&rows, `<row r="%d"><c r="A%d"><v>%d</v></c><c r="C%d" t="inlineStr"><is><t>Person %d</t></is></c></row>`, row, row, row, row, row)
	}
	b := open(t, "a.xlsx", workbookParts(rows.String()).bytes(t))
	var c Changes
	for row := 1; row < 20000; row += 7 {
		c.Deleted = append(c.Deleted, row)
		c.Inserted = append(c.Inserted, Insertion{After: row + 3, Cells: []string{"Archived", "New"}})
	}
	path := filepath.Join(t.TempDir(), "a.xlsx")
	if err := b.Save(context.Background(), path, c); err != nil {
		t.Fatal(err)
	}
	again, err := Open(context.Background(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	want, err := b.Changed(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	if again.Table.Len() != want.Len() {
		t.Fatalf("%d rows, want %d", again.Table.Len(), want.Len())
	}
	for row := range want.Len() {
		if got, want := again.Table.RowText(row), want.RowText(row); got != want {
			t.Fatalf("row %d reads %q, want %q", row+1, got, want)
		}
	}
}
