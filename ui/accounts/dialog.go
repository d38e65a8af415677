// Package accounts is the cards for accounts: add one, change it, test the
// connection, and the list of all of them. A secret goes from its field to the
// workbench, which gives it to the keychain; it is kept nowhere else.
package accounts

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rollcall/internal/account"
	"rollcall/internal/problem"
	"rollcall/internal/workbench"
	"rollcall/ui/ask"
	"rollcall/ui/look"
	"rollcall/ui/places"
	"rollcall/ui/watch"
)

// Dialogs shows the cards for accounts. It belongs to the user interface's
// goroutine.
type Dialogs struct {
	Bench *workbench.Bench
	Layer *ask.Layer
	// Changed is called after accounts were added, changed or removed; the id
	// is the account that is now meant, or "".
	Changed func(id string)
	// Choose asks for a file with one of the endings; nil leaves the buttons out
	// that need it.
	Choose func(title string, endings []string, chosen func(path string))

	testing int // connection tests under way
}

// Busy says that a connection is being tested or an account is being kept.
func (d *Dialogs) Busy() bool { return d.testing > 0 }

// Add shows an empty card.
func (d *Dialogs) Add() {
	d.edit("Add an account", account.Profile{SignIn: account.SignInToken}, false)
}

// Edit shows the card of an account.
func (d *Dialogs) Edit(p account.Profile) {
	d.testing++
	workbench.Background(d.Bench, func(context.Context, func(workbench.Progress)) (bool, error) {
		return d.Bench.HasSecret(p.ID), nil
	}, nil, func(kept bool, _ error) {
		d.testing--
		d.edit("Change the account", p, kept)
	})
}

// Duplicate shows a card with all of an account but its secret.
func (d *Dialogs) Duplicate(p account.Profile) {
	p.ID, p.Name = "", p.Name+" (copy)"
	d.edit("Add an account", p, false)
}

// card is one account card.
type card struct {
	*ask.Card
	dialogs  *Dialogs
	form     *form
	result   *fyne.Container
	text     string // of the result
	note     *look.Paragraph
	keychain string
	test     *look.Button
	save     *look.Button
	remove   *look.Button
	body     *container.Scroll
	turn     int
	stop     func()
}

func (d *Dialogs) edit(title string, p account.Profile, secretKept bool) {
	c := &card{Card: &ask.Card{Name: "account"}, dialogs: d, result: container.NewStack()}
	c.form = newForm(p, secretKept, c.Card, d)
	c.form.changed, c.form.resized = c.stale, c.Resize
	c.result.Hide()
	c.test = look.NewButton("Test connection", watch.Wrap("button account.test", c.runTest)).
		WithTip("Try the way in and say what the account can do; nothing is changed there")
	cancel := look.NewButton("Cancel", watch.Wrap("button account.cancel", c.Close))
	c.save = look.NewPrimary("Save", watch.Wrap("button account.save", c.keep))
	c.Enter = c.keep
	c.Closed = func() {
		if c.stop != nil {
			c.stop()
		}
	}
	left := []fyne.CanvasObject{c.test}
	if p.ID != "" {
		c.remove = look.NewDanger("Remove…", watch.Wrap("button account.remove", func() { d.Remove(p, c.Close) })).
			WithTip("Forget the account on this computer, its secret included")
		left = append(left, c.remove)
	}
	width := labelWidth + fieldWidth
	c.keychain = keychainNote
	c.note = look.NewParagraph(c.keychain, look.ColorText)
	c.note.Resize(fyne.NewSize(width-26, 1))
	note := look.Fixed(width, 0, container.NewStack(look.NewBox(look.ColorInfoFill, "", look.RadiusControl),
		look.Inset(10, 13, 10, 13, look.Fixed(width-26, 0, c.note))))
	c.body = container.NewVScroll(look.Inset(0, 4, 1, 0, look.Column(14, c.form.content, note, c.result)))
	c.Content = container.New(&tall{dialogs: d, width: width + 4}, look.NewTitle(title), c.body, ask.Buttons(left, cancel, c.save))
	c.First = c.form.name
	c.Mark = func(p *places.Page) { c.mark(p, cancel) }
	d.Layer.Show(c.Card)
	c.askKeychain()
}

// keychainNote says where the secret will be until the keychain has been asked.
const keychainNote = "The token is kept in your system’s keychain, never in a file."

// askKeychain finds out in the background what the keychain is called, and whether
// it can keep a secret; one that has to be unlocked takes its time.
func (c *card) askKeychain() {
	b := c.dialogs.Bench
	workbench.Background(b, func(ctx context.Context, _ func(workbench.Progress)) (string, error) {
		if problem := b.KeychainNote(ctx); problem != "" {
			return problem, nil
		}
		return "The token is kept in your system’s keychain (" + b.KeychainName() + "), never in a file.", nil
	}, nil, func(note string, err error) {
		if err == nil && note != c.keychain {
			c.keychain = note
			c.note.SetText(note)
			c.Resize()
		}
	})
}

// stale takes the verdict of an earlier test away once a field has changed.
func (c *card) stale() {
	c.turn++
	if c.text != "" {
		c.show("", look.Info, "", nil)
	}
}

