// Package push carries out a plan against an account: users first, groups
// second, each row verified against what the account then shows, and journaled
// so that it can be resumed after a kill at any moment. It knows the plan and
// the account's interface; no wire format, no file and no screen may come in.
package push

import (
	"time"

	"rollcall/internal/account"
	"rollcall/internal/plan"
	"rollcall/internal/sheet"
)

// Result is how one row ended: product.md's `push --json`.
type Result string

// The results. NotTried rows were never sent: the blocked rows of an import, and
// those left after a stop. Refused is also whom an undo leaves alone.
const (
	Added     Result = "added"
	Updated   Result = "updated"
	Unchanged Result = "unchanged"
	Refused   Result = "refused"
	Failed    Result = "failed"
	NotTried  Result = "notTried"
)

// Outcome is what became of one entry of the plan.
type Outcome struct {
	// Entry is the index in Plan.Entries.
	Entry  int         `json:"entry"`
	Row    sheet.RowID `json:"rowId"`
	Number int         `json:"row"`
	Email  string      `json:"email"`
	Action plan.Action `json:"action"`
	Result Result      `json:"outcome"`
	// Message is one or two sentences for people; "" where all is as planned.
	Message string `json:"message,omitempty"`
	// Field is what the message is about, "" where that is not known: the cell
	// that it belongs to.
	Field plan.Field `json:"field,omitempty"`
	// Before is the user before the import, nil for a user who was not there.
	Before *account.User `json:"before,omitempty"`
	// After is the user as the account showed it last; its ID is "" where
	// nothing was sent or nothing came of it. It is kept for refused and failed
	// rows too: a part of them may have been done, and undo needs to know.
	After account.User `json:"after,omitzero"`
	// Unverified says that a part was sent that the account cannot show.
	Unverified bool `json:"unverified,omitempty"`
}

// Touched gives the entry for the reverse plan; ok is false where the import
// changed nothing of this user.
func (o *Outcome) Touched() (t plan.Touched, ok bool) {
	if o.After.ID == "" || o.Result == Unchanged || o.Result == NotTried {
		return plan.Touched{}, false
	}
	return plan.Touched{Number: o.Number, Before: o.Before, After: o.After}, true
}

// Journal remembers what was begun and what came of it. Both writes are on
// disk, or at least out of this process, when they return.
type Journal interface {
	// Intend records that the entries are about to be sent.
	Intend(entries []int) error
	// Done records an entry's outcome.
	Done(o Outcome) error
	// Recorded gives what earlier runs of the same import recorded: an entry
	// that was begun and not ended has an Outcome with Result "".
	Recorded() (map[int]Outcome, error)
}

// Options are the choices of one run.
type Options struct {
	// Journal may be nil: the run cannot be resumed then.
	Journal Journal
	// Outcome is called once per row, as it happens, never at the same time
	// twice. Rows that an earlier run finished come first.
	Outcome func(Outcome)
	// Progress is called after each outcome and at each change of phase, never
	// at the same time twice.
	Progress func(Progress)
	// Control pauses and stops the run; nil for a run that does neither.
	Control *Control
	// ValidOnly sends the valid rows although others are blocked; without it a
	// plan with blocked rows is not started.
	ValidOnly bool
	// Now is the clock; nil is time.Now.
	Now func() time.Time
}

// Phase is what a run is doing.
type Phase string

// The phases, in their order.
const (
	PhaseUsers  Phase = "users"
	PhaseVerify Phase = "verify"
	PhaseGroups Phase = "groups"
	PhaseDone   Phase = "done"
)

// Progress is how far a run has come.
type Progress struct {
	Phase  Phase
	Counts Counts
	// Done counts the rows whose user was sent, or that ended before, of the
	// Total that are to be sent; unchanged and blocked ones are in neither.
	Done, Total int
	// Rate is rows a second as observed lately, 0 while that is not known.
	Rate float64
	// Left is the time left at that rate; Known says that it can be told.
	Left      time.Duration
	LeftKnown bool
	Paused    bool
	// Part and Parts: the part of at most plan.MaxRows rows being sent.
	Part, Parts int
	Requests    int64
}

// Counts counts outcomes.
type Counts struct {
	Added     int `json:"added"`
	Updated   int `json:"updated"`
	Unchanged int `json:"unchanged"`
	Refused   int `json:"refused"`
	Failed    int `json:"failed"`
	NotTried  int `json:"notTried"`
}

// Add counts one outcome.
func (c *Counts) Add(r Result) {
	switch r {
	case Added:
		c.Added++
	case Updated:
		c.Updated++
	case Unchanged:
		c.Unchanged++
	case Refused:
		c.Refused++
	case Failed:
		c.Failed++
	case NotTried:
		c.NotTried++
	}
}

// AllDone says that every row is added, updated or unchanged.
func (c Counts) AllDone() bool { return c.Refused == 0 && c.Failed == 0 && c.NotTried == 0 }

// Summary is the last line of `push --json`.
type Summary struct {
	Counts
	Seconds  float64 `json:"seconds"`
	Requests int64   `json:"requests"`
	// Differences names each way in which the result is not the plan, in one
	// sentence each; empty when the counts agree.
	Differences []string `json:"differences,omitempty"`
	// Stopped says that the user stopped the run.
	Stopped bool `json:"stopped,omitempty"`
}
