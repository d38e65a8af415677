package grid

// Pos is a cell by its row and column, both from 0.
type Pos struct{ Row, Col int }

// Range is a rectangle of cells, all four sides included.
type Range struct{ Top, Left, Bottom, Right int }

// Rows is how many rows the range has.
func (r Range) Rows() int { return r.Bottom - r.Top + 1 }

// Cols is how many columns the range has.
func (r Range) Cols() int { return r.Right - r.Left + 1 }

// Cells is how many cells the range has.
func (r Range) Cells() int { return r.Rows() * r.Cols() }

// Contains tells whether a cell is in the range.
func (r Range) Contains(p Pos) bool {
	return p.Row >= r.Top && p.Row <= r.Bottom && p.Col >= r.Left && p.Col <= r.Right
}

func rangeOf(a, b Pos) Range {
	return Range{
		Top: min(a.Row, b.Row), Bottom: max(a.Row, b.Row),
		Left: min(a.Col, b.Col), Right: max(a.Col, b.Col),
	}
}

// Selection is the active cell and the range around it, as in a spreadsheet:
// the range spans from the anchor to the head, and the active cell is in it.
// Further ranges, selected before with Ctrl, are kept beside it.
type Selection struct {
	Rows, Cols int // how many there are

	others               []Range // the ranges selected before this one
	active, anchor, head Pos
	wholeRows, wholeCols bool // selected by header: the range follows Rows and Cols

	tabCol int // where the run of Tabs began
	inRun  bool
}

// Active is the cell that typing goes to; without cells it is (0,0).
func (s *Selection) Active() Pos { return s.active }

// Range is what is selected: the active cell alone, or more.
func (s *Selection) Range() Range {
	r := rangeOf(s.anchor, s.head)
	if s.wholeRows {
		r.Left, r.Right = 0, max(0, s.Cols-1)
	}
	if s.wholeCols {
		r.Top, r.Bottom = 0, max(0, s.Rows-1)
	}
	return r
}

// WholeRows tells whether rows were selected as rows, by header or Shift+Space.
func (s *Selection) WholeRows() bool { return s.wholeRows }

// WholeCols tells whether columns were selected as columns.
func (s *Selection) WholeCols() bool { return s.wholeCols }

// Resize follows a change of the number of rows and columns.
func (s *Selection) Resize(rows, cols int) {
	if rows != s.Rows || cols != s.Cols {
		s.others = nil // their cells may be others now
	}
	s.Rows, s.Cols = max(0, rows), max(0, cols)
	s.active, s.anchor, s.head = s.clamp(s.active), s.clamp(s.anchor), s.clamp(s.head)
}

func (s *Selection) clamp(p Pos) Pos {
	return Pos{Row: max(0, min(p.Row, s.Rows-1)), Col: max(0, min(p.Col, s.Cols-1))}
}

// MoveTo selects one cell, and nothing else.
func (s *Selection) MoveTo(p Pos) {
	s.others = nil
	s.goTo(p)
}

// goTo makes the range in hand the one cell; the other ranges stay.
func (s *Selection) goTo(p Pos) {
	p = s.clamp(p)
	s.active, s.anchor, s.head = p, p, p
	s.wholeRows, s.wholeCols, s.inRun = false, false, false
}

// ExtendTo moves the far corner of the range; the active cell stays.
func (s *Selection) ExtendTo(p Pos) {
	s.head, s.inRun = s.clamp(p), false
	if !s.wholeRows && !s.wholeCols {
		return
	}
	if s.wholeRows && s.head.Col != s.active.Col || s.wholeCols && s.head.Row != s.active.Row {
		s.wholeRows, s.wholeCols = false, false
	}
}

// Select sets a range with the given active cell in it.
func (s *Selection) Select(r Range, active Pos) {
	s.MoveTo(active)
	s.anchor, s.head = s.clamp(Pos{r.Top, r.Left}), s.clamp(Pos{r.Bottom, r.Right})
}

// Move goes by whole cells from the active one.
func (s *Selection) Move(rows, cols int) {
	s.MoveTo(Pos{s.active.Row + rows, s.active.Col + cols})
}

// Extend moves the far corner by whole cells.
func (s *Selection) Extend(rows, cols int) {
	s.head = s.clamp(Pos{s.head.Row + rows, s.head.Col + cols})
	s.inRun = false
}

// SelectRows makes the range whole rows from a to b; the active cell goes to a.
// Other ranges stay: Only drops them.
func (s *Selection) SelectRows(a, b int) {
	s.goTo(Pos{a, s.active.Col})
	s.head.Row = s.clamp(Pos{b, 0}).Row
	s.wholeRows = true
}

