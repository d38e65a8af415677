package scim

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"rollcall/internal/account"
)

// maxChunk is the most operations in one bulk request, whatever the account
// offers (account-api, "How the client works" 4).
const maxChunk = 500

// smallestChunk is the chunk below which a bulk request that is too large is
// given up rather than halved.
const smallestChunk = 8

// bulkOp is one operation of a request. A change of several attributes is as
// many operations.
type bulkOp struct {
	id  string // the bulkId
	of  int    // index in the caller's list
	raw []byte // as it is sent
}

// operation makes one operation; version is "" where none is to be asked for.
func operation(of int, id, method, path, version string, data map[string]any) bulkOp {
	op := map[string]any{"method": method, "path": path, "bulkId": id, "data": data}
	if version != "" {
		op["version"] = version
	}
	raw, _ := json.Marshal(op) // texts, lists and objects always encode
	return bulkOp{id: id, of: of, raw: raw}
}

// requestOf is the request with those operations.
func requestOf(part []bulkOp) json.RawMessage {
	size := 128
	for i := range part {
		size += len(part[i].raw) + 1
	}
	body := append(make([]byte, 0, size), `{"schemas":["`+schemaBulk+`"],"Operations":[`...)
	for i := range part {
		if i > 0 {
			body = append(body, ',')
		}
		body = append(body, part[i].raw...)
	}
	return append(body, "]}"...)
}

// Bulk sends the operations in chunks. The caller's list keeps its order within
// a chunk, and no operation is sent twice: what has an unknown outcome is given
// back as such.
func (c *Client) Bulk(ctx context.Context, ops []account.BulkOp, result func(account.BulkResult)) error {
	caps, _, err := c.capabilities(ctx)
	if err != nil {
		return err
	}
	b := &bulk{c: c, caps: caps, ops: ops, result: result}
	wire := b.wire()
	for len(wire) > 0 {
		if ctx.Err() != nil {
			b.giveBack(wire, &account.Failure{Kind: account.KindStopped, Text: "Stopped before this row was sent."})
			return nil
		}
		if !caps.Bulk || c.learned().NoBulk {
			b.giveBack(wire, errNoBulk)
			return nil
		}
		n := b.chunk(wire)
		if err := c.inTurn(func() error { return b.send(ctx, wire[:n]) }); err != nil {
			b.giveBack(wire[n:], err)
			return err
		}
		wire = wire[n:]
	}
	return nil
}

// inTurn sends a bulk request, beside others unless the account has choked.
func (c *Client) inTurn(send func() error) error {
	if c.bulkAlone.Load() {
		c.bulkTurn.Lock()
		defer c.bulkTurn.Unlock()
	} else {
		c.bulkTurn.RLock()
		defer c.bulkTurn.RUnlock()
	}
	return send()
}

var errNoBulk = &account.Failure{Kind: account.KindUnsupported, Text: "The account takes no bulk requests."}

type bulk struct {
	c      *Client
	caps   *account.Capabilities
	ops    []account.BulkOp
	result func(account.BulkResult)
}

// wire makes the requests' operations; those of one caller's operation follow
// each other.
func (b *bulk) wire() []bulkOp {
	l := b.c.learned()
	names := b.caps.NamesRequired || l.Names
	identifiers := b.caps.Identifiers && !l.IdentifiersApart
	var out []bulkOp
	for i, o := range b.ops {
		if o.Create {
			out = append(out, operation(i, fmt.Sprintf("r%d", i), http.MethodPost, "/Users", "", b.c.newUser(o.User, identifiers, names)))
			continue
		}
		version := o.User.Version
		for n, one := range concerns(o.Change) {
			out = append(out, operation(i, fmt.Sprintf("r%d.%d", i, n), http.MethodPatch, "/Users/"+segment(o.User.ID), version,
				patch(op{Op: "replace", Path: one.path, Value: one.value})))
			version = ""
		}
	}
	return out
}

// chunk is how many operations go into the next request: by number, by bytes,
// and never parting the operations of one user.
func (b *bulk) chunk(wire []bulkOp) int {
	most, room := maxChunk, 1<<20
	if n := b.caps.BulkMaxOperations; n > 0 {
		most = min(most, n)
	}
	if n := b.c.learned().BulkMax; n > 0 {
		most = min(most, n)
	}
	if n := b.caps.BulkMaxPayload; n > 0 {
		room = min(room, n)
	}
	room -= 256 // the envelope
	n := 0
	for n < len(wire) {
		end := n + 1
		size := len(wire[n].raw) + 1
		for end < len(wire) && wire[end].of == wire[n].of {
			size += len(wire[end].raw) + 1
			end++
		}
		if n > 0 && (end > most || size > room) {
			break
		}
		room -= size
		n = end
	}
	return n
}

