package fix

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rollcall/internal/problem"
	"rollcall/internal/sheet"
	"rollcall/internal/workbench"
	"rollcall/ui/ask"
	"rollcall/ui/frame"
	"rollcall/ui/grid"
	"rollcall/ui/look"
	"rollcall/ui/places"
	"rollcall/ui/watch"
	"rollcall/ui/words"
)

// findBar finds and replaces text in the rows shown.
type findBar struct {
	screen  *Screen
	content *fyne.Container
	text    *ask.Entry
	with    *ask.Entry
	count   *look.Spans
	wrong   *look.Spans // why the pattern cannot be used
	next    *look.Button
	prev    *look.Button
	one     *look.Button
	all     *look.Button
	closeIt *look.Button
	pattern *ask.Check
	letters *ask.Check
	whole   *ask.Check
	here    *ask.Check
	line    *fyne.Container

	col    int // the column that is searched when here is ticked
	found  workbench.Found
	at     int // index of the hit in hand, -1 for none
	cancel func()
	busy   bool
	ahead  int // the step that was asked for before anything was found
	turn   int
}

func newFindBar(s *Screen) *findBar {
	b := &findBar{screen: s, at: -1, cancel: func() {}}
	b.text, b.with = ask.NewEntry(), ask.NewEntry()
	b.text.SetPlaceHolder("Find")
	b.with.SetPlaceHolder("Replace with")
	b.text.OnChanged = func(string) { watch.Do("change find.text", b.search) }
	b.text.OnEnter = func() { b.step(1) }
	b.with.OnEnter = b.replaceOne
	b.text.OnEscape, b.with.OnEscape = b.close, b.close
	b.count = look.NewQuiet("")
	b.wrong = look.NewColored("", look.ColorErrorText).Cut()
	b.wrong.Hide()
	b.prev = look.NewSmallButton("Previous", watch.Wrap("button find.previous", func() { b.step(-1) }))
	b.next = look.NewSmallButton("Next", watch.Wrap("button find.next", func() { b.step(1) })).WithTip("The next place (Enter)")
	b.one = look.NewSmallButton("Replace", watch.Wrap("button find.replaceone", b.replaceOne)).WithTip("Replace in the cell in hand and go to the next")
	b.all = look.NewSmallButton("Replace all…", watch.Wrap("button find.replaceall", b.replaceAll)).WithTip("Lists what will change before anything is changed")
	b.closeIt = look.NewIconButton(look.IconClose(), "Close (Esc)", watch.Wrap("button find.close", b.close)).Small()
	option := func(text string) *ask.Check {
		return ask.NewCheck(text, func(bool) { watch.Do("check find", b.search) })
	}
	b.letters, b.whole, b.pattern, b.here = option("Match case"), option("Whole cell"), option("Pattern"), option("This column")
	first := container.NewBorder(nil, nil, nil, look.Row(8, b.count, b.prev, b.next, b.closeIt), b.text)
	b.line = container.NewBorder(nil, nil, nil, look.Row(8, b.one, b.all), b.with)
	options := frame.Flow(4, s.regrown, b.letters, b.whole, b.pattern, b.here)
	inner := look.Inset(8, look.SpaceCards, 4, look.SpaceCards, look.Column(6, first, b.line, options, b.wrong))
	b.content = look.Surface(frame.New(nil, look.Line(), nil, nil, inner))
	b.content.Hide()
	return b
}

// Find opens the bar; replacing shows the second line.
func (s *Screen) Find(replacing bool) {
	if s.doc == nil {
		return
	}
	s.find.openFor(-1, replacing)
}

// openFor opens the bar, for one column where col is not negative.
func (b *findBar) openFor(col int, replacing bool) {
	s := b.screen
	s.Commit()
	b.col = col
	if col < 0 {
		b.col = s.grid.Active().Col
	}
	b.here.Text = "Only in " + s.doc.Columns()[b.col].Title
	b.here.SetChecked(col >= 0)
	b.here.Refresh()
	if replacing {
		b.line.Show()
	} else {
		b.line.Hide()
	}
	b.content.Show()
	s.content.Refresh()
	s.layer.Window().Canvas().Focus(b.text)
	b.text.TypedShortcut(&fyne.ShortcutSelectAll{})
	b.search()
}

func (b *findBar) close() {
	if !b.content.Visible() {
		return
	}
	b.cancel()
	b.content.Hide()
	b.screen.content.Refresh()
	b.screen.Focus()
}

func (b *findBar) query() workbench.FindQuery {
	q := workbench.FindQuery{Query: sheet.Query{
		Text: b.text.Text, Regexp: b.pattern.Checked, MatchCase: b.letters.Checked, WholeCell: b.whole.Checked,
	}, Col: -1}
	if b.here.Checked {
		q.Col = b.col
	}
	return q
}

// search counts the places anew; the cursor stays until one asks for the next.
func (b *findBar) search() {
	b.cancel()
	b.found, b.at, b.ahead = workbench.Found{}, -1, 0
	if b.screen.doc == nil || !b.content.Visible() {
		return
	}
	if b.text.Text == "" {
		b.tell("")
		return
	}
	b.turn++
	turn := b.turn
	b.busy = true
	b.cancel = b.screen.doc.Find(b.query(), func(f workbench.Found, err error) {
		watch.Do("post: found", func() {
			if turn != b.turn {
				return
			}
			b.busy = false
			if err != nil {
				b.fail(err)
				return
			}
			b.found = f
			b.tellCount()
			b.step(b.ahead)
		})
	})
}

