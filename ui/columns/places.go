package columns

import (
	"fmt"

	"rollcall/internal/roster"
	"rollcall/ui/places"
)

// Busy says that values are being counted or the sheet is being checked anew.
func (s *Screen) Busy() bool { return s.doc != nil && (s.pending > 0 || s.doc.Checking()) }

// Places names the parts of the screen.
func (s *Screen) Places(p *places.Page) {
	p.Screen("columns")
	p.Mark("columns.back", s.another)
	p.Mark("columns.remember", s.remember)
	p.Mark("columns.continue", s.goOn)
	if s.doc == nil {
		return
	}
	p.Mark("columns.page", s.scroll)
	p.Within(s.scroll, func() {
		for name, f := range map[string]*fact{
			"encoding": s.facts.encoding, "separator": s.facts.separator, "sheet": s.facts.sheet, "headerrow": s.facts.header,
		} {
			if f.box.Visible() {
				p.Mark("columns."+name, f.button)
				p.Text("columns."+name, f.button.Text())
			}
		}
		p.Text("columns.rows", s.facts.rows.Text())
		for i, b := range s.foundButtons {
			p.Mark(fmt.Sprintf("columns.found.%d", i), b.Button)
			p.Text(fmt.Sprintf("columns.found.%d", i), b.of+" | "+b.Text())
		}
		for i, r := range s.rows {
			c := roster.Column(i).Header()
			p.Mark("columns.match."+c, r.choice)
			p.Text("columns.match."+c, r.choice.Text())
			p.Mark("columns.state."+c, r.state)
			p.Text("columns.state."+c, r.text)
		}
		for _, card := range s.cards {
			for i, b := range card.buttons {
				name := "columns.value." + card.column.Header() + "." + card.values[i].Value
				p.Mark(name, b)
				p.Text(name, b.Text())
			}
		}
	})
}