// send carries one chunk out, or its halves where the whole is refused.
func (b *bulk) send(ctx context.Context, part []bulkOp) error {
	a, err := b.c.send(ctx, call{method: http.MethodPost, path: "/Bulk", body: requestOf(part), once: true, slow: true})
	if err == nil {
		if a.object() == nil || !a.object().has("Operations") {
			b.giveBack(part, unknownOutcome())
			return nil
		}
		b.read(part, a.object().list("Operations"))
		return nil
	}
	kind := account.KindOf(err)
	f := answerOf(err)
	switch {
	case kind == account.KindNotFound, kind == account.KindUnsupported:
		b.c.learn(func(l *Learned) { l.NoBulk = true })
		b.giveBack(part, errNoBulk)
		return nil
	case kind == account.KindUnknown, kind == account.KindServer, kind == account.KindRateLimited:
		b.c.bulkAlone.Store(true)
		if kind == account.KindRateLimited {
			break
		}
		b.giveBack(part, unknownOutcome())
		return nil
	case kind == account.KindRejected && f != nil:
		half := b.half(part)
		if half == 0 || f.Status == http.StatusRequestEntityTooLarge && len(part) <= smallestChunk {
			if f.Status == http.StatusRequestEntityTooLarge {
				b.c.learn(func(l *Learned) { l.NoBulk = true })
			}
			b.giveBack(part, errNoBulk)
			return nil
		}
		if f.Status == http.StatusRequestEntityTooLarge {
			b.c.learn(func(l *Learned) { l.BulkMax = half })
		}
		if err := b.send(ctx, part[:half]); err != nil {
			b.giveBack(part[half:], err)
			return err
		}
		return b.send(ctx, part[half:])
	}
	b.giveBack(part, err)
	return err
}

// half is where to part a chunk, not inside one user; 0 for a single one.
func (b *bulk) half(part []bulkOp) int {
	for n := (len(part) + 1) / 2; n < len(part); n++ {
		if part[n].of != part[n-1].of {
			return n
		}
	}
	for n := len(part) / 2; n > 0; n-- {
		if part[n].of != part[n-1].of {
			return n
		}
	}
	return 0
}

func unknownOutcome() *account.Failure {
	return &account.Failure{Kind: account.KindUnknown,
		Text: "The account did not say what became of this row. It is asked before anything is sent again."}
}

// giveBack ends operations with an error, each of the caller's once.
func (b *bulk) giveBack(part []bulkOp, err error) {
	for i, w := range part {
		if i == 0 || part[i-1].of != w.of {
			o := b.ops[w.of]
			b.result(account.BulkResult{Key: o.Key, User: o.User, Err: err})
		}
	}
}

// read takes the answer apart: by bulkId, else, where the account leaves them
// out, by order.
func (b *bulk) read(part []bulkOp, results []any) {
	byID := make(map[string]resource, len(results))
	for i, v := range results {
		m, ok := v.(map[string]any)
		if !ok {
			continue
		}
		id := resource(m).text("bulkId")
		if id == "" && len(results) == len(part) {
			id = part[i].id
		}
		byID[id] = m
	}
	for i := 0; i < len(part); {
		end := i + 1
		for end < len(part) && part[end].of == part[i].of {
			end++
		}
		b.result(b.one(part[i:end], byID))
		i = end
	}
}

// one joins the results of one user's operations: the first that failed, else
// the last.
func (b *bulk) one(ops []bulkOp, byID map[string]resource) account.BulkResult {
	o := b.ops[ops[0].of]
	out := account.BulkResult{Key: o.Key, User: o.User}
	for _, w := range ops {
		r, there := byID[w.id]
		if !there {
			out.Err = unknownOutcome()
			return out
		}
		response := r.object("response")
		if status := bulkStatus(r); status/100 != 2 {
			out.Err = b.failure(status, r)
			return out
		}
		if response.has("userName") && response.text("id") != "" && response.has("active") {
			out.User, out.Shown = b.c.user(response), true
			continue
		}
		out.Shown = false
		if out.User.ID == "" {
			if out.User.ID = response.text("id"); out.User.ID == "" && r.text("location") != "" {
				out.User.ID = lastSegment(r.text("location"))
			}
		}
	}
	return out
}

// bulkStatus reads an operation's status: text, number, an object with a code,
// or, where there is none, what the rest of the result says.
func bulkStatus(r resource) int {
	status := r.text("status")
	if m := r.object("status"); m != nil {
		status = m.text("code")
	}
	if n := number(strings.TrimSpace(status)); n > 0 {
		return n
	}
	response := r.object("response")
	for _, s := range response.list("schemas") {
		if strings.Contains(textOf(s), ":Error") {
			if n := response.number("status"); n > 0 {
				return n
			}
			return http.StatusBadRequest
		}
	}
	if r.has("location") || response.has("id") {
		return http.StatusOK
	}
	return 0
}

func (b *bulk) failure(status int, r resource) error {
	if status == 0 {
		return unknownOutcome()
	}
	body, _ := json.Marshal(map[string]any(r.object("response")))
	if r.object("response") == nil {
		body, _ = json.Marshal(map[string]any(r))
	}
	f := b.c.statusFailure(&answer{status: status, header: http.Header{}, body: body, json: parse(body)})
	if f.Kind == account.KindServer {
		return unknownOutcome()
	}
	return f
}
