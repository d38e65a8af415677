package workbench

import (
	"context"

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

// elsewhere makes a change that is too long for the goroutine that owns the
// sheet: on a draft, in the background. Where the sheet was edited meanwhile,
// the change is made again on top of that, so that nothing is lost; an undo or
// redo, which would then mean another step, is given up. The whole sheet is
// checked afterwards.
func (d *Document) elsewhere(kind sheet.EntryKind, change func(context.Context, *sheet.Draft) (sheet.Step, error)) {
	draft := d.sheet.Draft()
	work := func(ctx context.Context, _ func(Progress)) (sheet.Step, error) { return change(ctx, draft) }
	Background(d.bench, work, nil, func(step sheet.Step, err error) {
		if err != nil || step.Empty() {
			return
		}
		if !d.sheet.Commit(draft) {
			if kind == sheet.EntryStep {
				d.elsewhere(kind, change)
			}
			return
		}
		entry := sheet.Entry{Kind: kind}
		if kind == sheet.EntryStep {
			entry.Step = step
		}
		d.journal(entry)
		d.keepShown(&step)
		d.fresh = false
		d.tell(Event{Kind: RowsChanged})
		d.Recheck(d.dir, nil)
	})
}

// fixElsewhere makes many fixes at once: they are found on a draft by an engine
// of its own, since the sheet's belongs to one goroutine.
func (d *Document) fixElsewhere(label string, find func(*check.Engine, roster.View) []check.Fix) {
	dir, over := d.dir, d.view
	targets := make([]int, roster.NumColumns)
	for _, c := range roster.Columns() {
		targets[c] = over.Target(c)
	}
	d.elsewhere(sheet.EntryStep, func(ctx context.Context, draft *sheet.Draft) (sheet.Step, error) {
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
