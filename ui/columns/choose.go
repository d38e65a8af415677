package columns

import (
	"slices"
	"strings"

	"rollcall/internal/account"
	"rollcall/internal/roster"
	"rollcall/ui/ask"
)

// chooseColumn opens the drop-down of a line.
func (s *Screen) chooseColumn(c roster.Column) {
	var columns, others []option
	for col, name := range s.doc.Header() {
		columns = append(columns, option{short(name), func() { s.chosenColumn(c, col) }})
	}
	if len(s.doc.Header()) > 1 {
		others = append(others, option{"Several columns together…", func() { s.chooseSeveral(c) }})
	}
	if c != roster.Email && c != roster.Name && c != roster.Sources {
		others = append(others, option{"The same in every row…", func() { s.chooseFixed(c) }})
	}
	others = append(others, option{"Not in the file", func() { s.set(c) }})
	s.offer(s.rows[c].choice, "Which column is “"+c.Header()+"”?", columns, others)
}

func (s *Screen) chosenColumn(c roster.Column, col int) {
	if c != roster.Sources {
		s.set(c, col)
		return
	}
	s.chooseSource(col, func(source string) { s.setSources([]int{col}, []string{source}) })
}

// chooseSource asks what a column of identifiers belongs to, where it does not
// say so itself.
func (s *Screen) chooseSource(col int, chosen func(source string)) {
	name := s.doc.Header()[col]
	if s.namesSources(col) {
		chosen("")
		return
	}
	s.layer.Choose(ask.Choice{
		Title: "Which source is “" + short(name) + "” of?", Text: "Its values are written as source:identifier.",
		Options: s.sourceNames(name), OK: "Use it", Free: true,
	}, chosen)
}

// sourceNames are the account's enabled sources, or the platforms that are known
// here where the account tells none; what a header names stands first.
func (s *Screen) sourceNames(header string) []string {
	var names []string
	first := ""
	if dir := s.bench.Directory(); dir != nil && !dir.NoSources {
		for _, source := range dir.Sources {
			if source.Enabled {
				names = append(names, source.Name)
			}
		}
		if source, called := roster.SourceByAnyName(header, dir); called != roster.NotCalled {
			first = source.Name
		}
	} else {
		names = roster.Platforms()
		if k := roster.KindOf(header); k != nil {
			first = k.Name
		}
	}
	if i := slices.Index(names, first); i > 0 {
		names = append([]string{first}, slices.Delete(names, i, i+1)...)
	}
	return names
}

// namesSources says whether the values of a column look like source:identifier;
// of an empty one its header decides.
func (s *Screen) namesSources(col int) bool {
	for _, text := range s.doc.FileTexts(col, 200) {
		if text = strings.TrimSpace(text); text != "" {
			return strings.Contains(text, ":")
		}
	}
	c, ok := roster.ColumnOf(s.doc.Header()[col])
	return ok && c == roster.Sources
}

// chooseFixed asks for the text that every row gets.
func (s *Screen) chooseFixed(c roster.Column) {
	options := []string{}
	switch c {
	case roster.Status:
		options = []string{account.StatusActive, account.StatusArchived}
	case roster.Role:
		options = account.Roles()
	case roster.Groups:
		options = append(options, roster.NoGroup)
		if dir := s.bench.Directory(); dir != nil {
			options = append(account.GroupNames(dir.Groups), roster.NoGroup)
		}
	}
	text := ""
	if c == roster.Groups {
		text = "Several groups are separated by commas."
	}
	s.layer.Choose(ask.Choice{Title: c.Header() + " in every row", Text: text, Options: options, OK: "Use it", Free: true},
		func(text string) { s.setFixed(c, text) })
}

// confirm asks about a match that is not certain, under what says so.
func (s *Screen) confirm(c roster.Column) {
	s.layer.MenuBelow(s.rows[c].state,
		ask.MenuItem("Yes, this is right", func() {
			m := s.mapping
			m.Columns[c].How, m.Columns[c].Certain = roster.HowChosen, true
			s.use("choose "+c.Header(), m)
		}),
		ask.MenuItem("No, choose another…", func() { s.chooseColumn(c) }))
}
