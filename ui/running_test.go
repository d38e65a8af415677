package ui

import (
	"testing"

	"fyne.io/fyne/v2"

	"rollcall/internal/practice"
)

// underWay has begun an import that takes its time.
func underWay(t *testing.T) (*stage, *practice.Server) {
	t.Helper()
	s, srv := newStage(t, Options{}), server(t)
	s.addAccount("Northwind Trading", srv)
	s.open(write(t, "a.csv", header+"Active,Nina Novak,nina.novak@northwind.com,User,none,\n"))
	s.press("fix.preview")
	srv.SetQuirks(practice.On(practice.Latency.As("1s")))
	s.tap("preview.import")
	for !s.w.importing.Running() {
		(<-s.posts)()
	}
	return s, srv
}

func TestQuittingDuringAnImportIsAskedAbout(t *testing.T) {
	s, srv := underWay(t)
	if s.page().Usable("import.done") {
		t.Error("one can be done with an import that is under way")
	}
	s.w.AskClose()
	if _, dialog := s.page().Shown(); dialog != "confirm" || s.w.closing {
		t.Fatalf("dialog %q, closing %v", dialog, s.w.closing)
	}
	contains(t, s.page().Said("dialog.title"), "under way")
	s.w.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) // lets it finish
	srv.SetQuirks(nil)
	s.settle()
	s.shows("import", "")
	s.says("import.added", "1")
}

func TestASecondImportWaitsForTheFirst(t *testing.T) {
	s, srv := underWay(t)
	first := s.w.importing.Import()
	s.w.startImport(first.Plan(), nil, false)
	if _, dialog := s.page().Shown(); dialog != "error" || s.w.importing.Import() != first {
		t.Fatalf("dialog %q, another import: %v", dialog, s.w.importing.Import() != first)
	}
	contains(t, s.page().Said("dialog.text"), "Nothing of this one was sent")
	s.w.layer.Top().Close()
	srv.SetQuirks(nil)
	s.settle()
	s.says("import.state", "done")
	s.says("import.added", "1")
}

// An import that ends by itself takes the question whether to stop it away.
func TestWhetherToStopIsNotAskedOfAnImportThatIsDone(t *testing.T) {
	s, srv := underWay(t)
	s.tap("import.stop")
	if _, dialog := s.page().Shown(); dialog != "confirm" {
		t.Fatalf("dialog %q", dialog)
	}
	srv.SetQuirks(nil)
	for s.w.importing.Running() {
		(<-s.posts)()
	}
	s.settle()
	s.shows("import", "")
	s.says("import.added", "1")
}
