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

// A file whose encoding cannot hold what was typed is saved in UTF-8 by choice,
// from then on without a question.
func TestATextThatTheEncodingCannotHoldIsSavedInUTF8ByChoice(t *testing.T) {
	old := header + "Active,Jos\xe9 Garc\xeda,jose@northwind.com,User,none,\n" +
		"Active,Fran\xe7ois Lef\xe8vre,francois@northwind.com,User,none,\n" +
		"Active,J\xfcrgen M\xfcller,juergen@northwind.com,User,none,\n"
	path := write(t, "a.csv", old)
	s := newStage(t, Options{File: path})
	if shown, _ := s.page().Shown(); shown == "columns" { // the letters can be read in more than one way
		s.press("columns.continue")
	}
	s.says("grid.cell.2.Display Name", "José García")
	s.cell(2, "Display Name").types("Łukasz Żak")
	s.key(fyne.KeyReturn)
	s.press("toolbar.save")
	s.shows("fix", "confirm")
	contains(t, s.page().Said("dialog.text"), "“Łukasz Żak” in cell B2 (row 2, column 2) has a character that the file's encoding, windows-1252, cannot hold")
	s.press("dialog.cancel")
	if data, _ := os.ReadFile(path); string(data) != old {
		t.Fatalf("the file holds %q", data)
	}
	s.press("toolbar.save")
	s.press("dialog.ok")
	s.says("message", "Saved as a.csv.")
	want := "\ufeff" + header + "Active,Łukasz Żak,jose@northwind.com,User,none,\n" +
		"Active,François Lefèvre,francois@northwind.com,User,none,\nActive,Jürgen Müller,juergen@northwind.com,User,none,\n"
	if data, _ := os.ReadFile(path); string(data) != want {
		t.Fatalf("the file holds %q, want %q", data, want)
	}
	s.cell(3, "Display Name").types("Ναυσικά")
	s.key(fyne.KeyReturn)
	s.press("toolbar.save")
	s.shows("fix", "")
	if data, _ := os.ReadFile(path); string(data) != strings.Replace(want, "François Lefèvre", "Ναυσικά", 1) {
		t.Errorf("the file holds %q", data)
	}
}
