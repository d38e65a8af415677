package scim

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"rollcall/internal/account"
)

// discovered is what discovery found beside the capabilities.
type discovered struct {
	// sources is the path of the Source resource, "" where there is none.
	sources string
	// canonical are the values that /Schemas gives for sourceUsernames.type.
	canonical []string
	// types says that the account listed its resource types.
	types bool
	// incomplete says that a document could not be read through a fault of the
	// account's: it is asked for again soon, and nothing is concluded from it.
	incomplete bool
	// index says that paging by startIndex is offered beside a cursor.
	index bool
}

// Discover reads ServiceProviderConfig, ResourceTypes and Schemas (RFC 7644,
// 4), each on its own and each field on its own: what is missing or null takes
// the value that every server can live with.
func (c *Client) Discover(ctx context.Context) (*account.Capabilities, error) {
	caps, _, err := c.capabilities(ctx)
	return caps, err
}

// capabilities is Discover, with what it found beside the capabilities.
func (c *Client) capabilities(ctx context.Context) (*account.Capabilities, discovered, error) {
	c.capsMu.Lock()
	known, extra := c.caps, c.extra
	stale := extra.incomplete && c.opts.Now().Sub(c.capsAt) > rediscover
	c.capsMu.Unlock()
	if known != nil && !stale {
		return known, extra, nil
	}
	return c.discover(ctx)
}

func (c *Client) discover(ctx context.Context) (*account.Capabilities, discovered, error) {
	paths := []string{"/ServiceProviderConfig", "/ResourceTypes", "/Schemas"}
	answers := make([]any, len(paths))
	errs := make([]error, len(paths))
	var wg sync.WaitGroup
	for i, path := range paths {
		wg.Go(func() {
			a, err := c.send(ctx, call{method: http.MethodGet, path: path})
			if errs[i] = err; err == nil {
				answers[i] = a.json
			}
		})
	}
	wg.Wait()
	var extra discovered
	for _, err := range errs {
		switch {
		case err == nil:
		case !absent(err):
			return nil, discovered{}, err
		case broken(err):
			extra.incomplete = true
		}
	}
	caps := config(answers[0])
	caps.Groups = true
	config, _ := answers[0].(map[string]any)
	extra.index = resource(config).object("pagination").yes("index") || !resource(config).has("pagination")
	c.readTypes(answers[1], caps, &extra)
	c.readSchemas(answers[2], caps, &extra)
	if extra.sources == "" && !extra.types {
		extra.sources = "/Sources" // worth one question
	}
	if extra.sources != "" {
		caps.Sources = "resource"
	} else if len(extra.canonical) > 0 {
		caps.Sources = "schema"
	}
	learned := c.learned()
	caps.Bulk = caps.Bulk && !learned.NoBulk
	caps.Patch = caps.Patch && !learned.NoPatch
	caps.NamesRequired = caps.NamesRequired || learned.Names
	c.capsMu.Lock()
	defer c.capsMu.Unlock()
	caps.TwinsHidden = c.twinsHidden
	c.caps, c.extra, c.capsAt = caps, extra, c.opts.Now()
	return caps, extra, nil
}

// rediscover is how long an incomplete discovery is believed.
const rediscover = 10 * time.Second

// broken says that a document may be there all the same.
func broken(err error) bool {
	k := account.KindOf(err)
	return k == account.KindServer || k == account.KindNotSCIM
}

// absent says that a discovery document is simply not there, or not readable,
// which is no reason to give up.
func absent(err error) bool {
	switch account.KindOf(err) {
	case account.KindNotFound, account.KindUnsupported, account.KindForbidden, account.KindRejected,
		account.KindServer, account.KindNotSCIM:
		return true
	}
	return false
}

// config reads ServiceProviderConfig (RFC 7643, 5). Without one: patch yes,
// bulk no, eq only, no etag.
func config(v any) *account.Capabilities {
	m, ok := v.(map[string]any)
	if list, isList := v.([]any); isList && len(list) == 1 {
		m, ok = list[0].(map[string]any)
	}
	r := resource(m)
	if in := r.list("Resources"); len(in) == 1 && !r.has("patch") {
		if inner, is := in[0].(map[string]any); is {
			r = inner
		}
	}
	caps := &account.Capabilities{Patch: true, Filter: true}
	caps.Known = ok && (r.has("patch") || r.has("bulk") || r.has("filter") || r.has("authenticationSchemes"))
	if !caps.Known {
		return caps
	}
	if v, ok := truth(r.object("patch").get("supported")); ok {
		caps.Patch = v
	}
	if v, ok := truth(r.object("filter").get("supported")); ok {
		caps.Filter = v
	}
	bulk := r.object("bulk")
	caps.Bulk = bulk.yes("supported")
	caps.BulkMaxOperations = max(0, bulk.number("maxOperations"))
	caps.BulkMaxPayload = max(0, bulk.number("maxPayloadSize"))
	caps.FilterMaxResults = max(0, r.object("filter").number("maxResults"))
	caps.Sort = r.object("sort").yes("supported")
	caps.ETag = r.object("etag").yes("supported")
	caps.Cursor = r.object("pagination").yes("cursor")
	return caps
}

func (c *Client) readTypes(v any, caps *account.Capabilities, extra *discovered) {
	types := pageOf(v).resources
	extra.types = len(types) > 0
	groups := false
	for _, t := range types {
		name := strings.ToLower(t.text("name"))
		if name == "" {
			name = strings.ToLower(t.text("id"))
		}
		switch {
		case name == "user":
			for _, e := range t.list("schemaExtensions") {
				if m, ok := e.(map[string]any); ok && strings.EqualFold(resource(m).text("schema"), c.urn) {
					caps.Identifiers = true
				}
			}
		case name == "group":
			groups = true
		case name == "source" || strings.EqualFold(t.text("schema"), schemaSource):
			if extra.sources = t.text("endpoint"); extra.sources == "" {
				extra.sources = "/Sources"
			}
			extra.sources = "/" + segment(lastSegment(extra.sources))
		}
	}
	if extra.types {
		caps.Groups = groups
	}
}

func (c *Client) readSchemas(v any, caps *account.Capabilities, extra *discovered) {
	for _, s := range pageOf(v).resources {
		switch id := s.text("id"); {
		case strings.EqualFold(id, c.urn):
			caps.Identifiers = true
			values := attribute(attribute(s, attrSources, "attributes"), "type", "subAttributes").list("canonicalValues")
			for _, v := range values {
				if name := textOf(v); name != "" {
					extra.canonical = append(extra.canonical, name)
				}
			}
		case strings.EqualFold(id, schemaUser):
			name := attribute(s, "name", "attributes")
			caps.NamesRequired = attribute(name, "givenName", "subAttributes").yes("required") ||
				attribute(name, "familyName", "subAttributes").yes("required")
		}
	}
}

// attribute finds a definition by name (RFC 7643, 7).
func attribute(in resource, name, list string) resource {
	for _, a := range in.list(list) {
		if m, ok := a.(map[string]any); ok && strings.EqualFold(resource(m).text("name"), name) {
			return m
		}
	}
	return nil
}
