package practice

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	filter "github.com/scim2/filter-parser/v2"

	"rollcall/internal/practice/schema"
)

// The sizes of pages: what is given where nothing is asked, and at most.
const (
	defaultPage = 100
	maxPage     = 1000
)

// query is what a list was asked for (RFC 7644 §3.4.2), the numbers as text.
type query struct {
	filter, sortBy, sortOrder string
	startIndex, count         string
	cursor                    string
	hasCursor                 bool
	attributes, excluded      []string
}

func queryOf(v url.Values) query {
	_, hasCursor := v["cursor"]
	return query{filter: v.Get("filter"), sortBy: v.Get("sortBy"), sortOrder: v.Get("sortOrder"),
		startIndex: v.Get("startIndex"), count: v.Get("count"), cursor: v.Get("cursor"), hasCursor: hasCursor,
		attributes: names(v["attributes"]), excluded: names(v["excludedAttributes"])}
}

// queryOfBody reads a SearchRequest (RFC 7644 §3.4.3).
func queryOfBody(body schema.Doc) (query, error) {
	if err := requireSchema(body, urnSearch); err != nil {
		return query{}, err
	}
	text := func(name string) string {
		switch v := field(body, name).(type) {
		case string:
			return v
		case float64:
			return strconv.FormatFloat(v, 'f', -1, 64)
		}
		return ""
	}
	list := func(name string) (out []string) {
		values, _ := field(body, name).([]any)
		for _, v := range values {
			if s, ok := v.(string); ok {
				out = append(out, s)
			}
		}
		return out
	}
	return query{filter: text("filter"), sortBy: text("sortBy"), sortOrder: text("sortOrder"),
		startIndex: text("startIndex"), count: text("count"), cursor: text("cursor"), hasCursor: field(body, "cursor") != nil,
		attributes: list("attributes"), excluded: list("excludedAttributes")}, nil
}

// page is the window on the results: offset from 0, size -1 for all.
type page struct {
	offset, size int
	asked        int // as the client asked, for the echo
	byCursor     bool
}

func (c *call) page(q query) (page, error) {
	start, err := whole(q.startIndex, "startIndex", 1)
	if err != nil {
		return page{}, err
	}
	p := page{offset: max(start, 1) - 1}
	if p.asked, err = whole(q.count, "count", defaultPage); err != nil {
		return page{}, err
	}
	p.size = min(max(p.asked, 0), maxPage)
	p.size = min(p.size, c.q().number(PageCap, p.size))
	if p.size == 0 && c.q().on(CountZeroAll) {
		p.size = -1
	}
	if c.q().on(StartIndexIgnored) {
		p.offset = 0
	}
	p.byCursor = c.q().is(Cursor, "only") || c.q().on(Cursor) && q.hasCursor
	if !p.byCursor {
		return p, nil
	}
	p.offset = 0
	if q.cursor != "" {
		if p.offset, err = readCursor(q.cursor); err != nil {
			return page{}, err
		}
	}
	return p, nil
}

func whole(text, name string, absent int) (int, error) {
	if text == "" {
		return absent, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0, schema.Errorf(http.StatusBadRequest, "invalidValue", "%s must be a whole number.", name)
	}
	return n, nil
}

func itoa(n int) string { return strconv.Itoa(n) }

// A cursor is the next offset, wrapped so that nobody reckons with it.
func writeCursor(offset int) string {
	return base64.RawURLEncoding.EncodeToString([]byte("from:" + itoa(offset)))
}

func readCursor(cursor string) (int, error) {
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	text, ok := strings.CutPrefix(string(raw), "from:")
	n, numberErr := strconv.Atoi(text)
	if err != nil || !ok || numberErr != nil || n < 0 {
		return 0, schema.Errorf(http.StatusBadRequest, "invalidCursor", "The cursor is not one of this account.")
	}
	return n, nil
}

