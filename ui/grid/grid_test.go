package grid

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// people is a small sheet that does what its grid wants done.
type people struct {
	cells    [][]string
	revision uint64
	editors  map[int]Editor
	asked    int
}

func newPeople(rows, cols int) *people {
	p := &people{editors: map[int]Editor{}}
	for row := range rows {
		var cells []string
		for col := range cols {
			cells = append(cells, string(rune('A'+col))+strconv.Itoa(row+1))
		}
		p.cells = append(p.cells, cells)
	}
	return p
}

func (p *people) Len() (rows, cols int) {
	if len(p.cells) == 0 {
		return 0, 3
	}
	return len(p.cells), len(p.cells[0])
}

func (p *people) Cell(row, col int) CellView {
	p.asked++
	v := CellView{Text: p.cells[row][col]}
	if strings.HasPrefix(v.Text, "bad") {
		v.Tint = TintError
	}
	return v
}

func (p *people) Header(col int) HeaderView {
	return HeaderView{Title: string(rune('A' + col)), Width: 100}
}

func (p *people) RowHeader(row int) RowHeaderView {
	return RowHeaderView{Number: strconv.Itoa(row + 2)}
}
func (p *people) Revision() uint64         { return p.revision }
func (p *people) Editor(_, col int) Editor { return p.editors[col] }

// bench is a grid in a window, with all that it asked for.
type bench struct {
	*testing.T
	grid    *Grid
	people  *people
	window  fyne.Window
	mods    fyne.KeyModifier
	now     time.Time
	actions []Action
	notices []string
	later   []func()
}

func newBench(t *testing.T, p *people) *bench {
	t.Helper()
	app := test.NewTempApp(t)
	b := &bench{T: t, people: p, now: time.Unix(0, 0)}
	g := New(p)
	b.grid = g
	g.Mods = func() fyne.KeyModifier { return b.mods }
	g.Now = func() time.Time { return b.now }
	g.Post = func(f func()) { b.later = append(b.later, f) }
	g.After = func(_ time.Duration, f func()) func() { b.later = append(b.later, f); return func() {} }
	g.Clipboard = app.Clipboard
	g.OnNotice = func(s string) { b.notices = append(b.notices, s) }
	g.OnEdit = func(changes []Change, a Action) {
		b.actions = append(b.actions, a)
		for _, c := range changes {
			for c.Row >= len(p.cells) {
				p.cells = append(p.cells, make([]string, len(p.cells[0])))
			}
			p.cells[c.Row][c.Col] = c.Text
		}
		p.revision++
		g.Refresh()
	}
	b.window = test.NewTempWindow(t, g)
	b.window.SetPadded(false)
	b.window.Resize(fyne.NewSize(52+330, 32+300+4))
	g.Focus()
	return b
}

func (b *bench) key(names ...fyne.KeyName) {
	for _, name := range names {
		b.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name})
	}
}

func (b *bench) shift(names ...fyne.KeyName) {
	b.mods = fyne.KeyModifierShift
	b.key(names...)
	b.mods = 0
}

func (b *bench) ctrl(name fyne.KeyName, more ...fyne.KeyModifier) {
	mods := fyne.KeyModifierShortcutDefault
	for _, m := range more {
		mods |= m
	}
	b.shortcut(&desktop.CustomShortcut{KeyName: name, Modifier: mods})
}

func (b *bench) shortcut(s fyne.Shortcut) {
	b.window.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(s)
}

func (b *bench) write(text string) {
	for _, r := range text {
		b.window.Canvas().Focused().TypedRune(r)
	}
}

// runLater runs what was posted, until nothing more is.
func (b *bench) runLater() {
	for len(b.later) > 0 {
		next := b.later[0]
		b.later = b.later[1:]
		next()
	}
}

func (b *bench) press(x, y float32, button desktop.MouseButton, mods fyne.KeyModifier) {
	e := &desktop.MouseEvent{Button: button, Modifier: mods}
	e.Position = fyne.NewPos(x, y)
	b.grid.MouseDown(e)
	b.grid.MouseUp(e)
}

