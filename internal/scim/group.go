package scim

import (
	"context"
	"net/http"

	"rollcall/internal/account"
)

// groupList is what the account's groups show.
type groupList struct {
	list []account.Group
	// none: the account shows no groups at all.
	none bool
	// shown: at least one group shows members.
	shown bool
	// members holds names of groups by user id.
	members map[string][]string
	names   map[string]string // by group id
}

func (c *Client) syncGroups(ctx context.Context, caps *account.Capabilities, found func(account.Group), progress func(account.SyncProgress)) (*groupList, error) {
	g := &groupList{members: make(map[string][]string), names: make(map[string]string)}
	if !caps.Groups {
		g.none = true
		return g, nil
	}
	_, err := c.pages(ctx, "/Groups", "", 0, func(r resource) bool {
		group := account.Group{ID: r.text("id"), Name: r.text("displayName")}
		if group.ID == "" || group.Name == "" {
			return true
		}
		if found != nil {
			found(group)
		}
		g.list = append(g.list, group)
		g.names[group.ID] = group.Name
		for id := range memberIDs(r) {
			g.shown = true
			c.membersSeen.Store(true)
			g.members[id] = append(g.members[id], group.Name)
		}
		return true
	}, progress)
	if err != nil {
		if !absent(err) || broken(err) {
			return nil, err
		}
		g.none = true
	}
	return g, nil
}

func memberIDs(r resource) map[string]bool {
	ids := make(map[string]bool)
	for _, m := range r.list("members") {
		switch m := m.(type) {
		case string:
			ids[m] = true
		case map[string]any:
			if id := resource(m).text("value"); id != "" {
				ids[id] = true
			}
		}
	}
	return ids
}

// of names the groups that a user shows of itself.
func (g *groupList) of(user resource) []string {
	list := user.list("groups")
	out := make([]string, 0, len(list))
	for _, v := range list {
		if m, ok := v.(map[string]any); ok {
			name := g.names[resource(m).text("value")]
			if name == "" {
				name = groupName(m)
			}
			out = append(out, name)
		}
	}
	return out
}

// apply gives each user its groups: what the groups show of their members, and
// what the user shows of itself. Where neither shows anything, the user's
// groups are hidden.
func (g *groupList) apply(users []account.User, seen userGroups) {
	for i := range users {
		u := &users[i]
		u.Groups = append([]string{}, g.members[u.ID]...)
		own, shows := seen[u.ID]
		for _, name := range own {
			if !u.InGroup(name) {
				u.Groups = append(u.Groups, name)
			}
		}
		u.GroupsHidden = !g.shown && !shows && len(seen) == 0 && len(g.list) > 0
	}
}

// The most members in one change of a group: a whole part of an import, then
// what other accounts take, down to AWS's 100, Entra's 20, and one by one.
var memberBatches = []int{2000, 500, 100, 20, 5, 1}

// AddMembers adds users to a group: lower-case add, path members, an array of
// ids, which every server takes.
func (c *Client) AddMembers(ctx context.Context, g account.Group, userIDs []string) (shown map[string]bool, failed map[string]error) {
	m := &memberChange{c: c, group: g, adding: true, body: func(ids []string) map[string]any {
		values := make([]any, len(ids))
		for i, id := range ids {
			values[i] = map[string]any{"value": id}
		}
		return patch(op{Op: "add", Path: "members", Value: values})
	}}
	m.all(ctx, userIDs)
	return m.shown, m.failed
}

// RemoveMembers takes users out of a group, each by its own value path (RFC
// 7644, 3.5.2.2): a remove without one would empty the group.
func (c *Client) RemoveMembers(ctx context.Context, g account.Group, userIDs []string) map[string]error {
	m := &memberChange{c: c, group: g, body: func(ids []string) map[string]any {
		ops := make([]op, len(ids))
		for i, id := range ids {
			ops[i] = op{Op: "remove", Path: "members[value eq " + quoted(id) + "]"}
		}
		return patch(ops...)
	}}
	m.all(ctx, userIDs)
	return m.failed
}

// memberChange brings users into one group, or out of it.
type memberChange struct {
	c      *Client
	group  account.Group
	adding bool
	body   func(ids []string) map[string]any
	// failed holds those whose change was refused, nil while there are none.
	failed map[string]error
	// shown is who the answers showed in the group.
	shown map[string]bool
}

func (m *memberChange) all(ctx context.Context, ids []string) {
	size := memberBatches[0]
	if n := m.c.learned().MemberBatch; n > 0 {
		size = n
	}
	m.batches(ctx, ids, size)
}

func (m *memberChange) fail(ids []string, err error) {
	if m.failed == nil {
		m.failed = make(map[string]error)
	}
	for _, id := range ids {
		m.failed[id] = err
	}
}

