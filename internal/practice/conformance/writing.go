package conformance

import (
	"fmt"
	"strings"
)

var userChecks = []check{
	{"a user is created with id, meta and Location", "RFC 7644 §3.3", "", func(p *probe) {
		d := p.user()
		a := p.make(d)
		p.equal(d["userName"], a.at("userName"), "userName")
		p.equal("User", a.at("meta", "resourceType"), "meta.resourceType")
		for _, name := range []string{"created", "lastModified", "location"} {
			if text, _ := a.at("meta", name).(string); text == "" {
				p.fail("meta.%s is missing", name)
			}
		}
		p.equal(a.at("meta", "location"), a.header.Get("Location"), "Location")
		p.equal(a.id(), p.want(200, "GET", at("/Users", a), nil).at("id"), "the id that is read")
	}},
	{"the id is the server's", "RFC 7643 §3.1", "", func(p *probe) {
		if a := p.make(p.user("id", "chosen-by-the-client")); a.id() == "chosen-by-the-client" {
			p.fail("the client's id was taken")
		}
	}},
	{"unknown attributes are ignored", "RFC 7644 §3.3", "", func(p *probe) {
		p.equal(nil, p.make(p.user("nonsenseAttribute", "x")).at("nonsenseAttribute"), "nonsenseAttribute")
	}},
	{"a password is never returned", "RFC 7643 §4.1.1", "", func(p *probe) {
		a := p.make(p.user("password", "t1meMa$heen"))
		if strings.Contains(a.raw, "t1meMa$heen") || strings.Contains(p.want(200, "GET", at("/Users", a), nil).raw, "t1meMa$heen") {
			p.fail("the password came back")
		}
	}},
	{"a userName that is taken is a 409 uniqueness", "RFC 7644 §3.3", "", func(p *probe) {
		d := p.user()
		p.make(d)
		p.wantError(p.want(409, "POST", "/Users", d), 409, "uniqueness")
	}},
	{"a userName is taken whatever its letter case", "RFC 7643 §4.1.1", "", func(p *probe) {
		d := p.user()
		p.make(d)
		d["userName"] = strings.ToUpper(d["userName"].(string))
		p.want(409, "POST", "/Users", d)
	}},
	{"a user without userName is a 400", "RFC 7643 §4.1.1", "", func(p *probe) {
		d := p.user()
		delete(d, "userName")
		p.wantError(p.want(400, "POST", "/Users", d), 400, "invalidValue")
	}},
	{"a text for a boolean is a 400", "RFC 7644 §3.12", "", func(p *probe) {
		p.want(400, "POST", "/Users", p.user("active", "yes"))
	}},
	{"two primary values are a 400", "RFC 7643 §2.4", "", func(p *probe) {
		d := p.user()
		d["emails"] = []any{doc{"value": "a@conformance.example", "primary": true}, doc{"value": "b@conformance.example", "primary": true}}
		p.want(400, "POST", "/Users", d)
	}},
	{"PUT replaces, and ignores what is read-only", "RFC 7644 §3.5.1", "", func(p *probe) {
		d := p.user("title", "Before")
		a := p.make(d)
		delete(d, "title")
		d["displayName"], d["id"] = "After", "other"
		b := p.want(200, "PUT", at("/Users", a), d)
		p.equal("After", b.at("displayName"), "displayName")
		p.equal(nil, b.at("title"), "title")
		p.equal(a.id(), b.at("id"), "id")
		p.equal(a.at("meta", "created"), b.at("meta", "created"), "meta.created")
	}},
	{"DELETE answers 204, and the user is gone", "RFC 7644 §3.6", "", func(p *probe) {
		a := p.make(p.user())
		p.want(204, "DELETE", at("/Users", a), nil)
		p.want(404, "GET", at("/Users", a), nil)
		p.want(404, "DELETE", at("/Users", a), nil)
	}},
}

// patchCase patches a user and looks at a value afterwards.
func patchCase(name, section string, ops doc, want any, path ...any) check {
	return check{name, section, "patch", func(p *probe) {
		a := p.make(p.user())
		b := p.send("PATCH", at("/Users", a), ops)
		if b.status != 200 && b.status != 204 {
			p.fail("PATCH is answered %d: %s", b.status, short(b.raw))
			return
		}
		p.equal(want, p.want(200, "GET", at("/Users", a), nil).at(path...), fmt.Sprintf("%v", path))
	}}
}

