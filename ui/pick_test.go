package ui

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"rollcall/ui/ask"
	"rollcall/ui/places"
)

func TestAFileIsChosenByTypingItsPath(t *testing.T) {
	path := write(t, "users of q3.csv", small)
	s := newStage(t, Options{})
	s.press("start.open")
	s.shows("start", "pick")
	s.types(filepath.Dir(path))
	s.key(fyne.KeyReturn)
	s.says("pick.folder", filepath.Dir(path))
	s.types("no such file.csv")
	s.key(fyne.KeyReturn)
	contains(t, s.page().Said("dialog.text"), "no file")
	s.w.window.Canvas().Focused().(interface{ TypedShortcut(fyne.Shortcut) }).TypedShortcut(&fyne.ShortcutSelectAll{})
	s.types("users of q3.csv")
	s.key(fyne.KeyReturn)
	s.shows("fix", "")
	s.says("fix.rows", "2")
}

func TestAnExistingFileIsReplacedOnlyAfterAQuestion(t *testing.T) {
	path := write(t, "a.csv", small)
	s := newStage(t, Options{File: path})
	target := filepath.Join(filepath.Dir(path), "there.csv")
	if err := os.WriteFile(target, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.w.SaveAs()
	s.settle()
	s.shows("fix", "pick")
	s.types(filepath.Join(filepath.Dir(path), "there"))
	s.key(fyne.KeyReturn)
	s.shows("fix", "confirm")
	s.press("dialog.cancel")
	s.shows("fix", "pick")
	if data, _ := os.ReadFile(target); string(data) != "old" {
		t.Error("the file was replaced without an answer")
	}
	s.key(fyne.KeyReturn)
	s.press("dialog.ok")
	s.shows("fix", "")
	if data, _ := os.ReadFile(target); string(data) != small {
		t.Errorf("the file holds %q", data)
	}
}

// beginIn makes a folder with a file and a folder in it, and begins there.
func (s *stage) beginIn(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "inner"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"users.csv", filepath.Join("inner", "more.csv")} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(small), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s.w.picker.Folder = dir
	return dir
}

// pickIn waits until the folder's content is listed.
func (s *stage) pickIn(folder string) {
	s.t.Helper()
	s.says("pick.folder", folder)
	s.until("the folder is read", func(p *places.Page) bool { return p.Said("pick.items") != "" })
}

func TestAFileIsChosenWithTheArrowKeys(t *testing.T) {
	s := newStage(t, Options{})
	dir := s.beginIn(t)
	s.press("start.open")
	s.pickIn(dir)
	s.key(fyne.KeyDown)
	s.says("pick.name", "inner")
	s.key(fyne.KeyDown)
	s.says("pick.name", "users.csv")
	s.key(fyne.KeyUp)
	s.key(fyne.KeyReturn)
	s.pickIn(filepath.Join(dir, "inner"))
	s.says("pick.name", "")
	s.key(fyne.KeyDown)
	s.key(fyne.KeyReturn)
	s.shows("fix", "")
	s.says("fix.rows", "2")
}

func TestTheNameToSaveUnderOutlivesAWalkThroughFolders(t *testing.T) {
	s := newStage(t, Options{File: write(t, "mine.csv", small)})
	dir := s.beginIn(t)
	s.w.SaveAs()
	s.settle()
	s.pickIn(dir)
	s.says("pick.name", "mine.csv")
	s.key(fyne.KeyDown)
	s.says("pick.name", "inner")
	s.key(fyne.KeyReturn)
	s.pickIn(filepath.Join(dir, "inner"))
	s.says("pick.name", "mine.csv")
	s.key(fyne.KeyReturn)
	s.shows("fix", "")
	if _, err := os.Stat(filepath.Join(dir, "inner", "mine.csv")); err != nil {
		t.Error(err)
	}
}

func TestEscapeClosesTheCardFromItsList(t *testing.T) {
	s := newStage(t, Options{})
	dir := s.beginIn(t)
	s.press("start.open")
	s.pickIn(dir)
	s.w.window.Canvas().FocusNext()
	for range 9 {
		if _, ok := s.w.window.Canvas().Focused().(*ask.List); ok {
			break
		}
		s.w.window.Canvas().FocusNext()
	}
	s.key(fyne.KeyDown)
	s.says("pick.name", "inner")
	s.key(fyne.KeyEscape)
	s.shows("start", "")
}

func TestAPathThatIsTypedOnIsNotTakenForWhatItWas(t *testing.T) {
	s := newStage(t, Options{})
	dir := s.beginIn(t)
	s.press("start.open")
	s.pickIn(dir)
	s.into("pick.entry")
	s.types("users.csv")
	s.tap("pick.ok") // looked up in the background …
	s.into("pick.entry")
	s.w.window.Canvas().Focused().TypedRune('x') // … while one types on
	s.settle()
	s.shows("start", "pick")
	s.says("pick.name", "users.csvx")
}
