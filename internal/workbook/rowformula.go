package workbook

import "strings"

// formulaShift moves the references in formulas to a sheet whose rows move.
type formulaShift struct {
	rows  rowShift
	sheet string
	// here says that a reference without a sheet's name is to this sheet.
	here bool
	// from and to are where the first cell stood and stands to which a rule's
	// formula is written; references without a dollar sign keep their distance
	// from it. 0 for a formula that stands in one place.
	from, to int
	// name says that the formula is that of a name, in which a reference without
	// a dollar sign is relative to the cell that uses the name, and stays.
	name bool
	// near says that a cell that is left out gives its place to the next one,
	// instead of becoming an error: what follows a link wants to arrive.
	near bool
}

// lostReference stands for a reference that has lost its cells, with the name
// of the sheet before it: LibreOffice reads none before an error.
const lostReference = "#REF!"

// move rewrites a formula; false says that it holds what is not understood
// here.
func (f formulaShift) move(text string) (string, bool) {
	pieces, ok := parseFormula(text)
	if !ok {
		return "", false
	}
	return f.moved(pieces), true
}

func (f formulaShift) moved(pieces formula) string {
	var out strings.Builder
	for _, p := range pieces {
		if !p.ref || !f.applies(p.where) {
			out.WriteString(p.text)
			continue
		}
		out.WriteString(f.reference(p))
	}
	return out.String()
}

// touches says that a formula refers to the sheet.
func (f formulaShift) touches(pieces formula) bool {
	for _, p := range pieces {
		if p.ref && f.applies(p.where) {
			return true
		}
	}
	return false
}

func (f formulaShift) applies(w sheetNamed) bool {
	if !w.named {
		return f.here
	}
	return !w.elsewhere && strings.EqualFold(w.name, f.sheet)
}

func (f formulaShift) reference(p formulaPiece) string {
	switch {
	case p.between != "" && p.from.row == 0: // whole columns
		return p.text
	case p.between != "":
		return f.span(p)
	case !p.from.fixed && (f.from > 0 || f.name):
		return p.write(f.end(p.from), p.to)
	case f.rows.gone(p.from.row) && !f.near:
		return lostReference
	}
	p.from.row = f.rows.to(p.from.row)
	return p.write(p.from, p.to)
}

func (f formulaShift) span(p formulaPiece) string {
	if (f.from > 0 || f.name) && !(p.from.fixed && p.to.fixed) {
		return p.write(f.end(p.from), f.end(p.to))
	}
	first, last, ok := f.rows.span(min(p.from.row, p.to.row), max(p.from.row, p.to.row))
	if !ok && f.near {
		first, last, ok = f.rows.to(p.from.row), f.rows.to(p.from.row), true
	}
	if !ok {
		return lostReference
	}
	if p.from.row > p.to.row {
		first, last = last, first // each end keeps its dollar signs
	}
	p.from.row, p.to.row = first, last
	return p.write(p.from, p.to)
}

// end moves one end of a reference that goes with the cell that uses it.
func (f formulaShift) end(r reference) reference {
	switch {
	case r.fixed:
		r.row = f.rows.to(r.row)
	case !f.name:
		r.row = max(1, r.row-f.from+f.to)
	}
	return r
}

// location moves the place in the workbook that a link leads to.
func (f formulaShift) location(text string) string {
	f.near = true
	sign := ""
	if strings.HasPrefix(text, "#") {
		sign, text = "#", text[1:]
	}
	moved, ok := f.move(text)
	if !ok {
		return sign + text
	}
	return sign + moved
}

// mayName says that a formula that is not understood here may refer to the
// sheet.
func (f formulaShift) mayName(text string) bool {
	name := strings.ToLower(f.sheet)
	text = strings.ToLower(text)
	return f.here || strings.Contains(text, name) || strings.Contains(text, strings.ReplaceAll(name, "'", "''"))
}
