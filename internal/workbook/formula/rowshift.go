package formula

import (
	"maps"
	"slices"
	"sort"
	"strings"
)

// RowShift says where the rows of a sheet go when some are deleted and others
// inserted. All its rows count from 1, as references count them. The zero value
// moves none.
type RowShift struct {
	deleted []int // sorted
	after   []int // rows behind which others come, sorted; 0 is the top
	added   []int // how many come behind each of after and all before it
}

// NewRowShift is the shift of a sheet from which rows are deleted, each named
// once and in any order, and into which others are inserted: how many come
// behind each of its rows, 0 for the place above the first.
func NewRowShift(deleted []int, inserted map[int]int) RowShift {
	s := RowShift{deleted: slices.Clone(deleted)}
	slices.Sort(s.deleted)
	sum := 0
	for _, after := range slices.Sorted(maps.Keys(inserted)) {
		sum += inserted[after]
		s.after, s.added = append(s.after, after), append(s.added, sum)
	}
	return s
}

// Moves says that rows move at all.
func (s RowShift) Moves() bool { return len(s.deleted)+len(s.after) > 0 }

// To is where a row goes; for one that is deleted, where the next one goes.
// The last row of a sheet stands for all that follow, and stays.
func (s RowShift) To(row int) int {
	if row >= MaxRows {
		return row
	}
	out := row - sort.SearchInts(s.deleted, row)
	if i := sort.SearchInts(s.after, row); i > 0 {
		out += s.added[i-1]
	}
	return min(out, MaxRows)
}

// Gone says that a row is deleted.
func (s RowShift) Gone(row int) bool {
	_, found := slices.BinarySearch(s.deleted, row)
	return found
}

// Behind is how many rows come directly behind a row.
func (s RowShift) Behind(row int) int {
	i, found := slices.BinarySearch(s.after, row)
	switch {
	case !found:
		return 0
	case i == 0:
		return s.added[0]
	}
	return s.added[i] - s.added[i-1]
}

// Whole says that all rows from first to last stay and nothing comes between
// them.
func (s RowShift) Whole(first, last int) bool {
	return !s.Gone(first) && !s.Gone(last) && s.To(last)-s.To(first) == last-first &&
		sort.SearchInts(s.deleted, first) == sort.SearchInts(s.deleted, last)
}

// Span is where the rows from first to last go, and false where none of them is
// left. It is as if the new rows came first and others went then, so that a
// range whose rows were all replaced goes on with the new ones.
func (s RowShift) Span(first, last int) (int, int, bool) {
	from, to := s.To(first), s.To(last)
	if s.Gone(last) {
		to--
	}
	return from, to, from <= to
}

// Ref moves a reference such as "A2" or "A2:C9"; false says that nothing of it
// is left, or that it is none.
func (s RowShift) Ref(text string) (string, bool) {
	a, b, isRange := strings.Cut(text, ":")
	from, ok := parseReference(a)
	if !ok {
		return "", false
	}
	if !isRange {
		if from.row == 0 || s.Gone(from.row) {
			return "", false
		}
		from.row = s.To(from.row)
		return from.String(), true
	}
	to, ok := parseReference(b)
	if !ok || (from.row == 0) != (to.row == 0) {
		return "", false
	}
	if from.row == 0 {
		return text, true
	}
	first, last, ok := s.Span(min(from.row, to.row), max(from.row, to.row))
	from.row, to.row = first, last
	return from.String() + ":" + to.String(), ok
}

// Refs moves a list of references with blanks between them, and leaves out
// those of which nothing is left; false says that this is all of them.
func (s RowShift) Refs(text string) (string, bool) {
	var left []string
	for _, one := range strings.Fields(text) {
		if moved, ok := s.Ref(one); ok {
			left = append(left, moved)
		}
	}
	return strings.Join(left, " "), len(left) > 0
}

// NearRefs moves a list of references of each of which something must be left:
// to the row that takes the place of one that is deleted.
func (s RowShift) NearRefs(text string) string {
	fields := strings.Fields(text)
	for i, one := range fields {
		if moved, ok := s.Ref(one); ok {
			fields[i] = moved
			continue
		}
		a, _, _ := strings.Cut(one, ":")
		if r, ok := parseReference(a); ok && r.row > 0 {
			r.row = s.To(r.row)
			fields[i] = r.String()
		}
	}
	return strings.Join(fields, " ")
}

// FirstRow is the first row of a list of references with blanks between them, 0
// for none.
func FirstRow(refs string) int {
	first := 0
	for _, one := range strings.Fields(refs) {
		a, _, _ := strings.Cut(one, ":")
		if r, ok := parseReference(a); ok && (first == 0 || r.row < first) {
			first = r.row
		}
	}
	return first
}
