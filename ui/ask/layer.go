// Package ask is how the screens speak with the person in front of them: cards
// over the window that ask or tell, menus, the message line, and the progress
// of what takes long. There is one Layer for a window. It knows no screens and
// no data.
package ask

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"rollcall/ui/look"
	"rollcall/ui/places"
	"rollcall/ui/watch"
)

// Layer shows cards and menus over one window, the newest on top. It belongs
// to the user interface's goroutine.
type Layer struct {
	window fyne.Window
	post   func(func())
	cards  []*Card
	menu   *shownMenu
	line   *messageLine

	// OnEmpty is called when the last card has gone, so that the screen can
	// take the keyboard again.
	OnEmpty func()
	// OnShow is called when a card is about to be shown.
	OnShow func()
	// OnKey gets keys that neither a field nor a card takes.
	OnKey func(e *fyne.KeyEvent, shift bool)
}

// New makes the layer of a window. post brings a function to the user
// interface's goroutine.
func New(w fyne.Window, post func(func())) *Layer {
	l := &Layer{window: w, post: post}
	l.line = newMessageLine(l)
	key := func(e *fyne.KeyEvent) { watch.Do("key "+string(e.Name), func() { l.typedKey(e) }) }
	w.Canvas().SetOnTypedKey(key)
	look.OnKey, look.OnFocus = key, l.follow
	return l
}

// Window is the window that the layer lies over.
func (l *Layer) Window() fyne.Window { return l.window }

// Post brings a function to the user interface's goroutine.
func (l *Layer) Post(f func()) { l.post(f) }

// Open says whether a card is shown: commands of the window wait.
func (l *Layer) Open() bool { return len(l.cards) > 0 }

// Top is the topmost card, or nil.
func (l *Layer) Top() *Card {
	if len(l.cards) == 0 {
		return nil
	}
	return l.cards[len(l.cards)-1]
}

// Key gets a key that a focused button has no use for.
func (l *Layer) Key(e *fyne.KeyEvent) { l.typedKey(e) }

// typedKey gets the keys that no focused object takes.
func (l *Layer) typedKey(e *fyne.KeyEvent) {
	c := l.Top()
	if c == nil {
		if l.OnKey != nil {
			l.OnKey(e, shiftDown())
		}
		return
	}
	switch e.Name {
	case fyne.KeyEscape:
		c.escape()
	case fyne.KeyReturn, fyne.KeyEnter:
		c.enter()
	}
}

// Places marks the topmost card and the menu; under covers what lies below.
func (l *Layer) Places(p *places.Page, under func()) {
	top := l.Top()
	switch {
	case top != nil:
		p.Cover(under)
		p.Dialog(top.Name)
	default:
		under()
	}
	if l.menu.shown() {
		p.Cover(func() { l.markTop(p) })
		l.menu.mark(p)
		return
	}
	l.markTop(p)
}

func (l *Layer) markTop(p *places.Page) {
	if top := l.Top(); top != nil && top.Mark != nil {
		top.Mark(p)
	}
}

// Card is a dialog: a titled surface in the middle of the dimmed window.
type Card struct {
	// Name is what tests know the card by.
	Name string
	// Content is all of the card; it brings its own distances.
	Content fyne.CanvasObject
	// Size is the least size in canvas units.
	Size fyne.Size
	// First gets the keyboard when the card is shown. Without it Enter and
	// Escape work at once.
	First fyne.Focusable
	// Enter is what the Enter key does, nil for nothing.
	Enter func()
	// Escape is what the Escape key does; nil closes the card.
	Escape func()
	// Closed is called after the card has gone, however that came.
	Closed func()
	// Mark names the card's parts.
	Mark func(p *places.Page)
	// Asks says that work under way waits for the card's answer: the work's
	// progress is not shown over it.
	Asks bool

	layer *Layer
	popup *widget.PopUp
	tips  *look.Tips
	inner fyne.CanvasObject // all of it, as it is shown
}

// inset keeps the design's distances around a card's content.
func inset(c *Card) fyne.CanvasObject { return look.Inset(24, 28, 24, 28, c.Content) }

// Show opens a card over all others.
func (l *Layer) Show(c *Card) {
	l.HideMenu()
	if l.OnShow != nil {
		l.OnShow()
	}
	c.layer = l
	c.tips = look.NewTips()
	c.inner = inset(c)
	c.popup = widget.NewModalPopUp(c.tips.Over(c.inner), l.window.Canvas())
	l.cards = append(l.cards, c)
	c.popup.Show()
	c.tips.Attach(l.window.Canvas())
	if !c.Size.IsZero() {
		c.popup.Resize(c.Size.Max(c.popup.MinSize()))
	}
	if c.First != nil {
		l.window.Canvas().Focus(c.First)
	}
}

// Close takes the card away. A card that is not shown is left as it is.
func (c *Card) Close() {
	if c.layer == nil || c.popup == nil {
		return
	}
	l := c.layer
	for i, shown := range l.cards {
		if shown == c {
			l.cards = append(l.cards[:i], l.cards[i+1:]...)
			break
		}
	}
	c.tips.Detach()
	c.popup.Hide()
	c.popup = nil
	if c.Closed != nil {
		c.Closed()
	}
	if len(l.cards) == 0 && l.OnEmpty != nil {
		l.OnEmpty()
	}
}

// Resize lets the card grow or shrink to its content, after that has changed.
func (c *Card) Resize() {
	if c.popup != nil {
		c.popup.Resize(c.Size.Max(c.popup.MinSize()))
	}
}

func (c *Card) enter() {
	if c.Enter != nil {
		c.Enter()
	}
}

func (c *Card) escape() {
	if c.Escape != nil {
		c.Escape()
		return
	}
	c.Close()
}

// shiftDown tells whether a Shift key is held; never in a test's window.
func shiftDown() bool {
	d, ok := fyne.CurrentApp().Driver().(desktop.Driver)
	return ok && d.CurrentKeyModifiers()&fyne.KeyModifierShift != 0
}
