package ui

import (
	"testing"

	"fyne.io/fyne/v2"
)

func TestProblemsAreFixedByValueWithoutAMouse(t *testing.T) {
	s := newStage(t, Options{Sample: true})
	errors := s.w.doc.Counts().Errors
	s.key(fyne.KeyF6)
	s.key(fyne.KeyF6)
	s.says("problems.inhand", "Problems, Role not recognised")
	s.key(fyne.KeyReturn)
	s.says("grid.rows", "5")
	s.inSheet("showing only some rows")

	s.tabTo("problems.keys")
	s.key(fyne.KeySpace)
	s.says("grid.rows", s.page().Said("filter.all"))
	s.tabTo("problems.keys")
	s.key(fyne.KeyDown)
	s.says("problems.inhand", "Problems, Role not recognised, Superviser, Fix 4")
	s.key(fyne.KeyReturn)
	if got := s.w.doc.Counts().Errors; got != errors-4 {
		t.Errorf("%d errors are left, want %d", got, errors-4)
	}

	s.key(fyne.KeyEnd)
	name := s.page().Said("problems.inhand")
	s.key(fyne.KeyDown)
	s.says("problems.inhand", name)
	s.key(fyne.KeyHome)
	s.key(fyne.KeyUp)
	s.says("problems.inhand", "Problems, Role not recognised")
	s.key(fyne.KeyEscape)
	s.inSheet("leaving the problems")
	s.tabTo("problems.keys")
	s.key(fyne.KeyF6)
	s.inSheet("leaving the problems with F6")
}

func TestFunctionKeysAndEscapeWorkFromFieldsAndButtonsOfTheSheet(t *testing.T) {
	s := newStage(t, Options{Sample: true})
	for _, place := range []string{"cellbar.entry", "filter.text"} {
		s.into(place)
		before := s.page().Said("grid.cursor")
		s.key(fyne.KeyF8)
		if s.page().Said("grid.cursor") == before {
			t.Errorf("F8 does nothing in %s", place)
		}
		s.inSheet("F8 in " + place)
	}
	s.w.Find(false)
	s.settle()
	for _, place := range []string{"find.letters", "find.close"} {
		s.w.Find(false)
		s.settle()
		s.tabTo(place)
		s.key(fyne.KeyEscape)
		if s.page().Usable("find.text") {
			t.Errorf("Escape in %s leaves the find bar open", place)
		}
		s.inSheet("Escape in " + place)
	}
}

func TestEveryProblemIsReachedWithTheArrowKeysInALowWindow(t *testing.T) {
	s := newStage(t, Options{Sample: true})
	s.w.window.Resize(fyne.NewSize(640, 400))
	s.layOut()
	s.tabTo("problems.keys")
	seen := map[string]bool{}
	for range 200 {
		name := s.page().Said("problems.inhand")
		seen[name] = true
		s.key(fyne.KeyDown)
		if s.page().Said("problems.inhand") == name {
			break
		}
	}
	s.key(fyne.KeyEnd)
	if last := s.page().Said("problems.inhand"); !seen[last] || len(seen) < 30 {
		t.Errorf("of %d lines gone through, “%s” was not one", len(seen), last)
	}
	if s.page().Usable("problems.role-unknown") {
		t.Error("the list has not followed to its end")
	}
}
