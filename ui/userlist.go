package ui

import (
	"context"
	"encoding/csv"
	"errors"
	"path/filepath"
	"strings"

	"rollcall/internal/workbench"
	"rollcall/internal/workbook"
	"rollcall/ui/ask"
	"rollcall/ui/look"
	"rollcall/ui/places"
	"rollcall/ui/watch"
	"rollcall/ui/words"
)

// askUserList lets a customer's user list stand for the account: a way to work
// without credentials.
func (w *Window) askUserList() {
	w.picker.Open("Choose an exported user list", sheetEndings, w.askListDetails)
}

// askListDetails asks for what a list of users cannot show.
func (w *Window) askListDetails(path string) {
	c := &ask.Card{Name: "userlist"}
	groups, sources := ask.NewEntry().In(c), ask.NewEntry().In(c)
	groups.SetPlaceHolder("Trading, EMEA, \"Legal, EMEA\"")
	sources.SetPlaceHolder("slack, teams")
	c.Enter = func() {
		c.Close()
		w.useUserList(path, workbench.UserList{Groups: namesOf(groups.Text), Sources: namesOf(sources.Text)})
	}
	ok := look.NewPrimary("Work from this list", watch.Wrap("button userlist.ok", c.Enter))
	cancel := look.NewButton("Cancel", watch.Wrap("button userlist.cancel", c.Close))
	text := "“" + filepath.Base(path) + "” stands for the account while you work offline. Its groups and sources are taken from it; " +
		"name those that it does not show, separated by commas."
	c.Content = look.Column(12, look.NewTitle("Work from an exported user list"), ask.Text(440, text, look.ColorText),
		look.Column(4, look.NewText("Further groups"), groups), look.Column(4, look.NewText("Further sources"), sources),
		ask.Buttons(nil, cancel, ok))
	c.First = groups
	c.Mark = func(p *places.Page) {
		p.Text("dialog.text", text)
		p.Mark("userlist.groups", groups)
		p.Mark("userlist.sources", sources)
		p.Mark("dialog.ok", ok)
		p.Mark("dialog.cancel", cancel)
	}
	w.layer.Show(c)
}

func (w *Window) useUserList(path string, o workbench.UserList) {
	ask.WorkOr(w.layer, w.bench, "Reading "+filepath.Base(path), func(ctx context.Context, _ func(workbench.Progress)) (struct{}, error) {
		return struct{}{}, w.bench.UseUserList(ctx, path, o)
	}, func(struct{}) {
		w.accountChosen(false)
		if a := w.bench.Current(); a != nil {
			w.layer.Say(look.Good, "You work from "+a.Profile.Name+" with "+words.Plural(a.Users, "user", "users")+", offline. The result is the export for upload.")
		}
	}, func(err error) {
		if errors.Is(err, workbook.ErrPassword) {
			w.askPassword(filepath.Base(path), errors.Is(err, workbook.ErrWrongPassword), func(password string) {
				o.Password = password
				w.useUserList(path, o)
			})
			return
		}
		w.accountChosen(false)
		w.layer.Error("The list cannot be used", err)
	})
}

// namesOf reads names separated by commas; one that holds a comma itself stands
// in quotation marks.
func namesOf(text string) []string {
	r := csv.NewReader(strings.NewReader(strings.ReplaceAll(text, "\n", ",")))
	r.LazyQuotes, r.TrimLeadingSpace = true, true
	fields, err := r.Read()
	if err != nil {
		fields = strings.Split(text, ",")
	}
	var names []string
	for _, f := range fields {
		if f = strings.TrimSpace(f); f != "" {
			names = append(names, f)
		}
	}
	return names
}
