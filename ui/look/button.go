package look

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"

	"rollcall/ui/bidi"
)

// Kind says how a button looks.
type Kind int

const (
	Secondary Kind = iota // surface with an edge
	Primary               // filled; one a screen, at the lower right
	Danger                // red text and edge: undo, delete
	Flat                  // no edge until the pointer is over it: toolbars
)

var (
	_ fyne.Focusable     = (*Button)(nil)
	_ fyne.Tappable      = (*Button)(nil)
	_ fyne.Disableable   = (*Button)(nil)
	_ fyne.Accessible    = (*Button)(nil)
	_ desktop.Hoverable  = (*Button)(nil)
	_ desktop.Cursorable = (*Button)(nil)
)

// Button is a push button. It takes the keyboard focus by Tab, never by a
// click, so that the sheet keeps it; Space and Enter press it.
type Button struct {
	tipped

	OnTapped func()

	text, label, tip, why string
	icon                  fyne.Resource
	kind                  Kind
	small, drops, wide    bool
	large                 bool
	color                 fyne.ThemeColorName
	disabled              bool
	hovered, focused      bool

	surface, ring *canvas.Rectangle
	words         *canvas.Text
	picture       *canvas.Image
	arrow         *canvas.Image
}

// NewButton makes a secondary button.
func NewButton(text string, tapped func()) *Button { return newButton(text, nil, Secondary, tapped) }

// NewPrimary makes the screen's one primary button.
func NewPrimary(text string, tapped func()) *Button { return newButton(text, nil, Primary, tapped) }

// NewDanger makes a button for what takes something away.
func NewDanger(text string, tapped func()) *Button { return newButton(text, nil, Danger, tapped) }

// NewSmallButton makes a secondary button for rows of a list: 26 high.
func NewSmallButton(text string, tapped func()) *Button {
	b := newButton(text, nil, Secondary, tapped)
	b.small = true
	return b
}

// NewIconButton makes a flat button of an icon alone. The label is its tooltip
// and what a screen reader says.
func NewIconButton(icon fyne.Resource, label string, tapped func()) *Button {
	b := newButton("", icon, Flat, tapped)
	b.label = label
	b.SetTip(label)
	return b
}

// NewDropDown makes a button with an arrow that opens something: a menu below
// it.
func NewDropDown(text string, tapped func()) *Button {
	b := newButton(text, nil, Secondary, tapped)
	b.drops = true
	return b
}

func newButton(text string, icon fyne.Resource, kind Kind, tapped func()) *Button {
	b := &Button{icon: icon, kind: kind, OnTapped: tapped}
	b.take(text)
	b.ExtendBaseWidget(b)
	return b
}

// Small makes the button 26 high and returns it.
func (b *Button) Small() *Button {
	b.small = true
	return b
}

// Large makes the button 38 high, with more room around its text, and returns it.
func (b *Button) Large() *Button {
	b.large = true
	return b
}

// Flat takes the edge off the button and returns it.
func (b *Button) Flat() *Button {
	b.kind = Flat
	return b
}

// Leading puts the text at the left of a wide button and returns it.
func (b *Button) Leading() *Button {
	b.wide = true
	return b
}

// WithIcon puts an icon before the text and returns the button.
func (b *Button) WithIcon(icon fyne.Resource) *Button {
	b.SetIcon(icon)
	return b
}

// WithTip sets the tooltip and returns the button.
func (b *Button) WithTip(tip string) *Button {
	b.SetTip(tip)
	return b
}

// SetTip sets what the tooltip says while the button can be used.
func (b *Button) SetTip(tip string) {
	b.tip = tip
	b.showTip()
}

// SetLabel sets what a screen reader says, when the text does not say it.
func (b *Button) SetLabel(label string) { b.label = label }

// SetText changes the text.
func (b *Button) SetText(text string) {
	if b.text != text {
		b.take(text)
		b.Refresh()
	}
}

// take sets the text; an arrow in front becomes the icon.
func (b *Button) take(text string) {
	if rest, ok := strings.CutPrefix(text, "← "); ok {
		b.icon, text = IconBack(), rest
	}
	b.text = text
}

