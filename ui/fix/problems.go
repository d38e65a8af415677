package fix

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"rollcall/internal/check"
	"rollcall/internal/sheet"
	"rollcall/internal/workbench"
	"rollcall/ui/frame"
	"rollcall/ui/look"
	"rollcall/ui/places"
	"rollcall/ui/watch"
	"rollcall/ui/words"
)

// firstValues is how many values of a rule are listed until more are asked for.
const firstValues = 8

// problems is the panel of findings by rule and by value, with their fixes.
type problems struct {
	screen  *Screen
	content fyne.CanvasObject
	counts  *look.Spans
	list    *lines
	keys    *problemKeys
	all     *look.Button
	empty   *fyne.Container
	fine    *look.Spans
	note    *look.Paragraph
	noteBox *fyne.Container

	items    []item
	only     *narrowed          // what the rows are narrowed to, nil for nothing from here
	expanded map[check.Code]int // how many values are listed
	certain  int
}

// item is one line of the panel.
type item struct {
	kind  int
	group *check.Group
	value *check.ValueGroup // nil for the rule's own lines
	text  string            // of a line without a value
	show  func()            // shows only the rows, or all again; nil for a line without rows
	on    bool              // only the rows of this line are shown
	do    string            // the button's words, "" for none
	act   func()
	more  func() // chooses anew where a remembered fix is offered; nil elsewhere
	tip   string
	first bool // the first rule: no line above
}

// The kinds of lines.
const (
	headLine = iota
	valueLine
	padLine
)

func newProblems(s *Screen) *problems {
	p := &problems{screen: s, expanded: map[check.Code]int{}}
	p.counts = look.NewQuiet("")
	p.list = newLines(
		func(i int) int { return p.items[i].kind },
		func(i int) float32 { return heights[p.items[i].kind] },
		p.make, func(l line, i int) { p.fill(l, p.items[i], p.keys.edge(i)) })
	p.keys = newProblemKeys(p)
	p.all = look.NewButton("", watch.Wrap("button problems.fixall", func() { s.fixCertain() }))
	p.fine = look.NewSmall("")
	p.empty = container.NewCenter(look.Column(8,
		container.NewCenter(look.NewIcon(look.IconCheck(), look.ColorGood, 28)),
		container.NewCenter(look.NewText("No problems")),
		container.NewCenter(p.fine)))
	p.note = look.NewParagraph("", look.ColorQuiet)
	p.noteBox = look.Inset(8, look.SpaceCards, 8, look.SpaceCards, p.note)
	head := look.TopBar(39, container.NewBorder(nil, nil, look.NewHeading("Problems"), p.counts, layout.NewSpacer()))
	foot := look.Column(0, look.Line(), p.noteBox, look.Inset(12, look.SpaceCards, 12, look.SpaceCards, p.all))
	body := frame.New(head, foot, nil, nil, container.NewStack(p.keys, p.empty))
	p.content = look.Surface(frame.New(nil, nil, look.Line(), nil, body))
	return p
}

var heights = [...]float32{headLine: 28, valueLine: 28, padLine: 6}

// update lists the findings anew.
func (p *problems) update() {
	d := p.screen.doc
	p.items = nil
	if d == nil {
		p.list.set(0)
		return
	}
	c := d.Counts()
	p.counts.SetText(words.Plural(c.Errors, "error", "errors") + " · " + words.Plural(c.Warnings, "warning", "warnings"))
	if d.Checking() {
		p.counts.SetText("Checking…")
	}
	p.certain = 0
	groups := d.Problems()
	for i := range groups {
		p.addGroup(d, &groups[i], i == 0)
		p.certain += groups[i].Certain
	}
	p.list.set(len(p.items))
	p.showEmpty(len(p.items) == 0 && !d.Checking())
	p.showNote(d)
	switch {
	case p.certain == 0:
		p.all.SetText("Fix the ones that are certain")
		p.all.DisableWith("No problem has a fix that is certain. Choose a fix for each value above.")
	default:
		p.all.SetText(fmt.Sprintf("Fix the %s that are certain", look.Count(p.certain)))
		if p.certain == 1 {
			p.all.SetText("Fix the one that is certain")
		}
		p.all.SetTip("Lists what will change before anything is changed")
		p.all.Enable()
	}
}

func (p *problems) showEmpty(empty bool) {
	if empty {
		p.empty.Show()
	} else {
		p.empty.Hide()
	}
}

// showNote tells what was not checked and why.
func (p *problems) showNote(d *workbench.Document) {
	codes := d.NotChecked()
	p.fine.SetText("Every row can be imported.")
	if len(codes) > 0 {
		p.fine.SetText("None in what could be checked.")
	}
	if len(codes) == 0 {
		p.noteBox.Hide()
		return
	}
	text := "Not checked: groups, sources and existing users, since no account is chosen."
	if p.screen.bench.Current() != nil {
		text = "Not checked, since the account does not show what it would need: " + codeNames(codes) + "."
	}
	p.note.SetText(text)
	p.noteBox.Show()
}

func codeNames(codes []check.Code) string {
	names := make([]string, len(codes))
	for i, c := range codes {
		names[i] = strings.ReplaceAll(string(c), "-", " ")
	}
	return strings.Join(names, ", ")
}

