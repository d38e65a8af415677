package fix

import (
	"context"

	"fyne.io/fyne/v2/layout"

	"rollcall/internal/check"
	"rollcall/internal/roster"
	"rollcall/internal/workbench"
	"rollcall/ui/ask"
	"rollcall/ui/look"
	"rollcall/ui/places"
	"rollcall/ui/watch"
	"rollcall/ui/words"
)

// choose asks for the value to put in the place of one, and whether the choice
// is to be offered again in the next file.
func (p *problems) choose(d *workbench.Document, g *check.Group, v *check.ValueGroup) {
	verb := "Fix"
	if v.Count > 1 {
		verb = "Fix " + look.Count(v.Count)
	}
	value := quoted(v.Value)
	if v.Value == "" {
		value = "the empty cells"
	}
	q := ask.Choice{
		Title: "What is meant by " + words.Short(value, 40) + "?", Text: g.Title + " · " + words.Plural(v.Count, "cell", "cells"),
		Options: v.Choices, OK: verb, Free: true,
	}
	var card *ask.Card
	remember := ask.NewCheck(p.rememberWords(), nil)
	forget := look.NewSmallButton("Forget it", watch.Wrap("button choose.forget", func() {
		card.Close()
		p.forget(d, v.Column, v.Value)
	})).WithTip("It is not offered any more; no cell changes")
	forget.Hide()
	if to, ok := p.screen.bench.RememberedFix(v.Column, v.Value); ok {
		q.Text += ". Remembered: " + words.Short(quoted(to), 40)
		forget.Show()
	}
	if v.Value != "" {
		q.Below = look.Row(8, remember, layout.NewSpacer(), forget)
		q.Mark = func(page *places.Page) {
			page.Mark("choose.remember", remember)
			page.Mark("choose.forget", forget)
		}
	}
	card = p.screen.layer.Choose(q, func(to string) {
		if remember.Checked {
			p.remember(v.Column, v.Value, to)
		}
		d.FixValue(v.Code, v.Column, v.Value, to)
	})
}

func (p *problems) rememberWords() string {
	if p.screen.bench.Current() == nil {
		return "Remember for files without an account"
	}
	return "Remember for this account"
}

// remember keeps a choice; the disk is written to in the background.
func (p *problems) remember(col roster.Column, from, to string) {
	b := p.screen.bench
	workbench.Background(b, func(context.Context, func(workbench.Progress)) (struct{}, error) {
		return struct{}{}, b.RememberFix(col, from, to)
	}, nil, func(_ struct{}, err error) {
		p.screen.layer.Error("The choice could not be remembered", err)
	})
}

// forget drops a remembered choice.
func (p *problems) forget(d *workbench.Document, col roster.Column, from string) {
	b := p.screen.bench
	workbench.Background(b, func(context.Context, func(workbench.Progress)) (struct{}, error) {
		return struct{}{}, b.ForgetFix(col, from)
	}, nil, func(_ struct{}, err error) {
		p.screen.layer.Error("The choice could not be forgotten", err)
		if d == p.screen.doc {
			d.FixesChanged()
		}
	})
}
