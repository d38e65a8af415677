package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

func TestTheSampleGoesTheWholeWayWithNoSetUp(t *testing.T) {
	s := newStage(t, Options{})
	s.shows("start", "")
	s.press("start.sample")
	s.shows("fix", "")
	s.says("account.badge", "Practice account")
	errors := s.w.doc.Counts().Errors
	if errors == 0 {
		t.Fatal("the sample has no errors")
	}

	s.press("problems.role-unknown.Superviser.fix")
	s.says("toolbar.undo", "fix 4 roles")
	if got := s.w.doc.Counts().Errors; got != errors-4 {
		t.Errorf("%d errors are left, want %d", got, errors-4)
	}

	s.press("fix.validonly")
	s.shows("preview", "")
	s.press("preview.import")
	s.shows("preview", "type-to-confirm")
	s.types(s.page().Said("dialog.wanted"))
	s.press("dialog.ok")
	s.shows("import", "")
	s.says("import.state", "done")
	s.says("import.refused", "0")
	users := s.bench.Directory().ByEmail("bruno.ferreira@northwind.com")
	if len(users) != 1 || users[0].DisplayName != "Bruno Ferreira" {
		t.Errorf("the account has %v", users)
	}

	s.press("import.undo")
	s.shows("preview", "")
	s.press("preview.import")
	s.types(s.page().Said("dialog.wanted"))
	s.press("dialog.ok")
	s.says("import.state", "done")
	if users := s.bench.Directory().ByEmail("bruno.ferreira@northwind.com"); len(users) != 1 || users[0].Active {
		t.Errorf("after the undo the account has %v", users)
	}
}

func TestNothingIsSentBeforeTheWordIsTyped(t *testing.T) {
	s := newStage(t, Options{Sample: true})
	before := len(s.bench.Directory().Users)
	s.press("fix.validonly")
	s.press("preview.import")
	s.types("importieren")
	if s.page().Usable("dialog.ok") {
		t.Error("another word opens the way")
	}
	s.key(fyne.KeyReturn)
	s.shows("preview", "type-to-confirm")
	s.key(fyne.KeyEscape)
	s.shows("preview", "")
	if got := len(s.bench.Directory().Users); got != before {
		t.Errorf("the account has %d users, had %d", got, before)
	}
}

func TestRowsWithErrorsHoldTheImportUpUntilTheChoiceIsMade(t *testing.T) {
	s := newStage(t, Options{Sample: true})
	if s.page().Usable("fix.preview") {
		t.Error("the preview can be had although rows have errors")
	}
	s.press("step.preview")
	s.shows("preview", "")
	if s.page().Usable("preview.import") {
		t.Error("the import can be begun although rows have errors")
	}
	s.press("preview.validonly")
	if !s.page().Usable("preview.import") {
		t.Error("the choice to import the valid rows changes nothing")
	}
}

func TestTypingIntoACellIsCheckedAtEachKeystroke(t *testing.T) {
	s := newStage(t, Options{File: write(t, "a.csv", small)})
	s.shows("fix", "")
	s.cell(2, "Role")
	s.types("Sup")
	s.says("grid.editing", "2.Role")
	contains(t, s.page().Said("cellbar.message"), "role")
	s.types("ervisor")
	s.says("cellbar.message", "")
	s.key(fyne.KeyReturn)
	s.says("grid.cell.2.Role", "Supervisor")
	s.says("grid.cursor", "3.Role")
	s.says("toolbar.undo", "edit Role")

	s.press("toolbar.undo")
	s.says("grid.cell.2.Role", "User")
	s.says("grid.cursor", "2.Role")
	s.says("toolbar.redo", "edit Role")
}

