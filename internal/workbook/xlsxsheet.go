package workbook

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"rollcall/internal/cells"
	"rollcall/internal/workbook/formula"
	"rollcall/internal/workbook/numfmt"
)

// Cells this far from all others are pointed out.
const (
	farRows    = 2000
	farColumns = 200
)

// sheetReader turns the tokens of a worksheet into a table.
type sheetReader struct {
	formats []*numfmt.Format
	shared  *sharedStrings
	facts   *Facts
	// careful goes over to counting where there is more than may be held before
	// all of it is known; counting holds nothing.
	careful, counting bool
	// progress is told how far the reading is, which reads the sheet so many
	// times and has read it so many times before; it may be nil.
	progress      func(done, total int)
	times, before int

	b         cells.Builder
	filled    int                // the last row that was taken in its order
	count     int                // cells held, gaps included
	full      int                // cells with text
	empty     int                // cells without text
	look      int                // when to look next whether that gets too much
	rows      int                // rows stated
	bytes     int                // of text held
	late      map[int][]lateCell // rows that came after a later one
	lateCells int
	lateBytes int
	depth     int // 1 inside sheetData, 2 inside row, 3 inside c

	form    *plainForm // of the row being read
	row     int        // file row being read, from 1
	lastRow int        // last row read
	hidden  []int
	col     int // column being read, from 0
	spans   []span
	text    []byte

	cellDepth int // of elements open in a cell
	kind      byte
	style     int
	from      int // where the cell's text begins
	inValue   bool
	hasValue  bool
	inline    bool
	inlined   bool // an inline text was stated
	formula   bool
	rich      richText

	filterFrom, filterTo int
	filtering, inFilter  bool
	columns              []bool // which are hidden, counted from 1
}

// span is one cell of the row being read.
type span struct{ col, from, to int }

// token takes the next token of the sheet's XML.
func (r *sheetReader) token(s *xmlScanner) error {
	switch r.depth {
	case 3:
		return r.cellToken(s)
	case 2:
		return r.rowToken(s)
	case 1:
		switch {
		case s.kind == xmlStart && string(s.name) == "row":
			return r.startRow(s)
		case s.kind == xmlEnd && string(s.name) == "sheetData":
			r.depth = 0
		}
		return nil
	default:
		return r.outside(s)
	}
}

// outside takes what stands around the cells.
func (r *sheetReader) outside(s *xmlScanner) error {
	if s.kind == xmlEnd && string(s.name) == "autoFilter" {
		r.inFilter = false
	}
	if s.kind != xmlStart {
		return nil
	}
	switch string(s.name) {
	case "sheetData":
		if !s.self {
			r.depth = 1
		}
	case "col":
		if hidden(s, "width") {
			first, _ := strconv.Atoi(s.attrText("min"))
			last, _ := strconv.Atoi(s.attrText("max"))
			r.hideColumns(first, last)
		}
	case "mergeCell":
		if ref := s.attrText("ref"); ref != "" && len(r.facts.MergedCells) < MaxListed {
			r.facts.MergedCells = append(r.facts.MergedCells, ref)
		}
	case "sheetPr":
		if s.isChild() && truth(s.attrText("filterMode")) {
			r.filtering = true
		}
	case "autoFilter":
		if !s.isChild() {
			return nil // that of somebody's own view of the sheet
		}
		r.inFilter = !s.self
		r.filterFrom, r.filterTo = formula.RangeRows(s.attrText("ref"))
	case "filterColumn":
		if r.inFilter {
			r.filtering = true
		}
	}
	return nil
}

// hidden says that a row or column is hidden, or made so narrow that nothing of
// it shows, which is the same to Excel. Its size is stated in the attribute.
func hidden(s *xmlScanner, size string) bool {
	out := false
	s.eachAttr(func(name, v []byte) bool {
		switch string(localName(name)) {
		case "hidden":
			out = truth(string(v))
		case size:
			out = len(v) > 0 && len(bytes.Trim(v, "0.")) == 0
		}
		return !out
	})
	return out
}

// hideColumns notes the columns from first to last, from 1, as hidden.
func (r *sheetReader) hideColumns(first, last int) {
	if first < 1 || last > maxColumns {
		return
	}
	if r.columns == nil {
		r.columns = make([]bool, maxColumns+1)
	}
	for col := first; col <= last; col++ {
		r.columns[col] = true
	}
}

func (r *sheetReader) startRow(s *xmlScanner) error {
	r.row = r.lastRow + 1
	if v, ok := s.attr("r"); ok && len(v) > 0 {
		n, ok := formula.Number(v)
		if !ok || n < 1 {
			return fmt.Errorf("%w: row number %q", errSheet, v)
		}
		r.row = n
	}
	s.allowed += allowCell
	if r.rows++; r.row > maxRows || r.rows > maxRows {
		return fmt.Errorf("%w: row number %d", errSheet, r.row)
	}
	if hidden(s, "ht") {
		r.hidden = append(r.hidden, r.row)
	}
	r.col, r.spans, r.text = -1, r.spans[:0], r.text[:0]
	if s.self {
		return r.endRow()
	}
	r.form = s.form(r.form)
	r.depth = 2
	return nil
}

