package fix

import (
	"fyne.io/fyne/v2/container"

	"rollcall/internal/check"
	"rollcall/internal/sheet"
	"rollcall/internal/workbench"
	"rollcall/ui/ask"
	"rollcall/ui/grid"
	"rollcall/ui/look"
	"rollcall/ui/places"
	"rollcall/ui/table"
	"rollcall/ui/watch"
)

// twinModel shows rows side by side: a column of names of columns, and one for
// each row.
type twinModel struct {
	doc  *workbench.Document
	rows []sheet.RowID
}

func (m *twinModel) Len() (rows, cols int) { return len(m.doc.Columns()), 1 + len(m.rows) }
func (m *twinModel) Revision() uint64      { return 0 }
func (m *twinModel) RowHeader(int) grid.RowHeaderView {
	return grid.RowHeaderView{}
}

func (m *twinModel) Header(col int) grid.HeaderView {
	if col == 0 {
		return grid.HeaderView{Width: 150}
	}
	return grid.HeaderView{Title: "Row " + number(m.doc, m.rows[col-1]), Width: 240, Grows: col == len(m.rows)}
}

func (m *twinModel) Cell(row, col int) grid.CellView {
	if col == 0 {
		return grid.CellView{Text: m.doc.Columns()[row].Title, Role: grid.RoleQuiet}
	}
	text := m.doc.Text(m.rows[col-1], row)
	v := grid.CellView{Text: text, Tint: tint(m.doc.Worst(m.rows[col-1], row))}
	if text != m.doc.Text(m.rows[0], row) {
		v.Bold = true
	}
	return v
}

// maxTwins is how many rows are shown side by side at most.
const maxTwins = 6

// compare shows a row beside those that share a value with it. Rows with the
// same e-mail can be merged.
func (s *Screen) compare(r sheet.RowID, f check.Finding) {
	rows := append([]sheet.RowID{r}, f.Other...)
	if len(rows) > maxTwins {
		rows = rows[:maxTwins]
	}
	m := &twinModel{doc: s.doc, rows: rows}
	g := table.Reading(m)
	c := &ask.Card{Name: "twins"}
	show := look.NewButton("Show in the sheet", watch.Wrap("button twins.show", func() {
		c.Close()
		s.ShowRows(rows, rowList(s.doc, rows))
	})).WithTip("Show only these rows, to edit them")
	later := look.NewButton("Close", watch.Wrap("button twins.close", c.Close))
	text := "The same e-mail stands in several rows. An import can hold each user once."
	merge := look.NewPrimary("Merge into row "+number(s.doc, rows[0]), watch.Wrap("button twins.merge", func() {
		c.Close()
		s.doc.MergeRows(rows[0], rows[1])
		s.goTo(workbench.CellRef{Row: rows[0], Col: s.doc.ColumnIndex(f.Column)})
	})).WithTip("Puts the groups and source usernames of both into one row and takes the other out, as one step that can be undone")
	buttons := ask.Buttons(nil, show, later, merge)
	if f.Code != check.EmailDuplicate || len(f.Other) == 0 {
		text = f.Message
		buttons = ask.Buttons(nil, show, later)
	}
	size := s.layer.Window().Canvas().Size()
	width := min(size.Width-140, 160+240*float32(len(rows)))
	height := min(table.Height(len(s.doc.Columns()))+4, size.Height-260, 380)
	c.Content = container.NewBorder(look.Column(8, look.NewTitle(rowTitle(s.doc, rows)), ask.Text(width, text, look.ColorQuiet)),
		look.Inset(14, 0, 0, 0, buttons), nil, nil, look.Inset(12, 0, 0, 0, look.Fixed(width, height, look.TableCard(g))))
	c.Mark = func(p *places.Page) {
		p.Text("dialog.text", text)
		p.Mark("twins.show", show)
		p.Mark("dialog.cancel", later)
		if f.Code == check.EmailDuplicate {
			p.Mark("twins.merge", merge)
			p.Mark("dialog.ok", merge)
		}
	}
	s.layer.Show(c)
}

func rowTitle(d *workbench.Document, rows []sheet.RowID) string {
	text := rowList(d, rows)
	return "R" + text[1:] + " side by side"
}