// SelectCols makes the range whole columns from a to b; the active cell goes to
// a. Other ranges stay: Only drops them.
func (s *Selection) SelectCols(a, b int) {
	s.goTo(Pos{s.active.Row, a})
	s.head.Col = s.clamp(Pos{0, b}).Col
	s.wholeCols = true
}

// GrowToRows makes the range its whole rows: Shift+Space.
func (s *Selection) GrowToRows() { s.wholeRows = true }

// GrowToCols makes the range its whole columns: Ctrl+Space.
func (s *Selection) GrowToCols() { s.wholeCols = true }

// SelectAll selects every cell; the active one stays.
func (s *Selection) SelectAll() {
	s.others = nil
	s.anchor, s.head = Pos{0, 0}, s.clamp(Pos{s.Rows - 1, s.Cols - 1})
	s.wholeRows, s.wholeCols, s.inRun = true, true, false
}

// Collapse drops the range and keeps the active cell.
func (s *Selection) Collapse() { s.MoveTo(s.active) }

// Enter goes down (or up, back) as the Enter key does: within a selection of
// several cells round its cells, column by column; else to the next row, in the
// column where a run of Tabs began.
func (s *Selection) Enter(back bool) {
	if s.several() {
		s.cycle(back, false)
		return
	}
	step := 1
	if back {
		step = -1
	}
	col := s.active.Col
	if s.inRun {
		col = s.tabCol
	}
	s.MoveTo(Pos{s.active.Row + step, col})
}

// Tab goes right (or left, back) as the Tab key does: within a selection of
// several cells round its cells, row by row; else to the next cell, remembering
// where the run began.
func (s *Selection) Tab(back bool) {
	if s.several() {
		s.cycle(back, true)
		return
	}
	origin := s.active.Col
	if s.inRun {
		origin = s.tabCol
	}
	next := s.active
	if back {
		next.Col--
	} else {
		next.Col++
	}
	switch {
	case next.Col >= s.Cols && s.active.Row < s.Rows-1:
		next = Pos{s.active.Row + 1, 0}
		origin = 0
	case next.Col < 0 && s.active.Row > 0:
		next = Pos{s.active.Row - 1, s.Cols - 1}
	}
	s.MoveTo(next)
	s.tabCol, s.inRun = min(origin, max(0, s.Cols-1)), true
}

// cycle goes to the next cell of the range in hand, row by row or column by
// column; from its last cell to the first of the next range, and round.
func (s *Selection) cycle(back, byRow bool) {
	next, passed := cycle(s.Range(), s.active, back, byRow)
	if !passed || len(s.others) == 0 {
		s.active = next
		return
	}
	now := s.Range()
	if back {
		last := len(s.others) - 1
		s.take(s.others[last])
		s.others = append([]Range{now}, s.others[:last]...)
		s.active = Pos{s.head.Row, s.head.Col}
		return
	}
	s.take(s.others[0])
	s.others = append(append([]Range(nil), s.others[1:]...), now)
}

// take makes another range the one in hand.
func (s *Selection) take(r Range) {
	s.goTo(Pos{r.Top, r.Left})
	s.head = Pos{r.Bottom, r.Right}
}

// cycle is the next cell of a range, row by row or column by column, starting
// again at the other end; passed says that it did.
func cycle(r Range, p Pos, back, byRow bool) (next Pos, passed bool) {
	major, minor, majors, minors := p.Col-r.Left, p.Row-r.Top, r.Cols(), r.Rows()
	if byRow {
		major, minor, majors, minors = minor, major, minors, majors
	}
	total := majors * minors
	at := major*minors + minor
	if back {
		passed, at = at == 0, (at-1+total)%total
	} else {
		passed, at = at == total-1, (at+1)%total
	}
	major, minor = at/minors, at%minors
	if byRow {
		major, minor = minor, major
	}
	return Pos{Row: r.Top + minor, Col: r.Left + major}, passed
}

// Corner is the far corner that Shift moves.
func (s *Selection) Corner() Pos { return s.head }

// DataEdge is where Ctrl+arrow goes from a cell in the direction of one of the
// steps -1, 0, 1: along filled cells to the last of them, or over empty ones to
// the next filled one, or to the end.
func DataEdge(from Pos, dRow, dCol, rows, cols int, filled func(row, col int) bool) Pos {
	inside := func(p Pos) bool { return p.Row >= 0 && p.Col >= 0 && p.Row < rows && p.Col < cols }
	step := func(p Pos) Pos { return Pos{p.Row + dRow, p.Col + dCol} }
	next := step(from)
	if !inside(next) {
		return from
	}
	at := from
	if filled(from.Row, from.Col) && filled(next.Row, next.Col) {
		for inside(next) && filled(next.Row, next.Col) {
			at, next = next, step(next)
		}
		return at
	}
	for inside(next) {
		at = next
		if filled(at.Row, at.Col) {
			return at
		}
		next = step(next)
	}
	return at
}
