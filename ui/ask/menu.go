package ask

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"rollcall/ui/bidi"
	"rollcall/ui/places"
	"rollcall/ui/watch"
)

// shownMenu is the menu that is open, if any.
type shownMenu struct {
	menu  *widget.PopUpMenu
	items []*fyne.MenuItem
}

func (m *shownMenu) shown() bool { return m != nil && m.menu.Visible() }

func (m *shownMenu) mark(p *places.Page) {
	n := 0
	for i, item := range m.items {
		if item.IsSeparator || i >= len(m.menu.Items) {
			continue
		}
		name := fmt.Sprintf("popup.%d", n)
		p.Mark(name, m.menu.Items[i])
		p.Text(name, item.Label)
		n++
	}
}

// MenuItem makes an item of a menu whose work is watched.
func MenuItem(label string, f func()) *fyne.MenuItem {
	return fyne.NewMenuItem(label, watch.Wrap("menu "+label, f))
}

// MenuBelow opens a menu under an object that is on screen.
func (l *Layer) MenuBelow(o fyne.CanvasObject, items ...*fyne.MenuItem) {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o).AddXY(0, o.Size().Height+2)
	l.MenuAt(at, items...)
}

// MenuAt opens a menu at a position of the window in canvas units.
func (l *Layer) MenuAt(at fyne.Position, items ...*fyne.MenuItem) {
	l.HideMenu()
	if len(items) == 0 {
		return
	}
	drawn := make([]*fyne.MenuItem, len(items))
	for i, item := range items {
		copied := *item
		copied.Label = bidi.Visual(item.Label)
		drawn[i] = &copied
	}
	menu := widget.NewPopUpMenu(fyne.NewMenu("", drawn...), l.window.Canvas())
	l.menu = &shownMenu{menu: menu, items: items}
	menu.ShowAtPosition(at)
	l.window.Canvas().Focus(menu)
}

// HideMenu takes the open menu away.
func (l *Layer) HideMenu() {
	if l.menu.shown() {
		l.menu.menu.Hide()
	}
	l.menu = nil
}