// at is the middle of a cell on the grid.
func (b *bench) at(cell Pos) (x, y float32) {
	pos, size := b.grid.CellRect(cell)
	return pos.X + size.Width/2, pos.Y + size.Height/2
}

func (b *bench) click(cell Pos) {
	x, y := b.at(cell)
	b.now = b.now.Add(time.Hour)
	b.press(x, y, desktop.MouseButtonPrimary, 0)
}

func (b *bench) expectActive(row, col int) {
	b.Helper()
	if b.grid.Active() != (Pos{row, col}) {
		b.Errorf("active cell %v, want {%d %d}", b.grid.Active(), row, col)
	}
}

func (b *bench) expectCell(row, col int, want string) {
	b.Helper()
	if got := b.people.cells[row][col]; got != want {
		b.Errorf("cell %d,%d is %q, want %q", row, col, got, want)
	}
}

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

func TestCopyCutAndPaste(t *testing.T) {
	b := newBench(t, newPeople(20, 3))
	b.people.cells[0][1] = "two\nlines"
	b.shift(fyne.KeyDown, fyne.KeyRight)
	b.shortcut(&fyne.ShortcutCopy{})
	if got := b.grid.Clipboard().Content(); got != "A1\t\"two\nlines\"\nA2\tB2\n" {
		t.Errorf("copied %q", got)
	}
	b.click(Pos{5, 1})
	b.shortcut(&fyne.ShortcutPaste{})
	b.expectCell(5, 1, "A1")
	b.expectCell(5, 2, "two\nlines")
	b.expectCell(6, 2, "B2")
	if got := b.grid.Selected(); got != (Range{5, 1, 6, 2}) {
		t.Errorf("after pasting, selected %v", got)
	}
	b.shortcut(&fyne.ShortcutCut{})
	b.expectCell(6, 2, "")
	if !reflect.DeepEqual(b.actions, []Action{Paste, Cut}) {
		t.Errorf("actions %v", b.actions)
	}
}

func TestOneValueFillsTheRangeItIsPastedInto(t *testing.T) {
	b := newBench(t, newPeople(20, 3))
	b.grid.Select(Range{2, 0, 4, 1}, Pos{2, 0})
	b.grid.PasteText("User\n")
	for row := 2; row <= 4; row++ {
		b.expectCell(row, 0, "User")
		b.expectCell(row, 1, "User")
	}
	b.expectCell(5, 0, "A6")
}

func TestWhatDoesNotFitIsTold(t *testing.T) {
	b := newBench(t, newPeople(3, 3))
	b.click(Pos{2, 2})
	b.grid.PasteText("a\tb\nc\td\n")
	b.expectCell(2, 2, "a")
	if len(b.notices) != 1 || b.notices[0] != "1 row and 1 column did not fit in the table and were not pasted." {
		t.Errorf("notices %q", b.notices)
	}
	b.grid.GrowRows = true
	b.click(Pos{2, 1})
	b.grid.PasteText("x\ny\nz\n")
	if rows, _ := b.people.Len(); rows != 5 {
		t.Errorf("%d rows", rows)
	}
	b.expectCell(4, 1, "z")
}

func TestLockedCellsKeepTheirText(t *testing.T) {
	b := newBench(t, newPeople(5, 3))
	b.people.editors[1] = Editor{ReadOnly: true}
	b.grid.PasteText("x\ty\tz")
	b.expectCell(0, 0, "x")
	b.expectCell(0, 1, "B1")
	b.expectCell(0, 2, "z")
	if len(b.notices) != 1 || !strings.HasPrefix(b.notices[0], "1 cell cannot be changed") {
		t.Errorf("notices %q", b.notices)
	}
	b.click(Pos{0, 1})
	b.write("q")
	if _, _, on := b.grid.Editing(); on {
		t.Error("a locked cell was edited")
	}
}

