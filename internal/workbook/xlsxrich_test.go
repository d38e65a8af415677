package workbook

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// richWorkbook has in front of and around n people all that refers to rows.
func richWorkbook(t testing.TB, n int) []byte {
	t.Helper()
	f := excelize.NewFile()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	const sheet = "Our people"
	check(f.SetSheetName("Sheet1", sheet))
	w, err := f.NewStreamWriter(sheet)
	check(err)
	check(w.SetRow("A1", []any{"User list"}))
	check(w.SetRow("A2", []any{"Status", "Name", "Email", "Role", "Twice"}))
	for i := range n {
		row := i + 3
		check(w.SetRow(fmt.Sprintf("A%d", row), []any{"Active", fmt.Sprintf("Person %d", i), fmt.Sprintf("p%d@x.com", i), "User", excelize.Cell{Formula: fmt.Sprintf("LEN(B%d)+COUNTA($B$3:B%d)", row, row), Value: i}}))
	}
	check(w.MergeCell("A1", "E1"))
	check(w.Flush())
	var plain bytes.Buffer
	check(f.Write(&plain))
	f, err = excelize.OpenReader(&plain)
	check(err)
	defer f.Close()
	last := n + 2
	check(f.MergeCell(sheet, "G4", "H6"))
	check(f.AutoFilter(sheet, fmt.Sprintf("A2:E%d", last), nil))
	red, err := f.NewConditionalStyle(&excelize.Style{Font: &excelize.Font{Color: "9A0511"}})
	check(err)
	check(f.SetConditionalFormat(sheet, fmt.Sprintf("A3:A%d", last), []excelize.ConditionalFormatOptions{{Type: "formula", Criteria: `$A3="Archived"`, Format: &red}}))
	roles := excelize.NewDataValidation(true)
	roles.SetSqref(fmt.Sprintf("D3:D%d", last))
	check(roles.SetDropList([]string{"User", "Admin"}))
	check(f.AddDataValidation(sheet, roles))
	check(f.AddComment(sheet, excelize.Comment{Cell: "C5", Author: "Ann", Paragraph: []excelize.RichTextRun{{Text: "ask her"}}}))
	check(f.AddComment(sheet, excelize.Comment{Cell: "C4", Author: "Ann", Paragraph: []excelize.RichTextRun{{Text: "gone with the row"}}}))
	check(f.SetCellHyperLink(sheet, "C6", "https://example.com", "External"))
	check(f.SetDefinedName(&excelize.DefinedName{Name: "Names", RefersTo: fmt.Sprintf("'%s'!$B$3:$B$%d", sheet, last)}))
	var picture bytes.Buffer
	check(png.Encode(&picture, image.NewGray(image.Rect(0, 0, 40, 40))))
	check(f.AddPictureFromBytes(sheet, "J8", &excelize.Picture{Extension: ".png", File: picture.Bytes(), Format: &excelize.GraphicOptions{}}))
	_, err = f.NewSheet("Chart")
	check(err)
	check(f.AddChart("Chart", "A1", &excelize.Chart{Type: excelize.Col, Series: []excelize.ChartSeries{{Name: "Our people!$B$2", Values: fmt.Sprintf("'%s'!$E$3:$E$%d", sheet, last)}}}))
	for i, cell := range []string{"K3", "K4", "K5"} {
		check(f.AddSparkline(sheet, &excelize.SparklineOptions{Location: []string{cell}, Range: []string{fmt.Sprintf("'%s'!E%d:E%d", sheet, i+3, last)}}))
	}
	check(f.SetConditionalFormat(sheet, fmt.Sprintf("E3:E%d", last), []excelize.ConditionalFormatOptions{{Type: "data_bar", Criteria: "=", MinType: "min", MaxType: "max", BarColor: "#638EC6", BarSolid: true}}))
	shared, filled, area := "shared", fmt.Sprintf("F3:F%d", last), "M3:M6"
	check(f.SetCellFormula(sheet, "F3", "B3&C2", excelize.FormulaOpts{Type: &shared, Ref: &filled}))
	array := "array"
	check(f.SetCellFormula(sheet, "M3", "LEN(B3:B6)", excelize.FormulaOpts{Type: &array, Ref: &area}))
	check(f.SetCellFormula("Chart", "M1", fmt.Sprintf("COUNTIF('%s'!D3:D%d,\"User\")&'%s'!C6", sheet, last, sheet)))
	check(f.AddPivotTable(&excelize.PivotTableOptions{DataRange: fmt.Sprintf("%s!A2:E%d", sheet, last), PivotTableRange: "Chart!H30:K40", Rows: []excelize.PivotTableField{{Data: "Role"}}, Data: []excelize.PivotTableField{{Data: "Twice", Subtotal: "Sum"}}}))
	check(f.SetPanes(sheet, &excelize.Panes{Freeze: true, YSplit: 2, TopLeftCell: "A3", ActivePane: "bottomLeft"}))
	var out bytes.Buffer
	check(f.Write(&out))
	return out.Bytes()
}