func patchRefused(name, section, scimType string, ops doc) check {
	return check{name, section, "patch", func(p *probe) {
		a := p.make(p.user())
		p.wantError(p.want(400, "PATCH", at("/Users", a), ops), 400, scimType)
		p.equal("Check", p.want(200, "GET", at("/Users", a), nil).at("displayName"), "displayName")
	}}
}

var patchChecks = []check{
	patchCase("replace sets a text", "RFC 7644 §3.5.2.3", patch("replace displayName", "New"), "New", "displayName"),
	patchCase("replace sets a boolean", "RFC 7644 §3.5.2.3", patch("replace active", false), false, "active"),
	patchCase("replace without path sets several", "RFC 7644 §3.5.2.3", patch("replace", doc{"displayName": "New", "active": false}), "New", "displayName"),
	patchCase("replace sets a sub-attribute", "RFC 7644 §3.5.2.3", patch("replace name.familyName", "New"), "New", "name", "familyName"),
	patchCase("replacing a sub-attribute keeps the others", "RFC 7644 §3.5.2.3", patch("replace name.familyName", "New"), "Check", "name", "givenName"),
	patchCase("replace sets a value by its path", "RFC 7644 §3.5.2.3", patch(`replace emails[type eq "home"].value`, "new@conformance.example"), "new@conformance.example", "emails", 1, "value"),
	patchCase("replace sets a whole list", "RFC 7644 §3.5.2.3", patch("replace emails", []any{doc{"value": "new@conformance.example", "type": "other"}}), nil, "emails", 1),
	patchCase("add sets what was not there", "RFC 7644 §3.5.2.1", patch("add title", "New"), "New", "title"),
	patchCase("add appends to a list", "RFC 7644 §3.5.2.1", patch("add emails", []any{doc{"value": "new@conformance.example", "type": "other"}}), "new@conformance.example", "emails", 2, "value"),
	patchCase("add without path adds", "RFC 7644 §3.5.2.1", patch("add", doc{"title": "New"}), "New", "title"),
	patchCase("a new primary value ends the old one", "RFC 7644 §3.5.2", patch("add emails", []any{doc{"value": "new@conformance.example", "type": "other", "primary": true}}), false, "emails", 0, "primary"),
	patchCase("remove takes an attribute away", "RFC 7644 §3.5.2.2", patch("remove displayName", nil), nil, "displayName"),
	patchCase("remove takes a value away by its path", "RFC 7644 §3.5.2.2", patch(`remove emails[type eq "home"]`, nil), nil, "emails", 1),
	patchCase("a path can have the schema's URN", "RFC 7644 §3.5.2", patch("replace "+urnUser+":displayName", "New"), "New", "displayName"),
	patchCase("operations are done in their order", "RFC 7644 §3.5.2", patch("add title", "A", "replace title", "B"), "B", "title"),
	{"adding what is there changes nothing", "RFC 7644 §3.5.2.1", "patch", func(p *probe) {
		a := p.make(p.user())
		p.send("PATCH", at("/Users", a), patch("add emails", []any{doc{"value": a.at("userName"), "type": "work", "primary": true}}))
		p.equal(nil, p.want(200, "GET", at("/Users", a), nil).at("emails", 2), "the third e-mail")
	}},
	patchRefused("a value path that matches nothing is noTarget", "RFC 7644 §3.5.2.3", "noTarget", patch(`replace emails[type eq "other"].value`, "x")),
	patchRefused("remove without path is noTarget", "RFC 7644 §3.5.2.2", "noTarget", patch("remove", nil)),
	patchRefused("a path to nothing is invalidPath", "RFC 7644 §3.12", "invalidPath", patch("replace nonsenseAttribute", "x")),
	patchRefused("a read-only attribute is mutability", "RFC 7644 §3.5.2", "mutability", patch("replace id", "x")),
	patchRefused("removing what is required is mutability", "RFC 7644 §3.5.2.2", "mutability", patch("remove userName", nil)),
	patchRefused("a wrong type is invalidValue", "RFC 7644 §3.12", "invalidValue", patch("replace active", "maybe")),
	patchRefused("an unknown operation is invalidSyntax", "RFC 7644 §3.5.2", "invalidSyntax", patch("move displayName", "x")),
	patchRefused("all operations are done or none", "RFC 7644 §3.5.2", "", patch("replace displayName", "Half", "replace nonsenseAttribute", "x")),
}

