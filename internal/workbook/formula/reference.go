package formula

import (
	"strconv"
	"strings"
)

// The limits of a worksheet (Excel specifications and limits): its rows are 1 to
// MaxRows, its columns 0 to MaxColumns-1.
const (
	MaxRows    = 1048576
	MaxColumns = 16384
)

// CellName is "B12" for row 12, from 1, and column 1, from 0.
func CellName(row, col int) string { return ColumnName(col) + strconv.Itoa(row) }

// ColumnName is "A" for column 0, "AA" for column 26.
func ColumnName(col int) string {
	var b [8]byte
	i := len(b)
	for col++; col > 0; col = (col - 1) / 26 {
		i--
		b[i] = byte('A' + (col-1)%26)
	}
	return string(b[i:])
}

// ParseCell reads "B12" as row 12, from 1, and column 1, from 0. It takes up to
// three letters of either case and nine digits: whether they lie on a sheet is
// for the caller to see. Every cell that is read one tag at a time comes through
// here.
func ParseCell(name []byte) (row, col int, ok bool) {
	i := 0
	for i < len(name) && i < 4 {
		c := name[i] &^ 0x20
		if c < 'A' || c > 'Z' {
			break
		}
		col = col*26 + int(c-'A') + 1
		i++
	}
	if i == 0 || i > 3 {
		return 0, 0, false
	}
	row, ok = Number(name[i:])
	return row, col - 1, ok
}

// Number reads up to nine digits and nothing else, as in the number of a row.
func Number(b []byte) (int, bool) {
	if len(b) == 0 || len(b) > 9 {
		return 0, false
	}
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}

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
		if col = col*26 + int(text[i]|0x20-'a') + 1; col > MaxColumns {
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
	n, ok := Number([]byte(rest))
	r.row = n
	return r, ok && n >= 1 && n <= MaxRows && rest[0] != '0'
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
		r.row = around(r.row-1+rows, MaxRows) + 1
	}
	if cols != 0 && r.col != "" && r.col[0] != '$' {
		if _, col, ok := ParseCell([]byte(r.col + "1")); ok {
			r.col = ColumnName(around(col+cols, MaxColumns))
		}
	}
	return r
}

func around(n, limit int) int { return ((n % limit) + limit) % limit }
