package grid

import (
	"reflect"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

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
	b.slow()
	b.grid.Post = func(f func()) { posted <- f }
	b.grid.PasteText(strings.Repeat("pasted\n", 20_000))
	(<-posted)() // the clipboard is read: the first changes are put together
	if len(b.actions) != 0 || !b.grid.Busy() {
		t.Errorf("steps %v before all changes were put together", b.actions)
	}
	for len(b.actions) == 0 {
		(<-posted)()
	}
	b.expectCell(19_999, 0, "pasted")
	b.expectCell(20_000, 0, "A20001")
	if !reflect.DeepEqual(b.actions, []Action{Paste}) || b.grid.Busy() {
		t.Errorf("actions %v", b.actions)
	}
}

func TestALargeCopyIsPutTogetherInSlices(t *testing.T) {
	b := newBench(t, newPeople(20_000, 3))
	b.slow()
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
	b.slow()
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
	b.slow()
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
	b.slow()
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

func TestALargeChangeIsHandedOverInBlocks(t *testing.T) {
	b := newBench(t, newPeople(8000, 3))
	b.people.editors[1] = Editor{ReadOnly: true}
	var got []Block
	var actions []Action
	b.grid.OnEditBlocks = func(blocks []Block, a Action) { got, actions = blocks, append(actions, a) }
	b.grid.SelectAll()
	b.grid.PasteText("x")
	if got[0].Range != (Range{0, 0, 7999, 2}) || len(b.later) != 0 {
		t.Fatalf("handed over %v", got[0].Range)
	}
	for col, want := range []bool{true, false, true} {
		if text, ok := got[0].Text(7999, col); ok != want || ok && text != "x" {
			t.Errorf("column %d gets %q, %v", col, text, ok)
		}
	}
	if want := "8000 cells cannot be changed and kept what they had."; b.notices[len(b.notices)-1] != want {
		t.Errorf("told %q", b.notices)
	}
	b.grid.Select(Range{0, 0, 7999, 2}, Pos{})
	b.grid.FillDown()
	if text, _ := got[0].Text(1, 2); text != "C1" || got[0].Top != 1 {
		t.Errorf("filled with %q from row %d on", text, got[0].Top)
	}
	b.grid.Clear()
	if !reflect.DeepEqual(actions, []Action{Paste, Fill, Clear}) || len(b.actions) != 0 {
		t.Errorf("actions %v, and one by one %v", actions, b.actions)
	}
}

func TestMoreThanTheClipboardCanTakeIsNotCopiedAndThatIsSaid(t *testing.T) {
	b := newBench(t, newPeople(40, 1))
	for row := range b.people.cells {
		b.people.cells[row][0] = strings.Repeat("x", mostCopied/30)
	}
	b.grid.Clipboard().SetContent("before")
	b.grid.SelectAll()
	b.grid.Cut()
	if got := b.grid.Clipboard().Content(); got != "before" || len(b.notices) != 1 || len(b.actions) != 0 {
		t.Errorf("copied %d bytes, told %q, actions %v", len(got), b.notices, b.actions)
	}
}
