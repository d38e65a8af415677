package practice

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	filter "github.com/scim2/filter-parser/v2"

	"rollcall/internal/practice/schema"
)

// record is a stored resource.
type record struct {
	seq      int64
	id       string
	doc      schema.Doc
	version  int
	created  string
	modified string
	held     []member // a group's, nil where they were not read
}

// etag is the record's version as a weak entity tag (RFC 7644 §3.14).
func (r *record) etag() string { return `W/"` + strconv.Itoa(r.version) + `"` }

// stamp is how times are stored and shown: UTC, milliseconds, sortable.
const stamp = "2006-01-02T15:04:05.000Z"

func stampOf(t time.Time) string { return t.UTC().Format(stamp) }

// shelf is the resources of one endpoint.
type shelf interface {
	// kind is the resource type, as the present quirks have it.
	kind(c *call) *schema.Resource
	// find gives the record of that id, or nil.
	find(x *tx, id string) (*record, error)
	// count and list give the records for which the condition may hold.
	// limit -1 means all.
	count(x *tx, where condition) (int, error)
	list(x *tx, where condition, offset, limit int) ([]*record, error)
	// complete fills in what other tables hold: groups, members.
	complete(c *call, x *tx, records []*record, want schema.Projection) error
	// create, save and remove write. save keeps what is in the record's doc.
	create(c *call, x *tx, doc schema.Doc) (*record, error)
	save(c *call, x *tx, r *record, doc schema.Doc) error
	remove(c *call, x *tx, r *record) error
}

// condition narrows a search by what is indexed. It may let too much through,
// never too little: the filter itself decides.
type condition struct {
	where string
	args  []any
	rank  int
}

func (w condition) sql() string {
	if w.where == "" {
		return ""
	}
	return " WHERE " + w.where
}

// narrow finds the best index for a filter; keyName is the attribute that is
// kept in the column key.
func narrow(expr filter.Expression, keyName string) condition {
	switch e := expr.(type) {
	case *filter.LogicalExpression:
		if e.Operator != filter.AND {
			return condition{}
		}
		left, right := narrow(e.Left, keyName), narrow(e.Right, keyName)
		if right.rank > left.rank {
			return right
		}
		return left
	case *filter.AttributeExpression:
		return narrowAttribute(e, keyName)
	}
	return condition{}
}

func narrowAttribute(e *filter.AttributeExpression, keyName string) condition {
	value, ok := schema.Text(e.CompareValue)
	if !ok {
		return condition{}
	}
	path, equals := e.AttributePath, e.Operator == filter.EQ
	switch {
	case strings.EqualFold(path.AttributeName, "id") && equals && path.SubAttribute == nil:
		return condition{"id = ?", []any{value}, 3}
	case strings.EqualFold(path.AttributeName, keyName) && equals && path.SubAttribute == nil:
		return condition{"key = ?", []any{schema.Fold(value)}, 2}
	case strings.EqualFold(path.AttributeName, "meta") && strings.EqualFold(path.SubAttributeName(), "lastModified"):
		t, err := time.Parse(time.RFC3339, value)
		if err == nil && (e.Operator == filter.GT || e.Operator == filter.GE) {
			return condition{"modified >= ?", []any{stampOf(t)}, 1}
		}
	}
	return condition{}
}

// columns are read by scanRecord, in this order.
const columns = "seq, id, doc, version, created, modified"

func scanRecord(rows *sql.Rows) (*record, error) {
	r := &record{}
	var doc []byte
	if err := rows.Scan(&r.seq, &r.id, &doc, &r.version, &r.created, &r.modified); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(doc, &r.doc); err != nil {
		return nil, fmt.Errorf("stored resource %s: %w", r.id, err)
	}
	return r, nil
}

func (x *tx) records(query string, args ...any) ([]*record, error) {
	var out []*record
	err := x.each(query, func(rows *sql.Rows) error {
		r, err := scanRecord(rows)
		out = append(out, r)
		return err
	}, args...)
	return out, err
}

func (x *tx) record(query string, args ...any) (*record, error) {
	list, err := x.records(query, args...)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return list[0], nil
}

// inChunks calls work with SQL lists such as (1,2,3) of at most 500 numbers.
func inChunks(seqs []int64, work func(in string) error) error {
	for len(seqs) > 0 {
		n := min(len(seqs), 500)
		var b strings.Builder
		b.WriteByte('(')
		for i, seq := range seqs[:n] {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(strconv.FormatInt(seq, 10))
		}
		b.WriteByte(')')
		if err := work(b.String()); err != nil {
			return err
		}
		seqs = seqs[n:]
	}
	return nil
}

func seqsOf(records []*record) []int64 {
	out := make([]int64, len(records))
	for i, r := range records {
		out[i] = r.seq
	}
	return out
}

func encode(doc schema.Doc) (string, error) {
	b, err := json.Marshal(doc)
	if err != nil {
		return "", fmt.Errorf("store a resource: %w", err)
	}
	return string(b), nil
}
