package check

import (
	"strings"

	"rollcall/internal/roster"
	"rollcall/internal/sheet"
)

// maxFixes bounds how many certain fixes are composed in a cell: a list of many
// items may need one each. A monstrous cell, of more than fixBytes over
// maxFixes, gets fewer at a time.
const (
	maxFixes = 500
	fixBytes = 2 << 20
)

// CertainFixes composes all certain suggestions of each cell into one new text,
// in the order of the rows.
func (e *Engine) CertainFixes(view roster.View) (fixes []Fix) {
	for r := range e.flawed() {
		for _, col := range e.certainColumns(r) {
			old := view.Text(r, col)
			if fixed := e.fixed(view, r, col, old); fixed != old {
				fixes = append(fixes, Fix{Row: r, Col: col, Old: old, New: fixed})
			}
		}
	}
	return fixes
}

// certainColumns lists the columns of a row that have a certain fix.
func (e *Engine) certainColumns(r sheet.RowID) (cols []roster.Column) {
	for n := e.store.head(r); n != 0; n = e.store.arena[n].next {
		m := &e.store.arena[n].mark
		if m.certain && (len(cols) == 0 || cols[len(cols)-1] != roster.Column(m.col)) {
			cols = append(cols, roster.Column(m.col))
		}
	}
	return cols
}

// Fixed is a text with every certain fix made: one is made, the text is judged
// again, and so on until there is none left.
func (e *Engine) Fixed(view roster.View, r sheet.RowID, col roster.Column, text string) string {
	return e.fixed(view, r, col, text)
}

func (e *Engine) fixed(view roster.View, r sheet.RowID, col roster.Column, text string) string {
	c := e.full
	for range min(maxFixes, 4+fixBytes/(1+len(text))) {
		c.reset()
		c.own = view.Text(r, roster.Email)
		c.cell(col, text)
		next := text
		for i := range c.findings {
			if f := &c.findings[i]; f.Certain && f.HasSuggestion && f.Suggestion != text {
				next = f.Suggestion
				break
			}
		}
		if next == text {
			return text
		}
		text = next
	}
	return text
}

// FixValue is the new text of every cell that has a finding of the rule with
// the value (ValueGroup.Value), with to in the value's place.
func (e *Engine) FixValue(view roster.View, code Code, value, to string) (fixes []Fix) {
	for _, r := range e.RowsWith(code, value) {
		col := e.columnOf(r, code, value)
		old := view.Text(r, col)
		if fixed := e.replace(col, code, old, value, to); fixed != old {
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
