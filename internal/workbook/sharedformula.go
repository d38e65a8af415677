package workbook

// sharedFormula is a formula that is written once for several cells.
type sharedFormula struct {
	row, col int     // of the cell in which it was written
	text     string  // as it was written there
	formula  formula // taken apart; nil until it is needed
	fills    area
	// head is the cell in which it will be written, and moved what it will be
	// there; nil where that cell went and no other took its place yet.
	head  *sharedHead
	parts bool // formula was taken apart
}

type sharedHead struct {
	row, col int
	moved    formula
}

func (g *sharedFormula) at(row, col int) (string, bool) {
	if !g.parts {
		var ok bool
		if g.formula, ok = parseFormula(g.text); !ok {
			return "", false
		}
		g.parts = true
	}
	return g.formula.beside(row-g.row, col-g.col), true
}

// endShared takes a cell of a shared formula: the cell that writes it, or one
// of those that follow.
func (l *loosening) endShared() error {
	f := &l.formula
	if len(f.text) > 0 && f.ref != "" {
		fills, ok := parseArea(f.ref)
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
	if !l.stays() || g.head != nil && !l.shift.rows.moves() && g.fills.has(l.row, l.col) {
		return nil
	}
	text, ok := g.at(l.row, l.col)
	if !ok {
		return errNotPatchable
	}
	if g.head == nil {
		g.fills.top, g.fills.left = max(g.fills.top, l.row), max(g.fills.left, l.col)
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
	if !l.shift.rows.moves() {
		g.head = &sharedHead{row: l.row, col: l.col}
		return nil
	}
	moved, ok := l.shift.move(text)
	if !ok {
		return errNotPatchable
	}
	pieces, ok := parseFormula(moved)
	g.head = &sharedHead{row: l.row, col: l.col, moved: pieces}
	if !ok {
		return errNotPatchable
	}
	return nil
}

// torn says that the cell being read would hold another formula after the move
// if it went on to share it.
func (l *loosening) torn(g *sharedFormula, text string) bool {
	if !g.fills.has(l.row, l.col) {
		return true
	}
	if !l.shift.rows.moves() {
		return false
	}
	moved, ok := l.shift.move(text)
	return !ok || moved != g.head.moved.beside(l.place.to(l.row)-l.place.to(g.head.row), l.col-g.head.col)
}
