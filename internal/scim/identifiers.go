package scim

import (
	"context"
	"net/http"

	"rollcall/internal/account"
)

// identifierForm is one way of writing the extension (account-api, "How the
// client works" 7).
type identifierForm string

const (
	formPath     identifierForm = "path"     // PATCH replace, path URN:sourceUsernames
	formPathless identifierForm = "pathless" // PATCH replace without path
	formPut      identifierForm = "put"      // GET, merge, PUT
)

// SetIdentifiers tries the forms until the account shows the list, the one that
// worked last first.
func (c *Client) SetIdentifiers(ctx context.Context, u account.User, list []account.Identifier) (account.User, error) {
	caps, extra, err := c.capabilities(ctx)
	if err != nil {
		return u, err
	}
	if !caps.Identifiers && extra.incomplete {
		return u, &account.Failure{Kind: account.KindServer, Field: "identifiers",
			Text: "The account could not say whether it takes source usernames, so they were not sent. Import the row again."}
	}
	if !caps.Identifiers {
		return u, &account.Failure{Kind: account.KindUnsupported, Field: "identifiers",
			Text: "The account does not take source usernames, so they were not sent."}
	}
	var refused error
	for _, form := range c.identifierForms() {
		now, err := c.writeIdentifiers(ctx, form, u, list)
		if err == nil && sameIdentifiers(now.Identifiers, list) {
			c.learn(func(l *Learned) { l.IdentifierForm = form })
			return now, nil
		}
		if err != nil {
			if stop(err) {
				return u, err
			}
			if refused == nil {
				refused = err
			}
		}
		// The next form starts from what the account has now.
		if now, err = c.User(ctx, u.ID); err != nil {
			return u, err
		}
		u = now
		if sameIdentifiers(u.Identifiers, list) {
			return u, nil
		}
	}
	if refused != nil {
		if f := answerOf(refused); f != nil {
			refused = f.About("identifiers")
		}
		return u, refused
	}
	return u, &account.Failure{Kind: account.KindIgnored, Field: "identifiers",
		Text: "The account accepted the source usernames but does not show them, so they are not there. Add them in the account itself."}
}

// stop says that no other form can go better.
func stop(err error) bool {
	switch account.KindOf(err) {
	case account.KindRejected, account.KindUnsupported, account.KindServer, account.KindNotFound:
		return false
	}
	return true
}

func (c *Client) identifierForms() []identifierForm {
	forms := []identifierForm{formPath, formPathless, formPut}
	l := c.learned()
	if l.NoPatch {
		return []identifierForm{formPut}
	}
	out := forms[:0:0]
	if l.IdentifierForm != "" {
		out = append(out, l.IdentifierForm)
	}
	for _, f := range forms {
		if f != l.IdentifierForm {
			out = append(out, f)
		}
	}
	return out
}

// writeIdentifiers writes the whole list in one form and gives what the
// account then shows.
func (c *Client) writeIdentifiers(ctx context.Context, form identifierForm, u account.User, list []account.Identifier) (account.User, error) {
	values := identifierList(list)
	if form == formPut {
		now, shown, err := c.putUser(ctx, u, func(r resource) {
			ext := r.object(c.urn)
			if ext == nil {
				ext = resource{}
			}
			ext.set(attrSources, values)
			r.set(c.urn, map[string]any(ext))
			r.set("schemas", withSchema(r.list("schemas"), c.urn))
		})
		return c.reread(ctx, now, shown, err)
	}
	change := op{Op: "replace", Path: c.urn + ":" + attrSources, Value: values}
	if form == formPathless {
		change = op{Op: "replace", Value: map[string]any{c.urn: map[string]any{attrSources: values}}}
	}
	a, err := c.send(ctx, call{method: http.MethodPatch, path: "/Users/" + segment(u.ID), body: patch(change), ifMatch: u.Version})
	if account.KindOf(err) == account.KindPrecondition && a != nil && a.doubt {
		return c.reread(ctx, u, false, nil)
	}
	if err != nil {
		if f := answerOf(err); f != nil && f.Kind == account.KindUnsupported && f.Status == http.StatusMethodNotAllowed {
			c.learn(func(l *Learned) { l.NoPatch = true })
		}
		return u, err
	}
	now, shown, err := c.echo(u, a)
	return c.reread(ctx, now, shown && a.object().has(c.urn), err)
}

func (c *Client) reread(ctx context.Context, u account.User, shown bool, err error) (account.User, error) {
	if err != nil || shown {
		return u, err
	}
	return c.User(ctx, u.ID)
}

func withSchema(schemas []any, urn string) []any {
	for _, s := range schemas {
		if textOf(s) == urn {
			return schemas
		}
	}
	return append(schemas, urn)
}

func sameIdentifiers(a, b []account.Identifier) bool {
	keys := make(map[string]bool, len(a))
	for _, id := range a {
		keys[id.Key()] = true
	}
	for _, id := range b {
		if !keys[id.Key()] {
			return false
		}
		delete(keys, id.Key())
	}
	return len(keys) == 0
}
