package workbook

import (
	"context"
	"errors"
	"strings"
	"testing"

	"rollcall/internal/problem"
)

// sheetAfter is the sheet's part, without what is around its rows, after changes
// that are made in the part itself.
func sheetAfter(t *testing.T, p parts, c Changes) string {
	t.Helper()
	text := partOf(t, patched(t, p, c), "xl/worksheets/sheet1.xml")
	_, text, _ = strings.Cut(text, "<sheetData>")
	text, _, _ = strings.Cut(text, "</sheetData>")
	return text
}

// patched is the workbook after changes that are made in its parts themselves,
// and that read as they should.
func patched(t *testing.T, p parts, c Changes) []byte {
	t.Helper()
	return patchedData(t, p.bytes(t), c)
}

func patchedData(t *testing.T, data []byte, c Changes) []byte {
	t.Helper()
	b := open(t, "a.xlsx", data)
	rows, err := b.byRow(c)
	if err != nil {
		t.Fatal(err)
	}
	out, err := b.patchedXLSX(context.Background(), b.source, rows)
	if err != nil {
		t.Fatalf("not done in the workbook itself: %v", err)
	}
	if err := b.confirm(context.Background(), out, rows); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestSharedFormulasStayTogetherAsFarAsTheyMeanTheSame(t *testing.T) {
	tests := []struct {
		name, rows string
		changes    Changes
		want       string
	}{
		{
			"cells that look at their own row go on sharing",
			`<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f t="shared" ref="B1:B3" si="0">A1*$A1</f><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c><c r="B2"><f t="shared" si="0"/><v>4</v></c></row><row r="3"><c r="A3"><v>3</v></c><c r="B3"><f t="shared" si="0"/><v>9</v></c></row>`,
			Changes{Deleted: []int{1}, Inserted: []Insertion{{0, []string{"new"}}, {0, []string{"new"}}}},
			`<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f t="shared" ref="B1:B4" si="0">A1*$A1</f><v>1</v></c></row><row r="2"><c r="A2" t="inlineStr"><is><t xml:space="preserve">new</t></is></c></row><row r="3"><c r="A3" t="inlineStr"><is><t xml:space="preserve">new</t></is></c></row><row r="4"><c r="A4"><v>3</v></c><c r="B4"><f t="shared" si="0"/><v>9</v></c></row>`,
		},
		{
			"the second cell leads on when the first goes",
			`<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f t="shared" ref="B1:B3" si="4">A1&amp;"&lt;"</f><v>1</v></c></row><row r="2"><c r="B2"><f ca="1" t="shared" si="4"/><v>4</v></c></row><row r="3"><c r="B3"><f t="shared" si="4"></f><v>9</v></c></row>`,
			Changes{Deleted: []int{0}},
			`<row r="1"><c r="B1"><f t="shared" ref="B1:B2" si="4" ca="1">A1&amp;&quot;&lt;&quot;</f><v>4</v></c></row><row r="2"><c r="B2"><f t="shared" si="4"></f><v>9</v></c></row>`,
		},
		{
			"a cell whose neighbour above moved away gets a formula of its own",
			`<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="B2"><f t="shared" ref="B2:B4" si="0">A1+1</f><v>2</v></c></row><row r="3"><c r="B3"><f t="shared" si="0"/><v>4</v></c></row><row r="4"><c r="B4"><f t="shared" si="0"/><v>9</v></c></row>`,
			Changes{Inserted: []Insertion{{2, []string{"new"}}}},
			`<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="B2"><f t="shared" ref="B2:B5" si="0">A1+1</f><v>2</v></c></row><row r="3"><c r="B3"><f t="shared" si="0"/><v>4</v></c></row><row r="4"><c r="A4" t="inlineStr"><is><t xml:space="preserve">new</t></is></c></row><row r="5"><c r="B5"><f>A3+1</f><v>9</v></c></row>`,
		},
		{
			"what pointed at the row is an error, the rest is shared",
			`<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="B2"><f t="shared" ref="B2:B4" si="0">A1+1</f><v>2</v></c></row><row r="3"><c r="B3"><f t="shared" si="0"/><v>4</v></c></row><row r="4"><c r="B4"><f t="shared" si="0"/><v>9</v></c></row>`,
			Changes{Deleted: []int{0}},
			`<row r="1"><c r="B1"><f t="shared" ref="B1:B3" si="0">#REF!+1</f><v>2</v></c></row><row r="2"><c r="B2"><f>A1+1</f><v>4</v></c></row><row r="3"><c r="B3"><f>A2+1</f><v>9</v></c></row>`,
		},
		{
			"a cell that becomes a text hands its formula on",
			`<row r="1"><c r="B1"><f t="shared" ref="B1:B3" si="0">A1*2</f><v>2</v></c></row><row r="2"><c r="B2"><f t="shared" si="0"/><v>4</v></c></row><row r="3"><c r="B3"><f t="shared" si="0"/><v>9</v></c></row>`,
			Changes{Cells: []CellChange{{0, 1, "text"}}},
			`<row r="1"><c r="B1" t="inlineStr"><is><t xml:space="preserve">text</t></is></c></row><row r="2"><c r="B2"><f t="shared" ref="B2:B3" si="0">A2*2</f><v>4</v></c></row><row r="3"><c r="B3"><f t="shared" si="0"/><v>9</v></c></row>`,
		},
		{
			"cells left of the one that leads on keep formulas of their own",
			`<row r="1"><c r="B1"><f t="shared" ref="B1:C2" si="0">A1*2</f><v>2</v></c><c r="C1"><f t="shared" si="0"/><v>4</v></c></row><row r="2"><c r="B2"><f t="shared" si="0"/><v>5</v></c><c r="C2"><f t="shared" si="0"/><v>6</v></c></row>`,
			Changes{Cells: []CellChange{{0, 1, "text"}}},
			`<row r="1"><c r="B1" t="inlineStr"><is><t xml:space="preserve">text</t></is></c><c r="C1"><f t="shared" ref="C1:C2" si="0">B1*2</f><v>4</v></c></row><row r="2"><c r="B2"><f>A2*2</f><v>5</v></c><c r="C2"><f t="shared" si="0"/><v>6</v></c></row>`,
		},
		{
			"another cell of it that becomes a text changes nothing else",
			`<row r="1"><c r="B1"><f t="shared" ref="B1:B2" si="0">A1*2</f><v>2</v></c></row><row r="2"><c r="B2"><f t="shared" si="0"/><v>4</v></c></row>`,
			Changes{Cells: []CellChange{{1, 1, "text"}}},
			`<row r="1"><c r="B1"><f t="shared" ref="B1:B2" si="0">A1*2</f><v>2</v></c></row><row r="2"><c r="B2" t="inlineStr"><is><t xml:space="preserve">text</t></is></c></row>`,
		},
		{
			"a number that is used again begins a formula anew",
			`<row r="1"><c r="B1"><f t="shared" ref="B1:B2" si="0">A1*2</f><v>2</v></c></row><row r="2"><c r="B2"><f t="shared" si="0"/><v>4</v></c></row><row r="3"><c r="B3"><f t="shared" ref="B3:B4" si="0">A3*3</f><v>9</v></c></row><row r="4"><c r="B4"><f t="shared" si="0"/><v>12</v></c></row>`,
			Changes{Deleted: []int{0, 2}},
			`<row r="1"><c r="B1"><f t="shared" ref="B1" si="0">A1*2</f><v>4</v></c></row><row r="2"><c r="B2"><f t="shared" ref="B2" si="0">A2*3</f><v>12</v></c></row>`,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := sheetAfter(t, workbookParts(tt.rows), tt.changes); got != tt.want {
				t.Errorf("saved\n%s, want\n%s", got, tt.want)
			}
		})
	}
}

