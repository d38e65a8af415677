package ui

import (
	"fyne.io/fyne/v2"

	"rollcall/ui/grid"
)

// undo takes the last step back: on the Columns screen the last choice, else the
// last edit of the sheet, which is shown: nothing changes out of sight.
func (w *Window) undo() {
	if w.step == stepColumns {
		w.columns.Undo()
		return
	}
	w.goTo(stepFix)
	w.fix.Undo()
}

// redo does again what undo took back.
func (w *Window) redo() {
	if w.step == stepColumns {
		w.columns.Redo()
		return
	}
	w.goTo(stepFix)
	w.fix.Redo()
}

// undoLabels says what undo and redo would do now, "" for nothing.
func (w *Window) undoLabels() (undo, redo string) {
	switch {
	case w.doc == nil:
		return "", ""
	case w.step == stepColumns:
		return w.columns.UndoLabel(), w.columns.RedoLabel()
	}
	return w.doc.UndoLabel(), w.doc.RedoLabel()
}

// undoing makes the work of Undo and Redo: a field that has the keyboard comes
// first, then the screen.
func (w *Window) undoing(shortcut func() fyne.Shortcut, screen func()) func() {
	return func() {
		focused := w.window.Canvas().Focused()
		if _, isGrid := focused.(*grid.Grid); !isGrid {
			if s, ok := focused.(fyne.Shortcutable); ok {
				s.TypedShortcut(shortcut())
				return
			}
		}
		if !w.layer.Open() && (w.step == stepFix || w.step == stepColumns) {
			screen()
		}
	}
}
