package frame

import (
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

func box(width, height float32) fyne.CanvasObject {
	b := canvas.NewRectangle(color.Black)
	b.SetMinSize(fyne.NewSize(width, height))
	return b
}

func TestWhatDoesNotFitGoesOnInTheNextLine(t *testing.T) {
	a, b, hidden, c := box(50, 20), box(40, 30), box(90, 90), box(30, 10)
	hidden.Hide()
	grown := 0
	f := Flow(10, func() { grown++ }, a, b, hidden, c)
	f.Resize(fyne.NewSize(200, 100))
	if got := f.MinSize().Height; got != 30 || grown != 0 {
		t.Errorf("on one line it is %v high, and has grown %d times", got, grown)
	}
	f.Resize(fyne.NewSize(100, 100))
	if got := f.MinSize().Height; got != 30+lineGap+10 || grown != 1 {
		t.Errorf("on two lines it is %v high, and has grown %d times", got, grown)
	}
	for name, want := range map[fyne.CanvasObject]fyne.Position{a: {}, b: {X: 60}, c: {Y: 36}} {
		if got := name.Position(); got != want {
			t.Errorf("it lies at %v, want %v", got, want)
		}
	}
}