func TestTheCellBarEditsTheWholeValue(t *testing.T) {
	s := newStage(t, Options{File: write(t, "a.csv", small)})
	s.cell(3, "Display Name")
	s.says("cellbar.where", "Row 3 · Display Name")
	s.into("cellbar.entry")
	s.types("x")
	s.key(fyne.KeyEscape)
	s.says("grid.cell.3.Display Name", "Grace Hopper")
	s.into("cellbar.entry")
	s.key(fyne.KeyEnd)
	s.types(" II")
	s.key(fyne.KeyReturn)
	s.says("grid.cell.3.Display Name", "Grace Hopper II")
}

func TestASuggestionIsOneClickAway(t *testing.T) {
	s := newStage(t, Options{File: write(t, "a.csv", strings.Replace(small, "Admin", "admin", 1))})
	s.cell(3, "Role")
	s.says("cellbar.use", "Use “Admin”")
	s.press("cellbar.use")
	s.says("grid.cell.3.Role", "Admin")
	s.says("fix.warnings", "0")
}

func TestFiltersCountAndShowRows(t *testing.T) {
	s := newStage(t, Options{File: write(t, "a.csv", strings.Replace(small, "Admin", "Boss", 1))})
	s.says("filter.errors", "1")
	s.press("filter.errors")
	s.says("grid.rows", "1")
	s.says("grid.cursor", "3.Current Status")
	s.press("filter.all")
	s.says("grid.rows", "2")
	s.into("filter.text")
	s.types("byron")
	s.key(fyne.KeyReturn)
	s.says("grid.rows", "1")
}

func TestFindingAndReplacingIsOneStep(t *testing.T) {
	s := newStage(t, Options{File: write(t, "a.csv", small)})
	s.w.Find(true)
	s.settle()
	s.types("northwind.com")
	s.says("find.count", "2 places in 2 cells")
	s.into("find.replace")
	s.types("contoso.com")
	s.press("find.replaceall")
	s.shows("fix", "fixes")
	s.says("fixes.count", "2")
	s.press("fixes.apply")
	s.says("grid.cell.2.Primary Email", "ada@contoso.com")
	s.says("toolbar.undo", "replace in 2 cells")
}

func TestSavingWritesTheOwnFileBack(t *testing.T) {
	path := write(t, "a.csv", small)
	s := newStage(t, Options{File: path})
	s.cell(2, "Role").types("Supervisor")
	s.key(fyne.KeyReturn)
	if !s.w.doc.Dirty() {
		t.Fatal("the edit is not counted as unsaved")
	}
	contains(t, s.w.window.Title(), "•")
	s.press("toolbar.save")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if want := strings.Replace(small, ",User,", ",Supervisor,", 1); string(data) != want {
		t.Errorf("the file holds %q, want %q", data, want)
	}
	if s.w.doc.Dirty() {
		t.Error("still unsaved")
	}
}

func TestUnsavedWorkIsAskedAboutOnce(t *testing.T) {
	s := newStage(t, Options{File: write(t, "a.csv", small)})
	s.cell(2, "Role").types("Admin")
	s.key(fyne.KeyReturn)
	s.w.AskClose()
	s.w.AskClose()
	s.shows("fix", "unsaved")
	s.press("dialog.cancel")
	s.shows("fix", "")
	s.says("grid.cell.2.Role", "Admin")
}

func TestAFileThatCannotBeOpenedLeavesTheOpenOneAlone(t *testing.T) {
	s := newStage(t, Options{File: write(t, "a.csv", small)})
	s.open(filepath.Join(t.TempDir(), "gone.csv"))
	s.shows("fix", "error")
	contains(t, s.page().Said("dialog.text"), "not there")
	s.press("dialog.ok")
	s.shows("fix", "")
	s.says("fix.rows", "2")
}