// Text is what the button shows.
func (b *Button) Text() string { return b.text }

// SetIcon changes the icon; nil takes it away.
func (b *Button) SetIcon(icon fyne.Resource) {
	b.icon = icon
	b.Refresh()
}

// SetKind changes how the button looks.
func (b *Button) SetKind(kind Kind) {
	if b.kind != kind {
		b.kind = kind
		b.Refresh()
	}
}

// SetTextColor gives the text the colour of a token; "" is the kind's own.
func (b *Button) SetTextColor(name fyne.ThemeColorName) {
	b.color = name
	b.Refresh()
}

// DisableWith makes the button unusable; why is shown as its tooltip, one
// sentence that says what has to happen first.
func (b *Button) DisableWith(why string) {
	if b.disabled && b.why == why {
		return
	}
	b.disabled, b.why = true, why
	b.showTip()
	b.Refresh()
}

// Disable makes the button unusable without a reason. Prefer DisableWith.
func (b *Button) Disable() { b.DisableWith("") }

// Enable makes the button usable.
func (b *Button) Enable() {
	if !b.disabled {
		return
	}
	b.disabled, b.why = false, ""
	b.showTip()
	b.Refresh()
}

// Disabled tells whether the button cannot be used now.
func (b *Button) Disabled() bool { return b.disabled }

func (b *Button) showTip() {
	if b.disabled && b.why != "" {
		b.SetToolTip(b.why)
		return
	}
	b.SetToolTip(b.tip)
}

// AccessibilityLabel is the label, else the text, with the reason when disabled.
func (b *Button) AccessibilityLabel() string {
	label := b.label
	if label == "" {
		label = b.text
	}
	if b.disabled && b.why != "" {
		return label + ". " + b.why
	}
	return label
}

// AccessibilityRole says that it is a button.
func (b *Button) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// Tapped presses the button.
func (b *Button) Tapped(*fyne.PointEvent) {
	b.dropTip()
	if !b.disabled && b.OnTapped != nil {
		b.OnTapped()
	}
}

// TypedKey presses the button on Space and Enter and passes other keys on.
func (b *Button) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		b.Tapped(nil)
	default:
		passOn(e)
	}
}

// TypedRune is part of being focusable; a button takes no text.
func (b *Button) TypedRune(rune) {}

// FocusGained shows the focus ring.
func (b *Button) FocusGained() { b.focused = true; b.Refresh(); Focused(b) }

// FocusLost hides the focus ring.
func (b *Button) FocusLost() { b.focused = false; b.Refresh() }

// MouseIn shows the hover tint and, after a while, the tooltip.
func (b *Button) MouseIn(e *desktop.MouseEvent) {
	b.hovered = true
	b.tipped.MouseIn(e)
	b.Refresh()
}

// MouseOut hides both.
func (b *Button) MouseOut() {
	b.hovered = false
	b.tipped.MouseOut()
	b.Refresh()
}

