package fix

import (
	"rollcall/internal/check"
	"rollcall/internal/workbench"
	"rollcall/ui/words"
)

// narrowed is the rule, and the value of it, whose rows alone are shown.
type narrowed struct {
	code  check.Code
	value string
	whole bool // the whole rule, whatever the value
}

// toggle shows only the rows of a rule, or of one value of it; where they are
// shown alone already, it shows all rows again.
func (p *problems) toggle(g *check.Group, v *check.ValueGroup) {
	if p.narrowedTo(g, v) {
		p.screen.foot.showAll()
		return
	}
	p.showRule(g, v)
}

// narrowedTo says whether only the rows of the rule or the value are shown.
func (p *problems) narrowedTo(g *check.Group, v *check.ValueGroup) bool {
	d := p.screen.doc
	if d == nil || p.only == nil || p.only.code != g.Code {
		return false
	}
	if f := d.Filter(); f.Code == "" && f.Rows == nil {
		return false // the filter was taken off elsewhere
	}
	if v == nil {
		return p.only.whole
	}
	return !p.only.whole && p.only.value == v.Value
}

// showRule shows only the rows of a rule, or of one value of it.
func (p *problems) showRule(g *check.Group, v *check.ValueGroup) {
	s := p.screen
	s.Commit()
	if v != nil {
		value, reason := v.Value, g.Title
		if value != "" {
			reason += ": " + words.Short(value, 24)
		}
		s.foot.narrow(reason, workbench.Filter{Code: v.Code, Value: &value}, &narrowed{code: g.Code, value: value})
		s.goTo(workbench.CellRef{Row: v.First, Col: s.doc.ColumnIndex(v.Column)})
		s.Focus()
		return
	}
	s.foot.narrow(g.Title, workbench.Filter{Code: g.Code}, &narrowed{code: g.Code, whole: true})
	if len(g.Values) > 0 {
		s.goToFirst(s.doc.ColumnIndex(g.Values[0].Column))
	}
	s.Focus()
}
