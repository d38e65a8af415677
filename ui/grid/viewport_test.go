package grid

import (
	"math"
	"testing"
)

func sheetView() *Viewport {
	v := &Viewport{Rows: 100, RowHeight: 30, Width: 300, Height: 100}
	v.SetWidths([]float64{120, 80, 200, 50})
	return v
}

func TestWhatIsInSight(t *testing.T) {
	tests := []struct {
		name                    string
		x, y                    float64
		first, end, left, right int
	}{
		{"at the start", 0, 0, 0, 4, 0, 3},
		{"scrolled within the first row and column", 10, 10, 0, 4, 0, 3},
		{"scrolled by whole rows", 0, 60, 2, 6, 0, 3},
		{"scrolled by whole columns", 120, 0, 0, 4, 1, 4},
		{"at the very end", 150, 2900, 96, 100, 1, 4},
	}
	for _, tt := range tests {
		v := sheetView()
		v.OffX, v.OffY = tt.x, tt.y
		first, end := v.VisibleRows()
		left, right := v.VisibleCols()
		if first != tt.first || end != tt.end || left != tt.left || right != tt.right {
			t.Errorf("%s: rows %d-%d, columns %d-%d; want rows %d-%d, columns %d-%d",
				tt.name, first, end, left, right, tt.first, tt.end, tt.left, tt.right)
		}
	}
}

func TestNothingIsInSightWithoutRoomOrCells(t *testing.T) {
	for name, v := range map[string]*Viewport{
		"nothing set": {}, "no rows": {RowHeight: 30, Width: 100, Height: 100}, "no room": {Rows: 5, RowHeight: 30},
	} {
		if first, end := v.VisibleRows(); first != 0 || end != 0 {
			t.Errorf("%s: rows %d-%d", name, first, end)
		}
		if first, end := v.VisibleCols(); first != 0 || end != 0 {
			t.Errorf("%s: columns %d-%d", name, first, end)
		}
		if v.RowAt(10) != -1 && v.Rows == 0 {
			t.Errorf("%s: a row was found", name)
		}
	}
}

func TestRowsOfAMillionAreFoundExactly(t *testing.T) {
	v := &Viewport{Rows: 1_000_000, RowHeight: 30.4, Width: 100, Height: 700}
	v.SetWidths([]float64{100})
	for _, row := range []int{0, 1, 9_001, 262_145, 500_000, 999_998, 999_999} {
		v.EnsureVisible(row, 0)
		first, end := v.VisibleRows()
		if row < first || row >= end {
			t.Errorf("row %d is not among rows %d-%d", row, first, end)
		}
		top := v.RowTop(row)
		if top < -1e-6 || top+v.RowHeight > v.Height+1e-6 {
			t.Errorf("row %d lies at %v", row, top)
		}
		if at := v.RowAt(top + 1); at != row {
			t.Errorf("one below the top of row %d is row %d", row, at)
		}
	}
}

func TestEnsureVisibleScrollsAsLittleAsPossible(t *testing.T) {
	tests := []struct {
		name         string
		x, y         float64
		row, col     int
		wantX, wantY float64
		moved        bool
	}{
		{"a cell in sight", 0, 0, 1, 1, 0, 0, false},
		{"a row below", 0, 0, 5, 0, 0, 80, true},
		{"a row above", 0, 300, 2, 0, 0, 60, true},
		{"a column at the right", 0, 0, 0, 3, 150, 0, true},
		{"a column at the left", 150, 0, 0, 0, 0, 0, true},
		{"a row that is not there", 0, 30, 1000, 0, 0, 30, false},
	}
	for _, tt := range tests {
		v := sheetView()
		v.OffX, v.OffY = tt.x, tt.y
		if moved := v.EnsureVisible(tt.row, tt.col); moved != tt.moved || v.OffX != tt.wantX || v.OffY != tt.wantY {
			t.Errorf("%s: moved %v to %v,%v; want %v to %v,%v", tt.name, moved, v.OffX, v.OffY, tt.moved, tt.wantX, tt.wantY)
		}
	}
}

func TestAColumnWiderThanTheAreaShowsItsLeftEdge(t *testing.T) {
	v := &Viewport{Rows: 1, RowHeight: 30, Width: 100, Height: 100}
	v.SetWidths([]float64{50, 400})
	v.EnsureVisible(0, 1)
	if v.OffX != 50 {
		t.Errorf("scrolled to %v", v.OffX)
	}
}

func TestEdgesAreGrabbedWithinReach(t *testing.T) {
	v := sheetView()
	v.OffX = 20
	for x, want := range map[float64]int{100: 0, 97: 0, 104: 0, 90: -1, 180: 1, 380: 2} {
		if got := v.EdgeAt(x, 4); got != want {
			t.Errorf("EdgeAt(%v) = %d, want %d", x, got, want)
		}
	}
}

func TestScrollingStopsAtTheEnds(t *testing.T) {
	v := sheetView()
	if v.ScrollBy(-10, -10) {
		t.Error("scrolled beyond the start")
	}
	if !v.ScrollBy(1e9, 1e9) || v.OffX != 150 || v.OffY != 2900 {
		t.Errorf("the end is at %v,%v", v.OffX, v.OffY)
	}
	v.Rows = 2
	v.Clamp()
	if v.OffY != 0 {
		t.Errorf("with fewer rows the offset stays %v", v.OffY)
	}
}

func TestAThumbAndItsOffsetBelongTogether(t *testing.T) {
	if _, _, ok := Thumb(100, 80, 100, 0, 20); ok {
		t.Error("a thumb although all is in sight")
	}
	at, length, ok := Thumb(500, 30_000_000, 700, 15_000_000, 32)
	if !ok || length != 32 {
		t.Fatalf("thumb %v long, %v", length, ok)
	}
	if back := OffsetOfThumb(500, 30_000_000, 700, at, length); math.Abs(back-15_000_000) > 1 {
		t.Errorf("the thumb's place means offset %v", back)
	}
	if end := OffsetOfThumb(500, 30_000_000, 700, 9999, length); end != 30_000_000-700 {
		t.Errorf("dragged far beyond: %v", end)
	}
}
