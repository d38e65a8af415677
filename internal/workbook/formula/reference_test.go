package formula

import "testing"

func TestCellsAreNamedByLettersForTheColumnAndANumberForTheRow(t *testing.T) {
	for _, tt := range []struct {
		row, col int
		name     string
	}{
		{1, 0, "A1"}, {12, 1, "B12"}, {1, 25, "Z1"}, {1, 26, "AA1"}, {2, 701, "ZZ2"}, {2, 702, "AAA2"}, {MaxRows, MaxColumns - 1, "XFD1048576"},
	} {
		if got := CellName(tt.row, tt.col); got != tt.name {
			t.Errorf("row %d and column %d are named %s, want %s", tt.row, tt.col, got, tt.name)
		}
		if row, col, ok := ParseCell([]byte(tt.name)); !ok || row != tt.row || col != tt.col {
			t.Errorf("%s is row %d and column %d (%v), want %d and %d", tt.name, row, col, ok, tt.row, tt.col)
		}
	}
	if row, col, ok := ParseCell([]byte("b12")); !ok || row != 12 || col != 1 {
		t.Errorf("b12 is row %d and column %d (%v)", row, col, ok)
	}
	for _, name := range []string{"", "A", "12", "$A$1", "AAAA1", "A1234567890", "A1B", "A-1", "[1"} {
		if row, col, ok := ParseCell([]byte(name)); ok {
			t.Errorf("%q is taken for row %d and column %d", name, row, col)
		}
	}
}
