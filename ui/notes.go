package ui

import (
	"context"
	"strings"

	"rollcall/internal/account"
	"rollcall/ui/ask"
	"rollcall/ui/look"
	"rollcall/ui/places"
	"rollcall/ui/watch"
)

// Notes brings what the workbench has to say into the window, from any
// goroutine. What comes before there is a window waits for it.
type Notes struct {
	post    func(func())
	waiting []string // of the user interface's goroutine
	layer   *ask.Layer
}

// NewNotes makes an empty one.
func NewNotes(post func(func())) *Notes { return &Notes{post: post} }

// Note shows a sentence that is no error.
func (n *Notes) Note(sentence string) {
	n.post(func() {
		if n.layer == nil {
			n.waiting = append(n.waiting, sentence)
			return
		}
		n.layer.Say(look.Warning, sentence)
	})
}

// show gives the notes their window.
func (n *Notes) show(l *ask.Layer) {
	n.layer = l
	if len(n.waiting) > 0 { // there is one line for all of them
		l.Say(look.Warning, strings.Join(n.waiting, " "))
	}
	n.waiting = nil
}

// Renew asks for a new secret when the account refuses the old one in the
// middle of an import or a sync. No answer ends it; an import can be carried on.
func (n *Notes) Renew(ctx context.Context, p account.Profile) (string, error) {
	answer := make(chan string, 1)
	var card *ask.Card // of the user interface's goroutine
	n.post(func() {
		if n.layer == nil {
			answer <- ""
			return
		}
		card = n.askSecret(p, answer)
	})
	select {
	case <-ctx.Done():
		n.post(func() {
			if card != nil {
				card.Close() // nothing waits for the answer any more
			}
		})
		return "", ctx.Err()
	case secret := <-answer:
		if secret == "" {
			return "", context.Canceled
		}
		return secret, nil
	}
}

func (n *Notes) askSecret(p account.Profile, answer chan<- string) *ask.Card {
	word := "token"
	switch p.SignIn {
	case account.SignInBasic:
		word = "password"
	case account.SignInOAuth:
		word = "client secret"
	}
	c := &ask.Card{Name: "renew", Asks: true}
	entry := ask.NewPasswordEntry().In(c)
	given := ""
	c.Enter = func() {
		if entry.Text != "" {
			given = entry.Text
			c.Close()
		}
	}
	c.Closed = func() { answer <- given }
	ok := look.NewPrimary("Go on", watch.Wrap("button dialog.ok", c.Enter))
	cancel := look.NewButton("Stop here", watch.Wrap("button dialog.cancel", c.Close))
	text := "“" + p.Name + "” no longer takes the " + word + ". Nothing is lost: give a new one, and the work goes on where it is. Stopped here, it can be taken up again later."
	c.Content = look.Column(16, look.NewTitle("A new "+word+" is needed"), ask.Text(440, text, look.ColorText), entry, ask.Buttons(nil, cancel, ok))
	c.First = entry
	c.Mark = func(p *places.Page) {
		p.Text("dialog.text", text)
		p.Mark("dialog.entry", entry)
		p.Mark("dialog.ok", ok)
		p.Mark("dialog.cancel", cancel)
	}
	n.layer.Show(c)
	return c
}
