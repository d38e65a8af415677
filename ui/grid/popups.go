package grid

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"rollcall/ui/bidi"
)

const (
	listRows   = 8  // that are in sight at once
	listHeight = 26 // canvas units of one of them
	listPad    = 3  // above the first and below the last
)

var (
	_ desktop.Mouseable = (*choiceList)(nil)
	_ desktop.Hoverable = (*choiceList)(nil)
	_ fyne.Scrollable   = (*choiceList)(nil)
	_ desktop.Mouseable = (*hintBox)(nil)
)

// choiceList is the list of values below the editor. It never takes the
// keyboard: the editor steers it.
type choiceList struct {
	widget.BaseWidget
	edit  *editing
	items []string
	at    int // chosen, -1 for none
	first int // in sight

	frame  *canvas.Rectangle
	marker *canvas.Rectangle
	texts  []*canvas.Text
}

func newChoiceList(e *editing) *choiceList {
	l := &choiceList{edit: e, at: -1}
	l.ExtendBaseWidget(l)
	return l
}

// set shows other values; none hides the list.
func (l *choiceList) set(items []string, chooseFirst bool) {
	l.items, l.first, l.at = items, 0, -1
	if chooseFirst && len(items) > 0 {
		l.at = 0
	}
	show(l, len(items) > 0)
	l.Refresh()
}

func (l *choiceList) choose(at int) {
	l.at = at
	if at >= 0 {
		l.first = min(max(l.first, at-listRows+1), at)
	}
	l.Refresh()
}

// move goes to the next or the previous value, round the ends.
func (l *choiceList) move(by int) {
	n := len(l.items)
	if n == 0 {
		return
	}
	at := l.at + by
	if l.at < 0 && by < 0 {
		at = n - 1
	}
	l.choose((at + n) % n)
}

func (l *choiceList) chosen() (string, bool) {
	if l.at < 0 || l.at >= len(l.items) {
		return "", false
	}
	return l.items[l.at], true
}

// MouseDown takes the value under the pointer.
func (l *choiceList) MouseDown(e *desktop.MouseEvent) {
	if at := l.rowAt(e.Position.Y); at < len(l.items) {
		l.edit.grid.watch("choice", func() { l.edit.take(l.items[at]) })
	}
}

// MouseUp is part of taking presses.
func (l *choiceList) MouseUp(*desktop.MouseEvent) {}

func (l *choiceList) rowAt(y float32) int { return l.first + max(0, int((y-listPad)/listHeight)) }

// MouseIn follows the pointer.
func (l *choiceList) MouseIn(e *desktop.MouseEvent) { l.MouseMoved(e) }

// MouseMoved chooses the value under the pointer.
func (l *choiceList) MouseMoved(e *desktop.MouseEvent) {
	if at := l.rowAt(e.Position.Y); at != l.at && at < len(l.items) {
		l.at = at
		l.Refresh()
	}
}

// MouseOut is part of following the pointer.
func (l *choiceList) MouseOut() {}

// Scrolled moves through a long list.
func (l *choiceList) Scrolled(e *fyne.ScrollEvent) {
	step := 1
	if e.Scrolled.DY > 0 {
		step = -1
	}
	l.first = max(0, min(l.first+step, len(l.items)-listRows))
	l.Refresh()
}

// CreateRenderer is asked for by Fyne.
func (l *choiceList) CreateRenderer() fyne.WidgetRenderer {
	l.ExtendBaseWidget(l)
	l.frame = &canvas.Rectangle{StrokeWidth: 1, CornerRadius: 6}
	l.marker = &canvas.Rectangle{CornerRadius: 4}
	objects := []fyne.CanvasObject{l.frame, l.marker}
	l.texts = nil
	for range listRows {
		t := &canvas.Text{}
		l.texts = append(l.texts, t)
		objects = append(objects, t)
	}
	r := &floatRenderer{widget: l, objects: objects, arrange: l.arrange, least: l.least}
	l.arrange(l.Size())
	return r
}

func (l *choiceList) least() fyne.Size {
	g := l.edit.grid
	width := float32(0)
	for i, item := range l.items {
		if i > 200 {
			break
		}
		width = max(width, g.textWidth(shortOf(item), false))
	}
	return fyne.NewSize(width+2*cellPad+8, float32(min(listRows, len(l.items)))*listHeight+2*listPad)
}

