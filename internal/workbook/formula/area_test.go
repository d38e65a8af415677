package formula

import "testing"

func TestARangeIsAnAreaWhicheverOfItsCornersAreNamed(t *testing.T) {
	want := Area{Top: 2, Bottom: 9, Left: 0, Right: 2}
	for _, ref := range []string{"A2:C9", "C9:A2", "A9:C2"} {
		if got, ok := ParseArea(ref); !ok || got != want || got.String() != "A2:C9" {
			t.Errorf("%s is %+v (%v), written %s", ref, got, ok, got)
		}
	}
	if !want.Has(2, 0) || !want.Has(9, 2) || want.Has(10, 2) || want.Has(9, 3) || want.Has(1, 0) {
		t.Errorf("%s has other cells than those from A2 to C9", want)
	}
	if one, ok := ParseArea("B5"); !ok || one != (Area{Top: 5, Bottom: 5, Left: 1, Right: 1}) || one.String() != "B5" {
		t.Errorf("B5 is %+v (%v), written %s", one, ok, one)
	}
	for _, ref := range []string{"", "A:C", "2:9", "A0:B2", "A1:", "#REF!"} {
		if got, ok := ParseArea(ref); ok {
			t.Errorf("%q is taken for %s", ref, got)
		}
	}
}

func TestTheRowsOfARangeAreThoseOfItsTwoEnds(t *testing.T) {
	for ref, want := range map[string][2]int{"A2:F20": {2, 20}, "B7": {7, 7}, "A:F20": {0, 20}, "": {0, 0}} {
		if first, last := RangeRows(ref); first != want[0] || last != want[1] {
			t.Errorf("the rows of %q are %d to %d, want %d to %d", ref, first, last, want[0], want[1])
		}
	}
}
