package grid

import (
	"reflect"
	"testing"

	"fyne.io/fyne/v2/driver/desktop"

	"fyne.io/fyne/v2"
)

func TestTheVerdictComesAtEachKeystrokeAndItsSuggestionIsTaken(t *testing.T) {
	b := newBench(t, newPeople(20, 3))
	var judged []string
	b.grid.OnEditing = func(_ Pos, text string) Verdict {
		judged = append(judged, text)
		return Verdict{State: TintError, Message: "Not a role: use User, Admin or Supervisor", Suggestion: "Supervisor"}
	}
	var taken string
	b.grid.OnSuggestionTaken = func(_ Pos, s string) { taken = s }
	b.write("Sup")
	if !reflect.DeepEqual(judged, []string{"S", "Su", "Sup"}) {
		t.Errorf("judged %q", judged)
	}
	if !b.grid.edit.hint.Visible() || b.grid.edit.frame.StrokeColor != b.grid.painter.colors.errorEdge {
		t.Error("the verdict is not shown")
	}
	b.ctrl(fyne.KeyReturn)
	b.expectCell(0, 0, "Supervisor")
	if taken != "Supervisor" {
		t.Errorf("taken %q", taken)
	}
	b.expectActive(0, 0)
}

func TestChoicesAreFilteredAndTaken(t *testing.T) {
	p := newPeople(20, 3)
	p.editors[1] = Editor{Kind: Choices, Choices: []string{"User", "Admin", "Supervisor"}}
	b := newBench(t, p)
	b.click(Pos{0, 1})
	b.write("su")
	if got := b.grid.edit.list.items; !reflect.DeepEqual(got, []string{"Supervisor"}) {
		t.Errorf("offered %q", got)
	}
	b.key(fyne.KeyReturn)
	b.expectCell(0, 1, "Supervisor")
	b.expectActive(1, 1)
	b.shortcut(&desktop.CustomShortcut{KeyName: fyne.KeyDown, Modifier: fyne.KeyModifierAlt})
	if !b.grid.edit.list.Visible() || len(b.grid.edit.list.items) != 3 {
		t.Fatal("Alt+Down shows no choices")
	}
	b.key(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	b.expectCell(1, 1, "Admin")
	b.write("Other")
	b.key(fyne.KeyReturn)
	b.expectCell(2, 1, "Other")
	// The drop-down takes typing in the place of the old value, too.
	b.click(Pos{2, 1})
	b.shortcut(&desktop.CustomShortcut{KeyName: fyne.KeyDown, Modifier: fyne.KeyModifierAlt})
	b.write("sup")
	if got := b.grid.edit.list.items; !reflect.DeepEqual(got, []string{"Supervisor"}) {
		t.Errorf("after opening the list and typing, offered %q", got)
	}
	b.key(fyne.KeyReturn)
	b.expectCell(2, 1, "Supervisor")
}

func TestAChoiceIsTakenByAClick(t *testing.T) {
	p := newPeople(20, 3)
	p.editors[0] = Editor{Kind: Choices, Choices: []string{"Active", "Archived"}}
	b := newBench(t, p)
	b.shortcut(&desktop.CustomShortcut{KeyName: fyne.KeyDown, Modifier: fyne.KeyModifierAlt})
	e := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
	e.Position = fyne.NewPos(20, 3+listHeight+5)
	b.grid.edit.list.MouseDown(e)
	b.expectCell(0, 0, "Archived")
}

func TestListsAreCompletedTokenByToken(t *testing.T) {
	p := newPeople(20, 3)
	groups := []string{"Trading", "Treasury", "EMEA"}
	p.editors[2] = Editor{Kind: Tokens, Complete: func(prefix string) []string { return MatchChoices(groups, prefix) }}
	b := newBench(t, p)
	b.click(Pos{0, 2})
	b.write("tra")
	b.key(fyne.KeyDown, fyne.KeyReturn)
	b.write(",em")
	b.key(fyne.KeyDown, fyne.KeyTab)
	if _, text, on := b.grid.Editing(); !on || text != "Trading,EMEA" {
		t.Fatalf("editing %v with %q", on, text)
	}
	b.key(fyne.KeyReturn)
	b.expectCell(0, 2, "Trading,EMEA")
}
