package practice

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"rollcall/internal/practice/schema"
)

// maxOperations is the most operations that a bulk request may have.
const maxOperations = 1000

// bulkOp is one operation of a bulk request (RFC 7644 §3.7).
type bulkOp struct {
	method, bulkID, path, version string
	data                          schema.Doc
	shelf                         shelf
	kind                          string // "/Users"
	id                            string
	refs                          []string // bulkIds that it waits for
	problem                       error    // found before anything was done
	result                        schema.Doc
}

// bulk carries out many operations in one transaction, each of which fails or
// succeeds by itself.
func (c *call) bulk(r *http.Request, body schema.Doc) (*reply, error) {
	if err := c.bulkRefusal(r); err != nil {
		return nil, err
	}
	if err := requireSchema(body, urnBulkReq); err != nil {
		return nil, err
	}
	list, ok := field(body, "Operations").([]any)
	if !ok || len(list) == 0 {
		return nil, schema.Errorf(http.StatusBadRequest, "invalidSyntax", "A bulk request needs Operations.")
	}
	if most := c.q().number(BulkMax, maxOperations); len(list) > most {
		return nil, schema.Errorf(http.StatusRequestEntityTooLarge, "", "The bulk request has more operations than maxOperations (%d).", most)
	}
	limit, err := failLimit(body)
	if err != nil {
		return nil, err
	}
	c.s.counts.operations(len(list))
	ops := make([]*bulkOp, len(list))
	var delay time.Duration
	for i, e := range list {
		object, _ := e.(schema.Doc)
		ops[i] = c.bulkOp(object)
		delay += c.groupDelay(operation{shelf: ops[i].shelf})
	}
	markDuplicates(ops)
	if !c.s.pause(r, delay) {
		return nil, errDrop
	}
	if err := c.s.store.do(r.Context(), func(x *tx) error { return c.runBulk(x, ops, limit) }); err != nil {
		return nil, err
	}
	return answer(http.StatusOK, schema.Doc{"schemas": []any{urnBulkRes}, "Operations": results(ops)}), nil
}

// results are in the order of the request; operations that were not tried
// because of failOnErrors are left out.
func results(ops []*bulkOp) []any {
	out := []any{}
	for _, op := range ops {
		if op.result != nil {
			out = append(out, op.result)
		}
	}
	return out
}

func (c *call) bulkRefusal(r *http.Request) error {
	if r.Method != http.MethodPost {
		return notAllowed(r.Method)
	}
	if c.q().on(NoBulk) {
		return schema.Errorf(http.StatusNotFound, "", "There is nothing at %s.", r.URL.Path)
	}
	switch c.q()[BulkRefused] {
	case "404":
		return schema.Errorf(http.StatusNotFound, "", "There is nothing at %s.", r.URL.Path)
	case "501":
		return schema.Errorf(http.StatusNotImplemented, "", "Bulk is not possible here.")
	case "413":
		return schema.Errorf(http.StatusRequestEntityTooLarge, "", "The bulk request is too large.")
	}
	return nil
}

// failLimit is the number of errors after which the rest is not tried; 0 is
// no limit.
func failLimit(body schema.Doc) (int, error) {
	value := field(body, "failOnErrors")
	if value == nil {
		return 0, nil
	}
	n, ok := value.(float64)
	if !ok || n < 1 || n != float64(int(n)) {
		return 0, schema.Errorf(http.StatusBadRequest, "invalidValue", "failOnErrors must be a whole number from 1.")
	}
	return int(n), nil
}

// bulkOp reads one operation; what is wrong with it is kept as its problem.
func (c *call) bulkOp(object schema.Doc) *bulkOp {
	text := func(name string) string {
		s, _ := field(object, name).(string)
		return s
	}
	op := &bulkOp{method: strings.ToUpper(text("method")), bulkID: text("bulkId"), path: text("path"), version: text("version")}
	op.data, _ = field(object, "data").(schema.Doc)
	endpoint, id, hasID := strings.Cut(strings.TrimPrefix(op.path, "/"), "/")
	known := false
	if op.shelf, known = c.s.shelves[endpoint]; known && endpoint == "Sources" && c.q().on(Sources) {
		known = false
	}
	var err error
	op.kind = "/" + endpoint
	if op.id, err = url.PathUnescape(id); err != nil {
		op.id = id
	}
	bad := func(format string, args ...any) {
		op.problem = schema.Errorf(http.StatusBadRequest, "invalidSyntax", format, args...)
	}
	switch {
	case !known:
		op.problem = schema.Errorf(http.StatusNotFound, "", "There is nothing at %s.", op.path)
	case op.method != http.MethodPost && op.method != http.MethodPut && op.method != http.MethodPatch && op.method != http.MethodDelete:
		bad("%q is no method of a bulk operation.", op.method)
	case op.method == http.MethodPost && op.bulkID == "":
		bad("A POST needs a bulkId.")
	case (op.method == http.MethodPost) == (hasID && id != ""):
		bad("The path %q does not fit %s.", op.path, op.method)
	case op.method != http.MethodDelete && op.data == nil:
		bad("%s needs data.", op.method)
	}
	op.refs = references(op.data, nil)
	if ref, ok := strings.CutPrefix(op.id, "bulkId:"); ok {
		op.refs = append(op.refs, ref)
	}
	return op
}