func TestArrayFormulasMoveWithTheirRange(t *testing.T) {
	const rows = `<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>5</v></c></row><row r="2"><c r="B2"><f t="array" ref="B2:B4">A2:A4*2</f><v>2</v></c></row><row r="3"><c r="B3"><v>4</v></c></row><row r="4"><c r="B4" s="0"/></row><row r="5"><c r="A5"><v>1</v></c></row>`
	spilled := strings.Replace(rows, `r="B2">`, `r="B2" cm="1">`, 1)
	tests := []struct {
		name, rows string
		changes    Changes
		want       string
	}{
		{"down", rows, Changes{Inserted: []Insertion{{0, []string{"new"}}}},
			`<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>5</v></c></row><row r="2"><c r="A2" t="inlineStr"><is><t xml:space="preserve">new</t></is></c></row><row r="3"><c r="B3"><f t="array" ref="B3:B5">A3:A5*2</f><v>2</v></c></row><row r="4"><c r="B4"><v>4</v></c></row><row r="5"><c r="B5" s="0"/></row><row r="6"><c r="A6"><v>1</v></c></row>`},
		{"by a row longer where one comes into it", rows, Changes{Inserted: []Insertion{{2, []string{"new"}}}},
			`<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>5</v></c></row><row r="2"><c r="B2"><f t="array" ref="B2:B5">A2:A5*2</f><v>2</v></c></row><row r="3"><c r="B3"><v>4</v></c></row><row r="4"><c r="A4" t="inlineStr"><is><t xml:space="preserve">new</t></is></c></row><row r="5"><c r="B5" s="0"/></row><row r="6"><c r="A6"><v>1</v></c></row>`},
		{"to the next cell where the first goes", rows, Changes{Deleted: []int{1}},
			`<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>5</v></c></row><row r="2"><c r="B2"><f t="array" ref="B2:B3">A2:A3*2</f><v>4</v></c></row><row r="3"><c r="B3" s="0"/></row><row r="4"><c r="A4"><v>1</v></c></row>`},
		{"to an empty cell", rows, Changes{Deleted: []int{1, 2}},
			`<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>5</v></c></row><row r="2"><c r="B2" s="0"><f t="array" ref="B2">A2:A2*2</f></c></row><row r="3"><c r="A3"><v>1</v></c></row>`},
		{"nowhere where all of it goes", rows, Changes{Deleted: []int{1, 2, 3}},
			`<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>5</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>`},
		{"and one that fills as it needs gives way to what is typed", spilled, Changes{Cells: []CellChange{{2, 1, "typed"}}},
			`<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>5</v></c></row><row r="2"><c r="B2" cm="1"><f t="array" ref="B2">A2:A4*2</f><v>2</v></c></row><row r="3"><c r="B3" t="inlineStr"><is><t xml:space="preserve">typed</t></is></c></row><row r="4"><c r="B4" s="0"/></row><row r="5"><c r="A5"><v>1</v></c></row>`},
		{"and one that fills as it needs goes with its first cell", spilled, Changes{Deleted: []int{1}},
			`<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>5</v></c></row><row r="2"><c r="B2"><v>4</v></c></row><row r="3"><c r="B3" s="0"/></row><row r="4"><c r="A4"><v>1</v></c></row>`},
		{"in one cell, with a text beside it", `<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="B2"><f t="array" ref="B2">SUM(A1:A2)</f><v>2</v></c></row>`, Changes{Deleted: []int{0}, Cells: []CellChange{{1, 0, "x"}}},
			`<row r="1"><c r="A1" t="inlineStr"><is><t xml:space="preserve">x</t></is></c><c r="B1"><f t="array" ref="B1">SUM(A1:A1)</f><v>2</v></c></row>`},
		{"with the cell that what-if values vary", `<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="B2"><f t="dataTable" ref="B2:B3" dt2D="0" r1="A2"/><v>2</v></c></row><row r="3"><c r="B3"><v>3</v></c></row>`, Changes{Deleted: []int{0}},
			`<row r="1"><c r="B1"><f t="dataTable" ref="B1:B2" dt2D="0" r1="A1"/><v>2</v></c></row><row r="2"><c r="B2"><v>3</v></c></row>`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := sheetAfter(t, workbookParts(tt.rows), tt.changes); got != tt.want {
				t.Errorf("saved\n%s, want\n%s", got, tt.want)
			}
		})
	}
}

func TestAPartOfAnArrayFormulaIsNotOverwritten(t *testing.T) {
	p := workbookParts(`<row r="1"><c r="A1"><f t="array" ref="A1:A3">B1:B3</f><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row><row r="3"><c r="A3"><v>3</v></c></row>`)
	for says, c := range map[string]Changes{
		"so cell A1 cannot hold":                     {Cells: []CellChange{{0, 0, "x"}}},
		"so cell A3 cannot hold":                     {Cells: []CellChange{{2, 0, "x"}}},
		"so the new row behind row 2 cannot hold":    {Inserted: []Insertion{{1, []string{"x"}}}},
		"export the table as a new file instead":     {Cells: []CellChange{{1, 0, "x"}}, Deleted: []int{0}},
		"Undo that change and save again, or export": {Cells: []CellChange{{1, 0, ""}}},
	} {
		b := open(t, "a.xlsx", p.bytes(t))
		_, err := b.savedXLSX(context.Background(), c)
		if !errors.Is(err, ErrFormula) || !strings.Contains(problem.Sentence(err), says) {
			t.Errorf("the outcome is %v, want a refusal that says %q", err, says)
		}
	}
}
