package ui

import (
	"context"
	"time"

	"rollcall/internal/push"
	"rollcall/internal/sheet"
	"rollcall/internal/store"
	"rollcall/internal/workbench"
	"rollcall/ui/ask"
	"rollcall/ui/look"
	"rollcall/ui/words"
)

// docChanged follows the document: the toolbar, and a plan that is no longer
// the sheet's.
func (w *Window) docChanged() {
	w.edits++
	w.updateBar()
}

// stale says that the sheet has changed since the plan was made, or was checked
// against a newer copy of the account.
func (w *Window) stale() bool {
	return w.planned == nil || !w.planned.Plan.Reverse && w.seen != w.edits
}

// Preview compares the sheet with the account and shows the plan.
func (w *Window) Preview(validOnly bool) {
	d := w.doc
	if d == nil {
		return
	}
	w.fix.Commit()
	in := d.PlanInput()
	seen := w.edits
	ask.Work(w.layer, w.bench, "Comparing with the account", func(ctx context.Context, report func(workbench.Progress)) (*workbench.Planned, error) {
		return w.bench.Plan(ctx, in, report)
	}, func(p *workbench.Planned) {
		w.accountSynced()
		w.planned, w.seen = p, seen
		w.preview.Show(p, validOnly)
		w.show(stepPreview)
	})
}

// backFromPreview goes to the sheet; where none is open, an undo is left for the
// imports that it was begun from.
func (w *Window) backFromPreview() {
	if w.doc != nil {
		w.goTo(stepFix)
		return
	}
	w.goTo(stepImport)
}

func (w *Window) previewAgain() { w.Preview(false) }

func (w *Window) showRow(r sheet.RowID) {
	w.goTo(stepFix)
	w.fix.ShowRow(r, 0)
}

// startImport sends a plan without the rows that are left out.
func (w *Window) startImport(p *workbench.Planned, left map[sheet.RowID]bool, validOnly bool) {
	of := w.doc
	if p.Plan.Reverse {
		of = nil
	}
	w.runImport(p, left, workbench.ImportOptions{ValidOnly: validOnly || p.Plan.Reverse}, of)
}

// runImport sends a plan without the rows that are left out; of is the open document whose rows are the plan's, nil
// for none.
func (w *Window) runImport(p *workbench.Planned, left map[sheet.RowID]bool, o workbench.ImportOptions, of *workbench.Document) {
	if w.importing.Running() {
		w.layer.Tell("error", "An import is under way", "Nothing of this one was sent. Let the other finish, or stop it, and begin again.")
		return
	}
	ask.Work(w.layer, w.bench, "Starting the import", func(context.Context, func(workbench.Progress)) (*workbench.Import, error) {
		return w.bench.StartImport(p.Without(left), o)
	}, func(i *workbench.Import) {
		name := ""
		if a := w.bench.Current(); a != nil {
			name = a.Profile.Name
		}
		if of != w.doc {
			of = nil // another one was opened meanwhile
		}
		w.planned, w.sent = nil, of
		w.layer.Hush()
		w.importing.Start(i, name, of != nil)
		w.loadHistory()
		w.show(stepImport)
	})
}

// importEnded brings the account's answers into the sheet and its copy up to
// date.
func (w *Window) importEnded(i *workbench.Import) {
	w.loadHistory()
	w.rememberImport()
	var answers workbench.Answers
	w.background("", func(ctx context.Context, report func(workbench.Progress)) error {
		answers = i.Answers()
		return w.bench.SyncNow(ctx, report)
	}, func(error) { // why it failed stands in the account's state
		w.updateAccount()
		w.updateBar()
		d := w.doc
		if d == nil {
			return
		}
		dir := w.bench.Directory()
		w.checked = dir
		if d != w.sent {
			d.Recheck(dir, nil)
			return
		}
		d.TakeAnswers(answers, func() { d.Recheck(dir, nil) })
	})
}

