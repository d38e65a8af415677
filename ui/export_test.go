package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// exported presses buttons that export, and gives the users that the file then
// holds.
func (s *stage) exported(answers string, buttons ...string) string {
	s.t.Helper()
	path := filepath.Join(s.t.TempDir(), "upload.csv")
	if err := os.WriteFile(answers, []byte(path), 0o600); err != nil {
		s.t.Fatal(err)
	}
	for _, b := range buttons {
		s.press(b)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		s.t.Fatal(err)
	}
	var users []string
	for _, name := range []string{"Ada", "Grace", "Nina"} {
		if strings.Contains(string(data), name) {
			users = append(users, name)
		}
	}
	return strings.Join(users, " ")
}

func TestTheExportOfAPreviewHoldsWhatWasLeftInIt(t *testing.T) {
	answers := filepath.Join(t.TempDir(), "answer")
	text := small + "Active,Nina Novak,nina@northwind.com,Boss,none,\n"
	s := newStage(t, Options{File: write(t, "a.csv", text), Answers: answers})
	s.press("step.preview")
	if got := s.exported(answers, "preview.export", "dialog.other"); got != "Ada Grace Nina" {
		t.Errorf("with nothing left out the export holds %s", got)
	}
	if got := s.exported(answers, "preview.export", "dialog.ok"); got != "Ada Grace" {
		t.Errorf("of the valid rows the export holds %s", got)
	}
	s.press("preview.back")
	s.press("fix.validonly")
	s.types(" ") // unticks the first
	if got := s.exported(answers, "preview.export"); got != "Grace" {
		t.Errorf("of the one that is ticked and valid the export holds %s", got)
	}
	contains(t, s.page().Said("message"), "2 rows are left out, as in the preview.")
	s.press("preview.back")
	s.says("fix.rows", "3")
}

func TestARowThatIsUntickedIsNotSent(t *testing.T) {
	s := newStage(t, Options{})
	s.addAccount("Northwind Trading", server(t))
	s.open(write(t, "a.csv", small))
	s.press("fix.preview")
	s.says("preview.add", "2")
	s.types(" ") // unticks Ada, the first
	s.says("preview.add", "1")
	s.says("preview.leftout", "1")
	s.press("preview.import")
	s.types(s.page().Said("dialog.wanted"))
	s.press("dialog.ok")
	s.says("import.added", "1")
	for email, want := range map[string]int{"ada@northwind.com": 0, "grace@northwind.com": 1} {
		if got := len(s.bench.Directory().ByEmail(email)); got != want {
			t.Errorf("the account has %d users %s, want %d", got, email, want)
		}
	}
}
