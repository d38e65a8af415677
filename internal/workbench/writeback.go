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
	in      *SaveInput
	width   int
	out     workbook.Changes
	newCols [roster.NumColumns]bool
	place   [roster.NumColumns]int // of a new column, behind the file's own
}

func (in *SaveInput) changes() (workbook.Changes, []string) {
	w := &writeBack{in: in, width: len(in.header)}
	made := in.snap.Changes()
	w.findNewColumns(made)
	names := w.makeNewColumns()
	for _, c := range made.Cells {
		switch {
		case c.Col < w.width:
			w.cell(c.Row, c.Col, c.Text)
		case !w.newCols[c.Col-w.width]:
			w.spread(c.Row, c.Text)
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

// findNewColumns finds the columns with an edit that cannot go back exactly.
func (w *writeBack) findNewColumns(made sheet.Changes) {
	look := func(col int, text string) {
		if c := col - w.width; c >= 0 && c < roster.NumColumns && !w.exact(roster.Column(c), text) {
			w.newCols[c] = true
		}
	}
	for _, c := range made.Cells {
		look(c.Col, c.Text)
	}
	for _, row := range made.Inserted {
		for col, text := range row.Texts {
			if text != "" {
				look(col, text)
			}
		}
	}
}

// exact says whether an edited text can be written into the columns that it is
// made of.
func (w *writeBack) exact(c roster.Column, text string) bool {
	m := &w.in.mapping.Columns[c]
	if m.Kind != roster.PerSource {
		return false
	}
	_, ok := perSource(m, text)
	return ok
}

// perSource sorts the identifiers of a text into the columns of their sources.
func perSource(m *roster.Match, text string) (byCol map[int]string, ok bool) {
	byCol = make(map[int]string, len(m.Cols))
	for _, col := range m.Cols {
		byCol[col] = ""
	}
	for _, item := range strings.Split(text, ",") {
		item = roster.Tidy(item)
		if item == "" {
			continue
		}
		source, value, found := strings.Cut(item, ":")
		col := -1
		for i, name := range m.Sources {
			if found && i < len(m.Cols) && strings.EqualFold(name, roster.Tidy(source)) {
				col = m.Cols[i]
			}
		}
		if col < 0 {
			return nil, false
		}
		if byCol[col] != "" {
			byCol[col] += ","
		}
		byCol[col] += roster.Tidy(value)
	}
	return byCol, true
}

func (w *writeBack) spread(r sheet.RowID, text string) {
	m := &w.in.mapping.Columns[roster.Sources]
	byCol, _ := perSource(m, text)
	for _, col := range m.Cols {
		w.cell(r, col, byCol[col])
	}
}

// makeNewColumns fills the new columns with what the sheet shows.
func (w *writeBack) makeNewColumns() (names []string) {
	for c, needed := range w.newCols {
		if !needed {
			continue
		}
		name := w.freeName(roster.Column(c).Header())
		cells := make(map[int]string)
		for r := range w.in.snap.All() {
			if !w.in.snap.Inserted(r) {
				cells[int(r)] = w.in.view.Text(r, roster.Column(c))
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
	for c := range w.newCols {
		text := w.in.view.Text(row.Row, roster.Column(c))
		if w.newCols[c] {
			cells[w.place[c]] = text
			continue
		}
		m := &w.in.mapping.Columns[c]
		if m.Kind == roster.PerSource && len(row.Texts) > w.width+c && row.Texts[w.width+c] != "" {
			byCol, _ := perSource(m, row.Texts[w.width+c])
			for col, value := range byCol {
				cells[col] = value
			}
		}
	}
	w.out.Inserted = append(w.out.Inserted, workbook.Insertion{After: after, Cells: cells})
}
