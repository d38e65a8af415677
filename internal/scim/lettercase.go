package scim

import (
	"context"
	"strings"

	"rollcall/internal/account"
)

// letterCase is whether a search for a userName tells letter case apart.
type letterCase int

const (
	caseUnknown letterCase = iota
	caseFolded             // as RFC 7643, 4.1.1 has it: ADA@ finds ada@
	caseExact
)

// exactCase says whether a search tells letter case apart, and so may miss the
// user of a row: a user who is known to be there is searched for in the other
// case. An account where that cannot be found out counts as one that does. The
// users are some of the account's; without any a page of them is read.
func (c *Client) exactCase(ctx context.Context, users []account.User) bool {
	c.caseMu.Lock()
	defer c.caseMu.Unlock()
	if c.letterCase == caseUnknown {
		c.letterCase = c.tryCase(ctx, users)
	}
	return c.letterCase != caseFolded
}

// caseTries is how many users are searched for at most, until one tells.
const caseTries = 3

func (c *Client) tryCase(ctx context.Context, users []account.User) letterCase {
	if len(users) == 0 {
		_, _ = c.pages(ctx, "/Users", "", 0, func(r resource) bool {
			users = append(users, c.user(r))
			return len(users) < 10*caseTries
		}, nil)
	}
	tried := 0
	for i := range users {
		email := users[i].Email
		other := strings.ToUpper(email)
		if other == email {
			other = strings.ToLower(email)
		}
		if other == email || !strings.Contains(email, "@") {
			continue
		}
		found, works, err := c.search(ctx, other)
		switch {
		case err != nil:
			return caseUnknown
		case !works:
			return caseExact // read page by page anyhow
		}
		for j := range found {
			if found[j].ID == users[i].ID {
				return caseFolded
			}
		}
		if tried++; tried == caseTries {
			break
		}
	}
	if tried == 0 {
		return caseUnknown
	}
	return caseExact
}

// hideTwins notes that users in other letter case cannot be ruled out.
func (c *Client) hideTwins() {
	c.capsMu.Lock()
	defer c.capsMu.Unlock()
	c.twinsHidden = true
	if c.caps != nil {
		caps := *c.caps
		caps.TwinsHidden = true
		c.caps = &caps
	}
}