func TestALargePasteIsReadInTheBackgroundAndLandsAsOneStep(t *testing.T) {
	b := newBench(t, newPeople(30_000, 1))
	posted := make(chan func(), 1)
	b.grid.Post = func(f func()) { posted <- f }
	b.grid.PasteText(strings.Repeat("pasted\n", 20_000))
	(<-posted)() // the clipboard is read: the first changes are put together
	if len(b.actions) != 0 || !b.grid.Busy() {
		t.Errorf("steps %v before all changes were put together", b.actions)
	}
	(<-posted)()
	b.expectCell(19_999, 0, "pasted")
	b.expectCell(20_000, 0, "A20001")
	if !reflect.DeepEqual(b.actions, []Action{Paste}) || b.grid.Busy() {
		t.Errorf("actions %v", b.actions)
	}
}

func TestALargeCopyIsPutTogetherInSlices(t *testing.T) {
	b := newBench(t, newPeople(20_000, 3))
	b.grid.SelectAll()
	b.grid.Copy()
	if len(b.later) == 0 || b.grid.Clipboard().Content() != "" {
		t.Fatal("all was copied at once")
	}
	b.runLater()
	if got := strings.Count(b.grid.Clipboard().Content(), "\n"); got != 20_000 {
		t.Errorf("copied %d rows", got)
	}
}

func TestACopyOfASheetThatChangesMeanwhileIsGivenUpAndSaysSo(t *testing.T) {
	b := newBench(t, newPeople(20_000, 3))
	b.grid.SelectAll()
	b.grid.Copy()
	b.people.revision++
	b.runLater()
	if len(b.notices) != 1 || b.grid.Clipboard().Content() != "" {
		t.Errorf("notices %q", b.notices)
	}
}

func TestALargeRangeIsClearedInSlicesAndAsOneStep(t *testing.T) {
	b := newBench(t, newPeople(8000, 3))
	b.grid.SelectAll()
	b.grid.Clear()
	if len(b.actions) != 0 || len(b.later) == 0 {
		t.Fatalf("%d steps at once, %d things to do later", len(b.actions), len(b.later))
	}
	b.grid.Clear()
	if len(b.notices) != 1 {
		t.Errorf("told %q of a second change meanwhile", b.notices)
	}
	b.runLater()
	if !reflect.DeepEqual(b.actions, []Action{Clear}) {
		t.Errorf("steps: %v", b.actions)
	}
	b.expectCell(0, 0, "")
	b.expectCell(7999, 2, "")
	b.grid.GoTo(Pos{0, 1})
	b.write("x")
	b.key(fyne.KeyReturn)
	b.grid.Select(Range{0, 1, 7999, 1}, Pos{0, 1})
	b.grid.FillDown()
	b.runLater()
	b.expectCell(7999, 1, "x")
}

func TestAChangeOfASheetThatChangesMeanwhileIsNotMadeAndSaysSo(t *testing.T) {
	b := newBench(t, newPeople(8000, 3))
	b.grid.SelectAll()
	b.grid.Clear()
	b.people.revision++
	b.runLater()
	if len(b.actions) != 0 || len(b.notices) != 1 {
		t.Errorf("steps %v, told %q", b.actions, b.notices)
	}
	b.grid.Select(Range{0, 0, 1, 1}, Pos{})
	b.grid.Clear()
	b.expectCell(1, 1, "")
}

func TestFillDownAndClear(t *testing.T) {
	b := newBench(t, newPeople(20, 3))
	b.grid.Select(Range{1, 0, 3, 1}, Pos{1, 0})
	b.ctrl(fyne.KeyD)
	b.expectCell(3, 0, "A2")
	b.expectCell(3, 1, "B2")
	b.click(Pos{5, 2})
	b.ctrl(fyne.KeyD)
	b.expectCell(5, 2, "C5")
	b.key(fyne.KeyDelete)
	b.expectCell(5, 2, "")
	if !reflect.DeepEqual(b.actions, []Action{Fill, Fill, Clear}) {
		t.Errorf("actions %v", b.actions)
	}
}

