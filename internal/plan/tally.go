package plan

import "rollcall/internal/account"

// Tally is what is said of a plan as a whole. It follows at once, however large
// the plan is, when rows are left out of it and taken in again.
type Tally struct {
	Counts    Counts
	Attention Attention
	// Flagged is how many rows are in a class of the look-twice list.
	Flagged int

	sent         int
	active       int // users of the account
	adminsBefore int // active Admins of the account
	admins       int // and as many there would be
	selves       int // rows of the signed-in user
}

// newTally is that of a plan without entries against a directory, which may be
// nil.
func newTally(dir *account.Directory) Tally {
	var t Tally
	if dir == nil {
		return t
	}
	t.adminsBefore = dir.Admins()
	t.admins = t.adminsBefore
	for i := range dir.Users {
		if dir.Users[i].Active {
			t.active++
		}
	}
	return t
}

// Leave counts without an entry of the plan, Take with it again.
func (t *Tally) Leave(e *Entry) { t.add(e, -1) }

// Take counts with an entry that Leave had left out.
func (t *Tally) Take(e *Entry) { t.add(e, +1) }

// add counts an entry whose flags are known, or takes it back with by = -1.
func (t *Tally) add(e *Entry, by int) {
	switch e.Action {
	case Add:
		t.Counts.Add += by
	case Update:
		t.Counts.Update += by
	case Unchanged:
		t.Counts.Unchanged += by
	case Blocked:
		t.Counts.Blocked += by
	}
	if e.Action != Add && e.Action != Update {
		return
	}
	t.sent += by
	t.Counts.Parts = (t.sent + MaxRows - 1) / MaxRows
	t.addFlags(e.Flags, by)
	t.admins += by * activeAdmin(&e.After)
	if e.Before != nil {
		t.admins -= by * activeAdmin(e.Before)
	}
	a := &t.Attention
	a.Self = t.selves > 0
	a.LastAdmin = t.adminsBefore > 0 && t.admins <= 0
	a.ArchivesMany = a.Archived*5 > t.active
}

func (t *Tally) addFlags(f Flags, by int) {
	if f == 0 {
		return
	}
	t.Flagged += by
	if f&BecomesAdmin != 0 {
		t.Attention.BecomesAdmin += by
	}
	if f&LosesAdmin != 0 {
		t.Attention.LosesAdmin += by
	}
	if f&Archives != 0 {
		t.Attention.Archived += by
	}
	if f&Self != 0 {
		t.selves += by
	}
}

func activeAdmin(u *account.User) int {
	if u.Active && u.Role == account.RoleAdmin {
		return 1
	}
	return 0
}
