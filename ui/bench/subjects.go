package main

import (
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"rollcall/ui/grid"
)

var headers = []string{"Current Status", "Display Name", "Primary Email", "Role", "Groups", "Source Username(s)"}
var widths = []float32{118, 176, 214, 108, 150, 160}

// data is a table of texts, each row with some that no other row has.
type data [][]string

func newData(n int) data {
	d := make(data, n)
	for i := range d {
		d[i] = []string{
			"Active", fmt.Sprintf("Amara Okafor %d", i), fmt.Sprintf("amara.okafor.%d@northwind.com", i),
			"User", []string{"Trading", "EMEA", "APAC,Trading"}[i%3], fmt.Sprintf("slack:U02%06d", i),
		}
	}
	return d
}

// model shows data with tints and marks, as a sheet with findings has them.
type model struct {
	data
	revision uint64
}

func (m *model) Len() (rows, cols int) { return len(m.data), len(headers) }

func (m *model) Cell(row, col int) grid.CellView {
	v := grid.CellView{Text: m.data[row][col]}
	switch {
	case row%11 == 0 && col == 3:
		v.Tint = grid.TintError
	case row%17 == 0 && col == 1:
		v.Tint = grid.TintWarning
	case row%23 == 0 && col == 2:
		v.Edited = true
	}
	return v
}

func (m *model) Header(col int) grid.HeaderView {
	return grid.HeaderView{Title: headers[col], Width: widths[col]}
}

func (m *model) RowHeader(row int) grid.RowHeaderView {
	v := grid.RowHeaderView{Number: strconv.Itoa(row + 2)}
	if row%11 == 0 {
		v.Mark = grid.MarkError
	}
	return v
}

func (m *model) Revision() uint64 { return m.revision }

func (m *model) Editor(row, col int) grid.Editor {
	if col == 3 {
		return grid.Editor{Kind: grid.Choices, Choices: []string{"User", "Admin", "Supervisor"}}
	}
	return grid.Editor{}
}

const notch = 25 // canvas units of a wheel notch on Linux

// sheet is our widget as the Fix screen uses it.
func sheet(d data) subject {
	m := &model{data: d}
	g := grid.New(m)
	g.OnEdit = func(changes []grid.Change, _ grid.Action) {
		for _, c := range changes {
			d[c.Row][c.Col] = c.Text
		}
		m.revision++
		g.Refresh()
	}
	g.OnEditing = func(_ grid.Pos, text string) grid.Verdict {
		return grid.Verdict{State: grid.TintError, Message: "Not a role: use User, Admin or Supervisor (" + text + ")", Suggestion: "Supervisor"}
	}
	return subject{
		object: g,
		scroll: func() { g.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: -notch}}) },
		cursor: func() { g.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown}) },
		page:   func() { x, y := g.Offset(); g.ScrollTo(x, y+25*30) },
		edit: func(c fyne.Canvas) fyne.Focusable {
			g.GoTo(grid.Pos{Row: 10, Col: 3})
			c.Focus(g)
			g.TypedRune('S')
			return c.Focused()
		},
	}
}

// table is the toolkit's own: Labels, no headers, an integer row height.
func table(d data) subject {
	t := widget.NewTable(
		func() (int, int) { return len(d), len(headers) },
		func() fyne.CanvasObject { return widget.NewLabel("") },
		func(id widget.TableCellID, o fyne.CanvasObject) { o.(*widget.Label).SetText(d[id.Row][id.Col]) })
	for c, w := range widths {
		t.SetColumnWidth(c, w)
	}
	offset := float32(0)
	entry := widget.NewEntry()
	return subject{
		object: t,
		scroll: func() {
			for _, o := range test.WidgetRenderer(t).Objects() {
				if s, ok := o.(fyne.Scrollable); ok {
					s.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: -notch}})
					offset += notch
				}
			}
		},
		cursor: func() { t.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown}) },
		page: func() {
			offset += 25 * 30
			t.ScrollToOffset(fyne.NewPos(0, offset))
		},
		edit: func(c fyne.Canvas) fyne.Focusable {
			c.SetContent(entry)
			c.Focus(entry)
			return entry
		},
	}
}
