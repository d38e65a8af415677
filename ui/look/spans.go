package look

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"rollcall/ui/bidi"
)

// Span is a piece of a one-line text.
type Span struct {
	Text   string
	Color  fyne.ThemeColorName // ColorText when empty
	Bold   bool
	Struck bool // a line through it: what was there before
	Mono   bool
}

// Spans is one line of text in several pieces. It can carry a tooltip.
type Spans struct {
	tipped

	// Truncate lets the line be narrower than its text, which is then cut with
	// an ellipsis. Otherwise the line insists on its full width.
	Truncate bool
	// Alignment of the pieces together, when the line is wider than its text.
	Alignment fyne.TextAlign

	pieces []Span
	size   float32
	texts  []*canvas.Text
	lines  []*canvas.Rectangle
	render *plainRenderer
}

var _ fyne.Accessible = (*Spans)(nil)

// NewSpans makes a line of text of the given size in canvas units.
func NewSpans(size float32, pieces ...Span) *Spans {
	s := &Spans{pieces: pieces, size: size}
	s.ExtendBaseWidget(s)
	return s
}

// NewText is ordinary text.
func NewText(text string) *Spans { return NewSpans(TextBody, Span{Text: text}) }

// NewBold is text that stands out.
func NewBold(text string) *Spans { return NewSpans(TextBody, Span{Text: text, Bold: true}) }

// NewHeading heads a card or a section.
func NewHeading(text string) *Spans { return NewBold(text) }

// NewTitle is the title of a page or a dialog.
func NewTitle(text string) *Spans { return NewSpans(TextTitle, Span{Text: text, Bold: true}) }

// NewFigure is a big count in a card.
func NewFigure(text string, color fyne.ThemeColorName) *Spans {
	return NewSpans(TextFigure, Span{Text: text, Color: color, Bold: true})
}

// NewQuiet is secondary text at body size.
func NewQuiet(text string) *Spans { return NewSpans(TextBody, Span{Text: text, Color: ColorQuiet}) }

// NewSmall is secondary text, a size smaller.
func NewSmall(text string) *Spans { return NewSpans(TextQuiet, Span{Text: text, Color: ColorQuiet}) }

// NewTiny is secondary text of the smallest size.
func NewTiny(text string) *Spans { return NewSpans(TextTiny, Span{Text: text, Color: ColorQuiet}) }

// NewColored is text in the colour of a token.
func NewColored(text string, color fyne.ThemeColorName) *Spans {
	return NewSpans(TextBody, Span{Text: text, Color: color})
}

// Cut makes the line give way to its neighbours, with an ellipsis, and returns
// the line itself.
func (s *Spans) Cut() *Spans {
	s.Truncate = true
	return s
}

// Set replaces the pieces.
func (s *Spans) Set(pieces ...Span) {
	s.pieces = pieces
	s.Refresh()
}

// SetText replaces the text and keeps the style of the first piece.
func (s *Spans) SetText(text string) {
	var first Span
	if len(s.pieces) > 0 {
		first = s.pieces[0]
	}
	if s.Text() == text {
		return
	}
	first.Text = text
	s.Set(first)
}

// SetColor gives all pieces one colour.
func (s *Spans) SetColor(name fyne.ThemeColorName) {
	for i := range s.pieces {
		s.pieces[i].Color = name
	}
	s.Refresh()
}

// Text is all the pieces together.
func (s *Spans) Text() string {
	var b strings.Builder
	for _, p := range s.pieces {
		b.WriteString(p.Text)
	}
	return b.String()
}

// AccessibilityLabel is the text of the line.
func (s *Spans) AccessibilityLabel() string { return s.Text() }

// AccessibilityRole says that the line is text.
func (s *Spans) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is asked for by Fyne.
func (s *Spans) CreateRenderer() fyne.WidgetRenderer {
	s.ExtendBaseWidget(s)
	s.render = &plainRenderer{layout: s.arrange, least: s.least, restyle: s.restyle, widget: s}
	s.restyle()
	return s.render
}

func (s *Spans) restyle() {
	for len(s.texts) < len(s.pieces) {
		s.texts = append(s.texts, &canvas.Text{})
		s.lines = append(s.lines, &canvas.Rectangle{})
	}
	objects := make([]fyne.CanvasObject, 0, 2*len(s.pieces))
	for i, p := range s.pieces {
		name := p.Color
		if name == "" {
			name = ColorText
		}
		text := s.texts[i]
		text.Text, text.TextSize = bidi.Visual(p.Text), s.size
		text.TextStyle = fyne.TextStyle{Bold: p.Bold, Monospace: p.Mono}
		text.Color = colorFor(s, name)
		objects = append(objects, text)
		if p.Struck {
			s.lines[i].FillColor = text.Color
			objects = append(objects, s.lines[i])
		}
	}
	s.render.objects = objects
}

// least measures the pieces as they should be, not as they were last cut.
func (s *Spans) least() fyne.Size {
	size := s.full()
	if s.Truncate {
		size.Width = fyne.Min(size.Width, 2*s.size)
	}
	return size
}

func (s *Spans) full() fyne.Size {
	size := fyne.NewSize(0, fyne.MeasureText("", s.size, fyne.TextStyle{}).Height)
	for _, p := range s.pieces {
		m := s.measure(p, p.Text)
		size.Width += m.Width
		size.Height = fyne.Max(size.Height, m.Height)
	}
	return size
}

func (s *Spans) measure(p Span, text string) fyne.Size {
	return measure(text, s.size, fyne.TextStyle{Bold: p.Bold, Monospace: p.Mono})
}

func (s *Spans) arrange(size fyne.Size) {
	full := s.full()
	x := float32(0)
	switch {
	case full.Width >= size.Width:
	case s.Alignment == fyne.TextAlignTrailing:
		x = size.Width - full.Width
	case s.Alignment == fyne.TextAlignCenter:
		x = (size.Width - full.Width) / 2
	}
	cutting := s.Truncate && full.Width > size.Width+0.5
	for i, p := range s.pieces {
		if i >= len(s.texts) {
			break
		}
		text := p.Text
		if cutting && x+s.measure(p, text).Width > size.Width {
			text = s.cut(p, fyne.Max(0, size.Width-x))
		}
		m := s.measure(p, text)
		s.texts[i].Text = bidi.Visual(text)
		s.texts[i].Move(fyne.NewPos(x, (size.Height-m.Height)/2))
		s.texts[i].Resize(m)
		s.lines[i].Move(fyne.NewPos(x, size.Height/2+0.5))
		s.lines[i].Resize(fyne.NewSize(m.Width, LineWidth))
		x += m.Width
	}
}

func (s *Spans) cut(p Span, width float32) string {
	return cutText(p.Text, width, func(text string) float32 { return s.measure(p, text).Width })
}

// measure is how much room a text takes as it is drawn.
func measure(text string, size float32, style fyne.TextStyle) fyne.Size {
	return fyne.MeasureText(bidi.Visual(text), size, style)
}

// cutText is the longest beginning of a text that fits in width with an ellipsis
// behind it; the whole text where that fits, nothing where not even the ellipsis
// does.
func cutText(text string, width float32, measure func(string) float32) string {
	if measure(text) <= width {
		return text
	}
	runes := []rune(text)
	low, high := 0, len(runes)
	for low < high {
		mid := (low + high + 1) / 2
		if measure(string(runes[:mid])+"…") <= width {
			low = mid
		} else {
			high = mid - 1
		}
	}
	if low == 0 && measure("…") > width {
		return ""
	}
	return strings.TrimRight(string(runes[:low]), " ") + "…"
}