// batches sends ids in batches, a refused batch again in smaller ones, until
// the one that is refused stands alone.
func (m *memberChange) batches(ctx context.Context, ids []string, size int) {
	for len(ids) > 0 {
		part := ids[:min(size, len(ids))]
		ids = ids[len(part):]
		err := m.send(ctx, part)
		if err == nil {
			continue
		}
		smaller := smallerBatch(len(part))
		if smaller == 0 || !splittable(err) {
			m.fail(part, err)
			if account.Fatal(err) || account.KindOf(err) == account.KindForbidden {
				m.fail(ids, err)
				return
			}
			continue
		}
		before := len(m.failed)
		m.batches(ctx, part, smaller)
		if len(m.failed) == before {
			size = min(size, m.learnSize(smaller))
		}
	}
}

// learnSize notes that all went in batches of that size, where a larger one was
// refused, and gives the size to go on with.
func (m *memberChange) learnSize(size int) int {
	m.c.learn(func(l *Learned) {
		if l.MemberBatch == 0 || l.MemberBatch > size {
			l.MemberBatch = size
		} else {
			size = l.MemberBatch
		}
	})
	return size
}

// smallerBatch is the next smaller batch, 0 below one.
func smallerBatch(n int) int {
	for _, b := range memberBatches {
		if b < n {
			return b
		}
	}
	return 0
}

// splittable says whether fewer members may go where these did not.
func splittable(err error) bool {
	switch account.KindOf(err) {
	case account.KindRejected, account.KindNotFound, account.KindConflict, account.KindServer, account.KindUnknown, account.KindUnsupported:
		return true
	}
	return false
}

// send carries one batch out. Where no answer came the group is read before
// anything is sent again: some servers store a member twice.
func (m *memberChange) send(ctx context.Context, ids []string) error {
	c := m.c
	for try := 1; ; try++ {
		a, err := c.send(ctx, call{method: http.MethodPatch, path: "/Groups/" + segment(m.group.ID), body: m.body(ids), once: true, slow: true})
		if err == nil {
			m.see(a.object())
			return nil
		}
		kind := account.KindOf(err)
		if kind == account.KindUnsupported {
			return c.putMembers(ctx, m.group, ids, m.adding, err)
		}
		if kind != account.KindUnknown && kind != account.KindServer || try == maxTries || ctx.Err() != nil {
			return err
		}
		if ids = c.membersLeft(ctx, m.group, ids, m.adding); len(ids) == 0 {
			return nil
		}
		if sleep(ctx, jitter(c.opts.Backoff<<(try-1))) != nil {
			return err
		}
	}
}

// see takes the members from an answer that is this group, whole or in part.
func (m *memberChange) see(r resource) {
	if r.text("id") != m.group.ID || !r.has("members") {
		return
	}
	if m.shown == nil {
		m.shown = make(map[string]bool)
	}
	for id := range memberIDs(r) {
		m.shown[id] = true
	}
}

// putMembers changes a group by reading it whole and writing it back, for an
// account without PATCH. A group whose members are not shown is left alone: it
// would lose them.
func (c *Client) putMembers(ctx context.Context, g account.Group, ids []string, adding bool, unsupported error) error {
	c.putMu.Lock()
	defer c.putMu.Unlock()
	path := "/Groups/" + segment(g.ID)
	a, err := c.send(ctx, call{method: http.MethodGet, path: path, slow: true})
	if err != nil {
		return err
	}
	r := a.object()
	if !r.has("members") && !c.membersSeen.Load() {
		return unsupported
	}
	have := memberIDs(r)
	change := make(map[string]bool, len(ids))
	for _, id := range ids {
		change[id] = true
	}
	var members []any
	for _, m := range r.list("members") {
		if v, ok := m.(map[string]any); ok && (adding || !change[resource(v).text("value")]) {
			members = append(members, m)
		}
	}
	for _, id := range ids {
		if adding && !have[id] {
			members = append(members, map[string]any{"value": id})
		}
	}
	r.set("members", members)
	version := r.object("meta").text("version")
	delete(r, "meta")
	_, err = c.send(ctx, call{method: http.MethodPut, path: path, body: r, ifMatch: version, slow: true})
	return err
}

// membersLeft are the ids whose change has not taken effect as far as the
// account shows.
func (c *Client) membersLeft(ctx context.Context, g account.Group, ids []string, adding bool) []string {
	have, shown, err := c.Members(ctx, g)
	if err != nil || !shown {
		return ids
	}
	var left []string
	for _, id := range ids {
		if have[id] != adding {
			left = append(left, id)
		}
	}
	return left
}

// Groups lists the groups without looking at their members.
func (c *Client) Groups(ctx context.Context, found func(account.Group)) ([]account.Group, error) {
	caps, _, err := c.capabilities(ctx)
	if err != nil {
		return nil, err
	}
	g, err := c.syncGroups(ctx, caps, found, nil)
	if err != nil {
		return nil, err
	}
	return g.list, nil
}

// Members reads a group's members. A group without any counts as shown where
// another one of the account shows its own.
func (c *Client) Members(ctx context.Context, g account.Group) (map[string]bool, bool, error) {
	a, err := c.send(ctx, call{method: http.MethodGet, path: "/Groups/" + segment(g.ID), slow: true})
	if err != nil {
		return nil, false, err
	}
	r := a.object()
	return memberIDs(r), r.has("members") || c.membersSeen.Load(), nil
}
