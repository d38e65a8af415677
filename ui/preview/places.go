package preview

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"rollcall/internal/workbench"
	"rollcall/ui/grid"
	"rollcall/ui/look"
	"rollcall/ui/places"
)

// Places names the parts of the screen.
func (s *Screen) Places(p *places.Page) {
	p.Screen("preview")
	p.Mark("preview.back", s.back)
	p.Mark("preview.save", s.save)
	if s.exports {
		p.Mark("preview.export", s.send)
	} else {
		p.Mark("preview.export", s.export)
		p.Mark("preview.import", s.send)
	}
	p.Text("preview.import", s.send.Text())
	p.Mark("preview.note", s.note)
	if s.planned == nil {
		return
	}
	c := s.now.Counts
	p.Number("preview.add", c.Add)
	p.Number("preview.update", c.Update)
	p.Number("preview.unchanged", c.Unchanged)
	p.Number("preview.leftout", c.Blocked+len(s.left))
	p.Text("preview.look", strings.Join(workbench.AttentionLines(s.now.Attention), " "))
	if s.lookBox.Visible() {
		p.Mark("preview.lookonly", s.lookOnly)
	}
	p.Text("preview.moved", s.planned.MovedText())
	if s.movedBox.Visible() {
		p.Mark("preview.movedonly", s.movedOnly)
	}
	if s.warn.Visible() && s.warnBtn.Visible() {
		p.Mark("preview.warn", s.warnBtn)
		if s.warnBtn.Text() == "Import the valid rows, keep the rest" {
			p.Mark("preview.validonly", s.warnBtn)
		}
	}
	for i, k := range s.kinds {
		name := []string{"all", "added", "updated", "unchanged", "leftout", "look", "moved"}[k]
		at, size := s.filters.Segment(i)
		p.Part("preview.filter."+name, s.filters, at, size)
	}
	p.Within(s.page, func() {
		p.Mark("preview.find", s.find)
		s.rows(p)
	})
}

// rows names the rows in sight.
func (s *Screen) rows(p *places.Page) {
	first, end := s.grid.VisibleRows()
	p.Mark("preview.table", s.grid)
	for row := first; row < end; row++ {
		e, ok := s.model.entry(row)
		if !ok {
			return
		}
		name := strconv.Itoa(e.Number)
		at, size := s.grid.CellRect(grid.Pos{Row: row})
		whole := fyne.NewSize(s.grid.Size().Width, size.Height)
		p.Part("preview.row."+name, s.grid, fyne.NewPos(0, at.Y), whole)
		p.Part("preview.tick."+name, s.grid, at, fyne.NewSize(look.RowHeight, size.Height))
		words := strings.Fields(Kind(e.Action) + " " + e.Email() + " " + text(What(e)))
		p.Text("preview.row."+name, strings.Join(words, " "))
	}
}
