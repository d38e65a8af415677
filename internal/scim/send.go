package scim

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync/atomic"
	"time"

	"rollcall/internal/account"
	"rollcall/internal/scim/proxy"
)

// call is one request to the account.
type call struct {
	method string
	// path is below the base, escaped; query may be empty.
	path, query string
	// body is sent as JSON; a json.RawMessage as it is.
	body    any
	ifMatch string
	// once marks a request that must not be repeated when nobody knows whether
	// it took effect: a creation, a member added, a bulk request.
	once bool
	// slow gives the request the longer time-out.
	slow bool
	// quick tries only once and never waits: for probing.
	quick bool
}

// reads says that the call changes nothing: a GET, or a search by POST.
func (q *call) reads() bool {
	return q.method == http.MethodGet || strings.HasSuffix(q.path, searchPath)
}

// answer is a response that was read whole.
type answer struct {
	status int
	header http.Header
	body   []byte
	// json is the body where it is a JSON object or list, else nil.
	json any
	// doubt says that an earlier try of the same call may have taken effect.
	doubt bool
	// plain says that the request went as application/json alone.
	plain bool
}

// object is the body as a resource, nil where it is none.
func (a *answer) object() resource {
	m, _ := a.json.(map[string]any)
	return m
}

// The most tries of one call, by what went wrong.
const (
	maxTries        = 4  // the account's own faults, broken connections
	maxTriesLimited = 30 // 429 and 503, which ask to come back
	maxSignIns      = 3
)

// Content types: SCIM's own (RFC 7644, 3.1), and the one that every server
// takes.
const (
	typeSCIM = "application/scim+json"
	typeJSON = "application/json"
)

// send carries out one call: under the rate, repeated where that is safe, with
// a new sign-in where the old one ran out. Whatever status the account answers
// with that is not a success comes back as a *account.Failure beside the answer.
func (c *Client) send(ctx context.Context, q call) (*answer, error) {
	if c.profile.ReadOnly && !q.reads() {
		return nil, &account.Failure{Kind: account.KindReadOnly,
			Text: "This account is set to read only, so nothing was sent. Change that in the account's settings to import into it."}
	}
	doubt, signIns := false, 0
	for try := 1; ; try++ {
		gen, err := c.auth.ready(ctx)
		if err != nil {
			return nil, err
		}
		a, how, err := c.once(ctx, q)
		f := c.judge(q, a, how, err)
		if a != nil {
			a.doubt = doubt
		}
		if a != nil && a.status != http.StatusUnauthorized {
			c.auth.took(gen)
		}
		if f == nil {
			return a, nil
		}
		if doubt && f.Kind != account.KindUnknown && a == nil && !q.reads() {
			f.Kind = account.KindUnknown
		}
		again, wait := c.plan(q, f, try)
		switch {
		case ctx.Err() != nil:
			return a, f
		case f.Status == http.StatusUnauthorized && signIns < maxSignIns:
			signIns++
			if err := c.auth.again(ctx, gen, f); err != nil {
				return a, err
			}
			continue
		case a != nil && c.plainJSON(a):
			continue
		case !again:
			return a, f
		}
		if how == sentWhole && f.Status != http.StatusTooManyRequests {
			doubt = true
		}
		if f.Status == http.StatusTooManyRequests || f.Status == http.StatusServiceUnavailable {
			c.hold.until(c.opts.Now().Add(wait))
		}
		if err := sleep(ctx, wait); err != nil {
			return a, f
		}
	}
}

// sent says how far a request got.
type sent int

const (
	sentNothing sent = iota
	sentWhole
)

