package workbench

import (
	"context"
	"fmt"
	"slices"

	"rollcall/internal/account"
	"rollcall/internal/check"
	"rollcall/internal/roster"
	"rollcall/internal/sheet"
)

// CellEdit is a new text for a cell.
type CellEdit struct {
	Row  sheet.RowID
	Col  int // among Columns
	Text string
}

// Edit writes texts into cells as one undo step. An empty label is made from
// what is edited.
func (d *Document) Edit(label string, edits []CellEdit) {
	if label == "" {
		label = d.editLabel(edits)
	}
	if d.big(len(edits)) {
		d.EditMany(func(int) string { return label }, len(edits), slices.Values(edits), nil)
		return
	}
	ops := make([]sheet.Op, len(edits))
	for i, e := range edits {
		ops[i] = sheet.SetCell{Row: e.Row, Col: d.target(e.Col), Text: e.Text}
	}
	d.apply(label, ops)
}

func (d *Document) editLabel(edits []CellEdit) string {
	if len(edits) == 1 {
		return "edit " + d.columns[edits[0].Col].Title
	}
	return fmt.Sprintf("edit %s cells", Number(len(edits)))
}

// InsertRows puts n empty rows above a row, or behind the last for sheet.None,
// and returns them.
func (d *Document) InsertRows(before sheet.RowID, n int) []sheet.RowID {
	step := d.apply("insert "+plural(n, "row", "rows"), []sheet.Op{sheet.InsertRows{Row: before, Place: sheet.Before, N: n}})
	return step.Inserted
}

// InsertedRows lists the rows that the file does not have, in the sheet's
// order.
func (d *Document) InsertedRows() []sheet.RowID {
	var out []sheet.RowID
	for _, r := range d.sheet.Rows() {
		if d.sheet.Inserted(r) {
			out = append(out, r)
		}
	}
	return out
}

// Choices lists the values of a column with few: status and role; nil for
// others.
func (d *Document) Choices(col int) []string {
	switch d.columns[col].Column {
	case roster.Status:
		return []string{account.StatusActive, account.StatusArchived}
	case roster.Role:
		return account.Roles()
	}
	return nil
}

// DeleteRows takes rows out of the sheet.
func (d *Document) DeleteRows(rows []sheet.RowID) {
	label := "delete " + plural(len(rows), "row", "rows")
	if d.big(len(rows)) {
		d.elsewhere("Deleting "+plural(len(rows), "row", "rows"), sheet.EntryStep, func(_ context.Context, draft *sheet.Draft) (sheet.Step, error) {
			return draft.Apply(label, sheet.DeleteRows{Rows: rows}), nil
		})
		return
	}
	d.apply(label, []sheet.Op{sheet.DeleteRows{Rows: rows}})
}

// Undo takes back the latest step and tells where the cursor belongs. A change
// that is still being made in the background is given up instead. The cursor's
// column is -1 where rows came or went.
func (d *Document) Undo() (cursor CellRef, ok bool) {
	if d.undoWork() {
		return CellRef{}, false
	}
	if next := d.sheet.NextUndo(); next != nil && d.big(next.Size()) {
		d.elsewhere("Undoing: "+next.Label, sheet.EntryUndo, func(_ context.Context, draft *sheet.Draft) (sheet.Step, error) {
			step, _ := draft.Undo()
			return step, nil
		})
		return d.focus(next), true
	}
	step, ok := d.sheet.Undo()
	if !ok {
		return CellRef{}, false
	}
	d.journal(sheet.Entry{Kind: sheet.EntryUndo})
	return d.after(&step), true
}

// Redo does again what Undo took back.
func (d *Document) Redo() (cursor CellRef, ok bool) {
	if next := d.sheet.NextRedo(); next != nil && d.big(next.Size()) {
		d.elsewhere("Redoing: "+next.Label, sheet.EntryRedo, func(_ context.Context, draft *sheet.Draft) (sheet.Step, error) {
			step, _ := draft.Redo()
			return step, nil
		})
		return d.focus(next), true
	}
	step, ok := d.sheet.Redo()
	if !ok {
		return CellRef{}, false
	}
	d.journal(sheet.Entry{Kind: sheet.EntryRedo})
	return d.after(&step), true
}

// UndoLabel names what Undo takes back, "" for nothing.
func (d *Document) UndoLabel() string { return d.sheet.UndoLabel() }

