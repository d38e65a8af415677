package columns

import (
	"testing"

	"rollcall/internal/workbench"
	"rollcall/internal/workbook"
)

func TestWhatWasFoundIsSaidInSentences(t *testing.T) {
	f := workbook.Facts{
		Format: "xlsx", HeaderRow: 3, Preamble: []int{1}, BlankRows: []int{7, 9}, BlankCount: 2,
		HiddenRows: []int{4, 5}, FilteredRows: []int{5}, HiddenColumns: []int{2}, MergedCells: []string{"A1:C1"},
		Formulas: []string{"D4", "D5", "D6", "D7", "D8"}, FormulaCount: 5, FormulasEmpty: []string{"D8"},
		TotalsRows: []int{412}, RepeatedHeaders: []int{300}, Macros: true,
	}
	want := []string{
		"Row 1 above the header is left out.",
		"2 blank rows are skipped (rows 7 and 9).",
		"Row 412 is taken for totals and left out.",
		"Row 300 is taken for the header once more and left out.",
		"Row 5 is hidden by a filter and taken in.",
		"Row 4 is hidden in the sheet and taken in.",
		"1 column is hidden in the sheet, and read all the same.",
		"1 merged range: only the first cell of each has the text (A1:C1).",
		"5 cells come from a formula; the results that Excel kept are used (D4, D5, D6, D7, …).",
		"1 formula has no result in the file: open it in Excel and save it once (D8).",
		"The workbook holds macros. They never run here, and saving as .xlsx drops them.",
	}
	got := Found(f, workbench.OpenOptions{})
	for i := range max(len(got), len(want)) {
		switch {
		case i >= len(got):
			t.Errorf("missing: %q", want[i])
		case i >= len(want):
			t.Errorf("too much: %q", got[i].Text)
		case got[i].Text != want[i]:
			t.Errorf("line %d is %q, want %q", i, got[i].Text, want[i])
		}
	}
}

func TestRowsCanBeLeftOutAndTakenIn(t *testing.T) {
	f := workbook.Facts{HeaderRow: 1, HiddenRows: []int{4, 6}, TotalsRows: []int{9}}
	lines := Found(f, workbench.OpenOptions{})
	var o workbench.OpenOptions
	lines[1].Do(&o) // leave the hidden rows out
	if got := o.LeaveOut; len(got) != 3 || got[0] != 9 || got[1] != 4 || got[2] != 6 {
		t.Fatalf("left out: %v", got)
	}
	lines = Found(f, o)
	if lines[1].Choice != "Take them in" {
		t.Fatalf("the choice is %q", lines[1].Choice)
	}
	lines[0].Do(&o) // take the totals in
	if got := o.LeaveOut; len(got) != 2 || got[0] != 4 || got[1] != 6 {
		t.Errorf("left out: %v", got)
	}
	lines = Found(f, o)
	lines[1].Do(&o)
	if o.LeaveOut == nil || len(o.LeaveOut) != 0 {
		t.Errorf("nothing left out must not fall back on the file's own choice: %#v", o.LeaveOut)
	}
}

func TestAFileWithNothingToSayHasNoPanel(t *testing.T) {
	if got := Found(workbook.Facts{Format: "csv", Encoding: "UTF-8", EncodingSure: true, HeaderRow: 1}, workbench.OpenOptions{}); len(got) != 0 {
		t.Errorf("said: %v", got)
	}
}

func TestAnEncodingIsAskedForWithItsReadingsSideBySide(t *testing.T) {
	f := workbook.Facts{Format: "csv", HeaderRow: 1, Encoding: "windows-1252", EncodingChoices: []workbook.Reading{
		{Encoding: "windows-1252", Cells: []string{"Doðan", "Ýpek"}}, {Encoding: "windows-1254", Cells: []string{"Doğan", "İpek"}},
	}}
	lines := Found(f, workbench.OpenOptions{})
	want := []string{
		"Some letters of this file can be read in more than one way. Which of these is right?",
		"Doðan · Ýpek  – Windows-1252 (Western), as it is read now",
		"Doğan · İpek  – Windows-1254 (Turkish)",
	}
	if len(lines) != len(want) {
		t.Fatalf("%d lines: %v", len(lines), lines)
	}
	for i, w := range want {
		if lines[i].Text != w {
			t.Errorf("line %d is %q, want %q", i, lines[i].Text, w)
		}
	}
	var o workbench.OpenOptions
	lines[2].Do(&o)
	if o.Encoding != "windows-1254" {
		t.Errorf("the choice reads it in %q", o.Encoding)
	}
}