func TestRowsAreInsertedAndDeletedAsManyAsAreSelected(t *testing.T) {
	b := newBench(t, newPeople(20, 3))
	var wanted [][2]int
	b.grid.OnInsertRows = func(at, n int) { wanted = append(wanted, [2]int{at, n}) }
	b.grid.OnDeleteRows = func(at, n int) { wanted = append(wanted, [2]int{at, -n}) }
	b.grid.Select(Range{4, 0, 6, 0}, Pos{4, 0})
	b.ctrl("+")
	b.ctrl(fyne.KeyMinus)
	if !reflect.DeepEqual(wanted, [][2]int{{4, 3}, {4, -3}}) {
		t.Errorf("wanted %v", wanted)
	}
}

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

func TestColumnsAreResizedByDraggingTheirEdge(t *testing.T) {
	b := newBench(t, newPeople(20, 3))
	var told float32
	b.grid.OnColumnResized = func(_ int, w float32) { told = w }
	e := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
	e.Position = fyne.NewPos(52+100, 10)
	b.grid.MouseMoved(e)
	if b.grid.Cursor() != desktop.HResizeCursor {
		t.Error("the pointer does not show that the edge can be dragged")
	}
	b.grid.MouseDown(e)
	drag := &fyne.DragEvent{}
	drag.Position = fyne.NewPos(52+160, 10)
	b.grid.Dragged(drag)
	b.grid.DragEnd()
	if b.grid.ColumnWidth(0) != 160 || told != 160 {
		t.Errorf("width %v, told %v", b.grid.ColumnWidth(0), told)
	}
}

func TestADoubleClickOnAnEdgeFitsTheColumn(t *testing.T) {
	b := newBench(t, newPeople(20, 3))
	b.people.cells[2][0] = "a value that is a good deal wider than its column is now"
	b.press(52+100, 10, desktop.MouseButtonPrimary, 0)
	b.now = b.now.Add(100 * time.Millisecond)
	b.press(52+100, 10, desktop.MouseButtonPrimary, 0)
	if got := b.grid.ColumnWidth(0); got < 120 {
		t.Errorf("width %v", got)
	}
}

// measured is a sheet whose columns have these widths; the last may grow.
type measured struct {
	*people
	widths []float32
	grows  bool
}

func (m *measured) Header(col int) HeaderView {
	return HeaderView{Title: "T", Width: m.widths[col], Grows: m.grows && col == len(m.widths)-1}
}

func TestColumnsThatFitAreNotScrolledSideways(t *testing.T) {
	for _, tt := range []struct {
		name   string
		rows   int
		widths []float32
		grows  bool
		bars   [2]bool // vertical, horizontal
		last   float32 // width of the last column in a grid of 330
	}{
		{"the last column grows into all of the room", 3, []float32{100, 50}, true, [2]bool{false, false}, 230},
		{"it leaves the vertical bar its room", 50, []float32{100, 50}, true, [2]bool{true, false}, 230 - barWidth},
		{"a last column that just fills the grid gives way", 50, []float32{100, 230}, false, [2]bool{true, false}, 230 - barWidth},
		{"a unit too much, from rounding, gives way, too", 3, []float32{100, 231}, false, [2]bool{false, false}, 230},
		{"wider columns are scrolled", 3, []float32{100, 240}, false, [2]bool{false, true}, 240},
		{"both ways", 50, []float32{100, 240}, true, [2]bool{true, true}, 240},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := newPeople(tt.rows, 2)
			b := newBench(t, p)
			b.grid.SetModel(&measured{p, tt.widths, tt.grows})
			if got := [2]bool{b.grid.bars[0].Visible(), b.grid.bars[1].Visible()}; got != tt.bars {
				t.Errorf("bars shown: %v, want %v", got, tt.bars)
			}
			if got := b.grid.ColumnWidth(1); got != tt.last {
				t.Errorf("the last column is %v wide, want %v", got, tt.last)
			}
			b.grid.ScrollTo(1000, 0)
			if x, _ := b.grid.Offset(); x > 0 != tt.bars[1] {
				t.Errorf("scrolled sideways by %v", x)
			}
		})
	}
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

