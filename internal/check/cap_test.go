package check

import (
	"slices"
	"strings"
	"testing"

	"rollcall/internal/roster"
	"rollcall/internal/sheet"
)

// A list of thousands of wrong items has some findings of each rule, and one
// with errors stays one with errors.
func TestAMonstrousCellHasABoundedNumberOfFindings(t *testing.T) {
	e, s, v := ran(t, testDirectory(), row("Groups", strings.Repeat("trading,", 5000)+"Foo"))
	counts := map[Code]int{}
	for _, f := range e.Row(s.RowAt(0)) {
		counts[f.Code]++
	}
	if counts[GroupCase] != maxPerCell || counts[GroupRepeated] != maxPerCell || counts[GroupUnknown] != 1 {
		t.Errorf("got %v", counts)
	}
	if errs, warns, _, _ := e.Counts(); errs != 1 || warns != 2*maxPerCell {
		t.Errorf("%d errors and %d warnings are counted", errs, warns)
	}
	if fixes := e.CertainFixes(v); len(fixes) != 1 || fixes[0].New != "Trading,Foo" {
		t.Errorf("%d cells are fixed, and not all of the cell", len(fixes))
	}
}

// The longer the cell, the fewer of its findings carry a text as long.
func TestTheSuggestionsOfACellAreBoundedTogether(t *testing.T) {
	for n, most := range map[int]int{1000: maxPerCell, 25_000: 11, 100_000: 6} {
		e, s, v := ran(t, testDirectory(), row("Groups", strings.Repeat("trading,", n)+"Foo"))
		cases := 0
		for _, f := range e.Cell(s.RowAt(0), roster.Groups) {
			if f.Code == GroupCase {
				cases++
			}
		}
		if cases != most {
			t.Errorf("%d items: %d findings, want %d", n, cases, most)
		}
		if got := e.Fixed(v, s.RowAt(0), roster.Groups, v.Text(s.RowAt(0), roster.Groups)); got != "Trading,Foo" {
			t.Errorf("%d items are fixed to %d bytes", n, len(got))
		}
	}
}

// The hand-made index agrees with a plain map, through growth and removal.
func TestTheIndexKnowsWhoSharesAKey(t *testing.T) {
	var x index
	x.fill([][]idRow{{{1, 7}, {2, 7}}, nil, {{3, 9}, {3, 7}}}, 4)
	if !x.shared(7, 1) || x.shared(9, 3) {
		t.Error("after filling")
	}
	for i := range uint64(1000) {
		x.add(sheet.RowID(4+i), 1000+i%300)
	}
	var alone []uint32
	x.remove(1, func(r sheet.RowID) { alone = append(alone, uint32(r)) })
	x.remove(2, func(r sheet.RowID) { alone = append(alone, uint32(r)) })
	if !slices.Equal(alone, []uint32{3}) {
		t.Errorf("alone: %v", alone)
	}
	for i := range uint64(300) {
		if n := len(x.others(1000+i, 0, 10)); n != 3 && n != 4 {
			t.Fatalf("key %d has %d rows", i, n)
		}
	}
}
