package grid

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

const (
	doubleClick = 400 * time.Millisecond
	edgeReach   = 4  // canvas units around a header's edge that resize it
	signReach   = 22 // canvas units at a cell's or header's right end with a sign
	scrollPulse = 40 * time.Millisecond
)

// dragKind is what a press of the button began.
type dragKind uint8

const (
	dragNothing dragKind = iota
	dragCells
	dragRows
	dragCols
	dragWidth
)

// pointer is what the mouse is doing.
type pointer struct {
	drag      dragKind
	from      Pos
	col       int     // whose width is dragged
	width     float64 // of it, at the press
	x         float32 // of the press
	at        fyne.Position
	cursor    desktop.StandardCursor
	lastPress time.Time
	lastCell  Pos
	stop      func() // ends scrolling while dragged outside
}

func (g *Grid) now() time.Time {
	if g.Now != nil {
		return g.Now()
	}
	return time.Now()
}

func (g *Grid) post(f func()) {
	watched := func() { g.watch("posted work", f) }
	if g.Post != nil {
		g.Post(watched)
		return
	}
	fyne.Do(watched)
}

func (g *Grid) after(d time.Duration, f func()) func() {
	watched := func() { g.watch("timer", f) }
	if g.After != nil {
		return g.After(d, watched)
	}
	t := time.AfterFunc(d, func() { fyne.Do(watched) })
	return func() { t.Stop() }
}

// area splits a place on the grid: x and y in the cells' area, and whether it is
// on the header row or on the row numbers.
func (g *Grid) area(p fyne.Position) (x, y float64, onHeader, onNumbers bool) {
	x, y = float64(p.X)-g.rowHeaderWidth, float64(p.Y)-g.headerHeight
	return x, y, y < 0, x < 0
}

// MouseDown selects, or begins to resize a column.
func (g *Grid) MouseDown(e *desktop.MouseEvent) {
	g.watch("mouse down", func() { g.press(e) })
}

func (g *Grid) press(e *desktop.MouseEvent) {
	g.Commit()
	g.leaving = false
	if !g.focused {
		g.Focus()
	}
	x, y, onHeader, onNumbers := g.area(e.Position)
	shift := e.Modifier&fyne.KeyModifierShift != 0
	further := e.Modifier&fyne.KeyModifierShortcutDefault != 0 && !shift && !g.MarkRows
	secondary := e.Button == desktop.MouseButtonSecondary
	switch {
	case onHeader && onNumbers:
		g.SelectAll()
	case onHeader:
		g.pressHeader(e, x, shift, further, secondary)
	case onNumbers:
		g.pressNumbers(y, shift, further, secondary)
	default:
		g.pressCell(x, y, shift, further, secondary)
	}
}

// keepOrDrop keeps what is selected where Ctrl asks for a further range, and
// else drops all but the range in hand.
func (g *Grid) keepOrDrop(further bool) {
	if further {
		g.sel.Keep()
	} else {
		g.sel.Only()
	}
}

func (g *Grid) pressHeader(e *desktop.MouseEvent, x float64, shift, further, secondary bool) {
	if col := g.resizable(x); col >= 0 && !secondary {
		if g.doubled(Pos{-1, col}) {
			g.FitColumn(col)
			return
		}
		g.mouse.drag, g.mouse.col = dragWidth, col
		g.mouse.width, g.mouse.x = g.view.ColWidth(col), e.Position.X
		g.showGuide(col)
		return
	}
	col := g.view.ColAt(x)
	if col < 0 || x+g.view.OffX >= g.view.ContentWidth() {
		return
	}
	onSign := x > g.view.ColLeft(col)+g.view.ColWidth(col)-signReach
	if g.OnHeaderTapped != nil && (secondary || onSign) {
		g.OnHeaderTapped(col, e.AbsolutePosition)
		return
	}
	if g.MarkRows || g.view.Rows == 0 {
		return
	}
	if shift {
		g.sel.SelectCols(g.sel.Active().Col, col)
	} else {
		g.keepOrDrop(further)
		g.sel.SelectCols(col, col)
	}
	g.mouse.drag, g.mouse.from = dragCols, Pos{0, g.sel.Active().Col}
	g.moveCursor()
	g.selected()
}

func (g *Grid) pressNumbers(y float64, shift, further, secondary bool) {
	row := g.view.RowAt(y)
	if row < 0 || y+g.view.OffY >= g.view.ContentHeight() {
		return
	}
	if secondary && g.sel.Contains(Pos{row, g.sel.Active().Col}) && g.sel.WholeRows() {
		return
	}
	if shift {
		g.sel.SelectRows(g.sel.Active().Row, row)
	} else {
		g.keepOrDrop(further)
		g.sel.SelectRows(row, row)
	}
	g.mouse.drag, g.mouse.from = dragRows, Pos{g.sel.Active().Row, 0}
	g.moveCursor()
	g.selected()
}

