package workbench

import (
	"context"
	"errors"
	"iter"
	"strings"

	"rollcall/internal/check"
	"rollcall/internal/roster"
	"rollcall/internal/sheet"
)

// bigEdit is how many cells are changed and checked at once on the goroutine
// that owns the sheet: a few milliseconds' work. More is done elsewhere.
const bigEdit = 4000

// big says whether a change of so many cells is made in the background. A tool
// without a window has nothing to keep responsive: it waits.
func (d *Document) big(cells int) bool { return cells > bigEdit && !d.bench.noWork }

// longChange is a change that is being made in the background.
type longChange struct {
	what   string
	kind   sheet.EntryKind
	cancel func()
}

// Working says what is being changed in the background, "" for nothing.
func (d *Document) Working() string {
	if d.long == nil {
		return ""
	}
	return d.long.what
}

// undoWork takes back a change that is still being made, which is what an undo
// then means.
func (d *Document) undoWork() bool {
	if d.long == nil || d.long.kind != sheet.EntryStep {
		return false
	}
	d.long.cancel()
	return true
}

// CancelWork gives up the change that is being made in the background: the
// sheet stays as it is.
func (d *Document) CancelWork() {
	if d.long != nil {
		d.long.cancel()
	}
}

// elsewhere makes a change that is too long for the goroutine that owns the
// sheet: on a draft, in the background. Where the sheet was edited meanwhile,
// the change is made again on top of that, so that nothing is lost; an undo or
// redo, which would then mean another step, is given up. The whole sheet is
// checked afterwards. what says in a few words what is done.
func (d *Document) elsewhere(what string, kind sheet.EntryKind, change func(context.Context, *sheet.Draft) (sheet.Step, error)) {
	draft := d.sheet.Draft()
	type made struct {
		sheet.Step
		rows []sheet.RowID
	}
	work := func(ctx context.Context, _ func(Progress)) (made, error) {
		step, err := change(ctx, draft)
		return made{step, step.Rows()}, errors.Join(err, ctx.Err())
	}
	long := &longChange{what: what, kind: kind}
	d.long = long
	long.cancel = Background(d.bench, work, nil, func(step made, err error) {
		if d.long == long {
			d.long = nil
			defer d.tell(Event{Kind: WorkChanged})
		}
		if err != nil || step.Empty() {
			return
		}
		if !d.sheet.Commit(draft) {
			if kind == sheet.EntryStep {
				d.elsewhere(what, kind, change)
			}
			return
		}
		entry := sheet.Entry{Kind: kind}
		if kind == sheet.EntryStep {
			entry.Step = step.Step
		}
		d.journal(entry)
		d.keepShown(&step.Step)
		d.engine.Forgive(step.rows)
		d.fresh = false
		d.tell(Event{Kind: RowsChanged})
		d.Recheck(d.dir, nil)
	})
	d.tell(Event{Kind: WorkChanged})
}

// EditMany writes texts into many cells, and puts rows of texts, by shown
// column, behind the last row (nil adds none), all as one undo step. A large
// change is made in the background, where cells and added are then called: they
// must give the same whenever they are called, and read nothing that changes.
// count is how many cells they give at most. label names the step by how many
// cells it changes.
func (d *Document) EditMany(label func(cells int) string, count int, cells iter.Seq[CellEdit], added iter.Seq[[]string]) {
	targets := make([]int, len(d.columns))
	for col := range targets {
		targets[col] = d.target(col)
	}
	width := d.sheet.Columns()
	if !d.big(count) {
		step := applyMany(d.sheet, d.Text, label, targets, cells, insertion(added, targets, width))
		d.noteStep(&step)
		return
	}
	columns, over := d.columns, d.view
	d.elsewhere("Changing "+plural(count, "cell", "cells"), sheet.EntryStep,
		func(_ context.Context, draft *sheet.Draft) (sheet.Step, error) {
			was := arrangement{columns: columns, view: over.Over(draft.Snapshot())}
			return applyMany(&draft.Sheet, was.cell, label, targets, cells, insertion(added, targets, width)), nil
		})
}

// applyMany makes the changes as one step. Cells that show their new text
// already (shown) are no change.
func applyMany(s *sheet.Sheet, shown func(sheet.RowID, int) string, label func(int) string, targets []int, cells iter.Seq[CellEdit], insert []sheet.Op) sheet.Step {
	var ops []sheet.Op
	for e := range cells {
		if shown(e.Row, e.Col) != e.Text {
			ops = append(ops, sheet.SetCell{Row: e.Row, Col: targets[e.Col], Text: e.Text})
		}
	}
	n := len(ops)
	for _, op := range insert {
		for _, row := range op.(sheet.InsertRows).Texts {
			n += filled(row)
		}
	}
	return s.Apply(label(n), append(ops, insert...)...)
}

func filled(texts []string) (n int) {
	for _, t := range texts {
		if t != "" {
			n++
		}
	}
	return n
}

// insertion puts rows of texts, by shown column, behind the last row.
func insertion(rows iter.Seq[[]string], targets []int, width int) []sheet.Op {
	if rows == nil {
		return nil
	}
	var texts [][]string
	for row := range rows {
		line := make([]string, width)
		for col, text := range row {
			if col < len(targets) {
				line[targets[col]] = text
			}
		}
		texts = append(texts, line)
	}
	return []sheet.Op{sheet.InsertRows{Row: sheet.None, Place: sheet.Before, Texts: texts}}
}

// fixElsewhere makes many fixes at once: they are found on a draft by an engine
// of its own, since the sheet's belongs to one goroutine.
func (d *Document) fixElsewhere(label string, find func(*check.Engine, roster.View) []check.Fix) {
	dir, over := d.dir, d.view
	targets := make([]int, roster.NumColumns)
	for _, c := range roster.Columns() {
		targets[c] = over.Target(c)
	}
	d.elsewhere(strings.ToUpper(label[:1])+label[1:], sheet.EntryStep, func(ctx context.Context, draft *sheet.Draft) (sheet.Step, error) {
		snap := draft.Snapshot()
		view := over.Over(snap)
		engine := check.New(dir)
		if err := engine.Run(ctx, view, snap.Rows(), nil); err != nil {
			return sheet.Step{}, err
		}
		fixes := find(engine, view)
		ops := make([]sheet.Op, len(fixes))
		for i, f := range fixes {
			ops[i] = sheet.SetCell{Row: f.Row, Col: targets[f.Col], Text: f.New}
		}
		return draft.Apply(label, ops...), nil
	})
}
