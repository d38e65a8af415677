// Package sheet is the table in memory: the cells of a file with the edits laid
// over them, the order of the rows, undo without limit, and snapshots for other
// goroutines. It knows columns by number only: no users, no rules, no files.
//
// A Sheet belongs to one goroutine. What other goroutines need, they read from
// a Snapshot.
package sheet

import (
	"iter"
	"math"

	"rollcall/internal/cells"
)

// RowID names a row for as long as the sheet lives. A row of the file has the
// index it has in the base table; rows inserted later are numbered from
// base.Len() on. A RowID is never used for another row, also after a deletion.
type RowID uint32

// None is no row: the place above the first one.
const None RowID = math.MaxUint32

// Options say which part of the base table is data.
type Options struct {
	// FirstRow is the index of the first data row in the base table.
	FirstRow int
	// FileColumns is the number of columns that are the file's; 0 stands for
	// the base table's width. Columns from there on are virtual: their base text
	// is "", and "" written into one is an edit like any other text.
	FileColumns int
	// Columns is the number of columns, virtual ones included; at least
	// FileColumns.
	Columns int
	// Skip says which rows are left out (blank rows, totals). It is called once
	// per row, in New; nil skips none.
	Skip func(row int) bool
}

// table is the state that reading needs. Everything it points to is either
// immutable or copied before it is written once a Snapshot shares it, so that
// copying the struct is a snapshot.
type table struct {
	base        *cells.Table
	first       int
	fileColumns int
	columns     int
	skipped     *bits
	pages       []*page
	order       *order
	// anchors holds, per inserted row, the row of the file that it stands
	// behind, or None. It only ever grows.
	anchors     []RowID
	editedRows  int
	editedCells int
	revision    uint64
	state       uint64
}

// Sheet is the open table. Use it from one goroutine.
type Sheet struct {
	table
	// gen tells pages that this Sheet may write from those that a Snapshot
	// shares; ownPages says the same of the list of pages.
	gen      uint64
	ownPages bool
	done     []Step
	undone   []Step
	serial   uint64
}

// Snapshot is a Sheet as it was at one moment. It never changes and may be read
// by any number of goroutines.
type Snapshot struct{ table }

// New lays an unedited sheet over base.
func New(base *cells.Table, o Options) *Sheet {
	s := &Sheet{gen: generation.Add(1), ownPages: true}
	s.base = base
	s.first = min(max(o.FirstRow, 0), base.Len())
	s.fileColumns = o.FileColumns
	if s.fileColumns <= 0 {
		s.fileColumns = base.Width()
	}
	s.columns = max(o.Columns, s.fileColumns)
	s.pages = make([]*page, (base.Len()+pageRows-1)/pageRows)
	s.skipped = newBits(base.Len())
	if o.Skip != nil {
		for r := s.first; r < base.Len(); r++ {
			if o.Skip(r) {
				s.skipped.set(r)
			}
		}
	}
	s.order = newOrder(s.first, base.Len(), s.skipped)
	return s
}

// Snapshot returns the sheet as it is now. It costs next to nothing: pages are
// copied later, one by one, when the Sheet is about to write into them.
func (s *Sheet) Snapshot() *Snapshot {
	s.gen = generation.Add(1)
	s.ownPages = false
	t := s.table
	t.anchors = t.anchors[:len(t.anchors):len(t.anchors)]
	return &Snapshot{t}
}

// Base is the file's own table, without edits.
func (t *table) Base() *cells.Table { return t.base }

// FirstRow is the index of the first data row in the base table.
func (t *table) FirstRow() int { return t.first }

// FileColumns is the number of columns of the file itself.
func (t *table) FileColumns() int { return t.fileColumns }

// Columns is the number of columns, virtual ones included.
func (t *table) Columns() int { return t.columns }

// Len is the number of rows: deleted and skipped ones are not counted.
func (t *table) Len() int { return t.order.len() }

// Rows lists the rows in file order, inserted rows at their place. The slice is
// shared and must not be changed. It is built when it is first asked for after
// a row was inserted or deleted; RowAt and All need no such slice.
func (t *table) Rows() []RowID { return t.order.list() }

