package workbook

import "rollcall/internal/workbook/formula"

// sharedFormula is a formula that is written once for several cells.
type sharedFormula struct {
	row, col int                // of the cell in which it was written
	text     string             // as it was written there
	pieces   formula.Expression // taken apart, once it is needed
	parsed   bool
	fills    formula.Area
	// head is the cell in which it will be written, and moved what it will be
	// there; nil where that cell went and no other took its place yet.
	head *sharedHead
}

type sharedHead struct {
	row, col int
	moved    formula.Expression
}

func (g *sharedFormula) at(row, col int) (string, bool) {
	if !g.parsed {
		var ok bool
		if g.pieces, ok = formula.Parse(g.text); !ok {
			return "", false
		}
		g.parsed = true
	}
	return g.pieces.Beside(row-g.row, col-g.col), true
}

// endShared takes a cell of a shared formula: the cell that writes it, or one
// of those that follow.
func (l *loosening) endShared() error {
	f := &l.formula
	if len(f.text) > 0 && f.ref != "" {
		fills, ok := formula.ParseArea(f.ref)
		if !ok {
			return errNotPatchable
		}
		g := &sharedFormula{row: l.row, col: l.col, text: string(f.text), fills: fills}
		l.shared[f.group] = g
		if l.stays() {
			return l.lead(g, g.text)
		}
		return nil
	}
	g := l.shared[f.group]
	if g == nil || len(f.text) > 0 {
		return errNotPatchable
	}
	if !l.stays() || g.head != nil && !l.shift.Rows.Moves() && g.fills.Has(l.row, l.col) {
		return nil
	}
	text, ok := g.at(l.row, l.col)
	if !ok {
		return errNotPatchable
	}
	if g.head == nil {
		g.fills.Top, g.fills.Left = max(g.fills.Top, l.row), max(g.fills.Left, l.col)
		l.replace(f.element(` t="shared" ref="`+g.fills.String()+`" si="`+escapeXML(f.group)+`"`, text))
		return l.lead(g, text)
	}
	if l.torn(g, text) {
		l.replace(f.element("", text))
	}
	return nil
}

// lead makes the cell being read the one in which the formula is written.
func (l *loosening) lead(g *sharedFormula, text string) error {
	if !l.shift.Rows.Moves() {
		g.head = &sharedHead{row: l.row, col: l.col}
		return nil
	}
	moved, ok := l.shift.Move(text)
	if !ok {
		return errNotPatchable
	}
	pieces, ok := formula.Parse(moved)
	g.head = &sharedHead{row: l.row, col: l.col, moved: pieces}
	if !ok {
		return errNotPatchable
	}
	return nil
}

// torn says that the cell being read would hold another formula after the move
// if it went on to share it.
func (l *loosening) torn(g *sharedFormula, text string) bool {
	if !g.fills.Has(l.row, l.col) {
		return true
	}
	if !l.shift.Rows.Moves() {
		return false
	}
	moved, ok := l.shift.Move(text)
	return !ok || moved != g.head.moved.Beside(l.place.To(l.row)-l.place.To(g.head.row), l.col-g.head.col)
}