var groupChecks = []check{
	{"a group shows its members, and users their groups", "RFC 7643 §4.2", "", func(p *probe) {
		u := p.make(p.user())
		g := p.create("/Groups", doc{"schemas": []any{urnGroup}, "displayName": p.name(), "members": []any{doc{"value": u.id()}}})
		p.equal(u.id(), p.want(200, "GET", at("/Groups", g), nil).at("members", 0, "value"), "the member")
		p.equal(g.id(), p.want(200, "GET", at("/Users", u), nil).at("groups", 0, "value"), "the user's group")
	}},
	{"members are added once and removed by value", "RFC 7644 §3.5.2", "patch", func(p *probe) {
		a, b := two(p)
		g := p.create("/Groups", doc{"schemas": []any{urnGroup}, "displayName": p.name()})
		for range 2 {
			p.send("PATCH", at("/Groups", g), patch("add members", []any{doc{"value": a.id()}, doc{"value": b.id()}}))
		}
		list, _ := p.want(200, "GET", at("/Groups", g), nil).at("members").([]any)
		p.equal(2, len(list), "the number of members")
		p.send("PATCH", at("/Groups", g), patch(fmt.Sprintf(`remove members[value eq "%s"]`, a.id()), nil))
		after := p.want(200, "GET", at("/Groups", g), nil)
		p.equal(b.id(), after.at("members", 0, "value"), "who is left")
		p.equal(nil, after.at("members", 1), "a second one")
	}},
	{"a group can be read without its members", "RFC 7644 §3.9", "", func(p *probe) {
		u := p.make(p.user())
		g := p.create("/Groups", doc{"schemas": []any{urnGroup}, "displayName": p.name(), "members": []any{doc{"value": u.id()}}})
		p.equal(nil, p.want(200, "GET", at("/Groups", g)+"?excludedAttributes=members", nil).at("members"), "members")
	}},
	{"a deleted user leaves the groups", "RFC 7644 §3.6", "", func(p *probe) {
		u := p.make(p.user())
		g := p.create("/Groups", doc{"schemas": []any{urnGroup}, "displayName": p.name(), "members": []any{doc{"value": u.id()}}})
		p.want(204, "DELETE", at("/Users", u), nil)
		p.equal(nil, p.want(200, "GET", at("/Groups", g), nil).at("members", 0), "a member")
	}},
}

var etagChecks = []check{
	{"a version stands in meta and in ETag, and changes", "RFC 7644 §3.14", "etag", func(p *probe) {
		a := p.make(p.user())
		b := p.want(200, "GET", at("/Users", a), nil)
		p.equal(b.header.Get("ETag"), b.at("meta", "version"), "meta.version")
		p.send("PATCH", at("/Users", a), patch("replace displayName", "New"))
		if c := p.want(200, "GET", at("/Users", a), nil); c.header.Get("ETag") == b.header.Get("ETag") {
			p.fail("the version stays %s", c.header.Get("ETag"))
		}
	}},
	{"If-None-Match answers 304", "RFC 7644 §3.14", "etag", func(p *probe) {
		a := p.make(p.user())
		tag := p.want(200, "GET", at("/Users", a), nil).header.Get("ETag")
		p.want(304, "GET", at("/Users", a), nil, "If-None-Match: "+tag)
	}},
	{"If-Match of an old version answers 412", "RFC 7644 §3.14", "etag", func(p *probe) {
		a := p.make(p.user())
		tag := p.want(200, "GET", at("/Users", a), nil).header.Get("ETag")
		p.want(200, "PUT", at("/Users", a), p.user(), "If-Match: "+tag)
		p.want(412, "PUT", at("/Users", a), p.user(), "If-Match: "+tag)
		p.want(412, "DELETE", at("/Users", a), nil, "If-Match: "+tag)
	}},
}