func (g *Grid) pressCell(x, y float64, shift, further, secondary bool) {
	if !g.view.Inside(x, y) {
		return
	}
	cell := Pos{g.view.RowAt(y), g.view.ColAt(x)}
	if secondary {
		if !g.sel.Contains(cell) {
			g.sel.MoveTo(cell)
			g.reveal(cell)
		}
		return
	}
	if shift {
		g.sel.ExtendTo(cell)
		g.reveal(g.sel.Corner())
		g.mouse.drag = dragCells
		return
	}
	if further {
		g.addRange(cell)
		return
	}
	wasActive := g.sel.Active() == cell && !g.sel.several()
	twice := g.doubled(cell)
	g.sel.MoveTo(cell)
	g.mouse.drag, g.mouse.from = dragCells, cell
	g.reveal(cell)
	right := g.view.ColLeft(cell.Col) + g.view.ColWidth(cell.Col)
	switch {
	case g.pressedInCell(cell, x, y):
		g.mouse.drag = dragNothing
	case wasActive && x > right-signReach && g.editorKind(cell) == Choices:
		g.mouse.drag = dragNothing
		g.openChoices()
	case twice && g.canEdit(cell):
		g.mouse.drag = dragNothing
		g.StartEdit()
	case twice && g.OnActivate != nil:
		g.OnActivate(cell)
	}
}

// addRange begins a further range at a cell, which a drag extends.
func (g *Grid) addRange(cell Pos) {
	g.mouse.drag = dragNothing
	if g.sel.Add(cell) {
		g.mouse.drag, g.mouse.from = dragCells, cell
	}
	g.reveal(g.sel.Active())
}

// pressedInCell presses a cell's own button or check box.
func (g *Grid) pressedInCell(cell Pos, x, y float64) bool {
	c := g.model.Cell(cell.Row, cell.Col)
	left := g.view.ColLeft(cell.Col)
	if c.Check != NoCheck && g.OnCheck != nil && x < left+cellPad+22 {
		g.OnCheck(cell)
		return true
	}
	if c.Button == "" || g.OnCellButton == nil {
		return false
	}
	wide := g.textWidth(c.Button, false) + 18
	if x < left+cellPad || x > left+cellPad+float64(wide) {
		return false
	}
	g.OnCellButton(cell)
	return true
}

// doubled tells whether this press follows one on the same cell soon enough.
func (g *Grid) doubled(cell Pos) bool {
	now := g.now()
	twice := g.mouse.lastCell == cell && now.Sub(g.mouse.lastPress) < doubleClick
	g.mouse.lastCell, g.mouse.lastPress = cell, now
	if twice {
		g.mouse.lastPress = time.Time{}
	}
	return twice
}

// resizable is the column whose edge is under the pointer and can be dragged.
func (g *Grid) resizable(x float64) int {
	col := g.view.EdgeAt(x, edgeReach)
	if col < 0 || g.model.Header(col).Fixed {
		return -1
	}
	return col
}

// MouseUp ends what the press began.
func (g *Grid) MouseUp(*desktop.MouseEvent) { g.watch("mouse up", g.endDrag) }

// TappedSecondary opens the context menu.
func (g *Grid) TappedSecondary(e *fyne.PointEvent) {
	x, y, onHeader, _ := g.area(e.Position)
	if onHeader || g.OnContextMenu == nil || g.view.RowAt(y) < 0 || g.view.ColAt(x) < 0 {
		return
	}
	g.watch("context menu", func() {
		g.OnContextMenu(Pos{g.view.RowAt(y), g.view.ColAt(x)}, e.AbsolutePosition)
	})
}

// Dragged extends the selection, or changes a column's width.
func (g *Grid) Dragged(e *fyne.DragEvent) {
	g.watch("drag", func() { g.drag(e) })
}

func (g *Grid) drag(e *fyne.DragEvent) {
	g.mouse.at = e.Position
	switch g.mouse.drag {
	case dragNothing:
		return
	case dragWidth:
		g.dragWidth(e.Position.X)
		return
	}
	g.extendToPointer()
	if outside := g.beyond(); outside != (fyne.Delta{}) && g.mouse.stop == nil {
		g.mouse.stop = g.after(scrollPulse, g.pulse)
	}
}

// DragEnd ends what the press began.
func (g *Grid) DragEnd() { g.watch("drag end", g.endDrag) }

