// Package columns lets a person say which column of the file is which, what its
// values mean, and how the file is to be read. What was recognised, and what it
// means for the sheet, is the workbench's.
package columns

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rollcall/internal/roster"
	"rollcall/internal/workbench"
	"rollcall/ui/ask"
	"rollcall/ui/frame"
	"rollcall/ui/look"
	"rollcall/ui/watch"
)

// Actions is what the screen asks of the window.
type Actions struct {
	// Reopen reads the file anew in another way.
	Reopen func(o workbench.OpenOptions)
	// Another opens another file.
	Another func()
	// Continue goes on to the sheet.
	Continue func()
}

// Screen is the columns' screen. It belongs to the user interface's goroutine.
type Screen struct {
	bench *workbench.Bench
	layer *ask.Layer
	do    Actions

	doc          *workbench.Document
	mapping      roster.Mapping
	past, future []choice
	counts       map[int]counted // by column of the file
	pending      int             // counts under way
	recalled     *workbench.Document

	content fyne.CanvasObject
	facts   *factsBar
	found   *fyne.Container
	// foundButtons are the choices behind what was found.
	foundButtons []foundButton
	rows         [roster.NumColumns]*row
	values       *fyne.Container
	cards        []*valueCard
	unused       *look.Paragraph
	scroll       *container.Scroll
	another      *look.Button
	remember     *ask.Check
	goOn         *look.Button
}

// New makes the screen, without a document.
func New(b *workbench.Bench, l *ask.Layer, do Actions) *Screen {
	s := &Screen{bench: b, layer: l, do: do}
	s.facts = newFactsBar(s)
	s.found = container.NewStack()
	s.values = look.Column(look.SpaceCards)
	s.unused = look.NewParagraph("", look.ColorQuiet)
	page := look.Column(look.SpaceCards, s.facts.content, s.found, look.NewHeading("Which column is which?"),
		s.buildTable(), s.values, s.unused)
	s.scroll = container.NewVScroll(look.Page(page))
	s.another = look.NewButton("← Another file", watch.Wrap("button columns.back", func() { s.do.Another() }))
	s.remember = ask.NewCheck("Remember this for files with these columns", nil)
	s.remember.Checked = true
	s.goOn = look.NewPrimary("Continue to the sheet", watch.Wrap("button columns.continue", s.finish))
	foot := look.BottomBar(container.NewBorder(nil, nil, look.Row(10, s.another, s.remember), s.goOn))
	s.content = frame.New(nil, foot, nil, nil, s.scroll)
	return s
}

// Content is what the window shows.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// regrown lays the page out anew: a part of it has another height now.
func (s *Screen) regrown() {
	if s.scroll != nil {
		s.scroll.Refresh()
	}
}

// SetDocument shows the columns of a document.
func (s *Screen) SetDocument(d *workbench.Document) {
	s.doc = d
	if d == nil {
		return
	}
	s.mapping = d.Mapping()
	s.past, s.future = nil, nil
	s.counts = make(map[int]counted)
	s.facts.show(d)
	s.showFound(d)
	s.update()
	s.counting(valueColumns(s.mapping), func() {
		s.update()
		s.recall()
	})
	s.scroll.ScrollToTop()
}

func (s *Screen) update() {
	for c, r := range s.rows {
		r.show(s, roster.Column(c))
	}
	s.showValues()
	s.showUnused()
	s.goOn.Enable()
	s.content.Refresh()
}

// finish keeps the choice, if it is to be kept, and goes on.
func (s *Screen) finish() {
	if s.doc == nil {
		return
	}
	if s.remember.Checked {
		s.keep()
	}
	s.do.Continue()
}

// keep remembers the choice for files with these headers and this account. The
// disk is written to in the background.
func (s *Screen) keep() {
	header, m, profile := s.doc.Header(), s.mapping, ""
	for c := range m.Columns { // all that was in sight was agreed to
		m.Columns[c].Certain = m.Columns[c].Kind != roster.None
	}
	if a := s.bench.Current(); a != nil {
		profile = a.Profile.ID
	}
	workbench.Background(s.bench, func(context.Context, func(workbench.Progress)) (struct{}, error) {
		return struct{}{}, s.bench.Store().RememberMapping(header, profile, m)
	}, nil, func(_ struct{}, err error) { s.layer.Error("The choice could not be remembered", err) })
}

func (s *Screen) showUnused() {
	header := s.doc.Header()
	var names []string
	for _, col := range s.mapping.Unused {
		if col < len(header) {
			names = append(names, header[col])
		}
	}
	if len(names) == 0 {
		s.unused.Hide()
		return
	}
	s.unused.SetText("Not used: " + strings.Join(names, ", ") + ". They stay in your file.")
	s.unused.Show()
}

// set matches a column of the template to columns of the file; none takes the
// match away.
func (s *Screen) set(c roster.Column, cols ...int) {
	positions := make([]string, len(cols))
	for i, col := range cols {
		positions[i] = position(col)
	}
	s.setSpec(c, strings.Join(positions, "+"), nil)
}

// setSources matches the source usernames to columns, each of a source; "" is a
// column that names its sources itself.
func (s *Screen) setSources(cols []int, sources []string) {
	positions := make([]string, len(cols))
	for i, col := range cols {
		positions[i] = position(col)
	}
	s.setSpec(roster.Sources, strings.Join(positions, "+"), func(m *roster.Match) {
		if len(cols) == 1 && sources[0] == "" {
			m.Kind, m.Sources = roster.Direct, nil
			return
		}
		m.Kind, m.Sources = roster.PerSource, sources
	})
}

// setFixed gives every row the same text.
func (s *Screen) setFixed(c roster.Column, text string) { s.setSpec(c, `"`+text+`"`, nil) }

func (s *Screen) setSpec(c roster.Column, spec string, adjust func(*roster.Match)) {
	// Without headers every part of the text is a position.
	m, err := s.mapping.WithColumnOf(c, spec, nil, len(s.doc.Header()))
	if err != nil {
		s.layer.Error("This column cannot be used", err)
		return
	}
	if adjust != nil {
		adjust(&m.Columns[c])
	}
	s.counting(valueColumns(m), func() {
		s.use("choose "+c.Header(), m.WithValues(s.valueSample(), s.doc.Header()))
	})
}

// setValue says what a value of the file means; "" leaves it as it is.
func (s *Screen) setValue(c roster.Column, from, to string) {
	m := s.mapping
	values := make(map[string]string, len(m.Values[c])+1)
	for k, v := range m.Values[c] {
		values[k] = v
	}
	values[from] = to
	m.Values[c] = values
	s.use("match “"+short(from)+"”", m)
}
