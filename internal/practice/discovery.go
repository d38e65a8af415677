package practice

import (
	"net/http"
	"strings"

	"rollcall/internal/practice/schema"
)

// discover answers what the account can do (RFC 7644 §4).
func (c *call) discover(r *http.Request, segments []string) (*reply, error) {
	if r.Method != http.MethodGet {
		return nil, notAllowed(r.Method)
	}
	if r.URL.Query().Get("filter") != "" {
		return nil, schema.Errorf(http.StatusForbidden, "", "Discovery cannot be filtered.")
	}
	what, missing := segments[0], false
	switch what {
	case "ServiceProviderConfig":
		missing = c.q().on(NoConfig) || len(segments) > 1
	case "ResourceTypes":
		missing = c.q().on(NoResourceTypes)
	case "Schemas":
		missing = c.q().on(NoSchemas)
	}
	if missing {
		return nil, schema.Errorf(http.StatusNotFound, "", "There is nothing at %s.", r.URL.Path)
	}
	if what == "ServiceProviderConfig" {
		return answer(http.StatusOK, c.config()), nil
	}
	list := c.resourceTypes()
	if what == "Schemas" {
		list = c.schemas()
	}
	if len(segments) == 1 {
		return c.envelope(list, len(list), page{asked: len(list)}), nil
	}
	for _, e := range list {
		if doc := e.(schema.Doc); strings.EqualFold(doc["id"].(string), segments[1]) {
			return answer(http.StatusOK, doc), nil
		}
	}
	return nil, notFound(strings.TrimSuffix(what, "s"), segments[1])
}

func (c *call) kinds() []*schema.Resource {
	kinds := []*schema.Resource{c.w.user, c.w.group}
	if !c.q().on(Sources) {
		kinds = append(kinds, c.w.source)
	}
	return kinds
}

func (c *call) resourceTypes() (out []any) {
	for _, k := range c.kinds() {
		out = append(out, c.described(k.JSON(), "ResourceType", "/ResourceTypes"))
	}
	return out
}

func (c *call) schemas() (out []any) {
	for _, k := range c.kinds() {
		out = append(out, c.described(k.Core.JSON(), "Schema", "/Schemas"))
		for _, e := range k.Extensions {
			out = append(out, c.described(e.JSON(), "Schema", "/Schemas"))
		}
	}
	return out
}

func (c *call) described(doc schema.Doc, kind, endpoint string) schema.Doc {
	meta := schema.Doc{"resourceType": kind}
	if a := c.address(endpoint, doc["id"].(string)); a != "" {
		meta["location"] = a
	}
	doc["meta"] = meta
	return doc
}

// config is the ServiceProviderConfig (RFC 7643 §5).
func (c *call) config() schema.Doc {
	q := c.q()
	schemes := []any{scheme("oauthbearertoken", "Bearer token", "A token in the Authorization header", "https://www.rfc-editor.org/info/rfc6750", true)}
	if c.s.auth.basic {
		schemes = append(schemes, scheme("httpbasic", "User and password", "HTTP basic", "https://www.rfc-editor.org/info/rfc7617", false))
	}
	if c.s.auth.oauth {
		schemes = append(schemes, scheme("oauth2", "OAuth client", "OAuth 2.0 client credentials", "https://www.rfc-editor.org/info/rfc6749", false))
	}
	doc := schema.Doc{
		"schemas": []any{urnConfig},
		"patch":   schema.Doc{"supported": !q.on(NoPatch)},
		"bulk": schema.Doc{"supported": !q.on(NoBulk), "maxOperations": q.number(BulkMax, maxOperations),
			"maxPayloadSize": q.number(BulkPayload, maxPayload)},
		"filter":                schema.Doc{"supported": true, "maxResults": maxPage},
		"changePassword":        schema.Doc{"supported": false},
		"sort":                  schema.Doc{"supported": true},
		"etag":                  schema.Doc{"supported": true},
		"authenticationSchemes": schemes,
	}
	if q.on(Cursor) {
		doc["pagination"] = schema.Doc{"cursor": true, "index": !q.is(Cursor, "only"), "defaultPaginationMethod": map[bool]string{
			true: "cursor", false: "index"}[q.is(Cursor, "only")], "defaultPageSize": defaultPage, "maxPageSize": maxPage}
	}
	if q.on(NullConfig) {
		doc["patch"], doc["etag"], doc["sort"], doc["documentationUri"] = nil, nil, nil, nil
		doc["filter"] = schema.Doc{"supported": true, "maxResults": nil}
		doc["authenticationSchemes"] = nil
		bulk := doc["bulk"].(schema.Doc)
		bulk["maxPayloadSize"] = nil
	}
	meta := schema.Doc{"resourceType": "ServiceProviderConfig"}
	if a := c.address("", "ServiceProviderConfig"); a != "" {
		meta["location"] = a
	}
	doc["meta"] = meta
	return doc
}

func scheme(kind, name, description, spec string, primary bool) schema.Doc {
	return schema.Doc{"type": kind, "name": name, "description": description, "specUri": spec, "primary": primary}
}
