package ask

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"rollcall/internal/workbench"
	"rollcall/ui/look"
	"rollcall/ui/places"
	"rollcall/ui/watch"
)

// patience is how long work may take before its progress is shown.
const patience = 350 * time.Millisecond

// Work runs work in the background, shows its progress when it takes long,
// with a way to cancel, and gives done its result. An error is shown under the
// title; a cancelled work says nothing.
func Work[T any](l *Layer, b *workbench.Bench, title string, work func(context.Context, func(workbench.Progress)) (T, error), done func(T)) {
	WorkOr(l, b, title, work, done, func(err error) { l.Error(title, err) })
}

// WorkOr is Work with the error in the caller's hands. failed is not called
// for a cancelled work.
func WorkOr[T any](l *Layer, b *workbench.Bench, title string, work func(context.Context, func(workbench.Progress)) (T, error), done func(T), failed func(error)) {
	card := newProgressCard(title)
	ended := false
	cancel := workbench.Background(b, work, card.show, func(result T, err error) {
		watch.Do(title, func() {
			ended = true
			card.Close()
			switch {
			case err == nil:
				done(result)
			case !errors.Is(err, context.Canceled):
				failed(err)
			}
		})
	})
	card.stop = cancel
	var later func()
	later = func() {
		time.AfterFunc(patience, func() {
			l.post(func() {
				switch top := l.Top(); {
				case ended:
				case top != nil && top.Asks:
					later() // never over a question that the work itself waits for
				default:
					l.Show(&card.Card)
				}
			})
		})
	}
	later()
}

// progressCard shows how far a work has come.
type progressCard struct {
	Card
	stop func()
	what *look.Spans
	bar  *look.Progress
	wait *widget.ProgressBarInfinite
}

func newProgressCard(title string) *progressCard {
	c := &progressCard{what: look.NewQuiet("One moment…"), bar: look.NewProgress().Plain(), wait: widget.NewProgressBarInfinite()}
	c.bar.Hide()
	cancel := look.NewButton("Cancel", watch.Wrap("button dialog.cancel", c.cancel))
	c.Name = "progress"
	bars := container.NewStack(container.NewVBox(layout.NewSpacer(), c.bar, layout.NewSpacer()), c.wait) // one at a time
	c.Content = look.Column(14, look.NewTitle(title), c.what, look.Fixed(cardWidth, 0, bars), Buttons(nil, cancel))
	c.Escape = c.cancel
	c.Closed = c.wait.Stop
	c.Mark = func(p *places.Page) {
		p.Text("dialog.title", title)
		p.Mark("dialog.cancel", cancel)
	}
	return c
}

func (c *progressCard) cancel() {
	c.what.SetText("Stopping…")
	if c.stop != nil {
		c.stop()
	}
}

func (c *progressCard) show(p workbench.Progress) {
	text := p.What
	if p.Total > 0 {
		if p.Share {
			text += " · " + look.Count(int(100*p.Done/p.Total)) + " %"
		} else {
			text += " · " + look.Count(int(p.Done)) + " of " + look.Count(int(p.Total))
		}
		c.bar.Set(int(p.Done), 0, int(p.Total))
		c.wait.Hide()
		c.bar.Show()
	} else if p.Done > 0 {
		text += " · " + look.Count(int(p.Done))
	}
	c.what.SetText(text)
}
