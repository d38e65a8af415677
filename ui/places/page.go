// Package places tells tests in a real window what is on screen and where: it
// writes the named rectangles and texts of the window into a file while it is
// asked to. Screens name their parts when they are asked (Source); they hold
// nothing for it. It knows no screens, and no secret may come in.
package places

import (
	"math"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
)

// Source is whatever can name what it shows.
type Source interface {
	// Places marks the parts that are on screen now.
	Places(p *Page)
}

// Page is one look at the window. All positions are in canvas units; the file
// gets pixels.
type Page struct {
	canvas  fyne.Canvas
	driver  fyne.Driver
	clip    box
	covered bool

	screen, dialog string
	idle           bool
	places         map[string][4]int
	texts          map[string]string
	disabled       []string
	objects        map[string]fyne.CanvasObject
	areas          map[fyne.CanvasObject]box
}

// box is a rectangle in canvas units.
type box struct{ left, top, right, bottom float32 }

func (b box) cut(to box) box {
	return box{max(b.left, to.left), max(b.top, to.top), min(b.right, to.right), min(b.bottom, to.bottom)}
}

func (b box) empty() bool { return b.right-b.left < 1 || b.bottom-b.top < 1 }

// NewPage looks at a canvas.
func NewPage(c fyne.Canvas) *Page {
	size := c.Size()
	return &Page{
		canvas: c, driver: fyne.CurrentApp().Driver(),
		clip:   box{right: size.Width, bottom: size.Height},
		places: map[string][4]int{}, texts: map[string]string{}, objects: map[string]fyne.CanvasObject{}, areas: map[fyne.CanvasObject]box{},
	}
}

// Screen names the screen that is shown.
func (p *Page) Screen(name string) { p.screen = name }

// Dialog names the topmost dialog; "" for none.
func (p *Page) Dialog(name string) { p.dialog = name }

// Idle says that no background work will change the screen.
func (p *Page) Idle(idle bool) { p.idle = idle }

// Cover runs show with all its places left out, because a dialog lies over
// them. Texts are kept.
func (p *Page) Cover(show func()) {
	was := p.covered
	p.covered = true
	show()
	p.covered = was
}

// Within runs show with places clipped to a part that scrolls.
func (p *Page) Within(o fyne.CanvasObject, show func()) {
	was := p.clip
	defer func() { p.clip = was }()
	area, ok := p.area(o)
	if !ok {
		p.clip = box{}
	} else {
		p.clip = p.clip.cut(area)
	}
	show()
}

// Mark names an object, if it is on screen, and tells whether it can be used.
func (p *Page) Mark(name string, o fyne.CanvasObject) {
	if p.covered || o == nil {
		return
	}
	area, ok := p.area(o)
	if !ok || !p.put(name, area) {
		return
	}
	p.objects[name] = o
	if f, ok := o.(fyne.Focusable); ok && p.canvas.Focused() == f {
		p.texts["focus"] = name // what has the keyboard
	}
	if d, ok := o.(fyne.Disableable); ok && d.Disabled() {
		p.disabled = append(p.disabled, name)
	}
}

// Part names a part of an object, given relative to it.
func (p *Page) Part(name string, o fyne.CanvasObject, pos fyne.Position, size fyne.Size) {
	if p.covered {
		return
	}
	area, ok := p.area(o)
	if !ok {
		return
	}
	part := box{area.left + pos.X, area.top + pos.Y, area.left + pos.X + size.Width, area.top + pos.Y + size.Height}
	p.put(name, part.cut(area))
}

// Text tells a text as it is shown.
func (p *Page) Text(name, text string) { p.texts[name] = text }

// Number tells a count in plain digits.
func (p *Page) Number(name string, n int) { p.texts[name] = strconv.Itoa(n) }

func (p *Page) put(name string, area box) bool {
	area = area.cut(p.clip)
	if area.empty() {
		return false
	}
	left, top := p.canvas.PixelCoordinateForPosition(fyne.NewPos(area.left, area.top))
	scale := p.canvas.Scale()
	p.places[name] = [4]int{
		left, top,
		int(math.Round(float64((area.right - area.left) * scale))),
		int(math.Round(float64((area.bottom - area.top) * scale))),
	}
	return true
}

// area is where an object lies on the canvas; ok is false where it is not
// shown. Finding it takes a walk through the window, so it is kept.
func (p *Page) area(o fyne.CanvasObject) (area box, ok bool) {
	if !o.Visible() {
		return box{}, false
	}
	if area, ok = p.areas[o]; ok {
		return area, true
	}
	if area, ok = p.find(o); ok {
		p.areas[o] = area
	}
	return area, ok
}

func (p *Page) find(o fyne.CanvasObject) (area box, ok bool) {
	at, size := p.driver.AbsolutePositionForObject(o), o.Size()
	if at.IsZero() && !o.Position().IsZero() {
		return box{}, false // the driver's answer for what is not in the window
	}
	return box{at.X, at.Y, at.X + size.Width, at.Y + size.Height}, true
}

// Where is a place that was marked, in pixels; ok is false where it is not on
// screen.
func (p *Page) Where(name string) (x, y, width, height int, ok bool) {
	r, ok := p.places[name]
	return r[0], r[1], r[2], r[3], ok
}

// Object is what was marked, nil for what is not on screen.
func (p *Page) Object(name string) fyne.CanvasObject { return p.objects[name] }

// Said is a text that was told, "" for none.
func (p *Page) Said(name string) string { return p.texts[name] }

// Texts are all texts that were told, by name.
func (p *Page) Texts() map[string]string { return p.texts }

// Shown is the screen and the topmost dialog.
func (p *Page) Shown() (screen, dialog string) { return p.screen, p.dialog }

// Usable says that a place is on screen and not disabled.
func (p *Page) Usable(name string) bool {
	_, ok := p.places[name]
	return ok && !slices.Contains(p.disabled, name)
}
