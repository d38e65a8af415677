package practice

import (
	"testing"

	"rollcall/internal/practice/schema"
)

// TestPatchInAllItsForms starts each time from one user and looks at one
// attribute afterwards.
func TestPatchInAllItsForms(t *testing.T) {
	email := func(value, kind string, primary bool) schema.Doc {
		return schema.Doc{"value": value, "type": kind, "primary": primary}
	}
	const home, work = `{"primary":false,"type":"home","value":"h@x.org"}`, `{"primary":true,"type":"work","value":"w@x.org"}`
	const ext = urnRollcall + ":sourceUsernames"
	for _, test := range []struct {
		name string
		ops  schema.Doc
		path []any
		want string
	}{
		{"replace a text", patch("replace displayName", "Ada L"), []any{"displayName"}, `"Ada L"`},
		{"replace in other letters", patch("Replace DISPLAYNAME", "Ada L"), []any{"displayName"}, `"Ada L"`},
		{"add a text", patch("add title", "Chef"), []any{"title"}, `"Chef"`},
		{"remove a text", patch("remove displayName", nil), []any{"displayName"}, ``},
		{"replace with null", patch("replace", schema.Doc{"displayName": nil}), []any{"displayName"}, ``},
		{"replace a sub-attribute", patch("replace name.familyName", "King"), []any{"name"}, `{"familyName":"King","givenName":"Ada"}`},
		{"replace part of an object", patch("replace name", schema.Doc{"familyName": "King"}), []any{"name"}, `{"familyName":"King","givenName":"Ada"}`},
		{"remove a sub-attribute", patch("remove name.familyName", nil), []any{"name"}, `{"givenName":"Ada"}`},
		{"remove an object", patch("remove name", nil), []any{"name"}, ``},
		{"without path", patch("replace", schema.Doc{"displayName": "Ada L", "active": false, "nonsense": 1}), []any{"active"}, `false`},
		{"without path, dotted", patch("add", schema.Doc{"name.familyName": "King"}), []any{"name", "familyName"}, `"King"`},
		{"add a value", patch("add emails", []any{email("n@x.org", "other", false)}), []any{"emails", 2, "value"}, `"n@x.org"`},
		{"add one value without a list", patch("add emails", email("n@x.org", "other", false)), []any{"emails", 2, "value"}, `"n@x.org"`},
		{"add what is there", patch("add emails", []any{email("h@x.org", "home", false)}), []any{"emails"}, `[` + home + `,` + work + `]`},
		{"add a primary", patch("add emails", []any{email("n@x.org", "other", true)}), []any{"emails", 1, "primary"}, `false`},
		{"replace a list", patch("replace emails", []any{email("n@x.org", "other", true)}), []any{"emails"}, `[{"primary":true,"type":"other","value":"n@x.org"}]`},
		{"empty a list", patch("replace emails", []any{}), []any{"emails"}, ``},
		{"remove a list", patch("remove emails", nil), []any{"emails"}, ``},
		{"replace by value path", patch(`replace emails[type eq "home"].value`, "new@x.org"), []any{"emails", 0, "value"}, `"new@x.org"`},
		{"replace a whole value", patch(`replace emails[type eq "home"]`, schema.Doc{"value": "new@x.org"}), []any{"emails", 0}, `{"primary":false,"type":"home","value":"new@x.org"}`},
		{"make another primary", patch(`replace emails[type eq "home"].primary`, true), []any{"emails", 1, "primary"}, `false`},
		{"remove by value path", patch(`remove emails[value ew "x.org" and primary eq true]`, nil), []any{"emails"}, `[` + home + `]`},
		{"remove a sub-attribute by value path", patch(`remove emails[type eq "home"].type`, nil), []any{"emails", 0, "type"}, ``},
		{"by the schema's URN", patch("replace "+urnUser+":displayName", "Ada L"), []any{"displayName"}, `"Ada L"`},
		{"replace the role", patch("replace roles", []any{schema.Doc{"value": "Admin", "primary": true}}), []any{"roles"}, `[{"primary":true,"value":"Admin"}]`},
		{"the extension's path", patch("replace "+ext, identifierList("slack:U02AMARA", "teams:ada@x.org")), []any{urnRollcall, "sourceUsernames", 1, "value"}, `"ada@x.org"`},
		{"add by the extension's path", patch("add "+ext, identifierList("teams:ada@x.org")), []any{urnRollcall, "sourceUsernames", 1, "value"}, `"ada@x.org"`},
		{"add the same identifier", patch("add "+ext, identifierList("slack:U02AMARA")), []any{urnRollcall, "sourceUsernames", 1}, ``},
		{"value path in the extension", patch("remove "+ext+`[type eq "slack"]`, nil), []any{urnRollcall}, ``},
		{"the extension without path", patch("replace", schema.Doc{urnRollcall: schema.Doc{"sourceUsernames": identifierList("teams:ada@x.org")}}), []any{urnRollcall, "sourceUsernames"}, `[{"type":"teams","value":"ada@x.org"}]`},
		{"the extension's path as a name", patch("add", schema.Doc{ext: identifierList("teams:ada@x.org")}), []any{urnRollcall, "sourceUsernames", 1, "type"}, `"teams"`},
		{"the whole extension by its URN", patch("replace "+urnRollcall, schema.Doc{"sourceUsernames": identifierList("teams:ada@x.org")}), []any{urnRollcall, "sourceUsernames", 0, "type"}, `"teams"`},
		{"remove the extension", patch("remove "+urnRollcall, nil), []any{"schemas"}, `["` + urnUser + `"]`},
		{"another extension", patch("add "+urnEnterprise+":department", "Desk"), []any{urnEnterprise, "department"}, `"Desk"`},
		{"several operations", patch("add title", "A", "replace title", "B", "remove displayName", nil), []any{"title"}, `"B"`},
		{"a read-only value that stays", patch("replace", schema.Doc{"title": "A", "groups": nil}), []any{"title"}, `"A"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := empty(t)
			id := c.make(patchee(email))
			c.do(200, "PATCH", "/Users/"+id, test.ops).has(test.want, test.path...)
			c.do(200, "GET", "/Users/"+id, nil).has(test.want, test.path...)
		})
	}
}

func patchee(email func(string, string, bool) schema.Doc) schema.Doc {
	doc := withIdentifiers("ada@x.org", "slack:U02AMARA")
	doc["name"] = schema.Doc{"givenName": "Ada", "familyName": "Lovelace"}
	doc["emails"] = []any{email("h@x.org", "home", false), email("w@x.org", "work", true)}
	return doc
}

func TestPatchesThatCannotBeDone(t *testing.T) {
	const ext = urnRollcall + ":sourceUsernames"
	for _, test := range []struct {
		name     string
		ops      any
		scimType string
	}{
		{"unmatched value path", patch(`replace emails[type eq "other"].value`, "x"), "noTarget"},
		{"unmatched add", patch(`add emails[type eq "other"].value`, "x"), "noTarget"},
		{"unmatched remove", patch(`remove emails[type eq "other"]`, nil), "noTarget"},
		{"remove without path", patch("remove", nil), "noTarget"},
		{"no such attribute", patch("replace nonsense", "x"), "invalidPath"},
		{"path that cannot be read", patch("replace emails[", "x"), "invalidPath"},
		{"an extension's attribute without URN", patch("replace sourceUsernames", []any{}), "invalidPath"},
		{"filter that cannot be", patch(`replace emails[primary gt true].value`, "x"), "invalidFilter"},
		{"read-only", patch("replace id", "x"), "mutability"},
		{"read-only without path", patch("replace", schema.Doc{"id": "x"}), "mutability"},
		{"read-only groups", patch("add groups", []any{schema.Doc{"value": "x"}}), "mutability"},
		{"read-only sub-attribute", patch("replace meta.created", "2020-01-01T00:00:00Z"), "mutability"},
		{"required", patch("remove userName", nil), "mutability"},
		{"required by null", patch("replace", schema.Doc{"userName": nil}), "mutability"},
		{"empty required", patch("replace userName", ""), "invalidValue"},
		{"wrong type", patch("replace active", "false"), "invalidValue"},
		{"two primaries", patch("replace emails", []any{schema.Doc{"value": "a", "primary": true}, schema.Doc{"value": "b", "primary": true}}), "invalidValue"},
		{"two primaries by value path", patch("replace emails.primary", true), "invalidValue"},
		{"unknown role", patch("replace roles", []any{schema.Doc{"value": "admin"}}), "invalidValue"},
		{"disabled source", patch("add "+ext, identifierList("zoom:a@x.org")), "invalidValue"},
		{"read-only removed", patch("remove id", nil), "mutability"},
		{"unknown operation", patch("move title", "x"), "invalidSyntax"},
		{"no operations", schema.Doc{"schemas": []any{urnPatch}, "Operations": []any{}}, "invalidSyntax"},
		{"no schemas", schema.Doc{"Operations": []any{schema.Doc{"op": "remove", "path": "title"}}}, "invalidSyntax"},
		{"no object without path", patch("replace", "x"), "invalidValue"},
		{"half good, half bad", patch("replace displayName", "Changed", "replace nonsense", "x"), "invalidPath"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := empty(t)
			id := c.make(patchee(func(v, k string, p bool) schema.Doc { return schema.Doc{"value": v, "type": k, "primary": p} }))
			before := c.do(200, "GET", "/Users/"+id, nil)
			c.do(400, "PATCH", "/Users/"+id, test.ops).has(`"`+test.scimType+`"`, "scimType")
			if after := c.do(200, "GET", "/Users/"+id, nil); after.Raw != before.Raw {
				t.Errorf("the user changed:\n%s\n%s", before.Raw, after.Raw)
			}
		})
	}
}

func TestAnIdentifierStaysWhenItsSourceIsDisabled(t *testing.T) {
	c := start(t, Options{})
	var with User
	for _, u := range c.dump().Users {
		for _, id := range u.Identifiers {
			if id.Source == "zoom" {
				with = u
			}
		}
	}
	kept := []any{}
	for _, id := range with.Identifiers {
		kept = append(kept, schema.Doc{"type": id.Source, "value": id.Value})
	}
	kept = append(kept, schema.Doc{"type": "whatsapp", "value": "+4915112345678"})
	c.do(200, "PATCH", "/Users/"+with.ID, patch("replace "+urnRollcall+":sourceUsernames", kept))
	if have := c.person(with.UserName).Identifiers; len(have) != len(with.Identifiers)+1 {
		t.Errorf("identifiers are %v, were %v", have, with.Identifiers)
	}
}
