package formula

import "strings"

// Area is a rectangle of cells, its edges included: its rows count from 1, its
// columns from 0.
type Area struct{ Top, Bottom, Left, Right int }

// ParseArea reads a range such as "A2:C9", whichever two of its corners are
// named, or one cell; false for whole rows and columns, and for what is none.
func ParseArea(ref string) (Area, bool) {
	a, b, isRange := strings.Cut(ref, ":")
	if !isRange {
		b = a
	}
	top, left, ok := ParseCell([]byte(a))
	bottom, right, ok2 := ParseCell([]byte(b))
	return Area{Top: min(top, bottom), Bottom: max(top, bottom), Left: min(left, right), Right: max(left, right)}, ok && ok2 && min(top, bottom) > 0
}

// String is the range as it is written: "A2:C9", or "A2" for one cell.
func (a Area) String() string {
	first, last := CellName(a.Top, a.Left), CellName(a.Bottom, a.Right)
	if first == last {
		return first
	}
	return first + ":" + last
}

// Has says that a cell lies in the area.
func (a Area) Has(row, col int) bool {
	return row >= a.Top && row <= a.Bottom && col >= a.Left && col <= a.Right
}

// RangeRows is the first and last row of a range such as "A1:F20", or twice the
// row of one cell; 0 for what is no cell's name.
func RangeRows(ref string) (first, last int) {
	var a, b string
	a, b = ref, ref
	for i := range ref {
		if ref[i] == ':' {
			a, b = ref[:i], ref[i+1:]
		}
	}
	if row, _, ok := ParseCell([]byte(a)); ok {
		first = row
	}
	if row, _, ok := ParseCell([]byte(b)); ok {
		last = row
	}
	return first, last
}
