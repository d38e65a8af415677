package look

import "fyne.io/fyne/v2"

// OnKey gets the keys for which the control that has the focus has no use, so
// that Escape closes a card also while a button is focused: Fyne gives a key to
// the focused object alone. Nil for none; it is set once, before the first
// window is shown.
var OnKey func(*fyne.KeyEvent)

func passOn(e *fyne.KeyEvent) {
	if OnKey != nil {
		OnKey(e)
	}
}
