package check

import (
	"context"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"rollcall/internal/roster"
	"rollcall/internal/sheet"
)

// chunkRows is how many rows a worker takes at a time.
const chunkRows = 4096

// chunk is what a worker found in its rows.
type chunk struct {
	marks  []mark
	ends   []rowEnd // rows that have marks
	emails []idRow
	ids    []idRow
}

type rowEnd struct {
	row sheet.RowID
	end int // in marks
}

type idRow struct {
	row  sheet.RowID
	hash uint64
}

// Run checks all rows anew, on all cores. The result does not depend on how
// many there are. The rows must not be changed while it runs, nor afterwards:
// they are kept for All. An error is the context's.
func (e *Engine) Run(ctx context.Context, view roster.View, rows []sheet.RowID, progress func(done, total int)) error {
	chunks := make([]chunk, (len(rows)+chunkRows-1)/chunkRows)
	if err := e.checkChunks(ctx, view, rows, chunks, progress); err != nil {
		return err
	}
	e.view, e.rows, e.inserted, e.total, e.checked = view, rows, nil, len(rows), true
	size := 0
	for _, r := range rows {
		size = max(size, int(r)+1)
	}
	e.there = make([]bool, size)
	for _, r := range rows {
		e.there[r] = true
	}
	for _, r := range e.fill(chunks, size) {
		e.refresh(r)
	}
	e.countAll()
	e.revision++
	e.Groups()
	return nil
}

