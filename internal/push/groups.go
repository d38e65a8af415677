package push

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"rollcall/internal/account"
	"rollcall/internal/plan"
)

// errand is what is to be done to one group: the rows whose users join it, or
// leave it.
type errand struct {
	group   account.Group
	joining bool
	rows    []*row
}

// memberships changes the groups of rows whose users are there. It is done for
// all rows that were begun, also after a stop: half a row helps nobody.
func (r *run) memberships(ctx context.Context, rows []*row) error {
	var waiting []*row
	for _, row := range rows {
		if row.settled && !row.over {
			waiting = append(waiting, row)
		}
	}
	if len(waiting) == 0 {
		return nil
	}
	r.setPhase(PhaseGroups)
	errands, err := r.errands(ctx, waiting)
	if err != nil {
		for _, row := range waiting {
			row.fail(err, plan.FieldGroups)
			r.end(row)
		}
		return nil
	}
	var mu sync.Mutex // guards rows: one row may be in several groups
	each(errands, account.Workers, func(e *errand) { r.carryOut(ctx, e, &mu) })
	return ctx.Err()
}

// errands sorts the rows' changes by group.
func (r *run) errands(ctx context.Context, rows []*row) ([]*errand, error) {
	if err := r.listGroups(ctx, nil); err != nil {
		return nil, err
	}
	var out []*errand
	index := make(map[string]*errand)
	put := func(row *row, name string, joining bool) {
		g, ok := r.groups[strings.ToLower(name)]
		if !ok {
			row.fail(&account.Failure{Kind: account.KindNotFound, Field: "groups",
				Text: fmt.Sprintf("The account has no group %q that it shows, so the membership was not sent.", name)}, plan.FieldGroups)
			return
		}
		key := fmt.Sprint(joining, g.ID)
		e := index[key]
		if e == nil {
			e = &errand{group: g, joining: joining}
			index[key] = e
			out = append(out, e)
		}
		e.rows = append(e.rows, row)
		row.open++
	}
	for _, row := range rows {
		gained, lost := row.groups()
		for _, name := range gained {
			put(row, name, true)
		}
		for _, name := range lost {
			put(row, name, false)
		}
		if row.open == 0 {
			r.end(row)
		}
	}
	return out, nil
}

// listGroups reads the account's groups once in a run, and tells of each as it
// is found.
func (r *run) listGroups(ctx context.Context, found func(account.Group)) error {
	if r.groups != nil {
		for _, g := range r.groups {
			if found != nil {
				found(g)
			}
		}
		return nil
	}
	list, err := r.api.Groups(ctx, found)
	if err != nil {
		return err
	}
	r.groups = make(map[string]account.Group, len(list))
	for _, g := range list {
		if _, twice := r.groups[strings.ToLower(g.Name)]; !twice {
			r.groups[strings.ToLower(g.Name)] = g
		}
	}
	return nil
}

// membership is who was in a group when it was asked.
type membership struct {
	ids   map[string]bool
	shown bool
}

// lookAhead reads the groups that the rows change, and who is in them, while
// the users are still being sent in bulk. What fails is asked again later.
func (r *run) lookAhead(ctx context.Context, rows []*row) (wait func()) {
	wanted := make(map[string]bool)
	for _, row := range rows {
		gained, lost := row.groups()
		for _, name := range append(gained, lost...) {
			wanted[strings.ToLower(name)] = true
		}
	}
	r.inGroups = make(map[string]membership)
	var looking errgroup.Group
	looking.SetLimit(account.Workers)
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = r.listGroups(ctx, func(g account.Group) {
			if !wanted[strings.ToLower(g.Name)] || ctx.Err() != nil {
				return
			}
			looking.Go(func() error {
				ids, shown, err := r.api.Members(ctx, g)
				if err == nil {
					r.mu.Lock()
					r.inGroups[g.ID] = membership{ids, shown}
					r.mu.Unlock()
				}
				return nil
			})
		})
		_ = looking.Wait()
	}()
	return func() { <-done }
}

// members tells who is in a group before it is changed.
func (r *run) members(ctx context.Context, g account.Group) (map[string]bool, bool, error) {
	r.mu.Lock()
	m, known := r.inGroups[g.ID]
	delete(r.inGroups, g.ID)
	r.mu.Unlock()
	if known {
		return m.ids, m.shown, nil
	}
	return r.api.Members(ctx, g)
}

