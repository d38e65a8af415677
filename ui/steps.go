package ui

import (
	"fyne.io/fyne/v2"

	"rollcall/ui/look"
)

// step is where one is on the way through.
type step int

const (
	stepOpen step = iota
	stepColumns
	stepFix
	stepPreview
	stepImport
	stepCount
)

// stepNames are what the steps are called on screen.
var stepNames = [stepCount]string{"Open", "Columns", "Fix", "Preview", "Import"}

// goTo goes to a step, if one can go there.
func (w *Window) goTo(s step) {
	if w.locked(s) != "" {
		return
	}
	if w.step == stepFix {
		w.fix.Commit()
	}
	if w.step == stepColumns {
		w.tellHidden()
	}
	switch s {
	case stepColumns:
		w.columns.SetDocument(w.doc)
	case stepPreview:
		if w.planned == nil || w.stale() {
			w.Preview(false)
			return
		}
	case stepImport:
		w.loadHistory()
	case stepOpen:
		w.refreshStart()
	}
	w.show(s)
}

// tellHidden says that edits are out of sight, since the columns that they
// belong to are matched differently now.
func (w *Window) tellHidden() {
	n := 0
	if w.doc != nil {
		n = w.doc.HiddenEdits()
	}
	if n > 0 && n != w.hidden {
		text := "1 edited cell belongs to another choice of columns. It is kept, and shown again with that choice."
		if n > 1 {
			text = look.Count(n) + " edited cells belong to another choice of columns. They are kept, and shown again with that choice."
		}
		w.layer.Say(look.Info, text)
	}
	w.hidden = n
}

// locked says why a step cannot be gone to, "" if it can.
func (w *Window) locked(s step) string {
	switch {
	case s == w.step || s == stepOpen:
		return ""
	case s == stepImport && (w.importing.Import() != nil || w.bench.Current() != nil):
		return ""
	case s == stepImport:
		return "Nothing has been imported yet."
	case w.doc == nil:
		return "Open a spreadsheet first."
	case s == stepPreview && w.planned != nil && w.planned.Plan.Reverse:
		return ""
	case s == stepPreview && w.doc.Counts().Rows == 0:
		return "There is no row to import yet."
	}
	return ""
}

// show puts a screen into the window.
func (w *Window) show(s step) {
	w.step = s
	w.hideTips()
	if w.ofFile { // it was read, and stands on the Columns screen
		w.ofFile = false
		w.layer.Hush()
	}
	w.preview.OfSheet(w.doc != nil)
	w.importing.OfSheet(w.doc != nil)
	screens := [stepCount]fyne.CanvasObject{w.start.Content(), w.columns.Content(), w.fix.Content(), w.preview.Content(), w.importing.Content()}
	w.screens.Objects = []fyne.CanvasObject{screens[s]}
	w.screens.Refresh()
	w.updateBar()
	w.focusScreen()
}

// state is how a step is shown in the toolbar.
func (w *Window) state(s step) look.StepState {
	switch {
	case s == w.step:
		return look.Current
	case s < w.step && (s != stepPreview || w.importing.Import() != nil):
		return look.Done
	case w.doc != nil && w.step == stepOpen && s < stepFix:
		return look.Done
	}
	return look.Ahead
}
