package workbench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"rollcall/internal/account"
	"rollcall/internal/plan"
	"rollcall/internal/problem"
	"rollcall/internal/push"
	"rollcall/internal/report"
	"rollcall/internal/store"
)

// importJournal writes an import's progress into the store, as push asks.
type importJournal struct {
	id  string
	log *store.ImportLog
}

// beginImport opens the journal: that of the import to be carried on, or a new
// one with the plan in it.
func (b *Bench) beginImport(p account.Profile, planned *Planned, o ImportOptions) (*importJournal, error) {
	if o.Resume != "" {
		log, kept, err := b.store.ResumeImport(b.ctx, o.Resume)
		if err != nil {
			return nil, err
		}
		planned.Plan = kept
		return &importJournal{id: log.ID(), log: log}, nil
	}
	head := store.ImportHead{Profile: p.ID, Account: p.Name, Path: planned.path, Undoes: planned.undoes, Begun: b.now()}
	if planned.path != "" {
		hash, err := store.HashFile(b.ctx, planned.path)
		if err == nil {
			head.FileHash = hash
		}
	}
	meta, err := json.Marshal(importMeta{Name: planned.name, URL: p.URL})
	if err != nil {
		return nil, err
	}
	head.Meta = meta
	log, err := b.store.BeginImport(b.ctx, head, planned.Plan)
	if err != nil {
		return nil, err
	}
	return &importJournal{id: log.ID(), log: log}, nil
}

