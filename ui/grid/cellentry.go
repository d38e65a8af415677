package grid

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// cellEntry is the text field of the editor.
type cellEntry struct {
	widget.Entry
	edit *editing
}

var (
	_ fyne.Tabbable     = (*cellEntry)(nil)
	_ fyne.Shortcutable = (*cellEntry)(nil)
)

func newCellEntry(e *editing) *cellEntry {
	c := &cellEntry{edit: e}
	c.Wrapping = fyne.TextWrapOff
	c.OnChanged = func(text string) { e.changed(text, true) }
	c.ExtendBaseWidget(c)
	return c
}

// AcceptsTab has Tab end editing instead of leaving.
func (c *cellEntry) AcceptsTab() bool { return true }

// FocusGained gives the keyboard back to the grid when nothing is edited.
func (c *cellEntry) FocusGained() {
	if !c.edit.on {
		c.edit.grid.post(c.edit.grid.Focus)
		return
	}
	c.Entry.FocusGained()
}

// FocusLost keeps the text when the keyboard went elsewhere in this window. A
// window that loses the keyboard as a whole leaves the editor open.
func (c *cellEntry) FocusLost() {
	c.Entry.FocusLost()
	g := c.edit.grid
	g.post(func() {
		cv := fyne.CurrentApp().Driver().CanvasForObject(g)
		if c.edit.on && cv != nil && cv.Focused() != fyne.Focusable(c) && cv.Overlays().Top() == nil {
			g.Commit()
		}
	})
}

// TypedRune adds a letter.
func (c *cellEntry) TypedRune(r rune) {
	c.edit.grid.watch("editor letter", func() { c.Entry.TypedRune(r) })
}

// TypedKey ends, cancels or goes on editing.
func (c *cellEntry) TypedKey(k *fyne.KeyEvent) {
	c.edit.grid.watch("editor key "+string(k.Name), func() { c.typedKey(k) })
}

func (c *cellEntry) typedKey(k *fyne.KeyEvent) {
	e := c.edit
	g := e.grid
	mods := g.mods()
	if e.list.Visible() && e.listKey(k.Name, mods) {
		return
	}
	switch k.Name {
	case fyne.KeyEscape:
		g.CancelEdit()
	case fyne.KeyReturn, fyne.KeyEnter:
		g.commitAnd(func() { g.sel.Enter(mods&Shift != 0) })
	case fyne.KeyTab:
		g.commitAnd(func() { g.sel.Tab(mods&Shift != 0) })
	case fyne.KeyF2:
		e.typed = !e.typed
	case fyne.KeyF8:
		g.Do(KeystrokeFor(string(k.Name), mods&Shift))
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown:
		if c.MultiLine && !e.typed {
			c.Entry.TypedKey(k)
			return
		}
		g.Do(KeystrokeFor(string(k.Name), 0))
	case fyne.KeyLeft, fyne.KeyRight:
		if e.typed && mods&Shift == 0 {
			g.Do(KeystrokeFor(string(k.Name), 0))
			return
		}
		c.Entry.TypedKey(k)
	default:
		c.Entry.TypedKey(k)
	}
}

// TypedShortcut takes suggestions, breaks lines and leaves the rest to the text
// field or, where it has no use for it, to the grid.
func (c *cellEntry) TypedShortcut(s fyne.Shortcut) {
	c.edit.grid.watch("editor shortcut "+s.ShortcutName(), func() { c.typedShortcut(s) })
}

func (c *cellEntry) typedShortcut(s fyne.Shortcut) {
	e := c.edit
	g := e.grid
	if _, paste := s.(*fyne.ShortcutPaste); paste && hasLines(g.clipboard().Content()) {
		c.becomeMultiLine()
	}
	custom, ok := s.(*desktop.CustomShortcut)
	if !ok {
		c.Entry.TypedShortcut(s)
		return
	}
	mods := modsOf(custom.Modifier)
	enter := custom.KeyName == fyne.KeyReturn || custom.KeyName == fyne.KeyEnter
	switch {
	case enter && mods == Ctrl && e.verdict.Suggestion != "":
		e.takeSuggestion()
	case enter && mods == Ctrl:
		g.Commit()
	case enter && mods == Alt:
		c.becomeMultiLine()
		c.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	case custom.KeyName == fyne.KeyDown && mods == Alt:
		e.openList()
	case custom.KeyName == fyne.KeyZ && mods == Ctrl|Shift:
		c.Entry.Redo()
	case isTextShortcut(custom.KeyName):
		c.Entry.TypedShortcut(s)
	case g.OnShortcut != nil:
		g.Commit()
		g.OnShortcut(s)
	}
}

// isTextShortcut tells the keys that move or delete by words in a text field.
func isTextShortcut(name fyne.KeyName) bool {
	switch name {
	case fyne.KeyLeft, fyne.KeyRight, fyne.KeyUp, fyne.KeyDown, fyne.KeyHome, fyne.KeyEnd, fyne.KeyBackspace, fyne.KeyDelete:
		return true
	}
	return false
}

func (c *cellEntry) becomeMultiLine() {
	if c.MultiLine {
		return
	}
	at := c.CursorTextOffset()
	c.MultiLine = true
	c.edit.caretTo(at)
	c.edit.place()
}
