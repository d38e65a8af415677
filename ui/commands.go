package ui

import (
	"fyne.io/fyne/v2"

	"rollcall/ui/grid"
)

// command gives a function that does f unless a card waits for an answer; what
// is being typed into a cell is taken over first.
func (w *Window) command(f func()) func() {
	return func() {
		if w.layer.Open() || w.closing {
			return
		}
		if w.step == stepFix {
			w.fix.Commit()
		}
		f()
	}
}

// edit gives a function for the Edit menu, whose shortcuts come before the
// focused text field: a field gets its own shortcut, otherwise the sheet is
// meant (fyne.md §1.5).
func (w *Window) edit(shortcut func() fyne.Shortcut, sheet func()) func() {
	return func() {
		focused := w.window.Canvas().Focused()
		if _, isGrid := focused.(*grid.Grid); !isGrid || sheet == nil {
			if s, ok := focused.(fyne.Shortcutable); ok {
				s.TypedShortcut(shortcut())
				return
			}
		}
		if sheet != nil && !w.layer.Open() && w.step == stepFix {
			sheet()
		}
	}
}

// functionKey gets keys that no field takes and no card wants.
func (w *Window) functionKey(e *fyne.KeyEvent, shift bool) {
	if w.step != stepFix || w.doc == nil {
		return
	}
	switch e.Name {
	case fyne.KeyF8:
		w.fix.NextProblem(shift)
	case fyne.KeyF6:
		w.fix.NextPart()
	case fyne.KeyEscape:
		w.fix.Escape()
	}
}

// Find opens the find bar of the sheet, or the preview's field.
func (w *Window) Find(replacing bool) {
	if w.doc == nil {
		return
	}
	if w.step == stepPreview {
		w.preview.FocusFind()
		return
	}
	if w.step != stepFix {
		w.goTo(stepFix)
	}
	w.fix.Find(replacing)
}

func (w *Window) nextProblem(backwards bool) {
	if w.doc == nil {
		return
	}
	if w.step != stepFix {
		w.goTo(stepFix)
	}
	w.fix.NextProblem(backwards)
}
