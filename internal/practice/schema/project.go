package schema

import (
	"strings"

	filter "github.com/scim2/filter-parser/v2"
)

// Projection chooses the attributes of an answer (RFC 7644 §3.9).
type Projection struct {
	only, except []string
}

// NewProjection takes the parameters attributes and excludedAttributes, each
// a list of names. Giving both is refused, as they exclude each other.
func NewProjection(only, except []string) (Projection, *Error) {
	only, except = trimmed(only), trimmed(except)
	if len(only) > 0 && len(except) > 0 {
		return Projection{}, Errorf(400, "invalidValue", "Give attributes or excludedAttributes, not both.")
	}
	return Projection{only: only, except: except}, nil
}

func trimmed(list []string) []string {
	var out []string
	for _, s := range list {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// Wants tells whether an answer can hold the core attribute of that name at
// all, so that costly ones need not be read.
func (p Projection) Wants(name string) bool {
	for _, e := range p.except {
		if strings.EqualFold(lastURN(e), name) {
			return false
		}
	}
	if len(p.only) == 0 {
		return true
	}
	for _, o := range p.only {
		head, _, _ := strings.Cut(lastURN(o), ".")
		if strings.EqualFold(head, name) {
			return true
		}
	}
	return false
}

func lastURN(name string) string {
	if i := strings.LastIndex(name, ":"); i >= 0 {
		return name[i+1:]
	}
	return name
}

// Project gives the part of the document that is to be answered. The document
// stays as it is; parts of it are shared with the answer.
func (r *Resource) Project(doc Doc, p Projection) Doc {
	out := Doc{}
	if len(p.only) > 0 {
		for key, value := range doc {
			if a := r.Attribute(key); a != nil && a.Returned == ReturnedAlways {
				out[key] = value
			}
		}
		for _, name := range p.only {
			r.include(out, doc, name)
		}
		return out
	}
	for key, value := range doc {
		a := r.Attribute(key)
		if a == nil || a.Returned != ReturnedNever && a.Returned != ReturnedRequest {
			out[key] = value
		}
	}
	for _, name := range p.except {
		r.exclude(out, name)
	}
	return out
}

func (r *Resource) find(name string) (Target, bool) {
	if ext := r.Extension(name); ext != nil {
		return Target{Extension: ext.ID}, true
	}
	p, err := filter.ParseAttrPath([]byte(name))
	if err != nil {
		return Target{}, false
	}
	return r.locate(p)
}

func (r *Resource) include(out, doc Doc, name string) {
	t, ok := r.find(name)
	if !ok {
		return
	}
	if t.Attr == nil {
		if value, ok := doc[t.Extension]; ok {
			out[t.Extension] = value
		}
		return
	}
	value, ok := t.holder(doc, false)[t.Attr.Name]
	if !ok || t.Attr.Returned == ReturnedNever {
		return
	}
	if t.Extension != "" {
		// The answer must not share an object that is filled step by step.
		held, _ := out[t.Extension].(Doc)
		out[t.Extension] = shallow(held)
	}
	object := t.holder(out, true)
	if t.Sub == nil {
		object[t.Attr.Name] = value
		return
	}
	object[t.Attr.Name] = addSub(object[t.Attr.Name], value, t.Sub.Name)
}

// addSub copies one sub-attribute of value into what is chosen already.
func addSub(chosen, value any, sub string) any {
	switch value := value.(type) {
	case Doc:
		object, ok := chosen.(Doc)
		if !ok {
			object = Doc{}
		}
		if v, ok := value[sub]; ok {
			object[sub] = v
		}
		return object
	case []any:
		list, ok := chosen.([]any)
		if !ok {
			list = make([]any, len(value))
		}
		for i := range value {
			list[i] = addSub(list[i], value[i], sub)
		}
		return list
	}
	return value
}

func (r *Resource) exclude(out Doc, name string) {
	t, ok := r.find(name)
	if !ok {
		return
	}
	if t.Attr == nil {
		delete(out, t.Extension)
		return
	}
	if t.Attr.Returned == ReturnedAlways {
		return
	}
	object := t.holder(out, false)
	if object == nil {
		return
	}
	if t.Extension != "" {
		object = shallow(object)
		out[t.Extension] = object
	}
	if t.Sub == nil {
		delete(object, t.Attr.Name)
	} else {
		object[t.Attr.Name] = dropSub(object[t.Attr.Name], t.Sub.Name)
	}
	if t.Extension != "" && len(object) == 0 {
		delete(out, t.Extension)
	}
}

func dropSub(value any, sub string) any {
	switch value := value.(type) {
	case Doc:
		object := shallow(value)
		delete(object, sub)
		return object
	case []any:
		list := make([]any, len(value))
		for i := range value {
			list[i] = dropSub(value[i], sub)
		}
		return list
	}
	return value
}

func shallow(d Doc) Doc {
	out := make(Doc, len(d))
	for k, v := range d {
		out[k] = v
	}
	return out
}
