package ui

import (
	"strings"
	"testing"

	"rollcall/internal/practice"
)

// refused has sent one user, whom the account did not take.
func refused(t *testing.T) (*stage, *practice.Server) {
	t.Helper()
	s, srv := newStage(t, Options{}), server(t)
	s.addAccount("Northwind Trading", srv)
	s.open(write(t, "a.csv", header+"Active,Nina Novak,nina.novak@northwind.com,User,none,\n"))
	s.press("fix.preview")
	srv.SetQuirks(practice.On(practice.Fail500.As("1")))
	s.press("preview.import")
	s.shows("import", "")
	srv.SetQuirks(nil)
	if !s.page().Usable("import.fix") {
		t.Fatal("the row that was refused is not offered to be fixed")
	}
	return s, srv
}

func TestRowsOfAnImportAreNotLookedForInAnotherFile(t *testing.T) {
	s, _ := refused(t)
	s.open(write(t, "b.csv", small))
	s.press("step.import")
	for _, name := range []string{"import.fix", "import.show.2"} {
		if s.page().Usable(name) {
			t.Errorf("%s is offered although another file is open", name)
		}
	}
	s.menu("File", "Close the file")
	s.menu("Import", "Earlier imports")
	if s.page().Usable("import.fix") {
		t.Error("a row is to be fixed although no file is open")
	}
	if !s.page().Usable("import.saverows") {
		t.Error("the row cannot be saved any more")
	}
}

func TestAnImportThatEndsWithAnotherFileOpenLeavesThatFileAlone(t *testing.T) {
	s, srv := newStage(t, Options{}), server(t)
	s.addAccount("Northwind Trading", srv)
	s.open(write(t, "a.csv", header+"Active,Nina Novak,nina.novak@northwind.com,User,none,\n"))
	s.press("fix.preview")
	srv.SetQuirks(practice.On(practice.Fail500.As("1")))
	s.tap("preview.import")
	for !s.w.importing.Running() {
		(<-s.posts)()
	}
	other := write(t, "b.csv", strings.Replace(small, "Admin", "User", 1))
	s.open(other)
	s.says("problems.refused", "")
	s.says("fix.errors", "0")
	for _, r := range s.bench.Store().Recents() {
		if r.Path == other && !r.Imported.IsZero() {
			t.Error("the other file counts as imported")
		}
	}
}
