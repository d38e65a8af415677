package practice

import (
	"net/http"
	"strings"

	"rollcall/internal/practice/schema"
)

// searchAll searches all resource types at the root (RFC 7644 §3.4.2.1, §3.4.3).
func (c *call) searchAll(r *http.Request, body schema.Doc) (*reply, error) {
	var q query
	switch r.Method {
	case http.MethodGet:
		q = queryOf(r.URL.Query())
	case http.MethodPost:
		var err error
		if q, err = queryOfBody(body); err != nil {
			return nil, err
		}
	default:
		return nil, notAllowed(r.Method)
	}
	want, perr := schema.NewProjection(q.attributes, q.excluded)
	if perr != nil {
		return nil, perr
	}
	p, err := c.page(q)
	if err != nil {
		return nil, err
	}
	found, err := c.everywhere(q)
	if err != nil {
		return nil, err
	}
	docs := make([]schema.Doc, len(found))
	kinds := make(map[string]*schema.Resource, 3)
	for i, f := range found {
		docs[i] = f.doc
		kinds[f.kind.Name] = f.kind
	}
	if q.sortBy != "" {
		if err := c.w.user.Sort(docs, q.sortBy, strings.EqualFold(q.sortOrder, "descending")); err != nil {
			return nil, err
		}
	}
	window := p.cut(docs)
	out := make([]any, len(window))
	for i, d := range window {
		meta, _ := d["meta"].(schema.Doc)
		name, _ := meta["resourceType"].(string)
		out[i] = c.disguise(kinds[name].Project(d, want))
	}
	return c.envelope(out, len(docs), p), nil
}

type match struct {
	kind *schema.Resource
	doc  schema.Doc
}

// everywhere looks through all resource types. A filter that a type cannot
// satisfy finds nothing there; one that cannot be read is an error.
func (c *call) everywhere(q query) ([]match, error) {
	var out []match
	for _, name := range []string{"Users", "Groups", "Sources"} {
		s := c.s.shelves[name]
		if name == "Sources" && c.q().on(Sources) {
			continue
		}
		kind := s.kind(c)
		f, none, err := c.readFilter(q.filter, kind.ParseFilterOverAll)
		if err != nil {
			return nil, err
		}
		if none {
			return nil, nil
		}
		err = c.s.store.do(c.s.life, func(x *tx) error {
			docs, err := c.candidates(x, s, q, f)
			for _, d := range docs {
				out = append(out, match{kind, d})
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
