package ui

import (
	"os"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
)

func TestAFileThatWasChangedElsewhereIsOverwrittenOnlyByChoice(t *testing.T) {
	path := write(t, "a.csv", small)
	s := newStage(t, Options{File: path})
	s.cell(2, "Role").types("Supervisor")
	s.key(fyne.KeyReturn)
	theirs := strings.Replace(small, "Grace", "Hannah", 1)
	if err := os.WriteFile(path, []byte(theirs), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(path, time.Time{}, time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	for _, answer := range []func(){func() { s.key(fyne.KeyEscape) }, func() { s.key(fyne.KeyReturn) }, func() { s.press("dialog.cancel") }} {
		s.press("toolbar.save")
		s.shows("fix", "confirm")
		answer()
		s.shows("fix", "")
	}
	if data, _ := os.ReadFile(path); string(data) != theirs {
		t.Errorf("the file holds %q", data)
	}
	s.press("toolbar.save")
	s.press("dialog.other")
	s.shows("fix", "pick")
	s.key(fyne.KeyEscape)
	s.press("toolbar.save")
	s.press("dialog.ok")
	if data, _ := os.ReadFile(path); !strings.Contains(string(data), "Supervisor") {
		t.Errorf("the file holds %q", data)
	}
}

func TestNothingThatIsSaidBeforeThereIsAWindowIsLost(t *testing.T) {
	s := newStage(t, Options{})
	n := NewNotes(func(f func()) { f() })
	n.Note("One thing was set aside.")
	n.Note("Another thing, too.")
	n.show(s.w.layer)
	s.says("message", "One thing was set aside. Another thing, too.")
}
