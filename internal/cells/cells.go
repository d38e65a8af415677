// Package cells holds the text of a sheet compactly: large blocks of bytes with
// offsets, never an object per cell. A Table does not change once it is built,
// so any goroutine may read it. Edits lie elsewhere, over it.
package cells

import (
	"bytes"
	"math"
	"unsafe"
)

const (
	// blockRows bounds how many rows share a block, so that a position inside
	// a block fits in 32 bits for any sane row length.
	blockRows = 4096
	// blockBytes and blockCells end a block early when its text is long or its
	// rows are wide.
	blockBytes = 4 << 20
	blockCells = 1 << 20
)

// Table is an immutable table of text. Row i of the Table is row i+1 of the
// user's file: header rows and blank rows are rows too. Rows may differ in
// width; a cell outside its row reads as "".
type Table struct {
	blocks []block
	firsts []int // first row of each block
	rows   int
	width  int
	// regular says that every block but the last has blockRows rows, so that a
	// block is found by division.
	regular bool
	offset  []lineShift
}

// lineShift says that from row on, the physical line is row+1+shift.
type lineShift struct{ row, shift int }

type block struct {
	text   string
	starts []uint32 // per row: index of its first cell in ends; one more at the end
	ends   []uint32 // per cell: where its text ends; it begins where the one before ends
}

// Len is the number of rows, header and blank rows included.
func (t *Table) Len() int { return t.rows }

// Width is the number of columns of the widest row.
func (t *Table) Width() int { return t.width }

// RowWidth is the number of cells of a row, 0 for a blank row or one outside
// the table.
func (t *Table) RowWidth(row int) int {
	b, r := t.find(row)
	if b == nil {
		return 0
	}
	return int(b.starts[r+1] - b.starts[r])
}

// Cell is the text at a row and column, both counted from 0, and "" outside.
// The string shares the table's memory.
func (t *Table) Cell(row, col int) string {
	b, r := t.find(row)
	if b == nil || col < 0 {
		return ""
	}
	first := b.starts[r]
	if uint32(col) >= b.starts[r+1]-first {
		return ""
	}
	i := first + uint32(col)
	from := uint32(0)
	if i > 0 {
		from = b.ends[i-1]
	}
	return b.text[from:b.ends[i]]
}

// Pick puts the texts of some cells of a row into dst, one for each column of
// cols; a column below 0 leaves its place as it is. It is Cell for several
// cells, with one look for the row.
func (t *Table) Pick(row int, cols []int, dst []string) {
	b, r := t.find(row)
	if b == nil {
		for i, col := range cols {
			if col >= 0 {
				dst[i] = ""
			}
		}
		return
	}
	first, end := b.starts[r], b.starts[r+1]
	for i, col := range cols {
		switch {
		case col < 0:
		case uint32(col) >= end-first:
			dst[i] = ""
		case first+uint32(col) == 0:
			dst[i] = b.text[:b.ends[0]]
		default:
			at := first + uint32(col)
			dst[i] = b.text[b.ends[at-1]:b.ends[at]]
		}
	}
}

// Row appends the cells of a row to dst and returns it.
func (t *Table) Row(row int, dst []string) []string {
	for c, n := 0, t.RowWidth(row); c < n; c++ {
		dst = append(dst, t.Cell(row, c))
	}
	return dst
}

// Blank says whether every cell of a row is empty (""); white space is text.
func (t *Table) Blank(row int) bool {
	return t.RowText(row) == ""
}

// RowText is the text of a row's cells, one after another without anything
// between them. The string shares the table's memory.
func (t *Table) RowText(row int) string {
	b, r := t.find(row)
	if b == nil || b.starts[r] == b.starts[r+1] {
		return ""
	}
	from := uint32(0)
	if b.starts[r] > 0 {
		from = b.ends[b.starts[r]-1]
	}
	return b.text[from:b.ends[b.starts[r+1]-1]]
}

