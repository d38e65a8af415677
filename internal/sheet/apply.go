package sheet

import "cmp"

// Apply makes the changes and keeps them as one undo step under the label. It
// returns what changed: cells that have the text already are left out, and so
// are rows that are not there and columns outside the sheet. Where nothing
// changed, the step is empty and no undo step is made.
func (s *Sheet) Apply(label string, ops ...Op) Step {
	step := Step{Label: label}
	for _, op := range ops {
		switch op := op.(type) {
		case SetCell:
			s.setCell(&step, op.Row, op.Col, op.Text, s.isEdit(op.Row, op.Col, op.Text))
		case Revert:
			s.setCell(&step, op.Row, op.Col, s.Original(op.Row, op.Col), false)
		case InsertRows:
			s.insertRows(&step, op)
		case DeleteRows:
			s.deleteRows(&step, op.Rows)
		}
	}
	step.Cells = mergeCells(step.Cells)
	if step.Empty() {
		return step
	}
	s.record(&step)
	return step
}

// isEdit says whether a text written into a cell is an edit: the file's own
// text is none, while in a virtual column every text is.
func (s *Sheet) isEdit(r RowID, col int, text string) bool {
	return col >= s.fileColumns || text != s.Original(r, col)
}

func (s *Sheet) setCell(step *Step, r RowID, col int, text string, edited bool) {
	if col < 0 || col >= s.columns || col > maxColumn || !s.Has(r) {
		return
	}
	c := CellChange{
		Row: r, Col: col,
		Old: s.Text(r, col), New: text,
		OldEdited: s.Edited(r, col), NewEdited: edited,
	}
	if c.Old == c.New && c.OldEdited == c.NewEdited {
		return
	}
	s.write(r, col, text, edited)
	step.Cells = append(step.Cells, c)
}

// write puts a text over a cell or takes it away, and keeps the counts.
func (s *Sheet) write(r RowID, col int, text string, edited bool) {
	p := s.writable(r)
	there := !p.gone.has(int(r) % pageRows)
	if there {
		s.count(r, p, -1)
	}
	if edited {
		p.set(cellKey(r, col), text)
	} else {
		p.remove(cellKey(r, col))
	}
	if there {
		s.count(r, p, +1)
	}
}

// count adds a row to the counts of what is edited, or takes it away.
func (s *Sheet) count(r RowID, p *page, by int) {
	n := 0
	if p != nil {
		n = len(p.row(r))
	}
	s.editedCells += by * n
	if n > 0 || s.Inserted(r) {
		s.editedRows += by
	}
}

func (s *Sheet) insertRows(step *Step, op InsertRows) {
	n := max(op.N, len(op.Texts))
	after := op.Row
	switch {
	case op.Row != None && !s.Has(op.Row), n <= 0:
		return
	case op.Row == None && op.Place == Before:
		after = s.RowAt(s.Len() - 1)
	case op.Row != None && op.Place == Before:
		after = s.RowAt(s.Index(op.Row) - 1)
	}
	run := Run{After: after, Rows: make([]RowID, n)}
	for i := range n {
		run.Rows[i] = RowID(s.base.Len() + len(s.anchors) + i)
	}
	move := Move{Runs: []Run{run}}
	if !s.moveIn(move) {
		return
	}
	step.Moves = append(step.Moves, move)
	step.Inserted = append(step.Inserted, run.Rows...)
	for i, texts := range op.Texts {
		for col, text := range texts {
			if text != "" {
				s.setCell(step, run.Rows[i], col, text, true)
			}
		}
	}
}

func (s *Sheet) deleteRows(step *Step, rows []RowID) {
	runs := s.takeOut(rows)
	if len(runs) == 0 {
		return
	}
	step.Moves = append(step.Moves, Move{Out: true, Runs: runs})
	for _, run := range runs {
		step.Deleted = append(step.Deleted, run.Rows...)
	}
}

// takeOut takes rows out of the order and tells where they were.
func (s *Sheet) takeOut(rows []RowID) []Run {
	touched, hint := make(map[int]bool), -1
	for _, r := range rows {
		if !s.Has(r) {
			continue
		}
		c, ok := s.order.chunkOf(r, s.key, hint)
		if !ok {
			continue
		}
		if c != hint {
			touched[c], hint = true, c
		}
		p := s.writable(r)
		s.count(r, p, -1)
		p.gone.set(int(r) % pageRows)
	}
	if len(touched) == 0 {
		return nil
	}
	o, runs := s.order.without(touched, func(r RowID) bool { return !s.Has(r) })
	s.order = o
	return runs
}

// reserve makes the unused numbers below r rows that are gone: steps that used
// them are not in the history any more.
func (s *Sheet) reserve(r RowID) {
	for n := s.base.Len() + len(s.anchors); n < int(r); n++ {
		s.writable(RowID(n)).gone.set(n % pageRows)
		s.anchors = append(s.anchors, None)
	}
}

// moveIn puts runs into the order: rows taken out before, or new ones.
func (s *Sheet) moveIn(m Move) bool {
	known := len(s.anchors)
	for _, run := range m.Runs {
		anchor := s.anchor(run.After)
		for _, r := range run.Rows {
			switch {
			case s.known(r) && !s.Has(r):
			case int(r) >= s.base.Len()+len(s.anchors) && r != None:
				s.reserve(r)
				s.anchors = append(s.anchors, anchor)
			default:
				s.anchors = s.anchors[:known]
				return false
			}
		}
	}
	o, ok := s.order.with(m.Runs, s.key)
	if !ok {
		s.anchors = s.anchors[:known]
		return false
	}
	s.order = o
	for _, run := range m.Runs {
		for _, r := range run.Rows {
			p := s.writable(r)
			p.gone.clear(int(r) % pageRows)
			s.count(r, p, +1)
		}
	}
	return true
}

// anchor is the row of the file that stands behind or at a row: what rows
// inserted behind it hang on.
func (s *Sheet) anchor(r RowID) RowID {
	if n := int(r) - s.base.Len(); r != None && n >= 0 && n < len(s.anchors) {
		return s.anchors[n]
	}
	return r
}

// mergeCells makes one change of several to the same cell, and none where the
// last gives back what the first found.
func mergeCells(changes []CellChange) []CellChange {
	if eachOnce(changes) {
		return changes
	}
	type place struct {
		row RowID
		col int
	}
	at := make(map[place]int, len(changes))
	merged := changes[:0]
	for _, c := range changes {
		i, again := at[place{c.Row, c.Col}]
		if !again {
			at[place{c.Row, c.Col}] = len(merged)
			merged = append(merged, c)
			continue
		}
		merged[i].New, merged[i].NewEdited = c.New, c.NewEdited
	}
	kept := merged[:0]
	for _, c := range merged {
		if c.Old != c.New || c.OldEdited != c.NewEdited {
			kept = append(kept, c)
		}
	}
	return kept
}

// eachOnce says whether the changes come in rising order, by rows or by
// columns, so that no cell can be among them twice.
func eachOnce(changes []CellChange) bool {
	byRow, byCol := true, true
	for i := 1; i < len(changes); i++ {
		a, b := &changes[i-1], &changes[i]
		row, col := cmp.Compare(a.Row, b.Row), cmp.Compare(a.Col, b.Col)
		byRow = byRow && (row < 0 || row == 0 && col < 0)
		byCol = byCol && (col < 0 || col == 0 && row < 0)
		if !byRow && !byCol {
			return false
		}
	}
	return true
}
