package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
)

// drop lets files fall onto the window.
func (s *stage) drop(paths ...string) {
	s.t.Helper()
	var uris []fyne.URI
	for _, p := range paths {
		uris = append(uris, storage.NewFileURI(p))
	}
	s.w.Dropped(uris)
	s.settle()
}

func TestADroppedFileIsOpened(t *testing.T) {
	s := newStage(t, Options{})
	s.drop(write(t, "new joiners é.csv", small))
	s.shows("fix", "")
	s.says("fix.rows", "2")
	s.says("window.title", "new joiners é.csv – Rollcall")
}

func TestOfSeveralDroppedFilesTheFirstIsOpenedAndThatIsSaid(t *testing.T) {
	s := newStage(t, Options{})
	s.drop(write(t, "a.csv", small), write(t, "b.csv", small))
	s.shows("fix", "")
	s.says("window.title", "a.csv – Rollcall")
	s.says("message", "One file is opened at a time: a.csv.")
}

func TestADroppedFileTakesNoUnsavedWorkAway(t *testing.T) {
	s := newStage(t, Options{File: write(t, "a.csv", small)})
	s.cell(2, "Role")
	s.types("Admin")
	s.key(fyne.KeyReturn)
	other := write(t, "b.csv", small)
	s.drop(other)
	s.shows("fix", "unsaved")
	s.drop(other) // while the question waits, nothing else happens
	s.shows("fix", "unsaved")
	s.key(fyne.KeyEscape)
	s.says("window.title", "• a.csv – Rollcall")
	s.says("grid.cell.2.Role", "Admin")
}

func TestADroppedFolderIsRefusedInASentence(t *testing.T) {
	s := newStage(t, Options{})
	s.drop(t.TempDir())
	s.shows("start", "error")
	s.says("dialog.text", "This is a folder, not a file. Choose the CSV or Excel file inside it.")
}
