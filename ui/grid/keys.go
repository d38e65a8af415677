package grid

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// AcceptsTab keeps the Tab key in the grid, except right after Escape and in a
// table that is read by rows.
func (g *Grid) AcceptsTab() bool { return !g.leaving && !g.MarkRows }

// FocusGained shows that keys come here.
func (g *Grid) FocusGained() {
	g.focused, g.leaving = true, false
	g.showFocus()
}

// FocusLost shows that keys go elsewhere.
func (g *Grid) FocusLost() {
	g.focused, g.leaving = false, false
	g.showFocus()
}

func (g *Grid) showFocus() {
	g.styleFocus()
	if g.MarkRows {
		g.moveCursor()
	}
}

func (g *Grid) mods() Mods {
	var m fyne.KeyModifier
	if g.Mods != nil {
		m = g.Mods()
	} else if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		m = d.CurrentKeyModifiers()
	}
	return modsOf(m)
}

func modsOf(m fyne.KeyModifier) Mods {
	var mods Mods
	if m&fyne.KeyModifierShift != 0 {
		mods |= Shift
	}
	if m&fyne.KeyModifierShortcutDefault != 0 {
		mods |= Ctrl
	}
	if m&fyne.KeyModifierAlt != 0 {
		mods |= Alt
	}
	return mods
}

// TypedKey does what a key asks for. Keys with Ctrl come as shortcuts instead.
func (g *Grid) TypedKey(e *fyne.KeyEvent) {
	g.watch("key "+string(e.Name), func() { g.Do(KeystrokeFor(string(e.Name), g.mods()&Shift)) })
}

// TypedRune begins to replace the active cell's text.
func (g *Grid) TypedRune(r rune) {
	g.watch("letter", func() { g.typedRune(r) })
}

func (g *Grid) typedRune(r rune) {
	if r == ' ' {
		if g.mods()&Shift != 0 {
			return
		}
		if g.toggleCheck() {
			return
		}
	}
	g.leaving = false
	g.startEdit(string(r), true, true)
}

func (g *Grid) toggleCheck() bool {
	if !g.hasActive() {
		return false
	}
	at := g.sel.Active()
	if g.MarkRows && g.OnCheck != nil {
		for col := range g.view.Cols() {
			if g.model.Cell(at.Row, col).Check != NoCheck {
				g.OnCheck(Pos{at.Row, col})
				return true
			}
		}
	}
	if g.model.Cell(at.Row, at.Col).Check == NoCheck || g.OnCheck == nil {
		return false
	}
	g.OnCheck(at)
	return true
}

// TypedShortcut does what a key with Ctrl or Alt asks for.
func (g *Grid) TypedShortcut(s fyne.Shortcut) {
	g.watch("shortcut "+s.ShortcutName(), func() { g.typedShortcut(s) })
}

func (g *Grid) typedShortcut(s fyne.Shortcut) {
	switch s := s.(type) {
	case *fyne.ShortcutCopy:
		g.Copy()
	case *fyne.ShortcutCut:
		g.Cut()
	case *fyne.ShortcutPaste:
		g.Paste()
	case *fyne.ShortcutSelectAll:
		g.SelectAll()
	case *fyne.ShortcutUndo:
		call(g.OnUndo)
	case *fyne.ShortcutRedo:
		call(g.OnRedo)
	case *desktop.CustomShortcut:
		g.customShortcut(s)
	default:
		if g.OnShortcut != nil {
			g.OnShortcut(s)
		}
	}
}

func (g *Grid) customShortcut(s *desktop.CustomShortcut) {
	mods := modsOf(s.Modifier)
	if mods == Ctrl|Shift && s.KeyName == fyne.KeyZ {
		call(g.OnRedo)
		return
	}
	stroke := KeystrokeFor(string(s.KeyName), mods)
	if stroke.Command == None {
		if g.OnShortcut != nil {
			g.OnShortcut(s)
		}
		return
	}
	g.Do(stroke)
}

func call(f func()) {
	if f != nil {
		f()
	}
}

func (g *Grid) hasActive() bool { return g.view.Rows > 0 && g.view.Cols() > 0 }

// Do carries out a keystroke's command: a host's menu can use it, too.
func (g *Grid) Do(k Keystroke) {
	if k.Command == None {
		return
	}
	wasLeaving := g.leaving
	g.leaving = false
	g.Commit()
	switch k.Command {
	case Up, Down, Left, Right, EdgeUp, EdgeDown, EdgeLeft, EdgeRight,
		RowStart, RowEnd, SheetStart, SheetEnd, PageUp, PageDown:
		g.travel(k)
	case EnterKey:
		g.enterKey(k.Shifted)
	case TabKey:
		if wasLeaving {
			g.leave(k.Shifted)
			return
		}
		g.sel.Tab(k.Shifted)
		g.reveal(g.sel.Active())
	case Escape:
		g.leaving = true
		if g.sel.several() {
			g.sel.Collapse()
			g.reveal(g.sel.Active())
			return
		}
		call(g.OnEscape)
	case Leave:
		g.leave(k.Shifted || g.mods()&Shift != 0)
	case NextProblem:
		call(g.OnNextProblem)
	case PreviousProblem:
		call(g.OnPreviousProblem)
	case OpenMenu:
		g.openMenu()
	default:
		g.change(k)
	}
}

