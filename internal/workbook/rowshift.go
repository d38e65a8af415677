package workbook

import (
	"slices"
	"sort"
	"strings"
)

// rowShift says where the rows of a sheet go when some are left out and others
// put in. Its rows count from 1, as references do.
type rowShift struct {
	deleted []int // sorted
	after   []int // rows behind which others come, sorted; 0 is the top
	added   []int // how many come behind each of after and all before it
}

func newRowShift(c rowChanges) rowShift {
	var s rowShift
	for row := range c.deleted {
		s.deleted = append(s.deleted, row+1)
	}
	slices.Sort(s.deleted)
	sum := 0
	for _, after := range sortedKeys(c.inserted) {
		sum += len(c.inserted[after])
		s.after, s.added = append(s.after, after+1), append(s.added, sum)
	}
	return s
}

// moves says that rows move at all.
func (s rowShift) moves() bool { return len(s.deleted)+len(s.after) > 0 }

// to is where a row goes; for one that is left out, where the next one goes.
// The last row of a sheet stands for all that follow, and stays.
func (s rowShift) to(row int) int {
	if row >= maxRows {
		return row
	}
	out := row - sort.SearchInts(s.deleted, row)
	if i := sort.SearchInts(s.after, row); i > 0 {
		out += s.added[i-1]
	}
	return min(out, maxRows)
}

func (s rowShift) gone(row int) bool {
	_, found := slices.BinarySearch(s.deleted, row)
	return found
}

// behind is how many rows come directly behind a row.
func (s rowShift) behind(row int) int {
	i, found := slices.BinarySearch(s.after, row)
	switch {
	case !found:
		return 0
	case i == 0:
		return s.added[0]
	}
	return s.added[i] - s.added[i-1]
}

// whole says that all of a range of rows stays and nothing comes between them.
func (s rowShift) whole(first, last int) bool {
	return !s.gone(first) && !s.gone(last) && s.to(last)-s.to(first) == last-first &&
		sort.SearchInts(s.deleted, first) == sort.SearchInts(s.deleted, last)
}

// span is where a range of rows goes, and false where none of it is left. It is
// as if the new rows came first and others went then, so that a range whose
// rows were all replaced goes on with the new ones.
func (s rowShift) span(first, last int) (int, int, bool) {
	from, to := s.to(first), s.to(last)
	if s.gone(last) {
		to--
	}
	return from, to, from <= to
}

// ref moves a reference such as "A2" or "A2:C9"; false says that nothing of it
// is left, or that it is none.
func (s rowShift) ref(text string) (string, bool) {
	a, b, isRange := strings.Cut(text, ":")
	from, ok := parseReference(a)
	if !ok {
		return "", false
	}
	if !isRange {
		if from.row == 0 || s.gone(from.row) {
			return "", false
		}
		from.row = s.to(from.row)
		return from.String(), true
	}
	to, ok := parseReference(b)
	if !ok || (from.row == 0) != (to.row == 0) {
		return "", false
	}
	if from.row == 0 {
		return text, true
	}
	first, last, ok := s.span(min(from.row, to.row), max(from.row, to.row))
	from.row, to.row = first, last
	return from.String() + ":" + to.String(), ok
}

// refs moves a list of references with blanks between them.
func (s rowShift) refs(text string) (string, bool) {
	var left []string
	for _, one := range strings.Fields(text) {
		if moved, ok := s.ref(one); ok {
			left = append(left, moved)
		}
	}
	return strings.Join(left, " "), len(left) > 0
}

// near moves references of which something must be left: to the row that takes
// the place of one that is left out.
func (s rowShift) near(text string) string {
	fields := strings.Fields(text)
	for i, one := range fields {
		if moved, ok := s.ref(one); ok {
			fields[i] = moved
			continue
		}
		a, _, _ := strings.Cut(one, ":")
		if r, ok := parseReference(a); ok && r.row > 0 {
			r.row = s.to(r.row)
			fields[i] = r.String()
		}
	}
	return strings.Join(fields, " ")
}

// firstRow is the first row of a list of references, 0 for none.
func firstRow(refs string) int {
	first := 0
	for _, one := range strings.Fields(refs) {
		a, _, _ := strings.Cut(one, ":")
		if r, ok := parseReference(a); ok && (first == 0 || r.row < first) {
			first = r.row
		}
	}
	return first
}
