package push

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"rollcall/internal/account"
	"rollcall/internal/plan"
	"rollcall/internal/problem"
)

// Run carries the plan out and returns when each row has its outcome. Its
// error says why it could not begin or go on at all; rows that could not be
// done are no error of the run. A context that ends breaks off what is under
// way: those rows are looked up when the run is resumed.
func Run(ctx context.Context, api account.API, p *plan.Plan, o Options) (Summary, error) {
	r, err := newRun(api, p, o)
	if err != nil {
		return Summary{Counts: Counts{NotTried: len(p.Entries)}}, err
	}
	return r.all(ctx)
}

// run is one call of Run.
type run struct {
	api      account.API
	plan     *plan.Plan
	opts     Options
	caps     *account.Capabilities
	rows     []*row
	recorded map[int]Outcome // by earlier runs
	start    int64           // requests before
	meter    *meter

	groups   map[string]account.Group // by name in small letters
	inGroups map[string]membership    // by id, what lookAhead found

	// mu guards what follows, and makes journal and callbacks one after the
	// other.
	mu      sync.Mutex
	counts  Counts
	notices []Outcome
	done    int
	total   int
	part    int
	phase   Phase
	fatal   error
}

func newRun(api account.API, p *plan.Plan, o Options) (*run, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Journal == nil {
		o.Journal = new(Memory)
	}
	blocked := p.Counts.Blocked
	if blocked > 0 && !o.ValidOnly && !p.Reverse {
		rows := "rows have"
		if blocked == 1 {
			rows = "row has"
		}
		return nil, problem.New(fmt.Sprintf("%d %s errors, so nothing was sent. Fix the errors, or choose to import the valid rows only.", blocked, rows), nil)
	}
	recorded, err := o.Journal.Recorded()
	if err != nil {
		return nil, journalBroken(err)
	}
	r := &run{api: api, plan: p, opts: o, recorded: recorded, start: api.Requests(), meter: newMeter(o.Now), phase: PhaseUsers}
	for i := range p.Entries {
		r.rows = append(r.rows, newRow(i, &p.Entries[i], recorded))
	}
	return r, nil
}

func newRow(i int, e *plan.Entry, recorded map[int]Outcome) *row {
	row := &row{index: i, entry: e, before: e.Before}
	if e.Before != nil {
		row.user = *e.Before
		row.joined = append([]string{}, e.Before.Groups...)
	}
	if e.Action == plan.Update && e.Reason != "" {
		row.note(e.Reason)
	}
	if was, begun := recorded[i]; begun && e.Action != plan.Unchanged && e.Action != plan.Blocked {
		row.doubt = was.Result != NotTried
		row.resumed, row.began = row.doubt, row.doubt
		if was.Before != nil { // also of a user who was to be added and was there already
			row.before = was.Before
		}
		if was.After.ID != "" {
			row.changed = true
			if was.Action == plan.Add && was.Before == nil {
				row.user = was.After
			}
		}
	}
	return row
}

func journalBroken(err error) error {
	return problem.New("What is sent cannot be written down on this computer, so the import was not continued. Free some space on the disk, then resume it.", err)
}

func sentence(err error) string { return problem.Sentence(err) }

// all goes through the parts and ends the run.
func (r *run) all(ctx context.Context) (Summary, error) {
	began := r.opts.Now()
	todo := r.finished()
	var err error
	if len(todo) > 0 {
		r.caps, err = r.api.Discover(ctx)
	}
	if err == nil {
		err = r.parts(ctx, todo)
	}
	r.leave(todo, err)
	r.setPhase(PhaseDone)
	r.mu.Lock()
	defer r.mu.Unlock()
	s := Summary{Counts: r.counts, Seconds: r.opts.Now().Sub(began).Seconds(), Requests: r.api.Requests() - r.start, Stopped: r.opts.Control.Stopped()}
	s.Differences = differences(r.plan, r.notices)
	if err == nil {
		err = r.fatal
	}
	if err == nil && ctx.Err() != nil {
		err = &account.Failure{Kind: account.KindStopped, Cause: ctx.Err(),
			Text: "The import was broken off. What was done is kept; resume it to finish the rest."}
	}
	return s, err
}

