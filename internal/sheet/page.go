package sheet

import "sort"

// pageRows is how many rows share a page: a page is what is copied when a
// shared one is written.
const pageRows = 256

// page holds the edits of pageRows rows: sorted cells, and which rows are gone.
type page struct {
	gen   uint64
	cells []cell
	gone  bits256
}

// cell is one edit. The key is the row in the page and the column, so that the
// cells of a row lie together in column order.
type cell struct {
	key  uint32
	text string
}

const maxColumn = 1<<24 - 1

func cellKey(r RowID, col int) uint32 { return uint32(r)%pageRows<<24 | uint32(col) }

func (p *page) find(key uint32) (int, bool) {
	i := sort.Search(len(p.cells), func(i int) bool { return p.cells[i].key >= key })
	return i, i < len(p.cells) && p.cells[i].key == key
}

func (p *page) get(r RowID, col int) (string, bool) {
	if len(p.cells) == 0 || col < 0 || col > maxColumn {
		return "", false
	}
	i, ok := p.find(cellKey(r, col))
	if !ok {
		return "", false
	}
	return p.cells[i].text, true
}

func (p *page) set(key uint32, text string) {
	if n := len(p.cells); n == 0 || p.cells[n-1].key < key {
		p.cells = append(p.cells, cell{key, text})
		return
	}
	i, ok := p.find(key)
	if ok {
		p.cells[i].text = text
		return
	}
	p.cells = append(p.cells, cell{})
	copy(p.cells[i+1:], p.cells[i:])
	p.cells[i] = cell{key, text}
}

func (p *page) remove(key uint32) {
	i, ok := p.find(key)
	if !ok {
		return
	}
	copy(p.cells[i:], p.cells[i+1:])
	p.cells[len(p.cells)-1] = cell{}
	p.cells = p.cells[:len(p.cells)-1]
}

// row gives the edited cells of a row, in column order.
func (p *page) row(r RowID) []cell {
	from, _ := p.find(cellKey(r, 0))
	to, _ := p.find(cellKey(r, maxColumn) + 1)
	if uint32(r)%pageRows == pageRows-1 {
		to = len(p.cells)
	}
	return p.cells[from:to]
}

func (p *page) rowEdited(r RowID) bool { return len(p.cells) > 0 && len(p.row(r)) > 0 }

func (p *page) copy(gen uint64) *page {
	return &page{gen: gen, cells: append([]cell(nil), p.cells...), gone: p.gone}
}

func column(c cell) int { return int(c.key & maxColumn) }

// writable returns the row's page for writing: a new one, the Sheet's own, or a
// copy of one that a Snapshot shares.
func (s *Sheet) writable(r RowID) *page {
	i := int(r) / pageRows
	if !s.ownPages {
		s.pages = append([]*page(nil), s.pages...)
		s.ownPages = true
	}
	for i >= len(s.pages) {
		s.pages = append(s.pages, nil)
	}
	switch p := s.pages[i]; {
	case p == nil:
		s.pages[i] = &page{gen: s.gen}
	case p.gen != s.gen:
		s.pages[i] = p.copy(s.gen)
	}
	return s.pages[i]
}