// Row 4 (Person 1) is left out and two rows come behind row 5.
func TestRowsMoveWithAllThatRefersToThem(t *testing.T) {
	data := richWorkbook(t, 20)
	b := open(t, "a.xlsx", data)
	c := Changes{Deleted: []int{3}, Inserted: []Insertion{{4, []string{"Active", "New one"}}, {4, []string{"Active", "New two"}}}, Cells: []CellChange{{6, 1, "Changed"}}}
	rows, err := b.byRow(c)
	if err != nil {
		t.Fatal(err)
	}
	out, err := b.patchedXLSX(context.Background(), data, rows)
	if err != nil {
		t.Fatalf("not done in the sheet itself: %v", err)
	}
	if err := b.confirm(context.Background(), out, rows); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	const sheet = "Our people"
	expectThat := func(what string, got, want any) {
		t.Helper()
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
	}
	merged, _ := f.GetMergeCells(sheet)
	var ranges []string
	for _, m := range merged {
		ranges = append(ranges, m.GetStartAxis()+":"+m.GetEndAxis())
	}
	expectThat("merged cells", ranges, []string{"A1:E1", "G4:H7"})
	formats, _ := f.GetConditionalFormats(sheet)
	expectThat("conditional format", formats["A3:A23"][0].Criteria, `$A3="Archived"`)
	rules, _ := f.GetDataValidations(sheet)
	expectThat("validation", rules[0].Sqref, "D3:D23")
	comments, _ := f.GetComments(sheet)
	var notes []string
	for _, c := range comments {
		for _, run := range c.Paragraph {
			c.Text += run.Text
		}
		notes = append(notes, c.Cell+" "+c.Text)
	}
	expectThat("comments", notes, []string{"C4 ask her"})
	linked, address, _ := f.GetCellHyperLink(sheet, "C7")
	expectThat("link", fmt.Sprint(linked, address), "truehttps://example.com")
	names := map[string]string{}
	for _, n := range f.GetDefinedName() {
		names[n.Name] = n.RefersTo
	}
	expectThat("names", names, map[string]string{"Names": "'Our people'!$B$3:$B$23", "_xlnm._FilterDatabase": "'Our people'!$A$2:$E$23"})
	pictures, _ := f.GetPictureCells(sheet)
	expectThat("picture", pictures, []string{"J9"})
	formula, _ := f.GetCellFormula(sheet, "E9")
	expectThat("formula", formula, "LEN(B9)+COUNTA($B$3:B9)")
	chart := partOf(t, out, "xl/charts/chart1.xml")
	if !strings.Contains(chart, "&#39;Our people&#39;!$E$3:$E$23") && !strings.Contains(chart, "'Our people'!$E$3:$E$23") {
		t.Errorf("the chart shows %s", chart)
	}
	elsewhere, _ := f.GetCellFormula("Chart", "M1")
	expectThat("formula of another sheet", elsewhere, `COUNTIF('Our people'!D3:D23,"User")&'Our people'!C7`)
	filled, _ := f.GetCellFormula(sheet, "F9")
	expectThat("shared formula", filled, "B9&C8")
	beside, _ := f.GetCellFormula(sheet, "F6")
	expectThat("new row's formula", beside, "")
	own, _ := f.GetCellFormula(sheet, "F4")
	expectThat("formula whose neighbour above went", own, "B4&#REF!")
	array, _ := f.GetCellFormula(sheet, "M3")
	expectThat("array formula", array, "LEN(B3:B7)")
	text := partOf(t, out, "xl/worksheets/sheet1.xml")
	for _, want := range []string{`ref="M3:M7"`, `'Our people'!E3:E23</xm:f><xm:sqref>K3<`, `'Our people'!E4:E23</xm:f><xm:sqref>K4<`, `<xm:sqref>E3:E23</xm:sqref>`} {
		if !strings.Contains(strings.ReplaceAll(text, "&#39;", "'"), want) {
			t.Errorf("the sheet lacks %s", want)
		}
	}
	if strings.Count(text, "<xm:sqref>K") != 2 {
		t.Errorf("the sheet has other sparklines than two: %s", text)
	}
	pivots, err := f.GetPivotTables("Chart")
	if err != nil || len(pivots) != 1 || pivots[0].DataRange != "Our people!A2:E23" {
		t.Errorf("the pivot tables are %+v (%v)", pivots, err)
	}
	if shapes := partOf(t, out, "xl/drawings/vmlDrawing1.vml"); strings.Count(shapes, "<v:shape ") != 1 || !strings.Contains(shapes, "<x:Row>3</x:Row>") {
		t.Errorf("the comments' shapes are %s", shapes)
	}
	otherPartsAreTheSame(t, data, out, "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/comments1.xml", "xl/charts/chart1.xml", "xl/drawings/vmlDrawing1.vml", "xl/drawings/drawing1.xml", "xl/drawings/drawing2.xml", "xl/worksheets/sheet2.xml", "xl/pivotCache/pivotCacheDefinition1.xml")
}

