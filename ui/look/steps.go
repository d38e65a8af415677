package look

import (
	"image/color"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
)

// StepState says where a step of the way stands.
type StepState int

const (
	Ahead   StepState = iota // not reached: its number, quiet
	Current                  // the screen that is shown: a tinted pill
	Done                     // behind: a tick
)

var (
	_ fyne.Focusable     = (*Step)(nil)
	_ fyne.Accessible    = (*Step)(nil)
	_ desktop.Hoverable  = (*Step)(nil)
	_ desktop.Cursorable = (*Step)(nil)
)

// Step is a piece of the step indicator in the toolbar. Put them into a Row.
type Step struct {
	tipped

	OnTapped func()

	number           int
	name, badge, why string
	state            StepState
	locked           bool
	hovered, focused bool

	pill, disc, mark, ring *canvas.Rectangle
	digit, words, count    *canvas.Text
	tick                   *canvas.Image
}

// NewStep makes a step that is still ahead.
func NewStep(number int, name string, tapped func()) *Step {
	s := &Step{number: number, name: name, OnTapped: tapped}
	s.ExtendBaseWidget(s)
	return s
}

// Set changes the state and the badge: a count of errors, or "" for none.
func (s *Step) Set(state StepState, badge string) {
	if s.state != state || s.badge != badge {
		s.state, s.badge = state, badge
		s.Refresh()
	}
}

// Lock makes the step unusable; why is its tooltip. "" unlocks it.
func (s *Step) Lock(why string) {
	s.why, s.locked = why, why != ""
	s.SetToolTip(why)
	s.Refresh()
}

// AccessibilityLabel tells number, name, state and badge.
func (s *Step) AccessibilityLabel() string {
	label := "Step " + strconv.Itoa(s.number) + ", " + s.name
	switch s.state {
	case Current:
		label += ", shown now"
	case Done:
		label += ", done"
	}
	if s.badge != "" {
		label += ", " + s.badge + " errors"
	}
	if s.why != "" {
		label += ". " + s.why
	}
	return label
}

// AccessibilityRole says that it is a button.
func (s *Step) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// Tapped goes to the step.
func (s *Step) Tapped(*fyne.PointEvent) {
	s.dropTip()
	if !s.locked && s.OnTapped != nil {
		s.OnTapped()
	}
}

// TypedKey goes to the step on Space and Enter and passes other keys on.
func (s *Step) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		s.Tapped(nil)
	default:
		passOn(e)
	}
}

// TypedRune is part of being focusable.
func (s *Step) TypedRune(rune) {}

// FocusGained shows the focus ring.
func (s *Step) FocusGained() { s.focused = true; s.Refresh() }

// FocusLost hides the focus ring.
func (s *Step) FocusLost() { s.focused = false; s.Refresh() }

// MouseIn shows the hover tint and, after a while, the tooltip.
func (s *Step) MouseIn(e *desktop.MouseEvent) {
	s.hovered = true
	s.tipped.MouseIn(e)
	s.Refresh()
}

// MouseOut hides both.
func (s *Step) MouseOut() {
	s.hovered = false
	s.tipped.MouseOut()
	s.Refresh()
}

// Cursor is a hand where the step can be gone to.
func (s *Step) Cursor() desktop.Cursor {
	if s.locked {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

const discSide float32 = 20

// CreateRenderer is asked for by Fyne.
func (s *Step) CreateRenderer() fyne.WidgetRenderer {
	s.ExtendBaseWidget(s)
	s.pill = &canvas.Rectangle{CornerRadius: 16}
	s.disc = &canvas.Rectangle{CornerRadius: discSide / 2}
	s.mark = &canvas.Rectangle{CornerRadius: 8}
	s.ring = &canvas.Rectangle{CornerRadius: 17, StrokeWidth: 2, FillColor: color.Transparent}
	s.digit = &canvas.Text{TextSize: TextTiny, TextStyle: fyne.TextStyle{Bold: true}}
	s.words = &canvas.Text{TextSize: TextBody}
	s.count = &canvas.Text{TextSize: TextTiny, TextStyle: fyne.TextStyle{Bold: true}}
	s.tick = canvas.NewImageFromResource(nil)
	r := &plainRenderer{
		objects: []fyne.CanvasObject{s.pill, s.disc, s.digit, s.tick, s.words, s.mark, s.count, s.ring},
		layout:  s.arrange, least: s.least, restyle: s.restyle, widget: s,
	}
	s.restyle()
	return r
}

func (s *Step) restyle() {
	s.words.Text, s.words.TextStyle.Bold = s.name, s.state == Current
	s.digit.Text, s.count.Text = strconv.Itoa(s.number), s.badge
	s.pill.FillColor = color.Transparent
	s.disc.FillColor, s.digit.Color, s.words.Color = colorFor(s, ColorChip), colorFor(s, ColorQuiet), colorFor(s, ColorQuiet)
	s.tick.Hide()
	switch s.state {
	case Current:
		s.pill.FillColor = colorFor(s, ColorSelected)
		s.disc.FillColor, s.digit.Color = colorFor(s, ColorPrimary), colorFor(s, ColorOnPrimary)
		s.words.Color = colorFor(s, ColorPrimaryText)
	case Done:
		s.disc.FillColor, s.digit.Text = colorFor(s, ColorGood), ""
		showIcon(s.tick, IconCheck(), ColorOnGood)
	}
	if s.hovered && !s.locked && s.state != Current {
		s.pill.FillColor = colorFor(s, theme.ColorNameHover)
	}
	s.mark.FillColor, s.count.Color = color.Transparent, colorFor(s, ColorOnError)
	if s.badge != "" {
		s.mark.FillColor = colorFor(s, ColorErrorBadge)
	}
	s.ring.StrokeColor = color.Transparent
	if s.focused {
		s.ring.StrokeColor = colorFor(s, ColorPrimaryText)
	}
}

func (s *Step) badgeWidth() float32 {
	if s.badge == "" {
		return 0
	}
	return fyne.MeasureText(s.badge, TextTiny, fyne.TextStyle{Bold: true}).Width + 16
}

func (s *Step) least() fyne.Size {
	width := 12 + discSide + 7 + fyne.MeasureText(s.name, TextBody, fyne.TextStyle{Bold: true}).Width + 12
	if s.badge != "" {
		width += 7 + s.badgeWidth()
	}
	return fyne.NewSize(width, ControlHeight)
}

func (s *Step) arrange(size fyne.Size) {
	s.pill.Resize(size)
	s.ring.Resize(size)
	middle := size.Height / 2
	s.disc.Move(fyne.NewPos(12, middle-discSide/2))
	s.disc.Resize(fyne.NewSquareSize(discSide))
	s.tick.Move(fyne.NewPos(15, middle-7))
	s.tick.Resize(fyne.NewSquareSize(14))
	d := s.digit.MinSize()
	s.digit.Move(fyne.NewPos(12+(discSide-d.Width)/2, middle-d.Height/2))
	w := s.words.MinSize()
	x := 12 + discSide + 7
	s.words.Move(fyne.NewPos(x, middle-w.Height/2))
	s.mark.Move(fyne.NewPos(size.Width-12-s.badgeWidth(), middle-8))
	s.mark.Resize(fyne.NewSize(s.badgeWidth(), 16))
	c := s.count.MinSize()
	s.count.Move(fyne.NewPos(size.Width-12-s.badgeWidth()+8, middle-c.Height/2))
}
