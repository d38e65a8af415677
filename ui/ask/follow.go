package ask

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// besideFocus is kept between what has the keyboard and the edge of the part
// that scrolls, in canvas units.
const besideFocus float32 = 8

// follow scrolls what has got the keyboard into sight.
func (l *Layer) follow(o fyne.CanvasObject) {
	c := l.window.Canvas()
	root := c.Content()
	if top := c.Overlays().Top(); top != nil {
		root = top
		if card := l.Top(); card != nil {
			root = card.inner
		}
	}
	for _, s := range scrollsAround(root, o) {
		reveal(s, o)
	}
}

// scrollsAround lists the scrolling parts that an object lies in, the innermost
// first.
func scrollsAround(root, o fyne.CanvasObject) []*container.Scroll {
	scrolls, _ := search(root, o)
	return scrolls
}

func search(at, o fyne.CanvasObject) (scrolls []*container.Scroll, found bool) {
	if at == nil || !at.Visible() {
		return nil, false
	}
	if at == o {
		return nil, true
	}
	switch part := at.(type) {
	case *fyne.Container:
		for _, child := range part.Objects {
			if scrolls, found = search(child, o); found {
				return scrolls, true
			}
		}
	case *container.ThemeOverride:
		return search(part.Content, o)
	case *container.Scroll:
		if scrolls, found = search(part.Content, o); found {
			return append(scrolls, part), true
		}
	}
	return nil, false
}

// reveal scrolls a part by as little as brings an object in it into sight.
func reveal(s *container.Scroll, o fyne.CanvasObject) {
	driver := fyne.CurrentApp().Driver()
	top := driver.AbsolutePositionForObject(o).Y - driver.AbsolutePositionForObject(s).Y
	bottom, room := top+o.Size().Height, s.Size().Height
	switch {
	case top < 0:
		s.ScrollToOffset(s.Offset.AddXY(0, top-besideFocus))
	case bottom > room:
		s.ScrollToOffset(s.Offset.AddXY(0, min(bottom-room+besideFocus, top)))
	}
}
