package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"rollcall/internal/check"
)

// unknownGroup is a file with a group in two rows that no account has.
const unknownGroup = header + "Active,Ada Byron,ada@northwind.com,User,Front Office,\n" +
	"Active,Grace Hopper,grace@northwind.com,Admin,Front Office,\nActive,Chen Wei,chen@northwind.com,User,none,\n"

func TestAChoiceIsRememberedForTheAccountOfferedAgainAndForgotten(t *testing.T) {
	s := newStage(t, Options{Account: "Practice account", File: write(t, "a.csv", unknownGroup)})
	const line = "problems.group-unknown.Front Office"
	s.says(line+".fix", "Choose")
	s.press(line + ".fix")
	s.shows("fix", "choose")
	s.types("EMEA")
	s.press("choose.ok")
	s.says("grid.cell.2.Groups", "EMEA")

	s.open(write(t, "b.csv", unknownGroup))
	s.press("dialog.discard")
	s.says(line+".fix", "Choose") // the tick box is off unless one ticks it
	s.press(line + ".fix")
	s.types("EMEA")
	s.press("choose.remember")
	s.press("choose.ok")

	s.open(write(t, "c.csv", strings.ReplaceAll(unknownGroup, "Front Office", "front office")))
	s.press("dialog.discard")
	const again = "problems.group-unknown.front office"
	s.says(again+".fix", "Fix 2")
	for _, f := range s.w.doc.CertainFixes() {
		if f.Old == "front office" {
			t.Error("a remembered fix is taken for certain")
		}
	}
	s.press(again + ".more")
	contains(t, s.page().Said("dialog.text"), "Remembered: “EMEA”")
	s.press("choose.forget")
	s.shows("fix", "")
	s.says(again+".fix", "Choose")
	s.says("grid.cell.2.Groups", "front office")
}

func TestARuleAndAValueShowOnlyTheirRowsAndThenAllAgain(t *testing.T) {
	file := header + "Active,Ada,ada@northwind.com,Boss,none,\nActiv,Bo,bo@northwind.com,User,none,\n" +
		"Active,Cy,cy@northwind.com,Chef,none,\n,Di,di@northwind.com,Boss,none,\n"
	s := newStage(t, Options{File: write(t, "a.csv", file)})
	s.press("problems.role-unknown")
	s.says("grid.rows", "3")
	s.press("problems.role-unknown.Boss")
	s.says("grid.rows", "2")
	s.says("grid.cursor", "2.Role")
	s.press("problems.role-unknown.Boss")
	s.says("grid.rows", "4")
	if f := s.w.doc.Filter(); !f.Empty() {
		t.Errorf("a filter stays: %+v", f)
	}
	// A status that is missing and one that is not known share a rule.
	head := ""
	for _, g := range s.w.doc.Problems() {
		if g.Code == check.StatusUnknown || g.Code == check.StatusEmpty {
			head = "problems." + string(g.Code)
		}
	}
	s.press(head)
	s.says("grid.rows", "2")
	s.press("filter.only")
	s.says("grid.rows", "4")
}

func TestAFilterHoldsStillUntilItIsAppliedAgain(t *testing.T) {
	file := header + "Active,Ada,ada@northwind.com,Boss,none,\nActive,Bo,bo@northwind.com,Boss,none,\n"
	s := newStage(t, Options{File: write(t, "a.csv", file)})
	s.press("filter.errors")
	s.cell(2, "Role").types("User")
	s.w.fix.Commit()
	s.says("filter.errors", "1")
	s.says("grid.rows", "2")
	s.press("filter.errors")
	s.says("grid.rows", "1")
}

func TestUndoShowsARowThatAFilterHides(t *testing.T) {
	s := newStage(t, Options{File: write(t, "a.csv", strings.Replace(small, "Admin", "Boss", 1))})
	s.cell(2, "Role").types("Supervisor")
	s.w.fix.Commit()
	s.press("problems.role-unknown")
	s.says("grid.rows", "1")
	s.says("toolbar.undo", "edit Role")
	s.press("toolbar.undo")
	s.says("grid.cell.2.Role", "User")
	s.says("grid.cursor", "2.Role")
	s.says("grid.rows", "2")
	if got := s.w.menus.redo.Label; got != "Redo: edit Role" {
		t.Errorf("the menu says %q", got)
	}
}

func TestUndoTakesATextFilterOffThatHidesTheRow(t *testing.T) {
	s := newStage(t, Options{File: write(t, "a.csv", small)})
	s.cell(2, "Role").types("Supervisor")
	s.w.fix.Commit()
	s.into("filter.text")
	s.types("grace")
	s.key(fyne.KeyReturn)
	s.says("grid.rows", "1")
	s.press("toolbar.undo")
	s.says("grid.rows", "2")
	s.says("grid.cursor", "2.Role")
	s.says("filter.text", "")
}

func TestAPatternThatIsNotValidIsSaidInASentence(t *testing.T) {
	s := newStage(t, Options{File: write(t, "a.csv", small)})
	s.w.Find(true)
	s.settle()
	s.press("find.pattern")
	s.into("find.text")
	s.types("(ada")
	said := s.page().Said("find.count")
	if !strings.HasSuffix(said, ".") || strings.Contains(said, "regexp") || strings.Contains(said, "error") {
		t.Errorf("it says %q", said)
	}
	if s.page().Usable("find.replaceall") {
		t.Error("something can be replaced")
	}
	s.types(")@(.*)")
	s.says("find.count", "1 place in 1 cell")
	s.into("find.replace")
	s.types("$2/$1")
	s.press("find.replaceall")
	s.shows("fix", "fixes")
	s.press("fixes.apply")
	s.says("grid.cell.2.Primary Email", "northwind.com/ada")
}

func TestFindingKeepsToTheColumnThatIsTicked(t *testing.T) {
	file := header + "Active,User,user@northwind.com,User,none,\n"
	s := newStage(t, Options{File: write(t, "a.csv", file)})
	s.cell(2, "Role")
	s.w.Find(false)
	s.settle()
	s.types("user")
	s.says("find.count", "3 places in 3 cells")
	s.press("find.here")
	s.says("find.count", "1 place in 1 cell")
	s.press("find.letters")
	s.says("find.count", "Nothing found")
}
