package ask

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"rollcall/ui/look"
)

// Check is a box to tick that passes on the keys which it has no use for, so
// that Enter and Escape mean the same wherever one is in a card. Space ticks it.
type Check struct{ widget.Check }

// NewCheck makes a box; changed may be nil.
func NewCheck(text string, changed func(bool)) *Check {
	c := &Check{}
	c.Text, c.OnChanged = text, changed
	c.ExtendBaseWidget(c)
	return c
}

// FocusGained is asked for by Fyne.
func (c *Check) FocusGained() {
	c.Check.FocusGained()
	look.Focused(c)
}

// TypedKey is asked for by Fyne.
func (c *Check) TypedKey(e *fyne.KeyEvent) {
	if e.Name != fyne.KeySpace {
		PassOn(e)
	}
}

// PassOn gives a key to whoever gets those that nothing with the focus takes.
func PassOn(e *fyne.KeyEvent) {
	if look.OnKey != nil {
		look.OnKey(e)
	}
}
