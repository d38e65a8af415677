package fix

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"rollcall/ui/ask"
	"rollcall/ui/look"
	"rollcall/ui/watch"
)

var (
	_ fyne.Focusable  = (*problemKeys)(nil)
	_ fyne.Accessible = (*problemKeys)(nil)
)

// problemKeys gives the list of problems the keyboard: the arrow keys go through
// its lines, Enter does what a line's button says, and Space shows only its rows,
// or all again. The list is one stop for Tab.
type problemKeys struct {
	widget.BaseWidget
	panel   *problems
	at      int // the line in hand
	focused bool
}

func newProblemKeys(p *problems) *problemKeys {
	k := &problemKeys{panel: p}
	k.ExtendBaseWidget(k)
	return k
}

// CreateRenderer is asked for by Fyne.
func (k *problemKeys) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(k.panel.list.scroll)
}

// FocusGained marks the line in hand.
func (k *problemKeys) FocusGained() {
	k.focused = true
	k.goTo(k.at, 1)
}

// FocusLost takes the mark away.
func (k *problemKeys) FocusLost() {
	k.focused = false
	k.panel.list.refill()
}

// TypedRune is part of being focusable.
func (k *problemKeys) TypedRune(rune) {}

// TypedKey is asked for by Fyne.
func (k *problemKeys) TypedKey(e *fyne.KeyEvent) {
	watch.Do("key problems", func() { k.typed(e) })
}

func (k *problemKeys) typed(e *fyne.KeyEvent) {
	last := len(k.panel.items) - 1
	switch e.Name {
	case fyne.KeyDown:
		k.goTo(k.at+1, 1)
	case fyne.KeyUp:
		k.goTo(k.at-1, -1)
	case fyne.KeyHome:
		k.goTo(0, 1)
	case fyne.KeyEnd:
		k.goTo(last, -1)
	case fyne.KeyReturn, fyne.KeyEnter:
		k.press()
	case fyne.KeySpace:
		if it, ok := k.item(); ok && it.show != nil {
			it.show()
		}
	case fyne.KeyRight:
		if it, ok := k.item(); ok && it.more != nil {
			it.more()
		}
	case fyne.KeyEscape:
		k.panel.screen.Focus()
	default:
		ask.PassOn(e)
	}
}

// press does what the button of the line says; the line of a rule has none, and
// shows its rows.
func (k *problemKeys) press() {
	it, ok := k.item()
	switch {
	case !ok:
	case it.do != "" && it.act != nil:
		it.act()
	case it.show != nil:
		it.show()
	}
}

// item is the line in hand; ok is false in an empty list.
func (k *problemKeys) item() (item, bool) {
	if k.at < 0 || k.at >= len(k.panel.items) {
		return item{}, false
	}
	return k.panel.items[k.at], true
}

// goTo takes the next line from i on, in steps of by, with which something can
// be done, and brings it into sight; where there is none, the line stays.
func (k *problemKeys) goTo(i, by int) {
	items := k.panel.items
	for i = max(0, min(i, len(items)-1)); i >= 0 && i < len(items); i += by {
		if items[i].show != nil || items[i].do != "" {
			k.at = i
			break
		}
	}
	k.panel.list.reveal(k.at)
	k.panel.list.refill()
}

// marked says whether a line is to be marked.
func (k *problemKeys) marked(i int) bool { return k.focused && i == k.at }

// edge is the colour around a line.
func (k *problemKeys) edge(i int) fyne.ThemeColorName {
	if k.marked(i) {
		return look.ColorPrimaryText
	}
	return ""
}

// AccessibilityLabel tells the line in hand.
func (k *problemKeys) AccessibilityLabel() string {
	it, ok := k.item()
	if !ok {
		return "Problems, none"
	}
	text := "Problems, " + it.group.Title
	if it.value != nil {
		text += ", " + it.value.Value
	}
	if it.do != "" {
		text += ", " + it.do
	}
	return text
}

// AccessibilityRole says that it can be pressed.
func (k *problemKeys) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }
