package push

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"rollcall/internal/account"
	"rollcall/internal/plan"
)

// maxReplans is how often a row is compared anew because someone else keeps
// changing the same user.
const maxReplans = 3

// Sentences of rows.
const (
	noteThere    = "The account already had this user, so it was updated instead of added."
	noteMoved    = "Someone else changed this user since the preview; the row was compared with the account again before it was sent."
	noteNoIDs    = "The account does not take source usernames, so they were not sent."
	noteHidden   = "Group memberships were sent; the account does not show them, so they could not be verified."
	noteTwins    = "The account tells e-mails apart by letter case and shows only a part of its users, so it could not be verified that it had no user of this name in other letters."
	noteNotShown = "The account does not show this user again, so the row could not be verified."
)

// send brings one user, without its groups, to the wanted state.
func (r *run) send(ctx context.Context, row *row) {
	if row.doubt && !r.find(ctx, row) {
		return
	}
	row.doubt = false
	if row.user.ID == "" {
		if !r.create(ctx, row) {
			return
		}
	} else if r.plan.Reverse && !r.untouched(ctx, row) {
		return
	}
	r.core(ctx, row)
	if row.err == nil {
		r.identifiers(ctx, row)
	}
}

// find looks a row up that may have been sent before.
func (r *run) find(ctx context.Context, row *row) bool {
	if id := row.user.ID; id != "" {
		now, err := r.api.User(ctx, id)
		if err == nil {
			r.seen(row, now)
			return true
		}
		if account.KindOf(err) != account.KindNotFound || row.before != nil {
			row.fail(err, "")
			return false
		}
		row.user, row.changed = account.User{}, false
	}
	found, err := r.api.Lookup(ctx, row.entry.Email())
	switch {
	case err != nil:
		row.fail(err, "")
		return false
	case len(found) > 1:
		row.fail(account.Ambiguous(row.entry.Email()), "")
		return false
	case len(found) == 1:
		if row.before == nil {
			// The intent was journaled when the account did not have this user.
			row.changed = true
		}
		r.seen(row, found[0])
	}
	return true
}

// seen takes what the account shows now. A part of the row that is there
// already was done by the earlier try.
func (r *run) seen(row *row, now account.User) {
	row.user = now
	row.changed = row.changed || row.moved()
	for _, g := range now.Groups {
		row.join(g)
	}
}

// create makes the user, or finds that it is there.
func (r *run) create(ctx context.Context, row *row) bool {
	made, err := r.api.Create(ctx, row.entry.After)
	if err != nil {
		row.doubt = row.doubt || account.KindOf(err) == account.KindUnknown
		row.fail(err, fieldOf(err))
		return false
	}
	row.user = made.User
	if made.How == account.AlreadyThere {
		was := made.User
		row.before = &was
		row.note(noteThere)
		for _, g := range was.Groups {
			row.join(g)
		}
		return true
	}
	row.changed = true
	r.noteTwins(row)
	if !made.Shown {
		row.unverified = true
		row.note(noteNotShown)
	}
	return true
}

// noteTwins says of a user who was made that a twin could not be ruled out.
func (r *run) noteTwins(row *row) {
	if r.caps.TwinsHidden {
		row.twins = true
		row.note(noteTwins)
	}
}

// untouched says whether the user is still as the reverse plan saw it.
func (r *run) untouched(ctx context.Context, row *row) bool {
	now, err := r.api.User(ctx, row.user.ID)
	if err != nil {
		row.fail(err, "")
		return false
	}
	was := row.entry.Before
	if row.resumed || now.DisplayName == was.DisplayName && now.Active == was.Active && now.Role == was.Role && sameKeys(now.Identifiers, was.Identifiers) {
		groups, hidden := row.user.Groups, row.user.GroupsHidden
		row.user = now
		row.user.Groups, row.user.GroupsHidden = groups, hidden
		return true
	}
	row.fail(&account.Failure{Kind: account.KindPrecondition,
		Text: "Someone else changed this user in the meantime, so it is left alone."}, "")
	return false
}