// finished tells the rows that need nothing, or that an earlier run ended, and
// gives the others.
func (r *run) finished() []*row {
	var todo []*row
	var told []Outcome
	for _, row := range r.rows {
		was, ok := r.recorded[row.index]
		switch {
		case ok && final(was.Result):
			row.over = true
			told = append(told, was)
		case row.entry.Action == plan.Unchanged:
			row.over = true
			told = append(told, r.still(row, Unchanged))
		case row.entry.Action == plan.Blocked:
			row.over = true
			told = append(told, r.still(row, r.left()))
		default:
			todo = append(todo, row)
		}
	}
	r.total = len(todo)
	for i := range r.rows {
		if was, ok := r.recorded[i]; ok && final(was.Result) && r.sendable(r.rows[i]) {
			r.total++
			r.done++
		}
	}
	for _, o := range told {
		_, known := r.recorded[o.Entry]
		r.tell(o, !known)
	}
	return todo
}

func (r *run) sendable(row *row) bool {
	return row.entry.Action == plan.Add || row.entry.Action == plan.Update
}

// final says that a recorded row is not sent again on resuming.
func final(was Result) bool {
	return was == Added || was == Updated || was == Unchanged || was == Refused
}

// left is what becomes of a blocked row: one with errors was not tried, but an
// undo was asked for each of its users, and is refused for those that it leaves
// alone.
func (r *run) left() Result {
	if r.plan.Reverse {
		return Refused
	}
	return NotTried
}

func (r *run) still(row *row, as Result) Outcome {
	e := row.entry
	return Outcome{Entry: row.index, Row: e.Row, Number: e.Number, Email: e.Email(), Action: e.Action, Result: as, Message: e.Reason}
}

// parts sends at most plan.MaxRows users at a time: each part's users, then its
// groups.
func (r *run) parts(ctx context.Context, todo []*row) error {
	for len(todo) > 0 && r.goOn(ctx) {
		part := todo[0].entry.Part
		n := 0
		for n < len(todo) && todo[n].entry.Part == part {
			n++
		}
		r.mu.Lock()
		r.part = part
		r.mu.Unlock()
		if err := r.users(ctx, todo[:n]); err != nil {
			return err
		}
		if err := r.memberships(ctx, todo[:n]); err != nil {
			return err
		}
		todo = todo[n:]
	}
	return nil
}

// users sends the users of one part, in bulk where the account takes it, and
// the rest by Workers at a time.
func (r *run) users(ctx context.Context, rows []*row) error {
	r.setPhase(PhaseUsers)
	if r.caps.Bulk && !r.plan.Reverse {
		wait := r.lookAhead(ctx, rows)
		rows = r.inBulk(ctx, rows)
		wait()
	}
	each(rows, account.Workers, func(row *row) {
		if !r.goOn(ctx) || !r.intend(row) {
			return
		}
		r.send(ctx, row)
		r.userDone(row)
	})
	return ctx.Err()
}

// each calls f for every row, by a number of workers.
func each[T any](items []T, workers int, f func(T)) {
	next := make(chan T)
	var wg sync.WaitGroup
	for range min(workers, len(items)) {
		wg.Go(func() {
			for item := range next {
				f(item)
			}
		})
	}
	for _, item := range items {
		next <- item
	}
	close(next)
	wg.Wait()
}

