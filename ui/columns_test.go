package ui

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"rollcall/internal/roster"
)

const personnel = "Full name;E-mail (work);Account state;Permission;Team\n" +
	"Ada Byron;ada@northwind.com;enabled;standard;none\nGrace Hopper;grace@northwind.com;disabled;administrator;none\n"

// On the Columns screen Undo takes the last choice back, and never an edit of the
// sheet that is out of sight.
func TestAChoiceOfColumnsIsUndoneOnItsOwnScreen(t *testing.T) {
	s := newStage(t, Options{File: write(t, "hr.csv", personnel)})
	s.shows("columns", "")
	s.says("toolbar.undo", "")
	s.press("columns.continue")
	s.shows("fix", "")
	s.cell(3, "Role").types("Supervisor")
	s.key(fyne.KeyReturn)
	s.says("toolbar.undo", "edit Role")

	s.press("step.columns")
	s.shows("columns", "")
	s.says("toolbar.undo", "")
	s.press("columns.value.Role.standard")
	s.press("popup.0")
	s.says("columns.value.Role.standard", "User")
	s.says("toolbar.undo", "match “standard”")
	s.menu("Edit", "Undo: match “standard”")
	s.says("columns.value.Role.standard", "leave for me to fix")
	s.says("toolbar.redo", "match “standard”")
	s.press("toolbar.redo")
	s.says("columns.value.Role.standard", "User")
	s.says("toolbar.redo", "")

	s.press("columns.continue")
	s.says("grid.cell.2.Role", "User")
	s.says("grid.cell.3.Role", "Supervisor")
	s.says("toolbar.undo", "edit Role")
}

func TestAMatchThatIsNotCertainIsConfirmed(t *testing.T) {
	s := newStage(t, Options{File: write(t, "hr.csv", personnel)})
	s.says("columns.state.Groups", "Is this right?")
	s.press("columns.state.Groups")
	s.says("popup.0", "Yes, this is right")
	s.press("popup.0")
	s.says("columns.state.Groups", "Chosen")
	s.press("toolbar.undo")
	s.says("columns.state.Groups", "Is this right?")
}

// What was remembered of a value when it was fixed is proposed for the next file,
// whatever its columns are called.
func TestARememberedFixIsProposedForAValue(t *testing.T) {
	home := t.TempDir()
	before := newStageIn(t, home, Options{})
	if err := before.bench.RememberFix(roster.Role, "Standard", "User"); err != nil {
		t.Fatal(err)
	}
	if err := before.bench.Close(); err != nil {
		t.Fatal(err)
	}
	s := newStageIn(t, home, Options{File: write(t, "hr.csv", personnel)})
	s.shows("columns", "")
	s.settle()
	s.says("columns.value.Role.standard", "User")
	s.says("toolbar.undo", "match values as before")
	s.press("toolbar.undo")
	s.says("columns.value.Role.standard", "leave for me to fix")
	s.press("columns.continue")
	s.press("step.columns")
	s.says("columns.value.Role.standard", "leave for me to fix")
}

// The values of a long file are counted in the background and come when they are
// known.
func TestTheValuesOfALongFileAreCountedInTheBackground(t *testing.T) {
	var b strings.Builder
	b.WriteString("Full name;E-mail (work);Account state;Left us;Team\n")
	for i := range 12_000 {
		fmt.Fprintf(&b, "User %d;u%d@northwind.com;%s;%s;none\n", i, i, []string{"enabled", "disabled"}[i%2], []string{"yes", "no", "no"}[i%3])
	}
	s := newStage(t, Options{File: write(t, "hr.csv", b.String())})
	s.shows("columns", "")
	s.settle()
	s.says("columns.state.Current Status", "2 values to match ▸")
	s.press("columns.match.Current Status")
	s.says("popup.3", "Left us")
	s.press("popup.3")
	s.settle()
	s.says("columns.value.Current Status.yes", "leave for me to fix")
	s.press("columns.value.Current Status.yes")
	s.press("popup.1")
	s.says("columns.value.Current Status.yes", "Archived")
}

// An edit of a name that is made of two columns belongs to that choice: with
// another one it is out of sight, which is said, and with the first it is back.
func TestEditsOfAnotherChoiceOfColumnsAreKeptAndTold(t *testing.T) {
	s := newStage(t, Options{File: write(t, "hr.csv", "First name;Last name;Nickname;E-mail (work);Account state;Permission;Team\n"+
		"Ada;Byron;Lady;ada@northwind.com;enabled;standard;none\n")})
	s.shows("columns", "")
	s.says("columns.match.Display Name", "First name + Last name")
	s.press("columns.continue")
	s.cell(2, "Display Name").types("Ada Lovelace")
	s.key(fyne.KeyReturn)
	s.says("grid.cell.2.Display Name", "Ada Lovelace")

	choose := func(name string) {
		t.Helper()
		s.press("step.columns")
		s.press("columns.match.Display Name")
		for i := range 20 {
			if at := fmt.Sprintf("popup.%d", i); s.page().Said(at) == name {
				s.press(at)
				return
			}
		}
		t.Fatalf("%q is not offered", name)
	}
	choose("Nickname")
	s.press("columns.continue")
	s.says("grid.cell.2.Display Name", "Lady")
	s.says("message", "1 edited cell belongs to another choice of columns. It is kept, and shown again with that choice.")

	choose("Several columns together…")
	s.press("several.0")
	s.press("several.1")
	s.press("dialog.ok")
	s.press("columns.continue")
	s.says("grid.cell.2.Display Name", "Ada Lovelace")
}
