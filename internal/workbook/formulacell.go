package workbook

import (
	"bytes"
	"context"
	"slices"

	"rollcall/internal/workbook/formula"
)

// One formula can stand for several cells: shared ones are written in the first
// and hold in the others as if filled down; arrays, and tables of what-if
// values, are written in the first and fill a range. Before cells change and
// rows move, loosening makes sure that none of them stands in a cell that goes,
// nor for one that it would give another meaning.

// loosening rewrites the formulas of a sheet's cells that hang together with
// others. All it writes is as if nothing had moved yet.
type loosening struct {
	rows  rowChanges       // of this sheet
	place formula.RowShift // where its cells go
	shift formula.Shift    // where its references go

	part   []byte
	out    bytes.Buffer
	copied int
	inData bool
	row    int // from 1
	col    int // from 0
	cell   struct {
		start, end int // of its start tag
		self       bool
		dynamic    bool // its formula fills as many cells as it has results
	}
	formula  formulaCell
	inside   bool // of a formula
	shared   map[string]*sharedFormula
	homeless []formulaCell // arrays whose first cell goes
}

// formulaCell is a formula as it is written in a cell.
type formulaCell struct {
	start, end int    // where it stands in the part
	prefix     string // of its element
	kind       string
	group      string
	ref        string
	when       string // attributes that say when it is calculated
	text       []byte
	fills      formula.Area
}

// hangsTogether are the kinds of formulas that stand for several cells.
var hangsTogether = []string{"shared", "array", "dataTable"}

// loosened is a sheet's part with its formulas loosened.
func (l *loosening) loosened(ctx context.Context, part []byte) ([]byte, error) {
	if !slices.ContainsFunc(hangsTogether, func(kind string) bool {
		return bytes.Contains(part, []byte(`"`+kind+`"`)) || bytes.Contains(part, []byte(`'`+kind+`'`))
	}) {
		return part, nil
	}
	l.part, l.shared = part, map[string]*sharedFormula{}
	if err := eachToken(ctx, part, l.token); err != nil {
		return nil, err
	}
	if len(l.homeless) > 0 {
		return nil, errNotPatchable // no cell is left that could hold the formula
	}
	if l.copied == 0 {
		return part, nil
	}
	l.upTo(len(part))
	return l.out.Bytes(), nil
}

func (l *loosening) upTo(pos int) {
	l.out.Write(l.part[l.copied:pos])
	l.copied = pos
}

func (l *loosening) token(s *xmlScanner, start, end int) error {
	switch s.kind {
	case xmlStart:
		return l.startTag(s, start, end)
	case xmlText:
		if l.inside {
			l.formula.text = append(l.formula.text, s.text...)
		}
	case xmlEnd:
		switch string(s.name) {
		case "sheetData":
			l.inData = false
		case "f":
			if l.inside {
				return l.endFormula(end)
			}
		}
	}
	return nil
}

func (l *loosening) startTag(s *xmlScanner, start, end int) error {
	name := string(s.name)
	if name == "sheetData" && s.isChild() {
		l.inData = !s.self
		return nil
	}
	if !l.inData {
		return nil
	}
	switch name {
	case "row":
		l.row, l.col = l.row+1, -1
		if v, ok := s.attr("r"); ok && len(v) > 0 {
			n, ok := formula.Number(v)
			if !ok {
				return errNotPatchable
			}
			l.row = n
		}
	case "c":
		return l.startCell(s, start, end)
	case "f":
		l.startFormula(s, start, end)
		if s.self {
			return l.endFormula(end)
		}
	}
	return nil
}

func (l *loosening) startFormula(s *xmlScanner, start, end int) {
	l.inside = true
	l.formula = formulaCell{start: start, prefix: tagPrefix(l.part[start:end]), kind: s.attrText("t"), group: s.attrText("si"), ref: s.attrText("ref")}
	for _, name := range []string{"aca", "ca", "bx"} {
		if v, ok := s.attr(name); ok {
			l.formula.when += " " + name + `="` + string(v) + `"`
		}
	}
}

func (l *loosening) startCell(s *xmlScanner, start, end int) error {
	l.col++
	if v, ok := s.attr("r"); ok && len(v) > 0 {
		row, col, ok := formula.ParseCell(v)
		if !ok || row != l.row {
			return errNotPatchable
		}
		l.col = col
	}
	l.cell.start, l.cell.end, l.cell.self = start, end, s.self
	cm := s.attrText("cm")
	l.cell.dynamic = cm != "" && cm != "0"
	if len(l.homeless) > 0 && l.stays() {
		l.house()
	}
	return nil
}

// stays says that the cell being read keeps what it holds.
func (l *loosening) stays() bool {
	if l.place.Gone(l.row) {
		return false
	}
	_, changed := l.rows.cells[l.row-1][l.col]
	return !changed
}

func (l *loosening) endFormula(end int) error {
	l.inside, l.formula.end = false, end
	switch l.formula.kind {
	case "shared":
		return l.endShared()
	case "array", "dataTable":
		return l.endArray()
	}
	return nil
}

// replace writes another formula in the place of the one that was read.
func (l *loosening) replace(text string) {
	l.upTo(l.formula.start)
	l.out.WriteString(text)
	l.copied = l.formula.end
}

// element is a formula's element with other attributes, but for those that say
// when it is calculated.
func (f formulaCell) element(attrs, text string) string {
	return "<" + f.prefix + "f" + attrs + f.when + ">" + escapeXML(text) + "</" + f.prefix + "f>"
}