// Line is the physical line, from 1, on which a row begins in its text file.
// It is row+1 unless cells above it hold line breaks.
func (t *Table) Line(row int) int {
	lo, hi := 0, len(t.offset)
	for lo < hi {
		mid := (lo + hi) / 2
		if t.offset[mid].row <= row {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo == 0 {
		return row + 1
	}
	return row + 1 + t.offset[lo-1].shift
}

func (t *Table) find(row int) (*block, int) {
	if row < 0 || row >= t.rows {
		return nil, 0
	}
	if t.regular {
		return &t.blocks[row/blockRows], row % blockRows
	}
	// No block has more than blockRows rows, so the block is this one or a
	// later one: the next few where few blocks are short, else by search.
	lo := row / blockRows
	for range 4 {
		if lo+1 == len(t.firsts) || t.firsts[lo+1] > row {
			return &t.blocks[lo], row - t.firsts[lo]
		}
		lo++
	}
	hi := len(t.firsts)
	for hi-lo > 1 {
		mid := (lo + hi) / 2
		if t.firsts[mid] <= row {
			lo = mid
		} else {
			hi = mid
		}
	}
	return &t.blocks[lo], row - t.firsts[lo]
}

// Builder makes a Table row by row. The zero value is ready. It is for one
// goroutine.
type Builder struct {
	table  Table
	text   []byte
	starts []uint32
	ends   []uint32
	open   bool
	shift  int
}

// Cell appends one cell to the row being built.
func (b *Builder) Cell(text string) {
	b.begin()
	b.text = append(b.text, text...)
	b.ends = append(b.ends, uint32(len(b.text)))
}

// CellBytes is Cell for text that stands in a byte slice; it is copied.
func (b *Builder) CellBytes(text []byte) {
	b.begin()
	b.text = append(b.text, text...)
	b.ends = append(b.ends, uint32(len(b.text)))
}

// EndRow ends the row being built; without cells it is a blank row.
func (b *Builder) EndRow() {
	b.begin()
	b.open = false
	b.table.rows++
	if w := len(b.ends) - int(b.starts[len(b.starts)-1]); w > b.table.width {
		b.table.width = w
	}
	if len(b.starts) == blockRows || len(b.text) >= blockBytes || len(b.ends) >= blockCells {
		b.flush()
	}
}

// AppendRow appends a whole row.
func (b *Builder) AppendRow(row []string) {
	for _, c := range row {
		b.Cell(c)
	}
	b.EndRow()
}

// ExtraLines says that the row being built, or the one just to be begun, spans
// n more physical lines than one, so that Line is right for the rows after it.
// Call it before EndRow.
func (b *Builder) ExtraLines(n int) {
	if n == 0 {
		return
	}
	b.shift += n
	b.table.offset = append(b.table.offset, lineShift{row: b.table.rows + 1, shift: b.shift})
}

// Sized returns a Builder with room for the text of its first rows, given the
// number of bytes to come.
func Sized(bytes int) *Builder {
	return &Builder{
		text:   make([]byte, 0, min(bytes, 256<<10)),
		starts: make([]uint32, 0, blockRows),
	}
}

// AppendSplit appends a row whose cells stand in line with sep between them;
// an empty line is a blank row.
func (b *Builder) AppendSplit(line []byte, sep byte) {
	b.begin()
	if len(line) > 0 {
		text, ends := b.text, b.ends
		for {
			i := bytes.IndexByte(line, sep)
			if i < 0 {
				break
			}
			text = append(text, line[:i]...)
			ends = append(ends, uint32(len(text)))
			line = line[i+1:]
		}
		text = append(text, line...)
		b.text, b.ends = text, append(ends, uint32(len(text)))
	}
	b.EndRow()
}

// Rows is the number of rows ended so far.
func (b *Builder) Rows() int { return b.table.rows }

// Table ends the building and returns the table. The Builder must not be used
// afterwards.
func (b *Builder) Table() *Table {
	if b.open {
		b.EndRow()
	}
	b.flush()
	t := b.table
	t.regular = true
	for i, f := range t.firsts {
		if f != i*blockRows {
			t.regular = false
		}
	}
	return &t
}

func (b *Builder) begin() {
	if b.open {
		return
	}
	if len(b.text) > math.MaxUint32-blockBytes {
		b.flush()
	}
	b.open = true
	b.starts = append(b.starts, uint32(len(b.ends)))
}

// flush makes a block of what was built since the last one. The block takes
// the builder's memory over where little of it would be wasted.
func (b *Builder) flush() {
	if len(b.starts) == 0 {
		return
	}
	first := b.table.rows - len(b.starts)
	starts := append(make([]uint32, 0, len(b.starts)+1), b.starts...)
	starts = append(starts, uint32(len(b.ends)))
	text, ends := b.text, b.ends
	b.text, b.ends = nil, nil
	if cap(text)-len(text) > len(text)/8 {
		b.text, text = text[:0], append([]byte(nil), text...)
	} else {
		b.text = make([]byte, 0, len(text)+len(text)/16)
	}
	if cap(ends)-len(ends) > len(ends)/8 {
		b.ends, ends = ends[:0], append([]uint32(nil), ends...)
	} else {
		b.ends = make([]uint32, 0, len(ends)+len(ends)/16)
	}
	b.table.blocks = append(b.table.blocks, block{
		text:   unsafe.String(unsafe.SliceData(text), len(text)),
		starts: starts,
		ends:   ends,
	})
	b.table.firsts = append(b.table.firsts, first)
	b.starts = b.starts[:0]
}

// Join puts tables one below another. The result shares their memory.
func Join(parts ...*Table) *Table {
	if len(parts) == 1 {
		return parts[0]
	}
	t := &Table{regular: true}
	shift := 0
	for _, p := range parts {
		for i, b := range p.blocks {
			first := t.rows + p.firsts[i]
			if first != len(t.blocks)*blockRows {
				t.regular = false
			}
			t.blocks = append(t.blocks, b)
			t.firsts = append(t.firsts, first)
		}
		last := 0
		for _, o := range p.offset {
			t.offset = append(t.offset, lineShift{row: t.rows + o.row, shift: shift + o.shift})
			last = o.shift
		}
		shift += last
		t.rows += p.rows
		t.width = max(t.width, p.width)
	}
	return t
}

// Of builds a table from rows; it is for small tables and tests.
func Of(rows ...[]string) *Table {
	var b Builder
	for _, r := range rows {
		b.AppendRow(r)
	}
	return b.Table()
}