// markDuplicates refuses bulkIds that stand twice.
func markDuplicates(ops []*bulkOp) {
	seen := map[string]bool{}
	for _, op := range ops {
		if op.bulkID == "" {
			continue
		}
		if seen[op.bulkID] && op.problem == nil {
			op.problem = schema.Errorf(http.StatusBadRequest, "invalidSyntax", "The bulkId %q is used twice.", op.bulkID)
		}
		seen[op.bulkID] = true
	}
}

// references collects the bulkIds that a value refers to.
func references(v any, out []string) []string {
	switch v := v.(type) {
	case string:
		if ref, ok := strings.CutPrefix(v, "bulkId:"); ok {
			out = append(out, ref)
		}
	case []any:
		for _, e := range v {
			out = references(e, out)
		}
	case schema.Doc:
		for _, e := range v {
			out = references(e, out)
		}
	}
	return out
}

// runBulk goes through the operations in order, coming back to those that
// refer to resources made later in the request.
func (c *call) runBulk(x *tx, ops []*bulkOp, limit int) error {
	ids := map[string]string{} // by bulkId, of what has been made
	errorsSeen, waiting := 0, ops
	for len(waiting) > 0 {
		var later []*bulkOp
		for _, op := range waiting {
			if limit > 0 && errorsSeen >= limit {
				return nil
			}
			if op.problem == nil && !ready(op, ids) {
				later = append(later, op)
				continue
			}
			status, err := c.runBulkOp(x, op, ids)
			if err != nil {
				return err
			}
			if status >= 400 {
				errorsSeen++
			}
		}
		if len(later) == len(waiting) {
			for _, op := range later {
				op.problem = schema.Errorf(http.StatusConflict, "invalidValue", "A bulkId that it refers to was not made in this request.")
			}
		}
		waiting = later
	}
	return nil
}

func ready(op *bulkOp, ids map[string]string) bool {
	for _, ref := range op.refs {
		if _, ok := ids[ref]; !ok {
			return false
		}
	}
	return true
}

func (c *call) runBulkOp(x *tx, op *bulkOp, ids map[string]string) (status int, err error) {
	var out *reply
	failed := op.problem
	if failed == nil {
		one := operation{method: op.method, shelf: op.shelf, id: op.id, ifMatch: op.version}
		if ref, ok := strings.CutPrefix(op.id, "bulkId:"); ok {
			one.id = ids[ref]
		}
		one.body, _ = resolved(op.data, ids).(schema.Doc)
		made := len(c.created)
		failed = x.attempt(func() (err error) {
			out, err = c.perform(x, one)
			return err
		})
		if failed != nil {
			c.created = c.created[:made]
		}
	}
	var wire *schema.Error
	var many *tooMany
	if failed != nil && !errors.As(failed, &wire) && !errors.As(failed, &many) {
		return 0, failed
	}
	if failed != nil {
		out = c.failure(failed)
	}
	c.bulkResult(op, out, ids)
	return out.status, nil
}

// bulkResult writes what became of the operation (RFC 7644 §3.7.3).
func (c *call) bulkResult(op *bulkOp, out *reply, ids map[string]string) {
	result := schema.Doc{"method": op.method}
	if op.bulkID != "" {
		result["bulkId"] = op.bulkID
	}
	if out.status < 300 {
		id := op.id
		if ref, ok := strings.CutPrefix(op.id, "bulkId:"); ok {
			id = ids[ref]
		}
		if op.method == http.MethodPost {
			id = out.id
			ids[op.bulkID] = id
		}
		if a := c.address(op.kind, id); a != "" {
			result["location"] = a
		}
		if tag := out.header.Get("ETag"); tag != "" {
			result["version"] = tag
		}
	} else if op.method != http.MethodPost && op.problem == nil {
		if a := c.address(op.kind, op.id); a != "" {
			result["location"] = a
		}
	}
	if out.body != nil && (out.status >= 300 || !c.q().on(BulkEchoAbsent)) {
		result["response"] = out.body
	}
	switch c.q()[BulkStatus] {
	case "number":
		result["status"] = out.status
	case "object":
		result["status"] = schema.Doc{"code": itoa(out.status)}
	case "absent":
	default:
		result["status"] = itoa(out.status)
	}
	op.result = result
}

// resolved puts ids in the place of references.
func resolved(v any, ids map[string]string) any {
	switch v := v.(type) {
	case string:
		if ref, ok := strings.CutPrefix(v, "bulkId:"); ok {
			return ids[ref]
		}
		return v
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = resolved(e, ids)
		}
		return out
	case schema.Doc:
		out := make(schema.Doc, len(v))
		for k, e := range v {
			out[k] = resolved(e, ids)
		}
		return out
	}
	return v
}
