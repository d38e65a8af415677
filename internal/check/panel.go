package check

import (
	"cmp"
	"iter"
	"slices"

	"rollcall/internal/account"
	"rollcall/internal/roster"
	"rollcall/internal/sheet"
)

// panelOf is, by rule, the rule under which its findings are shown: what is
// missing stands beside what is unknown, where the choice to make is the same.
var panelOf = func() []uint8 {
	of := make([]uint8, len(codes))
	for i := range codes {
		of[i] = uint8(i)
	}
	of[codeIndex[StatusEmpty]] = codeIndex[StatusUnknown]
	return of
}()

// Groups lists the findings by rule and value, for the problems panel: errors
// first, in a fixed order of rules. It costs little, however many findings there
// are. The list is the same until the next change.
func (e *Engine) Groups() []Group {
	if e.groups != nil && e.groupsAt == e.revision {
		return e.groups
	}
	e.findFirsts()
	e.groups = make([]Group, 0, len(codes))
	for i := range e.store.panel {
		p := &e.store.panel[i]
		if p.count == 0 {
			continue
		}
		if p.short() {
			e.recount(uint8(i))
		}
		if p.shown == nil {
			p.shown = e.group(uint8(i), p)
		}
		g := *p.shown
		g.Values = slices.Clone(g.Values)
		e.groups = append(e.groups, g)
	}
	slices.SortStableFunc(e.groups, func(a, b Group) int { return cmp.Compare(b.Severity, a.Severity) })
	clear(e.judged)
	e.groupsAt = e.revision
	return e.groups
}

// flawed runs through the rows that have findings, in order.
func (e *Engine) flawed() iter.Seq[sheet.RowID] { return e.flawedFrom(0) }

// flawedFrom leaves out the first rows of those that Run was given.
func (e *Engine) flawedFrom(start int) iter.Seq[sheet.RowID] {
	return func(yield func(sheet.RowID) bool) {
		for _, rows := range [][]sheet.RowID{e.rows[start:], e.inserted} {
			for _, r := range rows {
				if e.store.head(r) != 0 && !yield(r) {
					return
				}
			}
		}
	}
}

// group makes what is shown of a rule.
func (e *Engine) group(code uint8, p *panelGroup) *Group {
	g := &Group{Code: codes[code].code, Title: codes[code].title, Severity: p.severity(), Count: p.count, Certain: p.certain}
	tallies := make([]*tally, 0, len(p.values))
	for _, t := range p.values {
		tallies = append(tallies, t)
	}
	slices.SortFunc(tallies, func(a, b *tally) int {
		return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.part, b.part))
	})
	g.MoreValues = p.more + max(0, len(tallies)-MaxValues)
	tallies = tallies[:min(len(tallies), MaxValues)]
	clusters := cluster(tallies)
	for i, t := range tallies {
		v := e.value(t)
		v.Cluster = clusters[i]
		g.Values = append(g.Values, v)
	}
	slices.SortStableFunc(g.Values, func(a, b ValueGroup) int { return cmp.Compare(a.Cluster, b.Cluster) })
	return g
}

// value looks the suggestion and the choices up in the first cell that has the
// value, once.
func (e *Engine) value(t *tally) ValueGroup {
	if t.known {
		t.value.Count = t.count
		return t.value
	}
	v := ValueGroup{Code: codes[t.code].code, Value: t.part, Column: t.col, Count: t.count, First: t.first}
	found := e.judge(t.first, t.col)
	for i := range found {
		if f := &found[i]; f.Code == v.Code && f.Part == t.part {
			v.Suggestion, v.HasSuggestion, v.Certain = f.PartFix, f.HasSuggestion, f.Certain
			v.Choices = f.Choices
			break
		}
	}
	t.value, t.known = v, true
	return v
}

// longCell is from how many bytes on a cell's findings are kept while the panel
// is made: it may be the first of many values.
const longCell = 500

type cellRef struct {
	row sheet.RowID
	col roster.Column
}

// judge finds what is wrong in a cell by itself. The findings are shared until
// the next call.
func (e *Engine) judge(r sheet.RowID, col roster.Column) []Finding {
	text := e.view.Text(r, col)
	if found, ok := e.judged[cellRef{r, col}]; ok {
		return found
	}
	e.full.begin(&e.view, r)
	e.full.cell(col, text)
	if len(text) < longCell {
		return e.full.findings
	}
	found := slices.Clone(e.full.findings)
	e.judged[cellRef{r, col}] = found
	return found
}

// cluster numbers values so that those that differ only in case, spaces,
// accents or a letter or two share a number. The tallies come most frequent
// first, and so do the clusters.
func cluster(tallies []*tally) []int {
	const closely = 200 // comparing each with each is for a screenful
	numbers := make([]int, len(tallies))
	byFold := make(map[string]int)
	var keys []string // of each cluster's first value
	for i, t := range tallies {
		key := t.key()
		n, ok := byFold[key]
		if !ok {
			n = len(keys)
			if len(keys) < closely {
				for k, other := range keys {
					if len(key) >= 4 && len(other) >= 4 && oneSlip(key, other) {
						n = k
						break
					}
				}
			}
			if n == len(keys) {
				keys = append(keys, key)
			}
			byFold[key] = n
		}
		numbers[i] = n
	}
	return numbers
}

// Choices lists the valid values of a column: statuses, roles, the account's
// groups with none first, its enabled sources.
func (e *Engine) Choices(c roster.Column) []string {
	switch c {
	case roster.Status:
		return statuses()
	case roster.Role:
		return account.Roles()
	case roster.Groups:
		return append([]string{roster.NoGroup}, e.rules.groupNames...)
	case roster.Sources:
		return slices.Clone(e.rules.enabled)
	}
	return nil
}
