package workbench

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"rollcall/internal/problem"
	"rollcall/internal/report"
	"rollcall/internal/roster"
	"rollcall/internal/workbook"
)

// Returned is what a highlighted workbook brings back after it was fixed
// elsewhere.
type Returned struct {
	Edits []CellEdit
	// Rows is how many rows of the sheet were found in it.
	Rows int
	// Missing are its row numbers that the sheet does not have, in order.
	Missing []int
	// Unnumbered is how many of its rows have no number to find them by: those
	// that were new in the sheet, and those that somebody typed below.
	Unnumbered int
}

// FixedReport is what was read of a highlighted workbook.
type FixedReport struct {
	rows       map[int][]string // by the number of the row
	unnumbered int
}

// ReadBack reads the workbook that ErrorReport wrote (.xlsx) after somebody
// fixed it. Nothing is changed: Differences compares it with the sheet. Run it
// in the background.
func (b *Bench) ReadBack(ctx context.Context, path string) (FixedReport, error) {
	header := 1
	book, err := workbook.Open(ctx, path, workbook.Options{Sheet: "Rows", HeaderRow: &header})
	if err != nil {
		return FixedReport{}, err
	}
	want := append([]string{"Row"}, roster.Headers()...)
	got := book.Table.Row(0, nil)
	if len(got) < len(want) || strings.Join(got[:len(want)], "\x00") != strings.Join(want, "\x00") {
		return FixedReport{}, problem.New("This is not an error report made by Rollcall: its sheet “Rows” has other columns. Nothing was changed.", nil)
	}
	fixed := FixedReport{rows: make(map[int][]string, book.Table.Len())}
	for r := 1; r < book.Table.Len(); r++ {
		texts := make([]string, roster.NumColumns)
		for c := range texts {
			texts[c] = book.Table.Cell(r, c+1)
		}
		if number, err := strconv.Atoi(roster.Tidy(book.Table.Cell(r, 0))); err == nil {
			fixed.rows[number] = texts
		} else if !roster.Blank(strings.Join(texts, "")) {
			fixed.unnumbered++
		}
	}
	if len(fixed.rows) == 0 {
		return FixedReport{}, problem.New("This error report holds no row with a number, so there is nothing to merge. Nothing was changed.", nil)
	}
	return fixed, nil
}

// Differences compares a fixed report with the sheet. Cells that are as the
// report was written are no difference, though it cannot hold every text.
func (d *Document) Differences(fixed FixedReport) Returned {
	out := Returned{Unnumbered: fixed.unnumbered}
	left := maps.Clone(fixed.rows)
	for r := range d.sheet.All() {
		number := d.sheet.FileRow(r)
		texts, ok := left[number]
		if number == 0 || !ok {
			continue
		}
		out.Rows++
		delete(left, number)
		for c, text := range texts {
			have := d.view.Text(r, roster.Column(c))
			if text != have && sameLines(text) != sameLines(report.CellText(have)) {
				out.Edits = append(out.Edits, CellEdit{Row: r, Col: d.ColumnIndex(roster.Column(c)), Text: text})
			}
		}
	}
	out.Missing = slices.Sorted(maps.Keys(left))
	return out
}

// sameLines writes the line breaks of a text as a workbook gives them back.
func sameLines(text string) string {
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
}

// TakeBack makes the edits as one undo step and says in sentences what it did,
// and what it left out.
func (d *Document) TakeBack(r Returned) string {
	if len(r.Edits) > 0 {
		d.Edit("merge "+plural(len(r.Edits), "cell", "cells"), r.Edits)
	}
	text := fmt.Sprintf("%s of %s changed.", plural(len(r.Edits), "cell", "cells"), plural(r.Rows, "row", "rows"))
	return strings.TrimSpace(text + " " + r.LeftOut())
}

// LeftOut says in sentences which rows of the report cannot be merged, "" where
// all can.
func (r Returned) LeftOut() string {
	var says []string
	if n := len(r.Missing); n > 0 {
		says = append(says, plural(n, "row of the report is", "rows of the report are")+" not in this sheet and left out.")
	}
	if n := r.Unnumbered; n > 0 {
		says = append(says, plural(n, "row of the report has", "rows of the report have")+" no number to be found by, and left out: copy by hand what is new there.")
	}
	return strings.Join(says, " ")
}
