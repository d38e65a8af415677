package ui

import (
	"fyne.io/fyne/v2"

	"rollcall/ui/ask"
	"rollcall/ui/look"
	"rollcall/ui/places"
	"rollcall/ui/watch"
)

// whenSafe does f once the open document holds nothing that is not saved, or
// the person has given it up.
func (w *Window) whenSafe(title string, f func()) {
	if w.doc == nil {
		f()
		return
	}
	w.fix.Commit()
	if !w.doc.Dirty() {
		f()
		return
	}
	w.askUnsaved(title, f)
}

func (w *Window) askUnsaved(title string, f func()) {
	text := "“" + w.doc.Name() + "” holds edits that are not saved."
	c := &ask.Card{Name: "unsaved"}
	c.Enter = func() {
		c.Close()
		w.saveThen(f)
	}
	save := look.NewPrimary("Save", watch.Wrap("button dialog.save", c.Enter))
	cancel := look.NewButton("Cancel", watch.Wrap("button dialog.cancel", c.Close))
	drop := look.NewDanger("Don’t save", watch.Wrap("button dialog.discard", func() {
		c.Close()
		f()
	})).WithTip("The edits are given up; the file stays as it was")
	c.Content = look.Column(16, look.NewTitle(title), ask.Text(440, text, look.ColorText),
		ask.Buttons([]fyne.CanvasObject{drop}, cancel, save))
	c.Mark = func(p *places.Page) {
		p.Text("dialog.text", text)
		p.Mark("dialog.save", save)
		p.Mark("dialog.discard", drop)
		p.Mark("dialog.cancel", cancel)
	}
	w.layer.Show(c)
}

// AskClose closes the window; unsaved work and an import under way are asked
// about, once.
func (w *Window) AskClose() {
	watch.Do("close", func() {
		if w.closing {
			return
		}
		if top := w.layer.Top(); top != nil && (top.Name == "unsaved" || top.Name == "confirm") {
			return // it is being asked
		}
		if w.importing.Running() {
			w.layer.Confirm(ask.Question{
				Title: "An import is under way",
				Text:  "If you quit now, what was sent stays and the rest is not. Rollcall offers to carry on when you start it again.",
				OK:    "Quit", Cancel: "Let it finish", Danger: true,
			}, func() { w.whenSafe("Quit without saving?", w.close) })
			return
		}
		w.whenSafe("Quit without saving?", w.close)
	})
}

// close ends the program. The document's work is given up: it was saved, or
// the person said so.
func (w *Window) close() {
	w.closing = true
	close(w.stop)
	d := w.doc
	go func() {
		if d != nil {
			// What cannot be removed is offered at the next start.
			_ = d.Discard()
		}
		w.options.Post(func() {
			w.window.SetCloseIntercept(nil)
			w.window.Close()
		})
	}()
}
