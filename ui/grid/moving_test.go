package grid

import (
	"reflect"
	"testing"

	"fyne.io/fyne/v2/driver/desktop"

	"fyne.io/fyne/v2"
)

func TestMovingAndExtending(t *testing.T) {
	b := newBench(t, newPeople(200, 3))
	b.key(fyne.KeyDown, fyne.KeyDown, fyne.KeyRight)
	b.expectActive(2, 1)
	b.shift(fyne.KeyDown, fyne.KeyRight)
	if got := b.grid.Selected(); got != (Range{2, 1, 3, 2}) {
		t.Errorf("selected %v", got)
	}
	b.ctrl(fyne.KeyEnd)
	b.expectActive(199, 2)
	b.ctrl(fyne.KeyHome)
	b.expectActive(0, 0)
	b.key(fyne.KeyPageDown)
	b.expectActive(9, 0)
	b.key(fyne.KeyEnd)
	b.expectActive(9, 2)
	b.ctrl(fyne.KeyDown)
	b.expectActive(199, 2)
	b.ctrl(fyne.KeyUp, fyne.KeyModifierShift)
	if got := b.grid.Selected(); got != (Range{0, 2, 199, 2}) {
		t.Errorf("selected %v", got)
	}
	b.shortcut(&fyne.ShortcutSelectAll{})
	if got := b.grid.Selected(); got != (Range{0, 0, 199, 2}) {
		t.Errorf("all selected: %v", got)
	}
}

func TestTheActiveCellIsAlwaysInSight(t *testing.T) {
	b := newBench(t, newPeople(100_000, 9))
	for _, cell := range []Pos{{99_999, 8}, {50_000, 4}, {0, 0}, {9_001, 2}} {
		b.grid.GoTo(cell)
		at, size := b.grid.CellRect(cell)
		if at.X < 51.9 || at.Y < 31.9 || at.X+size.Width > b.grid.Size().Width || at.Y+size.Height > b.grid.Size().Height+0.1 {
			t.Errorf("cell %v lies at %v, %v", cell, at, size)
		}
	}
}

func TestHeadersSelectRowsAndColumns(t *testing.T) {
	b := newBench(t, newPeople(20, 3))
	_, y := b.at(Pos{4, 0})
	b.press(10, y, desktop.MouseButtonPrimary, 0)
	if got := b.grid.Selected(); got != (Range{4, 0, 4, 2}) || !b.grid.WholeRowsSelected() {
		t.Errorf("row header selected %v", got)
	}
	_, y = b.at(Pos{6, 0})
	b.press(10, y, desktop.MouseButtonPrimary, fyne.KeyModifierShift)
	if got := b.grid.Selected(); got != (Range{4, 0, 6, 2}) {
		t.Errorf("with Shift %v", got)
	}
	x, _ := b.at(Pos{0, 1})
	b.press(x, 10, desktop.MouseButtonPrimary, 0)
	if got := b.grid.Selected(); got != (Range{0, 1, 19, 1}) {
		t.Errorf("column header selected %v", got)
	}
	b.press(10, 10, desktop.MouseButtonPrimary, 0)
	if got := b.grid.Selected(); got != (Range{0, 0, 19, 2}) {
		t.Errorf("the corner selected %v", got)
	}
	b.click(Pos{3, 1})
	b.mods = fyne.KeyModifierShift
	b.key(fyne.KeySpace)
	b.write(" ")
	b.mods = 0
	if got := b.grid.Selected(); got != (Range{3, 0, 3, 2}) {
		t.Errorf("Shift+Space selected %v", got)
	}
	if _, _, on := b.grid.Editing(); on {
		t.Error("Shift+Space began to type")
	}
}

func TestDraggingSelectsAndScrollsOutside(t *testing.T) {
	b := newBench(t, newPeople(200, 3))
	x, y := b.at(Pos{1, 0})
	e := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
	e.Position = fyne.NewPos(x, y)
	b.grid.MouseDown(e)
	drag := &fyne.DragEvent{}
	drag.Position = fyne.NewPos(x+100, y+60)
	b.grid.Dragged(drag)
	if got := b.grid.Selected(); got != (Range{1, 0, 3, 1}) {
		t.Errorf("dragged over %v", got)
	}
	drag.Position = fyne.NewPos(x, b.grid.Size().Height+60)
	b.grid.Dragged(drag)
	for range 5 {
		next := b.later[0]
		b.later = b.later[1:]
		next()
	}
	if _, offset := b.grid.Offset(); offset < 200 {
		t.Errorf("scrolled only to %v", offset)
	}
	if got := b.grid.Selected(); got.Bottom < 15 {
		t.Errorf("selected only to row %d", got.Bottom)
	}
	b.grid.DragEnd()
	scrolled := len(b.later)
	b.runLater()
	if _, before := b.grid.Offset(); scrolled > 1 || before < 200 {
		t.Errorf("goes on after the button is up: %d", scrolled)
	}
}