// importMeta is what the history keeps beside the store's own columns.
type importMeta struct {
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

// Intend records entries as begun.
func (j *importJournal) Intend(entries []int) error { return j.log.Intend(entries) }

// Done records an outcome.
func (j *importJournal) Done(o push.Outcome) error { return j.log.Done(o.Entry, o) }

// Recorded gives what earlier runs recorded.
func (j *importJournal) Recorded() (map[int]push.Outcome, error) {
	raw, err := j.log.Recorded()
	if err != nil {
		return nil, err
	}
	out := make(map[int]push.Outcome, len(raw))
	for entry, data := range raw {
		o := push.Outcome{Entry: entry}
		if data != nil {
			if err := json.Unmarshal(data, &o); err != nil {
				return nil, fmt.Errorf("read the import's journal: %w", err)
			}
		}
		out[entry] = o
	}
	return out, nil
}

// end closes the journal. An import that was cut off or stopped is unfinished
// and can be resumed; the blocked rows of a plan are none of it.
func (j *importJournal) end(s push.Summary, blocked int, err error) error {
	complete := err == nil && s.NotTried <= blocked && !s.Stopped
	return errors.Join(err, j.log.Finish(s, complete), j.log.Close())
}

// HistoryEntry is one past import.
type HistoryEntry struct {
	ID      string    `json:"id"`
	When    time.Time `json:"when"`
	Account string    `json:"account"`
	File    string    `json:"file"`
	Path    string    `json:"path,omitempty"`
	// Result is the figures in words.
	Result     string       `json:"result"`
	Summary    push.Summary `json:"summary"`
	Unfinished bool         `json:"unfinished"`
	// Undoes is the import that this one took back; UndoneBy the one that took
	// this one back.
	Undoes   string `json:"undoes,omitempty"`
	UndoneBy string `json:"undoneBy,omitempty"`
	CanUndo  bool   `json:"canUndo"`
	profile  string
}

// History lists past imports into the chosen account, or into all, the latest
// first.
func (b *Bench) History(all bool) ([]HistoryEntry, error) {
	profile := ""
	if !all {
		if profile = b.profileID(); profile == "" {
			return nil, nil
		}
	}
	infos, err := b.store.Imports(b.ctx, profile)
	if err != nil {
		return nil, err
	}
	out := make([]HistoryEntry, 0, len(infos))
	for _, info := range infos {
		out = append(out, historyEntry(info))
	}
	return out, nil
}

func historyEntry(info store.ImportInfo) HistoryEntry {
	var meta importMeta
	_ = json.Unmarshal(info.Meta, &meta)
	h := HistoryEntry{
		ID: info.ID, When: info.Begun, Account: info.Account, File: meta.Name, Path: info.Path,
		Unfinished: !info.Complete && !info.Busy, Undoes: info.Undoes, UndoneBy: info.UndoneBy, profile: info.Profile,
	}
	if len(info.Summary) > 0 {
		_ = json.Unmarshal(info.Summary, &h.Summary)
	}
	h.Result = ResultText(h.Summary.Counts)
	cut := len(info.Summary) == 0 && info.Started > 0 && !info.Busy
	if cut {
		h.Result = Number(info.Started) + " of " + plural(info.Rows, "user", "users") + " begun"
	}
	if h.Unfinished {
		h.Result = "unfinished · " + h.Result
	}
	if h.Undoes != "" {
		h.Result = "undo · " + h.Result
	}
	h.CanUndo = h.UndoneBy == "" && h.Undoes == "" && (cut || h.Summary.Added+h.Summary.Updated+h.Summary.Refused+h.Summary.Failed > 0)
	return h
}

// ResultText says an import's figures: "57 added · 3 updated · 1 refused".
func ResultText(c push.Counts) string {
	var parts []string
	for _, p := range []struct {
		n    int
		word string
	}{{c.Added, "added"}, {c.Updated, "updated"}, {c.Unchanged, "unchanged"}, {c.Refused, "refused"}, {c.Failed, "failed"}, {c.NotTried, "not tried"}} {
		if p.n > 0 {
			parts = append(parts, Number(p.n)+" "+p.word)
		}
	}
	if len(parts) == 0 {
		return "nothing sent"
	}
	return strings.Join(parts, " · ")
}

// Unfinished is an import that was cut off and can be carried on.
type Unfinished struct {
	ID      string
	When    time.Time
	File    string
	Planned *Planned
}

// UnfinishedImport finds the unfinished import of a file into the chosen
// account; path "" is any file's.
func (b *Bench) UnfinishedImport(path string) (Unfinished, bool, error) {
	hash := ""
	if path != "" {
		var err error
		if hash, err = store.HashFile(b.ctx, path); err != nil {
			return Unfinished{}, false, nil // not readable: opening it says why
		}
	}
	infos, err := b.store.Unfinished(b.ctx, b.profileID(), hash)
	if err != nil || len(infos) == 0 {
		return Unfinished{}, false, err
	}
	info := infos[0]
	p, err := b.store.ImportPlan(b.ctx, info.ID)
	if err != nil {
		return Unfinished{}, false, err
	}
	h := historyEntry(info)
	planned := &Planned{Plan: p, Directory: b.Directory(), name: h.File, path: info.Path, profile: info.Profile, account: info.Account}
	return Unfinished{ID: info.ID, When: info.Begun, File: h.File, Planned: planned}, true, nil
}

// SelectOfImport chooses the account that an import went into.
func (b *Bench) SelectOfImport(ctx context.Context, id string) error {
	info, err := b.store.Import(ctx, id)
	if err != nil {
		return err
	}
	var meta importMeta
	_ = json.Unmarshal(info.Meta, &meta)
	if strings.HasPrefix(info.Profile, "url:") {
		secret := ""
		if b.runSecret != nil {
			secret = b.runSecret()
		}
		return b.UseAddress(ctx, meta.URL, secret)
	}
	return b.Select(ctx, info.Profile)
}

var errNothingToUndo = problem.New("This import changed nothing, so there is nothing to undo.", nil)

// UndoPlan plans the taking back of an import against the account as it is now.
func (b *Bench) UndoPlan(ctx context.Context, id string) (*Planned, error) {
	info, err := b.store.Import(ctx, id)
	if err != nil {
		return nil, err
	}
	if info.Profile != b.profileID() {
		return nil, problem.New("This import went into “"+info.Account+"”. Choose that account to undo it.", nil)
	}
	outcomes, err := b.ImportRows(info.ID)
	if err != nil {
		return nil, err
	}
	var touched []plan.Touched
	var emails []string
	for _, o := range outcomes {
		if t, ok := o.Touched(); ok {
			touched = append(touched, t)
			emails = append(emails, t.After.Email)
		}
	}
	open, err := b.unsettled(ctx, info)
	if err != nil {
		return nil, err
	}
	for _, e := range open {
		emails = append(emails, e.After.Email)
	}
	if len(emails) == 0 {
		return nil, errNothingToUndo
	}
	if err := b.SyncNow(ctx, nil); err != nil {
		return nil, err
	}
	if dir := b.Directory(); dir.Partial {
		if err := b.lookUp(ctx, dir, emails, nil); err != nil {
			return nil, err
		}
	}
	dir := b.Directory()
	for _, e := range open {
		if t, ok := settle(e, dir); ok {
			touched = append(touched, t)
		}
	}
	if len(touched) == 0 {
		return nil, errNothingToUndo
	}
	slices.SortStableFunc(touched, func(a, b plan.Touched) int { return a.Number - b.Number })
	h := historyEntry(info)
	reverse := plan.Reverse(touched, dir)
	return &Planned{
		Plan: reverse, Directory: dir, Tally: reverse.Tally(dir), name: "Undo of " + h.File, undoes: info.ID,
		profile: info.Profile, account: info.Account,
	}, nil
}

// ImportRows lists what became of each user of a past import, in the order of
// the rows.
func (b *Bench) ImportRows(id string) ([]push.Outcome, error) {
	info, err := b.store.Import(b.ctx, id)
	if err != nil {
		return nil, err
	}
	raw, err := b.store.Outcomes(b.ctx, info.ID)
	if err != nil {
		return nil, err
	}
	out := make([]push.Outcome, 0, len(raw))
	for _, data := range raw {
		if data == nil {
			continue
		}
		var o push.Outcome
		if err := json.Unmarshal(data, &o); err != nil {
			return nil, fmt.Errorf("read the history: %w", err)
		}
		out = append(out, o)
	}
	return out, nil
}

// SaveImportReport writes the report of a past import, .csv, .xlsx or .html.
func (b *Bench) SaveImportReport(ctx context.Context, id, path string) error {
	format, err := report.FormatOf(path)
	if err != nil {
		return err
	}
	info, err := b.store.Import(ctx, id)
	if err != nil {
		return err
	}
	p, err := b.store.ImportPlan(ctx, info.ID)
	if err != nil {
		return err
	}
	outcomes, err := b.ImportRows(info.ID)
	if err != nil {
		return err
	}
	h := historyEntry(info)
	r := report.Import{ID: info.ID, Account: info.Account, File: h.File, When: info.Begun, Summary: h.Result, Differences: h.Summary.Differences}
	done := make(map[int]push.Outcome, len(outcomes))
	for _, o := range outcomes {
		done[o.Entry] = o
	}
	for i := range p.Entries {
		r.Rows = append(r.Rows, importRow(&p.Entries[i], done[i]))
	}
	return write(path, func(w io.Writer) error { return r.Write(w, format) })
}

// importRow is a row of the report; a row without an outcome was not tried.
func importRow(e *plan.Entry, o push.Outcome) report.ImportRow {
	row := report.ImportRow{
		Number: e.Number, Email: e.Email(), Name: e.After.DisplayName, Action: string(e.Action),
		Outcome: string(o.Result), Changes: ChangesText(e.Changes), Message: o.Message,
	}
	if o.Result == "" || o.Result == push.NotTried {
		row.Outcome = "not tried"
	}
	if row.Message == "" {
		row.Message = e.Reason
	}
	return row
}
