package push

import (
	"context"
	"slices"
	"sync"

	"rollcall/internal/account"
)

// bulkRows is how many rows are handed to the account's bulk at a time, where
// the account gives no smaller limit: one request's worth.
const bulkRows = 500

// listFrom is from how many unverified users on the directory is read page by
// page rather than each of them alone.
const listFrom = 30

// inBulk sends what a bulk request can carry, verifies it, and gives back the
// rows that have to be sent one by one.
func (r *run) inBulk(ctx context.Context, rows []*row) (alone []*row) {
	var fit []*row
	for _, row := range rows {
		if row.doubt || row.user.ID != "" && row.change().Empty() {
			alone = append(alone, row)
		} else {
			fit = append(fit, row)
		}
	}
	if len(fit) < 2 {
		return rows
	}
	size := bulkRows
	if n := r.caps.BulkMaxOperations; n > 0 {
		size = min(size, n)
	}
	var mu sync.Mutex
	var unseen []*row
	each(slices.Collect(slices.Chunk(fit, size)), account.BulkWays, func(part []*row) {
		if !r.goOn(ctx) || !r.intend(part...) {
			return
		}
		done, back := r.bulkPart(ctx, part)
		mu.Lock()
		defer mu.Unlock()
		unseen = append(unseen, done...)
		alone = append(alone, back...)
	})
	r.setPhase(PhaseVerify)
	alone = append(alone, r.seeAll(ctx, unseen)...)
	r.setPhase(PhaseUsers)
	// A stop leaves rows that were not begun; those are told at the end.
	return alone
}

// bulkPart sends one request's worth. done are rows whose user is there.
func (r *run) bulkPart(ctx context.Context, part []*row) (done, alone []*row) {
	ops := make([]account.BulkOp, len(part))
	for i, row := range part {
		ops[i] = account.BulkOp{Key: i, User: row.entry.After, Create: true}
		if row.user.ID != "" {
			ops[i] = account.BulkOp{Key: i, User: row.user, Change: row.change()}
		}
	}
	told := make([]bool, len(part))
	err := r.api.Bulk(ctx, ops, func(result account.BulkResult) {
		row := part[result.Key]
		told[result.Key] = true
		if result.Err != nil {
			unknown := account.KindOf(result.Err) == account.KindUnknown
			row.doubt, row.resumed = unknown || row.before != nil && halfDone(result.Err), unknown
			alone = append(alone, row)
			return
		}
		was := row.user
		row.user = result.User
		if row.before != nil {
			row.user.Groups, row.user.GroupsHidden = was.Groups, was.GroupsHidden
		}
		row.unverified = !result.Shown || result.User.ID == ""
		row.changed = row.before == nil || !row.unverified && row.moved()
		if row.before == nil {
			r.noteTwins(row)
		}
		done = append(done, row)
		r.mu.Lock()
		row.sent = true
		r.done++
		r.meter.at(r.done)
		r.mu.Unlock()
	})
	for i, row := range part {
		if !told[i] {
			row.doubt, row.resumed = true, true
			alone = append(alone, row)
		}
	}
	if err != nil && account.Fatal(err) {
		r.mu.Lock()
		r.stopFor(err)
		r.mu.Unlock()
	}
	r.report()
	return done, alone
}

// halfDone says that the account refused an operation of a user's, of which
// others may have been carried out: a change of several attributes is several
// operations. That the user was changed before (KindPrecondition) is found out
// at the first of them.
func halfDone(err error) bool {
	return f(err).Status != 0 && account.KindOf(err) != account.KindPrecondition
}

// seeAll reads what became of rows that a bulk request carried out without
// showing them, and ends those that are as they should be. Rows that still
// lack something go on alone.
func (r *run) seeAll(ctx context.Context, rows []*row) (alone []*row) {
	var unseen []*row
	for _, row := range rows {
		if row.unverified {
			unseen = append(unseen, row)
		}
	}
	byEmail := r.list(ctx, len(unseen))
	for _, row := range rows {
		if row.unverified {
			row.unverified = false
			if found := byEmail[account.EmailKey(row.entry.Email())]; len(found) == 1 {
				row.user = found[0]
				row.changed = row.before == nil || row.moved()
			} else {
				row.doubt, row.resumed = true, true
			}
		}
		if _, same := row.identifiers(); row.doubt || !same || !row.change().Empty() {
			alone = append(alone, row)
			continue
		}
		r.userDone(row)
	}
	return alone
}

// list reads the directory once where many rows are to be seen.
func (r *run) list(ctx context.Context, n int) map[string][]account.User {
	if n < listFrom {
		return nil
	}
	d, err := r.api.Sync(ctx, nil, nil)
	if err != nil {
		return nil
	}
	out := make(map[string][]account.User, len(d.Users))
	for _, u := range d.Users {
		key := account.EmailKey(u.Email)
		out[key] = append(out[key], u)
	}
	return out
}