// RowAt is the row at a place, counted from 0; None outside.
func (t *table) RowAt(i int) RowID { return t.order.at(i) }

// Index is the place of a row, counted from 0; -1 for a row that is not there.
func (t *table) Index(r RowID) int {
	if !t.Has(r) {
		return -1
	}
	return t.order.index(r, t.key)
}

// All runs through the rows in order.
func (t *table) All() iter.Seq[RowID] { return t.order.all() }

// Has says whether the row is there: a data row or an inserted one, not deleted.
func (t *table) Has(r RowID) bool {
	if !t.known(r) {
		return false
	}
	p := t.page(r)
	return p == nil || !p.gone.has(int(r)%pageRows)
}

// known says whether the row is or ever was one of the sheet's.
func (t *table) known(r RowID) bool {
	if int(r) < t.base.Len() {
		return int(r) >= t.first && !t.skipped.has(int(r))
	}
	return int(r)-t.base.Len() < len(t.anchors)
}

// Text is the cell's text: the edit where there is one, else the file's. It is
// "" outside the sheet.
func (t *table) Text(r RowID, col int) string {
	if p := t.page(r); p != nil {
		if text, ok := p.get(r, col); ok {
			return text
		}
	}
	return t.Original(r, col)
}

// Texts puts the texts of some cells of a row into dst, one for each column of
// cols; a column below 0 leaves its place as it is.
func (t *table) Texts(r RowID, cols []int, dst []string) {
	if t.page(r) == nil && int(r) < t.base.Len() && t.ofFile(cols) {
		t.base.Pick(int(r), cols, dst)
		return
	}
	for i, col := range cols {
		if col >= 0 {
			dst[i] = t.Text(r, col)
		}
	}
}

// ofFile says that all columns are the file's own.
func (t *table) ofFile(cols []int) bool {
	for _, col := range cols {
		if col >= t.fileColumns {
			return false
		}
	}
	return true
}

// Original is the cell's text in the file; "" in virtual columns and inserted
// rows.
func (t *table) Original(r RowID, col int) string {
	if col >= t.fileColumns {
		return ""
	}
	return t.base.Cell(int(r), col)
}

// Edited says whether a text lies over the cell's own. A cell set back to the
// file's text is not edited.
func (t *table) Edited(r RowID, col int) bool {
	p := t.page(r)
	if p == nil {
		return false
	}
	_, ok := p.get(r, col)
	return ok
}

// RowEdited says whether any cell of the row is edited, or the row inserted.
func (t *table) RowEdited(r RowID) bool {
	if t.Inserted(r) {
		return true
	}
	p := t.page(r)
	return p != nil && p.rowEdited(r)
}

// Inserted says whether the row was inserted here and is not one of the file's.
func (t *table) Inserted(r RowID) bool { return int(r) >= t.base.Len() && r != None }

// EditedRows counts the rows for which RowEdited is true, deleted ones left out.
func (t *table) EditedRows() int { return t.editedRows }

// EditedCells counts the edited cells of the rows that are there.
func (t *table) EditedCells() int { return t.editedCells }

// FileRow is the number of the row in the user's file, from 1; 0 for an
// inserted row.
func (t *table) FileRow(r RowID) int {
	if int(r) >= t.base.Len() {
		return 0
	}
	return int(r) + 1
}

// Revision grows with every change, undo and redo included. A result worked
// out for an older revision is stale.
func (t *table) Revision() uint64 { return t.revision }

// State names the content: undoing back to a content gives its State again. A
// sheet whose State is the one it had when it was saved has nothing to save.
// An unedited sheet has State 0.
func (t *table) State() uint64 { return t.state }

func (t *table) page(r RowID) *page {
	if i := int(r) / pageRows; i < len(t.pages) {
		return t.pages[i]
	}
	return nil
}

// key is what rows are ordered by: a row of the file, then those inserted
// behind it. Rows inserted above the first row have key 0.
func (t *table) key(r RowID) int {
	if n := int(r) - t.base.Len(); n >= 0 {
		if r = t.anchors[n]; r == None {
			return 0
		}
	}
	return int(r) + 1
}
