package workbook

import "rollcall/internal/cells"

// lateCell is a cell of a row that the sheet states after a later one.
type lateCell struct {
	col  int
	text string
}

// keepLate keeps a row that the sheet states after a later one.
func (r *sheetReader) keepLate() error {
	if r.late == nil {
		r.late = map[int][]lateCell{}
	}
	if r.lateCells += len(r.spans); r.lateCells > maxLate {
		return errTooMuch
	}
	if r.lateBytes += len(r.text); r.lateBytes > maxLateText {
		return errTooMuch
	}
	for _, s := range r.spans {
		r.late[r.row] = append(r.late[r.row], lateCell{s.col, string(r.text[s.from:s.to])})
	}
	return nil
}

// merge puts late rows where their numbers say.
func (r *sheetReader) merge(t *cells.Table) *cells.Table {
	last := t.Len()
	for row := range r.late {
		last = max(last, row)
	}
	var b cells.Builder
	var cellsOf []string
	for row := range last {
		cellsOf = t.Row(row, cellsOf[:0])
		late := r.late[row+1]
		if late != nil {
			r.facts.odd(row+1, "This row is not in its order in the file, or is stated in parts. It was read where its number says.")
		}
		for _, c := range late {
			for len(cellsOf) <= c.col {
				cellsOf = append(cellsOf, "")
			}
			cellsOf[c.col] = c.text
		}
		b.AppendRow(cellsOf)
	}
	return b.Table()
}
