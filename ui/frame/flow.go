package frame

import "fyne.io/fyne/v2"

// Flow puts objects side by side at their least size, with a gap in canvas units
// between those that stand side by side, and goes on in the next line where
// there is not the room. grown is called when a new width has changed the
// height; it may be nil.
func Flow(gap float32, grown func(), objects ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: &flow{gap: gap, grown: grown}, Objects: objects}
}

// lineGap is between the lines of a flow.
const lineGap float32 = 6

type flow struct {
	gap, width float32
	grown      func()
}

// MinSize is asked for by Fyne: the height is that of the width of the latest
// Layout.
func (f *flow) MinSize(o []fyne.CanvasObject) fyne.Size {
	width := f.width
	if width == 0 {
		width = 800
	}
	return fyne.NewSize(200, f.run(o, width, false))
}

// Layout is asked for by Fyne.
func (f *flow) Layout(o []fyne.CanvasObject, size fyne.Size) {
	before := f.MinSize(o).Height
	f.width = size.Width
	if height := f.run(o, size.Width, true); height != before && f.grown != nil {
		f.grown()
	}
}

// run goes through the objects and gives the height that they take.
func (f *flow) run(o []fyne.CanvasObject, width float32, place bool) float32 {
	x, y, line := float32(0), float32(0), float32(0)
	for _, c := range o {
		if !c.Visible() {
			continue
		}
		least := c.MinSize()
		if x > 0 && x+least.Width > width {
			x, y, line = 0, y+line+lineGap, 0
		}
		if place {
			c.Move(fyne.NewPos(x, y))
			c.Resize(least)
		}
		x, line = x+least.Width+f.gap, max(line, least.Height)
	}
	return y + line
}
