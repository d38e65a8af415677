package grid

import "testing"

func sheet(rows, cols int) *Selection {
	s := &Selection{}
	s.Resize(rows, cols)
	return s
}

func TestTheActiveCellStaysInTheSheet(t *testing.T) {
	s := sheet(10, 4)
	s.Move(-3, -3)
	if s.Active() != (Pos{0, 0}) {
		t.Errorf("active %v", s.Active())
	}
	s.Move(100, 100)
	if s.Active() != (Pos{9, 3}) {
		t.Errorf("active %v", s.Active())
	}
	s.Resize(5, 2)
	if s.Active() != (Pos{4, 1}) {
		t.Errorf("after rows went, active %v", s.Active())
	}
	s.Resize(0, 0)
	if s.Active() != (Pos{0, 0}) {
		t.Errorf("without cells, active %v", s.Active())
	}
}

func TestShiftExtendsFromTheActiveCell(t *testing.T) {
	s := sheet(10, 4)
	s.MoveTo(Pos{5, 2})
	s.Extend(-2, 1)
	if s.Range() != (Range{3, 2, 5, 3}) || s.Active() != (Pos{5, 2}) {
		t.Errorf("range %v, active %v", s.Range(), s.Active())
	}
	s.Extend(4, -3)
	if s.Range() != (Range{5, 0, 7, 2}) {
		t.Errorf("range %v", s.Range())
	}
	s.Move(1, 0)
	if s.Range() != (Range{6, 2, 6, 2}) {
		t.Errorf("after moving, range %v", s.Range())
	}
}

func TestRowsAndColumnsAreSelectedWhole(t *testing.T) {
	s := sheet(10, 4)
	s.SelectRows(6, 3)
	if s.Range() != (Range{3, 0, 6, 3}) || !s.WholeRows() {
		t.Errorf("rows: %v", s.Range())
	}
	s.SelectCols(1, 2)
	if s.Range() != (Range{0, 1, 9, 2}) || !s.WholeCols() || s.WholeRows() {
		t.Errorf("columns: %v", s.Range())
	}
	s.Resize(20, 4)
	if s.Range() != (Range{0, 1, 19, 2}) {
		t.Errorf("columns follow new rows: %v", s.Range())
	}
	s.SelectAll()
	if s.Range() != (Range{0, 0, 19, 3}) {
		t.Errorf("all: %v", s.Range())
	}
	s.Collapse()
	if s.Range().Cells() != 1 {
		t.Errorf("collapsed: %v", s.Range())
	}
}

func TestEnterReturnsToWhereTabbingBegan(t *testing.T) {
	s := sheet(10, 6)
	s.MoveTo(Pos{2, 1})
	s.Tab(false)
	s.Tab(false)
	if s.Active() != (Pos{2, 3}) {
		t.Fatalf("after two tabs %v", s.Active())
	}
	s.Enter(false)
	if s.Active() != (Pos{3, 1}) {
		t.Errorf("after Enter %v", s.Active())
	}
	s.Enter(false)
	if s.Active() != (Pos{4, 1}) {
		t.Errorf("after another Enter %v", s.Active())
	}
	s.Tab(false)
	s.Move(0, 1)
	s.Enter(false)
	if s.Active() != (Pos{5, 3}) {
		t.Errorf("an arrow ends the run: %v", s.Active())
	}
}

func TestTabGoesOnInTheNextRow(t *testing.T) {
	s := sheet(3, 2)
	s.MoveTo(Pos{0, 1})
	s.Tab(false)
	if s.Active() != (Pos{1, 0}) {
		t.Errorf("after the last column %v", s.Active())
	}
	s.Tab(true)
	if s.Active() != (Pos{0, 1}) {
		t.Errorf("and back %v", s.Active())
	}
	s.MoveTo(Pos{2, 1})
	s.Tab(false)
	if s.Active() != (Pos{2, 1}) {
		t.Errorf("at the very end %v", s.Active())
	}
}

func TestEnterAndTabGoRoundASelectedRange(t *testing.T) {
	s := sheet(10, 6)
	s.Select(Range{1, 1, 2, 2}, Pos{1, 1})
	var seen []Pos
	for range 4 {
		s.Enter(false)
		seen = append(seen, s.Active())
	}
	want := []Pos{{2, 1}, {1, 2}, {2, 2}, {1, 1}}
	for i := range want {
		if seen[i] != want[i] {
			t.Fatalf("Enter went %v, want %v", seen, want)
		}
	}
	s.Tab(false)
	if s.Active() != (Pos{1, 2}) || s.Range().Cells() != 4 {
		t.Errorf("Tab went to %v of %v", s.Active(), s.Range())
	}
	s.Tab(true)
	s.Tab(true)
	if s.Active() != (Pos{2, 2}) {
		t.Errorf("Shift+Tab went to %v", s.Active())
	}
}

func TestCtrlArrowsGoToTheEdgeOfTheData(t *testing.T) {
	rows := []string{"x", "x", "x", "", "", "x", "", "x", "x", ""}
	filled := func(row, _ int) bool { return rows[row] != "" }
	tests := []struct {
		name     string
		from, by int
		want     int
	}{
		{"along the filled cells", 0, 1, 2},
		{"over the empty ones", 2, 1, 5},
		{"from an empty cell", 3, 1, 5},
		{"from a lonely cell", 5, 1, 7},
		{"to the end where nothing follows", 8, 1, 9},
		{"back over the empty ones", 5, -1, 2},
		{"back along the filled ones", 2, -1, 0},
		{"nowhere at the start", 0, -1, 0},
	}
	for _, tt := range tests {
		if got := DataEdge(Pos{tt.from, 0}, tt.by, 0, len(rows), 1, filled); got.Row != tt.want {
			t.Errorf("%s: from row %d to %d, want %d", tt.name, tt.from, got.Row, tt.want)
		}
	}
}
