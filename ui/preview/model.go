package preview

import (
	"context"
	"strings"

	"rollcall/internal/account"
	"rollcall/internal/plan"
	"rollcall/internal/workbench"
	"rollcall/ui/grid"
	"rollcall/ui/look"
)

// model shows the chosen entries of the plan to the grid.
type model struct {
	screen   *Screen
	shown    []int // indexes into Planned.Plan.Entries
	revision uint64
}

func (m *model) Len() (rows, cols int) { return len(m.shown), 4 }

// Revision is asked for by the grid.
func (m *model) Revision() uint64 { return m.revision }

// RowHeader is asked for by the grid; there is none.
func (m *model) RowHeader(int) grid.RowHeaderView { return grid.RowHeaderView{} }

// Header is asked for by the grid.
func (m *model) Header(col int) grid.HeaderView {
	return []grid.HeaderView{
		{Width: 116}, {Title: "User", Width: 236}, {Title: "Primary Email", Width: 270}, {Title: "What changes", Width: 300, Grows: true},
	}[col]
}

func (m *model) entry(row int) (*plan.Entry, bool) {
	if m.screen.planned == nil || row < 0 || row >= len(m.shown) {
		return nil, false
	}
	return &m.screen.planned.Plan.Entries[m.shown[row]], true
}

// Cell is asked for by the grid.
func (m *model) Cell(row, col int) grid.CellView {
	e, ok := m.entry(row)
	if !ok {
		return grid.CellView{}
	}
	switch col {
	case 0:
		return m.kind(e)
	case 1:
		return grid.CellView{Text: e.After.DisplayName}
	case 2:
		return grid.CellView{Text: e.Email()}
	default:
		spans := What(e)
		return grid.CellView{Text: text(spans), Spans: spans}
	}
}

// kind is the first cell: the tick and what happens.
func (m *model) kind(e *plan.Entry) grid.CellView {
	v := grid.CellView{Text: Kind(e.Action), Check: grid.Checked}
	switch e.Action {
	case plan.Add:
		v.Role = grid.RoleGood
	case plan.Update:
		v.Role = grid.RolePrimary
	case plan.Unchanged:
		v.Role, v.Check = grid.RoleQuiet, grid.NoCheck
	case plan.Blocked:
		v.Role, v.Check = grid.RoleError, grid.NoCheck
	}
	if m.screen.left[e.Row] {
		v.Role, v.Check = grid.RoleDisabled, grid.Unchecked
	}
	return v
}

// Kind is what happens to a user, in a word.
func Kind(a plan.Action) string {
	switch a {
	case plan.Add:
		return "Added"
	case plan.Update:
		return "Updated"
	case plan.Unchanged:
		return "Unchanged"
	}
	return "Left out"
}

// What says what changes for a user, in coloured pieces.
func What(e *plan.Entry) []grid.Span {
	switch {
	case e.Action == plan.Blocked:
		return []grid.Span{{Text: e.Reason, Role: grid.RoleError}}
	case e.Action == plan.Unchanged && e.Reason != "":
		return []grid.Span{{Text: e.Reason, Role: grid.RoleQuiet}}
	case e.Action == plan.Unchanged:
		return []grid.Span{{Text: "Already as it should be", Role: grid.RoleQuiet}}
	case e.Action == plan.Add:
		return []grid.Span{{Text: newUser(&e.After), Role: grid.RoleQuiet}}
	}
	var out []grid.Span
	for i, c := range e.Changes {
		if i > 0 {
			out = append(out, grid.Span{Text: " · "})
		}
		out = append(out, change(c)...)
	}
	if e.Reason != "" { // what an undo cannot take back
		out = append(out, grid.Span{Text: " · " + e.Reason, Role: grid.RoleQuiet})
	}
	return out
}

// newUser is all of a new user in one quiet line.
func newUser(u *account.User) string {
	parts := []string{account.Status(u.Active), u.Role}
	if len(u.Groups) > 0 {
		parts = append(parts, strings.Join(u.Groups, ", "))
	}
	ids := make([]string, len(u.Identifiers))
	for i, id := range u.Identifiers {
		ids[i] = id.String()
	}
	if len(ids) > 0 {
		parts = append(parts, strings.Join(ids, ", "))
	}
	return strings.Join(parts, " · ")
}

