package columns

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rollcall/internal/roster"
	"rollcall/ui/look"
	"rollcall/ui/watch"
	"rollcall/ui/words"
)

// row is one line of the table: what the import needs, and where it is.
type row struct {
	choice *look.Button
	first  *look.Spans
	state  *look.Button
	text   string // of the state
}

// tableRow is how high a line of the table is in canvas units.
const tableRow float32 = 44

// buildTable makes the table with its lines.
func (s *Screen) buildTable() fyne.CanvasObject {
	line := func(cells ...fyne.CanvasObject) *fyne.Container { return container.New(&tableLayout{}, cells...) }
	head := func(text string) fyne.CanvasObject { return look.NewHeading(text).Cut() }
	lines := []fyne.CanvasObject{container.NewStack(look.NewBox(look.ColorHeaderRow, "", 0),
		look.Fixed(0, 32, line(head("The import needs"), head("Column in your file"), head("First values"), head(""))))}
	for _, c := range roster.Columns() {
		r := &row{first: look.NewQuiet("").Cut()}
		r.choice = look.NewDropDown("", nil).Leading()
		r.choice.OnTapped = watch.Wrap("button columns.match", func() { s.chooseColumn(c) })
		r.choice.SetLabel(c.Header() + ": column in your file")
		r.state = look.NewButton("", watch.Wrap("button columns.state", func() { s.showState(c) })).Flat().Leading()
		s.rows[c] = r
		name := look.NewSpans(look.TextBody, look.Span{Text: c.Header()})
		if c == roster.Name || c == roster.Email {
			name.Set(look.Span{Text: c.Header() + " "}, look.Span{Text: "*", Color: look.ColorErrorText, Bold: true})
			name.SetToolTip("Every user needs it")
		}
		lines = append(lines, look.Fixed(0, 1, look.NewBox(look.ColorGridLine, "", 0)),
			look.Fixed(0, tableRow, line(name.Cut(), r.choice, r.first, r.state)))
	}
	var edges []fyne.CanvasObject
	for range tableColumns(0)[1:] {
		edges = append(edges, look.NewBox(look.ColorGridLine, "", 0))
	}
	return look.TableCard(container.NewStack(look.Column(0, lines...), container.New(tableEdges{}, edges...)))
}

// show fills a line.
func (r *row) show(s *Screen, c roster.Column) {
	r.choice.SetText(s.chosenText(c))
	r.first.SetText(s.firstText(c))
	text, color := s.stateOf(c)
	r.text = text
	r.state.SetText(text)
	r.state.SetTextColor(color)
}

// shownValues is how many of a column's first values are shown.
const shownValues = 3

// firstText shows the first values of a column.
func (s *Screen) firstText(c roster.Column) string {
	values := s.firstValues(c)
	if len(values) > 0 && !slices.ContainsFunc(values, func(v string) bool { return !roster.Blank(v) }) {
		return "nothing in the first rows"
	}
	return strings.Join(values, " · ")
}

func (s *Screen) firstValues(c roster.Column) []string {
	m := s.mapping.Columns[c]
	if m.Kind == roster.None {
		return nil
	}
	if len(m.Cols) != 1 { // joined, or the same in every row
		return s.doc.FirstValues(c, shownValues)
	}
	return s.doc.FileTexts(m.Cols[0], shownValues)
}

// chosenText names the match in the drop-down.
func (s *Screen) chosenText(c roster.Column) string {
	m, header := s.mapping.Columns[c], s.doc.Header()
	names := make([]string, len(m.Cols))
	for i, col := range m.Cols {
		names[i] = header[col]
	}
	switch m.Kind {
	case roster.None:
		return "Not in the file"
	case roster.Fixed:
		return "“" + m.Fixed + "” in every row"
	case roster.PerSource:
		for i, source := range m.Sources {
			if source != "" {
				names[i] += " → " + source
			}
		}
		return strings.Join(names, ", ")
	}
	return strings.Join(names, " + ")
}

// stateOf says how sure the match is, and in which colour.
func (s *Screen) stateOf(c roster.Column) (string, fyne.ThemeColorName) {
	m := s.mapping.Columns[c]
	if n := len(s.toMatch(c)); n > 0 {
		return words.Plural(n, "value to match ▸", "values to match ▸"), look.ColorWarningText
	}
	switch {
	case m.Kind == roster.None && (c == roster.Name || c == roster.Email):
		return "Needed: choose one", look.ColorErrorText
	case m.Kind == roster.None && c == roster.Sources:
		return "May be left out", look.ColorQuiet
	case m.Kind == roster.None:
		return "Missing", look.ColorWarningText
	case m.Kind == roster.Fixed:
		return "The same in every row", look.ColorGood
	case !m.Certain:
		return "Is this right?", look.ColorWarningText
	case m.Kind == roster.PerSource && len(m.Sources) == 1:
		return "As source “" + m.Sources[0] + "”", look.ColorGood
	case m.Kind == roster.PerSource:
		return "One column per source", look.ColorGood
	case m.Kind == roster.Joined, m.Kind == roster.Several:
		return "Joined", look.ColorGood
	case m.How == roster.HowChosen:
		return "Chosen", look.ColorGood
	}
	return "Recognised", look.ColorGood
}

func position(col int) string { return strconv.Itoa(col + 1) }

// short is a name as the lists of this screen show it.
func short(text string) string { return words.Short(text, 48) }

// tableLayout puts the four cells of a line at their places.
type tableLayout struct{}

// MinSize is asked for by Fyne.
func (*tableLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(420, 30) }

// Layout is asked for by Fyne.
func (*tableLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	widths := tableColumns(size.Width)
	x := float32(0)
	for i, c := range o {
		h := min(size.Height, c.MinSize().Height)
		left := float32(10)
		if i == 3 {
			left -= 12 // the room that a button has beside its words
		}
		c.Move(fyne.NewPos(x+left, (size.Height-h)/2))
		c.Resize(fyne.NewSize(max(0, widths[i]-left-9), h))
		x += widths[i]
	}
}

// tableColumns are the widths of the table's columns.
func tableColumns(width float32) []float32 {
	name, choice, state := min(250, width*0.2), min(290, width*0.29), min(190, width*0.2)
	return []float32{name, choice, width - name - choice - state, state}
}

// tableEdges lays lines out between the table's columns.
type tableEdges struct{}

// MinSize is asked for by Fyne.
func (tableEdges) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

// Layout is asked for by Fyne.
func (tableEdges) Layout(o []fyne.CanvasObject, size fyne.Size) {
	widths, x := tableColumns(size.Width), float32(0)
	for i, edge := range o {
		x += widths[i]
		edge.Move(fyne.NewPos(x, 0))
		edge.Resize(fyne.NewSize(look.LineWidth, size.Height))
	}
}
