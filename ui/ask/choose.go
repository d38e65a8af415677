package ask

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"rollcall/ui/bidi"
	"rollcall/ui/look"
	"rollcall/ui/places"
	"rollcall/ui/watch"
)

// Choice is what Choose asks.
type Choice struct {
	Title, Text string
	// Options are offered in this order.
	Options []string
	// OK says what is done with the choice: "Fix 3".
	OK string
	// Free lets any text be the answer, not only an option.
	Free bool
	// Below stands under the list, nil for nothing; Mark names its parts.
	Below fyne.CanvasObject
	Mark  func(p *places.Page)
}

// Choose lets one of many values be picked, or typed; chosen gets it.
func (l *Layer) Choose(q Choice, chosen func(string)) *Card {
	c := &Card{Name: "choose"}
	entry := NewEntry().In(c)
	entry.SetPlaceHolder("Type to narrow the list")
	if q.Free {
		entry.SetPlaceHolder("Type a value, or pick one below")
	}
	shown := q.Options
	picked := ""
	ok := look.NewPrimary(q.OK, nil)
	list := NewList(
		func() int { return len(shown) },
		func() fyne.CanvasObject { return widget.NewLabel("") },
		func(i widget.ListItemID, o fyne.CanvasObject) {
			if i < len(shown) {
				o.(*widget.Label).SetText(bidi.Visual(shown[i]))
			}
		})
	update := func() {
		if picked == "" {
			ok.DisableWith("Pick a value first.")
		} else {
			ok.Enable()
		}
	}
	list.OnPick = func(i int, _ bool) {
		if i < len(shown) {
			picked = shown[i]
			entry.SetText(picked)
			update()
		}
	}
	entry.OnKey = list.Step
	entry.OnChanged = func(s string) {
		watch.Do("change choose.entry", func() {
			if s == picked && s != "" {
				return
			}
			shown, picked = narrow(q.Options, s), ""
			switch {
			case q.Free: // what was typed is meant, whatever it is a part of
				picked = strings.TrimSpace(s)
			case len(shown) == 1 && s != "":
				picked = shown[0]
			}
			for _, o := range shown {
				if strings.EqualFold(o, strings.TrimSpace(s)) {
					picked = o
				}
			}
			list.Clear()
			list.Refresh()
			update()
		})
	}
	c.Enter = func() {
		if picked != "" {
			c.Close()
			chosen(picked)
		}
	}
	ok.OnTapped = watch.Wrap("button choose.ok", c.Enter)
	update()
	cancel := look.NewButton("Cancel", watch.Wrap("button choose.cancel", c.Close))
	parts := []fyne.CanvasObject{look.NewTitle(q.Title)}
	if q.Text != "" {
		parts = append(parts, Text(cardWidth, q.Text, look.ColorQuiet))
	}
	top := look.Column(12, append(parts, entry)...)
	foot := look.Inset(14, 0, 0, 0, Buttons(nil, cancel, ok))
	if q.Below != nil {
		foot = look.Column(0, look.Inset(8, 0, 0, 0, q.Below), foot)
	}
	// In a low window the list gives way.
	room := l.window.Canvas().Size().Height - top.MinSize().Height - foot.MinSize().Height - choiceAround
	body := look.Fixed(cardWidth, max(60, min(220, room)), look.TableCard(list))
	c.Content = container.NewBorder(top, foot, nil, nil, look.Inset(10, 0, 0, 0, body))
	c.First = entry
	c.Mark = func(p *places.Page) {
		p.Text("dialog.title", q.Title)
		p.Text("dialog.text", q.Text)
		p.Mark("choose.entry", entry)
		p.Mark("choose.ok", ok)
		p.Mark("choose.cancel", cancel)
		if q.Mark != nil {
			q.Mark(p)
		}
		height := list.MinSize().Height
		if row := widget.NewLabel("M").MinSize().Height; row > 0 {
			height = row + 4
		}
		for i, option := range shown {
			name := fmt.Sprintf("popup.%d", i)
			p.Text(name, option)
			at := float32(i)*height - list.GetScrollOffset()
			p.Part(name, list, fyne.NewPos(0, at), fyne.NewSize(list.Size().Width, height-4))
		}
	}
	l.Show(c)
	return c
}

// choiceAround is the room around the parts of the card and around the card.
const choiceAround float32 = 48 + 10 + 40

// narrow keeps the options that hold the text, without regard to case.
func narrow(options []string, text string) []string {
	text = strings.ToLower(strings.TrimSpace(text))
	if text == "" {
		return options
	}
	var kept []string
	for _, o := range options {
		if strings.Contains(strings.ToLower(o), text) {
			kept = append(kept, o)
		}
	}
	return kept
}
