package ask

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"rollcall/ui/watch"
)

// List is a list of lines to pick one of. The arrow keys pick, in the list and
// in a field that lends them to it; Enter and Escape are passed on.
type List struct {
	widget.List
	// OnPick is called for a line that was picked: by a key, or by a click.
	OnPick func(line int, byKey bool)

	picked int // the line that was picked last, -1 for none
	byKey  bool
}

// NewList makes a list; the functions are those of Fyne's own.
func NewList(length func() int, create func() fyne.CanvasObject, update func(widget.ListItemID, fyne.CanvasObject)) *List {
	l := &List{picked: -1}
	l.Length, l.CreateItem, l.UpdateItem = length, create, update
	l.OnSelected = func(line widget.ListItemID) {
		watch.Do("list", func() {
			l.picked = line
			if l.OnPick != nil {
				l.OnPick(line, l.byKey)
			}
		})
	}
	l.ExtendBaseWidget(l)
	return l
}

// Clear picks nothing: the lines are others now.
func (l *List) Clear() {
	l.picked = -1
	l.UnselectAll()
}

// TypedKey is asked for by Fyne.
func (l *List) TypedKey(e *fyne.KeyEvent) {
	if !l.Step(e) {
		PassOn(e)
	}
}

// Step picks the line above or below with an arrow key; it says whether the key
// was one.
func (l *List) Step(e *fyne.KeyEvent) bool {
	line, last := l.picked, l.Length()-1
	switch e.Name {
	case fyne.KeyDown:
		line++
	case fyne.KeyUp:
		line--
	default:
		return false
	}
	if last < 0 {
		return true
	}
	l.byKey = true
	l.UnselectAll() // the same line can be picked again
	l.Select(max(0, min(line, last)))
	l.byKey = false
	return true
}
