package workbench

import (
	"context"
	"errors"

	"rollcall/internal/account"
	"rollcall/internal/check"
	"rollcall/internal/plan"
	"rollcall/internal/roster"
	"rollcall/internal/sheet"
)

// PlanInput is what a plan is made of, at one moment: it can be planned in any
// goroutine while the sheet goes on being edited.
type PlanInput struct {
	Revision uint64
	rows     []sheet.RowID
	snap     *sheet.Snapshot
	view     roster.View
	blocked  map[sheet.RowID]string
	all      string // why every row is blocked, "" if they are not
	name     string
	path     string
}

// PlanInput takes the sheet as it is now. It is for the UI goroutine.
func (d *Document) PlanInput() PlanInput {
	snap := d.sheet.Snapshot()
	in := PlanInput{
		Revision: snap.Revision(), rows: snap.Rows(), snap: snap, view: d.view.Over(snap),
		blocked: make(map[sheet.RowID]string), name: d.name, path: d.book.Path,
	}
	for _, f := range d.engine.Whole() {
		if f.Severity == check.Error && f.Code == check.ColumnMissing {
			in.all = f.Message
		}
	}
	for f := range d.engine.All() {
		if f.Severity == check.Error && !f.WholeFile() && in.blocked[f.Row] == "" {
			in.blocked[f.Row] = f.Message
		}
	}
	return in
}

// Planned is a plan and what it was made against.
type Planned struct {
	Plan      *plan.Plan
	Directory *account.Directory
	Revision  uint64
	// Offline says why the plan is made against the last copy and not against
	// the account as it is now; "" where it is fresh.
	Offline string
	// Moved are users whom the plan changes and whom someone else changed since
	// the copy that the sheet was checked against.
	Moved  []string
	name   string
	path   string
	undoes string // the import that this plan takes back
}

// Plan compares the sheet with the account. Where the account can be reached
// its copy is brought up to date first; where not, the last copy serves, and
// Offline says so.
func (b *Bench) Plan(ctx context.Context, in PlanInput, report func(Progress)) (*Planned, error) {
	before := b.Directory()
	out := &Planned{Revision: in.Revision, name: in.name, path: in.path}
	if err := b.SyncNow(ctx, report); err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if !errors.Is(err, ErrNoAccount) {
			out.Offline = sentence(err)
		}
	}
	if err := b.completePartial(ctx, in, report); err != nil {
		return nil, err
	}
	dir := b.Directory()
	tell(report, Progress{What: "Comparing", Total: int64(len(in.rows))})
	p, err := plan.Build(ctx, in.planRows(dir), dir)
	if err != nil {
		return nil, err
	}
	out.Plan, out.Directory, out.Moved = p, dir, movedSince(p, before, dir)
	return out, nil
}

// planRows reads the rows as users.
func (in *PlanInput) planRows(dir *account.Directory) []plan.Row {
	rows := make([]plan.Row, len(in.rows))
	for i, r := range in.rows {
		rows[i] = plan.Row{ID: r, Number: in.snap.FileRow(r), User: roster.Parse(in.view.Row(r), dir), Blocked: in.blocked[r]}
		if in.all != "" {
			rows[i].Blocked = in.all
		}
	}
	return rows
}

// completePartial looks up the users of the sheet where the account is too
// large to be copied whole.
func (b *Bench) completePartial(ctx context.Context, in PlanInput, report func(Progress)) error {
	dir := b.Directory()
	if dir == nil || !dir.Partial {
		return nil
	}
	var emails []string
	for _, r := range in.rows {
		email := in.view.Text(r, roster.Email)
		if in.blocked[r] == "" && len(dir.ByEmail(email)) == 0 {
			emails = append(emails, email)
		}
	}
	return b.lookUp(ctx, dir, emails, report)
}
