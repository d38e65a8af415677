package practice

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"rollcall/internal/practice/schema"
)

// maxPayload is the most bytes that a request may have, in bulk or not.
const maxPayload = 1 << 20

// Handler serves the account, for servers of another kind than Start's own.
func (s *Server) Handler() http.Handler {
	return http.HandlerFunc(s.serve)
}

// serve takes a request through what real servers do one after another: the
// way there, sign-in, limits, failures, the work itself, and the way back.
func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	began := s.now()
	segments, kind := route(r)
	s.counts.enter(kind)
	defer s.counts.leave()
	world := s.world.Load()
	c := &call{s: s, w: world, now: began, base: baseOf(r)}
	if !s.pause(r, world.q.duration(Latency)) {
		panic(http.ErrAbortHandler)
	}
	if r.URL.Path == tokenPath {
		s.auth.grant(w, r)
		return
	}
	fault := Name("")
	out := c.admit(r)
	if out == nil {
		fault = world.limits.throw()
		out = c.failBefore(r, fault)
	}
	if out == nil {
		var err error
		if out, err = c.dispatch(r, segments); errors.Is(err, errDrop) {
			panic(http.ErrAbortHandler)
		} else if err != nil {
			out = c.failure(err)
		}
		if out.status == http.StatusMethodNotAllowed {
			out.header.Set("Allow", allowed(segments))
		}
		s.counts.created(c.created)
	}
	s.log.Info("request", "kind", kind, "status", out.status, "fault", string(fault), "took", s.now().Sub(began))
	c.send(w, r, out, fault)
}

// route splits the path and names the request for the counters.
func route(r *http.Request) (segments []string, kind string) {
	path := r.URL.EscapedPath()
	if !strings.HasPrefix(path, basePath) {
		return nil, r.Method + " " + r.URL.Path
	}
	path = strings.Trim(strings.TrimPrefix(path, basePath), "/")
	if path == "" {
		return []string{}, r.Method + " /"
	}
	for _, part := range strings.Split(path, "/") {
		text, err := url.PathUnescape(part)
		if err != nil {
			text = part
		}
		segments = append(segments, text)
	}
	kind = r.Method + " /" + segments[0]
	if len(segments) > 1 {
		if segments[1] == ".search" {
			return segments, kind + "/.search"
		}
		kind += "/{id}"
	}
	return segments, kind
}

func baseOf(r *http.Request) string {
	scheme := "http://"
	if r.TLS != nil {
		scheme = "https://"
	}
	return scheme + r.Host + basePath
}

// pause waits; false means that the client or the server is gone.
func (s *Server) pause(r *http.Request, d time.Duration) bool {
	if d <= 0 {
		return true
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-r.Context().Done():
	case <-s.life.Done():
	}
	return false
}

// admit checks the sign-in and the rate limit; nil lets the request through.
func (c *call) admit(r *http.Request) *reply {
	if !c.s.auth.allows(r, c.q().number(TokenExpires, 0)) {
		out := answer(http.StatusUnauthorized, c.errorBody(http.StatusUnauthorized, "", "Sign in with a valid token or password."))
		c.s.auth.challenge(out.header, r.Header.Get("Authorization") != "")
		return out
	}
	if d := c.w.limits.wait(c.now, writes(r)); d > 0 {
		return c.failure(&tooMany{wait: d})
	}
	return nil
}

// writes says that a request changes something: a search by POST does not.
func writes(r *http.Request) bool {
	return r.Method != http.MethodGet && !strings.HasSuffix(r.URL.Path, "/.search")
}