// Cursor is a hand where pressing does something.
func (b *Button) Cursor() desktop.Cursor {
	if b.disabled {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// CreateRenderer is asked for by Fyne.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	b.ExtendBaseWidget(b)
	b.surface = &canvas.Rectangle{StrokeWidth: LineWidth, CornerRadius: RadiusControl}
	b.ring = &canvas.Rectangle{StrokeWidth: 2, CornerRadius: RadiusControl + 2}
	b.words = &canvas.Text{}
	b.picture = canvas.NewImageFromResource(nil)
	b.arrow = canvas.NewImageFromResource(nil)
	r := &plainRenderer{
		objects: []fyne.CanvasObject{b.surface, b.words, b.picture, b.arrow, b.ring},
		layout:  b.arrange, least: b.least, restyle: b.restyle, widget: b,
	}
	b.restyle()
	return r
}

func (b *Button) textSize() float32 {
	if b.small {
		return TextQuiet
	}
	return TextBody
}

func (b *Button) colors() (fill, edge, text fyne.ThemeColorName) {
	fill, edge, text = ColorSurface, ColorBorder, ColorText
	switch b.kind {
	case Primary:
		fill, edge, text = ColorPrimary, ColorPrimary, ColorOnPrimary
	case Danger:
		edge, text = ColorErrorEdge, ColorErrorText
	case Flat:
		fill, edge = "", ""
	}
	if b.color != "" {
		text = b.color
	}
	if b.disabled {
		text = ColorDisabled
		if b.kind == Primary {
			fill, edge = ColorDisabledFill, ColorDisabledFill
		}
		if b.kind == Danger {
			edge = ColorBorder
		}
	}
	return fill, edge, text
}

func (b *Button) restyle() {
	fill, edge, text := b.colors()
	b.surface.FillColor, b.surface.StrokeColor = color.Transparent, color.Transparent
	if fill != "" {
		b.surface.FillColor = colorFor(b, fill)
	}
	if edge != "" {
		b.surface.StrokeColor = colorFor(b, edge)
	}
	if b.hovered && !b.disabled {
		b.surface.FillColor = over(b.surface.FillColor, colorFor(b, theme.ColorNameHover))
	}
	b.words.Text, b.words.TextSize = bidi.Visual(b.text), b.textSize()
	b.words.TextStyle.Bold = b.kind == Primary
	b.words.Color = colorFor(b, text)
	b.ring.FillColor = color.Transparent
	b.ring.StrokeColor = color.Transparent
	if b.focused {
		b.ring.StrokeColor = colorFor(b, ColorPrimaryText)
	}
	showIcon(b.picture, b.icon, text)
	var arrow fyne.Resource
	if b.drops {
		arrow = IconDown()
	}
	showIcon(b.arrow, arrow, text)
}

func showIcon(image *canvas.Image, icon fyne.Resource, color fyne.ThemeColorName) {
	if icon == nil {
		image.Hide()
		return
	}
	image.FillMode = canvas.ImageFillContain
	paint(image, icon, color)
}

func (b *Button) least() fyne.Size {
	height, pad := ControlHeight, float32(12)
	switch {
	case b.small:
		height, pad = SmallControlHeight, 9
	case b.large:
		height, pad = LargeControlHeight, 17
	}
	if b.text == "" {
		return fyne.NewSize(height+4, height)
	}
	return fyne.NewSize(b.contentWidth()+2*pad, height)
}

func (b *Button) contentWidth() float32 {
	width := measure(b.text, b.textSize(), fyne.TextStyle{Bold: b.kind == Primary}).Width
	if b.text == "" {
		width = 0
	}
	if b.icon != nil {
		width += IconSize
		if b.text != "" {
			width += SpaceSmall
		}
	}
	if b.drops {
		width += IconSize - 2
	}
	return width
}

func (b *Button) arrange(size fyne.Size) {
	b.surface.Resize(size)
	around := float32(2)
	if b.kind == Primary { // a ring of its own colour needs a gap to be seen
		around = 4
	}
	b.ring.Move(fyne.NewPos(-around, -around))
	b.ring.Resize(size.AddWidthHeight(2*around, 2*around))
	x := (size.Width - b.contentWidth()) / 2
	if b.wide {
		x = 12
	}
	if b.icon != nil {
		b.picture.Move(fyne.NewPos(x, (size.Height-IconSize)/2))
		b.picture.Resize(fyne.NewSquareSize(IconSize))
		x += IconSize + SpaceSmall
	}
	m := measure(b.text, b.textSize(), b.words.TextStyle)
	b.words.Move(fyne.NewPos(x, (size.Height-m.Height)/2))
	b.words.Resize(m)
	if b.drops {
		b.arrow.Move(fyne.NewPos(x+m.Width, (size.Height-IconSize)/2))
		b.arrow.Resize(fyne.NewSquareSize(IconSize))
	}
}

// over blends a translucent tint over a colour.
func over(base, tint color.Color) color.Color {
	tr, tg, tb, ta := tint.RGBA()
	br, bg, bb, ba := base.RGBA()
	mix := func(t, b uint32) uint16 { return uint16(t + b*(0xffff-ta)/0xffff) }
	return color.RGBA64{R: mix(tr, br), G: mix(tg, bg), B: mix(tb, bb), A: mix(ta, ba)}
}
