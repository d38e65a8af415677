package fix

import (
	"fmt"
	"strings"

	"rollcall/internal/check"
	"rollcall/internal/sheet"
	"rollcall/ui/grid"
	"rollcall/ui/places"
)

// Busy says that work is under way that will change the screen.
func (s *Screen) Busy() bool {
	return s.late || s.work.own != "" || s.grid.Busy() || s.find.busy && s.find.content.Visible() || s.foot.waiting() ||
		s.doc != nil && (s.doc.Checking() || s.doc.Dirty() && !s.doc.Autosaved())
}

// Places names the parts of the screen.
func (s *Screen) Places(p *places.Page) {
	p.Screen("fix")
	if s.doc == nil {
		return
	}
	s.cells(p)
	p.Mark("cellbar.entry", s.bar.entry)
	p.Mark("cellbar.use", s.bar.use)
	p.Text("cellbar.where", s.bar.where.Text())
	p.Text("cellbar.value", s.bar.entry.Text)
	if s.bar.reading.content.Visible() {
		p.Mark("cellbar.reading", s.bar.reading.content)
	}
	p.Text("cellbar.message", s.bar.message.text)
	p.Mark("cellbar.said", s.bar.message.content)
	p.Text("cellbar.said", s.bar.message.seen())
	if s.bar.use.Visible() {
		p.Text("cellbar.use", s.bar.use.Text())
	}
	s.find.places(p)
	s.work.places(p)
	s.panel.places(p)
	p.Mark("problems.keys", s.panel.keys)
	p.Text("problems.inhand", s.panel.keys.AccessibilityLabel())
	s.foot.places(p)
}

// cells names the cells in sight, by the file's row and the column's title.
func (s *Screen) cells(p *places.Page) {
	p.Mark("grid", s.grid)
	p.Number("grid.rows", len(s.doc.Rows()))
	names := s.rowNames()
	columns := s.doc.Columns()
	cell := func(at grid.Pos) string { return names(at.Row) + "." + columns[at.Col].Title }
	if rows, _ := s.model.Len(); rows > 0 {
		corners := func(r grid.Range) string {
			return cell(grid.Pos{Row: r.Top, Col: r.Left}) + ":" + cell(grid.Pos{Row: r.Bottom, Col: r.Right})
		}
		p.Text("grid.cursor", cell(s.grid.Active()))
		p.Text("grid.selection", corners(s.grid.Selected()))
		if ranges := s.grid.SelectedRanges(); len(ranges) > 1 {
			names := make([]string, len(ranges))
			for i, r := range ranges {
				names[i] = corners(r)
			}
			p.Text("grid.selections", strings.Join(names, " "))
		}
	}
	first, end := s.grid.VisibleRows()
	if r, ok := s.model.row(first); ok {
		p.Number("grid.top", s.doc.FileRow(r))
	}
	p.Within(s.grid, func() {
		for col := range columns {
			if at, size, seen := s.grid.HeaderRect(col); seen {
				p.Part("grid.header."+columns[col].Title, s.grid, at, size)
			}
		}
		for row := first; row < end; row++ {
			r, ok := s.model.row(row)
			if !ok {
				break
			}
			if at, size, seen := s.grid.RowHeaderRect(row); seen {
				p.Part("grid.row."+names(row), s.grid, at, size)
			}
			for col := range columns {
				name := cell(grid.Pos{Row: row, Col: col})
				at, size, seen := s.grid.VisibleCellRect(grid.Pos{Row: row, Col: col})
				if !seen {
					continue
				}
				p.Part("grid.cell."+name, s.grid, at, size)
				p.Text("grid.cell."+name, s.doc.Text(r, col))
				if found := s.doc.Findings(r, col); len(found) > 0 {
					p.Text("grid.finding."+name, codes(found))
				}
			}
		}
	})
	s.editor(p, cell)
}

// editor names the open editor and its choices.
func (s *Screen) editor(p *places.Page, cell func(grid.Pos) string) {
	e, open := s.grid.EditorParts()
	if !open {
		p.Text("grid.editing", "")
		return
	}
	p.Text("grid.editing", cell(e.Cell))
	p.Text("grid.editor", e.Text)
	p.Text("grid.hint", e.Hint)
	p.Part("grid.editor", s.grid, e.At, e.Size)
	for i, choice := range e.Choices {
		name := fmt.Sprintf("popup.%d", i)
		p.Part(name, s.grid, choice.At, choice.Size)
		p.Text(name, choice.Text)
	}
}

// rowNames names rows by their number in the file; rows inserted here are +1,
// +2 … in their order. Those are counted only when one is asked for: it takes a
// walk through all changes.
func (s *Screen) rowNames() func(row int) string {
	var inserted map[sheet.RowID]int
	return func(row int) string {
		r, ok := s.model.row(row)
		if !ok {
			return ""
		}
		if s.doc.FileRow(r) > 0 {
			return number(s.doc, r)
		}
		if inserted == nil {
			inserted = map[sheet.RowID]int{}
			for i, r := range s.doc.InsertedRows() {
				inserted[r] = i + 1
			}
		}
		return fmt.Sprintf("+%d", inserted[r])
	}
}

func codes(found []check.Finding) string {
	names := make([]string, len(found))
	for i, f := range found {
		names[i] = string(f.Code)
	}
	return strings.Join(names, ",")
}
