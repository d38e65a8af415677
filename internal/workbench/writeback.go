package workbench

import (
	"strings"

	"rollcall/internal/roster"
	"rollcall/internal/sheet"
	"rollcall/internal/workbook"
)

// writeBack turns what was edited into changes of the user's own file. An edit
// of a column that is one column of the file is a change there. An edit of a
// column made of several goes back into them where that is exact (one column
// per source), else into a new column named as the template names it, which
// then holds the text of every row, so that the saved file opens as the sheet
// that was.
type writeBack struct {
	in    *SaveInput
	width int
	out   workbook.Changes
	place map[roster.Column]int // of a new column, behind the file's own
}

func (in *SaveInput) changes() (workbook.Changes, []string) {
	w := &writeBack{in: in, width: len(in.header), place: make(map[roster.Column]int)}
	w.out.Encoding = in.encoding
	made := in.snap.Changes()
	names := w.makeNewColumns(made)
	for _, c := range made.Cells {
		if c.Col < w.width {
			w.cell(c.Row, c.Col, c.Text)
			continue
		}
		if _, apart := w.place[roster.Column(c.Col-w.width)]; apart {
			continue
		}
		writes, _ := in.view.WriteBack(c.Row, roster.Column(c.Col-w.width))
		for _, x := range writes {
			w.cell(c.Row, x.Col, x.Text)
		}
	}
	for _, r := range made.Deleted {
		w.out.Deleted = append(w.out.Deleted, int(r))
	}
	for _, row := range made.Inserted {
		w.inserted(row)
	}
	return w.out, names
}

func (w *writeBack) cell(r sheet.RowID, col int, text string) {
	w.out.Cells = append(w.out.Cells, workbook.CellChange{Row: int(r), Col: col, Text: text})
}

// makeNewColumns makes the columns that edits need which cannot go back
// exactly, and fills them with what the sheet shows.
func (w *writeBack) makeNewColumns(made sheet.Changes) (names []string) {
	rows := make([]sheet.RowID, 0, len(made.Cells)+len(made.Inserted))
	for _, c := range made.Cells {
		if c.Col >= w.width {
			rows = append(rows, c.Row)
		}
	}
	for _, row := range made.Inserted {
		rows = append(rows, row.Row)
	}
	for _, c := range w.in.view.NewColumns(rows) {
		name := w.freeName(c.Header())
		cells := make(map[int]string)
		for r := range w.in.snap.All() {
			if !w.in.snap.Inserted(r) {
				cells[int(r)] = w.in.view.Text(r, c)
			}
		}
		w.place[c] = w.width + len(w.out.NewColumns)
		w.out.NewColumns = append(w.out.NewColumns, workbook.NewColumn{Header: name, Cells: cells})
		names = append(names, name)
	}
	return names
}

func (w *writeBack) freeName(name string) string {
	for _, h := range w.in.header {
		if strings.EqualFold(h, name) {
			return name + " (Rollcall)"
		}
	}
	return name
}

func (w *writeBack) inserted(row sheet.InsertedRow) {
	after := w.in.snap.FirstRow() - 1
	if row.After != sheet.None {
		after = int(row.After)
	}
	cells := make([]string, w.width+len(w.out.NewColumns))
	copy(cells, row.Texts[:min(len(row.Texts), w.width)])
	for _, c := range roster.Columns() {
		if at, apart := w.place[c]; apart {
			cells[at] = w.in.view.Text(row.Row, c)
			continue
		}
		writes, _ := w.in.view.WriteBack(row.Row, c)
		for _, x := range writes {
			cells[x.Col] = x.Text
		}
	}
	w.out.Inserted = append(w.out.Inserted, workbook.Insertion{After: after, Cells: cells})
}