// otherPartsAreTheSame compares two archives byte by byte, but for the parts
// that may change.
func otherPartsAreTheSame(t *testing.T, before, after []byte, but ...string) {
	t.Helper()
	read := func(data []byte) map[string]string {
		z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		all := map[string]string{}
		for _, f := range z.File {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			text, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			all[f.Name] = string(text)
		}
		return all
	}
	old, now := read(before), read(after)
	for _, name := range but {
		delete(old, name)
		delete(now, name)
	}
	for name, text := range old {
		if now[name] != text {
			t.Errorf("%s has changed or is gone", name)
		}
		delete(now, name)
	}
	for name := range now {
		t.Errorf("%s is new", name)
	}
}

// Only a measurement: how long it takes to leave out every tenth row.
func TestManyRowsMoveInARichWorkbook(t *testing.T) {
	for _, n := range []int{2000, many(1) * 4000} {
		b := open(t, "a.xlsx", richWorkbook(t, n))
		var c Changes
		for row := 4; row < n; row += 10 {
			c.Deleted = append(c.Deleted, row)
			c.Inserted = append(c.Inserted, Insertion{row + 3, []string{"Active", "New"}})
		}
		path := filepath.Join(t.TempDir(), "a.xlsx")
		from := time.Now()
		if err := b.Save(context.Background(), path, c); err != nil {
			t.Fatal(err)
		}
		t.Logf("%d rows, %d left out and as many put in: %v", n, len(c.Deleted), time.Since(from).Round(time.Millisecond))
		if os.Getenv("ROLLCALL_MANY") == "" {
			continue
		}
		rows, _ := b.byRow(c)
		from = time.Now()
		_, err := b.throughExcelize(context.Background(), b.original(), rows)
		t.Logf("the same with excelize: %v (%v)", time.Since(from).Round(time.Millisecond), err)
	}
}
