package workbench

import "rollcall/internal/sheet"

// keepShown brings rows that came and went into what is shown, which otherwise
// holds still until the filter is applied again: a new row comes behind the row
// that is before it in the sheet, or last where that is not shown.
func (d *Document) keepShown(step *sheet.Step) {
	if d.filter.Empty() && d.order.File() {
		d.shown = d.sheet.Rows()
		return
	}
	if len(step.Moves) == 0 {
		return
	}
	runs := d.newRuns(step.Inserted)
	shown := make([]sheet.RowID, 0, len(d.shown)+len(step.Inserted))
	shown = runs.placeBehind(sheet.None, shown)
	for _, r := range d.shown {
		if d.sheet.Has(r) {
			shown = runs.placeBehind(r, append(shown, r))
		}
	}
	d.shown = runs.placeRest(shown)
}

// newRuns are stretches of new rows that stand one behind the other in the
// sheet. They are kept in plain lists, not in a map: an undo may bring back a
// million rows.
type newRuns struct {
	rows   []sheet.RowID // all of them, in the sheet's order
	from   []int         // by run: its first row; one more at the end
	behind []int32       // by row: the run behind it, counted from 1; sheet.None's is first
	top    int32         // the run above the first row, counted from 1; 0 for none
	placed []bool        // by run
}

func (d *Document) newRuns(inserted []sheet.RowID) *newRuns {
	n := &newRuns{}
	if len(inserted) == 0 {
		return n
	}
	isNew := newRowSet(inserted)
	before, inRun := sheet.None, false
	for _, r := range d.sheet.Rows() {
		if !isNew.has(r) {
			before, inRun = r, false
			continue
		}
		if !inRun {
			inRun = true
			n.from = append(n.from, len(n.rows))
			n.setBehind(before, int32(len(n.from)))
		}
		n.rows = append(n.rows, r)
	}
	n.placed = make([]bool, len(n.from))
	n.from = append(n.from, len(n.rows))
	return n
}

func (n *newRuns) setBehind(r sheet.RowID, run int32) {
	if r == sheet.None {
		n.top = run
		return
	}
	if more := int(r) + 1 - len(n.behind); more > 0 {
		n.behind = append(n.behind, make([]int32, more)...)
	}
	n.behind[r] = run
}

// placeBehind appends the run behind a row that is shown, if there is one.
func (n *newRuns) placeBehind(r sheet.RowID, shown []sheet.RowID) []sheet.RowID {
	run := n.top
	if r != sheet.None {
		if int(r) >= len(n.behind) {
			return shown
		}
		run = n.behind[r]
	}
	if run == 0 {
		return shown
	}
	n.placed[run-1] = true
	return append(shown, n.rows[n.from[run-1]:n.from[run]]...)
}

// placeRest appends the runs whose row before is not shown.
func (n *newRuns) placeRest(shown []sheet.RowID) []sheet.RowID {
	for i, done := range n.placed {
		if !done {
			shown = append(shown, n.rows[n.from[i]:n.from[i+1]]...)
		}
	}
	return shown
}
