package importing

import (
	"fmt"
	"strconv"

	"rollcall/ui/grid"
	"rollcall/ui/places"
)

// Places names the parts of the screen.
func (s *Screen) Places(p *places.Page) {
	p.Screen("import")
	p.Mark("import.back", s.back)
	p.Mark("import.done", s.done)
	s.history(p)
	if s.imp == nil {
		return
	}
	if s.running.Visible() {
		p.Mark("import.pause", s.pause)
		p.Mark("import.stop", s.stop)
	}
	if s.after.Visible() {
		p.Mark("import.fix", s.fix)
		p.Mark("import.report", s.report)
		p.Mark("import.saverows", s.saveRows)
		p.Mark("import.undo", s.undo)
	}
	p.Text("import.title", s.title.Text())
	p.Text("import.progress", fmt.Sprintf("%d/%d", s.state.Done, s.state.Total))
	p.Text("import.state", s.stateWord())
	p.Text("import.rate", s.rateText())
	if s.trouble.Visible() {
		p.Text("import.trouble", s.trouble.Text())
	}
	c := s.state.Counts
	p.Number("import.added", c.Added)
	p.Number("import.updated", c.Updated)
	p.Number("import.unchanged", c.Unchanged)
	p.Number("import.refused", c.Refused)
	p.Number("import.failed", c.Failed)
	p.Number("import.nottried", c.NotTried)
	if !s.tableBox.Visible() {
		return
	}
	first, end := s.table.VisibleRows()
	for i, o := range s.rows {
		number := strconv.Itoa(o.Number)
		p.Text("import.said."+number, o.Message)
		if s.sheet && i >= first && i < end {
			at, size := s.table.CellRect(grid.Pos{Row: i, Col: 4})
			p.Part("import.show."+number, s.table, at, size)
		}
	}
}

func (s *Screen) stateWord() string {
	switch {
	case !s.ended && s.state.Paused:
		return "paused"
	case !s.ended:
		return "running"
	case s.state.Summary.Stopped:
		return "stopped"
	}
	return "done"
}

func (s *Screen) history(p *places.Page) {
	p.Number("import.history", len(s.past.rows))
	p.Text("import.heading", s.heading.Text())
	if len(s.past.rows) == 0 {
		return
	}
	first, end := s.pastGrid.VisibleRows()
	for i := first; i < end && i < len(s.past.rows); i++ {
		name := fmt.Sprintf("import.history.%d", i)
		p.Text(name, s.past.rows[i].Result)
		at, size := s.pastGrid.CellRect(grid.Pos{Row: i, Col: reportCol})
		p.Part(name+".report", s.pastGrid, at, size)
		if s.past.action(&s.past.rows[i]) != "" {
			at, size = s.pastGrid.CellRect(grid.Pos{Row: i, Col: undoCol})
			p.Part(name+".undo", s.pastGrid, at, size)
		}
	}
}
