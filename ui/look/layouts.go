package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// Row puts objects side by side at their least width, centred in height, with a
// gap in canvas units between them. A layout.Spacer takes what is left.
func Row(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&rowLayout{gap: gap}, objects...)
}

// Column puts objects one under the other at full width, with a gap in canvas
// units between them. A layout.Spacer takes what is left.
func Column(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedVBoxLayout(gap), objects...)
}

// Inset keeps the given distances in canvas units around an object.
func Inset(top, right, bottom, left float32, object fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedLayout(top, bottom, left, right), object)
}

// Fixed gives an object a least width and height in canvas units; 0 leaves that
// side to the object.
func Fixed(width, height float32, object fyne.CanvasObject) *fyne.Container {
	return container.New(&fixedLayout{fyne.NewSize(width, height)}, object)
}

// Equal puts objects side by side with equal widths and a gap between them.
func Equal(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&equalLayout{gap: gap}, objects...)
}

type rowLayout struct{ gap float32 }

func (l *rowLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	shown := 0
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		least := o.MinSize()
		size.Width += least.Width
		size.Height = fyne.Max(size.Height, least.Height)
		shown++
	}
	if shown > 1 {
		size.Width += l.gap * float32(shown-1)
	}
	return size
}

func (l *rowLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	spacers := 0
	for _, o := range objects {
		if isSpacer(o) {
			spacers++
		}
	}
	extra := float32(0)
	if spacers > 0 {
		extra = fyne.Max(0, size.Width-l.MinSize(objects).Width) / float32(spacers)
	}
	x := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		least := o.MinSize()
		if isSpacer(o) {
			least = fyne.NewSize(extra, 0)
		}
		o.Resize(least)
		o.Move(fyne.NewPos(x, (size.Height-least.Height)/2))
		x += least.Width + l.gap
	}
}

func isSpacer(o fyne.CanvasObject) bool {
	s, ok := o.(layout.SpacerObject)
	return ok && o.Visible() && s.ExpandHorizontal()
}

type fixedLayout struct{ size fyne.Size }

func (l *fixedLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := l.size
	for _, o := range objects {
		size = size.Max(o.MinSize())
	}
	return size
}

func (l *fixedLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(0, 0))
		o.Resize(size)
	}
}

type equalLayout struct{ gap float32 }

func (l *equalLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	shown := 0
	for _, o := range objects {
		if o.Visible() {
			size = size.Max(o.MinSize())
			shown++
		}
	}
	if shown > 0 {
		size.Width = size.Width*float32(shown) + l.gap*float32(shown-1)
	}
	return size
}

func (l *equalLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	shown := make([]fyne.CanvasObject, 0, len(objects))
	for _, o := range objects {
		if o.Visible() {
			shown = append(shown, o)
		}
	}
	if len(shown) == 0 {
		return
	}
	n := float32(len(shown))
	width := (size.Width - l.gap*(n-1)) / n
	for i, o := range shown {
		o.Resize(fyne.NewSize(width, size.Height))
		o.Move(fyne.NewPos(float32(i)*(width+l.gap), 0))
	}
}

// levelLayout gives its one object the whole width and its least height, in the
// middle of the height.
type levelLayout struct{}

func (*levelLayout) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (*levelLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	height := objects[0].MinSize().Height
	objects[0].Resize(fyne.NewSize(size.Width, height))
	objects[0].Move(fyne.NewPos(0, (size.Height-height)/2))
}
