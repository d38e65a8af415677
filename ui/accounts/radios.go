package accounts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"rollcall/ui/ask"
	"rollcall/ui/look"
	"rollcall/ui/watch"
)

// radios is a row of options of which one is chosen: with a click, with Space,
// or with the arrow keys from its neighbour.
type radios struct {
	row     fyne.CanvasObject
	options []*radio
	changed func(int)
}

func newRadios(names []string, changed func(int)) *radios {
	r := &radios{changed: changed}
	var objects []fyne.CanvasObject
	for i, name := range names {
		option := newRadio(name)
		option.take = func() { r.take(i) }
		option.step = func(by int) { r.step(i + by) }
		r.options = append(r.options, option)
		objects = append(objects, option)
	}
	r.row = container.NewHBox(objects...)
	return r
}

// take chooses an option as the person wants it.
func (r *radios) take(i int) {
	if r.options[i].chosen {
		return
	}
	r.choose(i)
	watch.Do("radio", func() { r.changed(i) })
}

// step goes to a neighbour and chooses it.
func (r *radios) step(i int) {
	if i < 0 || i >= len(r.options) {
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(r.options[i]); c != nil {
		c.Focus(r.options[i])
	}
	r.take(i)
}

func (r *radios) choose(chosen int) {
	for i, option := range r.options {
		option.set(i == chosen)
	}
}

var (
	_ fyne.Focusable     = (*radio)(nil)
	_ fyne.Tappable      = (*radio)(nil)
	_ fyne.Accessible    = (*radio)(nil)
	_ desktop.Cursorable = (*radio)(nil)
)

// radio is one option. Fyne's own keeps Enter and Escape from the card.
type radio struct {
	widget.BaseWidget
	name   string
	chosen bool
	take   func()
	step   func(by int)
	ring   *look.Box
	icon   *look.Icon
	root   fyne.CanvasObject
}

func newRadio(name string) *radio {
	r := &radio{name: name, ring: look.NewBox("", "", look.RadiusControl)}
	r.icon = look.NewIcon(theme.RadioButtonIcon(), look.ColorText, look.IconSize)
	r.root = container.NewStack(r.ring, look.Inset(5, 8, 5, 4, look.Row(look.SpaceSmall, r.icon, look.NewText(name))))
	r.ExtendBaseWidget(r)
	return r
}

func (r *radio) set(chosen bool) {
	r.chosen = chosen
	if chosen {
		r.icon.Set(theme.RadioButtonCheckedIcon(), look.ColorPrimaryText)
	} else {
		r.icon.Set(theme.RadioButtonIcon(), look.ColorText)
	}
}

// Tapped is asked for by Fyne.
func (r *radio) Tapped(*fyne.PointEvent) { r.take() }

// Cursor is asked for by Fyne.
func (r *radio) Cursor() desktop.Cursor { return desktop.PointerCursor }

// FocusGained shows the focus ring.
func (r *radio) FocusGained() {
	r.ring.SetColors("", look.ColorPrimaryText)
	look.Focused(r)
}

// FocusLost hides the focus ring.
func (r *radio) FocusLost() { r.ring.SetColors("", "") }

// TypedRune is part of being focusable.
func (r *radio) TypedRune(rune) {}

// TypedKey is asked for by Fyne.
func (r *radio) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace:
		r.take()
	case fyne.KeyRight, fyne.KeyDown:
		r.step(1)
	case fyne.KeyLeft, fyne.KeyUp:
		r.step(-1)
	default:
		ask.PassOn(e)
	}
}

// AccessibilityLabel tells the option and whether it is chosen.
func (r *radio) AccessibilityLabel() string {
	if r.chosen {
		return r.name + ", chosen"
	}
	return r.name
}

// AccessibilityRole says that it can be pressed.
func (r *radio) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is asked for by Fyne.
func (r *radio) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.root) }
