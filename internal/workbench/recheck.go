package workbench

import (
	"context"
	"maps"
	"slices"

	"rollcall/internal/account"
	"rollcall/internal/check"
	"rollcall/internal/roster"
	"rollcall/internal/sheet"
)

// recheck keeps what changed while a whole check runs in the background, so
// that its result can be brought up to date when it is taken over.
type recheck struct {
	number  int
	running bool
	cancel  func()
	changed map[sheet.RowID]bool
	deleted map[sheet.RowID]bool
	// refused says that answers of the account came or went since it began.
	refused bool
	// otherAccount says that the findings so far hold the answers of another
	// account, which mean nothing to this one.
	otherAccount bool
}

func (c *recheck) note(changed, deleted []sheet.RowID) {
	if !c.running {
		return
	}
	for _, r := range changed {
		c.changed[r] = true
		delete(c.deleted, r)
	}
	for _, r := range deleted {
		c.deleted[r] = true
		delete(c.changed, r)
	}
}

// Checking says whether a whole check is under way.
func (d *Document) Checking() bool { return d.recheck.running }

// SetMapping matches the columns differently and checks the sheet anew in the
// background. remember keeps the choice for files with these headers.
func (d *Document) SetMapping(m roster.Mapping, remember bool) error {
	d.use(&m)
	d.chosen = true
	d.noteMapping()
	var err error
	if remember {
		err = d.bench.rememberMapping(d.header, m)
	}
	d.tell(Event{Kind: MappingChanged})
	d.Recheck(d.dir, nil)
	return err
}

// Recheck checks the whole sheet against a directory, in the background. Until
// it is done the old findings stay. progress may be nil.
func (d *Document) Recheck(dir *account.Directory, progress func(Progress)) {
	c := d.recheck
	if c.cancel != nil {
		c.cancel()
	}
	c.number++
	number := c.number
	c.running, c.refused, c.changed, c.deleted = true, false, make(map[sheet.RowID]bool), make(map[sheet.RowID]bool)
	if !sameAccount(d.dir, dir) {
		c.otherAccount = true
	}
	d.dir = dir
	var refusals check.Refusals
	if !c.otherAccount {
		refusals = d.engine.Refusals()
	}
	snap := d.sheet.Snapshot()
	view := d.view.Over(snap)
	work := func(ctx context.Context, report func(Progress)) (*check.Engine, error) {
		e := check.New(dir)
		err := e.Run(ctx, view, snap.Rows(), func(done, total int) {
			report(Progress{What: "Checking", Done: int64(done), Total: int64(total)})
		})
		e.RefuseAll(refusals)
		return e, err
	}
	c.cancel = Background(d.bench, work, progress, func(e *check.Engine, err error) {
		if err != nil || number != c.number {
			return
		}
		d.takeOver(e)
	})
}

// takeOver replaces the findings by those of a finished check.
func (d *Document) takeOver(e *check.Engine) {
	c := d.recheck
	c.running, c.cancel = false, nil
	var changed, deleted []sheet.RowID
	for r := range c.changed {
		changed = append(changed, r)
	}
	for r := range c.deleted {
		deleted = append(deleted, r)
	}
	if c.refused && !c.otherAccount {
		e.Forgive(slices.Collect(maps.Keys(e.Refusals())))
		e.RefuseAll(d.engine.Refusals())
	}
	c.otherAccount = false
	d.engine, d.fresh = e, false
	if len(changed)+len(deleted) > 0 {
		e.Update(d.view, changed, deleted)
	}
	d.tell(Event{Kind: FindingsChanged})
}

// sameAccount says whether two copies are of one account.
func sameAccount(a, b *account.Directory) bool {
	return a != nil && b != nil && a.Account == b.Account
}
