package ui

import (
	"os"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"rollcall/ui/places"
)

func TestARecentFileThatIsGoneSaysSoAndCanBeTakenOffTheList(t *testing.T) {
	path := write(t, "leavers.csv", small)
	s := newStage(t, Options{File: path})
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	gone := func(p *places.Page) bool {
		return strings.HasPrefix(p.Said("start.recent.0.about"), "no longer there · today ")
	}
	s.press("step.open")
	s.until("the file is known to be gone", gone)

	s.press("start.recent.0")
	s.shows("start", "confirm")
	contains(t, s.page().Said("dialog.text"), "not there")
	s.key(fyne.KeyEscape)
	s.says("start.recent.0", "leavers.csv")
	s.press("start.recent.0")
	s.key(fyne.KeyReturn)
	s.shows("start", "")
	s.says("start.recent.0", "")
	if got := s.bench.Store().Recents(); len(got) != 0 {
		t.Errorf("still remembered: %v", got)
	}
}

func TestAFileThatIsThereAgainIsListedAsBefore(t *testing.T) {
	path := write(t, "a.csv", small)
	s := newStage(t, Options{File: path})
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	about := func(part string) func(*places.Page) bool {
		return func(p *places.Page) bool { return strings.Contains(p.Said("start.recent.0.about"), part) }
	}
	s.press("step.open")
	s.until("the file is gone", about("no longer there"))
	if err := os.WriteFile(path, []byte(small), 0o600); err != nil {
		t.Fatal(err)
	}
	s.press("step.fix")
	s.press("step.open")
	s.until("the file is back", func(p *places.Page) bool { return !about("no longer there")(p) })
	s.press("start.recent.0")
	s.shows("fix", "")
}
