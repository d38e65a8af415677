package practice

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"sort"
	"strings"
	"testing"

	"rollcall/internal/practice/schema"
)

// client speaks to a practice account as any HTTP client would.
type client struct {
	t   *testing.T
	srv *Server
	// auth is the Authorization header; "" is the server's token.
	auth string
}

// in is the same client in a subtest.
func (c *client) in(t *testing.T) *client { return &client{t: t, srv: c.srv, auth: c.auth} }

// got is an answer: its body as JSON where it is JSON.
type got struct {
	t      *testing.T
	Status int
	Header http.Header
	Raw    string
	Body   schema.Doc
	Err    error
}

func start(t *testing.T, options Options) *client {
	t.Helper()
	srv, err := Start(context.Background(), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := srv.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return &client{t: t, srv: srv}
}

// empty starts an account without people, with quirks.
func empty(t *testing.T, quirks ...Setting) *client {
	t.Helper()
	return start(t, Options{Empty: true, Quirks: On(quirks...)})
}

// try sends a request; a broken connection is in the answer's Err. body is a
// document, a text to be sent as it is, or nil. headers are "Name: value".
func (c *client) try(method, path string, body any, headers ...string) got {
	c.t.Helper()
	var reader io.Reader
	switch b := body.(type) {
	case nil:
	case string:
		reader = strings.NewReader(b)
	default:
		raw, err := json.Marshal(b)
		if err != nil {
			c.t.Fatal(err)
		}
		reader = bytes.NewReader(raw)
	}
	if !strings.HasPrefix(path, "http") {
		path = c.srv.URL() + path
	}
	r, err := http.NewRequest(method, path, reader)
	if err != nil {
		c.t.Fatal(err)
	}
	auth := c.auth
	if auth == "" {
		auth = "Bearer " + c.srv.Token()
	}
	r.Header.Set("Authorization", auth)
	if body != nil {
		r.Header.Set("Content-Type", "application/scim+json")
	}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		r.Header.Set(name, value)
	}
	out := got{t: c.t}
	response, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		out.Err = err
		return out
	}
	defer func() { _ = response.Body.Close() }()
	raw, err := io.ReadAll(response.Body)
	out.Status, out.Header, out.Raw, out.Err = response.StatusCode, response.Header, string(raw), err
	_ = json.Unmarshal(raw, &out.Body) // not all answers are JSON
	return out
}

// do is try for requests that are to be answered with that status.
func (c *client) do(status int, method, path string, body any, headers ...string) got {
	c.t.Helper()
	g := c.try(method, path, body, headers...)
	if g.Err != nil {
		c.t.Fatalf("%s %s: %v", method, path, g.Err)
	}
	if g.Status != status {
		c.t.Fatalf("%s %s is answered %d, not %d: %s", method, path, g.Status, status, g.Raw)
	}
	return g
}

// at follows a path of names and positions into the body: at("emails", 0, "value").
func (g got) at(path ...any) any {
	var v any = g.Body
	for _, step := range path {
		switch step := step.(type) {
		case string:
			object, _ := v.(schema.Doc)
			v = object[step]
		case int:
			list, _ := v.([]any)
			if step >= len(list) {
				return nil
			}
			v = list[step]
		}
	}
	return v
}

// has checks a value of the body, written as JSON; "" is absent.
func (g got) has(want string, path ...any) {
	g.t.Helper()
	have := ""
	if v := g.at(path...); v != nil {
		have = asJSON(v)
	}
	if have != want {
		g.t.Errorf("%v is %s, not %s, in %s", path, have, want, g.Raw)
	}
}

func asJSON(v any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err.Error()
	}
	return strings.TrimSpace(b.String())
}

func (g got) id() string { id, _ := g.at("id").(string); return id }

// user is a new user as clients send it.
func user(name string, more ...any) schema.Doc {
	doc := schema.Doc{"schemas": []any{urnUser}, "userName": name, "displayName": strings.Split(name, "@")[0],
		"active": true, "roles": []any{schema.Doc{"value": "User", "primary": true}}}
	for i := 0; i+1 < len(more); i += 2 {
		doc[more[i].(string)] = more[i+1]
	}
	return doc
}

// withIdentifiers is a new user with source usernames such as "slack:U02AMARA".
func withIdentifiers(name string, ids ...string) schema.Doc {
	doc := user(name, urnRollcall, schema.Doc{"sourceUsernames": identifierList(ids...)})
	doc["schemas"] = []any{urnUser, urnRollcall}
	return doc
}

func identifierList(ids ...string) []any {
	list := []any{}
	for _, id := range ids {
		source, value, _ := strings.Cut(id, ":")
		list = append(list, schema.Doc{"type": source, "value": value})
	}
	return list
}

func group(name string, members ...string) schema.Doc {
	doc := schema.Doc{"schemas": []any{urnGroup}, "displayName": name}
	if len(members) > 0 {
		doc["members"] = memberList(members...)
	}
	return doc
}

func memberList(ids ...string) []any {
	list := []any{}
	for _, id := range ids {
		list = append(list, schema.Doc{"value": id})
	}
	return list
}

// patch is a PATCH of operations written as "op path", each with its value.
func patch(ops ...any) schema.Doc {
	var list []any
	for i := 0; i+1 < len(ops); i += 2 {
		op, path, _ := strings.Cut(ops[i].(string), " ")
		one := schema.Doc{"op": op}
		if path != "" {
			one["path"] = path
		}
		if ops[i+1] != nil {
			one["value"] = ops[i+1]
		}
		list = append(list, one)
	}
	return schema.Doc{"schemas": []any{urnPatch}, "Operations": list}
}

// make creates a user and gives its id.
func (c *client) make(doc schema.Doc) string {
	c.t.Helper()
	return c.do(201, "POST", "/Users", doc).id()
}

func (c *client) makeGroup(doc schema.Doc) string {
	c.t.Helper()
	return c.do(201, "POST", "/Groups", doc).id()
}

func (c *client) dump() State {
	c.t.Helper()
	state, err := c.srv.Dump(context.Background())
	if err != nil {
		c.t.Fatal(err)
	}
	return state
}

// person gives the stored user.
func (c *client) person(name string) User {
	c.t.Helper()
	u, ok := c.dump().User(name)
	if !ok {
		c.t.Fatalf("there is no user %s", name)
	}
	return u
}

// crowd makes n users u001@x.org and so on by one bulk request.
func (c *client) crowd(n int) []string {
	c.t.Helper()
	var ops []any
	for i := range n {
		ops = append(ops, schema.Doc{"method": "POST", "path": "/Users", "bulkId": itoa(i), "data": user(fmt.Sprintf("u%03d@x.org", i+1))})
	}
	q := c.srv.Quirks()
	c.srv.SetQuirks(nil)
	defer c.srv.SetQuirks(q)
	g := c.do(200, "POST", "/Bulk", schema.Doc{"schemas": []any{urnBulkReq}, "Operations": ops})
	var ids []string
	for i := range n {
		id, _ := g.at("Operations", i, "response", "id").(string)
		ids = append(ids, id)
	}
	return ids
}

func sortStrings(list []string) { sort.Strings(list) }
