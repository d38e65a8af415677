package sheet

import "iter"

// Changes is everything in which a sheet differs from its file, in row order:
// what Save needs.
type Changes struct {
	// Cells are the edited cells of the file's rows that are there.
	Cells []CellText
	// Deleted are rows of the file.
	Deleted []RowID
	// Inserted are rows that the file does not have.
	Inserted []InsertedRow
}

// CellText is a cell and its text.
type CellText struct {
	Row  RowID
	Col  int
	Text string
}

// InsertedRow is a row that the file does not have. It stands behind the row
// After of the file, which may be a deleted one, or above the first row for
// None; several behind the same row come in their order.
type InsertedRow struct {
	Row   RowID
	After RowID
	Texts []string // by column, up to the last one with a text
}

// Changes lists what differs from the file.
func (t *table) Changes() Changes {
	var ch Changes
	for c := range t.EditedTexts() {
		if !t.Inserted(c.Row) {
			ch.Cells = append(ch.Cells, c)
		}
	}
	for i, p := range t.pages {
		if p == nil || p.gone == (bits256{}) {
			continue
		}
		for k := range pageRows {
			if r := RowID(i*pageRows + k); p.gone.has(k) && !t.Inserted(r) {
				ch.Deleted = append(ch.Deleted, r)
			}
		}
	}
	if len(t.anchors) == 0 {
		return ch
	}
	for r := range t.All() {
		if n := int(r) - t.base.Len(); n >= 0 {
			ch.Inserted = append(ch.Inserted, InsertedRow{Row: r, After: t.anchors[n], Texts: t.texts(r)})
		}
	}
	return ch
}

// EditedTexts runs through the edited cells of the rows that are there, rows by
// number, and in a row by column.
func (t *table) EditedTexts() iter.Seq[CellText] {
	return func(yield func(CellText) bool) {
		for i, p := range t.pages {
			if p == nil {
				continue
			}
			for _, c := range p.cells {
				k := int(c.key >> 24)
				if p.gone.has(k) {
					continue
				}
				if !yield(CellText{Row: RowID(i*pageRows + k), Col: column(c), Text: c.text}) {
					return
				}
			}
		}
	}
}

func (t *table) texts(r RowID) []string {
	p := t.page(r)
	if p == nil {
		return nil
	}
	var texts []string
	for _, c := range p.row(r) {
		for len(texts) < column(c) {
			texts = append(texts, "")
		}
		texts = append(texts, c.text)
	}
	return texts
}
