package grid

import "fyne.io/fyne/v2"

// EditorParts is where the open editor and its drop-down lie, relative to the
// grid.
type EditorParts struct {
	Cell    Pos
	Text    string // as it stands
	At      fyne.Position
	Size    fyne.Size
	Choices []EditorChoice // in sight, from top to bottom
	Hint    string         // the line below: a verdict or a hint; "" for none
}

// EditorChoice is one value of the editor's drop-down.
type EditorChoice struct {
	Text   string
	Chosen bool // Enter would take it
	At     fyne.Position
	Size   fyne.Size
}

// EditorParts tells where the open editor lies; on is false when nothing is
// edited. An editor that is scrolled out of sight has no size.
func (g *Grid) EditorParts() (parts EditorParts, on bool) {
	e := &g.edit
	if !e.on || !g.drawn {
		return EditorParts{}, false
	}
	parts = EditorParts{Cell: e.cell, Text: e.entry.Text}
	at := e.box.Position().AddXY(float32(g.rowHeaderWidth), float32(g.headerHeight))
	parts.At, parts.Size, _ = g.inBody(at, e.box.Size())
	if e.list.Visible() {
		parts.Choices = e.list.parts()
	}
	if e.hint.Visible() {
		parts.Hint = e.hint.message
	}
	return parts, true
}

func (l *choiceList) parts() []EditorChoice {
	var choices []EditorChoice
	for at := l.first; at < min(l.first+listRows, len(l.items)); at++ {
		choices = append(choices, EditorChoice{
			Text: l.items[at], Chosen: at == l.at,
			At:   l.Position().AddXY(0, listPad+float32(at-l.first)*listHeight),
			Size: fyne.NewSize(l.Size().Width, listHeight),
		})
	}
	return choices
}

// HeaderRect is where a column's header lies, relative to the grid, as far as it
// is in sight.
func (g *Grid) HeaderRect(col int) (at fyne.Position, size fyne.Size, seen bool) {
	cell, whole := g.CellRect(Pos{Col: col})
	left, right := max(cell.X, float32(g.rowHeaderWidth)), min(cell.X+whole.Width, g.Size().Width)
	return fyne.NewPos(left, 0), fyne.NewSize(max(0, right-left), float32(g.headerHeight)), right-left > 1
}

// RowHeaderRect is where a row's number lies, relative to the grid, as far as it
// is in sight.
func (g *Grid) RowHeaderRect(row int) (at fyne.Position, size fyne.Size, seen bool) {
	cell, whole := g.CellRect(Pos{Row: row})
	top, bottom := max(cell.Y, float32(g.headerHeight)), min(cell.Y+whole.Height, g.Size().Height)
	return fyne.NewPos(0, top), fyne.NewSize(float32(g.rowHeaderWidth), max(0, bottom-top)),
		bottom-top > 1 && g.rowHeaderWidth > 0
}

// VisibleCellRect is what of CellRect is in sight: not under the header, the row
// numbers or a scroll bar.
func (g *Grid) VisibleCellRect(cell Pos) (at fyne.Position, size fyne.Size, seen bool) {
	return g.inBody(g.CellRect(cell))
}

// inBody cuts a rectangle to the cells' area without its scroll bars.
func (g *Grid) inBody(at fyne.Position, size fyne.Size) (fyne.Position, fyne.Size, bool) {
	x0, y0 := float32(g.rowHeaderWidth), float32(g.headerHeight)
	x1, y1 := x0+float32(g.view.Width-g.view.PadX), y0+float32(g.view.Height-g.view.PadY)
	left, top := max(at.X, x0), max(at.Y, y0)
	right, bottom := min(at.X+size.Width, x1), min(at.Y+size.Height, y1)
	if right-left <= 1 || bottom-top <= 1 {
		return fyne.Position{}, fyne.Size{}, false
	}
	return fyne.NewPos(left, top), fyne.NewSize(right-left, bottom-top), true
}
