package schema

// JSON gives the schema as /Schemas shows it (RFC 7643 §7).
func (s *Schema) JSON() Doc {
	return Doc{
		"schemas":     []any{"urn:ietf:params:scim:schemas:core:2.0:Schema"},
		"id":          s.ID,
		"name":        s.Name,
		"description": s.Description,
		"attributes":  attributesJSON(s.Attributes),
	}
}

func attributesJSON(list []Attribute) []any {
	out := make([]any, 0, len(list))
	for i := range list {
		out = append(out, list[i].json())
	}
	return out
}

func (a *Attribute) json() Doc {
	d := Doc{
		"name":        a.Name,
		"type":        string(a.Type),
		"multiValued": a.Multi,
		"description": a.Description,
		"required":    a.Required,
		"mutability":  orElse(a.Mutability, ReadWrite),
		"returned":    orElse(a.Returned, ReturnedDefault),
	}
	if a.Type != Complex && a.Type != Boolean {
		d["caseExact"] = a.CaseExact
		d["uniqueness"] = orElse(a.Uniqueness, "none")
	}
	if len(a.Canonical) > 0 {
		d["canonicalValues"] = anys(a.Canonical)
	}
	if len(a.References) > 0 {
		d["referenceTypes"] = anys(a.References)
	}
	if a.Type == Complex {
		d["subAttributes"] = attributesJSON(a.Sub)
	}
	return d
}

// JSON gives the resource type as /ResourceTypes shows it (RFC 7643 §6).
func (r *Resource) JSON() Doc {
	extensions := make([]any, 0, len(r.Extensions))
	for _, e := range r.Extensions {
		extensions = append(extensions, Doc{"schema": e.ID, "required": false})
	}
	return Doc{
		"schemas":          []any{"urn:ietf:params:scim:schemas:core:2.0:ResourceType"},
		"id":               r.Name,
		"name":             r.Name,
		"endpoint":         r.Endpoint,
		"description":      r.Description,
		"schema":           r.Core.ID,
		"schemaExtensions": extensions,
	}
}

func anys(list []string) []any {
	out := make([]any, len(list))
	for i, s := range list {
		out[i] = s
	}
	return out
}

// Clone copies a JSON value deeply, so that the copy can be changed freely.
func Clone(v any) any {
	switch v := v.(type) {
	case Doc:
		out := make(Doc, len(v))
		for k, e := range v {
			out[k] = Clone(e)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = Clone(e)
		}
		return out
	default:
		return v
	}
}
