package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"

	"rollcall/ui/bidi"
)

var (
	_ fyne.Focusable    = (*Tile)(nil)
	_ fyne.Accessible   = (*Tile)(nil)
	_ desktop.Hoverable = (*Tile)(nil)
)

// Tile is a framed button with a status dot and two lines: an account, a recent
// file.
type Tile struct {
	tipped

	OnTapped func()

	title, sub       string
	dot              fyne.ThemeColorName
	drops, bare      bool
	faded            bool
	chosen           bool
	hovered, focused bool
	custom           color.Color

	frame       *canvas.Rectangle
	mark        *canvas.Circle
	first, next *canvas.Text
	arrow       *canvas.Image
}

// NewTile makes a tile; an empty dot token shows none.
func NewTile(dot fyne.ThemeColorName, title, sub string, tapped func()) *Tile {
	t := &Tile{dot: dot, title: title, sub: sub, OnTapped: tapped}
	t.ExtendBaseWidget(t)
	return t
}

// DropDown puts an arrow behind the title and returns the tile.
func (t *Tile) DropDown() *Tile { t.drops = true; return t }

// Bare takes the frame and the dot's place away and returns the tile: a recent
// file.
func (t *Tile) Bare() *Tile { t.bare = true; return t }

// Faded shows what cannot be had now in quiet colours and returns the tile.
func (t *Tile) Faded() *Tile { t.faded = true; return t }

// Choose marks the tile as the chosen one of several, or not.
func (t *Tile) Choose(chosen bool) {
	t.chosen = chosen
	t.Refresh()
}

// Set changes all that is shown.
func (t *Tile) Set(dot fyne.ThemeColorName, title, sub string) {
	t.dot, t.title, t.sub = dot, title, sub
	t.Refresh()
}

// SetDotColor gives the dot a colour that is no token: a profile's own.
func (t *Tile) SetDotColor(c color.Color) {
	t.custom = c
	t.Refresh()
}

// AccessibilityLabel is both lines.
func (t *Tile) AccessibilityLabel() string {
	if t.chosen {
		return t.title + ", " + t.sub + ", chosen"
	}
	return t.title + ", " + t.sub
}

// AccessibilityRole says that it is a button.
func (t *Tile) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// Tapped presses the tile.
func (t *Tile) Tapped(*fyne.PointEvent) {
	t.dropTip()
	if t.OnTapped != nil {
		t.OnTapped()
	}
}

// TypedKey presses the tile on Space and Enter and passes other keys on.
func (t *Tile) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		t.Tapped(nil)
	default:
		passOn(e)
	}
}

// TypedRune is part of being focusable.
func (t *Tile) TypedRune(rune) {}

// FocusGained shows the focus ring.
func (t *Tile) FocusGained() { t.focused = true; t.Refresh(); Focused(t) }

// FocusLost hides the focus ring.
func (t *Tile) FocusLost() { t.focused = false; t.Refresh() }

// MouseIn shows the hover tint and, after a while, the tooltip.
func (t *Tile) MouseIn(e *desktop.MouseEvent) {
	t.hovered = true
	t.tipped.MouseIn(e)
	t.Refresh()
}

// MouseOut hides both.
func (t *Tile) MouseOut() {
	t.hovered = false
	t.tipped.MouseOut()
	t.Refresh()
}

// CreateRenderer is asked for by Fyne.
func (t *Tile) CreateRenderer() fyne.WidgetRenderer {
	t.ExtendBaseWidget(t)
	t.frame = &canvas.Rectangle{CornerRadius: RadiusControl + 2, StrokeWidth: LineWidth}
	t.mark = &canvas.Circle{}
	t.first = &canvas.Text{TextSize: TextBody}
	t.next = &canvas.Text{TextSize: TextTiny}
	t.arrow = canvas.NewImageFromResource(nil)
	r := &plainRenderer{
		objects: []fyne.CanvasObject{t.frame, t.mark, t.first, t.next, t.arrow},
		layout:  t.arrange, least: t.least, restyle: t.restyle, widget: t,
	}
	t.restyle()
	return r
}

func (t *Tile) restyle() {
	t.first.Text, t.next.Text = bidi.Visual(t.title), bidi.Visual(t.sub)
	t.first.Color, t.next.Color = colorFor(t, ColorText), colorFor(t, ColorQuiet)
	if t.faded {
		t.first.Color = t.next.Color
	}
	t.frame.FillColor, t.frame.StrokeColor = colorFor(t, ColorSurface), colorFor(t, ColorBorder)
	t.frame.StrokeWidth = LineWidth
	if t.bare {
		t.frame.FillColor, t.frame.StrokeColor = color.Transparent, color.Transparent
	}
	if t.chosen {
		t.frame.FillColor, t.frame.StrokeColor = colorFor(t, ColorSelected), colorFor(t, ColorPrimaryText)
	}
	if t.hovered {
		t.frame.FillColor = over(t.frame.FillColor, colorFor(t, theme.ColorNameHover))
	}
	if t.focused {
		t.frame.StrokeColor, t.frame.StrokeWidth = colorFor(t, ColorPrimaryText), 2
	}
	t.mark.FillColor = color.Transparent
	if t.dot != "" {
		t.mark.FillColor = colorFor(t, t.dot)
	}
	if t.custom != nil {
		t.mark.FillColor = t.custom
	}
	var arrow fyne.Resource
	if t.drops {
		arrow = IconDown()
	}
	showIcon(t.arrow, arrow, ColorText)
}

func (t *Tile) textLeft() float32 {
	switch {
	case t.bare:
		return 6
	case t.dot == "" && t.custom == nil:
		return 12
	}
	return 30
}

// tileWidest is how wide a tile wants to be at most, in canvas units; a longer
// text is cut.
const tileWidest float32 = 300

func (t *Tile) least() fyne.Size {
	first := measure(t.title, TextBody, fyne.TextStyle{}).Width
	if t.drops {
		first += IconSize
	}
	second := measure(t.sub, TextTiny, fyne.TextStyle{}).Width
	return fyne.NewSize(fyne.Min(tileWidest, t.textLeft()+fyne.Max(first, second)+12), 42)
}

func (t *Tile) arrange(size fyne.Size) {
	t.frame.Resize(size)
	t.mark.Move(fyne.NewPos(11, size.Height/2-4.5))
	t.mark.Resize(fyne.NewSquareSize(9))
	room := size.Width - t.textLeft() - 10
	arrow := float32(0)
	if t.drops {
		arrow = IconSize - 2
	}
	t.first.Text = bidi.Visual(cutText(t.title, room-arrow, func(s string) float32 { return measure(s, TextBody, fyne.TextStyle{}).Width }))
	t.next.Text = bidi.Visual(cutText(t.sub, room, func(s string) float32 { return measure(s, TextTiny, fyne.TextStyle{}).Width }))
	first, second := t.first.MinSize(), t.next.MinSize()
	top := (size.Height - first.Height - second.Height + 2) / 2
	t.first.Move(fyne.NewPos(t.textLeft(), top))
	t.next.Move(fyne.NewPos(t.textLeft(), top+first.Height-2))
	t.arrow.Move(fyne.NewPos(t.textLeft()+first.Width, top))
	t.arrow.Resize(fyne.NewSquareSize(IconSize))
}
