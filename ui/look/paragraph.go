package look

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"rollcall/ui/bidi"
)

// Paragraph is text that wraps at words to the width it is given. Its least
// height follows from the width it has now.
type Paragraph struct {
	widget.BaseWidget

	text  string
	color fyne.ThemeColorName
	size  float32
	bold  bool
	lines []*canvas.Text
	width float32 // the width that lines were made for

	render *plainRenderer
}

var _ fyne.Accessible = (*Paragraph)(nil)

// NewParagraph makes wrapped text of body size in the colour of a token.
func NewParagraph(text string, color fyne.ThemeColorName) *Paragraph {
	p := &Paragraph{text: text, color: color, size: TextBody}
	p.ExtendBaseWidget(p)
	return p
}

// SetText replaces the text.
func (p *Paragraph) SetText(text string) {
	p.text = text
	p.Refresh()
}

// SetColor changes the colour.
func (p *Paragraph) SetColor(color fyne.ThemeColorName) {
	p.color = color
	p.Refresh()
}

// AccessibilityLabel is the text.
func (p *Paragraph) AccessibilityLabel() string { return p.text }

// AccessibilityRole says that it is text.
func (p *Paragraph) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is asked for by Fyne.
func (p *Paragraph) CreateRenderer() fyne.WidgetRenderer {
	p.ExtendBaseWidget(p)
	p.render = &plainRenderer{layout: p.arrange, least: p.least, restyle: p.wrap, widget: p}
	p.wrap()
	return p.render
}

func (p *Paragraph) wrap() {
	var objects []fyne.CanvasObject
	p.width = p.Size().Width
	lines := wrapWords(p.text, p.width, func(s string) float32 {
		return measure(s, p.size, p.style()).Width
	})
	p.lines = p.lines[:0]
	for _, line := range lines {
		t := &canvas.Text{Text: bidi.Visual(line), TextSize: p.size, TextStyle: p.style(), Color: colorFor(p, p.color)}
		p.lines = append(p.lines, t)
		objects = append(objects, t)
	}
	p.render.objects = objects
}

func (p *Paragraph) style() fyne.TextStyle { return fyne.TextStyle{Bold: p.bold} }

func (p *Paragraph) lineHeight() float32 {
	return fyne.MeasureText("M", p.size, p.style()).Height
}

func (p *Paragraph) least() fyne.Size {
	return fyne.NewSize(80, p.lineHeight()*float32(max(1, len(p.lines))))
}

func (p *Paragraph) arrange(size fyne.Size) {
	if size.Width != p.width {
		p.wrap()
	}
	height := p.lineHeight()
	for i, t := range p.lines {
		t.Move(fyne.NewPos(0, float32(i)*height))
		t.Resize(fyne.NewSize(size.Width, height))
	}
}

// wrapWords breaks text at spaces so that no line is wider than width, and at
// the text's own line breaks. A word that is wider by itself is broken.
func wrapWords(text string, width float32, measure func(string) float32) []string {
	var lines []string
	for _, whole := range strings.Split(text, "\n") {
		if width <= 0 || measure(whole) <= width {
			lines = append(lines, whole)
			continue
		}
		line := ""
		for _, word := range strings.Split(whole, " ") {
			candidate := word
			if line != "" {
				candidate = line + " " + word
			}
			if measure(candidate) <= width {
				line = candidate
				continue
			}
			if line != "" {
				lines = append(lines, line)
			}
			var pieces []string
			pieces, line = breakWord(word, width, measure)
			lines = append(lines, pieces...)
		}
		lines = append(lines, line)
	}
	return lines
}

// breakWord cuts full lines off a word and gives what is left over.
func breakWord(word string, width float32, measure func(string) float32) (lines []string, rest string) {
	for _, r := range word {
		if rest != "" && measure(rest+string(r)) > width {
			lines = append(lines, rest)
			rest = ""
		}
		rest += string(r)
	}
	return lines, rest
}
