package roster

import (
	"sort"
	"strings"

	"rollcall/internal/account"
)

// Sample is the data rows that a recognition may look at; row 0 is the first
// data row. A few hundred are enough.
type Sample struct {
	Rows int
	Text func(row, col int) string
}

// sampleRows bounds how many rows are looked at.
const sampleRows = 300

func (s Sample) rows() int {
	if s.Text == nil {
		return 0
	}
	return min(s.Rows, sampleRows)
}

// ValueCount is a distinct value of a column, and how often it stands there.
type ValueCount struct {
	Value string
	Count int
}

// ValuesOf counts the distinct values of a file's column over all rows of the
// sample, the most frequent first; ok is false where there are more than limit.
func ValuesOf(s Sample, col, limit int) (values []ValueCount, ok bool) {
	counts := make(map[string]int)
	for r := 0; r < s.Rows; r++ {
		text := TrimSpace(s.Text(r, col))
		counts[text]++
		if len(counts) > limit {
			return nil, false
		}
	}
	for v, n := range counts {
		values = append(values, ValueCount{v, n})
	}
	sort.Slice(values, func(i, j int) bool {
		if values[i].Count != values[j].Count {
			return values[i].Count > values[j].Count
		}
		return values[i].Value < values[j].Value
	})
	return values, true
}

// distinct lists the values of a column over all rows of the sample, up to
// manyValues of them.
func (s Sample) distinct(col int) map[string]int {
	found := make(map[string]int)
	for r := 0; s.Text != nil && r < s.Rows; r++ {
		text := Tidy(s.Text(r, col))
		if _, ok := found[text]; ok || text != "" && len(found) < manyValues {
			found[text]++
		}
	}
	return found
}

// profile is what stands in a column of the file, as shares of its filled
// cells.
type profile struct {
	filled                             int
	mails, statuses, roles, groups, id int
	spaced                             int // values of two words and more
	booleans                           int
	distinct                           map[string]int // nil where there are many
}

const manyValues = 40

func (s Sample) profile(col int, dir *account.Directory) profile {
	p := profile{distinct: make(map[string]int)}
	known := make(map[string]likeness)
	for r := 0; r < s.rows(); r++ {
		text := Tidy(s.Text(r, col))
		if text == "" {
			continue
		}
		l, met := known[text]
		if !met {
			l = likenessOf(text, dir)
			known[text] = l
		}
		p.count(text, l)
	}
	return p
}

// likeness is what a value looks like.
type likeness struct{ mail, status, role, group, id, spaced, boolean bool }

func likenessOf(text string, dir *account.Directory) (l likeness) {
	if l.mail = looksLikeMail(text); !l.mail { // no address is a word as well
		_, _, l.status = StatusOf(text)
		_, _, l.role = RoleOf(text)
		_, l.boolean = boolean(text)
	}
	l.spaced = strings.IndexByte(text, ' ') > 0
	l.group = dir != nil && !dir.NoGroups && allKnown(SplitGroups(text, dir))
	at := strings.IndexByte(text, ':')
	l.id = at > 0 && (KindOf(text[:at]) != nil || dir != nil && knowsSource(dir, text[:at]))
	return l
}

func (p *profile) count(text string, l likeness) {
	for _, c := range []struct {
		is bool
		n  *int
	}{{true, &p.filled}, {l.mail, &p.mails}, {l.status, &p.statuses}, {l.role, &p.roles}, {l.group, &p.groups},
		{l.id, &p.id}, {l.spaced, &p.spaced}, {l.boolean, &p.booleans}} {
		if c.is {
			*c.n++
		}
	}
	if p.distinct != nil {
		p.distinct[text]++
		if len(p.distinct) > manyValues {
			p.distinct = nil
		}
	}
}

func knowsSource(dir *account.Directory, name string) bool {
	_, ok := dir.Source(name)
	return ok
}

func allKnown(tokens []Token) bool {
	for _, t := range tokens {
		if !t.Known && !strings.EqualFold(t.Text, NoGroup) {
			return false
		}
	}
	return true
}

// most says whether n is nearly all of the filled cells.
func (p *profile) most(n int) bool { return p.filled > 0 && n*10 >= p.filled*8 }

// boolean reads a yes or no.
func boolean(text string) (yes, ok bool) {
	switch strings.ToLower(text) {
	case "yes", "y", "true", "1", "ja", "oui", "si", "sí", "sì", "sim", "tak", "да", "wahr", "vrai", "verdadero", "vero":
		return true, true
	case "no", "n", "false", "0", "nein", "non", "não", "nao", "nie", "нет", "falsch", "faux", "falso", "nee":
		return false, true
	}
	return false, false
}
