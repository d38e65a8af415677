package columns

import (
	"fyne.io/fyne/v2"

	"rollcall/ui/look"
)

// sentence lays a sentence out with its buttons behind it; where there is not
// the room for one line, the sentence is wrapped.
type sentence struct {
	text   string
	height float32
	grown  func() // the height has changed
}

const sentenceGap float32 = 10

// MinSize is asked for by Fyne.
func (l *sentence) MinSize(o []fyne.CanvasObject) fyne.Size {
	height := max(l.height, o[0].MinSize().Height)
	for _, b := range o[1:] {
		height = max(height, b.MinSize().Height)
	}
	return fyne.NewSize(200, height)
}

// Layout is asked for by Fyne.
func (l *sentence) Layout(o []fyne.CanvasObject, size fyne.Size) {
	buttons := float32(0)
	for _, b := range o[1:] {
		buttons += b.MinSize().Width + sentenceGap
	}
	whole := fyne.MeasureText("•  "+l.text, look.TextBody, fyne.TextStyle{}).Width + 2
	width := max(80, min(whole, size.Width-buttons))
	o[0].Resize(fyne.NewSize(width, size.Height))
	height := o[0].MinSize().Height
	o[0].Move(fyne.NewPos(0, max(0, (size.Height-height)/2)))
	x := width + sentenceGap
	for _, b := range o[1:] {
		least := b.MinSize()
		b.Move(fyne.NewPos(x, max(0, (size.Height-least.Height)/2)))
		b.Resize(least)
		x += least.Width + sentenceGap
	}
	if l.height != height {
		l.height = height
		l.grown()
	}
}
