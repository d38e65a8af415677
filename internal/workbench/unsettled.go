package workbench

import (
	"context"
	"encoding/json"
	"slices"

	"rollcall/internal/account"
	"rollcall/internal/plan"
	"rollcall/internal/push"
	"rollcall/internal/store"
)

// unsettled lists the entries of an import that were begun and whose end is not
// recorded: those that were under way when it was cut off, and adds whose
// answer never came. Only the account knows what became of them.
func (b *Bench) unsettled(ctx context.Context, info store.ImportInfo) ([]*plan.Entry, error) {
	log, p, err := b.store.ResumeImport(ctx, info.ID)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	recorded, err := log.Recorded()
	if err != nil {
		return nil, err
	}
	var out []*plan.Entry
	for i, raw := range recorded {
		if i < 0 || i >= len(p.Entries) {
			continue
		}
		var o push.Outcome
		if raw != nil && (json.Unmarshal(raw, &o) != nil || o.Result != push.Failed || o.After.ID != "") {
			continue
		}
		if e := &p.Entries[i]; e.Action == plan.Add || e.Action == plan.Update {
			if o.Before != nil { // a user to be added who was there already
				e.Before = o.Before
			}
			out = append(out, e)
		}
	}
	slices.SortFunc(out, func(a, b *plan.Entry) int { return a.Number - b.Number })
	return out, nil
}

// settle says what an unsettled entry did, from the account as it is now. ok is
// false where the account shows nothing of it. A user who is neither as before
// nor as planned was changed by someone else: the planned state is given, so
// that the reverse plan sees the difference and leaves that user alone.
func settle(e *plan.Entry, dir *account.Directory) (t plan.Touched, ok bool) {
	var now *account.User
	if e.Before != nil {
		now = dir.ByID(e.Before.ID)
	}
	if now == nil {
		if same := dir.ByEmail(e.After.Email); len(same) == 1 {
			now = same[0]
		}
	}
	if now == nil {
		return t, false
	}
	t = plan.Touched{Number: e.Number, Before: e.Before, After: e.After}
	t.After.ID = now.ID
	if onTheWay(e, now) {
		t.After = *now // the part of the change that arrived
		if now.GroupsHidden {
			t.After.Groups = e.After.Groups // they may have
		}
	}
	return t, true
}

// onTheWay says whether a user is as before, as planned, or between the two: a
// cut import may have changed the name and not yet the groups.
func onTheWay(e *plan.Entry, now *account.User) bool {
	old := account.User{Active: e.After.Active, DisplayName: e.After.DisplayName, Role: e.After.Role}
	if e.Before != nil {
		old = *e.Before
	}
	if now.Active != old.Active && now.Active != e.After.Active ||
		now.DisplayName != old.DisplayName && now.DisplayName != e.After.DisplayName ||
		now.Role != old.Role && now.Role != e.After.Role {
		return false
	}
	for _, g := range now.Groups {
		if !old.InGroup(g) && !e.After.InGroup(g) {
			return false
		}
	}
	for _, id := range now.Identifiers {
		if !old.HasIdentifier(id) && !e.After.HasIdentifier(id) {
			return false
		}
	}
	return true
}