// list answers a list of one resource type.
func (c *call) list(s shelf, q query) (*reply, error) {
	kind := s.kind(c)
	want, perr := schema.NewProjection(q.attributes, q.excluded)
	if perr != nil {
		return nil, perr
	}
	p, err := c.page(q)
	if err != nil {
		return nil, err
	}
	f, none, err := c.readFilter(q.filter, kind.ParseFilter)
	if err != nil {
		return nil, err
	}
	if none {
		return c.envelope(nil, 0, p), nil
	}
	var docs []any
	total := 0
	err = c.s.store.do(c.s.life, func(x *tx) (err error) {
		if f == nil && q.sortBy == "" {
			docs, total, err = c.straight(x, s, p, want)
		} else {
			docs, total, err = c.searched(x, s, q, f, p, want)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return c.envelope(docs, total, p), nil
}

// straight lists without filter and order, by the database alone.
func (c *call) straight(x *tx, s shelf, p page, want schema.Projection) ([]any, int, error) {
	total, err := s.count(x, condition{})
	if err != nil {
		return nil, 0, err
	}
	records, err := s.list(x, condition{}, p.offset, p.size)
	if err != nil {
		return nil, 0, err
	}
	docs, err := c.presentAll(x, s, records, want)
	return docs, total, err
}

func (c *call) presentAll(x *tx, s shelf, records []*record, want schema.Projection) ([]any, error) {
	if err := s.complete(c, x, records, want); err != nil {
		return nil, err
	}
	docs := make([]any, len(records))
	for i, r := range records {
		docs[i] = c.disguise(c.present(s.kind(c), r, want))
	}
	return docs, nil
}

// searched looks through what the indexes leave over.
func (c *call) searched(x *tx, s shelf, q query, f *schema.Filter, p page, want schema.Projection) ([]any, int, error) {
	docs, err := c.candidates(x, s, q, f)
	if err != nil {
		return nil, 0, err
	}
	kind := s.kind(c)
	if q.sortBy != "" {
		if err := kind.Sort(docs, q.sortBy, strings.EqualFold(q.sortOrder, "descending")); err != nil {
			return nil, 0, err
		}
	}
	window := p.cut(docs)
	out := make([]any, len(window))
	for i, d := range window {
		out[i] = c.disguise(kind.Project(d, want))
	}
	return out, len(docs), nil
}

func (p page) cut(docs []schema.Doc) []schema.Doc {
	docs = docs[min(p.offset, len(docs)):]
	if p.size >= 0 && p.size < len(docs) {
		docs = docs[:p.size]
	}
	return docs
}

// candidates gives all documents that match, whole.
func (c *call) candidates(x *tx, s shelf, q query, f *schema.Filter) ([]schema.Doc, error) {
	where := condition{}
	if f != nil {
		where = narrow(f.Expr, map[bool]string{true: "displayName", false: "userName"}[isGroups(s)])
	}
	records, err := s.list(x, where, 0, -1)
	if err != nil {
		return nil, err
	}
	if err := s.complete(c, x, records, schema.Projection{}); err != nil {
		return nil, err
	}
	var docs []schema.Doc
	kind := s.kind(c)
	for _, r := range records {
		if d := c.whole(kind, r); f == nil || f.Match(d) {
			docs = append(docs, d)
		}
	}
	return docs, nil
}

func isGroups(s shelf) bool { _, ok := s.(groups); return ok }

// envelope is the ListResponse (RFC 7644 §3.4.2, RFC 9865 §2).
func (c *call) envelope(docs []any, total int, p page) *reply {
	if docs == nil {
		docs = []any{}
	}
	body := schema.Doc{"schemas": []any{urnList}, "totalResults": total, "itemsPerPage": len(docs)}
	if !p.byCursor {
		body["startIndex"] = p.offset + 1
	} else if next := p.offset + len(docs); next < total && len(docs) > 0 {
		body["nextCursor"] = writeCursor(next)
	}
	if c.q().on(TotalIsPage) {
		body["totalResults"] = len(docs)
	}
	if c.q().on(ItemsPerPageEcho) {
		body["itemsPerPage"] = p.asked
	}
	if c.q().on(LowerCaseResources) {
		body["resources"] = docs
	} else {
		body["Resources"] = docs
	}
	return answer(http.StatusOK, body)
}

// readFilter reads a filter as far as the quirks let it count. A nil filter
// stands for everybody; none says that nobody is to be found.
func (c *call) readFilter(text string, parse func(string) (*schema.Filter, *schema.Error)) (f *schema.Filter, none bool, err error) {
	if strings.TrimSpace(text) == "" || c.q().on(FilterIgnored) {
		return nil, false, nil
	}
	f, perr := parse(text)
	if perr == nil && c.q().on(LowerCaseOperators) && capitalOperator(text) {
		perr = schema.Errorf(http.StatusBadRequest, "invalidFilter", "The filter cannot be read: %s", text)
	}
	if perr != nil {
		if c.q().on(BrokenFilterEverybody) {
			return nil, false, nil
		}
		return nil, false, perr
	}
	if hasOr(f.Expr) && c.q().on(OrFilter) {
		if c.q().is(OrFilter, "empty") {
			return nil, true, nil
		}
		return nil, false, schema.Errorf(http.StatusBadRequest, "invalidFilter", "or cannot be used in filters.")
	}
	if !keyOnly(f.Expr) && c.q().on(FilterDrops) {
		return nil, false, errDrop
	}
	if !keyOnly(f.Expr) && c.q().on(Filter500) {
		return nil, false, schema.Errorf(http.StatusInternalServerError, "", "Something went wrong.")
	}
	if c.q().on(FirstClauseOnly) {
		f.Expr = firstClause(f.Expr)
	}
	return f, false, nil
}

func hasOr(e filter.Expression) bool {
	switch e := e.(type) {
	case *filter.LogicalExpression:
		return e.Operator == filter.OR || hasOr(e.Left) || hasOr(e.Right)
	case *filter.NotExpression:
		return hasOr(e.Expression)
	case *filter.ValuePath:
		return hasOr(e.ValueFilter)
	}
	return false
}

// keyOnly tells whether the filter asks for nothing but id and userName.
func keyOnly(e filter.Expression) bool {
	switch e := e.(type) {
	case *filter.LogicalExpression:
		return keyOnly(e.Left) && keyOnly(e.Right)
	case *filter.NotExpression:
		return keyOnly(e.Expression)
	case *filter.AttributeExpression:
		name := e.AttributePath.AttributeName
		return strings.EqualFold(name, "userName") || strings.EqualFold(name, "id")
	}
	return false
}

func firstClause(e filter.Expression) filter.Expression {
	for {
		logical, ok := e.(*filter.LogicalExpression)
		if !ok {
			return e
		}
		e = logical.Left
	}
}

// capitalOperator finds an operator outside of quotes that is not in lower case.
func capitalOperator(text string) bool {
	quoted := false
	words := strings.FieldsFunc(text, func(r rune) bool {
		if r == '"' {
			quoted = !quoted
		}
		return quoted || r == ' ' || r == '(' || r == ')' || r == '[' || r == ']'
	})
	for _, word := range words {
		lower := strings.ToLower(word)
		if strings.Contains(" eq ne co sw ew gt ge lt le pr and or not ", " "+lower+" ") && lower != word {
			return true
		}
	}
	return false
}