func TestRowsAreInsertedAndDeletedAsManyAsAreSelected(t *testing.T) {
	b := newBench(t, newPeople(20, 3))
	var wanted [][2]int
	b.grid.OnInsertRows = func(at, n int) { wanted = append(wanted, [2]int{at, n}) }
	b.grid.OnDeleteRows = func(rows []Range) {
		for _, r := range rows {
			wanted = append(wanted, [2]int{r.Top, -r.Rows()})
		}
	}
	b.grid.Select(Range{4, 0, 6, 0}, Pos{4, 0})
	b.ctrl("+")
	b.ctrl(fyne.KeyMinus)
	if !reflect.DeepEqual(wanted, [][2]int{{4, 3}, {4, -3}}) {
		t.Errorf("wanted %v", wanted)
	}
}

func TestEscapeThenTabLeavesTheGrid(t *testing.T) {
	b := newBench(t, newPeople(20, 3))
	if !b.grid.AcceptsTab() {
		t.Error("Tab does not stay in the grid")
	}
	b.key(fyne.KeyEscape)
	if b.grid.AcceptsTab() {
		t.Error("after Escape, Tab still stays")
	}
	b.key(fyne.KeyDown)
	if !b.grid.AcceptsTab() {
		t.Error("after another key, Tab does not stay")
	}
}

func TestEscapeGoesOnWhenThereIsNothingToGiveUp(t *testing.T) {
	b := newBench(t, newPeople(20, 3))
	told := 0
	b.grid.OnEscape = func() { told++ }
	b.shift(fyne.KeyDown)
	b.write("x")
	b.key(fyne.KeyEscape) // the text
	b.shift(fyne.KeyDown)
	b.key(fyne.KeyEscape) // the range
	if told != 0 {
		t.Errorf("told %d times though there was something to give up", told)
	}
	b.key(fyne.KeyEscape)
	if told != 1 {
		t.Errorf("told %d times", told)
	}
}

func TestTabLeavesATableThatIsReadByRows(t *testing.T) {
	b := newBench(t, newPeople(20, 3))
	b.grid.ReadOnly, b.grid.MarkRows = true, true
	if b.grid.AcceptsTab() {
		t.Error("the table keeps the Tab key")
	}
}

func TestF8GoesThroughProblemsFromTheEditorToo(t *testing.T) {
	b := newBench(t, newPeople(20, 3))
	next, previous := 0, 0
	b.grid.OnNextProblem = func() { next++ }
	b.grid.OnPreviousProblem = func() { previous++ }
	b.key(fyne.KeyF8)
	b.shift(fyne.KeyF8)
	b.write("kept")
	b.key(fyne.KeyF8)
	if next != 2 || previous != 1 {
		t.Errorf("next %d, previous %d", next, previous)
	}
	b.expectCell(0, 0, "kept")
}

func TestTheActiveCellIsTold(t *testing.T) {
	p := newPeople(20, 3)
	p.cells[1][2] = "bad role"
	b := newBench(t, p)
	b.grid.GoTo(Pos{1, 2})
	if got := b.grid.AccessibilityLabel(); got != "Row 3, C: bad role, error" {
		t.Errorf("label %q", got)
	}
}

func TestAnEmptySheetDoesNothingWrong(t *testing.T) {
	b := newBench(t, &people{editors: map[int]Editor{}})
	b.key(fyne.KeyDown, fyne.KeyReturn, fyne.KeyDelete, fyne.KeyF2, fyne.KeyPageDown, fyne.KeyTab)
	b.ctrl(fyne.KeyEnd)
	b.ctrl(fyne.KeyD)
	b.write("x")
	b.shortcut(&fyne.ShortcutCopy{})
	b.press(100, 100, desktop.MouseButtonPrimary, 0)
	b.grid.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -25)})
	if len(b.actions) != 0 {
		t.Errorf("actions %v", b.actions)
	}
}

func TestRowsThatGoTakeTheCursorAlong(t *testing.T) {
	b := newBench(t, newPeople(100, 3))
	b.grid.GoTo(Pos{99, 1})
	b.people.cells = b.people.cells[:10]
	b.people.revision++
	b.grid.Refresh()
	b.expectActive(9, 1)
	if _, y := b.grid.Offset(); y > 12 {
		t.Errorf("still scrolled to %v", y)
	}
}
