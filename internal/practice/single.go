package practice

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"rollcall/internal/practice/schema"
)

// operation is what is asked of one resource, by itself or inside a bulk.
type operation struct {
	method      string
	shelf       shelf
	id          string
	body        schema.Doc
	ifMatch     string
	ifNoneMatch string
	want        schema.Projection
}

// single answers a request for one resource.
func (c *call) single(r *http.Request, s shelf, id string, body schema.Doc) (*reply, error) {
	want, err := projectionOf(r.URL.Query())
	if err != nil {
		return nil, err
	}
	op := operation{method: r.Method, shelf: s, id: id, body: body, want: want,
		ifMatch: r.Header.Get("If-Match"), ifNoneMatch: r.Header.Get("If-None-Match")}
	if op.method != http.MethodGet && !c.s.pause(r, c.groupDelay(op)) {
		return nil, errDrop
	}
	var out *reply
	err = c.s.store.do(r.Context(), func(x *tx) (err error) {
		out, err = c.perform(x, op)
		return err
	})
	return out, err
}

// groupDelay is how long writing to a group takes besides the work itself.
// It is waited for before the transaction, so that nobody else waits.
func (c *call) groupDelay(op operation) (d time.Duration) {
	if _, isGroup := op.shelf.(groups); isGroup {
		d = c.q().duration(SlowGroups)
	}
	return d
}

func projectionOf(query url.Values) (schema.Projection, error) {
	p, err := schema.NewProjection(names(query["attributes"]), names(query["excludedAttributes"]))
	return p, schemaError(err)
}

func names(values []string) []string {
	return strings.FieldsFunc(strings.Join(values, ","), func(r rune) bool { return r == ',' || r == ' ' })
}

// me stands for the signed-in user (RFC 7644 §3.11).
func (c *call) me(r *http.Request, body schema.Doc) (*reply, error) {
	var id string
	err := c.s.store.do(r.Context(), func(x *tx) error {
		_, err := x.one("SELECT f.value FROM facts f JOIN users u ON u.id = f.value WHERE f.name = 'me'", nil, &id)
		return err
	})
	switch {
	case err != nil:
		return nil, err
	case id == "":
		return nil, schema.Errorf(http.StatusNotFound, "", "This account has no signed-in user.")
	case r.Method == http.MethodPost:
		return nil, notAllowed(r.Method)
	}
	return c.single(r, users{}, id, body)
}

// perform carries out one operation. An error means that the transaction, or
// its part, is not to be kept.
func (c *call) perform(x *tx, op operation) (*reply, error) {
	if _, fixed := op.shelf.(sources); fixed && op.method != http.MethodGet {
		return nil, errSourcesFixed
	}
	if op.id == "" {
		if op.method != http.MethodPost {
			return nil, notAllowed(op.method)
		}
		return c.create(x, op)
	}
	kind := op.shelf.kind(c)
	r, err := op.shelf.find(x, op.id)
	if err != nil {
		return nil, err
	}
	if r == nil {
		return nil, notFound(strings.ToLower(kind.Name), op.id)
	}
	if op.method != http.MethodGet && !c.q().on(LyingEtag) && !matches(op.ifMatch, r.etag(), true) {
		return nil, schema.Errorf(http.StatusPreconditionFailed, "", "The %s was changed by someone else since.", strings.ToLower(kind.Name))
	}
	switch op.method {
	case http.MethodGet:
		if op.ifNoneMatch != "" && matches(op.ifNoneMatch, r.etag(), false) {
			out := answer(http.StatusNotModified, nil)
			out.header.Set("ETag", r.etag())
			return out, nil
		}
		return c.show(x, op, r, http.StatusOK)
	case http.MethodPut:
		return c.put(x, op, r)
	case http.MethodPatch:
		return c.patch(x, op, r)
	case http.MethodDelete:
		return answer(http.StatusNoContent, nil), op.shelf.remove(c, x, r)
	}
	return nil, notAllowed(op.method)
}

// matches compares a header such as If-Match with a version, weakly, as SCIM's
// versions are weak. absent is the answer where there is no header.
func matches(header, etag string, absent bool) bool {
	if strings.TrimSpace(header) == "" {
		return absent
	}
	for _, tag := range strings.Split(header, ",") {
		tag = strings.TrimSpace(tag)
		if tag == "*" || strings.TrimPrefix(tag, "W/") == strings.TrimPrefix(etag, "W/") {
			return true
		}
	}
	return false
}

