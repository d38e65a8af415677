package sheet

// CellChange is what happened to one cell. OldEdited and NewEdited say whether
// an edit lay over the cell before and after: in a virtual column that is not
// to be told from the texts.
type CellChange struct {
	Row                  RowID
	Col                  int
	Old, New             string
	OldEdited, NewEdited bool
}

// Run is a stretch of rows that were put behind the row After, or taken away
// from there. After None is the top.
type Run struct {
	After RowID
	Rows  []RowID
}

// Move is one change of the order: Runs put in, or taken out, all at once. None
// of the Runs lies behind a row of another.
type Move struct {
	Out  bool
	Runs []Run
}

// Step is one undo step: everything that one action of the user changed, in
// either direction. Inserted and Deleted list the rows that came and went,
// which Moves tells place by place.
type Step struct {
	Label    string
	Cells    []CellChange
	Moves    []Move
	Inserted []RowID
	Deleted  []RowID
	serial   uint64
}

// State is the Sheet's State after the step was applied.
func (s *Step) State() uint64 { return s.serial }

// Empty says whether the step changed nothing.
func (s *Step) Empty() bool { return len(s.Cells) == 0 && len(s.Moves) == 0 }

// Size is how many cells and rows the step changes: what carrying it out costs.
func (s *Step) Size() int { return len(s.Cells) + len(s.Inserted) + len(s.Deleted) }

// Rows lists the rows that changed or came, each once, in the order in which
// the step met them; those that went are in Deleted.
func (s *Step) Rows() []RowID {
	var rows []RowID
	seen := make(map[RowID]bool, len(s.Inserted)+len(s.Deleted))
	for _, r := range s.Deleted {
		seen[r] = true
	}
	add := func(r RowID) {
		if !seen[r] {
			seen[r] = true
			rows = append(rows, r)
		}
	}
	for i := range s.Cells {
		if n := len(rows); n == 0 || rows[n-1] != s.Cells[i].Row {
			add(s.Cells[i].Row)
		}
	}
	for _, r := range s.Inserted {
		add(r)
	}
	return rows
}

// Focus is the cell that the cursor goes to after the step: the first inserted
// row, else the row above the first deleted one, else the first changed cell.
// The row may be None.
func (s *Step) Focus() (r RowID, col int) {
	if len(s.Inserted) > 0 {
		return s.Inserted[0], 0
	}
	if len(s.Moves) > 0 {
		return s.Moves[0].Runs[0].After, 0
	}
	if len(s.Cells) > 0 {
		return s.Cells[0].Row, s.Cells[0].Col
	}
	return None, 0
}

// inverse is the step that takes this one back.
func (s *Step) inverse() Step {
	inv := Step{Label: s.Label, Inserted: s.Deleted, Deleted: s.Inserted, serial: s.serial}
	if n := len(s.Cells); n > 0 {
		inv.Cells = make([]CellChange, n)
		for i, c := range s.Cells {
			inv.Cells[i] = CellChange{
				Row: c.Row, Col: c.Col,
				Old: c.New, New: c.Old,
				OldEdited: c.NewEdited, NewEdited: c.OldEdited,
			}
		}
	}
	for i := len(s.Moves) - 1; i >= 0; i-- {
		inv.Moves = append(inv.Moves, Move{Out: !s.Moves[i].Out, Runs: s.Moves[i].Runs})
	}
	return inv
}
