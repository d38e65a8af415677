package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Progress is a bar of what went well, what did not, and what is still to come.
type Progress struct {
	widget.BaseWidget
	good, bad, total  int
	plain             bool
	ground, done, not *canvas.Rectangle
}

// NewProgress makes an empty bar.
func NewProgress() *Progress {
	p := &Progress{}
	p.ExtendBaseWidget(p)
	return p
}

// Plain makes it a bar of how far something is, where nothing can go well or
// badly.
func (p *Progress) Plain() *Progress {
	p.plain = true
	return p
}

// Set changes the counts; what is missing from total is still to come.
func (p *Progress) Set(good, bad, total int) {
	p.good, p.bad, p.total = good, bad, total
	p.Refresh()
}

// CreateRenderer is asked for by Fyne.
func (p *Progress) CreateRenderer() fyne.WidgetRenderer {
	p.ExtendBaseWidget(p)
	p.ground = &canvas.Rectangle{CornerRadius: 4}
	p.done = &canvas.Rectangle{CornerRadius: 4}
	p.not = &canvas.Rectangle{CornerRadius: 4}
	r := &plainRenderer{objects: []fyne.CanvasObject{p.ground, p.not, p.done}, widget: p}
	r.restyle = func() {
		p.ground.FillColor = colorFor(p, ColorChip)
		p.done.FillColor = colorFor(p, ColorGoodDot)
		if p.plain {
			p.done.FillColor = colorFor(p, theme.ColorNamePrimary)
		}
		p.not.FillColor = colorFor(p, ColorErrorEdge)
	}
	r.layout = func(size fyne.Size) {
		share := func(n int) float32 {
			if p.total <= 0 {
				return 0
			}
			return fyne.Min(1, float32(n)/float32(p.total)) * size.Width
		}
		p.ground.Resize(size)
		showIf(p.done, p.good > 0)
		showIf(p.not, p.bad > 0)
		p.done.Resize(fyne.NewSize(share(p.good), size.Height))
		p.not.Resize(fyne.NewSize(share(p.good+p.bad), size.Height))
	}
	r.least = func() fyne.Size { return fyne.NewSize(40, 8) }
	r.restyle()
	return r
}

// showIf hides what has no size: a rectangle with round corners would still
// leave a mark.
func showIf(o fyne.CanvasObject, wanted bool) {
	if wanted {
		o.Show()
	} else {
		o.Hide()
	}
}
