package ui

import (
	"testing"

	"fyne.io/fyne/v2"

	"rollcall/ui/grid"
)

// tabTo goes to a place with the Tab key.
func (s *stage) tabTo(name string) {
	s.t.Helper()
	wanted, ok := s.page().Object(name).(fyne.Focusable)
	if !ok {
		s.t.Fatalf("%s takes no keyboard", name)
	}
	c := s.w.window.Canvas()
	for range 60 {
		if c.Focused() == wanted {
			return
		}
		c.FocusNext()
	}
	s.t.Fatalf("%s is not reached with Tab; %T has the keyboard", name, c.Focused())
}

// menu chooses an item of the main menu, as Alt and the arrow keys do.
func (s *stage) menu(menu, item string) {
	s.t.Helper()
	for _, m := range s.w.window.MainMenu().Items {
		for _, i := range m.Items {
			if m.Label == menu && i.Label == item {
				if i.Disabled {
					s.t.Fatalf("%s › %s cannot be chosen now", menu, item)
				}
				i.Action()
				s.settle()
				return
			}
		}
	}
	s.t.Fatalf("there is no %s › %s", menu, item)
}

// inSheet checks that keys go to the sheet.
func (s *stage) inSheet(after string) {
	s.t.Helper()
	if g, ok := s.w.window.Canvas().Focused().(*grid.Grid); !ok || g != s.w.fix.Grid() {
		s.t.Errorf("after %s %T has the keyboard, not the sheet", after, s.w.window.Canvas().Focused())
	}
}

func TestTheWholeJobGoesWithoutAMouse(t *testing.T) {
	s := newStage(t, Options{})
	s.tabTo("start.sample")
	s.key(fyne.KeyReturn)
	s.shows("fix", "")
	s.inSheet("opening")

	s.key(fyne.KeyF8)
	s.says("grid.cursor", "4.Current Status")
	s.types("Active")
	s.key(fyne.KeyReturn)
	s.says("grid.cell.4.Current Status", "Active")

	s.tabTo("problems.fixall")
	s.key(fyne.KeyReturn)
	s.shows("fix", "fixes")
	s.key(fyne.KeyEscape)
	s.shows("fix", "")
	s.inSheet("a card that was closed")
	s.tabTo("problems.fixall")
	s.key(fyne.KeyReturn)
	s.tabTo("fixes.apply")
	s.key(fyne.KeyReturn)
	s.shows("fix", "")
	s.inSheet("fixes that were made")

	s.menu("Import", "Preview the valid rows only")
	s.shows("preview", "")
	s.tabTo("preview.import")
	s.key(fyne.KeyReturn)
	s.shows("preview", "type-to-confirm")
	s.types(s.page().Said("dialog.wanted"))
	s.key(fyne.KeyReturn)
	s.shows("import", "")
	s.says("import.state", "done")

	s.tabTo("import.undo")
	s.key(fyne.KeyReturn)
	s.shows("preview", "")
	s.tabTo("preview.back")
	s.key(fyne.KeyReturn)
	s.shows("fix", "")
	s.inSheet("coming back")
}