func (l *choiceList) arrange(size fyne.Size) {
	g := l.edit.grid
	p := &g.painter.colors
	l.frame.FillColor, l.frame.StrokeColor = p.surface, p.border
	l.frame.Resize(size)
	l.marker.FillColor = p.selection
	l.marker.Hide()
	for i, t := range l.texts {
		at := l.first + i
		if at >= len(l.items) {
			t.Text = ""
			continue
		}
		t.TextSize, t.Color = g.textSize(), p.roles[RoleText]
		var measured fyne.Size
		t.Text, measured = g.cuts.cut(shortOf(l.items[at]), false, t.TextSize, max(20, size.Width-2*cellPad))
		top := listPad + float32(i)*listHeight
		t.Move(fyne.NewPos(cellPad, top+(listHeight-measured.Height)/2))
		if at == l.at {
			l.marker.Show()
			l.marker.Move(fyne.NewPos(3, top))
			l.marker.Resize(fyne.NewSize(size.Width-6, listHeight))
		}
	}
}

// hintBox is the line below the editor: what is wrong, and the suggestion.
type hintBox struct {
	widget.BaseWidget
	edit       *editing
	message    string
	suggestion string
	role       Role

	frame, button *canvas.Rectangle
	text, offer   *canvas.Text
	offerAt       float32
}

func newHintBox(e *editing) *hintBox {
	h := &hintBox{edit: e}
	h.ExtendBaseWidget(h)
	return h
}

// set changes what is said; nothing to say hides the box.
func (h *hintBox) set(message string, role Role, suggestion string) {
	h.message, h.role, h.suggestion = message, role, suggestion
	show(h, h.edit.on && (message != "" || suggestion != ""))
	if h.Visible() {
		h.Refresh()
	}
}

// MouseDown takes the suggestion.
func (h *hintBox) MouseDown(e *desktop.MouseEvent) {
	if h.suggestion != "" && e.Position.X >= h.offerAt {
		h.edit.grid.watch("suggestion", h.edit.takeSuggestion)
	}
}

// MouseUp is part of taking presses.
func (h *hintBox) MouseUp(*desktop.MouseEvent) {}

// CreateRenderer is asked for by Fyne.
func (h *hintBox) CreateRenderer() fyne.WidgetRenderer {
	h.ExtendBaseWidget(h)
	h.frame = &canvas.Rectangle{StrokeWidth: 1, CornerRadius: 6}
	h.button = &canvas.Rectangle{StrokeWidth: 1, CornerRadius: 5}
	h.text, h.offer = &canvas.Text{}, &canvas.Text{}
	r := &floatRenderer{
		widget: h, objects: []fyne.CanvasObject{h.frame, h.button, h.text, h.offer},
		arrange: h.arrange, least: h.least,
	}
	h.arrange(h.Size())
	return r
}

func (h *hintBox) offerText() string {
	if h.suggestion == "" {
		return ""
	}
	return "Use “" + shortOf(h.suggestion) + "”  Ctrl+Enter"
}

func (h *hintBox) least() fyne.Size {
	g := h.edit.grid
	width := float32(2 * cellPad)
	if h.message != "" {
		width += g.textWidth(h.message, false)
	}
	if offer := h.offerText(); offer != "" {
		width += g.textWidth(offer, false) + 22
	}
	return fyne.NewSize(width+4, listHeight+4)
}

func (h *hintBox) arrange(size fyne.Size) {
	g := h.edit.grid
	p := &g.painter.colors
	h.frame.FillColor, h.frame.StrokeColor = p.surface, p.border
	h.frame.Resize(size)
	h.text.TextSize, h.offer.TextSize = g.textSize(), g.textSize()-1
	h.text.Color, h.offer.Color = p.roles[h.role], p.roles[RoleText]
	h.offer.Text = bidi.Visual(h.offerText())
	offerWidth := float32(0)
	if h.offer.Text != "" {
		offerWidth = h.offer.MinSize().Width + 16
	}
	var measured fyne.Size
	h.text.Text, measured = g.cuts.cut(h.message, false, h.text.TextSize, max(20, size.Width-2*cellPad-offerWidth))
	h.text.Move(fyne.NewPos(cellPad, (size.Height-measured.Height)/2))
	h.offerAt = size.Width - offerWidth - 4
	show(h.button, offerWidth > 0)
	h.button.FillColor, h.button.StrokeColor = p.surface, p.border
	h.button.Move(fyne.NewPos(h.offerAt, 4))
	h.button.Resize(fyne.NewSize(offerWidth, max(0, size.Height-8)))
	h.offer.Move(fyne.NewPos(h.offerAt+8, (size.Height-h.offer.MinSize().Height)/2))
}

// floatRenderer is the renderer of list and hint.
type floatRenderer struct {
	widget  fyne.Widget
	objects []fyne.CanvasObject
	arrange func(size fyne.Size)
	least   func() fyne.Size
}

func (r *floatRenderer) Layout(size fyne.Size)        { r.arrange(size) }
func (r *floatRenderer) MinSize() fyne.Size           { return r.least() }
func (r *floatRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *floatRenderer) Destroy()                     {}

func (r *floatRenderer) Refresh() {
	r.arrange(r.widget.Size())
	canvas.Refresh(r.widget)
}
