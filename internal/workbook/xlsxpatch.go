package workbook

import (
	"bytes"
	"context"
	"slices"
	"strconv"

	"rollcall/internal/workbook/formula"
)

// sheetPatch replaces the texts of cells in a worksheet's XML, leaves rows out
// and puts new ones in, and leaves every other byte as it is, but for the
// numbers of rows that move.
type sheetPatch struct {
	part []byte
	rows rowChanges

	out    bytes.Buffer
	copied int // how much of part is in out
	prefix string
	todo   []int // rows with changes still to come, from 0, sorted
	moves  bool  // rows are left out or put in
	// unformed says that a formula gave way to a text, formulas that there are
	// any.
	unformed bool
	formulas bool
	shift    int // by how much the rows from here on move
	row      int // row being read, from 1
	col      int
	cols     []int // columns of the row still to come, sorted
	state    int   // 1 in sheetData, 2 in a row, 3 in a cell, 4 behind sheetData, 5 in a row that is left out
	cell     struct {
		start   int
		style   string
		changed bool
		text    string
		formula bool
	}
}

// apply returns the patched XML, or errNotPatchable where more than texts
// would have to change.
func (p *sheetPatch) apply(ctx context.Context) ([]byte, error) {
	p.todo, p.moves = p.rows.touched(), len(p.rows.deleted)+len(p.rows.inserted) > 0
	err := eachToken(ctx, p.part, func(s *xmlScanner, start, end int) error {
		if s.kind == xmlText {
			return nil
		}
		return p.tag(s, start, end)
	})
	if err != nil {
		return nil, err
	}
	if len(p.todo) > 0 {
		return nil, errNotPatchable
	}
	p.out.Write(p.part[p.copied:])
	return p.out.Bytes(), nil
}

// upTo copies the part up to a position.
func (p *sheetPatch) upTo(pos int) {
	p.out.Write(p.part[p.copied:pos])
	p.copied = pos
}

func (p *sheetPatch) tag(s *xmlScanner, start, end int) error {
	name := string(s.name)
	if p.moves && (p.state == 0 || p.state == 4) && s.kind == xmlStart && s.isChild() {
		if err := p.besideCells(name, start, end); err != nil {
			return err
		}
	}
	switch p.state {
	case 0:
		if s.kind == xmlStart && name == "sheetData" {
			p.prefix = tagPrefix(p.part[start:end])
			if s.self {
				p.upTo(start)
				p.out.WriteString("<" + p.prefix + "sheetData>")
				p.newRows(maxRows + 1)
				p.out.WriteString("</" + p.prefix + "sheetData>")
				p.copied = end
				return nil
			}
			p.state = 1
		}
	case 1:
		if s.kind == xmlEnd && name == "sheetData" {
			p.upTo(start)
			p.newRows(maxRows + 1)
			p.state = 4
		}
		if s.kind == xmlStart && name == "row" {
			return p.startRow(s, start, end)
		}
	case 2:
		if s.kind == xmlEnd && name == "row" {
			p.upTo(start)
			p.newCells(maxColumns)
			p.state = 1
			p.endRow(end)
		}
		if s.kind == xmlStart && name == "c" {
			return p.startCell(s, start, end)
		}
	case 3:
		if s.kind == xmlStart && name == "f" {
			p.cell.formula, p.formulas = true, true
		}
		if s.kind == xmlEnd && name == "c" {
			p.state = 2
			return p.endCell(end)
		}
	case 5:
		if s.kind == xmlEnd && name == "row" {
			p.state = 1
			p.leaveOut(end)
		}
	}
	return nil
}

func tagPrefix(tag []byte) string {
	name := tag[1:]
	for i, c := range name {
		if c == ':' {
			return string(name[:i+1])
		}
		if isXMLSpace(c) || c == '>' || c == '/' {
			break
		}
	}
	return ""
}

func (p *sheetPatch) startRow(s *xmlScanner, start, end int) error {
	next := p.row + 1
	numbered := false
	if v, ok := s.attr("r"); ok && len(v) > 0 {
		n, ok := formula.Number(v)
		if !ok || n <= p.row {
			return errNotPatchable
		}
		next, numbered = n, true
	}
	p.upTo(start)
	p.newRows(next)
	p.row, p.col, p.cols = next, -1, nil
	if len(p.todo) > 0 && p.todo[0] == next-1 {
		p.cols = sortedKeys(p.rows.cells[next-1])
		p.todo = p.todo[1:]
	}
	if p.rows.deleted[next-1] {
		p.cols = nil
		if p.state = 5; s.self {
			p.state = 1
			p.leaveOut(end)
		}
		return nil
	}
	tag := p.part[start:end]
	if p.shift != 0 || p.moves && !numbered {
		if !numbered {
			tag = numberedRow(tag)
		}
		tag = withAttr(tag, "r", strconv.Itoa(next+p.shift))
		p.out.Write(tag)
		p.copied = end
	}
	if !s.self {
		p.state = 2
		return nil
	}
	if len(p.cols) == 0 {
		p.upTo(end)
		p.endRow(end)
		return nil
	}
	if p.copied == end {
		p.out.Truncate(p.out.Len() - len(tag))
	}
	p.out.Write(bytes.TrimRight(tag[:len(tag)-2], " /"))
	p.out.WriteByte('>')
	p.newCells(maxColumns)
	p.out.WriteString("</" + p.prefix + "row>")
	p.copied = end
	p.endRow(end)
	return nil
}

