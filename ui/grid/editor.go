package grid

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

// editing is the one editor that lies over the active cell while it is edited.
type editing struct {
	grid *Grid
	on   bool
	cell Pos
	// original is the text before; typed tells that editing began by typing,
	// when the arrow keys end it and move on.
	original string
	typed    bool
	setting  bool // the text is being set by the grid, not typed
	editor   Editor
	verdict  Verdict
	token    Token

	entry  *cellEntry
	box    *container.Clip // shows what of the entry lies over the cell
	ground *canvas.Rectangle
	frame  *canvas.Rectangle
	list   *choiceList
	hint   *hintBox
}

func (e *editing) build(g *Grid) {
	e.grid = g
	e.entry = newCellEntry(e)
	e.box = container.NewClip(container.NewWithoutLayout(e.entry))
	e.box.ExtendBaseWidget(e.box)
	e.ground = &canvas.Rectangle{}
	e.frame = &canvas.Rectangle{StrokeWidth: 2}
	e.list, e.hint = newChoiceList(e), newHintBox(e)
	for _, o := range []fyne.CanvasObject{e.box, e.ground, e.frame, e.list, e.hint} {
		o.Hide()
	}
}

// inCell are the objects that are clipped to the cells' area.
func (e *editing) inCell() []fyne.CanvasObject {
	if e.entry == nil {
		return nil
	}
	return []fyne.CanvasObject{e.ground, e.box, e.frame}
}

// floating are the objects that may lie over anything in the grid.
func (e *editing) floating() []fyne.CanvasObject { return []fyne.CanvasObject{e.hint, e.list} }

func (e *editing) restyle() {
	if e.entry == nil {
		return
	}
	e.ground.FillColor = e.grid.painter.colors.surface
	e.entry.Refresh()
	e.judge()
	e.place()
}

// Editing is the cell that is being edited, and the text as it stands.
func (g *Grid) Editing() (cell Pos, text string, on bool) {
	if !g.edit.on {
		return Pos{}, "", false
	}
	return g.edit.cell, g.edit.entry.Text, true
}

// StartEdit opens the editor on the active cell with its text.
func (g *Grid) StartEdit() {
	if g.hasActive() {
		g.startEdit("", false, false)
	}
}

// canEdit tells whether a cell can be edited.
func (g *Grid) canEdit(cell Pos) bool {
	ed, ok := g.model.(Editable)
	return ok && !g.ReadOnly && !ed.Editor(cell.Row, cell.Col).ReadOnly
}

func (g *Grid) editorKind(cell Pos) EditorKind {
	ed, ok := g.model.(Editable)
	if !ok || g.ReadOnly || cell.Row >= g.view.Rows || cell.Col >= g.view.Cols() {
		return PlainText
	}
	e := ed.Editor(cell.Row, cell.Col)
	if e.ReadOnly {
		return PlainText
	}
	return e.Kind
}

// startEdit opens the editor; with replace, on the given text instead of the
// cell's.
func (g *Grid) startEdit(text string, replace, typed bool) {
	cell := g.sel.Active()
	if !g.drawn || g.edit.on || !g.hasActive() || !g.canEdit(cell) {
		return
	}
	e := &g.edit
	e.editor = g.model.(Editable).Editor(cell.Row, cell.Col)
	e.original = e.editor.Text
	if e.original == "" {
		e.original = g.model.Cell(cell.Row, cell.Col).Text
	}
	if !replace {
		text = e.original
	}
	if g.view.EnsureVisible(cell.Row, cell.Col) {
		g.scrolled()
	}
	e.cell, e.typed, e.on = cell, typed, true
	e.begin(text)
	g.moveCursor()
	e.takeKeyboard()
	g.styleFocus()
	e.changed(text, replace && text != "")
}

// takeKeyboard focuses the editor. Fyne looks for it among what has a renderer
// only, and drops the renderers of what was hidden for a minute; asking for the
// sizes makes them again.
func (e *editing) takeKeyboard() {
	g := e.grid
	g.cellClip.BaseWidget.MinSize()
	e.box.BaseWidget.MinSize()
	e.entry.MinSize()
	if c := fyne.CurrentApp().Driver().CanvasForObject(g); c != nil {
		c.Focus(e.entry)
	}
}

// begin puts a text into the editor, with the caret behind it.
func (e *editing) begin(text string) {
	e.setting = true
	e.entry.MultiLine = hasLines(text) || hasLines(e.original)
	e.entry.SetText(text)
	// What was selected when the editor was last closed is not any more.
	e.entry.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	e.setting = false
	e.caretTo(len([]rune(text)))
	e.ground.Show()
	e.box.Show()
	e.frame.Show()
}

func hasLines(text string) bool {
	for i := range len(text) {
		if text[i] == '\n' || text[i] == '\r' {
			return true
		}
	}
	return false
}

func (e *editing) caretTo(at int) {
	row, col := 0, 0
	for i, r := range []rune(e.entry.Text) {
		if i == at {
			break
		}
		col++
		if r == '\n' && e.entry.MultiLine {
			row, col = row+1, 0
		}
	}
	e.entry.CursorRow, e.entry.CursorColumn = row, col
	e.entry.Refresh()
}

