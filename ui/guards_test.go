package ui

import (
	"os"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

func TestCommandsWaitForTheAnswerToACard(t *testing.T) {
	s := newStage(t, Options{File: write(t, "a.csv", small)})
	s.cell(2, "Role").types("Supervisor")
	s.key(fyne.KeyReturn)
	s.w.AskClose()
	s.shows("fix", "unsaved")
	for _, item := range []string{"Open…", "Save as…", "Close the file"} {
		s.menu("File", item)
		s.shows("fix", "unsaved")
	}
	s.press("dialog.cancel")
	s.says("grid.cell.2.Role", "Supervisor")
}

func TestEditsAreNotGivenUpToReadTheFileInAnotherWayWithoutAQuestion(t *testing.T) {
	s := newStage(t, Options{File: write(t, "a.csv", small)})
	s.cell(2, "Role").types("Supervisor")
	s.key(fyne.KeyReturn)
	s.press("step.columns")
	s.press("columns.separator")
	s.press("popup.1")
	s.shows("columns", "confirm")
	s.key(fyne.KeyReturn) // means no where something is taken away
	s.press("step.fix")
	s.says("grid.cell.2.Role", "Supervisor")
}

func TestWhatIsBeingTypedIsKeptOnTheWayToTheColumns(t *testing.T) {
	s := newStage(t, Options{File: write(t, "a.csv", strings.ReplaceAll(small, "Role", "Whatever"))})
	s.press("step.fix")
	s.cell(2, "Display Name").types("Ada Lovelace")
	s.w.goTo(stepColumns)
	s.settle()
	s.shows("columns", "")
	s.press("step.fix")
	s.says("grid.cell.2.Display Name", "Ada Lovelace")
}

func TestASuggestionTakenWhileTypingIsOneStep(t *testing.T) {
	s := newStage(t, Options{File: write(t, "a.csv", small)})
	s.cell(2, "Role").types("admin")
	s.says("cellbar.use", "Use “Admin”")
	s.press("cellbar.use")
	s.says("grid.cell.2.Role", "Admin")
	s.press("toolbar.undo")
	s.says("grid.cell.2.Role", "User")
	s.says("toolbar.undo", "")
}

func TestAFileThatIsDroppedOnACardIsNotPassedOverInSilence(t *testing.T) {
	s := newStage(t, Options{})
	s.press("start.addaccount")
	s.drop(write(t, "users.csv", small))
	s.shows("start", "account")
	contains(t, s.page().Said("message"), "“users.csv” was not opened")
}

func TestWhatIsTypedIntoTheCellBarIsSaved(t *testing.T) {
	path := write(t, "a.csv", small)
	s := newStage(t, Options{File: path})
	s.cell(2, "Display Name")
	s.into("cellbar.entry")
	s.key(fyne.KeyEnd)
	s.types(" King")
	s.w.Save()
	s.settle()
	if data, err := os.ReadFile(path); err != nil || !strings.Contains(string(data), "Ada Byron King") {
		t.Errorf("the file holds %q (%v)", data, err)
	}
}
