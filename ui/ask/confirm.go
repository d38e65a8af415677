package ask

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/layout"

	"rollcall/internal/problem"
	"rollcall/ui/look"
	"rollcall/ui/places"
	"rollcall/ui/watch"
)

// cardWidth is how wide the content of a plain question is, in canvas units.
const cardWidth float32 = 440

// Text is wrapped text of a known width, so that its height is right at once.
func Text(width float32, text string, color fyne.ThemeColorName) fyne.CanvasObject {
	p := look.NewParagraph(text, color)
	p.Resize(fyne.NewSize(width, 1))
	return look.Fixed(width, 0, p)
}

// Buttons is the row at the foot of a card: at the right, the main one last.
func Buttons(left []fyne.CanvasObject, right ...fyne.CanvasObject) fyne.CanvasObject {
	all := append(append([]fyne.CanvasObject{}, left...), layout.NewSpacer())
	return look.Row(10, append(all, right...)...)
}

// Question is what Confirm asks.
type Question struct {
	// Name is what tests know the card by; "" is "confirm".
	Name        string
	Title, Text string
	// OK says what will be done, in its own words. Cancel is "Cancel" if empty.
	OK, Cancel string
	// Danger makes OK red: something is taken away. Enter then means Cancel.
	Danger bool
	// Content stands between the text and the buttons, if any.
	Content fyne.CanvasObject
	No      func() // called when the answer was no; may be nil
	// Other is a third way, in its own words, and OtherDo what it does; "" for
	// none.
	Other   string
	OtherDo func()
}

// Confirm asks a question; yes is called when the answer is yes.
func (l *Layer) Confirm(q Question, yes func()) *Card {
	c := &Card{Name: q.Name}
	if c.Name == "" {
		c.Name = "confirm"
	}
	if q.Cancel == "" {
		q.Cancel = "Cancel"
	}
	answered := false
	c.Closed = func() {
		if !answered && q.No != nil {
			q.No()
		}
	}
	agree := func() { answered = true; c.Close(); yes() }
	ok := look.NewPrimary(q.OK, watch.Wrap("button dialog.ok", agree))
	cancel := look.NewButton(q.Cancel, watch.Wrap("button dialog.cancel", c.Close))
	c.Enter = agree
	if q.Danger {
		ok.SetKind(look.Danger)
		c.Enter, c.First = c.Close, cancel
	}
	parts := []fyne.CanvasObject{look.NewTitle(q.Title)}
	if q.Text != "" {
		parts = append(parts, Text(cardWidth, q.Text, look.ColorText))
	}
	if q.Content != nil {
		parts = append(parts, q.Content)
	}
	buttons := []fyne.CanvasObject{cancel, ok}
	var other *look.Button
	if q.Other != "" {
		other = look.NewButton(q.Other, watch.Wrap("button dialog.other", func() { answered = true; c.Close(); q.OtherDo() }))
		buttons = []fyne.CanvasObject{cancel, other, ok}
	}
	c.Content = look.Column(16, append(parts, Buttons(nil, buttons...))...)
	c.Mark = func(p *places.Page) {
		p.Text("dialog.title", q.Title)
		p.Text("dialog.text", q.Text)
		p.Mark("dialog.ok", ok)
		p.Mark("dialog.cancel", cancel)
		if other != nil {
			p.Mark("dialog.other", other)
		}
	}
	l.Show(c)
	return c
}

// Error tells what went wrong in the words that were made for it. A nil error
// shows nothing.
func (l *Layer) Error(title string, err error) {
	if err == nil {
		return
	}
	l.Tell("error", title, problem.Sentence(err))
}

// Tell shows a title and a text with one button.
func (l *Layer) Tell(name, title, text string) *Card {
	c := &Card{Name: name}
	c.Enter = c.Close
	ok := look.NewPrimary("OK", watch.Wrap("button dialog.ok", c.Close))
	c.Content = look.Column(16, look.NewTitle(title), Text(cardWidth, text, look.ColorText), Buttons(nil, ok))
	c.Mark = func(p *places.Page) {
		p.Text("dialog.title", title)
		p.Text("dialog.text", text)
		p.Mark("dialog.ok", ok)
	}
	l.Show(c)
	return c
}

// Typed is a question whose answer has to be typed by hand.
type Typed struct {
	Title, Text string
	// Lines are listed between text and field.
	Lines []string
	// Wanted is what has to be typed; letter case and outer spaces are free.
	Wanted string
	OK     string
}

// TypeToConfirm asks for the wanted words before yes is called.
func (l *Layer) TypeToConfirm(t Typed, yes func()) *Card {
	c := &Card{Name: "type-to-confirm"}
	right := func(s string) bool { return strings.EqualFold(strings.Join(strings.Fields(s), " "), t.Wanted) }
	entry := NewEntry().In(c)
	why := "Type “" + t.Wanted + "” first."
	c.Enter = func() {
		if right(entry.Text) {
			c.Close()
			yes()
		}
	}
	ok := look.NewPrimary(t.OK, watch.Wrap("button dialog.ok", c.Enter))
	ok.DisableWith(why)
	entry.OnChanged = func(s string) {
		watch.Do("change dialog.entry", func() {
			if right(s) {
				ok.Enable()
			} else {
				ok.DisableWith(why)
			}
		})
	}
	cancel := look.NewButton("Cancel", watch.Wrap("button dialog.cancel", c.Close))
	parts := []fyne.CanvasObject{look.NewTitle(t.Title), Text(cardWidth, t.Text, look.ColorText)}
	if len(t.Lines) > 0 {
		parts = append(parts, Text(cardWidth, "• "+strings.Join(t.Lines, "\n• "), look.ColorText))
	}
	parts = append(parts,
		look.NewSpans(look.TextBody, look.Span{Text: "To go on, type "}, look.Span{Text: t.Wanted, Bold: true}),
		entry, Buttons(nil, cancel, ok))
	c.Content = look.Column(14, parts...)
	c.First = entry
	c.Mark = func(p *places.Page) {
		p.Text("dialog.title", t.Title)
		p.Text("dialog.text", strings.TrimSpace(t.Text+" "+strings.Join(t.Lines, " ")))
		p.Text("dialog.wanted", t.Wanted)
		p.Mark("dialog.entry", entry)
		p.Mark("dialog.ok", ok)
		p.Mark("dialog.cancel", cancel)
	}
	l.Show(c)
	return c
}
