package importing

import (
	"strconv"

	"rollcall/internal/plan"
	"rollcall/internal/push"
	"rollcall/internal/workbench"
	"rollcall/ui/grid"
	"rollcall/ui/look"
	"rollcall/ui/table"

	"fyne.io/fyne/v2"
)

// refusedModel shows the rows that need a look.
type refusedModel struct {
	rows     []push.Outcome
	entries  []plan.Entry // of the plan that the rows belong to
	sheet    bool
	revision uint64
}

func (m *refusedModel) set(rows []push.Outcome, entries []plan.Entry, sheet bool) {
	m.rows, m.entries, m.sheet = rows, entries, sheet
	m.revision++
}

// name is the user's name as the plan has it: an account that refused a user
// shows none.
func (m *refusedModel) name(o *push.Outcome) string {
	if o.Entry >= 0 && o.Entry < len(m.entries) {
		return m.entries[o.Entry].After.DisplayName
	}
	return o.After.DisplayName
}

func (m *refusedModel) Len() (rows, cols int) { return len(m.rows), 5 }

// Revision is asked for by the grid.
func (m *refusedModel) Revision() uint64 { return m.revision }

// RowHeader is asked for by the grid; there is none.
func (m *refusedModel) RowHeader(int) grid.RowHeaderView { return grid.RowHeaderView{} }

// Header is asked for by the grid.
func (m *refusedModel) Header(col int) grid.HeaderView {
	return []grid.HeaderView{
		{Width: 52}, {Title: "User", Width: 180}, {Title: "Primary Email", Width: 230},
		{Title: "What the account said", Width: 280, Grows: true}, {Width: 128},
	}[col]
}

// Cell is asked for by the grid.
func (m *refusedModel) Cell(row, col int) grid.CellView {
	if row >= len(m.rows) {
		return grid.CellView{}
	}
	o := &m.rows[row]
	switch col {
	case 0:
		number := strconv.Itoa(o.Number)
		if o.Number == 0 {
			number = "+"
		}
		return grid.CellView{Text: number, Role: grid.RoleQuiet, Align: grid.AlignEnd}
	case 1:
		return grid.CellView{Text: m.name(o)}
	case 2:
		return grid.CellView{Text: o.Email}
	case 3:
		v := grid.CellView{Text: o.Message, Role: grid.RoleError}
		if o.Result != push.Refused && o.Result != push.Failed {
			v.Role = grid.RoleWarning
		}
		return v
	default:
		if !m.sheet {
			return grid.CellView{}
		}
		return grid.CellView{Button: "Show in sheet"}
	}
}

// historyModel shows the imports before.
type historyModel struct {
	rows     []workbench.HistoryEntry
	revision uint64
}

const (
	reportCol = 3
	undoCol   = 4
)

func (m *historyModel) Len() (rows, cols int) { return len(m.rows), 5 }

// Revision is asked for by the grid.
func (m *historyModel) Revision() uint64 { return m.revision }

// RowHeader is asked for by the grid; there is none.
func (m *historyModel) RowHeader(int) grid.RowHeaderView { return grid.RowHeaderView{} }

// Header is asked for by the grid.
func (m *historyModel) Header(col int) grid.HeaderView {
	return []grid.HeaderView{
		{Title: "When", Width: 170}, {Title: "File", Width: 220}, {Title: "Result", Width: 300, Grows: true}, {Width: 96}, {Width: 110},
	}[col]
}

// Cell is asked for by the grid.
func (m *historyModel) Cell(row, col int) grid.CellView {
	if row >= len(m.rows) {
		return grid.CellView{}
	}
	h := &m.rows[row]
	switch col {
	case 0:
		return grid.CellView{Text: h.When.Local().Format("2 Jan 2006, 15:04")}
	case 1:
		return grid.CellView{Text: h.File}
	case 2:
		text := h.Result
		if h.UndoneBy != "" {
			text += " · undone"
		}
		return grid.CellView{Text: text}
	case reportCol:
		return grid.CellView{Button: "Report"}
	default:
		return grid.CellView{Button: m.action(h)}
	}
}

// action is the second button of an import: carry on, undo, or none.
func (m *historyModel) action(h *workbench.HistoryEntry) string {
	switch {
	case h.Unfinished:
		return "Carry on…"
	case h.CanUndo:
		return "Undo…"
	}
	return ""
}

// pressed carries out a button of the history.
func (s *Screen) pressed(at grid.Pos) {
	if at.Row >= len(s.past.rows) {
		return
	}
	h := &s.past.rows[at.Row]
	switch {
	case at.Col == reportCol:
		s.do.Report(h.ID)
	case h.Unfinished:
		s.do.Resume(h.ID)
	case h.CanUndo:
		s.do.Undo(h.ID)
	}
}

// ShowHistory lists the imports into an account, but for the one that is shown.
func (s *Screen) ShowHistory(name string, all []workbench.HistoryEntry) {
	rows := make([]workbench.HistoryEntry, 0, len(all))
	for _, h := range all {
		if s.imp == nil || h.ID != s.imp.ID() {
			rows = append(rows, h)
		}
	}
	s.past.rows = rows
	s.past.revision++
	if name == "" {
		name = "this account"
	}
	s.heading.SetText("Earlier imports into " + name)
	if len(rows) == 0 {
		s.pastBox.Objects = []fyne.CanvasObject{look.NewQuiet("There are none.")}
	} else {
		s.pastBox.Objects = []fyne.CanvasObject{look.Fixed(0, table.Height(min(len(rows), 12))+2, look.TableCard(s.pastGrid))}
	}
	s.pastBox.Refresh()
	s.pastGrid.Refresh()
}
