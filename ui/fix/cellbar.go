package fix

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rollcall/internal/check"
	"rollcall/internal/workbench"
	"rollcall/ui/ask"
	"rollcall/ui/grid"
	"rollcall/ui/look"
	"rollcall/ui/watch"
	"rollcall/ui/words"
)

// cellBar shows the cell in hand: where it is, its whole value to read and
// edit, what is wrong with it, and the suggestion.
type cellBar struct {
	screen  *Screen
	content fyne.CanvasObject
	where   *look.Spans
	entry   *barEntry
	reading *reading
	edge    *look.Box
	message *twoLines
	use     *look.Button
	row     *fyne.Container

	cell       workbench.CellRef
	known      bool // cell is a cell
	value      string
	suggestion string
	setting    bool
}

// barEntry tells when the keyboard comes, and gives its text back when it goes
// elsewhere.
type barEntry struct {
	ask.Entry
	entered, left func()
}

// FocusGained is asked for by Fyne.
func (e *barEntry) FocusGained() {
	e.Entry.FocusGained()
	e.entered()
}

// FocusLost is asked for by Fyne.
func (e *barEntry) FocusLost() {
	e.Entry.FocusLost()
	e.left()
}

func newCellBar(s *Screen) *cellBar {
	b := &cellBar{screen: s, entry: &barEntry{}, reading: newReading()}
	b.where = look.NewSpans(look.TextQuiet).Cut()
	b.entry.Wrapping = fyne.TextWrapOff
	b.entry.ExtendBaseWidget(b.entry)
	b.entry.entered = func() { b.reading.set("", true) }
	b.entry.left = func() { b.commit(); b.reading.set(b.entry.Text, false) }
	b.entry.OnEnter = func() { b.commit(); s.Focus() }
	b.entry.OnEscape = func() { b.set(b.value); b.update(); s.Focus() }
	b.entry.OnChanged = func(text string) { watch.Do("change cellbar.entry", func() { b.changed(text) }) }
	b.edge = look.NewBox("", "", look.RadiusControl)
	b.message = newTwoLines()
	b.use = look.NewButton("", watch.Wrap("button cellbar.use", b.take)).Small()
	b.use.Hide()
	b.row = container.New(&barLayout{message: b.message, grown: s.regrown}, b.where, container.NewStack(b.entry, b.reading.content, b.edge), b.message.content, b.use)
	b.content = look.TopBar(42, b.row)
	return b
}

// update shows the active cell, unless the bar's own field is being typed in.
func (b *cellBar) update() {
	s := b.screen
	cell, ok := workbench.CellRef{}, false
	if s.doc != nil {
		cell, ok = s.at()
		ok = ok && cell.Col < len(s.doc.Columns())
	}
	if b.typingHere() && ok && b.known && cell == b.cell {
		return
	}
	b.cell, b.known = cell, ok
	if !ok {
		b.where.Set()
		b.value = ""
		b.set("")
		b.entry.Disable()
		b.judge(nil)
		return
	}
	b.entry.Enable()
	b.where.Set(look.Span{Text: "Row " + number(s.doc, cell.Row), Bold: true},
		look.Span{Text: " · " + s.doc.Columns()[cell.Col].Title, Color: look.ColorQuiet})
	b.value = s.doc.Text(cell.Row, cell.Col)
	b.set(b.value)
	b.judge(s.doc.Findings(cell.Row, cell.Col))
}

func (b *cellBar) typingHere() bool {
	return b.screen.layer.Window().Canvas().Focused() == fyne.Focusable(b.entry)
}

// manyRows is how many lines of a value of several the field shows at once.
const manyRows = 3

func (b *cellBar) set(text string) {
	if b.entry.Text == text {
		return
	}
	b.setting = true
	if many := strings.Contains(text, "\n"); many != b.entry.MultiLine {
		b.entry.MultiLine = many
		b.entry.SetMinRowsVisible(map[bool]int{true: manyRows, false: 1}[many])
	}
	b.entry.SetText(text)
	b.reading.set(text, b.typingHere())
	b.setting = false
}

