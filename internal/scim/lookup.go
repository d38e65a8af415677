package scim

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"sync"

	"rollcall/internal/account"
)

// Lookup asks for one e-mail with a single `userName eq`, and believes nothing
// of the answer: each user is compared by account.EmailKey. Where the search
// does not work the directory is read page by page.
func (c *Client) Lookup(ctx context.Context, email string) ([]account.User, error) {
	if c.learned().NoFilter {
		return c.scan(ctx, email)
	}
	email = strings.TrimSpace(email)
	found, works, err := c.search(ctx, email)
	if err != nil {
		return nil, err
	}
	if !works {
		return c.scan(ctx, email)
	}
	// Accounts that compare with case may have the user in small letters.
	if lower := strings.ToLower(email); len(found) == 0 && lower != email {
		if found, works, err = c.search(ctx, lower); err != nil {
			return nil, err
		}
		if !works {
			return c.scan(ctx, email)
		}
	}
	return found, nil
}

// search sends one filter. works is false where the account cannot search, or
// answers with users who were not asked for.
func (c *Client) search(ctx context.Context, email string) (found []account.User, works bool, err error) {
	return c.searchBy(ctx, email, question{path: "/Users", filter: equals(email)})
}

func (c *Client) searchBy(ctx context.Context, email string, ask question) (found []account.User, works bool, err error) {
	a, err := c.send(ctx, c.asking(ask))
	switch account.KindOf(err) {
	case "":
	case account.KindRejected, account.KindUnsupported, account.KindNotFound, account.KindServer, account.KindForbidden:
		// A page without a filter tells a broken search from a broken account.
		return nil, false, nil
	default:
		return nil, false, err
	}
	key := account.EmailKey(email)
	p := pageOf(a.json)
	for _, r := range p.resources {
		u := c.user(r)
		if account.EmailKey(u.Email) == key {
			found = append(found, u)
			continue
		}
		// Everybody is no answer: a page of them may hide the one.
		if !ask.post && !c.learned().SearchByPost && c.postSearches(ctx, u.Email) {
			c.learn(func(l *Learned) { l.SearchByPost = true })
			return c.searchBy(ctx, email, ask)
		}
		if !ask.post {
			c.learn(func(l *Learned) { l.NoFilter = true })
		}
		return nil, false, nil
	}
	return found, true, nil
}

// postSearches says whether a search by POST finds exactly the user that is
// known to be there.
func (c *Client) postSearches(ctx context.Context, email string) bool {
	found, works, err := c.searchBy(ctx, email, question{path: "/Users", filter: equals(email), post: true})
	return err == nil && works && len(found) > 0
}

// equals is a filter for one userName, operator in lower case: some servers know
// no other.
func equals(email string) string { return "userName eq " + quoted(email) }

// quoted is a value of a filter: a JSON string (RFC 7644, 3.4.2.2).
func quoted(value string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(value) // a text always encodes
	return strings.TrimSpace(b.String())
}

// scan reads all users and keeps those with the e-mail.
func (c *Client) scan(ctx context.Context, email string) ([]account.User, error) {
	key := account.EmailKey(email)
	var found []account.User
	all, err := c.pages(ctx, "/Users", "", 0, func(r resource) bool {
		if u := c.user(r); account.EmailKey(u.Email) == key {
			found = append(found, u)
		}
		return true
	}, nil)
	if err == nil && all.incomplete && len(found) == 0 {
		err = hidden()
	}
	return found, err
}

// hidden is the failure of an account that neither pages nor searches: whether
// it has a user cannot be found out.
func hidden() error {
	return &account.Failure{Kind: account.KindUnsupported,
		Text: "The account shows only a part of its users and cannot be searched, so it is not known whether this user is there. Nothing was sent."}
}

// LookupAll looks many e-mails up by Workers requests at a time, or reads the
// directory once where the search does not work, or tells letter case apart.
func (c *Client) LookupAll(ctx context.Context, emails []string, progress func(account.SyncProgress)) ([]account.User, error) {
	if !c.learned().NoFilter && c.exactCase(ctx, nil) {
		all, whole, err := c.scanAll(ctx, emails, progress)
		if err != nil || whole {
			return all, err
		}
		c.hideTwins()
	}
	return c.lookupEach(ctx, emails, progress)
}

func (c *Client) lookupEach(ctx context.Context, emails []string, progress func(account.SyncProgress)) ([]account.User, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var (
		mu    sync.Mutex
		all   []account.User
		first error
		done  int
		wg    sync.WaitGroup
	)
	next := make(chan string)
	for range account.Workers {
		wg.Go(func() {
			for email := range next {
				if c.learned().NoFilter {
					continue
				}
				users, err := c.Lookup(ctx, email)
				mu.Lock()
				all = append(all, users...)
				done++
				if err != nil && first == nil {
					first = err
					cancel()
				}
				if progress != nil {
					progress(account.SyncProgress{What: "users", Done: done, Total: len(emails)})
				}
				mu.Unlock()
			}
		})
	}
	for _, email := range emails {
		next <- email
	}
	close(next)
	wg.Wait()
	if first != nil {
		return nil, first
	}
	if c.learned().NoFilter {
		all, whole, err := c.scanAll(ctx, emails, progress)
		if err == nil && !whole && len(all) < len(distinctKeys(emails)) {
			err = hidden()
		}
		return all, err
	}
	return distinct(all), nil
}

// scanAll reads the directory for the users with the e-mails. whole is false
// where the account shows only a part of it.
func (c *Client) scanAll(ctx context.Context, emails []string, progress func(account.SyncProgress)) (all []account.User, whole bool, err error) {
	wanted := distinctKeys(emails)
	read, err := c.pages(ctx, "/Users", "", 0, func(r resource) bool {
		if u := c.user(r); wanted[account.EmailKey(u.Email)] {
			all = append(all, u)
		}
		return true
	}, progress)
	return distinct(all), !read.incomplete, err
}

func distinctKeys(emails []string) map[string]bool {
	keys := make(map[string]bool, len(emails))
	for _, e := range emails {
		keys[account.EmailKey(e)] = true
	}
	return keys
}

func distinct(users []account.User) []account.User {
	seen := make(map[string]bool, len(users))
	out := users[:0]
	for _, u := range users {
		if !seen[u.ID] {
			seen[u.ID] = true
			out = append(out, u)
		}
	}
	return out
}

// User reads one user.
func (c *Client) User(ctx context.Context, id string) (account.User, error) {
	r, err := c.raw(ctx, id)
	if err != nil {
		return account.User{}, err
	}
	return c.user(r), nil
}

// raw reads a user as the account has it.
func (c *Client) raw(ctx context.Context, id string) (resource, error) {
	a, err := c.send(ctx, call{method: http.MethodGet, path: "/Users/" + segment(id)})
	if err != nil {
		return nil, err
	}
	r := a.object()
	if !r.has("userName") && !r.has("id") {
		return nil, &account.Failure{Kind: account.KindNotSCIM, Status: a.status,
			Text: "The account answered, but not with the user that was asked for."}
	}
	return r, nil
}
