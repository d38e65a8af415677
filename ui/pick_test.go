package ui

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
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
