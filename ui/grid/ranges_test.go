package grid

import (
	"reflect"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

func TestCtrlClickSelectsFurtherRanges(t *testing.T) {
	b := newBench(t, newPeople(9, 3))
	b.click(Pos{1, 0})
	b.shift(fyne.KeyDown)
	b.ctrlClick(Pos{4, 2})
	b.shift(fyne.KeyDown)
	want := []Range{{1, 0, 2, 0}, {4, 2, 5, 2}}
	if got := b.grid.SelectedRanges(); !reflect.DeepEqual(got, want) {
		t.Errorf("selected %v, want %v", got, want)
	}
	b.expectActive(4, 2)
	b.key(fyne.KeyDelete)
	for _, p := range []Pos{{1, 0}, {2, 0}, {4, 2}, {5, 2}} {
		b.expectCell(p.Row, p.Col, "")
	}
	b.expectCell(3, 0, "A4")
	if !reflect.DeepEqual(b.actions, []Action{Clear}) {
		t.Errorf("actions %v", b.actions)
	}
	b.key(fyne.KeyRight, fyne.KeyLeft)
	if got := b.grid.SelectedRanges(); len(got) != 1 {
		t.Errorf("after moving on, selected %v", got)
	}
}

func TestCtrlClickOnACellOfItsOwnTakesItOutAgain(t *testing.T) {
	b := newBench(t, newPeople(9, 3))
	b.click(Pos{1, 0})
	b.ctrlClick(Pos{3, 0})
	b.ctrlClick(Pos{5, 0})
	b.ctrlClick(Pos{1, 0})
	if got, want := b.grid.SelectedRanges(), []Range{{3, 0, 3, 0}, {5, 0, 5, 0}}; !reflect.DeepEqual(got, want) {
		t.Errorf("selected %v, want %v", got, want)
	}
	b.ctrlClick(Pos{5, 0})
	b.ctrlClick(Pos{3, 0})
	if got, want := b.grid.SelectedRanges(), []Range{{3, 0, 3, 0}}; !reflect.DeepEqual(got, want) {
		t.Errorf("the last one is kept, selected %v", got)
	}
}

func TestACtrlDragSelectsAFurtherRange(t *testing.T) {
	b := newBench(t, newPeople(9, 3))
	b.click(Pos{0, 0})
	x, y := b.at(Pos{2, 1})
	down := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary, Modifier: fyne.KeyModifierShortcutDefault}
	down.Position = fyne.NewPos(x, y)
	b.grid.MouseDown(down)
	x, y = b.at(Pos{4, 2})
	b.grid.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, y)}})
	b.grid.DragEnd()
	if got, want := b.grid.SelectedRanges(), []Range{{0, 0, 0, 0}, {2, 1, 4, 2}}; !reflect.DeepEqual(got, want) {
		t.Errorf("selected %v, want %v", got, want)
	}
	if !b.grid.otherTints[0].Visible() || !b.grid.rangeTint.Visible() {
		t.Error("the ranges are not shown")
	}
	b.key(fyne.KeyEscape)
	if len(b.grid.SelectedRanges()) != 1 || b.grid.otherTints[0].Visible() {
		t.Error("Escape kept a range")
	}
}

func TestHeadersWithCtrlSelectFurtherRowsAndColumns(t *testing.T) {
	b := newBench(t, newPeople(9, 3))
	column := func(col int, mods fyne.KeyModifier) {
		x, _ := b.at(Pos{0, col})
		b.press(x-20, 10, desktop.MouseButtonPrimary, mods)
	}
	row := func(row int, mods fyne.KeyModifier) {
		_, y := b.at(Pos{row, 0})
		b.press(10, y, desktop.MouseButtonPrimary, mods)
	}
	column(0, 0)
	column(2, fyne.KeyModifierShortcutDefault)
	if got, want := b.grid.SelectedRanges(), []Range{{0, 0, 8, 0}, {0, 2, 8, 2}}; !reflect.DeepEqual(got, want) {
		t.Errorf("columns: %v", got)
	}
	row(1, 0)
	row(4, fyne.KeyModifierShortcutDefault)
	row(6, fyne.KeyModifierShortcutDefault|fyne.KeyModifierShift)
	if got, want := b.grid.SelectedRanges(), []Range{{1, 0, 1, 2}, {4, 0, 6, 2}}; !reflect.DeepEqual(got, want) {
		t.Errorf("rows: %v", got)
	}
	var deleted []Range
	b.grid.OnDeleteRows = func(rows []Range) { deleted = rows }
	b.grid.DeleteRows()
	if want := []Range{{1, 0, 1, 2}, {4, 0, 6, 2}}; !reflect.DeepEqual(deleted, want) {
		t.Errorf("rows to delete: %v", deleted)
	}
	b.grid.OnInsertRows = func(int, int) { t.Error("rows were inserted somewhere") }
	b.grid.InsertRows()
	if len(b.notices) != 1 {
		t.Errorf("told %q", b.notices)
	}
}