func change(c plan.Change) []grid.Span {
	out := []grid.Span{{Text: workbench.FieldName(c.Field) + " "}}
	gained, lost := c.Gained(), c.Lost()
	if len(gained)+len(lost) == 0 {
		if c.From != "" {
			out = append(out, grid.Span{Text: c.From, Role: grid.RoleDisabled, Struck: true})
		}
		return append(out, grid.Span{Text: " →"}, grid.Span{Text: " "}, grid.Span{Text: c.To, Bold: true, Role: weight(c)})
	}
	for i, v := range gained {
		space := ""
		if i > 0 {
			space = " "
		}
		out = append(out, grid.Span{Text: space + "+ " + v, Role: grid.RoleGood, Bold: true})
	}
	for i, v := range lost {
		space := ""
		if i+len(gained) > 0 {
			space = " "
		}
		out = append(out, grid.Span{Text: space + "− " + v, Role: grid.RoleWarning, Bold: true})
	}
	if kept := len(c.FromList) - len(lost); kept > 0 {
		out = append(out, grid.Span{Text: " (keeps " + keptText(c, kept) + ")", Role: grid.RoleQuiet})
	}
	return out
}

// keptText names one or two kept groups; identifiers and more are counted.
func keptText(c plan.Change, kept int) string {
	if c.Field != plan.FieldGroups || kept > 2 {
		return look.Count(kept)
	}
	var names []string
	for _, v := range c.FromList {
		for _, to := range c.ToList {
			if strings.EqualFold(v, to) {
				names = append(names, v)
				break
			}
		}
	}
	return strings.Join(names, ", ")
}

// weight colours what deserves a second look.
func weight(c plan.Change) grid.Role {
	if c.Field == plan.FieldRole && (c.To == account.RoleAdmin || c.From == account.RoleAdmin) ||
		c.Field == plan.FieldStatus && c.To == account.StatusArchived {
		return grid.RoleWarning
	}
	return grid.RoleText
}

func text(spans []grid.Span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.Text)
	}
	return b.String()
}

// quickEntries is how many entries are searched at once; more are searched in the
// background.
const quickEntries = 5000

// arrange finds the entries to show.
func (s *Screen) arrange() {
	s.turn++
	if s.giveUp != nil {
		s.giveUp()
		s.giveUp = nil
	}
	if s.planned == nil {
		return
	}
	kind, entries := s.chosen(), s.planned.Plan.Entries
	shown := make([]int, 0, len(entries))
	for i := range entries {
		if s.shows(kind, &entries[i]) {
			shown = append(shown, i)
		}
	}
	text := strings.ToLower(strings.TrimSpace(s.find.Text))
	if text == "" || len(shown) <= quickEntries {
		s.show(found(context.Background(), entries, shown, text))
		return
	}
	turn := s.turn
	s.giveUp = workbench.Background(s.bench, func(ctx context.Context, _ func(workbench.Progress)) ([]int, error) {
		return found(ctx, entries, shown, text), ctx.Err()
	}, nil, func(shown []int, err error) {
		if err == nil && turn == s.turn {
			s.show(shown)
		}
	})
}

// show shows the entries with these places in the plan.
func (s *Screen) show(shown []int) {
	s.model.shown = shown
	s.model.revision++
	s.grid.Refresh()
}

// found are those of the places whose entries have the text.
func found(ctx context.Context, entries []plan.Entry, places []int, text string) []int {
	if text == "" {
		return places
	}
	var out []int
	for n, i := range places {
		if n%1024 == 0 && ctx.Err() != nil {
			break
		}
		if contains(&entries[i], text) {
			out = append(out, i)
		}
	}
	return out
}

func (s *Screen) shows(kind show, e *plan.Entry) bool {
	sent := e.Action == plan.Add || e.Action == plan.Update
	switch kind {
	case added:
		return e.Action == plan.Add
	case updated:
		return e.Action == plan.Update
	case unchanged:
		return e.Action == plan.Unchanged
	case leftOut:
		return e.Action == plan.Blocked || s.left[e.Row]
	case lookTwice:
		return e.Flags != 0 && !s.left[e.Row]
	case changedElsewhere:
		return e.Before != nil && s.moved[strings.ToLower(e.Before.Email)]
	}
	return sent
}

func contains(e *plan.Entry, find string) bool {
	return strings.Contains(strings.ToLower(e.After.DisplayName), find) || strings.Contains(strings.ToLower(e.Email()), find)
}