// goOn holds while paused, and says whether anything new may begin.
func (r *run) goOn(ctx context.Context) bool {
	if r.opts.Control.Paused() {
		r.report()
		began := r.opts.Now()
		ok := r.opts.Control.wait(ctx)
		r.mu.Lock()
		r.meter.skip(r.opts.Now().Sub(began))
		r.mu.Unlock()
		r.report()
		if !ok {
			return false
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.fatal == nil && ctx.Err() == nil && !r.opts.Control.Stopped()
}

// intend journals rows as begun before anything of them is sent.
func (r *run) intend(rows ...*row) bool {
	entries := make([]int, len(rows))
	for i, row := range rows {
		entries[i] = row.index
		row.began = true
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.opts.Journal.Intend(entries); err != nil {
		r.stopFor(journalBroken(err))
		return false
	}
	return true
}

// stopFor ends the run; mu is held.
func (r *run) stopFor(err error) {
	if r.fatal == nil {
		r.fatal = err
	}
}

// userDone ends a row that has failed or has no groups to change.
func (r *run) userDone(row *row) {
	r.mu.Lock()
	if !row.sent {
		row.sent = true
		r.done++
		r.meter.at(r.done)
	}
	r.mu.Unlock()
	gained, lost := row.groups()
	if row.user.ID == "" || len(gained)+len(lost) == 0 || row.err != nil && !row.partial() {
		r.end(row)
		return
	}
	row.settled = true
	r.report()
}

// partial says that a failed row may still go on to its groups: what failed is
// what the account cannot take, not what this row says.
func (r *row) partial() bool {
	k := account.KindOf(r.err)
	return r.field == plan.FieldIdentifiers && (k == account.KindIgnored || k == account.KindUnsupported)
}

// end tells and journals a row's outcome, once.
func (r *run) end(row *row) {
	if row.over {
		return
	}
	row.over = true
	if row.err != nil && account.Fatal(row.err) {
		r.mu.Lock()
		r.stopFor(row.err)
		r.mu.Unlock()
	}
	r.tell(row.outcome(), true)
}

// leave ends the rows that the run did not come to, or did not finish; err is
// why it could not go on, nil where it was stopped or something else ended it.
func (r *run) leave(rows []*row, err error) {
	why := ""
	r.mu.Lock()
	if err == nil {
		err = r.fatal
	}
	r.mu.Unlock()
	switch {
	case err != nil:
		why = "Not tried: " + sentence(err)
	case r.opts.Control.Stopped():
		why = "The import was stopped before this row. Resume it to send the row."
	}
	for _, row := range rows {
		if !row.over {
			r.notTried(row, why)
		}
	}
}

func (r *run) notTried(row *row, why string) {
	row.over = true
	o := r.still(row, NotTried)
	if why != "" {
		o.Message = why
	}
	if row.began && row.sent || row.doubt {
		o = row.outcome()
		o.Result = Failed
		o.Message = "The import ended before this row was finished. Resume it to finish the row."
	}
	r.tell(o, true)
}

// tell journals, counts and reports one outcome.
func (r *run) tell(o Outcome, journal bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if journal {
		if err := r.opts.Journal.Done(o); err != nil {
			r.stopFor(journalBroken(err))
		}
	}
	r.counts.Add(o.Result)
	r.notices = append(r.notices, o)
	if r.opts.Outcome != nil {
		r.opts.Outcome(o)
	}
	r.reportLocked()
}

func (r *run) setPhase(p Phase) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.phase = p
	r.reportLocked()
}

func (r *run) report() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.reportLocked()
}

func (r *run) reportLocked() {
	if r.opts.Progress == nil {
		return
	}
	p := Progress{
		Phase: r.phase, Counts: r.counts, Done: r.done, Total: r.total, Rate: r.meter.rate(),
		Paused: r.opts.Control.Paused(), Part: r.part, Parts: r.plan.Counts.Parts, Requests: r.api.Requests() - r.start,
	}
	p.Left, p.LeftKnown = r.meter.left(r.total - r.done)
	r.opts.Progress(p)
}

// cancelled says that an error comes from the context's end.
func cancelled(err error) bool { return errors.Is(err, context.Canceled) }