func sameKeys(a, b []account.Identifier) bool {
	have := &account.User{Identifiers: a}
	for _, id := range b {
		if !have.HasIdentifier(id) {
			return false
		}
	}
	return len(a) == len(b)
}

// core writes status, name and role until the account shows them.
func (r *run) core(ctx context.Context, row *row) {
	for try := 1; ; try++ {
		change := row.change()
		if change.Empty() {
			return
		}
		now, err := r.api.Update(ctx, row.user, change)
		if account.KindOf(err) == account.KindPrecondition && try < maxReplans && !r.plan.Reverse {
			var fresh account.User
			if fresh, err = r.api.User(ctx, row.user.ID); err == nil {
				r.moved(row, fresh)
				continue
			}
		}
		if account.KindOf(err) == account.KindNotFound {
			err = &account.Failure{Kind: account.KindNotFound, Cause: err,
				Text: "The account no longer has this user, so it could not be updated. Sync the account and look at the preview again."}
		}
		if err != nil {
			r.partly(ctx, row, now)
			row.fail(err, fieldOf(err))
			return
		}
		r.verify(ctx, row, now)
		return
	}
}

// moved takes a user that is no longer what the row was compared with. Where it
// has become what the row wants, a change of ours whose answer was lost is as
// likely as someone else's, so that it counts as done by this import.
func (r *run) moved(row *row, now account.User) {
	row.user = now
	if row.change().Empty() && row.moved() {
		row.changed = true
		return
	}
	row.note(noteMoved)
}

// partly notes what an update that failed did change all the same.
func (r *run) partly(ctx context.Context, row *row, now account.User) {
	if fresh, err := r.api.User(ctx, row.user.ID); err == nil {
		now = fresh
	}
	row.user = now
	row.changed = row.changed || row.moved()
}

// verify compares what the account shows with what is wanted, reading the user
// again where the answer to the change does not tell.
func (r *run) verify(ctx context.Context, row *row, now account.User) {
	row.user = now
	if missing := row.change(); !missing.Empty() {
		if fresh, err := r.api.User(ctx, now.ID); err == nil {
			row.user = fresh
		} else if cancelled(err) {
			row.fail(err, "")
			return
		}
	}
	missing := row.change()
	row.changed = row.changed || row.moved()
	if missing.Empty() {
		return
	}
	what, field := ignored(missing)
	row.fail(&account.Failure{Kind: account.KindIgnored, Field: string(field),
		Text: fmt.Sprintf("The account accepted the change of %s but does not show it, so it is not done. Make it in the account itself.", what)}, field)
}

func ignored(c account.Change) (what string, field plan.Field) {
	var names []string
	if c.DisplayName != nil {
		names, field = append(names, "the display name"), plan.FieldName
	}
	if c.Role != nil {
		names, field = append(names, "the role"), plan.FieldRole
	}
	if c.Active != nil {
		names, field = append(names, "the status"), plan.FieldStatus
	}
	return strings.Join(names, " and "), field
}

// identifiers writes the list of source usernames where it lacks something.
func (r *run) identifiers(ctx context.Context, row *row) {
	for try := 1; ; try++ {
		want, same := row.identifiers()
		if same {
			return
		}
		now, err := r.api.SetIdentifiers(ctx, row.user, want)
		switch kind := account.KindOf(err); {
		case err == nil:
			row.user = now
			row.changed = true
			return
		case kind == account.KindPrecondition && try < maxReplans && !r.plan.Reverse:
			if now, err = r.api.User(ctx, row.user.ID); err != nil {
				row.fail(err, "")
				return
			}
			r.moved(row, now)
		case kind == account.KindUnsupported && f(err).Status == 0:
			row.note(noteNoIDs)
			row.field = plan.FieldIdentifiers
			return
		default:
			row.fail(err, plan.FieldIdentifiers)
			return
		}
	}
}

// f is the failure in err, an empty one where there is none.
func f(err error) *account.Failure {
	var failure *account.Failure
	if errors.As(err, &failure) {
		return failure
	}
	return new(account.Failure)
}

func fieldOf(err error) plan.Field {
	if field := f(err).Field; field != "email" {
		return plan.Field(field)
	}
	return ""
}
