package check

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"rollcall/internal/roster"
	"rollcall/internal/sheet"
)

// maxRounds bounds how often a cell is judged again after its certain fixes. Each
// round makes all of those that do not overlap, so that a few are enough.
const maxRounds = 20

// CertainFixes composes all certain suggestions of each cell into one new text,
// in the order of the rows.
func (e *Engine) CertainFixes(view roster.View) (fixes []Fix) {
	return e.certainIn(view, e.flawed(), func(uint8) bool { return true })
}

// CertainFixesIn is CertainFixes for some rows alone, and of one rule alone for a
// code that is not "" ("Trim all").
func (e *Engine) CertainFixesIn(view roster.View, rows []sheet.RowID, code Code) []Fix {
	wanted := codeIndex[code]
	return e.certainIn(view, slices.Values(rows), func(c uint8) bool { return code == "" || c == wanted })
}

func (e *Engine) certainIn(view roster.View, rows iter.Seq[sheet.RowID], wanted func(code uint8) bool) (fixes []Fix) {
	keep := func(f *Finding) bool { return wanted(codeIndex[f.Code]) }
	for r := range rows {
		last := NoColumn
		for n := e.store.head(r); n != 0; n = e.store.arena[n].next {
			m := &e.store.arena[n].mark
			col := roster.Column(m.col)
			if !m.certain || col == last || !wanted(m.code) {
				continue
			}
			last = col
			old := view.Text(r, col)
			if fixed := e.mend(view, r, col, old, keep); fixed != old {
				fixes = append(fixes, Fix{Row: r, Col: col, Old: old, New: fixed})
			}
		}
	}
	return fixes
}

// Fixed is a text with every certain fix made.
func (e *Engine) Fixed(view roster.View, r sheet.RowID, col roster.Column, text string) string {
	return e.mend(view, r, col, text, func(*Finding) bool { return true })
}

// mend makes the certain fixes that keep takes: those that there are, then the
// text is judged again, and so on until there is none left.
func (e *Engine) mend(view roster.View, r sheet.RowID, col roster.Column, text string, keep func(*Finding) bool) string {
	c := e.mender
	for range maxRounds {
		c.begin(&view, r)
		c.cell(col, text)
		next := mended(text, c.findings, keep)
		if next == text {
			break
		}
		text = next
	}
	return text
}

// mended makes the fixes of findings at once: one that is for the whole cell, or
// all those for pieces that do not overlap.
func mended(text string, found []Finding, keep func(*Finding) bool) string {
	var pieces []*Finding
	for i := range found {
		f := &found[i]
		switch {
		case !f.HasSuggestion || !keep(f):
		case f.piece:
			pieces = append(pieces, f)
		case f.Suggestion != text:
			return f.Suggestion
		}
	}
	slices.SortStableFunc(pieces, func(a, b *Finding) int { return cmp.Compare(a.from, b.from) })
	var b strings.Builder
	end := 0
	for _, f := range pieces {
		if f.from < end {
			continue
		}
		b.WriteString(text[end:f.from])
		b.WriteString(f.with)
		end = f.to
	}
	b.WriteString(text[end:])
	return b.String()
}

// FixValue is the new text of every cell that has a finding of the rule with
// the value (ValueGroup.Value), with to in the value's place. What is listed
// twice is listed once then, whatever to is.
func (e *Engine) FixValue(view roster.View, code Code, value, to string) (fixes []Fix) {
	for _, r := range e.RowsWith(code, value) {
		col := e.columnOf(r, code, value)
		old := view.Text(r, col)
		fixed := ""
		switch code {
		case GroupRepeated, IdentifierRepeated:
			fixed = e.mend(view, r, col, old, func(f *Finding) bool { return f.Code == code && f.Part == value })
		default:
			fixed = e.replace(col, code, old, value, to)
		}
		if fixed != old {
			fixes = append(fixes, Fix{Row: r, Col: col, Old: old, New: fixed})
		}
	}
	return fixes
}

func (e *Engine) columnOf(r sheet.RowID, code Code, value string) roster.Column {
	for n := e.store.head(r); n != 0; n = e.store.arena[n].next {
		if m := &e.store.arena[n].mark; m.code == codeIndex[code] && m.part == value {
			return roster.Column(m.col)
		}
	}
	return NoColumn
}

// replace puts to in the place of a value: of the whole cell, or of each item
// of a list, or half an item, that is the value.
func (e *Engine) replace(col roster.Column, code Code, text, value, to string) string {
	if roster.Tidy(text) == value || text == value || value == "" {
		return to
	}
	var tokens []roster.Token
	switch col {
	case roster.Groups:
		tokens = roster.SplitGroups(text, e.rules.dir)
	case roster.Sources:
		tokens = roster.SplitSources(text, e.rules.dir)
	default:
		return to
	}
	var b strings.Builder
	from := 0
	put := func(start, end int) {
		b.WriteString(text[from:start])
		b.WriteString(to)
		from = end
	}
	for _, t := range tokens {
		name := ""
		if t.Colon >= 0 {
			name = roster.TrimSpace(text[t.Start:t.Colon])
		}
		switch {
		case t.Text == value || text[t.Start:t.End] == value:
			put(t.Start, t.End)
		case name == value && (code == SourceUnknown || code == SourceDisabled || code == SourceCase):
			put(t.Start, t.Start+len(name))
		default:
			if at := strings.Index(text[t.Start:t.End], value); at >= 0 && code == GroupUnknown {
				put(t.Start+at, t.Start+at+len(value))
			}
		}
	}
	b.WriteString(text[from:])
	return b.String()
}
