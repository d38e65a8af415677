package scim

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"rollcall/internal/account"
)

// page is a ListResponse (RFC 7644, 3.4.2), as much of it as there is.
type page struct {
	resources []resource
	total     int
	cursor    string
}

func pageOf(v any) page {
	var p page
	var list []any
	switch v := v.(type) {
	case []any:
		list = v
	case map[string]any:
		r := resource(v)
		list, p.total, p.cursor = r.list("Resources"), r.number("totalResults"), r.text("nextCursor")
		if list == nil && r.has("userName") {
			list = []any{v}
		}
	}
	for _, e := range list {
		if m, ok := e.(map[string]any); ok {
			p.resources = append(p.resources, m)
		}
	}
	return p
}

// reading is how the pages of one list went.
type reading struct {
	received int
	// total is the most that the account claimed, 0 if nothing.
	total int
	// incomplete says that the account kept sending the same page, so that
	// there may be more than was received.
	incomplete bool
	// stopped says that each said to stop.
	stopped bool
}

// pages reads a list to its end: by the number of resources received until an
// empty page, or by cursor (RFC 9865) where the account offers one. It does not
// believe totalResults, and stops where a page repeats. each is called once per
// resource; it ends the reading by returning false.
func (c *Client) pages(ctx context.Context, path, filter string, count int, each func(resource) bool, progress func(account.SyncProgress)) (reading, error) {
	var out reading
	if count <= 0 {
		count = c.pageSize()
	}
	seen := make(map[string]bool)
	cursor, byCursor := "", c.cursorOnly()
	for start := 1; ; {
		ask := question{path: path, filter: filter, start: start, count: count, cursor: cursor, byCursor: byCursor}
		a, err := c.send(ctx, c.asking(ask))
		if err != nil {
			kind := account.KindOf(err)
			if start == 1 && !byCursor && cursor == "" && kind == account.KindRejected {
				byCursor = true // an account that pages by cursor only
				continue
			}
			if start > 1 && out.received >= out.total && (kind == account.KindRejected || kind == account.KindNotFound) {
				return out, nil // past the end
			}
			return out, err
		}
		p := pageOf(a.json)
		out.total = max(out.total, p.total)
		if len(p.resources) == 0 {
			return out, nil
		}
		if seen[identity(p.resources[0])] {
			if !c.learned().SearchByPost && c.postAdvances(ctx, ask, seen) {
				continue
			}
			return c.repeated(ctx, ask, out, seen, each)
		}
		if !take(&out, p.resources, seen, each) {
			out.stopped = true
			return out, nil
		}
		if progress != nil {
			progress(account.SyncProgress{What: kindOf(path), Done: out.received, Total: claimed(out)})
		}
		start += len(p.resources)
		switch {
		case p.cursor != "":
			cursor = p.cursor
		case cursor != "" || byCursor:
			return out, nil // the last page of a cursor
		}
	}
}

func take(out *reading, list []resource, seen map[string]bool, each func(resource) bool) bool {
	for _, r := range list {
		id := identity(r)
		if seen[id] {
			continue
		}
		seen[id] = true
		out.received++
		if !each(r) {
			return false
		}
	}
	return true
}

// identity is what a resource is known again by on another page: its id, or,
// where the account gives none, all of it.
func identity(r resource) string {
	if id := r.text("id"); id != "" {
		return id
	}
	whole, _ := json.Marshal(map[string]any(r)) // it was JSON a moment ago
	return string(whole)
}

// repeated deals with an account that sends the first page again whatever
// startIndex says. Where the page was full it asks once for everything in one
// page. Unless that shows the end, the reading counts as incomplete: a page's
// silent limit cannot be told from the end of the list.
func (c *Client) repeated(ctx context.Context, ask question, out reading, seen map[string]bool, each func(resource) bool) (reading, error) {
	first := out.received
	out.incomplete = true
	if first < ask.count && out.total <= first {
		return out, nil
	}
	// Only a total that is more than its page tells the end from a limit.
	honest := out.total > first
	want := max(out.total+1, 10*ask.count)
	a, err := c.send(ctx, c.asking(question{path: ask.path, filter: ask.filter, start: 1, count: want}))
	if err != nil {
		return out, nil
	}
	p := pageOf(a.json)
	if !take(&out, p.resources, seen, each) {
		out.stopped = true
	}
	out.incomplete = !honest || out.received < out.total
	return out, nil
}

func claimed(r reading) int {
	if r.total > r.received {
		return r.total
	}
	return 0
}

func kindOf(path string) string {
	if path == "/Groups" {
		return "groups"
	}
	if path == "/Sources" {
		return "sources"
	}
	return "users"
}

// question is what a list is asked for. A count of 0 leaves the page to the
// account.
type question struct {
	path, filter string
	start, count int
	cursor       string
	byCursor     bool
	post         bool
}

// searchPath is where lists are asked for by POST (RFC 7644, 3.4.3).
const searchPath = "/.search"

// asking makes the call: a GET, or a POST where the account needs one.
func (c *Client) asking(q question) call {
	if q.post || c.learned().SearchByPost {
		body := map[string]any{"schemas": []string{schemaSearch}}
		q.each(func(name string, value any) { body[name] = value })
		return call{method: http.MethodPost, path: q.path + searchPath, body: body}
	}
	var pairs []string
	q.each(func(name string, value any) { pairs = append(pairs, name, fmt.Sprint(value)) })
	return call{method: http.MethodGet, path: q.path, query: params(pairs...)}
}

func (q question) each(f func(name string, value any)) {
	if q.filter != "" {
		f("filter", q.filter)
	}
	switch {
	case q.cursor != "" || q.byCursor:
		f("cursor", q.cursor)
	case q.start > 0:
		f("startIndex", q.start)
	}
	if q.count > 0 {
		f("count", q.count)
	}
}

// postAdvances says whether the page that a GET repeats comes by POST: some
// servers lose a GET's query. It is remembered.
func (c *Client) postAdvances(ctx context.Context, ask question, seen map[string]bool) bool {
	ask.post = true
	q := c.asking(ask)
	q.quick = true
	a, err := c.send(ctx, q)
	if err != nil {
		return false
	}
	p := pageOf(a.json)
	if len(p.resources) == 0 || seen[identity(p.resources[0])] {
		return false
	}
	c.learn(func(l *Learned) { l.SearchByPost = true })
	return true
}

// pageSize is how many resources to ask for at a time.
func (c *Client) pageSize() int {
	c.capsMu.Lock()
	defer c.capsMu.Unlock()
	if c.caps != nil && c.caps.FilterMaxResults > 0 && c.caps.FilterMaxResults < pageSize {
		return c.caps.FilterMaxResults
	}
	return pageSize
}

func (c *Client) cursorOnly() bool {
	c.capsMu.Lock()
	defer c.capsMu.Unlock()
	return c.caps != nil && c.caps.Cursor && !c.extra.index
}
