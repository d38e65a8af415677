package look

import "fyne.io/fyne/v2"

// OnKey gets the keys for which the control that has the focus has no use, so
// that Escape closes a card also while a button is focused: Fyne gives a key to
// the focused object alone. Nil for none; it is set once, before the first
// window is shown.
var OnKey func(*fyne.KeyEvent)

// OnFocus is told what has got the keyboard, so that it can be scrolled into
// sight. Nil for none; it is set once, as OnKey is.
var OnFocus func(fyne.CanvasObject)

// Focused tells OnFocus of an object.
func Focused(o fyne.CanvasObject) {
	if OnFocus != nil {
		OnFocus(o)
	}
}

func passOn(e *fyne.KeyEvent) {
	if OnKey != nil {
		OnKey(e)
	}
}
