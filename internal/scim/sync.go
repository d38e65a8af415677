package scim

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"rollcall/internal/account"
)

// incrementalFor is how old a copy may be to be brought up to date rather than
// read anew: what was deleted does not show in a list of changes.
const incrementalFor = 24 * time.Hour

// Sync reads the account. Groups are always read whole: a membership changes
// without its user's lastModified.
func (c *Client) Sync(ctx context.Context, prev *account.Directory, progress func(account.SyncProgress)) (*account.Directory, error) {
	d, err := c.sync(ctx, prev, progress)
	if err != nil && errors.Is(ctx.Err(), context.Canceled) {
		return nil, &account.Failure{Kind: account.KindStopped, Cause: ctx.Err(),
			Text: "Reading the account was stopped before its end. Nothing was changed; read it again when it suits you."}
	}
	return d, err
}

func (c *Client) sync(ctx context.Context, prev *account.Directory, progress func(account.SyncProgress)) (*account.Directory, error) {
	caps, extra, err := c.capabilities(ctx)
	if err != nil {
		return nil, err
	}
	d := &account.Directory{Account: c.profile.Name, SyncedAt: c.opts.Now()}
	groups, err := c.syncGroups(ctx, caps, nil, progress)
	if err != nil {
		return nil, err
	}
	d.Groups, d.NoGroups = groups.list, groups.none
	seen := userGroups{}
	if !c.incremental(ctx, d, prev, groups, progress) {
		if err := c.full(ctx, d, &seen, groups, progress); err != nil {
			return nil, err
		}
	}
	groups.apply(d.Users, seen)
	if err := c.syncSources(ctx, d, caps, extra); err != nil {
		return nil, err
	}
	d.Self = c.me(ctx)
	return d, nil
}

// userGroups holds, by user id, the names of the groups that the users
// themselves show.
type userGroups map[string][]string

// full reads all users. It stops, and the copy is partial, where there are
// more than the client's limit and looking rows up one by one works: not where
// a search tells letter case apart, since it would miss a user.
func (c *Client) full(ctx context.Context, d *account.Directory, seen *userGroups, g *groupList, progress func(account.SyncProgress)) error {
	limit := c.opts.LargeDirectory
	canSearch := false
	r, err := c.pages(ctx, "/Users", "", 0, func(r resource) bool {
		u := c.user(r)
		if u.ID == "" || u.Email == "" {
			return true
		}
		if r.has("groups") {
			(*seen)[u.ID] = g.of(r)
		}
		u.Groups = nil
		d.Users = append(d.Users, u)
		if limit > 0 && len(d.Users) == limit {
			canSearch = c.searches(ctx, d.Users[0].Email) && !c.exactCase(ctx, d.Users)
		}
		return !(limit > 0 && len(d.Users) > limit && canSearch)
	}, progress)
	d.Partial = r.stopped || r.incomplete
	return err
}

// searches says whether a search finds exactly the user that is known to be
// there, so that a directory need not be read whole.
func (c *Client) searches(ctx context.Context, email string) bool {
	found, works, err := c.search(ctx, email)
	return err == nil && works && len(found) > 0
}

// incremental brings prev up to date by meta.lastModified, and says whether
// the account could be trusted with that: the answer must hold the user who is
// known to have changed last.
func (c *Client) incremental(ctx context.Context, d *account.Directory, prev *account.Directory, g *groupList, progress func(account.SyncProgress)) bool {
	if prev == nil || prev.Partial || len(prev.Users) == 0 || !g.shown || d.SyncedAt.Sub(prev.SyncedAt) > incrementalFor {
		return false
	}
	last := &prev.Users[0]
	for i := range prev.Users {
		if prev.Users[i].LastModified.After(last.LastModified) {
			last = &prev.Users[i]
		}
	}
	if last.LastModified.IsZero() {
		return false
	}
	filter := fmt.Sprintf("meta.lastModified ge %q", last.LastModified.UTC().Truncate(time.Second).Format(time.RFC3339))
	changed := make(map[string]account.User)
	var order []string
	_, err := c.pages(ctx, "/Users", filter, 0, func(r resource) bool {
		if u := c.user(r); u.ID != "" && u.Email != "" {
			u.Groups = nil
			changed[u.ID] = u
			order = append(order, u.ID)
		}
		return true
	}, progress)
	if _, there := changed[last.ID]; err != nil || !there {
		return false
	}
	users := make([]account.User, 0, len(prev.Users)+len(changed))
	for _, u := range prev.Users {
		if now, ok := changed[u.ID]; ok {
			u = now
			delete(changed, u.ID)
		}
		u.Groups = nil
		users = append(users, u)
	}
	for _, id := range order {
		if u, isNew := changed[id]; isNew {
			users = append(users, u)
		}
	}
	if c.total(ctx) != len(users) {
		return false
	}
	d.Users = users
	return true
}

// total asks how many users the account says it has, 0 if it does not; with a
// deleted user the incremental copy has one too many.
func (c *Client) total(ctx context.Context) int {
	a, err := c.send(ctx, c.asking(question{path: "/Users", start: 1, count: 1}))
	if err != nil {
		return 0
	}
	return pageOf(a.json).total
}

// syncSources reads the sources: the Source resource, else the canonical
// values of the schema, else none, which is "sources not checked".
func (c *Client) syncSources(ctx context.Context, d *account.Directory, caps *account.Capabilities, extra discovered) error {
	if extra.sources != "" {
		_, err := c.pages(ctx, extra.sources, "", 0, func(r resource) bool {
			s := account.Source{
				Name: r.text("name"), DisplayName: r.text("displayName"), Enabled: true,
				IdentifierPattern: r.text("identifierPattern"), Example: r.text("example"),
			}
			if v, ok := truth(r.get("enabled")); ok {
				s.Enabled = v
			}
			if s.Name != "" {
				d.Sources = append(d.Sources, s)
			}
			return true
		}, nil)
		if err == nil {
			return nil
		}
		if !absent(err) || broken(err) && len(extra.canonical) == 0 && caps.Sources == "resource" && extra.types {
			return err
		}
		d.Sources = nil
	}
	for _, name := range extra.canonical {
		d.Sources = append(d.Sources, account.Source{Name: name, Enabled: true})
	}
	d.NoSources = len(d.Sources) == 0
	c.capsMu.Lock()
	defer c.capsMu.Unlock()
	if c.caps != nil && c.caps.Sources == "resource" {
		caps := *c.caps
		if caps.Sources = "schema"; d.NoSources {
			caps.Sources = ""
		}
		c.caps = &caps
	}
	return nil
}

// me asks who is signed in (RFC 7644, 3.11); few accounts tell.
func (c *Client) me(ctx context.Context) string {
	a, err := c.send(ctx, call{method: http.MethodGet, path: "/Me", quick: true})
	if err != nil || a.object() == nil {
		return ""
	}
	return c.user(a.object()).Email
}
