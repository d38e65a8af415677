package ui

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"fyne.io/fyne/v2"

	"rollcall/internal/problem"
	"rollcall/internal/workbench"
	"rollcall/internal/workbook"
	"rollcall/ui/ask"
	"rollcall/ui/look"
	"rollcall/ui/places"
	"rollcall/ui/watch"
	"rollcall/ui/words"
)

// offerRecovery offers the work of a run that ended badly.
func (w *Window) offerRecovery() {
	w.lostEdits("", func(lost []workbench.Recovery) {
		if len(lost) > 0 && w.doc == nil {
			w.showRecovery(lost, recoveryWords{later: "Not now", tip: "It is offered again at the next start", then: func() {}})
		}
	})
}

// lostEdits looks for the work of a file that a run which ended badly has left;
// "" is any file's.
func (w *Window) lostEdits(path string, then func([]workbench.Recovery)) {
	var lost []workbench.Recovery
	w.background("Looking for lost edits", func(ctx context.Context, _ func(workbench.Progress)) (err error) {
		all, err := w.bench.Recoverable(ctx)
		for _, r := range all {
			if path == "" || samePath(path, r.Path) {
				lost = append(lost, r)
			}
		}
		return err
	}, func(error) { then(lost) }) // what cannot be looked for now is offered later
}

// samePath says that two paths name one file, as far as their letters tell.
func samePath(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	wholeA, errA := filepath.Abs(a)
	wholeB, errB := filepath.Abs(b)
	return errA == nil && errB == nil && wholeA == wholeB
}

// recoveryWords say how lost work is left for later, and what is done then.
type recoveryWords struct {
	later, tip string
	then       func()
}

// showRecovery asks what is to become of lost work, the latest first. then
// follows where it is left for later, or the last of it is given up.
func (w *Window) showRecovery(lost []workbench.Recovery, say recoveryWords) {
	r := lost[0]
	text := fmt.Sprintf("“%s” was open with %s when Rollcall ended (%s). Open it as it was, with everything you can undo?",
		r.Name, words.Plural(r.Edits, "unsaved edit", "unsaved edits"), day(r.When, w.bench.Now()))
	if r.Changed && r.Path != "" {
		text += " The file itself was changed or moved since; the copy from then is used."
	}
	c := &ask.Card{Name: "recover"}
	c.Enter = func() {
		c.Close()
		w.restore(r)
	}
	ok := look.NewPrimary("Open it", watch.Wrap("button dialog.ok", c.Enter))
	later := look.NewButton(say.later, watch.Wrap("button dialog.cancel", func() {
		c.Close()
		say.then()
	})).WithTip(say.tip)
	drop := look.NewDanger("Give it up", watch.Wrap("button dialog.discard", func() {
		c.Close()
		w.background("", func(ctx context.Context, _ func(workbench.Progress)) error { return w.bench.Forget(ctx, r.ID) }, func(err error) {
			if err != nil {
				w.layer.Error("The work could not be given up", err)
			} else if len(lost) > 1 {
				w.showRecovery(lost[1:], say)
			} else {
				say.then()
			}
		})
	})).WithTip("The edits are deleted; the file stays as it is")
	c.Content = look.Column(16, look.NewTitle("Go on where you were?"), ask.Text(440, text, look.ColorText),
		ask.Buttons([]fyne.CanvasObject{drop}, later, ok))
	c.Mark = func(p *places.Page) {
		p.Text("dialog.text", text)
		p.Mark("dialog.ok", ok)
		p.Mark("dialog.cancel", later)
		p.Mark("dialog.discard", drop)
	}
	w.layer.Show(c)
}

func (w *Window) restore(r workbench.Recovery) { w.restoreWith(r, "") }

func (w *Window) restoreWith(r workbench.Recovery, password string) {
	ask.WorkOr(w.layer, w.bench, "Opening "+r.Name, func(ctx context.Context, report func(workbench.Progress)) (*workbench.Document, error) {
		if r.Path == "" { // the sample belongs to the practice account
			if err := w.bench.StartPractice(ctx); err != nil {
				return nil, err
			}
		}
		return w.bench.RestoreLocked(ctx, r.ID, password, report)
	}, func(d *workbench.Document) {
		w.accountChosen(false)
		w.setDocument(d)
	}, func(err error) {
		if errors.Is(err, workbook.ErrPassword) {
			w.askPassword(r.Name, errors.Is(err, workbook.ErrWrongPassword), func(password string) { w.restoreWith(r, password) })
			return
		}
		w.layer.Tell("error", "The work could not be brought back", problem.Sentence(err))
	})
}
