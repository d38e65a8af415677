package fix

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rollcall/internal/check"
	"rollcall/ui/ask"
	"rollcall/ui/grid"
	"rollcall/ui/look"
	"rollcall/ui/places"
	"rollcall/ui/table"
	"rollcall/ui/watch"
	"rollcall/ui/words"
)

// changeRow is one cell that is about to change.
type changeRow struct {
	row, column  string
	was, becomes string
}

// changeList is what listChanges shows: count changes, each of which row gives
// when it comes into sight.
type changeList struct {
	name, title string
	note        string // a sentence under the title, "" for none
	count       int
	row         func(i int) changeRow
	verb        func(n int) string
}

// changeModel shows a changeList to a grid.
type changeModel struct {
	count    int
	row      func(i int) changeRow
	left     map[int]bool // unticked
	revision uint64
}

// taken lists the places of the changes that stay ticked.
func (m *changeModel) taken() []int {
	at := make([]int, 0, m.count-len(m.left))
	for i := range m.count {
		if !m.left[i] {
			at = append(at, i)
		}
	}
	return at
}

// toggle ticks or unticks a change.
func (m *changeModel) toggle(i int) {
	if m.left[i] {
		delete(m.left, i)
	} else {
		m.left[i] = true
	}
	m.revision++
}

func (m *changeModel) Len() (rows, cols int) { return m.count, 4 }
func (m *changeModel) Revision() uint64      { return m.revision }
func (m *changeModel) RowHeader(int) grid.RowHeaderView {
	return grid.RowHeaderView{}
}

func (m *changeModel) Header(col int) grid.HeaderView {
	return []grid.HeaderView{
		{Title: "Row", Width: 84}, {Title: "Column", Width: 150}, {Title: "Now", Width: 210}, {Title: "Becomes", Width: 200, Grows: true},
	}[col]
}

func (m *changeModel) Cell(row, col int) grid.CellView {
	r := m.row(row)
	switch col {
	case 0:
		c := grid.Checked
		if m.left[row] {
			c = grid.Unchecked
		}
		return grid.CellView{Text: r.row, Check: c, Role: grid.RoleQuiet}
	case 1:
		return grid.CellView{Text: r.column}
	case 2:
		return grid.CellView{Text: r.was, Spans: []grid.Span{{Text: visible(r.was), Role: grid.RoleQuiet, Struck: true}}}
	default:
		return grid.CellView{Text: r.becomes, Role: grid.RoleGood, Bold: true}
	}
}

// visible shows spaces around a text, which would not be seen.
func visible(text string) string {
	r := []rune(text)
	for i := 0; i < len(r) && (r[i] == ' ' || r[i] == '\u00a0'); i++ {
		r[i] = '·'
	}
	for i := len(r) - 1; i >= 0 && (r[i] == ' ' || r[i] == '\u00a0'); i-- {
		r[i] = '·'
	}
	return string(r)
}

// fixCertain lists the certain fixes, then makes those that stay ticked.
func (s *Screen) fixCertain() {
	if s.doc == nil {
		return
	}
	s.Commit()
	d, found := s.doc, false
	stop := d.FindCertain("", func(fixes []check.Fix) {
		watch.Do("post: certain fixes", func() {
			found = true
			s.work.end()
			if s.doc == d && len(fixes) > 0 {
				s.listCertain(fixes)
			}
		})
	})
	if !found {
		s.work.begin("Looking for what is certain", func() { stop(); s.work.end() })
	}
}

func (s *Screen) listCertain(fixes []check.Fix) {
	s.listChanges(changeList{
		name: "fixes", title: "These fixes are certain", count: len(fixes),
		row: func(i int) changeRow {
			f := fixes[i]
			return changeRow{row: number(s.doc, f.Row), column: f.Col.Header(), was: f.Old, becomes: f.New}
		},
		verb: func(n int) string { return "Change " + words.Plural(n, "cell", "cells") },
	}, func(taken []int) {
		kept := make([]check.Fix, len(taken))
		for i, at := range taken {
			kept[i] = fixes[at]
		}
		s.doc.FixCertain(kept)
	})
}

// listChanges shows what is about to change; apply gets the places of the rows
// that stay ticked.
func (s *Screen) listChanges(list changeList, apply func(taken []int)) {
	m := &changeModel{count: list.count, row: list.row, left: map[int]bool{}}
	g := table.Reading(m)
	c := &ask.Card{Name: list.name}
	ok := look.NewPrimary("", nil)
	show := func() {
		n := m.count - len(m.left)
		ok.SetText(list.verb(n))
		if n == 0 {
			ok.DisableWith("Tick at least one line.")
		} else {
			ok.Enable()
		}
	}
	g.OnCheck = func(at grid.Pos) {
		watch.Do("check fixes", func() {
			m.toggle(at.Row)
			g.RefreshRow(at.Row)
			show()
		})
	}
	c.Enter = func() {
		if at := m.taken(); len(at) > 0 {
			c.Close()
			apply(at)
		}
	}
	ok.OnTapped = watch.Wrap("button fixes.apply", c.Enter)
	cancel := look.NewButton("Cancel", watch.Wrap("button fixes.cancel", c.Close))
	show()
	size := s.layer.Window().Canvas().Size()
	width := min(720, size.Width-140)
	parts := []fyne.CanvasObject{look.NewTitle(list.title).Cut()}
	if list.note != "" {
		parts = append(parts, ask.Text(width, list.note, look.ColorText))
	}
	parts = append(parts, ask.Text(width, "One step, which can be undone. Untick what is to stay as it is.", look.ColorQuiet))
	top := look.Column(6, parts...)
	height := min(table.Height(list.count)+4, size.Height-top.MinSize().Height-192, 420)
	c.Content = container.NewBorder(top, look.Inset(14, 0, 0, 0, ask.Buttons(nil, cancel, ok)), nil, nil,
		look.Inset(12, 0, 0, 0, look.Fixed(width, max(100, height), look.TableCard(g))))
	c.Mark = func(p *places.Page) {
		p.Mark("fixes.apply", ok)
		p.Mark("fixes.cancel", cancel)
		p.Number("fixes.count", m.count-len(m.left))
		p.Text("dialog.title", list.title)
		p.Text("dialog.text", list.note)
	}
	s.layer.Show(c)
}
