package fix

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rollcall/ui/bidi"
	"rollcall/ui/look"
)

// reading is the bar's value as it is read, over the field while nobody types
// there: the field itself shows text of both directions in typing order.
type reading struct {
	lines   *fyne.Container
	content *fyne.Container
}

func newReading() *reading {
	r := &reading{lines: look.Column(0)}
	ground := look.NewBox(look.ColorSurface, "", look.RadiusControl)
	r.content = container.NewStack(look.Inset(2, 2, 2, 2, ground), look.Inset(6, 6, 6, 6, r.lines))
	r.content.Hide()
	return r
}

// set shows a value that the field would show otherwise than it is read.
func (r *reading) set(value string, typing bool) {
	lines := strings.Split(value, "\n")
	if typing || value == bidi.Visual(value) || len(lines) > manyRows {
		r.content.Hide()
		return
	}
	r.lines.Objects = nil
	for _, line := range lines {
		text := look.NewText(line).Cut()
		if bidi.RightToLeft(line) {
			text.Alignment = fyne.TextAlignTrailing
		}
		r.lines.Add(text)
	}
	r.content.Show()
}
