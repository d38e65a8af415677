package fix

import "fyne.io/fyne/v2"

// sides puts the problems at the right of the sheet; they are narrower in a
// small window.
type sides struct{}

func (*sides) panel(size fyne.Size) float32 {
	return min(panelWidth, max(250, size.Width*0.3))
}

// MinSize is asked for by Fyne.
func (l *sides) MinSize(o []fyne.CanvasObject) fyne.Size {
	sheet := o[0].MinSize()
	return fyne.NewSize(sheet.Width+250, max(sheet.Height, 240))
}

// Layout is asked for by Fyne.
func (l *sides) Layout(o []fyne.CanvasObject, size fyne.Size) {
	width := l.panel(size)
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(size.Width-width, size.Height))
	o[1].Move(fyne.NewPos(size.Width-width, 0))
	o[1].Resize(fyne.NewSize(width, size.Height))
}
