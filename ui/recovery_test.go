package ui

import (
	"testing"

	"fyne.io/fyne/v2"
)

// ended has edited a file when the program broke down.
func ended(t *testing.T) (home, path string) {
	t.Helper()
	home, path = t.TempDir(), write(t, "a.csv", small)
	s := newStageIn(t, home, Options{File: path})
	s.cell(2, "Role").types("Supervisor")
	s.key(fyne.KeyReturn)
	if err := s.bench.Close(); err != nil {
		t.Fatal(err)
	}
	return home, path
}

func TestAFileWhoseEditsWereLostIsOpenedWithThemOrWithout(t *testing.T) {
	home, path := ended(t)
	s := newStageIn(t, home, Options{File: path})
	s.shows("start", "recover")
	s.key(fyne.KeyEscape)
	s.shows("start", "")
	s.open(write(t, "b.csv", small))
	s.shows("fix", "")

	s.open(path)
	s.shows("fix", "recover")
	s.press("dialog.cancel")
	s.says("grid.cell.2.Role", "User")
	s.says("window.title", "a.csv – Rollcall")

	s.open(path)
	s.press("dialog.ok")
	s.says("grid.cell.2.Role", "Supervisor")
	s.says("toolbar.undo", "edit Role")
}

func TestLostEditsThatAreGivenUpAreNotOfferedAgain(t *testing.T) {
	home, path := ended(t)
	s := newStageIn(t, home, Options{File: path})
	s.press("dialog.discard")
	s.shows("fix", "")
	s.says("grid.cell.2.Role", "User")
	s.open(path)
	s.shows("fix", "")
}