// changed judges what is typed into the bar.
func (b *cellBar) changed(text string) {
	if b.setting || !b.known {
		return
	}
	b.judge(b.screen.doc.Live(b.cell.Row, b.cell.Col, text))
}

// typing judges what is typed into the cell; the grid asks at each keystroke.
func (b *cellBar) typing(at grid.Pos, text string) grid.Verdict {
	s := b.screen
	r, ok := s.model.row(at.Row)
	if !ok {
		return grid.Verdict{}
	}
	found := s.doc.Live(r, at.Col, text)
	b.set(text)
	b.judge(found)
	f, ok := worst(found)
	if !ok {
		return grid.Verdict{}
	}
	v := grid.Verdict{State: tint(f.Severity), Message: f.Message}
	if f.HasSuggestion {
		v.Suggestion = f.Suggestion
	}
	return v
}

// worst is the finding to show first: errors before warnings, one with a
// suggestion before one without.
func worst(found []check.Finding) (check.Finding, bool) {
	if len(found) == 0 {
		return check.Finding{}, false
	}
	return slices.MaxFunc(found, func(a, b check.Finding) int {
		if a.Severity != b.Severity {
			return int(a.Severity) - int(b.Severity)
		}
		switch {
		case a.HasSuggestion == b.HasSuggestion:
			return 0
		case a.HasSuggestion:
			return 1
		}
		return -1
	}), true
}

// judge shows findings: the message, its edge and the suggestion.
func (b *cellBar) judge(found []check.Finding) {
	f, ok := worst(found)
	b.suggestion = ""
	if !ok {
		b.message.set("", "")
		b.message.tip("")
		b.edge.SetColors("", "")
		b.use.Hide()
		b.row.Refresh()
		return
	}
	text, edge, color := f.Message, look.ColorErrorEdge, look.ColorErrorText
	if f.Severity == check.Warning {
		edge, color = look.ColorWarningEdge, look.ColorWarningText
	}
	b.message.set(text, color)
	b.message.tip(joinMessages(found))
	b.edge.SetColors("", edge)
	if f.HasSuggestion {
		b.suggestion = f.Suggestion
		b.use.SetText("Use " + words.Short(quoted(f.Suggestion), 24))
		b.use.SetTip("Write " + quoted(f.Suggestion) + " into the cell (Ctrl+Enter while typing)")
		b.use.Show()
	} else {
		b.use.Hide()
	}
	b.row.Refresh()
}

func joinMessages(found []check.Finding) string {
	lines := make([]string, len(found))
	for i, f := range found {
		lines[i] = f.Message
	}
	return strings.Join(lines, "\n")
}

// commit writes what was typed into the bar.
func (b *cellBar) commit() {
	if b.setting || !b.known || b.screen.doc == nil || b.entry.Text == b.value || !b.current() {
		return
	}
	text := b.entry.Text
	b.value = text
	b.screen.doc.Edit("", []workbench.CellEdit{{Row: b.cell.Row, Col: b.cell.Col, Text: text}})
}

// current says that the field's text is meant for the cell: it is not only an
// echo of the editor in the grid.
func (b *cellBar) current() bool {
	return b.screen.doc.Text(b.cell.Row, b.cell.Col) == b.value
}

// take writes the suggestion into the cell.
func (b *cellBar) take() {
	if !b.known || b.suggestion == "" {
		return
	}
	text := b.suggestion
	// What is being typed gives way to the suggestion: one step, not two.
	b.screen.grid.CancelEdit()
	b.value = text
	b.set(text)
	b.screen.doc.Edit("", []workbench.CellEdit{{Row: b.cell.Row, Col: b.cell.Col, Text: text}})
	b.screen.Focus()
}