// failBefore plays the faults that strike before anything is done.
func (c *call) failBefore(r *http.Request, fault Name) *reply {
	switch fault {
	case Fail500:
		return c.failure(schema.Errorf(http.StatusInternalServerError, "", "Something went wrong. Nothing was changed."))
	case Fail503:
		out := c.failure(schema.Errorf(http.StatusServiceUnavailable, "", "The account is busy. Nothing was changed."))
		retryAfter(c.q(), out.header, c.now, time.Second)
		return out
	case Fail429:
		return c.failure(&tooMany{wait: time.Second})
	case HTMLError:
		out := answer(http.StatusBadGateway, "<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head>\n<body><h1>502 Bad Gateway</h1></body></html>\n")
		out.header.Set("Content-Type", "text/html")
		return out
	case Hang:
		// The body is read so that the server notices a client that leaves.
		_, _ = io.Copy(io.Discard, io.LimitReader(r.Body, maxPayload))
		select {
		case <-r.Context().Done():
		case <-c.s.life.Done():
		}
		panic(http.ErrAbortHandler)
	case DropBefore:
		panic(http.ErrAbortHandler)
	}
	return nil
}

// dispatch finds who answers the request.
func (c *call) dispatch(r *http.Request, segments []string) (*reply, error) {
	body, err := c.readBody(r)
	if err != nil {
		return nil, err
	}
	if segments == nil {
		return nil, schema.Errorf(http.StatusNotFound, "", "There is nothing at %s.", r.URL.Path)
	}
	if len(segments) == 0 {
		return c.searchAll(r, body)
	}
	if len(segments) > 2 {
		return nil, schema.Errorf(http.StatusNotFound, "", "There is nothing at %s.", r.URL.Path)
	}
	switch segments[0] {
	case ".search":
		return c.searchAll(r, body)
	case "ServiceProviderConfig", "ResourceTypes", "Schemas":
		return c.discover(r, segments)
	case "Bulk":
		return c.bulk(r, body)
	case "Me":
		return c.me(r, body)
	}
	shelf, ok := c.s.shelves[segments[0]]
	if !ok || segments[0] == "Sources" && c.q().on(Sources) {
		return nil, schema.Errorf(http.StatusNotFound, "", "There is nothing at %s.", r.URL.Path)
	}
	switch {
	case len(segments) == 1 && r.Method == http.MethodGet:
		return c.list(shelf, queryOf(r.URL.Query()))
	case len(segments) == 2 && segments[1] == ".search":
		if r.Method != http.MethodPost {
			return nil, notAllowed(r.Method)
		}
		query, err := queryOfBody(body)
		if err != nil {
			return nil, err
		}
		return c.list(shelf, query)
	}
	id := ""
	if len(segments) == 2 {
		id = segments[1]
	}
	return c.single(r, shelf, id, body)
}

func notAllowed(method string) error {
	return schema.Errorf(http.StatusMethodNotAllowed, "", "%s is not possible here.", method)
}

// allowed lists the methods of a route (RFC 9110 §15.5.6).
func allowed(segments []string) string {
	if len(segments) == 0 {
		return "GET"
	}
	last := segments[len(segments)-1]
	switch {
	case last == ".search" || last == "Bulk":
		return "POST"
	case segments[0] == "Me":
		return "GET, PUT, PATCH, DELETE"
	case segments[0] != "Users" && segments[0] != "Groups":
		return "GET"
	case len(segments) == 1:
		return "GET, POST"
	}
	return "GET, PUT, PATCH, DELETE"
}

// readBody reads and decodes the body of a request that has one.
func (c *call) readBody(r *http.Request) (schema.Doc, error) {
	if c.q().is(ScimTypeRefused, "406") && acceptsScimOnly(r.Header.Get("Accept")) {
		return nil, schema.Errorf(http.StatusNotAcceptable, "", "Only application/json can be answered.")
	}
	if r.Method != http.MethodPost && r.Method != http.MethodPut && r.Method != http.MethodPatch {
		return nil, nil
	}
	if err := c.checkContentType(r.Header.Get("Content-Type")); err != nil {
		return nil, err
	}
	most := int64(c.q().number(BulkPayload, maxPayload))
	if _, kind := route(r); kind != "POST /Bulk" {
		most = maxPayload
	}
	raw, err := io.ReadAll(io.LimitReader(r.Body, most+1))
	if err != nil {
		return nil, errDrop
	}
	if int64(len(raw)) > most {
		return nil, schema.Errorf(http.StatusRequestEntityTooLarge, "", "The request is larger than maxPayloadSize (%d bytes).", most)
	}
	return decode(raw)
}

