package preview

import "fyne.io/fyne/v2"

// fitting shows its first object, a line of text, where it fits, else its
// second.
type fitting struct{ narrow bool }

// MinSize is asked for by Fyne.
func (f *fitting) MinSize(o []fyne.CanvasObject) fyne.Size {
	shown := o[0]
	if f.narrow {
		shown = o[1]
	}
	return fyne.NewSize(60, shown.MinSize().Height)
}

// Layout is asked for by Fyne.
func (f *fitting) Layout(o []fyne.CanvasObject, size fyne.Size) {
	f.narrow = o[0].MinSize().Width > size.Width
	shown, other := o[0], o[1]
	if f.narrow {
		shown, other = other, shown
	}
	other.Hide()
	shown.Show()
	shown.Move(fyne.NewPos(0, 0))
	shown.Resize(size)
}

// whole shows a line of text where it fits, and nothing of it where it does not.
type whole struct{}

// MinSize is asked for by Fyne.
func (whole) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, o[0].MinSize().Height)
}

// Layout is asked for by Fyne.
func (whole) Layout(o []fyne.CanvasObject, size fyne.Size) {
	height := o[0].MinSize().Height
	o[0].Move(fyne.NewPos(0, (size.Height-height)/2))
	o[0].Resize(fyne.NewSize(size.Width, height))
	if o[0].MinSize().Width > size.Width {
		o[0].Hide()
	} else {
		o[0].Show()
	}
}
