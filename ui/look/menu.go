package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// ShowMenuBelow opens a menu under an object that is on screen: what a
// drop-down button does when it is tapped.
func ShowMenuBelow(object fyne.CanvasObject, items ...*fyne.MenuItem) {
	driver := fyne.CurrentApp().Driver()
	c := driver.CanvasForObject(object)
	if c == nil || len(items) == 0 {
		return
	}
	at := driver.AbsolutePositionForObject(object).AddXY(0, object.Size().Height+2)
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), c, at)
}
