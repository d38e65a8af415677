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

// middle puts its one object in the middle of the height, at full width.
type middle struct{}

func (*middle) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (*middle) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	height := objects[0].MinSize().Height
	objects[0].Resize(fyne.NewSize(size.Width, height))
	objects[0].Move(fyne.NewPos(0, max(0, (size.Height-height)/2)))
}

// upTo gives its one object its size, less in a narrow window, in the middle of
// the width.
type upTo struct{ width, height float32 }

func (l *upTo) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(objects[0].MinSize().Width, l.height)
}

func (l *upTo) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := min(l.width, size.Width)
	objects[0].Resize(fyne.NewSize(width, size.Height))
	objects[0].Move(fyne.NewPos((size.Width-width)/2, 0))
}
