package ask

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rollcall/ui/look"
	"rollcall/ui/places"
	"rollcall/ui/watch"
)

// LongText makes a card with many lines to read.
func LongText(name, title string, lines []string) *Card {
	const width, height = 560, 340
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
	return c
}