func TestOneValueIsPastedIntoAllRanges(t *testing.T) {
	b := newBench(t, newPeople(9, 3))
	b.click(Pos{0, 0})
	b.ctrlClick(Pos{2, 1})
	b.shift(fyne.KeyDown)
	b.grid.PasteText("x\n")
	b.expectCell(0, 0, "x")
	b.expectCell(2, 1, "x")
	b.expectCell(3, 1, "x")
	b.expectCell(1, 0, "A2")
	b.grid.PasteText("1\t2\n")
	b.expectCell(0, 0, "x")
	if len(b.notices) != 1 || !reflect.DeepEqual(b.actions, []Action{Paste}) {
		t.Errorf("told %q, actions %v", b.notices, b.actions)
	}
}

func TestEachRangeIsFilledDown(t *testing.T) {
	b := newBench(t, newPeople(9, 3))
	b.grid.Select(Range{1, 0, 2, 0}, Pos{1, 0})
	b.ctrlClick(Pos{4, 2})
	b.shift(fyne.KeyDown, fyne.KeyDown)
	b.ctrl(fyne.KeyD)
	b.expectCell(2, 0, "A2")
	b.expectCell(6, 2, "C5")
	if !reflect.DeepEqual(b.actions, []Action{Fill}) {
		t.Errorf("actions %v", b.actions)
	}
}

func TestRangesThatLineUpAreCopiedAsOneBlock(t *testing.T) {
	for _, c := range []struct {
		name   string
		ranges []Range
		want   string
	}{
		{"the same rows", []Range{{1, 2, 2, 2}, {1, 0, 2, 0}}, "A2\tC2\nA3\tC3\n"},
		{"the same columns", []Range{{4, 0, 4, 1}, {1, 0, 2, 1}}, "A2\tB2\nA3\tB3\nA5\tB5\n"},
		{"neither", []Range{{1, 0, 1, 0}, {2, 1, 2, 1}}, ""},
		{"the same cells twice", []Range{{1, 0, 2, 0}, {1, 0, 2, 0}}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBench(t, newPeople(9, 3))
			b.grid.Clipboard().SetContent("")
			b.grid.Select(c.ranges[0], Pos{c.ranges[0].Top, c.ranges[0].Left})
			b.grid.sel.Keep()
			b.grid.sel.take(c.ranges[1])
			b.grid.Copy()
			if got := b.grid.Clipboard().Content(); got != c.want {
				t.Errorf("copied %q, want %q", got, c.want)
			}
			if told := len(b.notices) > 0; told != (c.want == "") {
				t.Errorf("told %q", b.notices)
			}
			b.grid.Cut()
			if len(b.actions) != 0 {
				t.Errorf("several ranges were cut: %v", b.actions)
			}
		})
	}
}

func TestEnterAndTabGoThroughAllRanges(t *testing.T) {
	s := sheet(10, 4)
	s.MoveTo(Pos{0, 0})
	s.Extend(0, 1)
	s.Add(Pos{5, 2})
	s.Extend(1, 0)
	var got []Pos
	for range 5 {
		s.Tab(false)
		got = append(got, s.Active())
	}
	if want := []Pos{{6, 2}, {0, 0}, {0, 1}, {5, 2}, {6, 2}}; !reflect.DeepEqual(got, want) {
		t.Errorf("Tab goes %v, want %v", got, want)
	}
	got = nil
	for range 4 {
		s.Enter(true)
		got = append(got, s.Active())
	}
	if want := []Pos{{5, 2}, {0, 1}, {0, 0}, {6, 2}}; !reflect.DeepEqual(got, want) {
		t.Errorf("Shift+Enter goes %v, want %v", got, want)
	}
}

func TestDisjointRangesHaveTheSameCellsOnce(t *testing.T) {
	ranges := []Range{{0, 0, 3, 3}, {2, 2, 5, 5}, {1, 1, 1, 1}, {0, 0, 0, 9}}
	once := map[Pos]int{}
	for _, r := range Disjoint(ranges) {
		for row := r.Top; row <= r.Bottom; row++ {
			for col := r.Left; col <= r.Right; col++ {
				once[Pos{row, col}]++
			}
		}
	}
	for row := range 12 {
		for col := range 12 {
			p, want := Pos{row, col}, 0
			for _, r := range ranges {
				if r.Contains(p) {
					want = 1
				}
			}
			if once[p] != want {
				t.Errorf("cell %v is there %d times, want %d", p, once[p], want)
			}
		}
	}
}
