package check

import (
	"cmp"
	"slices"

	"rollcall/internal/roster"
	"rollcall/internal/sheet"
)

// store keeps the marks of all rows, with costs only where there are marks: a
// number per row, and a chain in an arena.
type store struct {
	first []uint32 // by RowID: index of the row's first mark in arena, 0 none
	arena []kept   // 0 is not used
	free  uint32

	panel []panelGroup // by rule; nil while a Run fills the store

	errors, warnings       int
	errorRows, warningRows int
}

type kept struct {
	mark
	next uint32
}

func (s *store) reserve(rows int) {
	*s = store{first: make([]uint32, rows), arena: make([]kept, 1)}
}

// head is the row's first mark.
func (s *store) head(r sheet.RowID) uint32 {
	if int(r) >= len(s.first) {
		return 0
	}
	return s.first[r]
}

// set replaces the marks of a row.
func (s *store) set(r sheet.RowID, marks []mark) {
	s.clear(r)
	if len(marks) == 0 {
		return
	}
	for int(r) >= len(s.first) {
		s.first = append(s.first, 0)
	}
	sortMarks(marks)
	next := uint32(0)
	for i := len(marks) - 1; i >= 0; i-- {
		n := s.free
		if n != 0 {
			s.free = s.arena[n].next
		} else {
			s.arena = append(s.arena, kept{})
			n = uint32(len(s.arena) - 1)
		}
		s.arena[n] = kept{marks[i], next}
		next = n
	}
	s.first[r] = next
	s.count(r, +1)
	if s.panel != nil {
		s.tell(r, (*panelGroup).add)
	}
}

// sortMarks orders a row's marks by column, so that they are the same however
// they came about. Within a column the order is that of the rules.
func sortMarks(marks []mark) {
	slices.SortStableFunc(marks, func(a, b mark) int { return cmp.Compare(a.col, b.col) })
}

func (s *store) clear(r sheet.RowID) {
	n := s.head(r)
	if n == 0 {
		return
	}
	s.count(r, -1)
	if s.panel != nil {
		s.tell(r, (*panelGroup).remove)
	}
	for n != 0 {
		next := s.arena[n].next
		s.arena[n] = kept{next: s.free}
		s.free = n
		n = next
	}
	s.first[r] = 0
}

func (s *store) count(r sheet.RowID, by int) {
	errs, warns := 0, 0
	for n := s.first[r]; n != 0; n = s.arena[n].next {
		if s.arena[n].sev == Error {
			errs++
		} else {
			warns++
		}
	}
	s.errors += by * errs
	s.warnings += by * warns
	if errs > 0 {
		s.errorRows += by
	}
	if warns > 0 {
		s.warningRows += by
	}
}

// worst is the severity of a cell, of the whole row with col below 0.
func (s *store) worst(r sheet.RowID, col roster.Column) Severity {
	worst := None
	for n := s.head(r); n != 0; n = s.arena[n].next {
		if m := &s.arena[n].mark; (col < 0 || roster.Column(m.col) == col) && m.sev > worst {
			worst = m.sev
		}
	}
	return worst
}

// own appends the marks of a row to dst, without those of the rules across rows.
func (s *store) own(r sheet.RowID, dst []mark) []mark {
	for n := s.head(r); n != 0; n = s.arena[n].next {
		switch codes[s.arena[n].code].code {
		case EmailDuplicate, IdentifierDuplicate:
		default:
			dst = append(dst, s.arena[n].mark)
		}
	}
	return dst
}
