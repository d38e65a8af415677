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
	targets := make([]int, len(d.columns))
	for col := range targets {
		targets[col] = d.target(col)
	}
	ops := func() []sheet.Op {
		ops := make([]sheet.Op, len(edits))
		for i, e := range edits {
			ops[i] = sheet.SetCell{Row: e.Row, Col: targets[e.Col], Text: e.Text}
		}
		return ops
	}
	if d.big(len(edits)) {
		d.elsewhere(sheet.EntryStep, func(_ context.Context, draft *sheet.Draft) (sheet.Step, error) {
			return draft.Apply(label, ops()...), nil
		})
		return
	}
	d.apply(label, ops())
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

// Paste writes texts into cells and puts rows of texts, by shown column, behind
// the last row, as one undo step. It returns the new rows.
func (d *Document) Paste(label string, edits []CellEdit, rows [][]string) []sheet.RowID {
	ops := make([]sheet.Op, 0, len(edits)+1)
	for _, e := range edits {
		ops = append(ops, sheet.SetCell{Row: e.Row, Col: d.target(e.Col), Text: e.Text})
	}
	if len(rows) > 0 {
		texts := make([][]string, len(rows))
		for i, row := range rows {
			texts[i] = make([]string, d.sheet.Columns())
			for col, text := range row {
				if col < len(d.columns) {
					texts[i][d.target(col)] = text
				}
			}
		}
		ops = append(ops, sheet.InsertRows{Row: sheet.None, Place: sheet.Before, Texts: texts})
	}
	if label == "" {
		label = "paste"
	}
	step := d.apply(label, ops)
	return step.Inserted
}

// InsertedRows lists the rows that the file does not have, in the sheet's
// order.
func (d *Document) InsertedRows() []sheet.RowID {
	var out []sheet.RowID
	for _, r := range d.sheet.Changes().Inserted {
		out = append(out, r.Row)
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
	d.apply("delete "+plural(len(rows), "row", "rows"), []sheet.Op{sheet.DeleteRows{Rows: rows}})
}

// Undo takes back the latest step and tells where the cursor belongs.
func (d *Document) Undo() (cursor CellRef, ok bool) {
	if next := d.sheet.NextUndo(); next != nil && d.big(next.Size()) {
		d.elsewhere(sheet.EntryUndo, func(_ context.Context, draft *sheet.Draft) (sheet.Step, error) {
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
		d.elsewhere(sheet.EntryRedo, func(_ context.Context, draft *sheet.Draft) (sheet.Step, error) {
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
	if step.Empty() {
		return step
	}
	d.journal(sheet.Entry{Kind: sheet.EntryStep, Step: step})
	d.after(&step)
	return step
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
	d.tell(Event{Kind: CellsChanged, Rows: union(changed, touched)})
	return d.focus(step)
}

// focus is the cell where a step belongs.
func (d *Document) focus(step *sheet.Step) CellRef {
	row, col := step.Focus()
	return CellRef{Row: row, Col: d.gridColumn(col)}
}

// keepShown brings rows that came and went into what is shown, which otherwise
// holds still until the filter is applied again.
func (d *Document) keepShown(step *sheet.Step) {
	if d.filter.Empty() && d.order.File() {
		d.shown = d.sheet.Rows()
		return
	}
	gone := make(map[sheet.RowID]bool, len(step.Deleted))
	for _, r := range step.Deleted {
		gone[r] = true
	}
	shown := make([]sheet.RowID, 0, len(d.shown)+len(step.Inserted))
	for _, r := range d.shown {
		if !gone[r] {
			shown = append(shown, r)
		}
	}
	for _, r := range step.Inserted {
		at := len(shown)
		if place := d.sheet.Index(r); place > 0 {
			if i := slices.Index(shown, d.sheet.RowAt(place-1)); i >= 0 {
				at = i + 1
			}
		} else {
			at = 0
		}
		shown = slices.Insert(shown, at, r)
	}
	d.shown = shown
}

func union(a, b []sheet.RowID) []sheet.RowID {
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

// Refuse puts the account's answers on their cells, where they stay until the
// row is edited.
func (d *Document) Refuse(list []Refusal) {
	rows := make([]sheet.RowID, 0, len(list))
	for _, r := range list {
		if !d.sheet.Has(r.Row) {
			continue
		}
		d.engine.Refuse(r.Row, r.Column, r.Message)
		rows = append(rows, r.Row)
	}
	d.fresh = false
	d.tell(Event{Kind: CellsChanged, Rows: rows})
}

// Engine gives read access to the findings.
func (d *Document) Engine() *check.Engine { return d.engine }
