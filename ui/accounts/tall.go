package accounts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// tall lays a card out: title, body, buttons. The body is as high as its
// content, and scrolls where the window is too low for that.
type tall struct {
	dialogs *Dialogs
	width   float32
}

const tallGap float32 = 16

// bodyHeight is what the body may have.
func (t *tall) bodyHeight(objects []fyne.CanvasObject) float32 {
	wanted := objects[1].(*container.Scroll).Content.MinSize().Height
	room := t.dialogs.Layer.Window().Canvas().Size().Height - 48 - 40 -
		objects[0].MinSize().Height - objects[2].MinSize().Height - 2*tallGap
	return max(80, min(wanted, room))
}

// MinSize is asked for by Fyne.
func (t *tall) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(t.width, objects[0].MinSize().Height+t.bodyHeight(objects)+objects[2].MinSize().Height+2*tallGap)
}

// Layout is asked for by Fyne.
func (t *tall) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	top, bottom := objects[0].MinSize().Height, objects[2].MinSize().Height
	place := func(o fyne.CanvasObject, y, height float32) {
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(size.Width, height))
	}
	place(objects[0], 0, top)
	place(objects[1], top+tallGap, size.Height-top-bottom-2*tallGap)
	place(objects[2], size.Height-bottom, bottom)
}
