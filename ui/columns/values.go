package columns

import (
	"maps"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"rollcall/internal/account"
	"rollcall/internal/roster"
	"rollcall/ui/ask"
	"rollcall/ui/frame"
	"rollcall/ui/look"
	"rollcall/ui/watch"
)

// leave is the choice to decide in the sheet.
const leave = "leave for me to fix"

// valueCard matches the values of one column.
type valueCard struct {
	column  roster.Column
	content fyne.CanvasObject
	values  []roster.ValueCount
	buttons []*look.Button
}

// toMatch lists the values of a column that are to be matched: all of them,
// where the file has words of its own. Under the template's own header they are
// for the checks to judge.
func (s *Screen) toMatch(c roster.Column) []roster.ValueCount {
	m := s.mapping.Columns[c]
	if c != roster.Status && c != roster.Role || len(m.Cols) != 1 || m.How == roster.HowHeader {
		return nil
	}
	found := s.counts[m.Cols[0]]
	if !found.few || len(s.mapping.Values[c]) == 0 && !foreign(c, found.values) {
		return nil
	}
	return found.values
}

// recall proposes what was chosen to be remembered of a value when it was fixed in
// an earlier sheet, once for each document and as a step that can be undone.
func (s *Screen) recall() {
	if s.recalled == s.doc {
		return
	}
	s.recalled = s.doc
	m, learned := s.mapping, false
	for _, c := range []roster.Column{roster.Status, roster.Role} {
		values := maps.Clone(m.Values[c])
		if values == nil {
			values = make(map[string]string)
		}
		for _, v := range s.toMatch(c) {
			to, ok := s.bench.RememberedFix(c, v.Value)
			if _, decided := values[v.Value]; !ok || decided || v.Value == "" || m.Value(c, v.Value) != "" || !slices.Contains(vocabulary(c), to) {
				continue
			}
			values[v.Value], learned = to, true
		}
		if len(values) > 0 {
			m.Values[c] = values
		}
	}
	if learned {
		s.use("match values as before", m)
	}
}

// foreign says whether some value is no word of the template, whatever its
// letter case.
func foreign(c roster.Column, values []roster.ValueCount) bool {
	return slices.ContainsFunc(values, func(v roster.ValueCount) bool { return v.Value != "" && !own(c, v.Value) })
}

// showValues makes a card for each column whose values are to be matched.
func (s *Screen) showValues() {
	s.cards = nil
	var objects []fyne.CanvasObject
	for _, c := range roster.Columns() {
		values := s.toMatch(c)
		if len(values) == 0 {
			continue
		}
		card := s.newValueCard(c, values)
		s.cards = append(s.cards, card)
		objects = append(objects, card.content)
	}
	s.values.Objects = objects
	s.values.Refresh()
}

func (s *Screen) newValueCard(c roster.Column, values []roster.ValueCount) *valueCard {
	card := &valueCard{column: c, values: values}
	var items []fyne.CanvasObject
	for _, v := range values {
		to := s.mapping.Value(c, v.Value)
		shown := to
		if to == "" {
			shown = leave
			if own(c, v.Value) {
				shown = "as it is"
			}
		}
		b := look.NewDropDown(shown, nil).Small()
		b.SetLabel(v.Value + " means " + shown)
		b.OnTapped = watch.Wrap("button columns.value", func() { s.chooseValue(b, c, v.Value) })
		card.buttons = append(card.buttons, b)
		name := v.Value
		if name == "" {
			name = "empty"
		}
		label := look.NewSpans(look.TextBody, look.Span{Text: short(name), Mono: true},
			look.Span{Text: " ×" + look.Count(v.Count) + " →", Color: look.ColorQuiet})
		items = append(items, look.Inset(0, 26, 0, 0, look.Row(4, label, b)))
	}
	title := "Match the values of “" + s.doc.Header()[s.mapping.Columns[c].Cols[0]] + "” to " + c.Header()
	card.content = look.Card(look.Column(10, look.NewHeading(title), frame.Flow(0, s.regrown, items...)))
	return card
}

// own says whether a value is the template's own word, in any letter case.
func own(c roster.Column, value string) bool {
	return slices.ContainsFunc(vocabulary(c), func(w string) bool { return strings.EqualFold(w, value) })
}

func vocabulary(c roster.Column) []string {
	if c == roster.Role {
		return account.Roles()
	}
	return []string{account.StatusActive, account.StatusArchived}
}

func (s *Screen) chooseValue(b *look.Button, c roster.Column, value string) {
	var items []*fyne.MenuItem
	for _, w := range vocabulary(c) {
		items = append(items, ask.MenuItem(w, func() { s.setValue(c, value, w) }))
	}
	items = append(items, fyne.NewMenuItemSeparator(), ask.MenuItem(leave, func() { s.setValue(c, value, "") }))
	s.layer.MenuBelow(b, items...)
}

// showState goes to what the state of a column speaks of: its values, where there
// are any to match, the match that is asked, or the choice of a column.
func (s *Screen) showState(c roster.Column) {
	for _, card := range s.cards {
		if card.column == c {
			s.scroll.ScrollToOffset(fyne.NewPos(0, s.values.Position().Y+card.content.Position().Y))
			return
		}
	}
	if m := s.mapping.Columns[c]; m.Kind != roster.None && !m.Certain {
		s.confirm(c)
		return
	}
	s.chooseColumn(c)
}
