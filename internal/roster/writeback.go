package roster

import (
	"strings"

	"rollcall/internal/sheet"
)

// Write is a text for a cell in one of the file's own columns.
type Write struct {
	Col  int
	Text string
}

// WriteBack says how the edit of a derived cell goes into the file's own
// columns. ok is false where that cannot be done exactly (a joined name, a
// fixed value): then the column needs one of its own in the file, named by the
// template's header. A cell without such an edit needs nothing.
func (v View) WriteBack(r sheet.RowID, c Column) (writes []Write, ok bool) {
	virtual := v.width + int(c)
	if v.Target(c) != virtual || !v.rd.Edited(r, virtual) {
		return nil, true
	}
	m := &v.m.Columns[c]
	text := v.rd.Text(r, virtual)
	var cells []string
	switch m.Kind {
	case PerSource:
		cells, ok = sourceCells(m, text)
	case Several:
		cells, ok = severalCells(m, text)
	}
	if !ok {
		return nil, false
	}
	for i, col := range m.Cols {
		writes = append(writes, Write{col, cells[i]})
	}
	return writes, true
}

// NewColumns lists the columns that need one of their own in the file when the
// rows are saved, because an edit cannot be written into the file's.
func (v View) NewColumns(rows []sheet.RowID) (columns []Column) {
	for _, c := range Columns() {
		if v.Target(c) < v.width {
			continue
		}
		for _, r := range rows {
			if _, ok := v.WriteBack(r, c); !ok {
				columns = append(columns, c)
				break
			}
		}
	}
	return columns
}

// sourceCells gives each identifier to the column of its source.
func sourceCells(m *Match, text string) (cells []string, ok bool) {
	cells = make([]string, len(m.Cols))
	for _, t := range SplitSources(text, nil) {
		if t.Text == "" {
			continue
		}
		at, value := -1, t.Value
		for i, source := range m.Sources {
			if source != "" && strings.EqualFold(source, t.Source) {
				at = i
				break
			}
		}
		if at < 0 {
			// The column of the list takes what no other does.
			for i, source := range m.Sources {
				if source == "" {
					at, value = i, t.Text
				}
			}
		}
		if at < 0 || value == "" {
			return nil, false
		}
		if cells[at] != "" {
			cells[at] += ","
		}
		cells[at] += value
	}
	return cells, true
}

// severalCells gives each group a column; it can be done only where joining
// them again gives the same text.
func severalCells(m *Match, text string) (cells []string, ok bool) {
	cells = make([]string, len(m.Cols))
	if Blank(text) {
		return cells, text == ""
	}
	parts := strings.Split(text, ",")
	if len(parts) > len(cells) {
		return nil, false
	}
	for i, p := range parts {
		if Blank(p) {
			return nil, false
		}
		cells[i] = p
	}
	return cells, true
}