// show answers with the resource.
func (c *call) show(x *tx, op operation, r *record, status int) (*reply, error) {
	if _, isUser := op.shelf.(users); !isUser || status != http.StatusCreated { // a new user is in no group
		if err := op.shelf.complete(c, x, []*record{r}, op.want); err != nil {
			return nil, err
		}
	}
	kind := op.shelf.kind(c)
	out := answer(status, c.disguise(c.present(kind, r, op.want)))
	out.id = r.id
	out.header.Set("ETag", r.etag())
	if a := c.address(kind.Endpoint, r.id); a != "" {
		out.header.Set("Location", a)
	}
	return out, nil
}

func (c *call) create(x *tx, op operation) (*reply, error) {
	doc, err := c.normalise(op)
	if err != nil {
		return nil, err
	}
	r, err := op.shelf.create(c, x, doc)
	if err != nil {
		return nil, err
	}
	out, err := c.show(x, op, r, http.StatusCreated)
	if err != nil {
		return nil, err
	}
	switch c.q()[CreateAnswer] {
	case "id-only":
		out.body = schema.Doc{"schemas": []any{op.shelf.kind(c).Core.ID}, "id": r.id}
	case "empty":
		out.body = nil
	}
	return out, nil
}

// normalise checks a whole resource that was sent.
func (c *call) normalise(op operation) (schema.Doc, error) {
	kind := op.shelf.kind(c)
	if err := requireSchema(op.body, kind.Core.ID); err != nil {
		return nil, err
	}
	if c.q().is(Extension, "refused") && field(op.body, urnRollcall) != nil {
		return nil, unknownExtension()
	}
	doc, err := kind.Normalise(op.body, c.rules(op))
	if err != nil {
		return nil, err
	}
	delete(doc, "password")
	return doc, nil
}

func unknownExtension() error {
	return schema.Errorf(http.StatusBadRequest, "invalidSyntax", "The schema %s is not known.", urnRollcall)
}

// requireSchema wants the URN in "schemas" (RFC 7643 §3).
func requireSchema(body schema.Doc, urn string) error {
	list, _ := field(body, "schemas").([]any)
	for _, e := range list {
		if text, ok := e.(string); ok && strings.EqualFold(text, urn) {
			return nil
		}
	}
	return schema.Errorf(http.StatusBadRequest, "invalidSyntax", "schemas must hold %s.", urn)
}

// field reads a member whatever its letter case (RFC 7643 §2.1).
func field(doc schema.Doc, name string) any {
	if v, ok := doc[name]; ok {
		return v
	}
	for k, v := range doc {
		if strings.EqualFold(k, name) {
			return v
		}
	}
	return nil
}

// put replaces the resource (RFC 7644 §3.5.1). An active flag that was not
// sent stays, so that nobody comes back from the archive by the way.
func (c *call) put(x *tx, op operation, r *record) (*reply, error) {
	doc, err := c.normalise(op)
	if err != nil {
		return nil, err
	}
	if _, isUser := op.shelf.(users); isUser {
		if err := schemaError(op.shelf.kind(c).Check(doc)); err != nil {
			return nil, err
		}
		if doc["active"] == nil && r.doc["active"] != nil {
			doc["active"] = r.doc["active"]
		}
		if c.q().on(ExtensionPutLost) || c.q().on(Extension) {
			keep(doc, r.doc, urnRollcall)
		}
		c.loseWrite(doc, r.doc)
	}
	if err := op.shelf.save(c, x, r, doc); err != nil {
		return nil, err
	}
	return c.show(x, op, r, http.StatusOK)
}

// loseWrite plays a server that takes a change and forgets it.
func (c *call) loseWrite(doc, old schema.Doc) {
	if name := c.q()[WriteLost]; name != "" {
		keep(doc, old, name)
	}
}

// keep puts back what the document held under that name.
func keep(doc, old schema.Doc, name string) {
	if v, ok := old[name]; ok {
		doc[name] = schema.Clone(v)
	} else {
		delete(doc, name)
	}
}