// carryOut changes one group: only those who are not in it yet, since some
// accounts store a member twice, and then asks who is in it.
func (r *run) carryOut(ctx context.Context, e *errand, mu *sync.Mutex) {
	before, shown, err := r.members(ctx, e.group)
	if account.Fatal(err) {
		r.close(e, err, mu)
		return
	}
	var ids []string
	todo := make(map[string]bool)
	for _, row := range e.rows {
		id := row.user.ID
		if (err != nil || !shown || before[id] != e.joining) && !todo[id] {
			todo[id] = true
			ids = append(ids, id)
		}
	}
	var failed map[string]error
	after, shownAfter := before, shown
	if len(ids) > 0 {
		var seen map[string]bool
		if e.joining {
			seen, failed = r.api.AddMembers(ctx, e.group, ids)
		} else {
			failed = r.api.RemoveMembers(ctx, e.group, ids)
		}
		if failed == nil && all(e.rows, seen) {
			after, shownAfter = seen, true
		} else {
			after, shownAfter, _ = r.api.Members(ctx, e.group)
		}
	}
	look := r.settle(e, todo, failed, after, shownAfter, mu)
	each(look, account.Workers, func(row *row) { r.askUser(ctx, e, row, shownAfter, mu) })
}

// all says that every row's user was seen.
func all(rows []*row, seen map[string]bool) bool {
	for _, row := range rows {
		if !seen[row.user.ID] {
			return false
		}
	}
	return true
}

// settle ends the rows for which the group itself tells, and gives those whose
// users have to be asked.
func (r *run) settle(e *errand, todo map[string]bool, failed map[string]error, after map[string]bool, shown bool, mu *sync.Mutex) (look []*row) {
	for _, row := range e.rows {
		id := row.user.ID
		switch {
		case shown && after[id] == e.joining:
			r.member(e, row, todo[id] || row.resumed, mu)
		case failed[id] != nil:
			r.notMember(e, row, failed[id], mu)
		default:
			look = append(look, row)
		}
	}
	return look
}

// askUser asks the user about a membership that the group does not show as it
// should be. shown says that the group does show its members: then only the user's
// own word can be believed against it.
func (r *run) askUser(ctx context.Context, e *errand, row *row, shown bool, mu *sync.Mutex) {
	now, err := r.api.User(ctx, row.user.ID)
	in := now.InGroup(e.group.Name) || now.InGroup(e.group.ID)
	// A user who shows no group has left the last one, or hides them.
	mayHide := e.joining || row.entry.Before != nil && row.entry.Before.GroupsHidden
	switch {
	case err != nil:
		r.notMember(e, row, err, mu)
	case in == e.joining && !(now.GroupsHidden && (shown || mayHide)):
		r.member(e, row, true, mu)
	case now.GroupsHidden && mayHide && !shown:
		mu.Lock()
		row.unverified = true
		row.note(noteHidden)
		mu.Unlock()
		r.member(e, row, true, mu)
	default:
		verb := "add this user to"
		if !e.joining {
			verb = "take this user out of"
		}
		r.notMember(e, row, &account.Failure{Kind: account.KindIgnored, Field: "groups",
			Text: fmt.Sprintf("The account accepted the request to %s %q but does not show it, so it is not done. Do it in the account itself.", verb, e.group.Name)}, mu)
	}
}

func (r *run) member(e *errand, row *row, changed bool, mu *sync.Mutex) {
	mu.Lock()
	row.changed = row.changed || changed
	if e.joining {
		row.join(e.group.Name)
	} else {
		row.leave(e.group.Name)
	}
	mu.Unlock()
	r.groupDone(row, mu)
}

func (r *run) notMember(e *errand, row *row, err error, mu *sync.Mutex) {
	mu.Lock()
	row.fail(err, plan.FieldGroups)
	mu.Unlock()
	r.groupDone(row, mu)
}

func (r *run) groupDone(row *row, mu *sync.Mutex) {
	mu.Lock()
	defer mu.Unlock()
	row.open--
	if row.open == 0 {
		r.end(row)
	}
}

// close ends an errand that could not be begun.
func (r *run) close(e *errand, err error, mu *sync.Mutex) {
	for _, row := range e.rows {
		r.notMember(e, row, err, mu)
	}
}
