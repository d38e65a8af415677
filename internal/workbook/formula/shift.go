package formula

import "strings"

// Shift moves the references in formulas to a sheet whose rows move. The zero
// value leaves formulas as they are.
type Shift struct {
	Rows RowShift
	// Sheet is the name of the sheet whose rows move.
	Sheet string
	// Here says that a reference without a sheet's name is to this sheet.
	Here bool
	// From and To are the rows, from 1, where the first cell stood and stands to
	// which a rule's formula is written; references without a dollar sign keep
	// their distance from it. 0 for a formula that stands in one place.
	From, To int
	// DefinedName says that the formula is that of a name (ECMA-376 part 1,
	// §18.2.5), in which a reference without a dollar sign is relative to the
	// cell that uses the name, and stays.
	DefinedName bool
	// near says that a cell that is deleted gives its place to the next one,
	// instead of becoming an error: what follows a link wants to arrive.
	near bool
}

// LostReference stands for a reference that has lost its cells, with the name
// of the sheet before it: LibreOffice reads none before an error.
const LostReference = "#REF!"

// Move rewrites a formula; false says that it holds what is not understood
// here.
func (s Shift) Move(text string) (string, bool) {
	pieces, ok := Parse(text)
	if !ok {
		return "", false
	}
	var out strings.Builder
	for _, p := range pieces {
		if !p.ref || !s.applies(p.where) {
			out.WriteString(p.text)
			continue
		}
		out.WriteString(s.reference(p))
	}
	return out.String(), true
}

func (s Shift) applies(w sheetNamed) bool {
	if !w.named {
		return s.Here
	}
	return !w.elsewhere && strings.EqualFold(w.name, s.Sheet)
}

func (s Shift) reference(p piece) string {
	switch {
	case p.between != "" && p.from.row == 0: // whole columns
		return p.text
	case p.between != "":
		return s.span(p)
	case !p.from.fixed && (s.From > 0 || s.DefinedName):
		return p.write(s.end(p.from), p.to)
	case s.Rows.Gone(p.from.row) && !s.near:
		return LostReference
	}
	p.from.row = s.Rows.To(p.from.row)
	return p.write(p.from, p.to)
}

func (s Shift) span(p piece) string {
	if (s.From > 0 || s.DefinedName) && !(p.from.fixed && p.to.fixed) {
		return p.write(s.end(p.from), s.end(p.to))
	}
	first, last, ok := s.Rows.Span(min(p.from.row, p.to.row), max(p.from.row, p.to.row))
	if !ok && s.near {
		first, last, ok = s.Rows.To(p.from.row), s.Rows.To(p.from.row), true
	}
	if !ok {
		return LostReference
	}
	if p.from.row > p.to.row {
		first, last = last, first // each end keeps its dollar signs
	}
	p.from.row, p.to.row = first, last
	return p.write(p.from, p.to)
}

// end moves one end of a reference that goes with the cell that uses it.
func (s Shift) end(r reference) reference {
	switch {
	case r.fixed:
		r.row = s.Rows.To(r.row)
	case !s.DefinedName:
		r.row = max(1, r.row-s.From+s.To)
	}
	return r
}

// Location moves the place in the workbook that a link leads to, with a hash
// sign before it or none. It stays as it is where it is not understood here.
func (s Shift) Location(text string) string {
	s.near = true
	sign := ""
	if strings.HasPrefix(text, "#") {
		sign, text = "#", text[1:]
	}
	moved, ok := s.Move(text)
	if !ok {
		return sign + text
	}
	return sign + moved
}

// MayName says that a formula, be it understood here or not, may refer to the
// sheet.
func (s Shift) MayName(text string) bool {
	name := strings.ToLower(s.Sheet)
	text = strings.ToLower(text)
	return s.Here || strings.Contains(text, name) || strings.Contains(text, strings.ReplaceAll(name, "'", "''"))
}
