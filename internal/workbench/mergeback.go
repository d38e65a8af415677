package workbench

import (
	"context"
	"fmt"
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
	// Missing are its row numbers that the sheet does not have.
	Missing []int
}

// ReadBack reads the workbook that ErrorReport wrote (.xlsx) after somebody
// fixed it, and lists what differs from the sheet. Nothing is changed: give the
// edits to TakeBack. It reads the file; texts are compared on the UI goroutine
// by TakeBack's caller.
func (b *Bench) ReadBack(ctx context.Context, path string) (map[int][]string, error) {
	header := 1
	book, err := workbook.Open(ctx, path, workbook.Options{Sheet: "Rows", HeaderRow: &header})
	if err != nil {
		return nil, err
	}
	want := append([]string{"Row"}, roster.Headers()...)
	got := book.Table.Row(0, nil)
	if len(got) < len(want) || strings.Join(got[:len(want)], "\x00") != strings.Join(want, "\x00") {
		return nil, problem.New("This is not an error report made by Rollcall: its sheet “Rows” has other columns. Nothing was changed.", nil)
	}
	rows := make(map[int][]string, book.Table.Len())
	for r := 1; r < book.Table.Len(); r++ {
		number, err := strconv.Atoi(roster.Tidy(book.Table.Cell(r, 0)))
		if err != nil {
			continue // a row that was new in the sheet has no number to find it by
		}
		texts := make([]string, roster.NumColumns)
		for c := range texts {
			texts[c] = book.Table.Cell(r, c+1)
		}
		rows[number] = texts
	}
	if len(rows) == 0 {
		return nil, problem.New("This error report holds no row with a number, so there is nothing to merge. Nothing was changed.", nil)
	}
	return rows, nil
}

// Differences compares what ReadBack read with the sheet.
func (d *Document) Differences(rows map[int][]string) Returned {
	var out Returned
	for r := range d.sheet.All() {
		number := d.sheet.FileRow(r)
		texts, ok := rows[number]
		if number == 0 || !ok {
			continue
		}
		out.Rows++
		delete(rows, number)
		for c, text := range texts {
			have := d.view.Text(r, roster.Column(c))
			if text != have && text != report.Neutral(have) {
				out.Edits = append(out.Edits, CellEdit{Row: r, Col: d.ColumnIndex(roster.Column(c)), Text: text})
			}
		}
	}
	for number := range rows {
		out.Missing = append(out.Missing, number)
	}
	return out
}

// TakeBack makes the edits as one undo step and says in a sentence what it did.
func (d *Document) TakeBack(r Returned) string {
	if len(r.Edits) > 0 {
		d.Edit("merge "+plural(len(r.Edits), "cell", "cells"), r.Edits)
	}
	text := fmt.Sprintf("%s of %s changed.", plural(len(r.Edits), "cell", "cells"), plural(r.Rows, "row", "rows"))
	if n := len(r.Missing); n > 0 {
		text += fmt.Sprintf(" %s of the report are not in this sheet and were left out.", plural(n, "row", "rows"))
	}
	return text
}
