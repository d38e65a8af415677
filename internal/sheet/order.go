package sheet

import (
	"iter"
	"sort"
	"sync"
)

// chunkRows is how many rows a chunk of the order holds at most.
const chunkRows = 4096

// order is the order of the rows: a list of chunks. It is immutable; with and
// without return a new one that shares the chunks that stay as they are.
type order struct {
	chunks []chunk
	starts []int // place of each chunk's first row; one more at the end: the length
	once   sync.Once
	rows   []RowID
}

// chunk is a stretch of rows: n rows from first on without a gap, or, where
// list is not nil, those of list.
type chunk struct {
	first RowID
	n     int
	list  []RowID
}

func (c *chunk) at(i int) RowID {
	if c.list != nil {
		return c.list[i]
	}
	return c.first + RowID(i)
}

func (c *chunk) appendTo(rows []RowID) []RowID {
	if c.list != nil {
		return append(rows, c.list...)
	}
	for i := range c.n {
		rows = append(rows, c.first+RowID(i))
	}
	return rows
}

// newOrder is the file's own order of the rows from first to end.
func newOrder(first, end int, skipped *bits) *order {
	var chunks []chunk
	for at := first; at < end; at += chunkRows {
		to := min(at+chunkRows, end)
		var list []RowID
		if skipped.n > 0 {
			for r := at; r < to; r++ {
				if !skipped.has(r) {
					list = append(list, RowID(r))
				}
			}
			if len(list) < to-at {
				chunks = appendChunk(chunks, list)
				continue
			}
		}
		chunks = append(chunks, chunk{first: RowID(at), n: to - at})
	}
	return orderOf(chunks)
}

func orderOf(chunks []chunk) *order {
	o := &order{chunks: chunks, starts: make([]int, len(chunks)+1)}
	for i := range chunks {
		o.starts[i+1] = o.starts[i] + chunks[i].n
	}
	return o
}

// appendChunk appends rows, cut into chunks of a fitting size; none for no rows.
func appendChunk(chunks []chunk, rows []RowID) []chunk {
	if len(rows) == 0 {
		return chunks
	}
	parts := (len(rows) + chunkRows - 1) / chunkRows
	for i := range parts {
		part := rows[len(rows)*i/parts : len(rows)*(i+1)/parts]
		chunks = append(chunks, chunk{n: len(part), list: part[:len(part):len(part)]})
	}
	return chunks
}

func (o *order) len() int { return o.starts[len(o.chunks)] }

func (o *order) at(i int) RowID {
	if i < 0 || i >= o.len() {
		return None
	}
	c := sort.Search(len(o.chunks), func(c int) bool { return o.starts[c+1] > i })
	return o.chunks[c].at(i - o.starts[c])
}

func (o *order) list() []RowID {
	o.once.Do(func() {
		o.rows = make([]RowID, 0, o.len())
		for i := range o.chunks {
			o.rows = o.chunks[i].appendTo(o.rows)
		}
	})
	return o.rows
}

func (o *order) all() iter.Seq[RowID] {
	return func(yield func(RowID) bool) {
		for i := range o.chunks {
			for j := range o.chunks[i].n {
				if !yield(o.chunks[i].at(j)) {
					return
				}
			}
		}
	}
}

// locate finds the chunk of a row and its place in it. Keys never fall from one
// row to the next; rows inserted behind the same row share one.
func (o *order) locate(r RowID, key func(RowID) int) (c, i int, ok bool) {
	k := key(r)
	c = sort.Search(len(o.chunks), func(c int) bool { return key(o.chunks[c].at(0)) > k }) - 1
	for ; c >= 0; c-- {
		ch := &o.chunks[c]
		i = sort.Search(ch.n, func(i int) bool { return key(ch.at(i)) >= k })
		for ; i < ch.n && key(ch.at(i)) == k; i++ {
			if ch.at(i) == r {
				return c, i, true
			}
		}
		if key(ch.at(0)) != k {
			break
		}
	}
	return 0, 0, false
}

func (o *order) index(r RowID, key func(RowID) int) int {
	c, i, ok := o.locate(r, key)
	if !ok {
		return -1
	}
	return o.starts[c] + i
}

// chunkOf finds the chunk of a row, looking at the chunk hint first: rows mostly
// come one behind the other.
func (o *order) chunkOf(r RowID, key func(RowID) int, hint int) (int, bool) {
	if hint >= 0 {
		k := key(r)
		if key(o.chunks[hint].at(0)) < k && hint+1 < len(o.chunks) && k < key(o.chunks[hint+1].at(0)) {
			return hint, true
		}
	}
	c, _, ok := o.locate(r, key)
	return c, ok
}

// with is the order with runs put in, each behind its row After, or on top for
// None. The runs come in the order of their places. It is false where they do
// not, or where a row After is not in the order.
func (o *order) with(runs []Run, key func(RowID) int) (*order, bool) {
	touched, hint := make(map[int]bool), -1
	for _, run := range runs {
		if run.After == None {
			continue
		}
		c, ok := o.chunkOf(run.After, key, hint)
		if !ok {
			return o, false
		}
		touched[c], hint = true, c
	}
	chunks := make([]chunk, 0, len(o.chunks)+1)
	if len(runs) > 0 && runs[0].After == None {
		chunks = appendChunk(chunks, append([]RowID(nil), runs[0].Rows...))
		runs = runs[1:]
	}
	for c := range o.chunks {
		if !touched[c] {
			chunks = append(chunks, o.chunks[c])
			continue
		}
		list := make([]RowID, 0, o.chunks[c].n+1)
		for i := range o.chunks[c].n {
			r := o.chunks[c].at(i)
			list = append(list, r)
			if len(runs) > 0 && runs[0].After == r {
				list = append(list, runs[0].Rows...)
				runs = runs[1:]
			}
		}
		chunks = appendChunk(chunks, list)
	}
	return orderOf(chunks), len(runs) == 0
}

// without is the order less the rows for which gone is true, all of which lie
// in the chunks marked as touched. It tells, too, where each stretch was.
func (o *order) without(touched map[int]bool, gone func(RowID) bool) (*order, []Run) {
	chunks := make([]chunk, 0, len(o.chunks))
	var runs []Run
	last, open := None, false
	for c := range o.chunks {
		ch := &o.chunks[c]
		if !touched[c] {
			chunks = append(chunks, *ch)
			last, open = ch.at(ch.n-1), false
			continue
		}
		list := make([]RowID, 0, ch.n)
		for i := range ch.n {
			r := ch.at(i)
			switch {
			case !gone(r):
				list = append(list, r)
				last, open = r, false
			case open:
				run := &runs[len(runs)-1]
				run.Rows = append(run.Rows, r)
			default:
				runs = append(runs, Run{After: last, Rows: []RowID{r}})
				open = true
			}
		}
		chunks = appendChunk(chunks, list)
	}
	return orderOf(chunks), runs
}
