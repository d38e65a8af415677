package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"github.com/dustin/go-humanize"

	"rollcall/ui/bidi"
)

// Filter is one segment of a FilterBar.
type Filter struct {
	Name  string
	Count int // shown behind the name; below 0 shows none
}

var (
	_ fyne.Focusable    = (*FilterBar)(nil)
	_ fyne.Accessible   = (*FilterBar)(nil)
	_ desktop.Hoverable = (*FilterBar)(nil)
)

// FilterBar is a row of segments of which one is chosen. Arrow keys move the
// choice while it has the focus.
type FilterBar struct {
	widget.BaseWidget

	OnChanged func(index int)

	filters          []Filter
	chosen, hover    int
	focused          bool
	frame            *canvas.Rectangle
	ring             *canvas.Rectangle
	tints, separator []*canvas.Rectangle
	texts            []*canvas.Text
	edges            []float32
	render           *plainRenderer
}

// NewFilterBar makes a bar with the first segment chosen.
func NewFilterBar(changed func(index int), filters ...Filter) *FilterBar {
	f := &FilterBar{OnChanged: changed, filters: filters, hover: -1}
	f.ExtendBaseWidget(f)
	return f
}

// Set replaces the segments and keeps the choice where it can.
func (f *FilterBar) Set(filters ...Filter) {
	f.filters = filters
	if f.chosen >= len(filters) {
		f.chosen = 0
	}
	f.Refresh()
}

// Choose shows a segment as chosen, without calling OnChanged.
func (f *FilterBar) Choose(index int) {
	if index >= 0 && index < len(f.filters) && index != f.chosen {
		f.chosen = index
		f.Refresh()
	}
}

// Chosen is the index of the chosen segment.
func (f *FilterBar) Chosen() int { return f.chosen }

// AccessibilityLabel tells the chosen segment.
func (f *FilterBar) AccessibilityLabel() string {
	if f.chosen < len(f.filters) {
		return "Filter: " + f.filters[f.chosen].label()
	}
	return "Filter"
}

// AccessibilityRole is a button, the nearest that there is.
func (f *FilterBar) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

func (f Filter) label() string {
	if f.Count < 0 {
		return f.Name
	}
	return f.Name + " " + Count(f.Count)
}

// Count writes a whole number with commas between the thousands.
func Count(n int) string { return humanize.Comma(int64(n)) }

// Tapped chooses the segment under the pointer.
func (f *FilterBar) Tapped(e *fyne.PointEvent) { f.choose(f.at(e.Position.X)) }

// choose takes a segment; the chosen one, too: it is applied anew then.
func (f *FilterBar) choose(index int) {
	if index < 0 || index >= len(f.filters) {
		return
	}
	f.chosen = index
	f.Refresh()
	if f.OnChanged != nil {
		f.OnChanged(index)
	}
}

// Segment is where a segment lies, relative to the bar; without size where there
// is none.
func (f *FilterBar) Segment(i int) (at fyne.Position, size fyne.Size) {
	if i < 0 || i >= len(f.filters) || i >= len(f.edges) {
		return fyne.Position{}, fyne.Size{}
	}
	left := float32(1)
	if i > 0 {
		left = f.edges[i-1]
	}
	return fyne.NewPos(left, 1), fyne.NewSize(f.edges[i]-left, f.Size().Height-2)
}

func (f *FilterBar) at(x float32) int {
	for i, edge := range f.edges {
		if x < edge {
			return i
		}
	}
	return -1
}

// TypedKey moves the choice with the arrow keys and passes other keys on.
func (f *FilterBar) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft:
		f.choose(f.chosen - 1)
	case fyne.KeyRight:
		f.choose(f.chosen + 1)
	case fyne.KeyHome:
		f.choose(0)
	case fyne.KeyEnd:
		f.choose(len(f.filters) - 1)
	default:
		passOn(e)
	}
}

// TypedRune is part of being focusable.
func (f *FilterBar) TypedRune(rune) {}

// FocusGained shows the focus ring.
func (f *FilterBar) FocusGained() { f.focused = true; f.Refresh(); Focused(f) }

// FocusLost hides the focus ring.
func (f *FilterBar) FocusLost() { f.focused = false; f.Refresh() }

// MouseIn follows the pointer.
func (f *FilterBar) MouseIn(e *desktop.MouseEvent) { f.MouseMoved(e) }

