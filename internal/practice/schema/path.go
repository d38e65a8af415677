package schema

import (
	"strings"

	filter "github.com/scim2/filter-parser/v2"
)

// Target is a resolved attribute path: where in a document it points.
type Target struct {
	// Extension is the URN of the extension that holds the attribute, or "".
	Extension string
	// Attr is the attribute, or nil where the path names a whole extension.
	Attr *Attribute
	// Where selects values of a multi-valued attribute, or is nil.
	Where filter.Expression
	// Sub is the sub-attribute, or nil.
	Sub *Attribute
}

// ResolvePath understands a PATCH path (RFC 7644 §3.5.2): an attribute, with a
// sub-attribute, a value filter, a URN in front, or the URN of an extension
// alone. Errors have the scimType invalidPath.
func (r *Resource) ResolvePath(text string) (Target, *Error) {
	text = strings.TrimSpace(text)
	if ext := r.Extension(text); ext != nil {
		return Target{Extension: ext.ID}, nil
	}
	plain := literalEscapes(text)
	p, err := filter.ParsePath([]byte(plain))
	if err != nil {
		p, err = parseGroupedPath(plain)
	}
	if err != nil {
		return Target{}, Errorf(400, "invalidPath", "The path %q cannot be read.", text)
	}
	t, ok := r.locate(p.AttributePath)
	if !ok {
		return Target{}, Errorf(400, "invalidPath", "There is no attribute %q.", text)
	}
	if p.ValueExpression != nil {
		if !t.Attr.Multi || t.Attr.Type != Complex || t.Sub != nil {
			return Target{}, Errorf(400, "invalidPath", "%s has no values to choose from.", t.Attr.Name)
		}
		if err := checkFilter(p.ValueExpression, subResolver(t.Attr)); err != nil {
			return Target{}, Errorf(400, "invalidFilter", "%s", err.Detail)
		}
		t.Where = p.ValueExpression
	}
	if p.SubAttribute != nil {
		if t.Sub = Find(t.Attr.Sub, *p.SubAttribute); t.Sub == nil {
			return Target{}, Errorf(400, "invalidPath", "There is no attribute %q.", text)
		}
	}
	return t, nil
}

// locate finds the attribute of a parsed path. An attribute of an extension
// needs its URN in front (RFC 7644 §3.10).
func (r *Resource) locate(p filter.AttributePath) (Target, bool) {
	var t Target
	switch uri := p.URI(); {
	case uri == "" || strings.EqualFold(uri, r.Core.ID):
		t.Attr = r.Attribute(p.AttributeName)
	default:
		ext := r.Extension(uri)
		if ext == nil {
			return t, false
		}
		t.Extension = ext.ID
		t.Attr = Find(ext.Attributes, p.AttributeName)
	}
	if t.Attr == nil {
		return t, false
	}
	if name := p.SubAttributeName(); name != "" {
		if t.Sub = Find(t.Attr.Sub, name); t.Sub == nil {
			return t, false
		}
	}
	return t, true
}

// holder gives the object of the document in which the target's attribute
// stands, made when it is missing and make is wanted.
func (t Target) holder(doc Doc, create bool) Doc {
	if t.Extension == "" {
		return doc
	}
	object, ok := doc[t.Extension].(Doc)
	if !ok && create {
		object = Doc{}
		doc[t.Extension] = object
	}
	return object
}
