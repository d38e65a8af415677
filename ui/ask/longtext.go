package ask

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rollcall/ui/look"
	"rollcall/ui/places"
	"rollcall/ui/watch"
)

// LongText shows a card with many lines to read; in a low window they scroll in
// less room.
func (l *Layer) LongText(name, title string, lines []string) *Card {
	size := l.window.Canvas().Size()
	width, height := min(560, size.Width-2*cardAround), max(120, min(340, size.Height-longAround))
	c := &Card{Name: name}
	c.Enter = c.Close
	text := look.NewParagraph(strings.Join(lines, "\n"), look.ColorText)
	text.Resize(fyne.NewSize(width-40, 1))
	ok := look.NewPrimary("Close", watch.Wrap("button dialog.ok", c.Close))
	scroll := container.NewVScroll(look.Inset(12, 14, 12, 14, text))
	c.Content = container.NewBorder(look.NewTitle(title), Buttons(nil, ok), nil, nil,
		look.Inset(14, 0, 14, 0, look.Fixed(width, height, look.TableCard(scroll))))
	c.Mark = func(p *places.Page) {
		p.Text("dialog.title", title)
		p.Text("dialog.text", strings.Join(lines, "\n"))
		p.Mark("dialog.ok", ok)
	}
	l.Show(c)
	return c
}

const (
	// cardAround is the room that a card keeps at its left and its right, its
	// own edges included; longAround is that above and below a long text, with
	// the card's title and buttons.
	cardAround float32 = 40
	longAround float32 = 190
)