// MouseMoved follows the pointer.
func (f *FilterBar) MouseMoved(e *desktop.MouseEvent) {
	if at := f.at(e.Position.X); at != f.hover {
		f.hover = at
		f.Refresh()
	}
}

// MouseOut takes the hover tint away.
func (f *FilterBar) MouseOut() { f.hover = -1; f.Refresh() }

// CreateRenderer is asked for by Fyne.
func (f *FilterBar) CreateRenderer() fyne.WidgetRenderer {
	f.ExtendBaseWidget(f)
	f.frame = &canvas.Rectangle{StrokeWidth: LineWidth, CornerRadius: RadiusControl}
	f.ring = &canvas.Rectangle{StrokeWidth: 2, CornerRadius: RadiusControl + 2}
	f.render = &plainRenderer{layout: f.arrange, least: f.least, restyle: f.restyle, widget: f}
	f.restyle()
	return f.render
}

func (f *FilterBar) restyle() {
	for len(f.texts) < len(f.filters) {
		f.texts = append(f.texts, &canvas.Text{TextSize: TextBody})
		f.tints = append(f.tints, &canvas.Rectangle{})
		f.separator = append(f.separator, &canvas.Rectangle{})
	}
	f.frame.FillColor, f.frame.StrokeColor = colorFor(f, ColorSurface), colorFor(f, ColorBorder)
	objects := []fyne.CanvasObject{f.frame}
	for i, filter := range f.filters {
		text, tint := f.texts[i], f.tints[i]
		text.Text = bidi.Visual(filter.label())
		text.TextStyle.Bold = i == f.chosen
		text.Color, tint.FillColor = colorFor(f, ColorText), color.Transparent
		switch {
		case i == f.chosen:
			text.Color, tint.FillColor = colorFor(f, ColorPrimaryText), colorFor(f, ColorSelected)
		case i == f.hover:
			tint.FillColor = colorFor(f, theme.ColorNameHover)
		}
		roundEnds(tint, i == 0, i == len(f.filters)-1)
		f.separator[i].FillColor = colorFor(f, ColorBorder)
		objects = append(objects, tint, text)
		if i > 0 {
			objects = append(objects, f.separator[i])
		}
	}
	f.ring.FillColor, f.ring.StrokeColor = color.Transparent, color.Transparent
	if f.focused {
		f.ring.StrokeColor = colorFor(f, ColorPrimaryText)
	}
	f.render.objects = append(objects, f.ring)
}

func roundEnds(r *canvas.Rectangle, first, last bool) {
	left, right := float32(0), float32(0)
	if first {
		left = RadiusControl - 1
	}
	if last {
		right = RadiusControl - 1
	}
	r.TopLeftCornerRadius, r.BottomLeftCornerRadius = left, left
	r.TopRightCornerRadius, r.BottomRightCornerRadius = right, right
}

// segmentWidth is measured in bold, so that nothing moves when the choice does.
func (f *FilterBar) segmentWidth(i int) float32 {
	return measure(f.filters[i].label(), TextBody, fyne.TextStyle{Bold: true}).Width + 22
}

func (f *FilterBar) least() fyne.Size {
	width := float32(2)
	for i := range f.filters {
		width += f.segmentWidth(i)
	}
	return fyne.NewSize(width, ControlHeight-2)
}

func (f *FilterBar) arrange(size fyne.Size) {
	f.frame.Resize(size)
	f.ring.Move(fyne.NewPos(-2, -2))
	f.ring.Resize(size.AddWidthHeight(4, 4))
	f.edges = f.edges[:0]
	x := float32(1)
	for i := range f.filters {
		width := f.segmentWidth(i)
		f.tints[i].Move(fyne.NewPos(x, 1))
		f.tints[i].Resize(fyne.NewSize(width, size.Height-2))
		m := fyne.MeasureText(f.texts[i].Text, TextBody, f.texts[i].TextStyle)
		f.texts[i].Move(fyne.NewPos(x+(width-m.Width)/2, (size.Height-m.Height)/2))
		f.texts[i].Resize(m)
		f.separator[i].Move(fyne.NewPos(x, 1))
		f.separator[i].Resize(fyne.NewSize(LineWidth, size.Height-2))
		x += width
		f.edges = append(f.edges, x)
	}
}
