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
)

// changeRow is one cell that is about to change.
type changeRow struct {
	row, column  string
	was, becomes string
	left         bool // unticked
}

// changeList is what listChanges shows.
type changeList struct {
	name, title string
	note        string // a sentence under the title, "" for none
	rows        []changeRow
	verb        func(n int) string
}

// changeModel shows a changeList to a grid.
type changeModel struct {
	rows     []changeRow
	revision uint64
}

func (m *changeModel) Len() (rows, cols int) { return len(m.rows), 4 }
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
	r := m.rows[row]
	switch col {
	case 0:
		c := grid.Checked
		if r.left {
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
	fixes := s.doc.CertainFixes()
	if len(fixes) == 0 {
		return
	}
	rows := make([]changeRow, len(fixes))
	for i, f := range fixes {
		rows[i] = changeRow{row: number(s.doc, f.Row), column: f.Col.Header(), was: f.Old, becomes: f.New}
	}
	s.listChanges(changeList{
		name: "fixes", title: "These fixes are certain", rows: rows,
		verb: func(n int) string { return "Change " + plural(n, "cell", "cells") },
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
	m := &changeModel{rows: list.rows}
	g := table.Reading(m)
	c := &ask.Card{Name: list.name}
	taken := func() []int {
		var at []int
		for i, r := range m.rows {
			if !r.left {
				at = append(at, i)
			}
		}
		return at
	}
	ok := look.NewPrimary("", nil)
	show := func() {
		n := len(taken())
		ok.SetText(list.verb(n))
		if n == 0 {
			ok.DisableWith("Tick at least one line.")
		} else {
			ok.Enable()
		}
	}
	g.OnCheck = func(at grid.Pos) {
		watch.Do("check fixes", func() {
			m.rows[at.Row].left = !m.rows[at.Row].left
			m.revision++
			g.RefreshRow(at.Row)
			show()
		})
	}
	c.Enter = func() {
		if at := taken(); len(at) > 0 {
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
	height := min(table.Height(len(list.rows))+4, size.Height-top.MinSize().Height-192, 420)
	c.Content = container.NewBorder(top, look.Inset(14, 0, 0, 0, ask.Buttons(nil, cancel, ok)), nil, nil,
		look.Inset(12, 0, 0, 0, look.Fixed(width, max(100, height), look.TableCard(g))))
	c.Mark = func(p *places.Page) {
		p.Mark("fixes.apply", ok)
		p.Mark("fixes.cancel", cancel)
		p.Number("fixes.count", len(taken()))
		p.Text("dialog.title", list.title)
		p.Text("dialog.text", list.note)
	}
	s.layer.Show(c)
}
