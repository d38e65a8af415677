package fix

import (
	"strconv"

	"rollcall/internal/check"
	"rollcall/internal/roster"
	"rollcall/internal/sheet"
	"rollcall/internal/workbench"
	"rollcall/ui/grid"
)

// model shows a document to the grid.
type model struct {
	doc      *workbench.Document
	revision uint64
	// widths remembers what a person chose, by a column's title.
	widths map[string]float32
}

var (
	_ grid.Editable = (*model)(nil)
	_ grid.Filler   = (*model)(nil)
)

// sourcesWidth is the least width of the last column where it holds source
// usernames, in canvas units: its title. It takes what the others leave.
const sourcesWidth float32 = 144

func (m *model) changed() { m.revision++ }

// Revision is asked for by the grid.
func (m *model) Revision() uint64 { return m.revision }

// Len is asked for by the grid.
func (m *model) Len() (rows, cols int) {
	if m.doc == nil {
		return 0, 0
	}
	return len(m.doc.Rows()), len(m.doc.Columns())
}

// row is the row shown at a place; ok is false for one that has gone.
func (m *model) row(at int) (r sheet.RowID, ok bool) {
	if m.doc == nil {
		return 0, false
	}
	rows := m.doc.Rows()
	if at < 0 || at >= len(rows) {
		return 0, false
	}
	return rows[at], true
}

// Cell is asked for by the grid.
func (m *model) Cell(row, col int) grid.CellView {
	r, ok := m.row(row)
	if !ok || col >= len(m.doc.Columns()) {
		return grid.CellView{}
	}
	v := grid.CellView{Text: m.doc.Text(r, col), Edited: m.doc.Edited(r, col), Tint: tint(m.doc.Worst(r, col))}
	if m.doc.Columns()[col].Column == check.NoColumn {
		v.Role = grid.RoleQuiet
	}
	return v
}

func tint(s check.Severity) grid.Tint {
	switch s {
	case check.Error:
		return grid.TintError
	case check.Warning:
		return grid.TintWarning
	}
	return grid.TintNone
}

// Filled is asked for by the grid.
func (m *model) Filled(row, col int) bool {
	r, ok := m.row(row)
	return ok && m.doc.Text(r, col) != ""
}

// Header is asked for by the grid.
func (m *model) Header(col int) grid.HeaderView {
	columns := m.doc.Columns()
	if col >= len(columns) {
		return grid.HeaderView{}
	}
	c := columns[col]
	v := grid.HeaderView{Title: c.Title}
	if w := m.widths[c.Title]; w > 0 {
		v.Width = w
	} else {
		v.Grows = col == len(columns)-1
		if v.Grows && c.Column == roster.Sources {
			v.Width = sourcesWidth // its long values give way to the keys of users
		}
	}
	if o := m.doc.Order(); o.Sorted && o.Col == col {
		v.Sorting = grid.Ascending
		if o.Descending {
			v.Sorting = grid.Descending
		}
	}
	return v
}

// RowHeader is asked for by the grid.
func (m *model) RowHeader(row int) grid.RowHeaderView {
	r, ok := m.row(row)
	if !ok {
		return grid.RowHeaderView{}
	}
	v := grid.RowHeaderView{Number: number(m.doc, r)}
	switch m.doc.RowWorst(r) {
	case check.Error:
		v.Mark = grid.MarkError
	case check.Warning:
		v.Mark = grid.MarkWarning
	}
	return v
}

// number is the row's number in the file, or a plus for a row that was
// inserted here.
func number(d *workbench.Document, r sheet.RowID) string {
	if n := d.FileRow(r); n > 0 {
		return strconv.Itoa(n)
	}
	return "+"
}

// Editor is asked for by the grid.
func (m *model) Editor(row, col int) grid.Editor {
	columns := m.doc.Columns()
	if col >= len(columns) {
		return grid.Editor{ReadOnly: true}
	}
	switch columns[col].Column {
	case roster.Status, roster.Role:
		return grid.Editor{Kind: grid.Choices, Choices: m.doc.Choices(col)}
	case roster.Groups:
		return grid.Editor{Kind: grid.Tokens, Complete: m.doc.CompleteGroups}
	case roster.Sources:
		return grid.Editor{Kind: grid.Tokens, Complete: m.doc.CompleteSources, Hint: m.doc.SourceHint}
	}
	return grid.Editor{}
}
