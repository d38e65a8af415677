package columns

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rollcall/internal/roster"
	"rollcall/ui/ask"
	"rollcall/ui/look"
	"rollcall/ui/places"
	"rollcall/ui/watch"
)

// chooseSeveral asks for the columns of the file that make one of the template:
// joined in the order in which they are ticked.
func (s *Screen) chooseSeveral(c roster.Column) {
	header := s.doc.Header()
	order := append([]int(nil), s.mapping.Columns[c].Cols...)
	card := &ask.Card{Name: "several"}
	result := look.NewQuiet("").Cut()
	ok := look.NewPrimary("Use these", nil)
	update := func() {
		names := make([]string, len(order))
		for i, col := range order {
			names[i] = header[col]
		}
		result.SetText("In this order: " + strings.Join(names, " + "))
		if len(order) == 0 {
			result.SetText("Tick the columns in the order in which they belong together.")
			ok.DisableWith("Tick at least one column.")
			return
		}
		ok.Enable()
	}
	var checks, lines []fyne.CanvasObject
	for col, name := range header {
		check := ask.NewCheck(short(name), nil)
		check.Checked = indexOf(order, col) >= 0
		check.OnChanged = func(on bool) {
			watch.Do("check several", func() {
				if i := indexOf(order, col); i >= 0 {
					order = append(order[:i:i], order[i+1:]...)
				}
				if on {
					order = append(order, col)
				}
				update()
			})
		}
		checks, lines = append(checks, check), append(lines, look.Row(0, check)) // it takes clicks on its words only
	}
	card.Enter = func() {
		if len(order) == 0 {
			return
		}
		card.Close()
		if c == roster.Sources {
			s.sourcesOf(order, nil)
			return
		}
		s.set(c, order...)
	}
	ok.OnTapped = watch.Wrap("button several.ok", card.Enter)
	cancel := look.NewButton("Cancel", watch.Wrap("button several.cancel", card.Close))
	update()
	height := min(float32(len(header))*36+8, s.layer.Window().Canvas().Size().Height-300, 360)
	card.Content = look.Column(14, look.NewTitle("Which columns make “"+c.Header()+"”?"),
		look.Fixed(420, max(height, 80), look.TableCard(container.NewVScroll(container.NewVBox(lines...)))), result,
		ask.Buttons(nil, cancel, ok))
	card.Mark = func(p *places.Page) {
		p.Mark("dialog.ok", ok)
		p.Mark("dialog.cancel", cancel)
		for i, check := range checks {
			p.Mark("several."+strconv.Itoa(i), check)
		}
	}
	s.layer.Show(card)
}

// sourcesOf asks for the source of each column in turn.
func (s *Screen) sourcesOf(cols []int, sources []string) {
	if len(sources) == len(cols) {
		s.setSources(cols, sources)
		return
	}
	s.chooseSource(cols[len(sources)], func(source string) { s.sourcesOf(cols, append(sources, source)) })
}

func indexOf(list []int, wanted int) int {
	for i, v := range list {
		if v == wanted {
			return i
		}
	}
	return -1
}
