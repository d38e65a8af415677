package accounts

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rollcall/internal/workbench"
	"rollcall/ui/ask"
	"rollcall/ui/look"
	"rollcall/ui/places"
	"rollcall/ui/watch"
)

// Manage lists all accounts, each with what can be done with it.
func (d *Dialogs) Manage() {
	c := &ask.Card{Name: "accounts"}
	c.Enter = c.Close
	var lines []fyne.CanvasObject
	var edits []lineButtons
	for _, a := range d.Bench.Accounts() {
		if a.Profile.Practice {
			continue
		}
		edit, line := d.line(c, a)
		edits = append(edits, edit)
		lines = append(lines, line)
	}
	if len(lines) == 0 {
		lines = append(lines, ask.Text(labelWidth+fieldWidth, "There is no account yet. Add one to check files against it and to import.", look.ColorQuiet))
	}
	add := look.NewButton("Add an account…", watch.Wrap("button accounts.add", func() { c.Close(); d.Add() }))
	done := look.NewPrimary("Done", watch.Wrap("button accounts.done", c.Close))
	body := container.NewVScroll(look.Inset(0, 4, 0, 0, look.Column(8, lines...)))
	c.Content = container.New(&tall{dialogs: d, width: labelWidth + fieldWidth + 4}, look.NewTitle("Accounts"), body,
		ask.Buttons([]fyne.CanvasObject{add}, done))
	c.Mark = func(p *places.Page) {
		p.Mark("dialog.ok", done)
		p.Mark("accounts.add", add)
		for i, b := range edits {
			p.Mark(fmt.Sprintf("accounts.edit.%d", i), b.edit)
			p.Mark(fmt.Sprintf("accounts.duplicate.%d", i), b.duplicate)
			p.Mark(fmt.Sprintf("accounts.remove.%d", i), b.remove)
		}
	}
	d.Layer.Show(c)
}

// lineButtons are what can be done with an account.
type lineButtons struct{ edit, duplicate, remove *look.Button }

func (d *Dialogs) line(c *ask.Card, a workbench.AccountState) (lineButtons, fyne.CanvasObject) {
	p := a.Profile
	name := look.NewSpans(look.TextBody, look.Span{Text: p.Name, Bold: true})
	if p.Production {
		name.Set(look.Span{Text: p.Name, Bold: true}, look.Span{Text: "  PRODUCTION", Color: look.ColorErrorText, Bold: true})
	}
	edit := look.NewSmallButton("Edit…", watch.Wrap("button accounts.edit", func() { c.Close(); d.Edit(p) })).WithTip("Change the account")
	copied := look.NewSmallButton("Duplicate…", watch.Wrap("button accounts.duplicate", func() { c.Close(); d.Duplicate(p) })).
		WithTip("A new account with the same settings; its secret is asked for")
	remove := look.NewSmallButton("Remove…", watch.Wrap("button accounts.remove", func() { d.Remove(p, c.Close) })).
		WithTip("Forget the account on this computer")
	text := look.Column(2, name.Cut(), look.NewSmall(a.Text).Cut(), look.NewSmall(p.URL).Cut())
	row := container.NewBorder(nil, nil, nil, look.Row(6, edit, copied, remove), text)
	return lineButtons{edit, copied, remove}, look.Card(row)
}