// change carries out the commands that edit, select as a whole or insert.
func (g *Grid) change(k Keystroke) {
	switch k.Command {
	case StartEdit:
		g.StartEdit()
	case OpenChoices:
		g.openChoices()
	case ClearCells:
		g.Clear()
	case ClearAndEdit:
		g.startEdit("", true, true)
	case FillDown:
		g.FillDown()
	case SelectEverything:
		g.SelectAll()
	case SelectRow:
		g.sel.GrowToRows()
		g.reveal(g.sel.Active())
	case SelectColumn:
		g.sel.GrowToCols()
		g.reveal(g.sel.Active())
	case InsertRows:
		g.InsertRows()
	case DeleteRows:
		g.DeleteRows()
	}
}

func (g *Grid) enterKey(back bool) {
	if !back && !g.sel.several() && g.canEdit(g.sel.Active()) {
		g.StartEdit()
		return
	}
	if !back && g.OnActivate != nil && g.hasActive() && !g.canEdit(g.sel.Active()) {
		g.OnActivate(g.sel.Active())
		return
	}
	g.sel.Enter(back)
	g.reveal(g.sel.Active())
}

// SelectAll selects every cell.
func (g *Grid) SelectAll() {
	g.Commit()
	g.sel.SelectAll()
	g.moveCursor()
	g.selected()
}

// travel moves the active cell, or with Shift the far corner of the range.
func (g *Grid) travel(k Keystroke) {
	if !g.hasActive() {
		return
	}
	from := g.sel.Active()
	if k.Shifted {
		from = g.sel.Corner()
	}
	to := g.destination(k.Command, from)
	if k.Shifted {
		g.sel.Extend(to.Row-from.Row, to.Col-from.Col)
		g.reveal(g.sel.Corner())
		return
	}
	g.sel.MoveTo(to)
	g.reveal(g.sel.Active())
}

func (g *Grid) destination(c Command, p Pos) Pos {
	rows, cols := g.view.Rows, g.view.Cols()
	switch c {
	case Up:
		p.Row--
	case Down:
		p.Row++
	case Left:
		p.Col--
	case Right:
		p.Col++
	case RowStart:
		p.Col = 0
	case RowEnd:
		p.Col = cols - 1
	case SheetStart:
		p = Pos{}
	case SheetEnd:
		p = Pos{rows - 1, cols - 1}
	case PageUp:
		p.Row -= g.view.PageRows()
	case PageDown:
		p.Row += g.view.PageRows()
	case EdgeUp:
		return DataEdge(p, -1, 0, rows, cols, g.filled)
	case EdgeDown:
		return DataEdge(p, 1, 0, rows, cols, g.filled)
	case EdgeLeft:
		return DataEdge(p, 0, -1, rows, cols, g.filled)
	case EdgeRight:
		return DataEdge(p, 0, 1, rows, cols, g.filled)
	}
	return g.sel.clamp(p)
}

func (g *Grid) filled(row, col int) bool {
	if f, ok := g.model.(Filler); ok {
		return f.Filled(row, col)
	}
	return g.model.Cell(row, col).Text != ""
}

// leave gives the keyboard to the next object on the canvas, or the one before.
func (g *Grid) leave(back bool) {
	c := fyne.CurrentApp().Driver().CanvasForObject(g)
	if c == nil {
		return
	}
	if back {
		c.FocusPrevious()
	} else {
		c.FocusNext()
	}
}

func (g *Grid) openMenu() {
	if g.OnContextMenu == nil || !g.hasActive() {
		return
	}
	cell := g.sel.Active()
	at, size := g.CellRect(cell)
	origin := fyne.CurrentApp().Driver().AbsolutePositionForObject(g)
	g.OnContextMenu(cell, origin.Add(at).AddXY(size.Width/4, size.Height))
}

// InsertRows wants as many rows as are selected, before the first of them.
func (g *Grid) InsertRows() {
	g.Commit()
	r := g.sel.Range()
	if g.OnInsertRows == nil || g.ReadOnly {
		return
	}
	if g.sel.Several() {
		g.notice("Rows are inserted in one place at a time. Select the rows before which they shall come.")
		return
	}
	if g.view.Rows == 0 {
		g.OnInsertRows(0, 1)
		return
	}
	if r.Rows() == g.view.Rows && r.Rows() > 1 {
		g.notice("Select fewer rows to insert that many.")
		return
	}
	g.OnInsertRows(r.Top, r.Rows())
}

// DeleteRows wants the rows of all selected ranges to go.
func (g *Grid) DeleteRows() {
	g.Commit()
	if g.OnDeleteRows == nil || g.ReadOnly || !g.hasActive() {
		return
	}
	var rows []Range
	for _, r := range g.sel.Ranges() {
		rows = append(rows, Range{r.Top, 0, r.Bottom, max(0, g.view.Cols()-1)})
	}
	g.OnDeleteRows(Disjoint(rows))
}
