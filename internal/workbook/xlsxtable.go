package workbook

import (
	"strconv"

	"rollcall/internal/workbook/formula"
)

// tableMove moves a table of the sheet: its range, its filter and the formulas
// of its columns.
type tableMove struct {
	rows   formula.RowShift
	left   int    // how many rows the sheet will have
	ref    string // where it will be
	filter string // what of it the filter covers
	cell   formula.Shift
	rule   formula.Shift // for the formulas of columns, written for the first row
}

func (m *mover) table(name string) error {
	t := tableMove{rows: m.rows, left: m.left, cell: m.shift()}
	t.cell.Here = true
	t.rule = t.cell
	return m.rewrite(name, xmlEdit{start: t.tag, text: t.text})
}

func (t *tableMove) tag(s *xmlScanner, tag []byte) ([]byte, verdict) {
	switch string(s.name) {
	case "table":
		return t.table(s, tag)
	case "autoFilter":
		return withAttr(tag, "ref", t.filter), keep
	case "sortState", "sortCondition":
		moved, ok := t.rows.Ref(s.attrText("ref"))
		if !ok {
			return nil, drop
		}
		return withAttr(tag, "ref", moved), keep
	}
	return nil, keep
}

// table moves the table's range. It keeps its header, and a row, which no table
// is without: an empty one where all have gone and nothing stands below.
func (t *tableMove) table(s *xmlScanner, tag []byte) ([]byte, verdict) {
	old, ok := formula.ParseArea(s.attrText("ref"))
	first, last, left := t.rows.Span(old.Top, old.Bottom)
	headers, totals := stated(s, "headerRowCount", 1), stated(s, "totalsRowCount", 0)
	if !ok || !left || headers > 1 || totals > 1 || headers == 1 && t.rows.Gone(old.Top) {
		return nil, giveUp
	}
	if totals == 1 && t.rows.Gone(old.Bottom) {
		totals = 0
		tag = withAttr(tag, "totalsRowCount", "0")
	}
	if totals == 0 {
		last += t.rows.Behind(old.Bottom) // as a table grows when people type below it
	}
	if last-first+1 <= headers+totals {
		if last < t.left || totals > 0 {
			return nil, giveUp
		}
		last = first + headers
	}
	t.rule.From, t.rule.To = old.Top+headers, first+headers
	all := formula.Area{Top: first, Bottom: last, Left: old.Left, Right: old.Right}
	t.ref = all.String()
	all.Bottom -= totals
	t.filter = all.String()
	return withAttr(tag, "ref", t.ref), keep
}

// stated is a number that an attribute states, or what holds without it.
func stated(s *xmlScanner, attr string, otherwise int) int {
	n, err := strconv.Atoi(s.attrText(attr))
	if err != nil {
		return otherwise
	}
	return n
}

func (t *tableMove) text(element, text string) (string, verdict) {
	switch element {
	case "calculatedColumnFormula":
		return movedOr(giveUp, t.rule, text)
	case "totalsRowFormula":
		return movedOr(giveUp, t.cell, text)
	}
	return text, keep
}