func (c *card) runTest() {
	p, err := c.form.read()
	if err != nil {
		c.show(problem.Sentence(err), look.Failure, problem.Sentence(err), nil)
		return
	}
	c.turn++
	turn, secret := c.turn, c.form.secret()
	c.test.DisableWith("The connection is being tested.")
	c.show("Testing…", look.Info, "Trying the connection…", nil)
	c.dialogs.testing++
	c.stop = workbench.Background(c.dialogs.Bench, func(ctx context.Context, _ func(workbench.Progress)) (workbench.TestResult, error) {
		return c.dialogs.Bench.TestAccount(ctx, p, secret)
	}, nil, func(r workbench.TestResult, err error) {
		c.dialogs.testing--
		c.test.Enable()
		if turn != c.turn {
			return
		}
		c.tested(r, err)
	})
}

func (c *card) tested(r workbench.TestResult, err error) {
	switch {
	case err != nil:
		c.show(problem.Sentence(err), look.Failure, problem.Sentence(err), nil)
	case r.OK:
		r.Lines = together(r.Lines)
		c.show(strings.Join(append([]string{r.Title}, r.Lines...), "\n"), look.Good, r.Title, r.Lines)
	default:
		c.show(strings.Join(append([]string{r.Title}, r.Lines...), "\n"), look.Failure, r.Title, r.Lines)
	}
}

// together writes what the account can do as one line, below what it holds.
func together(lines []string) []string {
	if len(lines) < 3 {
		return lines
	}
	can := lines[1]
	for _, l := range lines[2:] {
		first, size := utf8.DecodeRuneInString(l)
		can += " · " + string(unicode.ToLower(first)) + l[size:]
	}
	return []string{lines[0], can}
}

// show fills the box of the result; an empty text takes it away.
func (c *card) show(text string, mood look.Mood, title string, lines []string) {
	c.text = text
	if text == "" {
		c.result.Hide()
		c.Resize()
		return
	}
	width := labelWidth + fieldWidth - 32
	fill, edge, tint, sign := look.ColorInfoFill, look.ColorLine, look.ColorText, ""
	switch mood {
	case look.Good:
		fill, edge, tint, sign = look.ColorGoodFill, look.ColorGoodDot, look.ColorGood, "✓ "
	case look.Failure:
		fill, edge, tint, sign = look.ColorErrorFill, look.ColorErrorEdge, look.ColorErrorText, "✕ "
	}
	var parts []fyne.CanvasObject
	if mood == look.Good {
		parts = append(parts, look.NewSpans(look.TextBody, look.Span{Text: sign + title, Color: tint, Bold: true}))
	} else {
		parts = append(parts, ask.Text(width, sign+title, tint))
	}
	for _, l := range lines {
		parts = append(parts, ask.Text(width, l, look.ColorText))
	}
	c.result.Objects = []fyne.CanvasObject{look.NewBox(fill, edge, look.RadiusCard), look.Inset(12, 16, 12, 16, look.Column(4, parts...))}
	c.result.Show()
	c.result.Refresh()
	c.Resize()
	c.body.ScrollToBottom() // the result stands at the end
}

// keep writes the profile, and its secret into the keychain.
func (c *card) keep() {
	p, err := c.form.read()
	if err != nil {
		c.show(problem.Sentence(err), look.Failure, problem.Sentence(err), nil)
		return
	}
	secret := c.form.secret()
	d := c.dialogs
	c.save.DisableWith("The account is being kept.")
	d.testing++
	workbench.Background(d.Bench, func(ctx context.Context, _ func(workbench.Progress)) (account.Profile, error) {
		if p.ID == "" {
			return d.Bench.AddAccount(p, secret)
		}
		return d.Bench.UpdateAccount(p, secret)
	}, nil, func(kept account.Profile, err error) {
		d.testing--
		c.save.Enable()
		if err != nil {
			c.show(problem.Sentence(err), look.Failure, problem.Sentence(err), nil)
			return
		}
		c.Close()
		d.Changed(kept.ID)
	})
}

// Remove asks, then forgets an account; then is called when it is gone.
func (d *Dialogs) Remove(p account.Profile, then func()) {
	d.Layer.Confirm(ask.Question{
		Title: "Remove “" + p.Name + "”?",
		Text: "Rollcall forgets the account on this computer, with its token in the keychain and its copy of the users. " +
			"Nothing changes in the account itself.",
		OK: "Remove", Danger: true,
	}, func() {
		ask.Work(d.Layer, d.Bench, "Removing the account", func(ctx context.Context, _ func(workbench.Progress)) (struct{}, error) {
			return struct{}{}, d.Bench.RemoveAccount(p.ID)
		}, func(struct{}) {
			if then != nil {
				then()
			}
			d.Changed("")
		})
	})
}

func (c *card) mark(p *places.Page, cancel fyne.CanvasObject) {
	p.Within(c.body, func() { c.form.places(p) })
	p.Mark("account.test", c.test)
	p.Mark("account.cancel", cancel)
	p.Mark("account.save", c.save)
	if c.remove != nil {
		p.Mark("account.remove", c.remove)
	}
	p.Text("account.result", c.text)
	p.Text("account.keychain", c.keychain)
}
