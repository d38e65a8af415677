package schema

import (
	"encoding/json"
	"strings"
	"time"

	filter "github.com/scim2/filter-parser/v2"
)

// Filter is a filter that was read and fits its resource type.
type Filter struct {
	// Expr is the parsed filter, for those who look for an index.
	Expr    filter.Expression
	resolve resolver
}

// A resolver finds the attribute that a path in a filter names.
type resolver func(filter.AttributePath) (Target, bool)

// ParseFilter reads a filter (RFC 7644 §3.4.2.2). Errors have the scimType
// invalidFilter: it cannot be read, names an attribute that the resource type
// has not, or compares an attribute as its type cannot be compared.
func (r *Resource) ParseFilter(text string) (*Filter, *Error) {
	expr, err := parseExpr(text)
	if err != nil {
		return nil, err
	}
	f := &Filter{Expr: expr, resolve: r.locate}
	return f, checkFilter(expr, f.resolve)
}

// ParseFilterOverAll reads a filter for a search over several resource types:
// an attribute that a type has not counts as unassigned (RFC 7644 §3.4.2.1).
func (r *Resource) ParseFilterOverAll(text string) (*Filter, *Error) {
	expr, err := parseExpr(text)
	if err != nil {
		return nil, err
	}
	return &Filter{Expr: expr, resolve: r.locate}, nil
}

func parseExpr(text string) (filter.Expression, *Error) {
	plain := literalEscapes(strings.TrimSpace(text))
	expr, err := filter.ParseFilter([]byte(plain))
	if err != nil {
		expr, err = parseGrouped(plain)
	}
	if err != nil {
		return nil, Errorf(400, "invalidFilter", "The filter cannot be read: %s", text)
	}
	return expr, nil
}

// Match tells whether the document satisfies the filter.
func (f *Filter) Match(doc Doc) bool { return match(f.Expr, doc, f.resolve) }

// Text gives the plain text of a compared string, its escapes resolved.
func Text(compare any) (string, bool) {
	raw, ok := compare.(string)
	if !ok {
		return "", false
	}
	if !strings.Contains(raw, `\`) {
		return raw, true
	}
	// The parser may have cut the quote of an escape at the very end.
	if strings.HasSuffix(raw, `\`) && (len(raw)-len(strings.TrimRight(raw, `\`)))%2 == 1 {
		raw += `"`
	}
	var text string
	if json.Unmarshal([]byte(`"`+raw+`"`), &text) != nil {
		return raw, true
	}
	return text, true
}

func match(expr filter.Expression, doc Doc, resolve resolver) bool {
	switch e := expr.(type) {
	case *filter.LogicalExpression:
		if e.Operator == filter.OR {
			return match(e.Left, doc, resolve) || match(e.Right, doc, resolve)
		}
		return match(e.Left, doc, resolve) && match(e.Right, doc, resolve)
	case *filter.NotExpression:
		return !match(e.Expression, doc, resolve)
	case *filter.AttributeExpression:
		return matchAttribute(e, doc, resolve)
	case *filter.ValuePath:
		t, ok := resolve(e.AttributePath)
		return ok && len(t.selectWhere(doc, e.ValueFilter)) > 0
	}
	return false
}

// selectWhere gives the positions of the values that satisfy a value filter.
func (t Target) selectWhere(doc Doc, where filter.Expression) []int {
	list, _ := t.holder(doc, false)[t.Attr.Name].([]any)
	var out []int
	for i, e := range list {
		if object, ok := e.(Doc); ok && match(where, object, subResolver(t.Attr)) {
			out = append(out, i)
		}
	}
	return out
}

// subResolver reads the names inside a value filter as sub-attributes.
func subResolver(parent *Attribute) resolver {
	return func(p filter.AttributePath) (Target, bool) {
		a := Find(parent.Sub, p.AttributeName)
		return Target{Attr: a}, a != nil && p.URI() == "" && p.SubAttribute == nil
	}
}

func matchAttribute(e *filter.AttributeExpression, doc Doc, resolve resolver) bool {
	t, ok := resolve(e.AttributePath)
	var values []any
	var attr *Attribute
	if ok {
		values, attr = t.values(doc)
	}
	negated := e.Operator == filter.NE
	if e.Operator == filter.PR || e.CompareValue == nil {
		return (len(values) > 0) == (e.Operator == filter.PR || negated)
	}
	for _, v := range values {
		if compare(attr, e.Operator, v, e.CompareValue) {
			return !negated
		}
	}
	return negated
}

