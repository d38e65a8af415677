package check

import (
	"slices"

	"rollcall/internal/roster"
	"rollcall/internal/sheet"
)

// panelGroup counts the findings of one rule of the panel, and its values. It
// follows every mark that comes and goes, so that the panel costs nothing to
// count.
type panelGroup struct {
	count, errors, certain int
	values                 map[string]*tally
	// full says that there were more values than are followed; more counts the
	// findings with one of those.
	full  bool
	more  int
	stale int    // values whose first row is not known
	shown *Group // nil after a change
}

// tally counts one value under one rule.
type tally struct {
	code  uint8
	col   roster.Column
	part  string
	count int
	first sheet.RowID
	stale bool // first had the value, and has it no longer
	known bool // value is right, but for its Count
	value ValueGroup
	fold  string
}

// trackedValues bounds the distinct values that are followed under a rule;
// e-mails and names of a large file are nearly all distinct.
const trackedValues = 4 * MaxValues

// longestKey bounds, in bytes, what is compared for likeness.
const longestKey = 200

// key is the value's folded form.
func (t *tally) key() string {
	if t.fold == "" {
		t.fold = t.part
		if len(t.part) <= longestKey {
			t.fold = roster.Fold(t.part)
		}
	}
	return t.fold
}

func (g *panelGroup) severity() Severity {
	if g.errors > 0 {
		return Error
	}
	return Warning
}

// short says that values are left out although there is room for them again.
func (g *panelGroup) short() bool { return g.more > 0 && len(g.values) < MaxValues }

func (g *panelGroup) add(m *mark, r sheet.RowID) {
	g.count++
	g.shown = nil
	if m.sev == Error {
		g.errors++
	}
	if m.certain {
		g.certain++
	}
	g.addValue(m, r)
}

func (g *panelGroup) addValue(m *mark, r sheet.RowID) {
	t, ok := g.values[m.part]
	if !ok {
		if g.full || len(g.values) >= trackedValues {
			g.full = true
			g.more++
			return
		}
		if g.values == nil {
			g.values = make(map[string]*tally)
		}
		t = &tally{code: m.code, col: roster.Column(m.col), part: m.part, first: r}
		g.values[m.part] = t
	}
	t.count++
	if r < t.first || r == t.first && t.stale {
		if t.stale {
			g.stale--
		}
		t.first, t.code, t.col, t.stale, t.known = r, m.code, roster.Column(m.col), false, false
	}
}

func (g *panelGroup) remove(m *mark, r sheet.RowID) {
	g.count--
	g.shown = nil
	if m.sev == Error {
		g.errors--
	}
	if m.certain {
		g.certain--
	}
	t, ok := g.values[m.part]
	if !ok {
		g.more--
		return
	}
	t.count--
	switch {
	case t.count == 0:
		if t.stale {
			g.stale--
		}
		delete(g.values, m.part)
	case r == t.first && !t.stale:
		t.stale, t.known = true, false
		g.stale++
	}
}

// countAll counts the marks of all rows anew.
func (e *Engine) countAll() {
	s := &e.store
	s.panel = make([]panelGroup, len(codes))
	for r := range e.flawed() {
		s.tell(r, (*panelGroup).add)
	}
}

// tell gives each mark of a row to its group.
func (s *store) tell(r sheet.RowID, to func(*panelGroup, *mark, sheet.RowID)) {
	for n := s.head(r); n != 0; n = s.arena[n].next {
		m := &s.arena[n].mark
		to(&s.panel[panelOf[m.code]], m, r)
	}
}

// recount follows other values of a rule than before, once most of those that
// were followed are gone.
func (e *Engine) recount(code uint8) {
	g := &e.store.panel[code]
	g.values, g.full, g.more, g.stale, g.shown = nil, false, 0, 0, nil
	for r := range e.flawed() {
		for n := e.store.head(r); n != 0; n = e.store.arena[n].next {
			if m := &e.store.arena[n].mark; panelOf[m.code] == code {
				g.addValue(m, r)
			}
		}
	}
}

// findFirsts looks for the rows that come first with a value now, behind those
// that did.
func (e *Engine) findFirsts() {
	var lost []*tally
	from := sheet.None
	for i := range e.store.panel {
		if e.store.panel[i].stale == 0 {
			continue
		}
		for _, t := range e.store.panel[i].values {
			if t.stale {
				lost = append(lost, t)
				from = min(from, t.first)
			}
		}
		e.store.panel[i].stale = 0
	}
	if len(lost) == 0 {
		return
	}
	found := finder{lost: lost}
	start, _ := slices.BinarySearch(e.rows, from)
	if !slices.IsSorted(e.rows) {
		start = 0
	}
	for r := range e.flawedFrom(start) {
		for n := e.store.head(r); n != 0; n = e.store.arena[n].next {
			found.see(&e.store.arena[n].mark, r)
		}
		if len(found.lost) == 0 {
			break
		}
	}
	for _, t := range found.lost {
		t.stale = false
	}
}

// finder matches marks to values whose first row is looked for.
type finder struct {
	lost   []*tally
	byPart map[string][]*tally
	got    int // of lost
}

// few is up to how many values are compared one by one.
const few = 8

// see notes that a row has a mark.
func (f *finder) see(m *mark, r sheet.RowID) {
	candidates := f.lost
	if len(f.lost) > few {
		f.sort()
		candidates = f.byPart[m.part]
	}
	for _, t := range candidates {
		if !t.stale || panelOf[t.code] != panelOf[m.code] || t.part != m.part {
			continue
		}
		t.first, t.code, t.col, t.stale = r, m.code, roster.Column(m.col), false
		if f.got++; f.got == len(f.lost) || len(f.lost) <= few {
			f.lost = slices.DeleteFunc(f.lost, func(t *tally) bool { return !t.stale })
			f.got = 0
			return
		}
	}
}

func (f *finder) sort() {
	if f.byPart != nil {
		return
	}
	f.byPart = make(map[string][]*tally, len(f.lost))
	for _, t := range f.lost {
		f.byPart[t.part] = append(f.byPart[t.part], t)
	}
}
