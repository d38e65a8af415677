package start

import "fyne.io/fyne/v2"

// halves gives the panel at the right up to 370 units, less in a small window.
type halves struct{}

func (*halves) MinSize(objects []fyne.CanvasObject) fyne.Size {
	left, right := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(left.Width+max(240, right.Width), max(left.Height, right.Height))
}

func (*halves) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := min(370, max(240, size.Width-690, objects[1].MinSize().Width))
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(fyne.NewSize(size.Width-width, size.Height))
	objects[1].Move(fyne.NewPos(size.Width-width, 0))
	objects[1].Resize(fyne.NewSize(width, size.Height))
}
