// Package formula reads and rewrites what a spreadsheet's formulas say of its
// cells: references in A1 notation, formulas taken apart (ECMA-376 part 1,
// §18.17), where the rows of a sheet go when some are deleted and others
// inserted, and formulas rewritten for that. Rows count from 1, as references
// count them, and columns from 0.
//
// It knows texts alone: XML, archives and files stay in workbook, and nothing of
// ours comes in here.
package formula

import "strings"

// Expression is a formula taken apart: the references in it, and the text
// between them that stays as it is. The zero value is an empty formula.
type Expression []piece

// piece is a text, or a reference to a cell or a range.
type piece struct {
	text string // as it was written
	ref  bool
	// sheet is the sheet's name as it stands before the reference, with the sign
	// behind it.
	sheet string
	from  reference
	// between is what stands between the two ends of a range: ":" or, where the
	// sheet is named twice, ":Sheet1!". It is empty for one cell.
	between string
	to      reference
	where   sheetNamed
}

// sheetNamed is the sheet that stands before a reference.
type sheetNamed struct {
	named bool
	name  string
	// elsewhere says that it is no single sheet of this workbook: a sheet of
	// another one, one that is gone, or several at once. Rows move in one sheet
	// only, and a reference through several stays as it is when they do: Excel
	// and LibreOffice leave it alone too.
	elsewhere bool
}

func (p piece) write(from, to reference) string {
	if p.between == "" {
		return p.sheet + from.String()
	}
	return p.sheet + from.String() + p.between + to.String()
}

// Beside is the formula as it reads in a cell so many rows and columns further
// on, back where they are negative, when it is written once for several: as
// shared formulas are (ECMA-376 part 1, §18.3.1.40).
func (e Expression) Beside(rows, cols int) string {
	var out strings.Builder
	for _, p := range e {
		if !p.ref {
			out.WriteString(p.text)
			continue
		}
		out.WriteString(p.write(p.from.beside(rows, cols), p.to.beside(rows, cols)))
	}
	return out.String()
}
