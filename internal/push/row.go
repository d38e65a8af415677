package push

import (
	"slices"
	"strings"

	"rollcall/internal/account"
	"rollcall/internal/plan"
)

// row is one entry on its way. Only one goroutine at a time has it.
type row struct {
	index int
	entry *plan.Entry
	// user is the account's user as it was seen last; ID "" is not made yet.
	user account.User
	// before is the user before the import, nil for one who was not there.
	before *account.User
	// doubt says that an earlier try may have taken effect: look first.
	doubt bool
	// began says that something of this row may have reached the account.
	began bool
	// changed says that something of this row did.
	changed bool
	// resumed says that an earlier run began this row.
	resumed bool
	// sent says that the user was sent; settled, that its own part is over.
	sent, settled bool
	// joined are the groups that the user is in now, where that is known.
	joined []string
	// open counts the groups still to be changed for this row.
	open int

	notes      []string
	err        error
	field      plan.Field
	unverified bool
	// twins says that a user of the same name in other letters may be there.
	twins bool
	over  bool
}

// note adds a sentence to the row's message.
func (r *row) note(sentence string) {
	if !slices.Contains(r.notes, sentence) {
		r.notes = append(r.notes, sentence)
	}
}

// fail keeps the first failure.
func (r *row) fail(err error, field plan.Field) {
	if r.err == nil {
		r.err, r.field = err, field
	}
}

// moved says whether the user is not what it was before the import, groups
// left aside.
func (r *row) moved() bool {
	b := r.before
	return b == nil || b.DisplayName != r.user.DisplayName || b.Active != r.user.Active || b.Role != r.user.Role ||
		!sameKeys(b.Identifiers, r.user.Identifiers)
}

// change is what the user's core attributes still lack.
func (r *row) change() account.Change {
	var c account.Change
	want := &r.entry.After
	if r.user.DisplayName != want.DisplayName {
		c.DisplayName = &want.DisplayName
	}
	if r.user.Active != want.Active {
		c.Active = &want.Active
	}
	if want.Role != "" && r.user.Role != want.Role {
		c.Role = &want.Role
	}
	return c
}

// identifiers is the list that the user shall have: what it has, less what the
// plan takes away, and what the plan brings. same says that nothing is to do.
func (r *row) identifiers() (want []account.Identifier, same bool) {
	var old account.User
	if r.entry.Before != nil {
		old = *r.entry.Before
	}
	after := &r.entry.After
	same = true
	for _, id := range r.user.Identifiers {
		if old.HasIdentifier(id) && !after.HasIdentifier(id) {
			same = false
			continue
		}
		want = append(want, id)
	}
	for _, id := range after.Identifiers {
		if !old.HasIdentifier(id) && !r.user.HasIdentifier(id) {
			want = append(want, id)
			same = false
		}
	}
	return want, same
}

// groups lists the names that the plan brings and takes away.
func (r *row) groups() (gained, lost []string) {
	var old account.User
	if r.entry.Before != nil {
		old = *r.entry.Before
	}
	for _, g := range r.entry.After.Groups {
		if !old.InGroup(g) {
			gained = append(gained, g)
		}
	}
	for _, g := range old.Groups {
		if !r.entry.After.InGroup(g) {
			lost = append(lost, g)
		}
	}
	return gained, lost
}

// join and leave keep account of the user's groups.
func (r *row) join(name string) {
	for _, g := range r.joined {
		if strings.EqualFold(g, name) {
			return
		}
	}
	r.joined = append(r.joined, name)
}

func (r *row) leave(name string) {
	r.joined = slices.DeleteFunc(r.joined, func(g string) bool { return strings.EqualFold(g, name) })
}

// result says how the row ended.
func (r *row) result() Result {
	switch {
	case r.err == nil && r.before == nil:
		return Added
	case r.err == nil && !r.changed && !r.unverified:
		return Unchanged
	case r.err == nil:
		return Updated
	case account.Fatal(r.err) && !r.changed && !r.doubt && !r.resumed && !r.settled:
		return NotTried
	}
	switch account.KindOf(r.err) {
	case account.KindRejected, account.KindConflict, account.KindForbidden, account.KindAmbiguous,
		account.KindPrecondition, account.KindNotFound, account.KindUnsupported:
		return Refused
	}
	return Failed
}

// outcome is the row's end in the form that is told and journaled.
func (r *row) outcome() Outcome {
	e := r.entry
	o := Outcome{
		Entry: r.index, Row: e.Row, Number: e.Number, Email: e.Email(), Action: e.Action,
		Result: r.result(), Message: r.message(), Field: r.field, Before: r.before, Unverified: r.unverified || r.twins,
	}
	if r.user.ID != "" && r.changed {
		o.After = r.user
		o.After.Groups = append([]string{}, r.joined...)
	}
	return o
}

func (r *row) message() string {
	notes := r.notes
	if r.err != nil {
		text := sentence(r.err)
		if r.changed {
			text = "A part of this row was done, but not all. " + text
		}
		notes = append([]string{text}, notes...)
	}
	return strings.Join(notes, " ")
}
