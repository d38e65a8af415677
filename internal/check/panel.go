package check

import (
	"cmp"
	"iter"
	"slices"

	"rollcall/internal/account"
	"rollcall/internal/roster"
	"rollcall/internal/sheet"
)

// panelOf is the rule under which a rule's findings are shown: what is missing
// stands beside what is unknown, where the choice to make is the same.
func panelOf(code uint8) uint8 {
	if code == codeIndex[StatusEmpty] {
		return codeIndex[StatusUnknown]
	}
	return code
}

// tally counts one value under one rule.
type tally struct {
	code    uint8
	col     roster.Column
	part    string
	count   int
	certain int
	sev     Severity
	first   sheet.RowID
}

// group is a rule's tallies while they are counted.
type panelGroup struct {
	count, certain, more int
	sev                  Severity
	values               map[string]*tally
}

// trackedValues bounds the distinct values counted under a rule; e-mails and
// names of a large file are nearly all distinct.
const trackedValues = 4 * MaxValues

// Groups lists the findings by rule and value, for the problems panel: errors
// first, in a fixed order of rules. The slice is shared until the next change
// and must not be changed.
func (e *Engine) Groups() []Group {
	if e.groups != nil && e.groupsAt == e.revision {
		return e.groups
	}
	panel := make([]panelGroup, len(codes))
	for r := range e.flawed() {
		for n := e.store.head(r); n != 0; n = e.store.arena[n].next {
			panel[panelOf(e.store.arena[n].code)].add(&e.store.arena[n].mark, r)
		}
	}
	e.groups = e.groups[:0:0]
	for i := range panel {
		if panel[i].count > 0 {
			e.groups = append(e.groups, e.group(uint8(i), &panel[i]))
		}
	}
	slices.SortStableFunc(e.groups, func(a, b Group) int { return cmp.Compare(b.Severity, a.Severity) })
	if e.groups == nil {
		e.groups = []Group{}
	}
	e.groupsAt = e.revision
	return e.groups
}

// flawed runs through the rows that have findings, in order.
func (e *Engine) flawed() iter.Seq[sheet.RowID] {
	return func(yield func(sheet.RowID) bool) {
		for _, rows := range [][]sheet.RowID{e.rows, e.inserted} {
			for _, r := range rows {
				if e.store.head(r) != 0 && !yield(r) {
					return
				}
			}
		}
	}
}

func (g *panelGroup) add(m *mark, r sheet.RowID) {
	g.count++
	g.sev = max(g.sev, m.sev)
	if m.certain {
		g.certain++
	}
	t, ok := g.values[m.part]
	if !ok {
		if len(g.values) >= trackedValues {
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
	t.sev = max(t.sev, m.sev)
	if m.certain {
		t.certain++
	}
}

func (e *Engine) group(code uint8, p *panelGroup) Group {
	g := Group{Code: codes[code].code, Title: codes[code].title, Severity: p.sev, Count: p.count, Certain: p.certain}
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
// value.
func (e *Engine) value(t *tally) ValueGroup {
	v := ValueGroup{Code: codes[t.code].code, Value: t.part, Column: t.col, Count: t.count, First: t.first}
	e.full.begin(&e.view, t.first)
	e.full.cell(t.col, e.view.Text(t.first, t.col))
	for i := range e.full.findings {
		if f := &e.full.findings[i]; f.Code == v.Code && f.Part == t.part {
			v.Suggestion, v.HasSuggestion, v.Certain = f.PartFix, f.HasSuggestion, f.Certain
			v.Choices = f.Choices
			break
		}
	}
	return v
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
		key := roster.Fold(t.part)
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

// RowsWith lists the rows that have a finding of the rule with the value
// (ValueGroup.Value), in order; "" as code's value is a value like any other.
func (e *Engine) RowsWith(code Code, value string) (rows []sheet.RowID) {
	i, ok := codeIndex[code]
	if !ok {
		return nil
	}
	for r := range e.flawed() {
		for n := e.store.head(r); n != 0; n = e.store.arena[n].next {
			if m := &e.store.arena[n].mark; m.code == i && m.part == value {
				rows = append(rows, r)
				break
			}
		}
	}
	return rows
}

// RowsOf lists the rows that have a finding of the rule, in order.
func (e *Engine) RowsOf(code Code) (rows []sheet.RowID) {
	i, ok := codeIndex[code]
	if !ok {
		return nil
	}
	for r := range e.flawed() {
		for n := e.store.head(r); n != 0; n = e.store.arena[n].next {
			if panelOf(e.store.arena[n].code) == i || e.store.arena[n].code == i {
				rows = append(rows, r)
				break
			}
		}
	}
	return rows
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
