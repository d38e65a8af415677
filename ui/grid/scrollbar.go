package grid

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

var (
	_ fyne.Draggable    = (*scrollBar)(nil)
	_ desktop.Mouseable = (*scrollBar)(nil)
	_ desktop.Hoverable = (*scrollBar)(nil)
)

const (
	barWidth  = 12 // canvas units that can be grabbed
	thumbThin = 6
	thumbWide = 9
	thumbMin  = 32
)

// scrollBar is one of the two bars over the edges of the cells; it takes no
// room and shows nothing while everything is in sight.
type scrollBar struct {
	widget.BaseWidget
	grid     *Grid
	vertical bool
	thumb    *canvas.Rectangle

	at, length float64 // of the thumb
	grabbed    float64 // where in the thumb it was grabbed, -1 while it is not
	hovered    bool
}

func newScrollBar(g *Grid, vertical bool) *scrollBar {
	b := &scrollBar{grid: g, vertical: vertical, grabbed: -1, thumb: &canvas.Rectangle{CornerRadius: thumbThin / 2}}
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer is asked for by Fyne.
func (b *scrollBar) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(b.thumb) }

// extent is the track, the content and what is in sight of it.
func (b *scrollBar) extent() (track, content, seen, offset float64) {
	v := &b.grid.view
	if b.vertical {
		return v.Height, v.ContentHeight() + v.PadY, v.Height, v.OffY
	}
	return v.Width, v.ContentWidth() + v.PadX, v.Width, v.OffX
}

// follow puts bar and thumb where the grid's offset wants them.
func (b *scrollBar) follow() {
	track, content, seen, offset := b.extent()
	var ok bool
	b.at, b.length, ok = Thumb(track, content, seen, offset, thumbMin)
	show(b, ok)
	if !ok {
		return
	}
	g := b.grid
	thick := float32(thumbThin)
	if b.hovered || b.grabbed >= 0 {
		thick = thumbWide
	}
	b.thumb.FillColor = g.painter.colors.thumb
	b.thumb.CornerRadius = thick / 2
	if b.vertical {
		b.Move(fyne.NewPos(g.Size().Width-barWidth, float32(g.headerHeight)))
		b.Resize(fyne.NewSize(barWidth, float32(track)))
		b.thumb.Move(fyne.NewPos(barWidth-thick-2, float32(b.at)))
		b.thumb.Resize(fyne.NewSize(thick, float32(b.length)))
		return
	}
	b.Move(fyne.NewPos(float32(g.rowHeaderWidth), g.Size().Height-barWidth))
	b.Resize(fyne.NewSize(float32(track), barWidth))
	b.thumb.Move(fyne.NewPos(float32(b.at), barWidth-thick-2))
	b.thumb.Resize(fyne.NewSize(float32(b.length), thick))
}

func (b *scrollBar) along(p fyne.Position) float64 {
	if b.vertical {
		return float64(p.Y)
	}
	return float64(p.X)
}

// MouseDown grabs the thumb, or pages towards the pointer.
func (b *scrollBar) MouseDown(e *desktop.MouseEvent) {
	b.grid.watch("scroll bar", func() { b.press(e) })
}

func (b *scrollBar) press(e *desktop.MouseEvent) {
	at := b.along(e.Position)
	switch {
	case at < b.at:
		b.page(-1)
	case at > b.at+b.length:
		b.page(1)
	default:
		b.grabbed = at - b.at
	}
}

func (b *scrollBar) page(direction float64) {
	g := b.grid
	dx, dy := direction*g.view.Width*0.9, 0.0
	if b.vertical {
		dx, dy = 0, direction*float64(g.view.PageRows())*g.view.RowHeight
	}
	if g.view.ScrollBy(dx, dy) {
		g.scrolled()
	}
}

// MouseUp lets go.
func (b *scrollBar) MouseUp(*desktop.MouseEvent) { b.grabbed = -1 }

// Dragged moves the thumb.
func (b *scrollBar) Dragged(e *fyne.DragEvent) {
	b.grid.watch("scroll bar", func() { b.drag(e) })
}

func (b *scrollBar) drag(e *fyne.DragEvent) {
	if b.grabbed < 0 {
		return
	}
	track, content, seen, _ := b.extent()
	offset := OffsetOfThumb(track, content, seen, b.along(e.Position)-b.grabbed, b.length)
	if b.vertical {
		b.grid.ScrollTo(b.grid.view.OffX, offset)
	} else {
		b.grid.ScrollTo(offset, b.grid.view.OffY)
	}
}

// DragEnd lets go.
func (b *scrollBar) DragEnd() { b.grabbed = -1 }

// MouseIn makes the thumb wider.
func (b *scrollBar) MouseIn(*desktop.MouseEvent) { b.hovered = true; b.follow() }

// MouseMoved is part of being hoverable.
func (b *scrollBar) MouseMoved(*desktop.MouseEvent) {}

// MouseOut makes the thumb thin again.
func (b *scrollBar) MouseOut() { b.hovered = false; b.follow() }
