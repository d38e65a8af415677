package sheet

import "errors"

// ErrMismatch says that a step does not fit the sheet it is replayed on: it was
// made on another, or after other steps.
var ErrMismatch = errors.New("sheet: the step does not fit this sheet")

// record keeps a step that has just been carried out as the latest one.
func (s *Sheet) record(step *Step) {
	s.serial++
	step.serial = s.serial
	s.done = append(s.done, *step)
	s.undone = nil
	s.changed()
}

func (s *Sheet) changed() {
	s.revision++
	s.state = 0
	if n := len(s.done); n > 0 {
		s.state = s.done[n-1].serial
	}
}

// Undo takes back the latest step. What it returns tells what changed now: Old
// is the text that went, Inserted are rows that came back.
func (s *Sheet) Undo() (Step, bool) {
	n := len(s.done)
	if n == 0 {
		return Step{}, false
	}
	step := s.done[n-1]
	inv := step.inverse()
	s.carryOut(&inv)
	s.done = s.done[:n-1]
	s.undone = append(s.undone, step)
	s.changed()
	return inv, true
}

// Redo does again what the latest Undo took back.
func (s *Sheet) Redo() (Step, bool) {
	n := len(s.undone)
	if n == 0 {
		return Step{}, false
	}
	step := s.undone[n-1]
	s.carryOut(&step)
	s.undone = s.undone[:n-1]
	s.done = append(s.done, step)
	s.changed()
	return step, true
}

// UndoLabel names the step that Undo takes back, "" for none.
func (s *Sheet) UndoLabel() string { return lastLabel(s.done) }

// RedoLabel names the step that Redo does again, "" for none.
func (s *Sheet) RedoLabel() string { return lastLabel(s.undone) }

// NextUndo is the step that Undo takes back, nil for none. It must not be
// changed.
func (s *Sheet) NextUndo() *Step { return last(s.done) }

// NextRedo is the step that Redo does again, nil for none. It must not be
// changed.
func (s *Sheet) NextRedo() *Step { return last(s.undone) }

func last(steps []Step) *Step {
	if len(steps) == 0 {
		return nil
	}
	return &steps[len(steps)-1]
}

// CanUndo says whether there is a step to undo, also one without a label.
func (s *Sheet) CanUndo() bool { return len(s.done) > 0 }

func lastLabel(steps []Step) string {
	if len(steps) == 0 {
		return ""
	}
	return steps[len(steps)-1].Label
}

// History lists the steps that can be undone, oldest first, and those that can
// be redone, the next one last. The slices are copies; the steps are shared and
// must not be changed.
func (s *Sheet) History() (done, undone []Step) {
	return append([]Step(nil), s.done...), append([]Step(nil), s.undone...)
}

// carryOut makes the changes of a step that is known to fit.
func (s *Sheet) carryOut(step *Step) bool {
	for _, m := range step.Moves {
		if !s.move(m) {
			return false
		}
	}
	for i := range step.Cells {
		c := &step.Cells[i]
		s.write(c.Row, c.Col, c.New, c.NewEdited)
	}
	return true
}

func (s *Sheet) move(m Move) bool {
	if !m.Out {
		return s.moveIn(m)
	}
	var rows []RowID
	for _, run := range m.Runs {
		rows = append(rows, run.Rows...)
	}
	return len(s.takeOut(rows)) == len(m.Runs)
}

// Replay does a step that was recorded on an equal sheet: it becomes the latest
// undo step. A step that does not fit gives ErrMismatch and changes nothing.
func (s *Sheet) Replay(step Step) error {
	if step.Empty() {
		return ErrMismatch
	}
	if len(step.Moves) > 0 {
		return s.replayMoves(step)
	}
	for i := range step.Cells {
		if !s.cellFits(&step.Cells[i]) {
			return ErrMismatch
		}
	}
	s.carryOut(&step)
	s.record(&step)
	return nil
}

// replayMoves is Replay for a step that changes the order of rows. Whether it
// fits shows only on the way, so that it is tried over a Snapshot.
func (s *Sheet) replayMoves(step Step) error {
	before := s.Snapshot()
	fail := func() error {
		s.table, s.ownPages = before.table, false
		return ErrMismatch
	}
	step.Inserted, step.Deleted = nil, nil
	for _, m := range step.Moves {
		if !s.fits(m) || !s.move(m) {
			return fail()
		}
		for _, run := range m.Runs {
			if m.Out {
				step.Deleted = append(step.Deleted, run.Rows...)
			} else {
				step.Inserted = append(step.Inserted, run.Rows...)
			}
		}
	}
	for i := range step.Cells {
		c := &step.Cells[i]
		if !s.cellFits(c) {
			return fail()
		}
		s.write(c.Row, c.Col, c.New, c.NewEdited)
	}
	s.record(&step)
	return nil
}

func (s *Sheet) cellFits(c *CellChange) bool {
	return s.known(c.Row) && c.Col >= 0 && c.Col < s.columns && c.Col <= maxColumn &&
		s.Text(c.Row, c.Col) == c.Old && s.Edited(c.Row, c.Col) == c.OldEdited &&
		(c.NewEdited || c.New == s.Original(c.Row, c.Col))
}

// fits says whether a recorded move can be made: rows taken out stand where it
// says, and rows put in are new ones.
func (s *Sheet) fits(m Move) bool {
	next := s.base.Len() + len(s.anchors)
	for _, run := range m.Runs {
		if len(run.Rows) == 0 || run.After != None && !s.Has(run.After) {
			return false
		}
		at := s.Index(run.After) + 1
		for i, r := range run.Rows {
			switch {
			case m.Out && s.RowAt(at+i) != r:
				return false
			case !m.Out && (int(r) < next || int(r)-s.base.Len() >= maxStepRows):
				return false
			}
			next = int(r) + 1
		}
	}
	return len(m.Runs) > 0
}
