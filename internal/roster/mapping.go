package roster

import "slices"

// MatchKind says how a template column gets its text from the file.
type MatchKind string

// The ways to get a column's text.
const (
	// None: the column is not matched; its cells are empty until edited.
	None MatchKind = ""
	// Direct: one column of the file.
	Direct MatchKind = "direct"
	// Joined: several columns with a space between them, blank ones left out
	// (first and last name).
	Joined MatchKind = "joined"
	// Fixed: the same text in every row.
	Fixed MatchKind = "fixed"
	// PerSource: one column per source, written as source:identifier.
	PerSource MatchKind = "perSource"
	// Several: several columns with a comma between them, blank ones left out
	// (Group1, Group2).
	Several MatchKind = "several"
	// Inverted: one column that says the opposite ("Block sign in"); its values
	// are matched in Mapping.Values.
	Inverted MatchKind = "inverted"
	// Split: one column of the file that serves two of the template (Slack's
	// status holds role and status); its values are matched in Mapping.Values.
	Split MatchKind = "split"
)

// Match is how one template column gets its text.
type Match struct {
	Kind MatchKind `json:"kind,omitempty"`
	// Cols are the file's columns, from 0.
	Cols []int `json:"cols,omitempty"`
	// Fixed is the text of a Fixed match.
	Fixed string `json:"fixed,omitempty"`
	// Sources names, for each of Cols in a PerSource match, the source; "" is a
	// column that holds source:identifier already.
	Sources []string `json:"sources,omitempty"`
	// How is why: one of the How… words.
	How string `json:"how,omitempty"`
	// Certain says that there is nothing to ask about this column.
	Certain bool `json:"certain,omitempty"`
	// Others are columns of the file that could be meant as well.
	Others []int `json:"others,omitempty"`
}

// Why a column was matched.
const (
	HowHeader  = "header"  // the template's own header
	HowSynonym = "synonym" // a header that means the same
	HowSource  = "source"  // the name of a source
	HowNear    = "near"    // a header that is nearly one of these
	HowContent = "content" // what stands in the column
	HowTwice   = "twice"   // several columns could be meant
	HowChosen  = "chosen"  // by the user
)

// Mapping is how a file's columns and values become the template's. It is plain
// data: as JSON it is remembered per set of headers (Fingerprint) and account.
type Mapping struct {
	Columns [NumColumns]Match `json:"columns"`
	// Values matches, per template column, a value of the file to the
	// template's. A value that is not there stays as it is, for the checks to
	// judge.
	Values [NumColumns]map[string]string `json:"values"`
	// Unused are the file's columns that no template column uses. They stay in
	// the file.
	Unused []int `json:"unused,omitempty"`
	// Certain says that every column the file must have was recognised for
	// certain and no value is left to match: there is nothing to ask.
	Certain bool `json:"certain,omitempty"`
}

// Value is the template's value for one of the file's in a column, "" where it
// stays as it is: by its exact spelling, which a person may have decided on, else
// without regard to letter case and blanks around it.
func (m *Mapping) Value(c Column, text string) string {
	values := m.Values[c]
	if len(values) == 0 {
		return ""
	}
	if to, ok := values[text]; ok {
		return to
	}
	return values[valueKey(text)]
}

// Exact is the mapping of a file that has exactly the template's columns.
func Exact() Mapping {
	var m Mapping
	for c := range m.Columns {
		m.Columns[c] = Match{Kind: Direct, Cols: []int{c}, How: HowHeader, Certain: true}
	}
	m.Certain = true
	return m
}

// OnlyCertain is the mapping without the matches that a person has not
// confirmed: what a tool may use that cannot ask.
func (m Mapping) OnlyCertain() Mapping {
	used := make(map[int]bool)
	for c := range m.Columns {
		if !m.Columns[c].Certain {
			for _, col := range m.Columns[c].Cols {
				used[col] = true
			}
			m.Columns[c] = Match{}
			m.Values[c] = nil
		}
	}
	for c := range m.Columns {
		for _, col := range m.Columns[c].Cols {
			delete(used, col)
		}
	}
	m.Unused = append([]int(nil), m.Unused...)
	for col := range used {
		m.Unused = append(m.Unused, col)
	}
	slices.Sort(m.Unused)
	return m
}

// FactsColumns is facts.columns of check --json: per template header the file's
// header, several of them as a list, a fixed value as {"fixed": value}, or nil.
func (m Mapping) FactsColumns(header []string) map[string]any {
	facts := make(map[string]any, NumColumns)
	for c := range m.Columns {
		facts[Column(c).Header()] = m.Columns[c].fact(header)
	}
	return facts
}

func (m Match) fact(header []string) any {
	switch {
	case m.Kind == None:
		return nil
	case m.Kind == Fixed:
		return map[string]string{"fixed": m.Fixed}
	case len(m.Cols) == 1:
		return headerAt(header, m.Cols[0])
	}
	names := make([]string, len(m.Cols))
	for i, col := range m.Cols {
		names[i] = headerAt(header, col)
	}
	return names
}