// caret is how many letters stand before the caret.
func (e *editing) caret() int { return e.entry.CursorTextOffset() }

// Commit ends editing and keeps the text; it does nothing when nothing is
// edited. A host calls it before any command of its own.
func (g *Grid) Commit() { g.endEdit(true) }

// CancelEdit ends editing and forgets the text: before a host writes another
// text into the cell itself, so that this is one step for undo.
func (g *Grid) CancelEdit() { g.endEdit(false) }

func (g *Grid) endEdit(keep bool) {
	e := &g.edit
	if !e.on {
		return
	}
	e.on = false
	text := e.entry.Text
	for _, o := range []fyne.CanvasObject{e.box, e.ground, e.frame, e.list, e.hint} {
		o.Hide()
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(g); c != nil && c.Focused() == fyne.Focusable(e.entry) {
		c.Focus(g)
	}
	keep = keep && text != e.original
	if keep {
		g.apply([]Change{{Row: e.cell.Row, Col: e.cell.Col, Text: text}}, Edit)
	}
	if g.OnEditEnded != nil {
		g.OnEditEnded(e.cell, keep)
	}
	g.moveCursor()
	g.styleFocus()
}

// commitAnd ends editing and goes on as the key says.
func (g *Grid) commitAnd(move func()) {
	g.Commit()
	move()
	g.reveal(g.sel.Active())
}

// changed follows each keystroke: the host's verdict, the hint, the list.
func (e *editing) changed(text string, complete bool) {
	if !e.on || e.setting {
		return
	}
	g := e.grid
	e.verdict = Verdict{}
	if g.OnEditing != nil {
		e.verdict = g.OnEditing(e.cell, text)
	}
	e.judge()
	if complete {
		e.offer(text)
	} else if e.list.Visible() {
		e.offer(text)
	}
	e.place()
}

// judge shows the verdict: the frame's colour and the line below.
func (e *editing) judge() {
	p := &e.grid.painter.colors
	e.frame.StrokeColor = p.primary
	role := RoleQuiet
	switch e.verdict.State {
	case TintError:
		e.frame.StrokeColor, role = p.errorEdge, RoleError
	case TintWarning:
		e.frame.StrokeColor, role = p.warningEdge, RoleWarning
	case TintGood:
		role = RoleGood
	}
	e.frame.Refresh()
	message := e.verdict.Message
	if hint := e.hinted(); hint != "" {
		message, role = hint, RoleQuiet
	}
	e.hint.set(message, role, e.verdict.Suggestion)
}

// hinted is the hint for what is being typed, in front of the verdict: what is
// not there yet is not wrong.
func (e *editing) hinted() string {
	if e.editor.Hint == nil || !e.on {
		return ""
	}
	return e.editor.Hint(TokenAt(e.entry.Text, e.caret()).Text)
}

// place puts the editor over its cell, grown to the right for a long text, and
// the list and the hint below or above it.
func (e *editing) place() {
	g := e.grid
	if !e.on || !g.drawn {
		return
	}
	cell := Range{e.cell.Row, e.cell.Col, e.cell.Row, e.cell.Col}
	at, size := g.rangeRect(cell)
	wanted := g.textWidth(shortOf(e.entry.Text), false) + 30
	size.Width = max(size.Width, min(wanted, float32(g.view.Width)-at.X-4))
	if e.entry.MultiLine {
		size.Height = min(max(size.Height, 4*size.Height), float32(g.view.Height))
		at.Y = max(0, min(at.Y, float32(g.view.Height)-size.Height))
	}
	e.ground.Move(at)
	e.ground.Resize(size)
	e.frame.Move(at)
	e.frame.Resize(size)
	e.placeEntry(at, size)
	e.float(at.AddXY(float32(g.rowHeaderWidth), float32(g.headerHeight)), size)
}

// placeEntry lays the text field over the cell, its border under the frame or
// outside, where the box cuts it off: an Entry is higher than a row. (A theme of
// its own for the entry would have Fyne load all fonts again.)
func (e *editing) placeEntry(at fyne.Position, size fyne.Size) {
	e.box.Move(at)
	e.box.Resize(size)
	height := max(e.entry.MinSize().Height, size.Height+4)
	if e.entry.MultiLine {
		height = size.Height
	}
	e.entry.Resize(fyne.NewSize(size.Width, height))
	e.entry.Move(fyne.NewPos(1, (size.Height-height)/2+1))
}

// shortOf is the first line, cut to what is worth measuring.
func shortOf(text string) string {
	line, _ := shown(text)
	return line
}

// float places list and hint under the editor, or over it near the lower edge.
func (e *editing) float(at fyne.Position, size fyne.Size) {
	g := e.grid
	bottom := g.Size().Height
	y := at.Y + size.Height + 2
	for _, o := range []fyne.CanvasObject{e.list, e.hint} {
		if !o.Visible() {
			continue
		}
		least := o.MinSize()
		least.Width = min(max(least.Width, 120), g.Size().Width)
		top := y
		if top+least.Height > bottom {
			top = max(0, at.Y-least.Height-2)
		} else {
			y = top + least.Height + 2
		}
		x := max(0, min(at.X, g.Size().Width-least.Width))
		o.Resize(least)
		o.Move(fyne.NewPos(x, top))
	}
}