func (w *Window) rememberImport() {
	d := w.sent
	if d == nil || d.Path() == "" {
		return
	}
	r := store.Recent{Path: d.Path(), Rows: d.Counts().Rows, Errors: d.Counts().Errors, Opened: w.bench.Now(), Imported: w.bench.Now()}
	if a := w.bench.Current(); a != nil {
		r.Profile = a.Profile.ID
	}
	w.background("", func(context.Context, func(workbench.Progress)) error {
		return w.bench.Store().RememberRecent(r)
	}, func(error) {})
}

// fixRefused shows the rows that the account refused.
func (w *Window) fixRefused(rows []sheet.RowID) {
	if w.sent == nil {
		return
	}
	w.goTo(stepFix)
	w.fix.ShowRows(rows, "Not imported")
	if len(rows) > 0 {
		w.fix.NextProblem(false)
	}
}

func (w *Window) showOutcome(o push.Outcome) {
	if w.sent == nil {
		return
	}
	w.goTo(stepFix)
	col := 0
	if i := w.importing.Import(); i != nil {
		for _, r := range i.Refusals() {
			if r.Row == o.Row {
				col = w.doc.ColumnIndex(r.Column)
			}
		}
	}
	w.fix.ShowRow(o.Row, col)
}

// loadHistory lists the earlier imports into the chosen account.
func (w *Window) loadHistory() {
	name := ""
	if a := w.bench.Current(); a != nil {
		name = a.Profile.Name
	}
	if w.importing.Import() == nil {
		w.importing.Clear()
	}
	var all []workbench.HistoryEntry
	w.background("", func(context.Context, func(workbench.Progress)) (err error) {
		all, err = w.bench.History(false)
		return err
	}, func(err error) {
		if err == nil {
			w.importing.ShowHistory(name, all)
		}
	})
}

// undoImport shows the reverse plan of an import.
func (w *Window) undoImport(id string) {
	ask.Work(w.layer, w.bench, "Looking at what would be put back", func(ctx context.Context, _ func(workbench.Progress)) (*workbench.Planned, error) {
		return w.bench.UndoPlan(ctx, id)
	}, func(p *workbench.Planned) {
		w.accountSynced()
		w.planned = p
		w.preview.Show(p, true)
		w.show(stepPreview)
	})
}

// offerUnfinished offers to carry on an import of the file that was cut off.
func (w *Window) offerUnfinished(path string) {
	if w.bench.Current() == nil {
		return
	}
	var found workbench.Unfinished
	ok, of := false, w.doc
	w.background("", func(context.Context, func(workbench.Progress)) (err error) {
		found, ok, err = w.bench.UnfinishedImport(path)
		return err
	}, func(err error) {
		if err == nil && ok && !w.importing.Running() {
			w.layer.SayWith(look.Warning, "The import of “"+found.File+"” ("+day(found.When, w.bench.Now())+") was cut off. What was sent is known; the rest can follow.",
				"Carry on", func() { w.carryOn(found, of) })
		}
	})
}

func (w *Window) resumeImport(id string) {
	var found workbench.Unfinished
	ok := false
	w.background("", func(context.Context, func(workbench.Progress)) (err error) {
		found, ok, err = w.bench.UnfinishedImport("")
		return err
	}, func(err error) {
		switch {
		case err != nil:
			w.layer.Error("The import cannot be carried on", err)
		case !ok || found.ID != id:
			w.layer.Tell("error", "The import cannot be carried on", "Only the latest import that was cut off can be carried on.")
		default:
			w.carryOn(found, nil)
		}
	})
}

// carryOn asks, then sends the rest of an import; of is the open document that
// it is of, nil where that is not known.
func (w *Window) carryOn(u workbench.Unfinished, of *workbench.Document) {
	w.layer.Confirm(ask.Question{
		Title: "Carry on the import of “" + u.File + "”?",
		Text: "It was begun " + u.When.Local().Format("2 Jan 2006, 15:04") + " and cut off. Users who were already imported are left as they are; " +
			"the rest of the " + words.Plural(u.Planned.Plan.Counts.ToSend(), "user", "users") + " is sent now.",
		OK: "Carry on",
	}, func() { w.runImport(u.Planned, nil, workbench.ImportOptions{Resume: u.ID, ValidOnly: true}, of) })
}

// syncQuiet is how long a quiet sync may take before it is given up.
const syncQuiet = 2 * time.Minute
