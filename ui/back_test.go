package ui

import (
	"testing"

	"fyne.io/fyne/v2"
)

// imported has sent the sample's valid rows to the practice account.
func imported(t *testing.T) *stage {
	t.Helper()
	s := newStage(t, Options{Sample: true})
	s.press("fix.validonly")
	s.press("preview.import")
	s.types(s.page().Said("dialog.wanted"))
	s.key(fyne.KeyReturn)
	s.says("import.state", "done")
	return s
}

func TestWithNoSheetOpenOneIsLedBackToWhatThereIs(t *testing.T) {
	s := imported(t)
	s.menu("File", "Close the file")
	s.shows("start", "")
	s.menu("Import", "Earlier imports")
	s.shows("import", "")
	if s.page().Usable("import.back") {
		t.Error("a way back to the sheet is offered, and none is open")
	}
	s.press("import.undo")
	s.shows("preview", "")
	s.press("preview.back")
	s.shows("import", "")
	s.press("import.done")
	s.shows("start", "")
}

func TestWhatIsUndoneIsSeen(t *testing.T) {
	s := newStage(t, Options{File: write(t, "a.csv", small)})
	s.cell(2, "Role").types("Supervisor")
	s.key(fyne.KeyReturn)
	s.press("step.preview")
	s.shows("preview", "")
	s.press("toolbar.undo")
	s.shows("fix", "")
	s.says("grid.cell.2.Role", "User")
	s.press("step.preview")
	s.press("toolbar.redo")
	s.shows("fix", "")
	s.says("grid.cell.2.Role", "Supervisor")
}
