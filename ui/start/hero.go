package start

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rollcall/ui/look"
)

// hero is the middle of the screen: what the program is for, the drop zone and
// the buttons below it. In a small window the words are wrapped, the drop zone
// is lower, and the buttons stand on several lines; what then does not fit is
// scrolled to.
type hero struct {
	title, about *words
	drop         *dropZone
	icon         fyne.CanvasObject // of the drop zone
	buttons      []*look.Button
	inner        *fyne.Container
	scroll       *container.Scroll
	width        float32 // that the height was last found for
}

const (
	dropWidth   float32 = 640
	dropHeight  float32 = 230
	dropLowest  float32 = 96
	iconHeight  float32 = 150 // a lower drop zone shows no icon
	heroGap     float32 = 12
	heroEdge    float32 = 20
	buttonGap   float32 = 12
	beforeDrop  float32 = 16
	beforeItems float32 = 20
)

func newHero(title, about string, drop *dropZone, icon fyne.CanvasObject, buttons ...*look.Button) *hero {
	h := &hero{
		title: newWords(title, true, look.TextHero, look.TextTitle), about: newWords(about, false, 14.5, look.TextBody),
		drop: drop, icon: icon, buttons: buttons,
	}
	objects := []fyne.CanvasObject{h.title.content, h.about.content, drop}
	for _, b := range buttons {
		objects = append(objects, b)
	}
	h.inner = container.New(h, objects...)
	h.scroll = container.NewVScroll(h.inner)
	return h
}

// MinSize is asked for by Fyne: the height is that of the width of the latest
// Layout.
func (h *hero) MinSize([]fyne.CanvasObject) fyne.Size {
	width := h.width
	if width == 0 {
		width = dropWidth
	}
	return fyne.NewSize(260, h.around(width)+dropLowest)
}

// around is how high all but the drop zone is.
func (h *hero) around(width float32) float32 {
	return 2*heroEdge + h.title.height(width) + heroGap + h.about.height(width) + beforeDrop + beforeItems + h.items(width, -1)
}

// Layout is asked for by Fyne.
func (h *hero) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	width := size.Width - 2*heroEdge
	if h.width != width {
		h.width = width
		h.scroll.Refresh()
	}
	around := h.around(width)
	high := min(dropHeight, max(dropLowest, size.Height-around))
	y := heroEdge + max(0, (size.Height-around-high)/2)
	put := func(o fyne.CanvasObject, width, height float32) {
		o.Move(fyne.NewPos((size.Width-width)/2, y))
		o.Resize(fyne.NewSize(width, height))
		y += height
	}
	put(h.title.content, width, h.title.height(width))
	y += heroGap
	put(h.about.content, width, h.about.height(width))
	y += beforeDrop
	if high < iconHeight {
		h.icon.Hide()
	} else {
		h.icon.Show()
	}
	put(h.drop, min(dropWidth, width), high)
	h.items(width, y+beforeItems)
}

// items puts the buttons side by side, on as many lines as they need, from a
// height on; it gives the height that they take. Where y is negative they stay
// where they are.
func (h *hero) items(width, y float32) float32 {
	var line []*look.Button
	wide, high := float32(0), float32(0)
	end := func() {
		x := heroEdge + (width-wide)/2
		for _, b := range line {
			least := b.MinSize()
			if y >= 0 {
				b.Move(fyne.NewPos(x, y+high))
				b.Resize(least)
			}
			x += least.Width + buttonGap
		}
		if len(line) > 0 {
			high += look.LargeControlHeight + buttonGap
		}
		line, wide = nil, 0
	}
	for _, b := range h.buttons {
		if !b.Visible() {
			continue
		}
		own := b.MinSize().Width
		if len(line) > 0 && wide+buttonGap+own > width {
			end()
		}
		if len(line) > 0 {
			wide += buttonGap
		}
		line, wide = append(line, b), wide+own
	}
	end()
	return max(0, high-buttonGap)
}

// words is a centred text on one line of its own size, or, where there is not
// the room, on several of a lesser one.
type words struct {
	content     *fyne.Container
	text        string
	bold        bool
	large, less float32
}

func newWords(text string, bold bool, large, less float32) *words {
	w := &words{text: text, bold: bold, large: large, less: less}
	w.content = container.New(w)
	return w
}

func (w *words) measure(text string, size float32) fyne.Size {
	return fyne.MeasureText(text, size, fyne.TextStyle{Bold: w.bold})
}

// lines are the lines for a width, and their size.
func (w *words) lines(width float32) ([]string, float32) {
	if w.measure(w.text, w.large).Width <= width {
		return []string{w.text}, w.large
	}
	var lines []string
	line := ""
	for _, word := range strings.Fields(w.text) {
		longer := strings.TrimSpace(line + " " + word)
		if line != "" && w.measure(longer, w.less).Width > width {
			lines, longer = append(lines, line), word
		}
		line = longer
	}
	return append(lines, line), w.less
}

func (w *words) height(width float32) float32 {
	lines, size := w.lines(width)
	return float32(len(lines)) * w.measure(w.text, size).Height
}

// MinSize is asked for by Fyne; the hero gives the text its room.
func (*words) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

// Layout is asked for by Fyne.
func (w *words) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	lines, letters := w.lines(size.Width)
	color := look.ColorQuiet
	if w.bold {
		color = look.ColorText
	}
	objects := make([]fyne.CanvasObject, len(lines))
	high := w.measure(w.text, letters).Height
	for i, text := range lines {
		line := look.NewSpans(letters, look.Span{Text: text, Bold: w.bold, Color: color})
		line.Alignment = fyne.TextAlignCenter
		line.Move(fyne.NewPos(0, float32(i)*high))
		line.Resize(fyne.NewSize(size.Width, high))
		objects[i] = line
	}
	w.content.Objects = objects
}