var errSheet = errors.New("malformed worksheet")

func (r *sheetReader) rowToken(s *xmlScanner) error {
	switch {
	case s.kind == xmlStart && string(s.name) == "c":
		return r.startCell(s)
	case s.kind == xmlEnd && string(s.name) == "row":
		r.depth = 1
		return r.endRow()
	}
	return nil
}

func (r *sheetReader) startCell(s *xmlScanner) error {
	r.col++
	r.kind, r.style = 'n', 0
	bad := false
	s.eachAttr(func(name, v []byte) bool {
		if len(name) != 1 || len(v) == 0 {
			return true
		}
		switch name[0] {
		case 'r':
			row, col, ok := formula.ParseCell(v)
			if bad = !ok || row != r.row; !bad {
				r.col = col
			}
		case 's':
			if n, ok := formula.Number(v); ok {
				r.style = n
			}
		case 't':
			r.kind = cellKind(v)
		}
		return !bad
	})
	if bad {
		return r.badRef()
	}
	if err := r.openCell(s); err != nil {
		return err
	}
	r.cellDepth = s.depth
	if !s.self {
		r.depth = 3
	}
	return nil
}

func (r *sheetReader) badRef() error {
	return fmt.Errorf("%w: cell reference in row %d", errSheet, r.row)
}

// openCell counts a cell whose place is known and makes ready for its content.
func (r *sheetReader) openCell(s *xmlScanner) error {
	if r.col >= maxColumns {
		return r.badRef()
	}
	s.allowed += allowCell
	if r.empty++; s.taken >= r.look {
		r.look = s.taken + foreseeEach
		if r.tooMuch(s) {
			return errTooMuch
		}
		if s.exceeds(s.tokens, maxTokens) {
			return errXMLSlow
		}
		if r.progress != nil {
			r.progress(r.before*s.total+s.taken, r.times*s.total)
		}
		if r.heavy(s) {
			r.letGo()
		}
	}
	r.from = len(r.text)
	r.inValue, r.hasValue, r.inline, r.inlined, r.formula = false, false, false, false, false
	return nil
}

// cellKind shortens a cell's type: n number, s shared, i inline, t text of a
// formula, b truth value, e error, d date in text.
func cellKind(v []byte) byte {
	switch string(v) {
	case "inlineStr":
		return 'i'
	case "str":
		return 't'
	}
	return v[0]
}

func (r *sheetReader) cellToken(s *xmlScanner) error {
	if r.inline {
		if s.kind == xmlEnd && string(s.name) == "is" {
			r.inline = false
			return nil
		}
		before := len(r.text)
		r.text = r.rich.token(s, r.text)
		s.allowed += allowText * (len(r.text) - before)
		return nil
	}
	switch s.kind {
	case xmlText:
		if r.inValue {
			r.text = append(r.text, s.text...)
			s.allowed += allowText * len(s.text)
		}
	case xmlStart:
		if s.depth > r.cellDepth+1 || s.self && s.depth > r.cellDepth {
			return nil // an extension's element, which is not the cell's own
		}
		switch string(s.name) {
		case "v":
			r.hasValue = true
			r.inValue = !s.self && !r.inlined
		case "is":
			// Some writers state a value too, in front or behind; the inline
			// text is the content.
			r.text = r.text[:r.from]
			r.hasValue, r.inlined = true, true
			r.inline = !s.self
			r.rich = richText{}
		case "f":
			r.formula = true
		}
	case xmlEnd:
		switch string(s.name) {
		case "v":
			r.inValue = false
		case "c":
			r.depth = 2
			return r.endCell()
		}
	}
	return nil
}

// endCell turns the cell's raw value into what Excel shows.
func (r *sheetReader) endCell() error {
	raw := r.text[r.from:]
	switch r.kind {
	case 's':
		if len(raw) == 0 {
			break
		}
		n, ok := formula.Number(trimSpace(raw))
		text, found := r.shared.at(n)
		if !ok || !found {
			return fmt.Errorf("%w: shared string %q in row %d", errSheet, raw, r.row)
		}
		r.text = append(r.text[:r.from], text...)
	case 'i', 't':
		r.text = unescapeRunes(r.text, r.from)
	case 'b':
		switch string(trimSpace(raw)) {
		case "1", "true":
			r.text = append(r.text[:r.from], "TRUE"...)
		case "0", "false":
			r.text = append(r.text[:r.from], "FALSE"...)
		}
	case 'n':
		if r.counting {
			break // how it is shown matters only where it is held
		}
		var f *numfmt.Format
		if r.style < len(r.formats) {
			f = r.formats[r.style]
		}
		r.text = f.Append(r.text[:r.from], trimSpace(raw))
	}
	if r.formula {
		r.noteFormula()
	}
	if len(r.text) == r.from {
		return nil
	}
	r.empty--
	r.full++
	r.bytes += len(r.text) - r.from
	if r.bytes > maxText || len(r.text) > maxRowText {
		if len(r.text) > maxRowText || r.bytes > maxText+cellText*r.full {
			return errTooMuch
		}
		r.letGo()
	}
	if len(r.spans) == maxColumns {
		return fmt.Errorf("%w: more cells than columns in row %d", errSheet, r.row)
	}
	r.spans = append(r.spans, span{col: r.col, from: r.from, to: len(r.text)})
	return nil
}

