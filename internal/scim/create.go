package scim

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"rollcall/internal/account"
)

// Create makes a user. A creation without an answer, and one that the account
// says is taken, is looked up before anything else is done.
func (c *Client) Create(ctx context.Context, u account.User) (account.Created, error) {
	caps, _, err := c.capabilities(ctx)
	if err != nil {
		return account.Created{}, err
	}
	l := c.learned()
	form := createForm{names: caps.NamesRequired || l.Names, identifiers: caps.Identifiers && !l.IdentifiersApart}
	doubt := false
	for try := 1; ; try++ {
		a, err := c.send(ctx, call{method: http.MethodPost, path: "/Users", body: c.newUser(u, form.identifiers, form.names), once: true})
		doubt = doubt || a != nil && a.doubt
		if err == nil {
			if form.apart {
				c.learn(func(l *Learned) { l.IdentifiersApart = true })
			}
			return c.made(ctx, u, a)
		}
		kind := account.KindOf(err)
		unknown := kind == account.KindUnknown || kind == account.KindServer
		if !unknown && kind != account.KindConflict && kind != account.KindRejected {
			return account.Created{}, err
		}
		found, ferr := c.taken(ctx, u, unknown || doubt)
		if ferr != nil {
			return account.Created{}, ferr
		}
		if found != nil {
			return *found, nil
		}
		switch {
		case unknown && try < maxTries:
			doubt = true
			if sleep(ctx, jitter(c.opts.Backoff<<(try-1))) != nil {
				return account.Created{}, err
			}
		case kind == account.KindRejected && form.fallBack(c, err, u):
		default:
			return account.Created{}, err
		}
	}
}

// createForm is how much of a user is sent at once.
type createForm struct {
	names, identifiers bool
	// apart says that the account named the extension when it refused the user.
	apart bool
}

// fallBack tries, after a refusal, what some accounts insist on: names in two
// parts, no extension. It says whether something was changed.
func (f *createForm) fallBack(c *Client, err error, u account.User) bool {
	words := strings.ToLower(detail(err))
	if !f.names && (strings.Contains(words, "givenname") || strings.Contains(words, "familyname") ||
		strings.Contains(words, "given name") || strings.Contains(words, "family name") || strings.Contains(words, "name.")) {
		f.names = true
		c.learn(func(l *Learned) { l.Names = true })
		return true
	}
	if f.identifiers && len(u.Identifiers) > 0 && extensionMayBeRefused(words, u) {
		f.identifiers = false
		f.apart = strings.Contains(words, "extension") || strings.Contains(words, "schema") || strings.Contains(words, strings.ToLower(c.urn))
		return true
	}
	if words == "" && !f.names {
		f.names = true
		return true
	}
	return false
}

// extensionMayBeRefused says whether a refusal may mean the extension itself,
// rather than a value of this one user.
func extensionMayBeRefused(words string, u account.User) bool {
	for _, id := range u.Identifiers {
		for _, own := range []string{id.Value, "source " + id.Source, strconv.Quote(id.Source), "'" + id.Source + "'"} {
			if strings.Contains(words, strings.ToLower(own)) {
				return false
			}
		}
	}
	for _, other := range []string{"role", "displayname", "username", "email", "active"} {
		if strings.Contains(words, other) && !strings.Contains(words, "sourceusername") {
			return false
		}
	}
	return true
}

func detail(err error) string {
	if f := answerOf(err); f != nil {
		return f.Detail
	}
	return ""
}

// made reads what the account shows of a user that it says it made.
func (c *Client) made(ctx context.Context, u account.User, a *answer) (account.Created, error) {
	r := a.object()
	if r.has("userName") && r.text("id") != "" {
		return account.Created{User: c.user(r), How: account.CreatedNow, Shown: true}, nil
	}
	id := r.text("id")
	if id == "" {
		if at := a.header.Get("Location"); at != "" {
			id = lastSegment(at)
		} else if at := r.object("meta").text("location"); at != "" {
			id = lastSegment(at)
		}
	}
	if id != "" {
		if got, err := c.User(ctx, id); err == nil {
			return account.Created{User: got, How: account.CreatedNow, Shown: true}, nil
		}
	}
	found, err := c.taken(ctx, u, true)
	if err != nil {
		return account.Created{}, err
	}
	if found != nil {
		found.How = account.CreatedNow
		return *found, nil
	}
	if id != "" {
		u.ID = id
		return account.Created{User: u, How: account.CreatedNow}, nil
	}
	return account.Created{}, &account.Failure{Kind: account.KindIgnored, Status: a.status,
		Text: "The account accepted this user but does not show it, so it is not known to be there. Sync the account and import the row again."}
}

// taken looks a user up who may be there; nil where the account shows none.
func (c *Client) taken(ctx context.Context, u account.User, doubt bool) (*account.Created, error) {
	found, err := c.Lookup(ctx, u.Email)
	if err != nil {
		return nil, err
	}
	switch len(found) {
	case 0:
		return nil, nil
	case 1:
		how := account.AlreadyThere
		if doubt {
			how = account.CreatedInDoubt
		}
		return &account.Created{User: found[0], How: how, Shown: true}, nil
	}
	return nil, account.Ambiguous(u.Email)
}
