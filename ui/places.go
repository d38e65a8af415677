package ui

import (
	"strings"

	"rollcall/ui/look"
	"rollcall/ui/places"
)

// Places names all that is on screen, for tests in a real window.
func (w *Window) Places(p *places.Page) {
	p.Idle(w.Idle())
	w.layer.Places(p, func() {
		w.markBar(p)
		w.layer.MarkLine(p)
		switch w.step {
		case stepOpen:
			w.start.Places(p)
		case stepColumns:
			w.columns.Places(p)
		case stepFix:
			w.fix.Places(p)
		case stepPreview:
			w.preview.Places(p)
		case stepImport:
			w.importing.Places(p)
		}
	})
}

// Idle says that no background work will change the screen.
func (w *Window) Idle() bool {
	return !w.bench.Busy() && w.busy == 0 && !w.accounts.Busy() && !w.picker.Busy() && !w.importing.Running() &&
		(w.doc == nil || !w.fix.Busy() && !w.columns.Busy())
}

func (w *Window) markBar(p *places.Page) {
	t := w.bar
	for name, b := range map[string]*look.Button{
		"open": t.open, "save": t.save, "undo": t.undo, "redo": t.redo, "find": t.find,
	} {
		p.Mark("toolbar."+name, b)
	}
	for i, name := range stepNames {
		p.Mark("step."+strings.ToLower(name), t.shownStep(i))
		if reason := w.locked(step(i)); reason != "" {
			p.Text("step."+strings.ToLower(name)+".locked", reason)
		}
	}
	p.Mark("account.badge", t.account)
	name := "No account"
	if a := w.bench.Current(); a != nil {
		name = a.Profile.Name
	}
	p.Text("account.badge", name)
	p.Text("account.state", t.accountState)
	undo, redo := w.undoLabels()
	p.Text("toolbar.undo", undo)
	p.Text("toolbar.redo", redo)
	p.Text("window.title", w.window.Title())
}