func TestTheEditorTellsWhereItsChoicesLie(t *testing.T) {
	p := newPeople(20, 3)
	p.editors[0] = Editor{Kind: Choices, Choices: []string{"Active", "Archived"}}
	b := newBench(t, p)
	if _, on := b.grid.EditorParts(); on {
		t.Error("an editor before one is open")
	}
	b.shortcut(&desktop.CustomShortcut{KeyName: fyne.KeyDown, Modifier: fyne.KeyModifierAlt})
	parts, on := b.grid.EditorParts()
	if !on || parts.Cell != (Pos{}) || parts.Text != "A1" || len(parts.Choices) != 2 {
		t.Fatalf("parts: %+v, %v", parts, on)
	}
	second := parts.Choices[1]
	if second.Text != "Archived" {
		t.Errorf("second choice: %+v", second)
	}
	e := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
	e.Position = second.At.AddXY(20, second.Size.Height/2).Subtract(b.grid.edit.list.Position())
	b.grid.edit.list.MouseDown(e)
	b.expectCell(0, 0, "Archived")
}

func TestPartsAreToldOnlyAsFarAsTheyAreInSight(t *testing.T) {
	b := newBench(t, newPeople(50, 4)) // 4 × 100 wide in 330
	b.grid.ScrollTo(50, 15)
	for _, tt := range []struct {
		what     string
		tell     func() (fyne.Position, fyne.Size, bool)
		at       fyne.Position
		size     fyne.Size
		isInView bool
	}{
		{"a header cut at the left", func() (fyne.Position, fyne.Size, bool) { return b.grid.HeaderRect(0) },
			fyne.NewPos(52, 0), fyne.NewSize(50, 32), true},
		{"a row number under the header", func() (fyne.Position, fyne.Size, bool) { return b.grid.RowHeaderRect(0) },
			fyne.NewPos(0, 32), fyne.NewSize(52, 15), true},
		{"the first cell", func() (fyne.Position, fyne.Size, bool) { return b.grid.VisibleCellRect(Pos{}) },
			fyne.NewPos(52, 32), fyne.NewSize(50, 15), true},
		{"a cell under the vertical bar", func() (fyne.Position, fyne.Size, bool) { return b.grid.VisibleCellRect(Pos{1, 3}) },
			fyne.NewPos(52+250, 32+15), fyne.NewSize(330-barWidth-250, 30), true},
		{"a cell far below", func() (fyne.Position, fyne.Size, bool) { return b.grid.VisibleCellRect(Pos{40, 0}) },
			fyne.Position{}, fyne.Size{}, false},
	} {
		at, size, seen := tt.tell()
		if at != tt.at || size != tt.size || seen != tt.isInView {
			t.Errorf("%s: %v %v %v, want %v %v %v", tt.what, at, size, seen, tt.at, tt.size, tt.isInView)
		}
	}
}

func TestEachHandlerIsWatched(t *testing.T) {
	b := newBench(t, newPeople(50, 3))
	var seen []string
	depth := 0
	b.grid.Watch = func(what string, f func()) {
		if depth == 0 {
			seen = append(seen, what)
		}
		depth++
		f()
		depth--
	}
	b.key(fyne.KeyDown)
	b.write("ab")
	b.key(fyne.KeyReturn)
	b.shortcut(&fyne.ShortcutSelectAll{})
	b.grid.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -25)})
	b.click(Pos{3, 1})
	b.grid.Refresh()
	b.grid.post(func() {})
	b.runLater()
	want := []string{"key Down", "letter", "editor letter", "editor key Return", "shortcut SelectAll", "scroll",
		"mouse down", "mouse up", "draw", "posted work"}
	// Focus that moves while the editor opens and closes posts work of its own.
	if got := slices.Compact(seen); !slices.Equal(got, want) {
		t.Errorf("watched %q, want %q", got, want)
	}
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
