package grid

import (
	"reflect"
	"testing"
	"time"

	"fyne.io/fyne/v2/driver/desktop"

	"fyne.io/fyne/v2"
)

func TestTypingReplacesAndEnterGoesDown(t *testing.T) {
	b := newBench(t, newPeople(20, 3))
	b.write("Grace")
	b.key(fyne.KeyReturn)
	b.expectCell(0, 0, "Grace")
	b.expectActive(1, 0)
	if b.window.Canvas().Focused() != fyne.Focusable(b.grid) {
		t.Error("the keyboard did not come back to the grid")
	}
	if !reflect.DeepEqual(b.actions, []Action{Edit}) {
		t.Errorf("actions %v", b.actions)
	}
}

func TestF2EnterAndDoubleClickEditWhatIsThere(t *testing.T) {
	b := newBench(t, newPeople(20, 3))
	b.key(fyne.KeyF2)
	b.write("!")
	b.key(fyne.KeyReturn)
	b.expectCell(0, 0, "A1!")
	b.key(fyne.KeyReturn)
	b.write("?")
	b.shift(fyne.KeyReturn)
	b.expectCell(1, 0, "A2?")
	b.expectActive(0, 0)
	x, y := b.at(Pos{4, 2})
	b.press(x, y, desktop.MouseButtonPrimary, 0)
	b.now = b.now.Add(100 * time.Millisecond)
	b.press(x, y, desktop.MouseButtonPrimary, 0)
	b.write(".")
	b.key(fyne.KeyTab)
	b.expectCell(4, 2, "C5.")
	b.expectActive(5, 0)
}

func TestEscapeGivesUp(t *testing.T) {
	b := newBench(t, newPeople(20, 3))
	b.write("oops")
	b.key(fyne.KeyEscape)
	b.expectCell(0, 0, "A1")
	b.expectActive(0, 0)
	if len(b.actions) != 0 {
		t.Errorf("actions %v", b.actions)
	}
}

func TestWhatWasSelectedInTheLastEditIsNotReplacedInTheNext(t *testing.T) {
	b := newBench(t, newPeople(20, 3))
	b.write("Grace")
	b.shortcut(&fyne.ShortcutSelectAll{})
	b.key(fyne.KeyReturn)
	b.write("Hana")
	b.key(fyne.KeyReturn)
	b.expectCell(0, 0, "Grace")
	b.expectCell(1, 0, "Hana")
}

func TestAnEditThatChangesNothingIsNoEdit(t *testing.T) {
	b := newBench(t, newPeople(20, 3))
	b.key(fyne.KeyF2, fyne.KeyReturn)
	if len(b.actions) != 0 {
		t.Errorf("actions %v", b.actions)
	}
}

func TestTabbedRowsAreFilledAsInASpreadsheet(t *testing.T) {
	b := newBench(t, newPeople(20, 3))
	b.write("one")
	b.key(fyne.KeyTab)
	b.write("two")
	b.key(fyne.KeyTab)
	b.write("three")
	b.key(fyne.KeyReturn)
	b.expectActive(1, 0)
	if got := b.people.cells[0]; !reflect.DeepEqual(got, []string{"one", "two", "three"}) {
		t.Errorf("row %q", got)
	}
}

func TestArrowsEndTypingButMoveTheCaretAfterF2(t *testing.T) {
	b := newBench(t, newPeople(20, 3))
	b.write("x")
	b.key(fyne.KeyRight)
	b.expectCell(0, 0, "x")
	b.expectActive(0, 1)
	b.key(fyne.KeyF2, fyne.KeyLeft)
	b.write("-")
	b.key(fyne.KeyReturn)
	b.expectCell(0, 1, "B-1")
}

func TestEveryCommandKeepsWhatWasBeingTyped(t *testing.T) {
	b := newBench(t, newPeople(20, 3))
	b.write("kept")
	b.click(Pos{3, 1})
	b.expectCell(0, 0, "kept")
	b.expectActive(3, 1)
	b.write("too")
	b.grid.GoTo(Pos{0, 0})
	b.expectCell(3, 1, "too")
}

func TestFocusThatGoesElsewhereKeepsTheText(t *testing.T) {
	b := newBench(t, newPeople(20, 3))
	b.write("kept")
	b.window.Canvas().Unfocus()
	b.runLater()
	b.expectCell(0, 0, "kept")
	if _, _, on := b.grid.Editing(); on {
		t.Error("still editing")
	}
}

func TestAWindowThatLosesTheKeyboardLeavesTheEditorOpen(t *testing.T) {
	b := newBench(t, newPeople(20, 3))
	b.write("half")
	b.grid.edit.entry.FocusLost()
	b.runLater()
	if _, text, on := b.grid.Editing(); !on || text != "half" {
		t.Errorf("editing %v with %q", on, text)
	}
}

func TestLineBreaksSurviveEditing(t *testing.T) {
	b := newBench(t, newPeople(20, 3))
	b.people.cells[0][0] = "one\ntwo"
	b.key(fyne.KeyF2)
	b.write("!")
	b.shortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierAlt})
	b.write("three")
	b.key(fyne.KeyReturn)
	b.expectCell(0, 0, "one\ntwo!\nthree")
}

func TestAHeldBackTextIsNeverAStep(t *testing.T) {
	b := newBench(t, newPeople(20, 3))
	b.write("Superviser")
	b.grid.CancelEdit()
	if len(b.actions) != 0 {
		t.Errorf("actions: %v", b.actions)
	}
	b.expectCell(0, 0, "A1")
	if b.window.Canvas().Focused() != fyne.Focusable(b.grid) {
		t.Error("the keyboard is not back in the grid")
	}
}