func bulk(ops ...any) doc { return doc{"schemas": []any{urnBulk}, "Operations": ops} }

var bulkChecks = []check{
	{"a bulk makes users, with bulkId, location and status", "RFC 7644 §3.7", "bulk", func(p *probe) {
		d := p.user()
		a := p.want(200, "POST", "/Bulk", bulk(doc{"method": "POST", "path": "/Users", "bulkId": "x", "data": d}))
		p.equal("201", a.at("Operations", 0, "status"), "status")
		p.equal("x", a.at("Operations", 0, "bulkId"), "bulkId")
		ids := p.find("/Users", fmt.Sprintf(`userName eq "%s"`, d["userName"]))
		if len(ids) != 1 {
			p.fail("%d users are there", len(ids))
			return
		}
		p.made = append(p.made, item("/Users", ids[0]))
		if location, _ := a.at("Operations", 0, "location").(string); !strings.HasSuffix(location, item("/Users", ids[0])) {
			p.fail("location is %q", location)
		}
	}},
	{"one failing operation leaves the others alone", "RFC 7644 §3.7.3", "bulk", func(p *probe) {
		d := p.user()
		p.make(d)
		other := p.user()
		a := p.want(200, "POST", "/Bulk", bulk(doc{"method": "POST", "path": "/Users", "bulkId": "1", "data": d},
			doc{"method": "POST", "path": "/Users", "bulkId": "2", "data": other}))
		p.equal("409", a.at("Operations", 0, "status"), "status of the first")
		p.equal([]any{urnError}, a.at("Operations", 0, "response", "schemas"), "response of the first")
		p.equal("201", a.at("Operations", 1, "status"), "status of the second")
		for _, id := range p.find("/Users", fmt.Sprintf(`userName eq "%s"`, other["userName"])) {
			p.made = append(p.made, item("/Users", id))
		}
	}},
	{"failOnErrors ends the work", "RFC 7644 §3.7.3", "bulk", func(p *probe) {
		d := p.user()
		p.make(d)
		other := p.user()
		body := bulk(doc{"method": "POST", "path": "/Users", "bulkId": "1", "data": d}, doc{"method": "POST", "path": "/Users", "bulkId": "2", "data": other})
		body["failOnErrors"] = 1
		p.want(200, "POST", "/Bulk", body)
		p.equal(0, len(p.find("/Users", fmt.Sprintf(`userName eq "%s"`, other["userName"]))), "the number of users made after the error")
	}},
	{"a bulkId refers to what the same request makes", "RFC 7644 §3.7.2", "bulk", func(p *probe) {
		d, name := p.user(), p.name()
		p.want(200, "POST", "/Bulk", bulk(
			doc{"method": "POST", "path": "/Groups", "bulkId": "g", "data": doc{"schemas": []any{urnGroup}, "displayName": name, "members": []any{doc{"value": "bulkId:u"}}}},
			doc{"method": "POST", "path": "/Users", "bulkId": "u", "data": d}))
		users, groups := p.find("/Users", fmt.Sprintf(`userName eq "%s"`, d["userName"])), p.find("/Groups", fmt.Sprintf(`displayName eq "%s"`, name))
		if len(users) != 1 || len(groups) != 1 {
			p.fail("%d users and %d groups are there", len(users), len(groups))
			return
		}
		p.made = append(p.made, item("/Users", users[0]), item("/Groups", groups[0]))
		p.equal(users[0], p.want(200, "GET", item("/Groups", groups[0]), nil).at("members", 0, "value"), "the member")
	}},
	{"more than maxOperations is a 413", "RFC 7644 §3.7.4", "bulk", func(p *probe) {
		most, _ := p.want(200, "GET", "/ServiceProviderConfig", nil).at("bulk", "maxOperations").(float64)
		if most < 1 || most > 10000 {
			p.skip(fmt.Sprintf("maxOperations is %v", most))
		}
		ops := make([]any, int(most)+1)
		for i := range ops {
			ops[i] = doc{"method": "DELETE", "path": "/Users/nobody"}
		}
		p.wantError(p.want(413, "POST", "/Bulk", bulk(ops...)), 413, "")
	}},
}