// values gives the assigned values of the target in the document, and the
// attribute that says how they compare. A multi-valued complex attribute
// without a sub-attribute stands for its "value" (RFC 7644 §3.4.2.2).
func (t Target) values(doc Doc) ([]any, *Attribute) {
	held := t.holder(doc, false)[t.Attr.Name]
	list, isList := held.([]any)
	if !isList && held != nil {
		list = []any{held}
	}
	sub := t.Sub
	if sub == nil && t.Attr.Type == Complex {
		if !t.Attr.Multi {
			return list, t.Attr
		}
		if sub = Find(t.Attr.Sub, "value"); sub == nil {
			return list, t.Attr
		}
	}
	if sub == nil {
		return nonBlank(list), t.Attr
	}
	var out []any
	for _, e := range list {
		if object, ok := e.(Doc); ok && object[sub.Name] != nil {
			out = append(out, object[sub.Name])
		}
	}
	return nonBlank(out), sub
}

func nonBlank(list []any) []any {
	out := list[:0:0]
	for _, v := range list {
		if v != nil && v != "" {
			out = append(out, v)
		}
	}
	return out
}

// compare applies the operator; NE is asked as EQ and turned by the caller.
func compare(a *Attribute, op filter.CompareOperator, value, with any) bool {
	switch a.Type {
	case Boolean:
		return value == with
	case Integer, Decimal:
		x, okX := number(value)
		y, okY := number(with)
		return okX && okY && ordered(op, cmp(x, y))
	case DateTime:
		x, errX := parseTime(value)
		y, errY := parseTime(with)
		if errX == nil && errY == nil {
			return ordered(op, x.Compare(y))
		}
	}
	x, okX := value.(string)
	y, okY := Text(with)
	if !okX || !okY {
		return false
	}
	if !a.CaseExact {
		x, y = Fold(x), Fold(y)
	}
	switch op {
	case filter.CO:
		return strings.Contains(x, y)
	case filter.SW:
		return strings.HasPrefix(x, y)
	case filter.EW:
		return strings.HasSuffix(x, y)
	}
	return ordered(op, strings.Compare(x, y))
}

// Fold brings a text to the letter case in which texts are compared.
func Fold(s string) string { return strings.ToLower(s) }

func parseTime(v any) (time.Time, error) {
	text, _ := v.(string)
	return time.Parse(time.RFC3339, text)
}

func cmp(x, y float64) int {
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

func ordered(op filter.CompareOperator, c int) bool {
	switch op {
	case filter.EQ, filter.NE:
		return c == 0
	case filter.GT:
		return c > 0
	case filter.GE:
		return c >= 0
	case filter.LT:
		return c < 0
	case filter.LE:
		return c <= 0
	}
	return false
}

// checkFilter refuses unknown attributes and comparisons that a type has not:
// gt, ge, lt, le on booleans and binaries MUST fail (RFC 7644 §3.4.2.2).
func checkFilter(expr filter.Expression, resolve resolver) *Error {
	switch e := expr.(type) {
	case *filter.LogicalExpression:
		if err := checkFilter(e.Left, resolve); err != nil {
			return err
		}
		return checkFilter(e.Right, resolve)
	case *filter.NotExpression:
		return checkFilter(e.Expression, resolve)
	case *filter.ValuePath:
		t, ok := resolve(e.AttributePath)
		if !ok {
			return unknownInFilter(e.AttributePath)
		}
		if t.Attr.Type != Complex || !t.Attr.Multi || t.Sub != nil {
			return Errorf(400, "invalidFilter", "%s has no values to choose from.", e.AttributePath)
		}
		return checkFilter(e.ValueFilter, subResolver(t.Attr))
	case *filter.AttributeExpression:
		t, ok := resolve(e.AttributePath)
		if !ok {
			return unknownInFilter(e.AttributePath)
		}
		return checkComparison(t, e)
	}
	return nil
}

func unknownInFilter(p filter.AttributePath) *Error {
	return Errorf(400, "invalidFilter", "There is no attribute %q to filter by.", p.String())
}

func checkComparison(t Target, e *filter.AttributeExpression) *Error {
	if e.Operator == filter.PR {
		return nil
	}
	_, attr := t.values(Doc{})
	if attr.Returned == ReturnedNever {
		return Errorf(400, "sensitive", "%s cannot be filtered by.", e.AttributePath)
	}
	equality := e.Operator == filter.EQ || e.Operator == filter.NE
	if e.CompareValue == nil {
		if equality {
			return nil
		}
		return Errorf(400, "invalidFilter", "null can be compared by eq and ne only.")
	}
	substring := e.Operator == filter.CO || e.Operator == filter.SW || e.Operator == filter.EW
	_, isText := e.CompareValue.(string)
	fits := isText
	switch attr.Type {
	case Complex:
		return Errorf(400, "invalidFilter", "%s needs a sub-attribute to compare.", e.AttributePath)
	case Boolean:
		_, isBool := e.CompareValue.(bool)
		fits = isBool && equality
	case Binary:
		fits = isText && equality
	case Integer, Decimal:
		_, isNumber := number(e.CompareValue)
		fits = isNumber && !substring
	case DateTime:
		_, err := parseTime(e.CompareValue)
		fits = err == nil || substring && isText
	}
	if !fits {
		return Errorf(400, "invalidFilter", "%s cannot be compared that way: it is a %s.", e.AttributePath, attr.Type)
	}
	return nil
}