func (e *Engine) checkChunks(ctx context.Context, view roster.View, rows []sheet.RowID, chunks []chunk, progress func(done, total int)) error {
	var next, done atomic.Int64
	var wg sync.WaitGroup
	var report sync.Mutex
	reported := 0
	for range min(runtime.GOMAXPROCS(0), len(chunks)) {
		wg.Go(func() {
			c := newChecker(e.rules, true)
			v := view
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(chunks) {
					return
				}
				part := rows[i*chunkRows : min((i+1)*chunkRows, len(rows))]
				chunks[i].check(c, &v, part)
				n := int(done.Add(int64(len(part))))
				if progress != nil {
					report.Lock()
					if n > reported {
						reported = n
						progress(n, len(rows))
					}
					report.Unlock()
				}
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}

func (k *chunk) check(c *checker, v *roster.View, rows []sheet.RowID) {
	k.emails = make([]idRow, 0, len(rows))
	k.ids = make([]idRow, 0, len(rows))
	for _, r := range rows {
		c.row(v, r)
		if c.emailHash != 0 {
			k.emails = append(k.emails, idRow{r, c.emailHash})
		}
		for _, id := range c.ids {
			k.ids = append(k.ids, idRow{r, id.hash})
		}
		if len(c.marks) > 0 {
			k.marks = append(k.marks, c.marks...)
			k.ends = append(k.ends, rowEnd{r, len(k.marks)})
		}
	}
}

// fill builds the two indexes and the store side by side, and returns the rows
// that share a key with another.
func (e *Engine) fill(chunks []chunk, size int) (twins []sheet.RowID) {
	var wg sync.WaitGroup
	var byEmail []sheet.RowID
	wg.Go(func() {
		byEmail = e.emails.fill(gather(chunks, func(k *chunk) []idRow { return k.emails }), size)
	})
	wg.Go(func() { e.fillStore(chunks, size) })
	twins = e.ids.fill(gather(chunks, func(k *chunk) []idRow { return k.ids }), size)
	wg.Wait()
	twins = append(twins, byEmail...)
	slices.Sort(twins)
	return slices.Compact(twins)
}

func gather(chunks []chunk, keys func(*chunk) []idRow) (lists [][]idRow) {
	lists = make([][]idRow, len(chunks))
	for i := range chunks {
		lists[i] = keys(&chunks[i])
	}
	return lists
}

func (e *Engine) fillStore(chunks []chunk, size int) {
	e.store.reserve(size)
	for i := range chunks {
		from := 0
		for _, end := range chunks[i].ends {
			e.store.set(end.row, chunks[i].marks[from:end.end])
			from = end.end
		}
	}
	for r, refs := range e.refused {
		marks := e.store.own(r, nil)
		for _, ref := range refs {
			marks = append(marks, e.refusedMark(r, ref))
		}
		e.store.set(r, marks)
	}
}

// refresh judges anew what other rows mean for a row that is itself unchanged.
func (e *Engine) refresh(r sheet.RowID) {
	e.brief.row(&e.view, r)
	marks := e.store.own(r, nil)
	e.store.set(r, append(marks, e.acrossMarks(r, e.brief)...))
}

// acrossMarks are the marks that other rows make on the row just checked.
func (e *Engine) acrossMarks(r sheet.RowID, c *checker) (marks []mark) {
	if c.emailHash != 0 && e.emails.shared(c.emailHash, r) {
		marks = append(marks, mark{part: roster.Tidy(c.own), code: codeIndex[EmailDuplicate], col: uint8(roster.Email), sev: Error})
	}
	for _, id := range c.ids {
		if e.ids.shared(id.hash, r) {
			marks = append(marks, mark{part: id.part, code: codeIndex[IdentifierDuplicate], col: uint8(roster.Sources), sev: Error})
		}
	}
	return marks
}

// Update checks rows that were edited or inserted, and takes deleted ones away,
// with all that this means for other rows. It returns every row whose findings
// may differ now. It costs microseconds a row; for most of a large sheet a new
// Run in the background is faster.
func (e *Engine) Update(view roster.View, changed, deleted []sheet.RowID) (touched []sheet.RowID) {
	e.view, e.checked = view, true
	e.revision++
	alone := func(r sheet.RowID) { touched = append(touched, r) }
	for _, r := range deleted {
		e.emails.remove(r, alone)
		e.ids.remove(r, alone)
		e.store.clear(r)
		delete(e.refused, r)
		if e.has(r) {
			e.there[r] = false
			e.total--
		}
	}
	for _, r := range changed {
		e.emails.remove(r, alone)
		e.ids.remove(r, alone)
		delete(e.refused, r)
		e.insert(r)
	}
	for _, r := range changed {
		e.brief.row(&view, r)
		e.store.set(r, e.brief.marks)
		if hash := e.brief.emailHash; hash != 0 {
			if twin, _ := e.emails.add(r, hash); twin != sheet.None {
				touched = append(touched, twin)
			}
		}
		for _, id := range e.brief.ids {
			if twin, _ := e.ids.add(r, id.hash); twin != sheet.None {
				touched = append(touched, twin)
			}
		}
	}
	touched = append(touched, changed...)
	slices.Sort(touched)
	touched = slices.Compact(touched)
	isNew := make(map[sheet.RowID]bool, len(changed))
	for _, r := range changed {
		isNew[r] = true
	}
	for _, r := range touched {
		if e.has(r) && (!isNew[r] || e.emails.crowded(r) || e.ids.crowded(r)) {
			e.refresh(r)
		}
	}
	touched = append(touched, deleted...)
	return touched
}

func (e *Engine) has(r sheet.RowID) bool { return int(r) < len(e.there) && e.there[r] }

// insert notes that a row is there.
func (e *Engine) insert(r sheet.RowID) {
	if e.has(r) {
		return
	}
	if int(r) >= len(e.there) {
		e.there = append(e.there, make([]bool, int(r)+1-len(e.there))...)
		e.inserted = append(e.inserted, r)
	} else if !slices.Contains(e.inserted, r) && !e.hadRow(r) {
		e.inserted = append(e.inserted, r)
	}
	e.there[r] = true
	e.total++
}

// hadRow says whether the row is one of those that Run was given.
func (e *Engine) hadRow(r sheet.RowID) bool {
	_, ok := slices.BinarySearch(e.rows, r)
	return ok || slices.Contains(e.rows, r)
}