func decode(raw []byte) (schema.Doc, error) {
	var body schema.Doc
	if err := json.Unmarshal(raw, &body); err != nil || body == nil {
		return nil, schema.Errorf(http.StatusBadRequest, "invalidSyntax", "The body is not a JSON object.")
	}
	return body, nil
}

func acceptsScimOnly(accept string) bool {
	return strings.Contains(accept, "application/scim+json") && !strings.Contains(accept, "application/json") && !strings.Contains(accept, "*/*")
}

func (c *call) checkContentType(header string) error {
	media, _, _ := strings.Cut(header, ";")
	media = strings.ToLower(strings.TrimSpace(media))
	known := media == "" || media == "application/scim+json" || media == "application/json"
	if !known || media == "application/scim+json" && c.q().is(ScimTypeRefused, "415") {
		return schema.Errorf(http.StatusUnsupportedMediaType, "", "A body of the type %q cannot be read.", media)
	}
	return nil
}

// encodeBody writes the body as it goes over the wire, with its type.
func (c *call) encodeBody(body any) (raw []byte, contentType string, err error) {
	switch c.q()[ContentType] {
	case "json":
		contentType = "application/json"
	case "text-json":
		contentType = "text/json"
	case "html":
		contentType = "text/html"
	default:
		contentType = "application/scim+json"
	}
	switch body := body.(type) {
	case nil:
		return nil, "", nil
	case string:
		return []byte(body), "text/plain; charset=utf-8", nil
	}
	raw, err = json.Marshal(body)
	return append(raw, '\n'), contentType + "; charset=utf-8", err
}

// send writes the answer, and plays the faults of the way back.
func (c *call) send(w http.ResponseWriter, r *http.Request, out *reply, fault Name) {
	if fault == DropAfter {
		panic(http.ErrAbortHandler)
	}
	raw, contentType, err := c.encodeBody(out.body)
	if err != nil {
		c.s.log.Error("the practice account could not answer", "error", err)
		panic(http.ErrAbortHandler)
	}
	for key, values := range out.header {
		w.Header()[key] = values
	}
	if contentType != "" && w.Header().Get("Content-Type") == "" {
		w.Header().Set("Content-Type", contentType)
	}
	if len(raw) > 0 {
		w.Header()["Content-Length"] = []string{itoa(len(raw))}
	}
	w.WriteHeader(out.status)
	switch {
	case fault == CutShort && len(raw) > 0:
		flush(w, raw[:len(raw)/2])
		panic(http.ErrAbortHandler)
	case fault == CutShort:
		panic(http.ErrAbortHandler)
	case fault == SlowDrip:
		c.drip(w, r, raw)
	default:
		_, _ = w.Write(raw) // a client that is gone needs no answer
	}
}

// dripPause and dripPieces make a drip of about four seconds.
const (
	dripPause  = 250 * time.Millisecond
	dripPieces = 16
)

func (c *call) drip(w http.ResponseWriter, r *http.Request, raw []byte) {
	size := len(raw)/dripPieces + 1
	for len(raw) > 0 {
		n := min(size, len(raw))
		flush(w, raw[:n])
		raw = raw[n:]
		if !c.s.pause(r, c.s.dripPause) {
			panic(http.ErrAbortHandler)
		}
	}
}

func flush(w http.ResponseWriter, raw []byte) {
	_, _ = w.Write(raw)
	_ = http.NewResponseController(w).Flush() // a writer that cannot flush sends later
}
