package workbench

import (
	"context"
	"errors"
	"strings"

	"rollcall/internal/account"
	"rollcall/internal/check"
	"rollcall/internal/plan"
	"rollcall/internal/problem"
	"rollcall/internal/roster"
	"rollcall/internal/sheet"
)

// PlanInput is what a plan is made of, at one moment: it can be planned in any
// goroutine while the sheet goes on being edited.
type PlanInput struct {
	Revision uint64
	snap     *sheet.Snapshot
	view     roster.View
	name     string
	path     string
}

// PlanInput takes the sheet as it is now. It is for the UI goroutine.
func (d *Document) PlanInput() PlanInput {
	snap := d.sheet.Snapshot()
	return PlanInput{Revision: snap.Revision(), snap: snap, view: d.view.Over(snap), name: d.name, path: d.book.Path}
}

// Planned is a plan and what it was made against.
type Planned struct {
	Plan      *plan.Plan
	Directory *account.Directory
	// Tally is the plan's, for a preview to keep up.
	Tally    plan.Tally
	Revision uint64
	// Offline says why the plan is made against the last copy and not against
	// the account as it is now; "" where it is fresh.
	Offline string
	// Moved are users whom the plan changes and whom someone else changed since
	// the copy that the sheet was checked against.
	Moved  []string
	name   string
	path   string
	undoes string // the import that this plan takes back
	// profile and account are whom the plan was made against: it goes nowhere
	// else.
	profile, account string
}

// Without is the plan with some rows left out.
func (p *Planned) Without(rows map[sheet.RowID]bool) *Planned {
	if len(rows) == 0 {
		return p
	}
	q := *p
	q.Plan = p.Plan.Without(rows, p.Directory)
	return &q
}

// Plan compares the sheet with the account. Where the account can be reached
// its copy is brought up to date first; where not, the last copy serves, and
// Offline says so.
func (b *Bench) Plan(ctx context.Context, in PlanInput, report func(Progress)) (*Planned, error) {
	before := b.Directory()
	out := &Planned{Revision: in.Revision, name: in.name, path: in.path}
	out.profile, out.account = b.chosen()
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
	if id, name := b.chosen(); id != out.profile {
		return nil, otherAccount(out.account, name)
	}
	rows, err := in.planRows(ctx, dir, report)
	if err != nil {
		return nil, err
	}
	p, err := plan.Build(ctx, rows, dir)
	if err != nil {
		return nil, err
	}
	out.Plan, out.Directory, out.Moved, out.Tally = p, dir, movedSince(p, before, dir), p.Tally(dir)
	return out, nil
}

// planRows reads the rows as users and checks them against the directory that
// the plan is made with, which can be newer than the sheet's. What the account
// refused before is not held against a row: it may be sent again.
func (in *PlanInput) planRows(ctx context.Context, dir *account.Directory, report func(Progress)) ([]plan.Row, error) {
	ids := in.snap.Rows()
	engine := check.New(dir)
	err := engine.Run(ctx, in.view, ids, func(done, total int) {
		tell(report, Progress{What: "Comparing", Done: int64(done), Total: int64(total)})
	})
	if err != nil {
		return nil, err
	}
	all := ""
	for _, f := range engine.Whole() {
		if f.Code == check.ColumnMissing {
			all = f.Message
		}
	}
	rows := make([]plan.Row, len(ids))
	for i, r := range ids {
		rows[i] = plan.Row{ID: r, Number: in.snap.FileRow(r), User: roster.Parse(in.view.Row(r), dir), Blocked: all}
		if all == "" && engine.RowWorst(r) == check.Error {
			rows[i].Blocked = firstError(engine.Row(r))
		}
	}
	return rows, nil
}

func firstError(found []check.Finding) string {
	for _, f := range found {
		if f.Severity == check.Error {
			return f.Message
		}
	}
	return ""
}

// completePartial looks up the users of the sheet where the account is too
// large to be copied whole.
func (b *Bench) completePartial(ctx context.Context, in PlanInput, report func(Progress)) error {
	dir := b.Directory()
	if dir == nil || !dir.Partial {
		return nil
	}
	if c := b.current.Load(); c != nil && c.fixed {
		return problem.New("This copy of the account does not hold all of its users, so it cannot tell who is new. Name the account itself, or a whole copy.", nil)
	}
	var emails []string
	for r := range in.snap.All() {
		email := in.view.Text(r, roster.Email)
		if strings.Contains(email, "@") && len(dir.ByEmail(email)) == 0 {
			emails = append(emails, email)
		}
	}
	return b.lookUp(ctx, dir, emails, report)
}
