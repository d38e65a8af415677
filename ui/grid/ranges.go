package grid

import "slices"

// Add keeps what is selected and begins another range at a cell, which becomes
// the active one: Ctrl+click. A range of just that cell is taken out instead,
// as long as something stays selected; then there is nothing to extend, and Add
// is false.
func (s *Selection) Add(p Pos) bool {
	p = s.clamp(p)
	one := Range{p.Row, p.Col, p.Row, p.Col}
	if i := slices.Index(s.others, one); i >= 0 {
		s.others = slices.Delete(slices.Clone(s.others), i, i+1)
		return false
	}
	if now := s.Range(); now != one {
		s.keep(now)
	} else if last := len(s.others) - 1; last >= 0 {
		s.take(s.others[last])
		s.others = slices.Clone(s.others[:last])
		return false
	}
	s.goTo(p)
	return true
}

// Keep keeps what is selected beside the range that is selected next: Ctrl+click
// on a header.
func (s *Selection) Keep() { s.keep(s.Range()) }

func (s *Selection) keep(r Range) { s.others = append(slices.Clone(s.others), r) }

// Only drops all ranges but the one in hand.
func (s *Selection) Only() { s.others = nil }

// Ranges are all that is selected, the range in hand last. They may overlap.
func (s *Selection) Ranges() []Range { return append(slices.Clone(s.others), s.Range()) }

// Several tells whether there is more than one range.
func (s *Selection) Several() bool { return len(s.others) > 0 }

// Contains tells whether a cell is in one of the ranges.
func (s *Selection) Contains(p Pos) bool {
	return s.Range().Contains(p) || slices.ContainsFunc(s.others, func(r Range) bool { return r.Contains(p) })
}

// several tells whether more than one cell is selected.
func (s *Selection) several() bool { return len(s.others) > 0 || s.Range().Cells() > 1 }

// Disjoint is the same cells in ranges that do not overlap, from the top.
func Disjoint(ranges []Range) []Range {
	var out []Range
	for _, r := range ranges {
		rest := []Range{r}
		for _, have := range out {
			var next []Range
			for _, piece := range rest {
				next = append(next, piece.without(have)...)
			}
			rest = next
		}
		out = append(out, rest...)
	}
	slices.SortFunc(out, func(a, b Range) int {
		if a.Top != b.Top {
			return a.Top - b.Top
		}
		return a.Left - b.Left
	})
	return out
}

// without is what of a range lies outside another: up to four pieces.
func (r Range) without(other Range) []Range {
	cut := Range{
		Top: max(r.Top, other.Top), Left: max(r.Left, other.Left),
		Bottom: min(r.Bottom, other.Bottom), Right: min(r.Right, other.Right),
	}
	if cut.Top > cut.Bottom || cut.Left > cut.Right {
		return []Range{r}
	}
	var out []Range
	for _, piece := range []Range{
		{r.Top, r.Left, cut.Top - 1, r.Right},
		{cut.Top, r.Left, cut.Bottom, cut.Left - 1},
		{cut.Top, cut.Right + 1, cut.Bottom, r.Right},
		{cut.Bottom + 1, r.Left, r.Bottom, r.Right},
	} {
		if piece.Top <= piece.Bottom && piece.Left <= piece.Right {
			out = append(out, piece)
		}
	}
	return out
}

// Lined lines ranges up to be copied as one block, as spreadsheets do: ranges
// with the same rows stand side by side, ranges with the same columns below
// each other. ok is false for any others, and for ranges that overlap.
func Lined(ranges []Range) (lined []Range, sideBySide, ok bool) {
	lined = slices.Clone(ranges)
	slices.SortFunc(lined, func(a, b Range) int {
		if a.Top != b.Top {
			return a.Top - b.Top
		}
		return a.Left - b.Left
	})
	rows, cols := true, true
	for i := 1; i < len(lined); i++ {
		before, r := lined[i-1], lined[i]
		rows = rows && r.Top == before.Top && r.Bottom == before.Bottom && r.Left > before.Right
		cols = cols && r.Left == before.Left && r.Right == before.Right && r.Top > before.Bottom
	}
	return lined, rows && len(lined) > 1, rows || cols
}