// numberedRow is the start tag of a row that did not state its number.
func numberedRow(tag []byte) []byte {
	i := 1
	for i < len(tag) && !isXMLSpace(tag[i]) && tag[i] != '>' && tag[i] != '/' {
		i++
	}
	return slices.Concat(tag[:i], []byte(` r="0"`), tag[i:])
}

// endRow writes the new rows that come behind the row that ends at end.
func (p *sheetPatch) endRow(end int) {
	if inserted := p.rows.inserted[p.row-1]; inserted != nil {
		p.upTo(end)
		p.insert(inserted)
	}
}

// leaveOut leaves out the row that was read up to end.
func (p *sheetPatch) leaveOut(end int) {
	p.copied = end
	p.shift--
	p.insert(p.rows.inserted[p.row-1])
}

// insert writes new rows behind the present one.
func (p *sheetPatch) insert(rows [][]string) {
	for _, cells := range rows {
		p.shift++
		p.out.WriteString("<" + p.prefix + `row r="` + strconv.Itoa(p.row+p.shift) + `">`)
		for col, text := range cells {
			p.writeCell(col, "", text)
		}
		p.out.WriteString("</" + p.prefix + "row>")
	}
}

// newRows writes the changed rows before a row number that the sheet lacks.
func (p *sheetPatch) newRows(before int) {
	for len(p.todo) > 0 && p.todo[0]+1 < before {
		row := p.todo[0]
		p.todo = p.todo[1:]
		p.row, p.cols = row+1, sortedKeys(p.rows.cells[row])
		if p.rows.deleted[row] {
			p.cols = nil
			p.shift--
		}
		if len(p.cols) > 0 {
			p.out.WriteString("<" + p.prefix + `row r="` + strconv.Itoa(row+1+p.shift) + `">`)
			p.newCells(maxColumns)
			p.out.WriteString("</" + p.prefix + "row>")
		}
		p.insert(p.rows.inserted[row])
	}
}

// newCells writes the changed cells before a column that the row lacks.
func (p *sheetPatch) newCells(before int) {
	for len(p.cols) > 0 && p.cols[0] < before {
		p.writeCell(p.cols[0], "", p.rows.cells[p.row-1][p.cols[0]])
		p.cols = p.cols[1:]
	}
}

func (p *sheetPatch) writeCell(col int, style, text string) {
	if text == "" && style == "" {
		return
	}
	p.out.WriteString("<" + p.prefix + `c r="` + formula.CellName(p.row+p.shift, col) + `"`)
	if style != "" {
		p.out.WriteString(` s="` + style + `"`)
	}
	if text == "" {
		p.out.WriteString("/>")
		return
	}
	p.out.WriteString(` t="inlineStr"><` + p.prefix + `is><` + p.prefix + `t xml:space="preserve">`)
	p.out.WriteString(escapeCell(text))
	p.out.WriteString("</" + p.prefix + "t></" + p.prefix + "is></" + p.prefix + "c>")
}

func (p *sheetPatch) startCell(s *xmlScanner, start, end int) error {
	col := p.col + 1
	if v, ok := s.attr("r"); ok && len(v) > 0 {
		row, c, ok := formula.ParseCell(v)
		if !ok || row != p.row || c <= p.col {
			return errNotPatchable
		}
		col = c
	}
	p.col = col
	p.upTo(start)
	p.newCells(col)
	p.cell.start, p.cell.formula = start, false
	p.cell.changed = len(p.cols) > 0 && p.cols[0] == col
	if p.cell.changed {
		p.cell.text = p.rows.cells[p.row-1][col]
		p.cols = slices.Delete(p.cols, 0, 1)
		p.cell.style = ""
		if v, ok := s.attr("s"); ok {
			p.cell.style = string(v)
		}
	}
	if p.shift != 0 && !p.cell.changed {
		p.out.Write(withAttr(p.part[start:end], "r", formula.CellName(p.row+p.shift, col)))
		p.copied = end
	}
	if s.self {
		return p.endCell(end)
	}
	p.state = 3
	return nil
}

func (p *sheetPatch) endCell(end int) error {
	if !p.cell.changed {
		return nil
	}
	p.unformed = p.unformed || p.cell.formula
	p.writeCell(p.col, p.cell.style, p.cell.text)
	p.copied = end
	return nil
}
