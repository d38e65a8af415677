package scim

import (
	"context"
	"net/http"
	"strings"

	"rollcall/internal/account"
)

// concern is one attribute to be written: some servers apply half of a request
// that holds two.
type concern struct {
	field string // of a Failure
	path  string
	value any
	// has says whether a user shows the wanted value.
	has func(account.User) bool
}

func concerns(ch account.Change) []concern {
	var out []concern
	if v := ch.DisplayName; v != nil {
		out = append(out, concern{"displayName", "displayName", *v, func(u account.User) bool { return u.DisplayName == *v }})
	}
	if v := ch.Role; v != nil {
		out = append(out, concern{"role", "roles", roleList(*v), func(u account.User) bool { return u.Role == *v }})
	}
	if v := ch.Active; v != nil {
		out = append(out, concern{"status", "active", *v, func(u account.User) bool { return u.Active == *v }})
	}
	return out
}

// Update writes one concern after the other. If-Match goes with each while the
// user's version is known; without a version there is none to send.
func (c *Client) Update(ctx context.Context, u account.User, ch account.Change) (account.User, error) {
	caps, _, err := c.capabilities(ctx)
	if err != nil {
		return u, err
	}
	shown := true
	for _, one := range concerns(ch) {
		if caps.Patch && !c.learned().NoPatch {
			u, shown, err = c.patchUser(ctx, u, one)
		}
		if !caps.Patch || c.learned().NoPatch {
			u, shown, err = c.putUser(ctx, u, func(r resource) { r.set(one.path, one.value) })
		}
		if err != nil {
			if f := answerOf(err); f != nil {
				err = f.About(one.field)
			}
			return u, err
		}
	}
	if shown {
		return u, nil
	}
	return c.User(ctx, u.ID)
}

// patchUser replaces one attribute. shown is false where the answer did not
// show the user.
func (c *Client) patchUser(ctx context.Context, u account.User, one concern) (account.User, bool, error) {
	body := patch(op{Op: "replace", Path: one.path, Value: one.value})
	a, err := c.send(ctx, call{method: http.MethodPatch, path: "/Users/" + segment(u.ID), body: body, ifMatch: u.Version})
	switch account.KindOf(err) {
	case "":
		return c.echo(u, a)
	case account.KindPrecondition:
		// An earlier try may have been the change that moved the version.
		if a != nil && a.doubt {
			if now, err := c.User(ctx, u.ID); err == nil && one.has(now) {
				return now, true, nil
			}
		}
	case account.KindUnsupported:
		c.learn(func(l *Learned) { l.NoPatch = true })
		return u, false, nil
	}
	return u, false, err
}

// echo reads the user from a write's answer.
func (c *Client) echo(u account.User, a *answer) (account.User, bool, error) {
	if r := a.object(); r.has("userName") {
		now := c.user(r)
		if now.ID == "" {
			now.ID = u.ID
		}
		if !r.has("groups") {
			now.Groups, now.GroupsHidden = u.Groups, u.GroupsHidden
		}
		return now, r.has("active"), nil
	}
	u.Version = a.header.Get("ETag")
	return u, false, nil
}

// putUser reads a user whole, changes it and writes it back.
func (c *Client) putUser(ctx context.Context, u account.User, change func(resource)) (account.User, bool, error) {
	r, err := c.raw(ctx, u.ID)
	if err != nil {
		return u, false, err
	}
	now := c.user(r)
	if u.Version != "" && now.Version != "" && now.Version != u.Version {
		return u, false, &account.Failure{Kind: account.KindPrecondition, Status: http.StatusPreconditionFailed,
			Text: "Someone else changed this user in the meantime."}
	}
	change(r)
	for _, readOnly := range []string{"meta", "groups"} {
		for k := range r {
			if strings.EqualFold(k, readOnly) {
				delete(r, k)
			}
		}
	}
	a, err := c.send(ctx, call{method: http.MethodPut, path: "/Users/" + segment(u.ID), body: r, ifMatch: now.Version})
	if err != nil {
		return u, false, err
	}
	return c.echo(now, a)
}
