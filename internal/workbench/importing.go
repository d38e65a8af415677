package workbench

import (
	"context"
	"slices"
	"sync"
	"time"

	"rollcall/internal/plan"
	"rollcall/internal/problem"
	"rollcall/internal/push"
	"rollcall/internal/roster"
	"rollcall/internal/sheet"
)

// ImportOptions are the choices before an import.
type ImportOptions struct {
	// ValidOnly imports the valid rows although others are blocked.
	ValidOnly bool
	// Resume carries on an import with this id in place of beginning one.
	Resume string
	// Outcome, where not nil, is called once per row as it happens, on a
	// goroutine of the import.
	Outcome func(push.Outcome)
}

// ImportState is how far an import has come: what the Import screen shows.
type ImportState struct {
	push.Progress
	Finished bool
	// Err is the sentence of what ended the import early, "" if nothing did.
	Err     string
	Summary push.Summary
}

// Import is one import under way or ended. Its methods may be called from any
// goroutine; OnProgress' callback runs through Post.
type Import struct {
	bench   *Bench
	id      string
	planned *Planned
	control push.Control
	mu      sync.Mutex
	state   ImportState
	results []push.Outcome
	show    func(ImportState)
	each    func(push.Outcome)
	queued  bool
	ended   chan struct{}
}

// StartImport sends a plan to the account that it was made against, in the
// background; where another one is chosen by now, it sends nothing.
func (b *Bench) StartImport(p *Planned, o ImportOptions) (*Import, error) {
	way, profile, err := b.connect()
	if err != nil {
		return nil, err
	}
	if p.profile != profile.ID {
		return nil, otherAccount(p.account, profile.Name)
	}
	if profile.ReadOnly {
		return nil, ErrReadOnly
	}
	journal, err := b.beginImport(profile, p, o)
	if err != nil {
		return nil, err
	}
	imp := &Import{bench: b, id: journal.id, planned: p, each: o.Outcome, ended: make(chan struct{})}
	imp.state.Total = p.Plan.Counts.ToSend()
	b.pending.Add(1)
	b.running.Add(1)
	go imp.run(b.ctx, way, journal, o)
	return imp, nil
}

// otherAccount says that a plan and the account chosen now do not belong
// together; chosen is "" where none is.
func otherAccount(meant, chosen string) error {
	if chosen == "" {
		return problem.New("This was planned for “"+meant+"”, and no account is chosen now. Nothing was sent. Choose “"+meant+"” again.", nil)
	}
	if meant == "" {
		return problem.New("This was compared with no account, and “"+chosen+"” is chosen now. Nothing was sent. Compare the sheet with it first.", nil)
	}
	return problem.New("This was planned for “"+meant+"”, and “"+chosen+"” is chosen now. Nothing was sent. Choose “"+meant+"” again, or compare the sheet anew.", nil)
}

func (i *Import) run(ctx context.Context, way client, journal *importJournal, o ImportOptions) {
	defer i.bench.pending.Done()
	way.log.to.Store(journal.log)
	summary, err := push.Run(ctx, way.api, i.planned.Plan, push.Options{
		Journal: journal, Outcome: i.outcome, Progress: i.progress, Control: &i.control,
		ValidOnly: o.ValidOnly, Now: i.bench.now,
	})
	way.log.to.Store(nil)
	err = journal.end(summary, i.planned.Plan.Counts.Blocked, err)
	i.mu.Lock()
	i.state.Finished, i.state.Summary, i.state.Err = true, summary, sentence(err)
	i.state.Counts, i.state.Requests = summary.Counts, summary.Requests
	i.mu.Unlock()
	close(i.ended)
	i.bench.post(func() { i.bench.running.Add(-1) })
	i.changed()
}

// ID names the import in the history.
func (i *Import) ID() string { return i.id }

// Plan is what the import carries out.
func (i *Import) Plan() *Planned { return i.planned }

// OnProgress calls f whenever the state has changed; of several changes that
// wait to be shown the latest wins.
func (i *Import) OnProgress(f func(ImportState)) {
	i.mu.Lock()
	i.show = f
	i.mu.Unlock()
	i.changed()
}

// State is how far the import has come now.
func (i *Import) State() ImportState {
	i.mu.Lock()
	defer i.mu.Unlock()
	s := i.state
	s.Paused = i.control.Paused()
	return s
}

