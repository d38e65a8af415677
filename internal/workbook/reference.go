package workbook

import (
	"strconv"
	"strings"
)

// reference is one end of a range: "$B$7", "B" or "7".
type reference struct {
	col   string // with its dollar sign
	fixed bool   // a dollar sign stands before the row
	row   int    // 0 for a whole column
}

// parseReference reads one; false for what is none, such as a name that only
// looks like one because it lies right of the last column: "YTD2024".
func parseReference(text string) (reference, bool) {
	var r reference
	i := 0
	if strings.HasPrefix(text, "$") {
		i++
	}
	from, col := i, 0
	for i < len(text) && (text[i]|0x20 >= 'a' && text[i]|0x20 <= 'z') {
		if col = col*26 + int(text[i]|0x20-'a') + 1; col > maxColumns {
			return r, false
		}
		i++
	}
	if i == from && i > 0 && !(len(text) > 1 && text[1] >= '0' && text[1] <= '9') {
		return r, false
	}
	if i == from {
		i = 0 // a whole row
	}
	r.col = text[:i]
	rest := text[i:]
	if strings.HasPrefix(rest, "$") {
		r.fixed, rest = true, rest[1:]
	}
	if rest == "" {
		return r, r.col != "" && !r.fixed
	}
	n, ok := number([]byte(rest))
	r.row = n
	return r, ok && n >= 1 && n <= maxRows && rest[0] != '0'
}

func (r reference) String() string {
	if r.row == 0 {
		return r.col
	}
	if r.fixed {
		return r.col + "$" + strconv.Itoa(r.row)
	}
	return r.col + strconv.Itoa(r.row)
}

// like says that both ends are cells, or columns, or rows, as the ends of a
// range are.
func (r reference) like(other reference) bool {
	return (r.row == 0) == (other.row == 0) && (r.col == "") == (other.col == "")
}

// beside is the reference that a formula holds in a cell so many rows and
// columns further on: what has no dollar sign goes with it, around the edges of
// the sheet if need be.
func (r reference) beside(rows, cols int) reference {
	if r.row > 0 && !r.fixed {
		r.row = around(r.row-1+rows, maxRows) + 1
	}
	if cols != 0 && r.col != "" && r.col[0] != '$' {
		if col, _, ok := splitRef([]byte(r.col + "1")); ok {
			r.col = ColumnName(around(col+cols, maxColumns))
		}
	}
	return r
}

func around(n, limit int) int { return ((n % limit) + limit) % limit }

// area is a rectangle of cells; its rows count from 1, its columns from 0.
type area struct{ top, bottom, left, right int }

// parseArea reads a range such as "A2:C9", or one cell.
func parseArea(ref string) (area, bool) {
	a, b, isRange := strings.Cut(ref, ":")
	if !isRange {
		b = a
	}
	left, top, ok := splitRef([]byte(a))
	right, bottom, ok2 := splitRef([]byte(b))
	return area{top: min(top, bottom), bottom: max(top, bottom), left: min(left, right), right: max(left, right)}, ok && ok2 && min(top, bottom) > 0
}

func (a area) String() string {
	first, last := CellName(a.top-1, a.left), CellName(a.bottom-1, a.right)
	if first == last {
		return first
	}
	return first + ":" + last
}

func (a area) has(row, col int) bool {
	return row >= a.top && row <= a.bottom && col >= a.left && col <= a.right
}
