package ask

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"rollcall/ui/look"
	"rollcall/ui/watch"
)

// Entry is a text field that gives Escape, and Enter where nothing else is
// done with it, to whoever asked for the text. Function keys are passed on.
type Entry struct {
	widget.Entry
	// OnEscape and OnEnter may be nil.
	OnEscape, OnEnter func()
	// OnKey sees each key first; true keeps it from the field.
	OnKey func(e *fyne.KeyEvent) bool
}

// NewEntry makes a field of one line.
func NewEntry() *Entry {
	e := &Entry{}
	e.Wrapping = fyne.TextWrapOff
	e.ExtendBaseWidget(e)
	return e
}

// NewPasswordEntry makes a field that shows dots.
func NewPasswordEntry() *Entry {
	e := NewEntry()
	e.Password = true
	return e
}

// FocusGained is asked for by Fyne.
func (e *Entry) FocusGained() {
	e.Entry.FocusGained()
	look.Focused(e)
}

// TypedKey is asked for by Fyne.
func (e *Entry) TypedKey(key *fyne.KeyEvent) {
	watch.Do("key "+string(key.Name), func() { e.typedKey(key) })
}

func (e *Entry) typedKey(key *fyne.KeyEvent) {
	if e.OnKey != nil && e.OnKey(key) {
		return
	}
	switch {
	case key.Name == fyne.KeyEscape && e.OnEscape != nil:
		e.OnEscape()
	case (key.Name == fyne.KeyReturn || key.Name == fyne.KeyEnter) && e.OnEnter != nil && !e.MultiLine:
		e.OnEnter()
	case len(key.Name) > 1 && key.Name[0] == 'F': // F1 to F12
		PassOn(key)
	default:
		e.Entry.TypedKey(key)
	}
}

// TypedRune is asked for by Fyne.
func (e *Entry) TypedRune(r rune) {
	watch.Do("rune", func() { e.Entry.TypedRune(r) })
}

// In makes Escape and Enter of the field those of a card.
func (e *Entry) In(c *Card) *Entry {
	e.OnEscape, e.OnEnter = c.escape, c.enter
	return e
}
