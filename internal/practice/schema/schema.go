// Package schema knows what SCIM resources look like (RFC 7643) and what may
// be done to them as plain values: normalising what a client sent, filters,
// PATCH, sorting, and choosing the attributes of an answer (RFC 7644).
//
// It works on documents in memory. HTTP, the database and everything that is
// particular to one account (which roles exist, whose identifier is taken)
// stay outside.
package schema

import (
	"fmt"
	"strings"
)

// Type is an attribute's data type (RFC 7643 §2.3).
type Type string

// The data types that are used here.
const (
	String    Type = "string"
	Boolean   Type = "boolean"
	Decimal   Type = "decimal"
	Integer   Type = "integer"
	DateTime  Type = "dateTime"
	Binary    Type = "binary"
	Reference Type = "reference"
	Complex   Type = "complex"
)

// Mutability and Returned values (RFC 7643 §7).
const (
	ReadWrite = "readWrite"
	ReadOnly  = "readOnly"
	Immutable = "immutable"
	WriteOnly = "writeOnly"

	ReturnedDefault = "default"
	ReturnedAlways  = "always"
	ReturnedNever   = "never"
	ReturnedRequest = "request"
)

// Attribute defines one attribute or sub-attribute (RFC 7643 §7). Empty
// Mutability, Returned and Uniqueness mean readWrite, default and none.
type Attribute struct {
	Name        string
	Description string
	Type        Type
	Multi       bool
	Required    bool
	CaseExact   bool
	Mutability  string
	Returned    string
	Uniqueness  string
	Canonical   []string
	References  []string
	Sub         []Attribute
}

// Schema is one schema or schema extension.
type Schema struct {
	ID          string
	Name        string
	Description string
	Attributes  []Attribute
}

// Resource is a resource type: a core schema and its extensions.
type Resource struct {
	Name        string
	Endpoint    string
	Description string
	Core        *Schema
	Extensions  []*Schema
}

// Doc is a resource as JSON holds it. In a stored document every key is spelt
// as its schema spells it, extensions stand under their URN, lists are []any,
// and unassigned attributes are absent (RFC 7643 §2.5).
type Doc = map[string]any

// Error is a failure that the client is told of (RFC 7644 §3.12).
type Error struct {
	// Status is the HTTP status code.
	Status int
	// Type is the scimType, or "".
	Type string
	// Detail is one sentence for people.
	Detail string
}

// Error gives the detail.
func (e *Error) Error() string { return e.Detail }

// Errorf makes an Error.
func Errorf(status int, scimType, format string, args ...any) *Error {
	return &Error{Status: status, Type: scimType, Detail: fmt.Sprintf(format, args...)}
}

// Common are the attributes that every resource has (RFC 7643 §3.1).
var Common = []Attribute{
	{Name: "schemas", Type: Reference, Multi: true, Required: true, CaseExact: true, Returned: ReturnedAlways},
	{Name: "id", Type: String, CaseExact: true, Mutability: ReadOnly, Returned: ReturnedAlways, Uniqueness: "server"},
	{Name: "externalId", Type: String, CaseExact: true},
	{Name: "meta", Type: Complex, Mutability: ReadOnly, Sub: []Attribute{
		{Name: "resourceType", Type: String, CaseExact: true, Mutability: ReadOnly},
		{Name: "created", Type: DateTime, Mutability: ReadOnly},
		{Name: "lastModified", Type: DateTime, Mutability: ReadOnly},
		{Name: "location", Type: Reference, CaseExact: true, Mutability: ReadOnly},
		{Name: "version", Type: String, CaseExact: true, Mutability: ReadOnly},
	}},
}

// Find returns the attribute of that name, without regard to letter case
// (RFC 7643 §2.1), or nil.
func Find(list []Attribute, name string) *Attribute {
	for i := range list {
		if list[i].Name == name {
			return &list[i]
		}
	}
	for i := range list {
		if len(list[i].Name) == len(name) && strings.EqualFold(list[i].Name, name) {
			return &list[i]
		}
	}
	return nil
}

// Attribute returns a core or common attribute, or nil.
func (r *Resource) Attribute(name string) *Attribute {
	if a := Find(r.Core.Attributes, name); a != nil {
		return a
	}
	return Find(Common, name)
}

// Extension returns the extension with that URN, or nil.
func (r *Resource) Extension(urn string) *Schema {
	for _, e := range r.Extensions {
		if e.ID == urn {
			return e
		}
	}
	for _, e := range r.Extensions {
		if len(e.ID) == len(urn) && strings.EqualFold(e.ID, urn) {
			return e
		}
	}
	return nil
}

// Without is the resource type without one of its extensions.
func (r *Resource) Without(urn string) *Resource {
	out := *r
	out.Extensions = nil
	for _, e := range r.Extensions {
		if !strings.EqualFold(e.ID, urn) {
			out.Extensions = append(out.Extensions, e)
		}
	}
	return &out
}

// IsReadOnly tells whether clients may never write the attribute.
func (a *Attribute) IsReadOnly() bool { return a.Mutability == ReadOnly }

func orElse(v, other string) string {
	if v == "" {
		return other
	}
	return v
}