// tooMuch says that the sheet holds more than can be held, or will before its
// end.
func (r *sheetReader) tooMuch(s *xmlScanner) bool {
	unexplained := r.bytes - cellText*r.full
	return s.exceeds(unexplained, maxText) || s.exceeds(unexplained, maxTexts-r.shared.bytes) || s.exceeds(r.empty, maxEmpty) || s.exceeds(r.count, maxCells) ||
		s.exceeds(r.lateCells, maxLate) || s.exceeds(r.lateBytes, maxLateText)
}

// letGo drops what is held and goes on counting, where that is asked for.
func (r *sheetReader) letGo() {
	if r.careful {
		r.careful, r.counting = false, true
		r.b = cells.Builder{}
	}
}

// heavy says that the sheet holds more text than may be held unseen, or will
// before its end.
func (r *sheetReader) heavy(s *xmlScanner) bool {
	return s.exceeds(r.bytes, maxText) || s.exceeds(r.bytes, maxTexts-r.shared.bytes)
}

func trimSpace(b []byte) []byte {
	for len(b) > 0 && isXMLSpace(b[0]) {
		b = b[1:]
	}
	return trimSpaceRight(b)
}

func (r *sheetReader) noteFormula() {
	f := r.facts
	if f.FormulaCount++; f.FormulaCount <= MaxListed {
		f.Formulas = append(f.Formulas, formula.CellName(r.row, r.col))
	}
	if (!r.hasValue || r.kind == 'n' && len(r.text) == r.from) && len(f.FormulasEmpty) < MaxListed {
		f.FormulasEmpty = append(f.FormulasEmpty, formula.CellName(r.row, r.col))
	}
}

// endRow hands the row's cells to the table. Trailing rows without text are
// not part of it.
func (r *sheetReader) endRow() error {
	late := r.row <= r.lastRow
	r.lastRow = max(r.lastRow, r.row)
	if len(r.spans) == 0 {
		return nil
	}
	sorted := true
	for i := 1; i < len(r.spans); i++ {
		if r.spans[i].col <= r.spans[i-1].col {
			sorted = false
		}
	}
	if !sorted {
		r.sortSpans()
	}
	if r.count += r.spans[len(r.spans)-1].col + 1; r.count > maxCells {
		return errTooMuch
	}
	if late || r.late != nil && r.late[r.row] != nil {
		return r.keepLate()
	}
	if far := r.spans[len(r.spans)-1]; r.row-r.filled > farRows || far.col > farColumns && (len(r.spans) == 1 || far.col-r.spans[len(r.spans)-2].col > farColumns) {
		r.facts.odd(r.row, "Cell "+formula.CellName(r.row, far.col)+" lies far from all others. It was read; if it is there by mistake, delete it.")
	}
	r.filled = r.row
	if r.counting {
		return nil
	}
	for r.b.Rows() < r.row-1 {
		r.b.EndRow()
	}
	col := 0
	for _, s := range r.spans {
		for ; col < s.col; col++ {
			r.b.Cell("")
		}
		r.b.CellBytes(r.text[s.from:s.to])
		col++
	}
	r.b.EndRow()
	return nil
}

// sortSpans puts the cells in order of their columns; of two in one column the
// later one counts, and that is noted.
func (r *sheetReader) sortSpans() {
	slices.SortStableFunc(r.spans, func(a, b span) int { return a.col - b.col })
	out := r.spans[:0]
	for _, s := range r.spans {
		if n := len(out); n > 0 && out[n-1].col == s.col {
			r.facts.odd(r.row, "Cell "+formula.CellName(r.row, s.col)+" is stated twice in the file. The later one was read.")
			out[n-1] = s
			continue
		}
		out = append(out, s)
	}
	r.spans = out
}

// finish ends the reading and completes the facts about the sheet.
func (r *sheetReader) finish() *cells.Table {
	t := r.b.Table()
	if r.late != nil {
		t = r.merge(t)
	}
	f := r.facts
	for _, row := range r.hidden {
		if row > t.Len() || len(f.HiddenRows) >= MaxListed {
			continue
		}
		f.HiddenRows = append(f.HiddenRows, row)
		if r.filtering && (r.filterFrom == 0 || row >= r.filterFrom && row <= r.filterTo) {
			f.FilteredRows = append(f.FilteredRows, row)
		}
	}
	for col := 1; col < len(r.columns) && col <= t.Width(); col++ {
		if r.columns[col] {
			f.HiddenColumns = append(f.HiddenColumns, col)
		}
	}
	return t
}
