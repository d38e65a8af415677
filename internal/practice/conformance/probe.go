package conformance

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

type doc = map[string]any

// The URNs that are asked for.
const (
	urnUser   = "urn:ietf:params:scim:schemas:core:2.0:User"
	urnGroup  = "urn:ietf:params:scim:schemas:core:2.0:Group"
	urnError  = "urn:ietf:params:scim:api:messages:2.0:Error"
	urnList   = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
	urnPatch  = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
	urnSearch = "urn:ietf:params:scim:api:messages:2.0:SearchRequest"
	urnBulk   = "urn:ietf:params:scim:api:messages:2.0:BulkRequest"
)

// probe is one check under way.
type probe struct {
	ctx      context.Context
	base     string
	client   Doer
	problems []string
	skipped  string
	made     []string // paths, to be deleted
}

// reply is a server's answer.
type reply struct {
	status int
	header http.Header
	raw    string
	body   doc
	err    error
}

// at follows names and positions into the body.
func (r reply) at(path ...any) any { return into(r.body, path...) }

func into(v any, path ...any) any {
	for _, step := range path {
		switch step := step.(type) {
		case string:
			object, _ := v.(doc)
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

func (r reply) id() string { id, _ := r.at("id").(string); return id }

// send makes a request; headers are "Name: value".
func (p *probe) send(method, path string, body any, headers ...string) reply {
	var reader io.Reader
	if text, ok := body.(string); ok {
		reader = strings.NewReader(text)
	} else if body != nil {
		raw, err := json.Marshal(body)
		if err != nil {
			return reply{err: err}
		}
		reader = bytes.NewReader(raw)
	}
	r, err := http.NewRequestWithContext(p.ctx, method, p.base+path, reader)
	if err != nil {
		return reply{err: err}
	}
	r.Header.Set("Accept", "application/scim+json, application/json")
	if body != nil {
		r.Header.Set("Content-Type", "application/scim+json")
	}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		r.Header.Set(name, value)
	}
	response, err := p.client.Do(r)
	if err != nil {
		return reply{err: err}
	}
	defer func() { _ = response.Body.Close() }()
	raw, err := io.ReadAll(io.LimitReader(response.Body, 16<<20))
	out := reply{status: response.StatusCode, header: response.Header, raw: string(raw), err: err}
	_ = json.Unmarshal(raw, &out.body) // an answer without JSON is seen by its absence
	return out
}

// want sends and ends the check where the status is another one.
func (p *probe) want(status int, method, path string, body any, headers ...string) reply {
	a := p.send(method, path, body, headers...)
	if a.err != nil {
		p.fail("%s %s: %v", method, path, a.err)
		panic(stop{})
	}
	if a.status != status {
		p.fail("%s %s is answered %d, not %d: %s", method, short(path), a.status, status, short(a.raw))
		panic(stop{})
	}
	return a
}

func (p *probe) fail(format string, args ...any) {
	p.problems = append(p.problems, fmt.Sprintf(format, args...))
}

func (p *probe) skip(why string) {
	p.skipped = why
	panic(stop{})
}

// equal compares a value of an answer with what it should be, both as JSON.
func (p *probe) equal(want, have any, what string) {
	if a, b := asJSON(want), asJSON(have); a != b {
		p.fail("%s is %s, not %s", what, short(b), a)
	}
}

func asJSON(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(raw)
}

func short(s string) string {
	if len(s) > 300 {
		return s[:300] + "…"
	}
	return s
}

// name makes an e-mail address that nobody has.
func (p *probe) name() string {
	return "check-" + strings.ToLower(rand.Text()[:12]) + "@conformance.example"
}

// user is a user as every server takes it.
func (p *probe) user(more ...any) doc {
	d := doc{"schemas": []any{urnUser}, "userName": p.name(), "displayName": "Check",
		"name": doc{"givenName": "Check", "familyName": "Conformance", "formatted": "Check Conformance"}, "active": true}
	for i := 0; i+1 < len(more); i += 2 {
		d[more[i].(string)] = more[i+1]
	}
	d["emails"] = []any{doc{"value": d["userName"], "type": "work", "primary": true}, doc{"value": "home-" + d["userName"].(string), "type": "home"}}
	return d
}

// make creates a user that is deleted after the check.
func (p *probe) make(d doc) reply { return p.create("/Users", d) }

func (p *probe) create(endpoint string, d doc) reply {
	a := p.want(http.StatusCreated, "POST", endpoint, d)
	if a.id() == "" {
		p.fail("a created resource has no id: %s", short(a.raw))
		panic(stop{})
	}
	p.made = append(p.made, at(endpoint, a))
	return a
}

// at is the path of a created resource.
func at(endpoint string, a reply) string { return item(endpoint, a.id()) }

func item(endpoint, id string) string { return endpoint + "/" + url.PathEscape(id) }

func (p *probe) tidy() {
	for _, path := range p.made {
		p.send("DELETE", path, nil) // gone already is as good
	}
}

// patch is a PatchOp; operations are "op path" and value in turn.
func patch(ops ...any) doc {
	var list []any
	for i := 0; i+1 < len(ops); i += 2 {
		op, path, _ := strings.Cut(ops[i].(string), " ")
		one := doc{"op": op}
		if path != "" {
			one["path"] = path
		}
		if ops[i+1] != nil {
			one["value"] = ops[i+1]
		}
		list = append(list, one)
	}
	return doc{"schemas": []any{urnPatch}, "Operations": list}
}

// find asks for a filter and gives the ids that are found.
func (p *probe) find(endpoint, filter string) []string {
	a := p.want(http.StatusOK, "GET", endpoint+"?filter="+url.QueryEscape(filter), nil)
	list, _ := a.at("Resources").([]any)
	ids := []string{}
	for _, e := range list {
		id, _ := into(e, "id").(string)
		ids = append(ids, id)
	}
	return ids
}

// wantError checks an error body (RFC 7644 §3.12).
func (p *probe) wantError(a reply, status int, scimType string) {
	p.equal([]any{urnError}, a.at("schemas"), "schemas of the error")
	p.equal(fmt.Sprint(status), a.at("status"), "status in the error")
	if scimType != "" {
		p.equal(scimType, a.at("scimType"), "scimType of the error")
	}
}
