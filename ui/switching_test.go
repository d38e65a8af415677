package ui

import (
	"strings"
	"testing"

	"rollcall/internal/workbench"
)

// chooseAccount chooses an account in the menu of the toolbar.
func (s *stage) chooseAccount(name string) {
	s.t.Helper()
	s.press("account.badge")
	for place, text := range s.page().Texts() {
		if text == name && strings.HasPrefix(place, "popup.") {
			s.press(place)
			return
		}
	}
	s.t.Fatalf("the menu has no account %q: %v", name, s.page().Texts())
}

func TestAPreviewIsMadeAnewForTheAccountThatIsChosenNow(t *testing.T) {
	s := newStage(t, Options{})
	s.addAccount("Northwind Trading", server(t))
	s.open(write(t, "a.csv", strings.Replace(small, "Admin", "User", 1)))
	s.press("step.open")
	s.addAccount("Contoso Capital", server(t))
	s.says("account.badge", "Northwind Trading")
	s.press("step.preview")
	s.shows("preview", "")
	s.says("preview.add", "2")
	old := s.w.planned

	s.chooseAccount("Contoso Capital")
	s.shows("preview", "")
	s.says("account.badge", "Contoso Capital")
	if s.w.planned == nil || s.w.planned == old {
		t.Error("the plan of the other account is still shown")
	}

	s.chooseAccount("Work without an account")
	s.shows("preview", "")
	if s.page().Usable("preview.import") {
		t.Error("an import can be begun with no account")
	}

	s.chooseAccount("Contoso Capital")
	if _, err := s.bench.StartImport(old, workbench.ImportOptions{}); err == nil {
		t.Error("a plan of one account is sent to another")
	}
	s.press("preview.import")
	s.shows("import", "")
	s.says("import.added", "2")
	s.says("import.heading", "Earlier imports into Contoso Capital")
	s.chooseAccount("Northwind Trading")
	s.says("import.heading", "Earlier imports into Northwind Trading")
}

func TestAnUndoIsLeftWhenAnotherAccountIsChosen(t *testing.T) {
	s := newStage(t, Options{})
	s.addAccount("Northwind Trading", server(t))
	s.open(write(t, "a.csv", strings.Replace(small, "Admin", "User", 1)))
	s.press("fix.preview")
	s.press("preview.import")
	s.says("import.added", "2")
	s.press("import.undo")
	s.shows("preview", "")
	s.chooseAccount("Practice account")
	s.shows("fix", "")
}
