package workbench

import "rollcall/internal/sheet"

// rowSet is a set of rows: a bit for each, since rows have small numbers.
type rowSet []uint64

func newRowSet(rows []sheet.RowID) *rowSet {
	s := new(rowSet)
	for _, r := range rows {
		s.add(r)
	}
	return s
}

func (s *rowSet) add(r sheet.RowID) {
	if n := int(r/64) + 1; n > len(*s) {
		*s = append(*s, make([]uint64, n-len(*s))...)
	}
	(*s)[r/64] |= 1 << (r % 64)
}

func (s *rowSet) has(r sheet.RowID) bool {
	return int(r/64) < len(*s) && (*s)[r/64]&(1<<(r%64)) != 0
}
