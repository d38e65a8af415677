package practice

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"rollcall/internal/practice/schema"
)

// call is one request under way: the world as it was when the request came.
type call struct {
	s       *Server
	w       *world
	base    string // absolute address of the service, as the client called it
	now     time.Time
	stamped string   // now, as it is stored
	created []string // userNames in lower case
}

func (c *call) q() Set { return c.w.q }

func (c *call) stamp() string {
	if c.stamped == "" {
		c.stamped = stampOf(c.now)
	}
	return c.stamped
}

// newID makes an id, 16 hexadecimal digits, or an odd one.
func (c *call) newID() string {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails, as documented
	return oddly(c.q(), hex.EncodeToString(b[:]))
}

func oddly(q Set, id string) string {
	if q.on(OddIDs) {
		return "user " + id + "@home 100%25"
	}
	return id
}

// address gives where a resource stands, or "" where the server does not say.
func (c *call) address(endpoint, id string) string {
	path := endpoint + "/" + url.PathEscape(id)
	switch c.q()[Location] {
	case "relative":
		return basePath + path
	case "absent":
		return ""
	}
	return c.base + path
}

func (c *call) refer(ref schema.Doc, endpoint, id string) {
	if a := c.address(endpoint, id); a != "" {
		ref["$ref"] = a
	}
}

// present makes of a record what clients see.
func (c *call) present(kind *schema.Resource, r *record, want schema.Projection) schema.Doc {
	return kind.Project(c.whole(kind, r), want)
}

// whole is the record with everything that filters can ask for.
func (c *call) whole(kind *schema.Resource, r *record) schema.Doc {
	doc := make(schema.Doc, len(r.doc)+3)
	for k, v := range r.doc {
		doc[k] = v
	}
	if kind.Extension(urnRollcall) == nil {
		delete(doc, urnRollcall)
	}
	schemas := []any{kind.Core.ID}
	for _, e := range kind.Extensions {
		if doc[e.ID] != nil {
			schemas = append(schemas, e.ID)
		}
	}
	doc["schemas"], doc["id"] = schemas, r.id
	meta := schema.Doc{"resourceType": kind.Name, "created": r.created, "lastModified": r.modified, "version": r.etag()}
	if a := c.address(kind.Endpoint, r.id); a != "" {
		meta["location"] = a
	}
	doc["meta"] = meta
	return doc
}

// disguise gives active the form of the quirk; filters see it as it is.
func (c *call) disguise(doc schema.Doc) schema.Doc {
	active, ok := doc["active"].(bool)
	if !ok {
		return doc
	}
	switch c.q()[ActiveAnswer] {
	case "text":
		doc["active"] = map[bool]string{true: "True", false: "False"}[active]
	case "number":
		doc["active"] = map[bool]int{true: 1, false: 0}[active]
	}
	return doc
}

func (c *call) countCreation() error {
	if d := c.w.limits.waitCreate(c.now); d > 0 {
		return &tooMany{wait: d}
	}
	return nil
}

// tooMany is a 429.
type tooMany struct{ wait time.Duration }

func (e *tooMany) Error() string { return "Too many requests. Come back later." }

// errDrop ends the request by dropping its connection.
var errDrop = errors.New("the connection is dropped")

// reply is an answer before it is written.
type reply struct {
	status int
	header http.Header
	// body is JSON, or a string for what is no JSON, or nil.
	body any
	// id is that of the resource, where there is one.
	id string
}

func answer(status int, body any) *reply {
	return &reply{status: status, header: http.Header{}, body: body}
}

// failure makes the answer of an error.
func (c *call) failure(err error) *reply {
	var many *tooMany
	if errors.As(err, &many) {
		r := answer(http.StatusTooManyRequests, c.errorBody(http.StatusTooManyRequests, "", many.Error()))
		retryAfter(c.q(), r.header, c.now, many.wait)
		return r
	}
	var e *schema.Error
	if !errors.As(err, &e) {
		c.s.log.Error("the practice account failed", "error", err)
		e = schema.Errorf(http.StatusInternalServerError, "", "The account failed. Nothing was changed.")
	}
	status, scimType := e.Status, e.Type
	if status == http.StatusConflict && scimType == "uniqueness" && c.q().on(Conflict) {
		scimType = ""
		if c.q().is(Conflict, "400") {
			status = http.StatusBadRequest
		}
	}
	return answer(status, c.errorBody(status, scimType, e.Detail))
}

// errorBody writes an error (RFC 7644 §3.12), or what a quirk makes of it.
func (c *call) errorBody(status int, scimType, detail string) any {
	switch c.q()[ErrorBody] {
	case "not-scim":
		return schema.Doc{"error": schema.Doc{"code": status, "message": detail}}
	case "not-json":
		return fmt.Sprintf("Error %d: %s\n", status, detail)
	}
	body := schema.Doc{"schemas": []any{urnError}, "detail": detail}
	if scimType != "" {
		body["scimType"] = scimType
	}
	switch c.q()[ErrorStatus] {
	case "number":
		body["status"] = status
	case "absent":
	default:
		body["status"] = strconv.Itoa(status)
	}
	return body
}

func notFound(what, id string) error {
	return schema.Errorf(http.StatusNotFound, "", "There is no %s with the id %q.", what, id)
}