// RedoLabel names what Redo does again, "" for nothing.
func (d *Document) RedoLabel() string { return d.sheet.RedoLabel() }

func (d *Document) apply(label string, ops []sheet.Op) sheet.Step {
	step := d.sheet.Apply(label, ops...)
	d.noteStep(&step)
	return step
}

// noteStep follows a step that was made on the sheet itself.
func (d *Document) noteStep(step *sheet.Step) {
	if !step.Empty() {
		d.journal(sheet.Entry{Kind: sheet.EntryStep, Step: *step})
		d.after(step)
	}
}

// after brings findings, shown rows and listeners up to date with a step, and
// tells where the cursor belongs.
func (d *Document) after(step *sheet.Step) CellRef {
	changed := step.Rows()
	d.recheck.note(changed, step.Deleted)
	touched := d.engine.Update(d.view, changed, step.Deleted)
	d.fresh = false
	if len(step.Moves) > 0 {
		d.keepShown(step)
		d.tell(Event{Kind: RowsChanged})
	}
	d.tell(Event{Kind: CellsChanged, Rows: eitherOf(changed, touched)})
	return d.focus(step)
}

// focus is the cell where a step belongs. Rows that came or went belong to no
// column: it is -1 then.
func (d *Document) focus(step *sheet.Step) CellRef {
	row, col := step.Focus()
	if len(step.Moves) > 0 {
		return CellRef{Row: row, Col: -1}
	}
	return CellRef{Row: row, Col: d.gridColumn(col)}
}

// eitherOf lists the rows of both lists, each once if it is so in each.
func eitherOf(a, b []sheet.RowID) []sheet.RowID {
	if len(b) == 0 {
		return a
	}
	seen := make(map[sheet.RowID]bool, len(a))
	out := slices.Clone(a)
	for _, r := range a {
		seen[r] = true
	}
	for _, r := range b {
		if !seen[r] {
			out = append(out, r)
		}
	}
	return out
}

// noun is what a cell of a column is called when several are counted.
func noun(c roster.Column, n int) string {
	names := map[roster.Column][2]string{
		roster.Status:  {"status", "statuses"},
		roster.Name:    {"name", "names"},
		roster.Email:   {"e-mail", "e-mails"},
		roster.Role:    {"role", "roles"},
		roster.Groups:  {"group", "groups"},
		roster.Sources: {"source username", "source usernames"},
	}
	pair, ok := names[c]
	if !ok {
		pair = [2]string{"cell", "cells"}
	}
	return plural(n, pair[0], pair[1])
}

// Refusal is the account's answer on a row, for the sheet.
type Refusal struct {
	Row     sheet.RowID
	Column  roster.Column
	Message string
}

// answersPiece is how many answers are taken in one piece: a few milliseconds'
// work.
const answersPiece = 1000

// TakeAnswers puts what the account said of an import's rows on their cells, in
// the place of what it said of them earlier, in pieces, and then calls done.
func (d *Document) TakeAnswers(a Answers, done func()) {
	forgiven, refused := 0, 0
	d.bench.piecewise(func() (last bool) {
		d.recheck.refused = true
		from := forgiven
		forgiven = min(from+answersPiece, len(a.tried))
		d.engine.Forgive(a.tried[from:forgiven])
		if forgiven < len(a.tried) {
			return false
		}
		from = refused
		refused = min(from+answersPiece, len(a.refusals))
		d.refuse(a.refusals[from:refused])
		return refused == len(a.refusals)
	}, func() {
		d.tell(Event{Kind: CellsChanged, Rows: a.tried})
		done()
	})
}

// Refuse puts the account's answers on their cells, where they stay until the
// row is edited or sent again, or another account is chosen.
func (d *Document) Refuse(list []Refusal) {
	d.tell(Event{Kind: CellsChanged, Rows: d.refuse(list)})
}

func (d *Document) refuse(list []Refusal) (rows []sheet.RowID) {
	for _, r := range list {
		if d.sheet.Has(r.Row) {
			d.engine.Refuse(r.Row, r.Column, r.Message)
			rows = append(rows, r.Row)
		}
	}
	d.fresh, d.recheck.refused = false, true
	return rows
}

// Engine gives read access to the findings.
func (d *Document) Engine() *check.Engine { return d.engine }
