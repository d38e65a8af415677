package schema

import (
	"sort"
	"strings"

	filter "github.com/scim2/filter-parser/v2"
)

// Sort orders documents by an attribute (RFC 7644 §3.4.2.3): texts as their
// attribute compares, a multi-valued attribute by its primary or first value,
// documents without a value last, or first where descending.
func (r *Resource) Sort(docs []Doc, by string, descending bool) *Error {
	p, err := filter.ParseAttrPath([]byte(strings.TrimSpace(by)))
	if err != nil {
		return Errorf(400, "invalidPath", "There is no attribute %q to sort by.", by)
	}
	t, ok := r.locate(p)
	if !ok {
		return Errorf(400, "invalidPath", "There is no attribute %q to sort by.", by)
	}
	type keyed struct {
		doc  Doc
		key  any
		attr *Attribute
	}
	list := make([]keyed, len(docs))
	for i, d := range docs {
		list[i].doc = d
		list[i].key, list[i].attr = t.sortKey(d)
	}
	sort.SliceStable(list, func(i, j int) bool {
		if descending {
			i, j = j, i
		}
		return before(list[i].key, list[j].key, list[i].attr)
	})
	for i := range list {
		docs[i] = list[i].doc
	}
	return nil
}

func (t Target) sortKey(doc Doc) (any, *Attribute) {
	if t.Attr.Multi {
		if list, _ := t.holder(doc, false)[t.Attr.Name].([]any); primaryCount(list) == 1 {
			for _, e := range list {
				if object, ok := e.(Doc); ok && object["primary"] == true {
					doc = Doc{t.Attr.Name: []any{object}}
					t.Extension = ""
					break
				}
			}
		}
	}
	values, attr := t.values(doc)
	if len(values) == 0 {
		return nil, attr
	}
	return values[0], attr
}

// before orders two keys ascending; nil comes last.
func before(a, b any, attr *Attribute) bool {
	if a == nil || b == nil {
		return a != nil && b == nil
	}
	if x, ok := number(a); ok {
		y, _ := number(b)
		return x < y
	}
	if x, ok := a.(bool); ok {
		y, _ := b.(bool)
		return !x && y
	}
	x, _ := a.(string)
	y, _ := b.(string)
	if attr.Type == DateTime {
		tx, errX := parseTime(x)
		ty, errY := parseTime(y)
		if errX == nil && errY == nil {
			return tx.Before(ty)
		}
	}
	if !attr.CaseExact {
		x, y = Fold(x), Fold(y)
	}
	return x < y
}