// fail says in a line of its own why nothing can be found or replaced.
func (b *findBar) fail(err error) {
	b.tell("")
	b.wrong.SetText(problem.Sentence(err))
	b.wrong.SetToolTip(problem.Sentence(err))
	b.wrong.Show()
	b.content.Refresh()
}

func (b *findBar) tell(text string) {
	b.count.SetText(text)
	b.wrong.Hide()
	b.content.Refresh()
	if len(b.found.Hits) == 0 {
		b.next.DisableWith("Nothing is found.")
		b.prev.DisableWith("Nothing is found.")
		b.one.DisableWith("Nothing is found.")
		b.all.DisableWith("Nothing is found.")
		return
	}
	b.next.Enable()
	b.prev.Enable()
	b.one.Enable()
	b.all.Enable()
}

func (b *findBar) tellCount() {
	switch {
	case b.found.Matches == 0:
		b.tell("Nothing found")
	case b.at >= 0:
		b.tell(look.Count(b.at+1) + " of " + words.Plural(len(b.found.Hits), "cell", "cells"))
	default:
		b.tell(words.Plural(b.found.Matches, "place", "places") + " in " + words.Plural(len(b.found.Hits), "cell", "cells"))
	}
}

// step goes to the next hit, or the one before, from the active cell on; while
// what was typed is still being looked for, it goes there once that is found.
func (b *findBar) step(by int) {
	b.ahead = 0
	n := len(b.found.Hits)
	if n == 0 && b.busy {
		b.ahead = by
	}
	if n == 0 || by == 0 {
		return
	}
	if b.at < 0 {
		b.at = b.nearest(by)
	} else {
		b.at = (b.at + by + n) % n
	}
	h := b.found.Hits[b.at]
	if i := b.screen.doc.IndexOf(h.Row); i >= 0 {
		b.screen.grid.GoTo(grid.Pos{Row: i, Col: h.Col})
		b.screen.bar.update()
	}
	b.tellCount()
}

// nearest is the first hit at or behind the active cell.
func (b *findBar) nearest(by int) int {
	n := len(b.found.Hits)
	at := b.screen.grid.Active()
	for i, h := range b.found.Hits {
		row := b.screen.doc.IndexOf(h.Row)
		if row > at.Row || row == at.Row && h.Col >= at.Col {
			if by < 0 {
				return (i - 1 + n) % n
			}
			return i
		}
	}
	if by < 0 {
		return n - 1
	}
	return 0
}

// replaceOne replaces in the hit in hand, then goes on.
func (b *findBar) replaceOne() {
	if b.at < 0 {
		b.step(1)
		return
	}
	h := b.found.Hits[b.at]
	b.replacements(func(list []sheet.Replacement) {
		for _, r := range list {
			if r.Row == h.Row && r.Col == h.Col {
				b.screen.doc.Replace([]sheet.Replacement{r})
			}
		}
		b.search()
	})
}

// replaceAll lists what would change, then does it.
func (b *findBar) replaceAll() {
	b.replacements(func(list []sheet.Replacement) {
		d := b.screen.doc
		b.screen.listChanges(changeList{
			name: "fixes", title: "Replace in " + words.Plural(len(list), "cell", "cells"), count: len(list),
			row: func(i int) changeRow {
				r := list[i]
				return changeRow{row: number(d, r.Row), column: d.Columns()[r.Col].Title, was: r.Old, becomes: r.New}
			},
			verb: func(n int) string { return "Replace " + look.Count(n) },
		}, func(taken []int) {
			kept := make([]sheet.Replacement, len(taken))
			for i, at := range taken {
				kept[i] = list[at]
			}
			d.Replace(kept)
			b.search()
		})
	})
}

func (b *findBar) replacements(then func([]sheet.Replacement)) {
	b.busy = true
	b.screen.doc.Replacements(b.query(), b.with.Text, func(list []sheet.Replacement, err error) {
		watch.Do("post: replacements", func() {
			b.busy = false
			if err != nil {
				b.fail(err)
				return
			}
			if len(list) > 0 {
				then(list)
			}
		})
	})
}

func (b *findBar) places(p *places.Page) {
	if !b.content.Visible() {
		return
	}
	p.Dialog("find")
	p.Mark("find.text", b.text)
	p.Mark("find.next", b.next)
	p.Mark("find.previous", b.prev)
	p.Mark("find.close", b.closeIt)
	p.Mark("find.pattern", b.pattern)
	p.Mark("find.letters", b.letters)
	p.Mark("find.whole", b.whole)
	p.Mark("find.here", b.here)
	p.Text("find.count", b.count.Text())
	if b.wrong.Visible() {
		p.Text("find.count", b.wrong.Text())
	}
	if b.line.Visible() {
		p.Mark("find.replace", b.with)
		p.Mark("find.replaceone", b.one)
		p.Mark("find.replaceall", b.all)
	}
}
