// Package frame puts parts around a middle without the gaps that Fyne's border
// layout leaves between them. It knows nothing else.
package frame

import (
	"fyne.io/fyne/v2"
)

// New puts top and bottom at full width, left and right between them, and the
// middle into what is left. Any part may be nil.
func New(top, bottom, left, right, middle fyne.CanvasObject) *fyne.Container {
	l := &frame{top, bottom, left, right, middle}
	var objects []fyne.CanvasObject
	for _, o := range []fyne.CanvasObject{middle, top, bottom, left, right} {
		if o != nil {
			objects = append(objects, o)
		}
	}
	return &fyne.Container{Layout: l, Objects: objects}
}

type frame struct{ top, bottom, left, right, middle fyne.CanvasObject }

func shown(o fyne.CanvasObject) bool { return o != nil && o.Visible() }

func least(o fyne.CanvasObject) fyne.Size {
	if !shown(o) {
		return fyne.Size{}
	}
	return o.MinSize()
}

// MinSize is asked for by Fyne.
func (f *frame) MinSize([]fyne.CanvasObject) fyne.Size {
	top, bottom, left, right, middle := least(f.top), least(f.bottom), least(f.left), least(f.right), least(f.middle)
	return fyne.NewSize(
		max(top.Width, bottom.Width, left.Width+middle.Width+right.Width),
		top.Height+bottom.Height+max(left.Height, middle.Height, right.Height))
}

// Layout is asked for by Fyne.
func (f *frame) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	put := func(o fyne.CanvasObject, x, y, width, height float32) {
		if shown(o) {
			o.Move(fyne.NewPos(x, y))
			o.Resize(fyne.NewSize(width, height))
		}
	}
	top, bottom, left, right := least(f.top).Height, least(f.bottom).Height, least(f.left).Width, least(f.right).Width
	put(f.top, 0, 0, size.Width, top)
	put(f.bottom, 0, size.Height-bottom, size.Width, bottom)
	height := max(0, size.Height-top-bottom)
	put(f.left, 0, top, left, height)
	put(f.right, size.Width-right, top, right, height)
	put(f.middle, left, top, max(0, size.Width-left-right), height)
}
