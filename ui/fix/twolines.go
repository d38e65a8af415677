package fix

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rollcall/ui/look"
)

// twoLines is a message that stands on one line where there is room and on two
// where there is not; what does not fit there is cut.
type twoLines struct {
	content       *fyne.Container
	first, second *look.Spans
	text          string
	color         fyne.ThemeColorName
}

func newTwoLines() *twoLines {
	t := &twoLines{first: look.NewSpans(look.TextQuiet).Cut(), second: look.NewSpans(look.TextQuiet).Cut()}
	t.content = container.New(&twoLinesLayout{t}, t.first, t.second)
	return t
}

// set changes what is said; it is laid out with the next Layout.
func (t *twoLines) set(text string, color fyne.ThemeColorName) { t.text, t.color = text, color }

// tip is what the pointer is told.
func (t *twoLines) tip(text string) {
	t.first.SetToolTip(text)
	t.second.SetToolTip(text)
}

// wanted is how wide the message is on one line.
func (t *twoLines) wanted() float32 {
	if t.text == "" {
		return 0
	}
	return textWidth(t.text) + 2
}

func textWidth(text string) float32 {
	return fyne.MeasureText(text, look.TextQuiet, fyne.TextStyle{}).Width
}

// height of so many lines.
func (t *twoLines) height(lines int) float32 {
	return float32(lines) * t.first.MinSize().Height
}

// narrowest is the least width in which the message fits on two lines.
func (t *twoLines) narrowest() float32 {
	width := t.wanted()
	for w := width / 2; w < width; w += 8 {
		if _, rest := firstLine(t.text, w); textWidth(rest) <= w-2 {
			return w
		}
	}
	return width
}

// seen is what of the message can be read: lines that had to be cut are left
// out.
func (t *twoLines) seen() string {
	var lines []string
	for _, line := range []*look.Spans{t.first, t.second} {
		if text := line.Text(); text != "" && textWidth(text) <= line.Size().Width {
			lines = append(lines, text)
		}
	}
	return strings.Join(lines, " ")
}

// firstLine is as many words as fit into width, and the rest.
func firstLine(text string, width float32) (first, rest string) {
	if textWidth(text) <= width {
		return text, ""
	}
	end := 0
	for at := 0; at < len(text); {
		next := strings.IndexByte(text[at:], ' ')
		if next < 0 || textWidth(text[:at+next]) > width {
			break
		}
		end = at + next
		at = end + 1
	}
	if end == 0 {
		return text, ""
	}
	return text[:end], text[end+1:]
}

// twoLinesLayout fills the lines for the width there is.
type twoLinesLayout struct{ lines *twoLines }

// MinSize is asked for by Fyne.
func (l *twoLinesLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(20, l.lines.height(2))
}

// Layout is asked for by Fyne.
func (l *twoLinesLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	t := l.lines
	first, rest := firstLine(t.text, size.Width-1)
	t.first.Set(look.Span{Text: first, Color: t.color})
	t.second.Set(look.Span{Text: rest, Color: t.color})
	height := t.first.MinSize().Height
	top := (size.Height - 2*height) / 2
	if rest == "" {
		top = (size.Height - height) / 2
	}
	t.first.Move(fyne.NewPos(0, top))
	t.second.Move(fyne.NewPos(0, top+height))
	t.first.Resize(fyne.NewSize(size.Width, height))
	t.second.Resize(fyne.NewSize(size.Width, height))
}
