package pick

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rollcall/ui/look"
	"rollcall/ui/words"
)

// pathLine shows where one is. Of a path that is too long the middle gives way:
// the folder itself stands at its end.
type pathLine struct {
	content *fyne.Container
	shown   *look.Spans
	path    string
}

func newPathLine() *pathLine {
	l := &pathLine{shown: look.NewQuiet("").Cut()}
	l.content = container.New(l, l.shown)
	return l
}

func (l *pathLine) set(path string) {
	l.path = path
	l.shown.SetToolTip(path)
	l.content.Refresh()
}

// MinSize is asked for by Fyne.
func (l *pathLine) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(60, o[0].MinSize().Height)
}

// Layout is asked for by Fyne.
func (l *pathLine) Layout(o []fyne.CanvasObject, size fyne.Size) {
	l.shown.SetText(words.Middle(l.path, size.Width, func(text string) float32 {
		return fyne.MeasureText(text, look.TextBody, fyne.TextStyle{}).Width + 1
	}))
	o[0].Move(fyne.NewPos(0, (size.Height-o[0].MinSize().Height)/2))
	o[0].Resize(fyne.NewSize(size.Width, o[0].MinSize().Height))
}
