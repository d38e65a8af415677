package formula

import "testing"

// In someRowsMove, rows 5 and 10 are deleted and two come behind row 7.

func TestRowsGoWhereThoseBeforeThemLeaveThem(t *testing.T) {
	for row, want := range map[int]int{1: 1, 4: 4, 5: 5, 6: 5, 7: 6, 8: 9, 9: 10, 10: 11, 11: 11, MaxRows: MaxRows} {
		if got := someRowsMove.To(row); got != want {
			t.Errorf("row %d goes to %d, want %d", row, got, want)
		}
	}
	if s := NewRowShift(nil, map[int]int{0: 1, 3: 2}); s.To(1) != 2 || s.To(4) != 7 || s.Behind(0) != 1 || s.Behind(3) != 2 || s.Behind(1) != 0 {
		t.Errorf("behind new rows, row 1 goes to %d and row 4 to %d", s.To(1), s.To(4))
	}
	if (RowShift{}).Moves() || !someRowsMove.Moves() {
		t.Error("it is not told whether rows move")
	}
	if !someRowsMove.Whole(6, 7) || someRowsMove.Whole(7, 8) || someRowsMove.Whole(4, 6) || someRowsMove.Whole(5, 6) {
		t.Error("it is not told which ranges stay whole")
	}
}

func TestReferencesOutsideFormulasMoveOrLoseTheirCells(t *testing.T) {
	for ref, want := range map[string]string{"A8": "A9", "$A$8:B9": "$A$9:B10", "A4:A5": "A4:A4", "A:B": "A:B", "3:8": "3:9", "A5": "", "A5:B5": "", "5:5": "", "name": "", "A1:B": ""} {
		if got, ok := someRowsMove.Ref(ref); ok != (want != "") || ok && got != want {
			t.Errorf("%s becomes %s (%v), want %s", ref, got, ok, want)
		}
	}
	if got, ok := someRowsMove.Refs("A5 A8  B5:C5 D6"); !ok || got != "A9 D5" {
		t.Errorf("a list becomes %q (%v)", got, ok)
	}
	if got, ok := someRowsMove.Refs("A5 B5:C5"); ok {
		t.Errorf("a list of which nothing is left becomes %q", got)
	}
	if got := someRowsMove.NearRefs("A5 A8 B5:C5"); got != "A5 A9 B5" {
		t.Errorf("a list of which all must be left becomes %q", got)
	}
	if got := FirstRow("B7 A3:A9 C4"); got != 3 {
		t.Errorf("the first row is %d", got)
	}
}
