package schema

import (
	"errors"
	"strings"

	filter "github.com/scim2/filter-parser/v2"
)

// The parser reads no group in parentheses inside a value filter, which
// RFC 7644 §3.4.2.2 allows: emails[type eq "work" and (value co "a" or value co
// "b")]. Such a filter is read in two steps: with a stand-in between each pair
// of brackets, and what stood there as a filter of its own.

// standIn is the value filter that is read in the place of the real one.
const standIn = "value pr"

var errBrackets = errors.New("the brackets do not match")

// withoutValueFilters gives the text with stand-ins, and what stood in the
// brackets.
func withoutValueFilters(text string) (outer string, inner []string, err error) {
	var b strings.Builder
	quoted, from := false, -1
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case quoted && c == '\\':
			if from < 0 {
				b.WriteByte(c)
				if i+1 < len(text) {
					b.WriteByte(text[i+1])
				}
			}
			i++
			continue
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '[':
			if from >= 0 {
				return "", nil, errBrackets
			}
			from = i + 1
			b.WriteString("[" + standIn)
		case c == ']':
			if from < 0 {
				return "", nil, errBrackets
			}
			inner = append(inner, text[from:i])
			from = -1
		}
		if from < 0 {
			b.WriteByte(c)
		}
	}
	if from >= 0 || quoted {
		return "", nil, errBrackets
	}
	return b.String(), inner, nil
}

// parseGrouped reads a filter with groups inside its value filters.
func parseGrouped(text string) (filter.Expression, error) {
	outer, inner, err := withoutValueFilters(text)
	if err != nil || len(inner) == 0 {
		return nil, errors.Join(err, errBrackets)
	}
	expr, err := filter.ParseFilter([]byte(outer))
	if err != nil {
		return nil, err
	}
	if err := putBack(expr, &inner); err != nil {
		return nil, err
	}
	return expr, nil
}

// putBack takes the stand-ins out again, in the order of the text.
func putBack(expr filter.Expression, inner *[]string) error {
	switch e := expr.(type) {
	case *filter.LogicalExpression:
		return errors.Join(putBack(e.Left, inner), putBack(e.Right, inner))
	case *filter.NotExpression:
		return putBack(e.Expression, inner)
	case *filter.ValuePath:
		if len(*inner) == 0 {
			return errBrackets
		}
		own, err := filter.ParseFilter([]byte((*inner)[0]))
		*inner = (*inner)[1:]
		e.ValueFilter = own
		return err
	}
	return nil
}

// parseGroupedPath does the same for a PATCH path.
func parseGroupedPath(text string) (filter.Path, error) {
	outer, inner, err := withoutValueFilters(text)
	if err != nil || len(inner) != 1 {
		return filter.Path{}, errors.Join(err, errBrackets)
	}
	p, err := filter.ParsePath([]byte(outer))
	if err != nil {
		return p, err
	}
	p.ValueExpression, err = filter.ParseFilter([]byte(inner[0]))
	return p, err
}