// addGroup lists one rule.
func (p *problems) addGroup(d *workbench.Document, g *check.Group, first bool) {
	head := item{kind: headLine, group: g, first: first}
	if g.Code != check.ColumnMissing && g.Code != check.RowsTooMany {
		head.show, head.on = func() { p.toggle(g, nil) }, p.narrowedTo(g, nil)
	}
	p.items = append(p.items, head)
	shown := max(p.expanded[g.Code], firstValues)
	switch g.Code {
	case check.Spaces, check.Invisible:
		p.items = append(p.items, p.wholeRule(d, g))
	case check.ColumnMissing, check.RowsTooMany:
		for i := range g.Values {
			p.items = append(p.items, p.wholeFile(g, &g.Values[i]))
		}
	default:
		for i := range g.Values {
			if i == shown {
				break
			}
			p.items = append(p.items, p.oneValue(d, g, &g.Values[i]))
		}
		if more := len(g.Values) - shown; more > 0 {
			p.items = append(p.items, item{kind: valueLine, group: g, text: look.Count(more+g.MoreValues) + " more values", do: "List more",
				tip: "List more of the values", act: func() { p.expanded[g.Code] = shown + 50; p.update() }})
		}
	}
	p.items = append(p.items, item{kind: padLine})
}

// wholeRule is a rule that is fixed at once wherever it applies.
func (p *problems) wholeRule(d *workbench.Document, g *check.Group) item {
	verb := "Trim all"
	if g.Code == check.Invisible {
		verb = "Clean all"
	}
	it := item{kind: valueLine, group: g, text: words.Plural(g.Count, "cell", "cells"), do: verb,
		tip: "Change all of these cells, as one step that can be undone",
		act: func() { d.FixCertainOf(g.Code) }, show: func() { p.toggle(g, nil) }}
	if g.Certain == 0 {
		it.do, it.tip, it.act = "Show", "Show only these rows", func() { p.showRule(g, nil) }
	}
	return it
}

func (p *problems) wholeFile(g *check.Group, v *check.ValueGroup) item {
	if g.Code == check.ColumnMissing {
		return item{kind: valueLine, group: g, value: v, text: v.Column.Header(), do: "Columns", tip: "Say which column of the file it is", act: p.screen.do.Columns}
	}
	return item{kind: valueLine, group: g, text: "sent in parts of at most 2,000"}
}

// oneValue is a line of the panel for one value of a rule.
func (p *problems) oneValue(d *workbench.Document, g *check.Group, v *check.ValueGroup) item {
	it := item{kind: valueLine, group: g, value: v, do: "Show", tip: "Show only these rows", act: func() { p.showRule(g, v) }}
	it.show, it.on = func() { p.toggle(g, v) }, p.narrowedTo(g, v)
	switch {
	case g.Code == check.EmailDuplicate || g.Code == check.IdentifierDuplicate:
		rows := d.Engine().RowsWith(v.Code, v.Value)
		it.text, it.tip = rowList(d, rows), "Show the rows side by side"
		it.act = func() { p.showTwins(d, g, v) }
	case v.HasSuggestion:
		it.do = "Fix"
		if v.Count > 1 {
			it.do = "Fix " + look.Count(v.Count)
		}
		it.tip = "Put " + quoted(v.Suggestion) + " in the place of " + quoted(v.Value)
		it.act = func() { d.FixValue(v.Code, v.Column, v.Value, v.Suggestion) }
	case len(v.Choices) > 0:
		it.do, it.tip = "Choose", "Choose what to put in its place"
		it.act = func() { p.choose(d, g, v) }
	}
	if _, ok := p.screen.bench.RememberedFix(v.Column, v.Value); ok && v.HasSuggestion && !v.Certain {
		it.more = func() { p.choose(d, g, v) }
	}
	return it
}

// rowList names rows as a person would: "rows 7 and 10".
func rowList(d *workbench.Document, rows []sheet.RowID) string {
	var names []string
	for i, r := range rows {
		if i == 3 && len(rows) > 4 {
			return "rows " + strings.Join(names, ", ") + " and " + look.Count(len(rows)-3) + " more"
		}
		names = append(names, number(d, r))
	}
	if len(names) < 2 {
		return "row " + strings.Join(names, "")
	}
	return "rows " + strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// showTwins shows the rows that share a value.
func (p *problems) showTwins(d *workbench.Document, g *check.Group, v *check.ValueGroup) {
	for _, f := range d.Engine().Cell(v.First, v.Column) {
		if f.Code == v.Code {
			p.screen.compare(v.First, f)
			return
		}
	}
	p.showRule(g, v)
}

func (p *problems) places(page *places.Page) {
	page.Mark("problems", p.list.scroll)
	page.Mark("problems.fixall", p.all)
	page.Text("problems.fixall", p.all.Text())
	for _, it := range p.items {
		name, ok := it.name()
		if !ok {
			continue
		}
		page.Number(name, it.count())
		if it.do != "" {
			page.Text(name+".fix", it.do)
		}
	}
	page.Within(p.list.scroll, func() {
		for i, o := range p.list.shown {
			if i >= len(p.items) {
				continue
			}
			name, ok := p.items[i].name()
			if !ok {
				continue
			}
			page.Mark(name, o)
			if v, ok := o.(*valueRow); ok {
				if v.button.Visible() {
					page.Mark(name+".fix", v.button)
				}
				if v.more.Visible() {
					page.Mark(name+".more", v.more)
				}
			}
		}
	})
}

// name is what tests know a line by.
func (i item) name() (string, bool) {
	switch {
	case i.kind == headLine:
		return "problems." + string(i.group.Code), true
	case i.kind == valueLine && i.value != nil:
		return "problems." + string(i.group.Code) + "." + i.value.Value, true
	case i.kind == valueLine && i.do != "List more":
		return "problems." + string(i.group.Code), true
	}
	return "", false
}

func (i item) count() int {
	if i.value != nil {
		return i.value.Count
	}
	return i.group.Count
}
