package table

import (
	"fyne.io/fyne/v2"

	"rollcall/ui/look"
)

// Segments is where the buttons of a filter bar lie, relative to it.
func Segments(filters ...look.Filter) (at []fyne.Position, size []fyne.Size) {
	x := float32(1)
	for _, f := range filters {
		text := f.Name
		if f.Count >= 0 {
			text += " " + look.Count(f.Count)
		}
		width := fyne.MeasureText(text, look.TextBody, fyne.TextStyle{Bold: true}).Width + 22
		at, size = append(at, fyne.NewPos(x, 1)), append(size, fyne.NewSize(width, look.ControlHeight-4))
		x += width
	}
	return at, size
}