func TestWorkThatWasLostIsOfferedAgainWithItsUndoHistory(t *testing.T) {
	home, path := t.TempDir(), write(t, "a.csv", small)
	s := newStageIn(t, home, Options{File: path})
	s.cell(2, "Role").types("Supervisor")
	s.key(fyne.KeyReturn)
	// The program ends without closing the document.
	if err := s.bench.Close(); err != nil {
		t.Fatal(err)
	}

	again := newStageIn(t, home, Options{})
	again.shows("start", "recover")
	contains(t, again.page().Said("dialog.text"), "a.csv")
	again.press("dialog.ok")
	again.shows("fix", "")
	again.says("grid.cell.2.Role", "Supervisor")
	again.says("toolbar.undo", "edit Role")
}

func TestColumnsAreAskedForWhereTheyAreNotCertain(t *testing.T) {
	file := "First name;Last name;E-mail (work);Account state;Permission;Team\n" +
		"Ada;Byron;ada@northwind.com;enabled;standard;none\nGrace;Hopper;grace@northwind.com;disabled;administrator;none\n"
	s := newStage(t, Options{File: write(t, "hr.csv", file)})
	s.shows("columns", "")
	s.says("columns.separator", "Semicolon")
	s.says("columns.match.Display Name", "First name + Last name")
	s.says("columns.value.Current Status.enabled", "Active")
	s.press("columns.value.Role.standard")
	s.says("popup.0", "User")
	s.press("popup.0")
	s.says("columns.value.Role.standard", "User")
	s.press("columns.continue")
	s.shows("fix", "")
	s.says("grid.cell.2.Role", "User")
	s.says("grid.cell.3.Current Status", "Archived")
	s.says("grid.cell.3.Display Name", "Grace Hopper")
}

func TestTheErrorReportAndTheTemplateAreOneClickAway(t *testing.T) {
	answers := filepath.Join(t.TempDir(), "answer")
	s := newStage(t, Options{File: write(t, "a.csv", strings.Replace(small, "Admin", "Boss", 1)), Answers: answers})
	out := filepath.Join(t.TempDir(), "report.csv")
	if err := os.WriteFile(answers, []byte(out), 0o600); err != nil {
		t.Fatal(err)
	}
	s.w.saveErrorReport()
	s.settle()
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	contains(t, string(data), "Boss")
	contains(t, s.page().Said("message"), "report.csv")
}

func TestTheWindowFitsIntoASmallScreen(t *testing.T) {
	s := newStage(t, Options{Sample: true})
	if least := s.w.window.Content().MinSize(); least.Width > 640 || least.Height > 400 {
		t.Errorf("the window needs %v", least)
	}
	s.w.window.Resize(fyne.NewSize(900, 600))
	s.settle()
	p := s.page()
	for _, name := range []string{"fix.preview", "fix.validonly", "filter.edited", "account.badge", "step.fix", "problems.fixall", "cellbar.entry"} {
		if x, y, w, h, ok := p.Where(name); !ok || x < 0 || y < 0 || x+w > 900 || y+h > 600 {
			t.Errorf("%s lies at %d,%d %d×%d (%v)", name, x, y, w, h, ok)
		}
	}
}

func TestDuplicatesAreShownSideBySideAndMerged(t *testing.T) {
	twice := strings.Replace(small, "grace@northwind.com", "ada@northwind.com", 1)
	s := newStage(t, Options{File: write(t, "a.csv", twice)})
	s.press("problems.email-duplicate.ada@northwind.com.fix")
	s.shows("fix", "twins")
	s.press("twins.merge")
	s.says("fix.rows", "1")
	s.says("fix.errors", "0")
	s.says("toolbar.undo", "merge 2 rows")
}

func TestEveryKindOfProblemIsFoundWithTheNextKey(t *testing.T) {
	s := newStage(t, Options{File: write(t, "a.csv", strings.Replace(small, "Admin", "Boss", 1))})
	s.w.fix.NextProblem(false)
	s.says("grid.cursor", "3.Role")
	s.w.fix.NextProblem(false)
	s.says("grid.cursor", "3.Role")
	if f := s.w.doc.Filter(); !f.Empty() {
		t.Errorf("a filter came up: %+v", f)
	}
}