func (g *Grid) endDrag() {
	if g.mouse.stop != nil {
		g.mouse.stop()
		g.mouse.stop = nil
	}
	if g.mouse.drag == dragWidth {
		g.guide.Hide()
		if width, changed := g.custom[g.mouse.col]; changed && g.OnColumnResized != nil && float64(width) != g.mouse.width {
			g.OnColumnResized(g.mouse.col, width)
		}
	}
	g.mouse.drag = dragNothing
}

func (g *Grid) extendToPointer() {
	x, y, _, _ := g.area(g.mouse.at)
	x, y = min(max(x, 0), g.view.Width-1), min(max(y, 0), g.view.Height-1)
	to := Pos{g.view.RowAt(y), g.view.ColAt(x)}
	if to.Row < 0 || to.Col < 0 {
		return
	}
	before := g.sel.Range()
	switch g.mouse.drag {
	case dragCells:
		g.sel.ExtendTo(to)
	case dragRows:
		g.sel.SelectRows(g.mouse.from.Row, to.Row)
	case dragCols:
		g.sel.SelectCols(g.mouse.from.Col, to.Col)
	}
	if g.sel.Range() != before {
		g.moveCursor()
		g.selected()
	}
}

// beyond is how far the pointer is outside the cells while it drags.
func (g *Grid) beyond() fyne.Delta {
	x, y, _, _ := g.area(g.mouse.at)
	var d fyne.Delta
	if g.mouse.drag != dragRows {
		d.DX = float32(min(x, 0) + max(x-g.view.Width, 0))
	}
	if g.mouse.drag != dragCols {
		d.DY = float32(min(y, 0) + max(y-g.view.Height, 0))
	}
	return d
}

// pulse scrolls while the pointer is held outside: faster the farther it is.
func (g *Grid) pulse() {
	g.mouse.stop = nil
	d := g.beyond()
	if g.mouse.drag == dragNothing || g.mouse.drag == dragWidth || d == (fyne.Delta{}) {
		return
	}
	if g.view.ScrollBy(float64(d.DX), float64(d.DY)) {
		g.scrolled()
	}
	g.extendToPointer()
	g.mouse.stop = g.after(scrollPulse, g.pulse)
}

func (g *Grid) dragWidth(x float32) {
	width := max(24, float32(g.mouse.width)+x-g.mouse.x)
	if g.custom[g.mouse.col] == width {
		return
	}
	g.custom[g.mouse.col] = width
	g.redraw()
	g.showGuide(g.mouse.col)
}

func (g *Grid) showGuide(col int) {
	g.guide.Move(fyne.NewPos(float32(g.rowHeaderWidth+g.view.ColLeft(col)+g.view.ColWidth(col))-1, 0))
	g.guide.Resize(fyne.NewSize(2, g.Size().Height))
	g.guide.Show()
}

// Scrolled scrolls by the wheel; Shift turns it sideways.
func (g *Grid) Scrolled(e *fyne.ScrollEvent) {
	g.watch("scroll", func() { g.wheel(e) })
}

func (g *Grid) wheel(e *fyne.ScrollEvent) {
	dx, dy := float64(-e.Scrolled.DX), float64(-e.Scrolled.DY)
	if dx == 0 && g.mods()&Shift != 0 {
		dx, dy = dy, 0
	}
	if g.view.ScrollBy(dx, dy) {
		g.scrolled()
	}
}

// MouseIn follows the pointer.
func (g *Grid) MouseIn(e *desktop.MouseEvent) { g.MouseMoved(e) }

// MouseMoved shows what a press would do: the resize cursor on header edges,
// the menu arrow on the header below the pointer.
func (g *Grid) MouseMoved(e *desktop.MouseEvent) {
	g.watch("mouse move", func() { g.hover(e) })
}

func (g *Grid) hover(e *desktop.MouseEvent) {
	x, _, onHeader, onNumbers := g.area(e.Position)
	g.mouse.cursor = desktop.DefaultCursor
	menu := -1
	if onHeader && !onNumbers {
		if g.resizable(x) >= 0 {
			g.mouse.cursor = desktop.HResizeCursor
		}
		if g.OnHeaderTapped != nil && x+g.view.OffX < g.view.ContentWidth() {
			menu = g.view.ColAt(x)
		}
	}
	g.showMenuSign(menu)
}

// MouseOut takes the menu arrow away.
func (g *Grid) MouseOut() {
	g.mouse.cursor = desktop.DefaultCursor
	g.watch("mouse out", func() { g.showMenuSign(-1) })
}

func (g *Grid) showMenuSign(col int) {
	if g.menuCol != col && g.drawn {
		g.menuCol = col
		g.header.Refresh()
	}
}

// Cursor is the pointer's shape.
func (g *Grid) Cursor() desktop.Cursor { return g.mouse.cursor }