// Wait returns when the import has ended.
func (i *Import) Wait() ImportState {
	<-i.ended
	return i.State()
}

// Pause holds the import before its next request.
func (i *Import) Pause() { i.control.Pause(); i.changed() }

// Continue ends a pause.
func (i *Import) Continue() { i.control.Continue(); i.changed() }

// Stop lets what is under way finish and begins nothing more.
func (i *Import) Stop() { i.control.Stop(); i.changed() }

// Results lists the outcomes so far, in the order of the rows.
func (i *Import) Results() []push.Outcome {
	return i.ResultsWith(func(*push.Outcome) bool { return true })
}

// ResultsWith lists those of the outcomes so far that are wanted, in the order of
// the rows. Where they are few it is quick.
func (i *Import) ResultsWith(wanted func(*push.Outcome) bool) (out []push.Outcome) {
	i.mu.Lock()
	defer i.mu.Unlock()
	for n := range i.results {
		if wanted(&i.results[n]) {
			out = append(out, i.results[n])
		}
	}
	slices.SortFunc(out, func(a, b push.Outcome) int { return a.Entry - b.Entry })
	return out
}

func (i *Import) outcome(o push.Outcome) {
	i.mu.Lock()
	i.results = append(i.results, o)
	i.mu.Unlock()
	if i.each != nil {
		i.each(o)
	}
}

func (i *Import) progress(p push.Progress) {
	i.mu.Lock()
	i.state.Progress = p
	i.mu.Unlock()
	i.changed()
}

// changed shows the state once, however often it changes before that.
func (i *Import) changed() {
	i.mu.Lock()
	skip := i.queued || i.show == nil
	i.queued = i.queued || !skip
	i.mu.Unlock()
	if skip {
		return
	}
	i.bench.post(func() {
		i.mu.Lock()
		i.queued = false
		show := i.show
		i.mu.Unlock()
		show(i.State())
	})
}

// Refusals are the account's answers for the sheet, each for its cell.
func (i *Import) Refusals() []Refusal {
	var out []Refusal
	for _, o := range i.ResultsWith(NotDone) {
		out = append(out, Refusal{Row: o.Row, Column: columnOf(o.Field), Message: o.Message})
	}
	return out
}

// NotDone says that a row was tried and is not as it was wanted.
func NotDone(o *push.Outcome) bool { return o.Result == push.Refused || o.Result == push.Failed }

// Answers are what the account said of the rows of an import, for the sheet.
type Answers struct {
	tried    []sheet.RowID
	refusals []Refusal
}

// Answers gathers what the account has said so far. For many rows that takes a
// while.
func (i *Import) Answers() Answers {
	a := Answers{refusals: i.Refusals()}
	for _, o := range i.ResultsWith(func(o *push.Outcome) bool { return o.Result != push.NotTried }) {
		a.tried = append(a.tried, o.Row)
	}
	return a
}

// columnOf is the cell that a message about a field belongs to; the e-mail's
// where it is not known.
func columnOf(f plan.Field) roster.Column {
	switch f {
	case plan.FieldStatus:
		return roster.Status
	case plan.FieldName:
		return roster.Name
	case plan.FieldRole:
		return roster.Role
	case plan.FieldGroups:
		return roster.Groups
	case plan.FieldIdentifiers:
		return roster.Sources
	}
	return roster.Email
}

// LeftText says in words how long the import still takes, by what was observed;
// "" where that cannot be told.
func (s ImportState) LeftText() string {
	if s.Finished || !s.LeftKnown {
		return ""
	}
	switch left := s.Left.Round(time.Second); {
	case left < 2*time.Second:
		return "almost done"
	case left < time.Minute:
		return plural(int(left.Seconds()), "second", "seconds") + " left"
	default:
		return plural(int((left+30*time.Second).Minutes()), "minute", "minutes") + " left"
	}
}

// RowsOf lists the rows of outcomes with one of the results.
func RowsOf(outcomes []push.Outcome, results ...push.Result) []sheet.RowID {
	var rows []sheet.RowID
	for _, o := range outcomes {
		if slices.Contains(results, o.Result) {
			rows = append(rows, o.Row)
		}
	}
	return rows
}