// once sends one request and reads its answer whole, all within the time-out.
func (c *Client) once(ctx context.Context, q call) (*answer, sent, error) {
	if err := c.hold.wait(ctx, c.opts.Now); err != nil {
		return nil, sentNothing, err
	}
	if err := c.limiter.Wait(ctx); err != nil {
		return nil, sentNothing, err
	}
	limit := c.opts.Timeout
	if q.slow {
		limit = c.opts.SlowTimeout
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	var wrote atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		WroteHeaders: func() { wrote.Store(true) },
	})
	how := func() sent {
		if wrote.Load() {
			return sentWhole
		}
		return sentNothing
	}
	req := c.http.R().SetContext(ctx).SetHeader("Accept", typeSCIM+", "+typeJSON+";q=0.9")
	plain := c.learned().PlainJSON
	if plain {
		req.SetHeader("Accept", typeJSON)
	}
	if q.body != nil {
		data, ready := q.body.(json.RawMessage)
		if !ready {
			var err error
			if data, err = json.Marshal(q.body); err != nil {
				return nil, sentNothing, err
			}
		}
		kind := typeSCIM
		if plain {
			kind = typeJSON
		}
		req.SetHeader("Content-Type", kind).SetBody([]byte(data))
	}
	if q.ifMatch != "" {
		req.SetHeader("If-Match", q.ifMatch)
	}
	c.count.Add(1)
	start := time.Now()
	resp, err := req.Execute(q.method, c.base.at(q.path, q.query))
	if err != nil {
		c.log.Debug("request", "method", q.method, "kind", shape(q.path), "failed", true, "took", time.Since(start))
		return nil, how(), err
	}
	raw := resp.RawResponse
	defer raw.Body.Close()
	body, err := io.ReadAll(io.LimitReader(raw.Body, maxBody+1))
	c.log.Debug("request", "method", q.method, "kind", shape(q.path), "status", raw.StatusCode, "bytes", len(body), "took", time.Since(start))
	a := &answer{status: raw.StatusCode, header: raw.Header, body: body, plain: plain}
	if len(body) > maxBody {
		return nil, sentWhole, errTooLarge
	}
	if err != nil {
		if !q.reads() && a.status/100 == 2 {
			return &answer{status: a.status, header: a.header}, sentWhole, nil
		}
		return nil, sentWhole, err
	}
	a.json = parse(body)
	return a, sentWhole, nil
}

// errTooLarge is an answer beyond maxBody.
var errTooLarge = errors.New("the answer is larger than 64 MiB")

// errNotJSON is a read that was answered with something else than JSON.
var errNotJSON = errors.New("the answer is not JSON")

// judge gives nil for a success, else what went wrong.
func (c *Client) judge(q call, a *answer, how sent, err error) *account.Failure {
	if err != nil {
		f := transportFailure(&c.auth.scrub, err, how, c.base.url)
		if q.reads() && f.Kind == account.KindUnknown {
			f.Kind = account.KindConnection
			if isTimeout(err) {
				f.Kind = account.KindTimeout
			}
			f.Text = readText(f.Kind)
		}
		noteScript(f, c.base.url, func() proxy.Settings { return proxy.System(context.Background()) })
		return f
	}
	if a.status/100 == 2 {
		if q.reads() && a.json == nil {
			return &account.Failure{Kind: account.KindNotSCIM, Status: a.status, Cause: errNotJSON,
				Text: "The address answers, but not as a SCIM account does. Check the account's address, from https:// to the end."}
		}
		return nil
	}
	return c.statusFailure(a)
}

// plan says whether a failed call is worth repeating, and after how long.
func (c *Client) plan(q call, f *account.Failure, try int) (again bool, wait time.Duration) {
	if q.quick {
		return false, 0
	}
	backoff := jitter(min(c.opts.Backoff<<min(try-1, 6), 30*time.Second))
	switch {
	case f.Status == http.StatusProxyAuthRequired:
		return false, 0
	case f.Status == http.StatusTooManyRequests, f.Status == http.StatusServiceUnavailable && (!q.once || f.RetryAfter > 0):
		if f.RetryAfter > 0 {
			return try < maxTriesLimited, f.RetryAfter + jitter(c.opts.Backoff/4)
		}
		return try < maxTriesLimited, backoff
	case f.Kind == account.KindRefused, f.Kind == account.KindNameNotFound:
		return try < maxTries-1, backoff
	case f.Kind == account.KindConnection, f.Kind == account.KindTimeout:
		return try < maxTries, backoff
	case f.Kind == account.KindUnknown, f.Kind == account.KindServer && f.Status != http.StatusNotImplemented:
		return !q.once && try < maxTries, backoff
	case f.Kind == account.KindNotSCIM && f.Status/100 == 2:
		return try < maxTries, backoff
	}
	return false, 0
}

// plainJSON notes a server that does not take SCIM's own content type; a call
// that went with it is then worth repeating.
func (c *Client) plainJSON(a *answer) bool {
	if a.plain || a.status != http.StatusNotAcceptable && a.status != http.StatusUnsupportedMediaType {
		return false
	}
	c.learn(func(l *Learned) { l.PlainJSON = true })
	return true
}

// shape is a path without its ids, for the log.
func shape(path string) string {
	for i := 1; i < len(path); i++ {
		if path[i] == '/' {
			return path[:i] + "/{id}"
		}
	}
	return path
}

func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("wait: %w", ctx.Err())
	}
}
