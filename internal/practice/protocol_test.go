package practice

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"rollcall/internal/practice/schema"
)

func TestCreatingAUser(t *testing.T) {
	c := empty(t)
	g := c.do(201, "POST", "/Users", withIdentifiers("Ada@X.org", "slack:U02AMARA"))
	id := g.id()
	g.has(`"Ada@X.org"`, "userName")
	g.has(`["`+urnUser+`","`+urnRollcall+`"]`, "schemas")
	g.has(`"User"`, "meta", "resourceType")
	g.has(`"W/\"1\""`, "meta", "version")
	if want := c.srv.URL() + "/Users/" + id; g.Header.Get("Location") != want || g.at("meta", "location") != want {
		t.Errorf("Location is %q and %v, not %q", g.Header.Get("Location"), g.at("meta", "location"), want)
	}
	if g.Header.Get("ETag") != `W/"1"` || !strings.HasPrefix(g.Header.Get("Content-Type"), "application/scim+json") {
		t.Errorf("headers %v", g.Header)
	}
	c.do(200, "GET", "/Users/"+id, nil).has(`[{"type":"slack","value":"U02AMARA"}]`, urnRollcall, "sourceUsernames")
	c.do(204, "DELETE", "/Users/"+id, nil)
	c.do(404, "GET", "/Users/"+id, nil).has(`"404"`, "status")
	c.do(404, "DELETE", "/Users/"+id, nil)
}

func TestWhatIsWrongWithAUserIsSaid(t *testing.T) {
	c := empty(t)
	c.make(withIdentifiers("ada@x.org", "slack:U02TOMEK"))
	for _, test := range []struct {
		name     string
		body     any
		status   int
		scimType string
		detail   string
	}{
		{"same userName in other letters", user("ADA@x.ORG"), 409, "uniqueness", "A user with the userName ADA@x.ORG exists already."},
		{"no userName", schema.Doc{"schemas": []any{urnUser}}, 400, "invalidValue", "userName is required."},
		{"blank userName", user(" "), 400, "invalidValue", "userName is required."},
		{"no schemas", schema.Doc{"userName": "b@x.org"}, 400, "invalidSyntax", "schemas must hold " + urnUser + "."},
		{"unknown role", user("b@x.org", "roles", []any{schema.Doc{"value": "Superviser"}}), 400, "invalidValue", `"Superviser" is not a role: use User, Admin or Supervisor.`},
		{"two primaries", user("b@x.org", "emails", []any{schema.Doc{"value": "a", "primary": true}, schema.Doc{"value": "b", "primary": true}}), 400, "invalidValue", "emails can have one primary value only."},
		{"active as text", user("b@x.org", "active", "true"), 400, "invalidValue", "active must be a boolean."},
		{"list instead of text", user("b@x.org", "displayName", []any{"b"}), 400, "invalidValue", "displayName must be a string."},
		{"identifier of another user", withIdentifiers("b@x.org", "Slack:U02TOMEK"), 409, "uniqueness", "Source username Slack:U02TOMEK belongs to another user"},
		{"disabled source", withIdentifiers("b@x.org", "zoom:b@x.org"), 400, "invalidValue", "The source zoom is not enabled in this account."},
		{"unknown source", withIdentifiers("b@x.org", "whatsap:+4420794000"), 400, "invalidValue", `There is no source "whatsap" in this account.`},
		{"identifier of another form", withIdentifiers("b@x.org", "whatsapp:0207940000"), 400, "invalidValue", `"0207940000" is not an identifier of whatsapp. It should look like +819055500134.`},
		{"no JSON", "{", 400, "invalidSyntax", "The body is not a JSON object."},
		{"a list", "[]", 400, "invalidSyntax", "The body is not a JSON object."},
	} {
		t.Run(test.name, func(t *testing.T) {
			g := c.in(t).do(test.status, "POST", "/Users", test.body)
			if g.at("scimType") != test.scimType || g.at("detail") != test.detail || g.at("status") != fmt.Sprint(test.status) {
				t.Errorf("answered %s", g.Raw)
			}
			g.has(`["`+urnError+`"]`, "schemas")
		})
	}
	if n := len(c.dump().Users); n != 1 {
		t.Errorf("%d users are there, not 1", n)
	}
}

func TestNamesOfAttributesHaveNoLetterCaseAndUnknownOnesAreIgnored(t *testing.T) {
	c := empty(t)
	id := c.make(schema.Doc{"SCHEMAS": []any{strings.ToUpper(urnUser)}, "USERNAME": "ada@x.org", "displayname": "Ada",
		"id": "mine", "nonsense": 1, "groups": []any{schema.Doc{"value": "x"}}, strings.ToUpper(urnRollcall): schema.Doc{"sourceusernames": identifierList("slack:U02AMARA")}})
	g := c.do(200, "GET", "/Users/"+id, nil)
	g.has(`"Ada"`, "displayName")
	g.has("", "nonsense")
	g.has("", "groups")
	g.has(`"U02AMARA"`, urnRollcall, "sourceUsernames", 0, "value")
	if id == "mine" {
		t.Error("the client chose the id")
	}
}

func TestFilters(t *testing.T) {
	c := empty(t)
	c.make(withIdentifiers("ada@x.org", "slack:U02AMARA"))
	c.make(user("Bob@x.org", "displayName", "Bob \"B\" Müller", "title", "Chef", "active", false,
		"emails", []any{schema.Doc{"value": "bob@home.org", "type": "home"}, schema.Doc{"value": "bob@x.org", "type": "work", "primary": true}}))
	c.make(user("cy@y.org", "name", schema.Doc{"familyName": "Young", "givenName": "Cy"}))
	for filter, want := range map[string]string{
		`userName eq "ADA@X.ORG"`:                               "ada@x.org",
		`USERNAME Eq "ada@x.org"`:                               "ada@x.org",
		`userName ne "ada@x.org"`:                               "Bob@x.org cy@y.org",
		`userName co "@X."`:                                     "ada@x.org Bob@x.org",
		`userName sw "b"`:                                       "Bob@x.org",
		`userName ew ".org" and active eq true`:                 "ada@x.org cy@y.org",
		`userName gt "bob@x.org"`:                               "cy@y.org",
		`userName ge "bob@x.org"`:                               "Bob@x.org cy@y.org",
		`userName lt "bob@x.org"`:                               "ada@x.org",
		`userName le "bob@x.org"`:                               "ada@x.org Bob@x.org",
		`title pr`:                                              "Bob@x.org",
		`not (title pr)`:                                        "ada@x.org cy@y.org",
		`title pr or name.familyName eq "young"`:                "Bob@x.org cy@y.org",
		`title pr and active eq true or userName eq "cy@y.org"`: "cy@y.org",
		`title pr and (active eq true or userName co "b")`:      "Bob@x.org",
		`active eq false`:                                       "Bob@x.org",
		`emails co "home"`:                                      "Bob@x.org",
		`emails.type eq "work"`:                                 "Bob@x.org",
		`emails[type eq "home" and value ew "@x.org"]`:          "",
		`emails[type eq "work" and value ew "@x.org"]`:          "Bob@x.org",
		`emails[not (type eq "home")]`:                          "Bob@x.org",
		urnUser + `:userName eq "ada@x.org"`:                    "ada@x.org",
		urnRollcall + `:sourceUsernames.value eq "u02amara"`:    "ada@x.org",
		urnRollcall + `:sourceUsernames[type eq "slack"]`:       "ada@x.org",
		`displayName co "\"B\""`:                                "Bob@x.org",
		`displayName ew "m\u00fcller"`:                          "Bob@x.org",
		`title eq null`:                                         "ada@x.org cy@y.org",
		`meta.created gt "2020-01-01T00:00:00Z" and title pr`:   "Bob@x.org",
		`meta.lastModified lt "2020-01-01T00:00:00Z"`:           "",
		`meta.lastModified ge "2020-01-01T00:00:00+02:00"`:      "ada@x.org Bob@x.org cy@y.org",
		`meta.resourceType eq "User"`:                           "ada@x.org Bob@x.org cy@y.org",
		`schemas eq "` + urnRollcall + `"`:                      "ada@x.org",
		`roles.value eq "User" and roles[primary eq true]`:      "ada@x.org Bob@x.org cy@y.org",
		`userName eq "nobody@x.org"`:                            "",
	} {
		if have := found(c.do(200, "GET", "/Users?filter="+url.QueryEscape(filter), nil)); have != want {
			t.Errorf("%s finds %q, not %q", filter, have, want)
		}
	}
	for _, filter := range []string{`active gt true`, `active co true`, `userName eq`, `userName xx "a"`, `nonsense eq "a"`,
		`active eq "true"`, `userName eq 5`, `name eq "x"`, `emails[`, `userName eq "a" and`, `x509Certificates.value gt "a"`,
		`emails[nonsense eq "x"]`, `userName[type eq "x"]`, `meta.created gt "yesterday"`, `urn:nothing:at:all:userName eq "a"`} {
		c.do(400, "GET", "/Users?filter="+url.QueryEscape(filter), nil).has(`"invalidFilter"`, "scimType")
	}
	c.do(400, "GET", "/Users?filter="+url.QueryEscape(`password eq "x"`), nil).has(`"sensitive"`, "scimType")
}

// found lists the userNames or displayNames of an answer.
func found(g got) string {
	var names []string
	list, _ := g.at("Resources").([]any)
	for _, e := range list {
		d, _ := e.(schema.Doc)
		name, _ := d["userName"].(string)
		if name == "" {
			name, _ = d["displayName"].(string)
		}
		names = append(names, name)
	}
	return strings.Join(names, " ")
}

func TestOnlyWhatChangedSinceIsFound(t *testing.T) {
	now := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	c := start(t, Options{Empty: true, Now: func() time.Time { return now }})
	c.make(user("ada@x.org"))
	id := c.make(user("bob@x.org"))
	now = now.Add(time.Hour)
	c.do(200, "PATCH", "/Users/"+id, patch("replace displayName", "Bob"))
	g := c.do(200, "GET", "/Users?filter="+url.QueryEscape(`meta.lastModified gt "2026-05-01T12:00:00Z"`), nil)
	if have := found(g); have != "bob@x.org" {
		t.Errorf("changed since are %q", have)
	}
	g.has(`"2026-05-01T13:00:00.000Z"`, "Resources", 0, "meta", "lastModified")
	g.has(`"2026-05-01T12:00:00.000Z"`, "Resources", 0, "meta", "created")
}

func TestPaging(t *testing.T) {
	c := empty(t)
	c.crowd(25)
	g := c.do(200, "GET", "/Users?startIndex=21&count=10", nil)
	g.has("25", "totalResults")
	g.has("5", "itemsPerPage")
	g.has("21", "startIndex")
	g.has(`"u021@x.org"`, "Resources", 0, "userName")
	c.do(200, "GET", "/Users?startIndex=26", nil).has("[]", "Resources")
	g = c.do(200, "GET", "/Users?count=0", nil)
	g.has("25", "totalResults")
	g.has("[]", "Resources")
	g = c.do(200, "GET", "/Users?startIndex=-3&count=-1", nil)
	g.has("1", "startIndex")
	g.has("0", "itemsPerPage")
	c.do(400, "GET", "/Users?count=many", nil).has(`"invalidValue"`, "scimType")
	g = c.do(200, "GET", "/Users?startIndex=2&count=1&sortBy=userName&sortOrder=descending&filter="+url.QueryEscape(`userName sw "u0"`), nil)
	g.has(`"u024@x.org"`, "Resources", 0, "userName")
	g.has("25", "totalResults")
}

func TestSorting(t *testing.T) {
	c := empty(t)
	c.make(user("c@x.org", "title", "b"))
	c.make(user("A@x.org"))
	c.make(user("b@x.org", "title", "C", "emails", []any{schema.Doc{"value": "z"}, schema.Doc{"value": "a", "primary": true}}))
	c.make(user("d@x.org", "title", "A", "emails", []any{schema.Doc{"value": "m"}}))
	for query, want := range map[string]string{
		"sortBy=userName":                         "A@x.org b@x.org c@x.org d@x.org",
		"sortBy=userName&sortOrder=descending":    "d@x.org c@x.org b@x.org A@x.org",
		"sortBy=title":                            "d@x.org c@x.org b@x.org A@x.org",
		"sortBy=title&sortOrder=descending":       "A@x.org b@x.org c@x.org d@x.org",
		"sortBy=emails.value":                     "b@x.org d@x.org c@x.org A@x.org",
		"sortBy=emails":                           "b@x.org d@x.org c@x.org A@x.org",
		"sortBy=meta.created&sortOrder=ascending": "c@x.org A@x.org b@x.org d@x.org",
	} {
		if have := found(c.do(200, "GET", "/Users?"+query, nil)); have != want {
			t.Errorf("%s gives %q, not %q", query, have, want)
		}
	}
	c.do(400, "GET", "/Users?sortBy=nonsense", nil)
}

func TestChoosingAttributes(t *testing.T) {
	c := empty(t)
	id := c.make(withIdentifiers("ada@x.org", "slack:U02AMARA"))
	for query, want := range map[string]string{
		"attributes=userName":                                      "id schemas userName",
		"attributes=USERNAME,meta.version":                         "id meta schemas userName",
		"attributes=" + urnRollcall:                                "id schemas " + urnRollcall,
		"attributes=" + urnRollcall + ":sourceUsernames.value":     "id schemas " + urnRollcall,
		"attributes=nonsense":                                      "id schemas",
		"excludedAttributes=roles,meta,id":                         "active displayName id schemas " + urnRollcall + " userName",
		"excludedAttributes=" + urnRollcall + ",meta,roles,active": "displayName id schemas userName",
	} {
		g := c.do(200, "GET", "/Users/"+id+"?"+query, nil)
		if have := keys(g.Body); have != want {
			t.Errorf("%s gives %q, not %q", query, have, want)
		}
	}
	c.do(200, "GET", "/Users/"+id+"?attributes=roles.value", nil).has(`[{"value":"User"}]`, "roles")
	c.do(200, "GET", "/Users/"+id+"?excludedAttributes=roles.primary", nil).has(`[{"value":"User"}]`, "roles")
	c.do(200, "GET", "/Users?attributes=displayName", nil).has("", "Resources", 0, "userName")
	c.do(400, "GET", "/Users?attributes=id&excludedAttributes=roles", nil)
	c.do(200, "PATCH", "/Users/"+id+"?attributes=title", patch("add title", "Chef")).has("", "userName")
}

func keys(d schema.Doc) string {
	var names []string
	for k := range d {
		names = append(names, k)
	}
	sortStrings(names)
	return strings.Join(names, " ")
}

func TestSearchByPost(t *testing.T) {
	c := empty(t)
	id := c.make(user("ada@x.org"))
	c.makeGroup(group("Trading", id))
	search := func(more ...any) schema.Doc {
		d := schema.Doc{"schemas": []any{urnSearch}}
		for i := 0; i+1 < len(more); i += 2 {
			d[more[i].(string)] = more[i+1]
		}
		return d
	}
	g := c.do(200, "POST", "/Users/.search", search("filter", `userName eq "ada@x.org"`, "count", 5, "attributes", []any{"userName"}))
	g.has("1", "totalResults")
	g.has("", "Resources", 0, "displayName")
	if have := found(c.do(200, "POST", "/.search", search("filter", `displayName eq "trading" or userName sw "ada"`))); have != "ada@x.org Trading" {
		t.Errorf("the root search finds %q", have)
	}
	if have := found(c.do(200, "GET", "/?filter="+url.QueryEscape(`meta.resourceType eq "Source" and enabled eq false`), nil)); have != "Zoom" {
		t.Errorf("the root query finds %q", have)
	}
	c.do(400, "POST", "/Users/.search", schema.Doc{"filter": "userName pr"}).has(`"invalidSyntax"`, "scimType")
	c.do(405, "GET", "/Users/.search", nil)
}

func TestEntityTags(t *testing.T) {
	c := empty(t)
	id := c.make(user("ada@x.org"))
	path := "/Users/" + id
	if g := c.do(304, "GET", path, nil, `If-None-Match: W/"1"`); g.Raw != "" || g.Header.Get("ETag") != `W/"1"` {
		t.Errorf("304 with %q and %v", g.Raw, g.Header)
	}
	c.do(200, "PATCH", path, patch("replace displayName", "Ada"), `If-Match: W/"1"`)
	c.do(200, "GET", path, nil, `If-None-Match: W/"1"`).has(`"W/\"2\""`, "meta", "version")
	for _, method := range []string{"PATCH", "PUT", "DELETE"} {
		var body any
		if method == "PATCH" {
			body = patch("replace displayName", "Lost")
		} else if method == "PUT" {
			body = user("ada@x.org")
		}
		c.do(412, method, path, body, `If-Match: W/"1"`).has(`"412"`, "status")
	}
	c.do(200, "PATCH", path, patch("replace displayName", "Ada"), `If-Match: W/"1", W/"2"`).has(`"W/\"2\""`, "meta", "version")
	c.do(204, "DELETE", path, nil, `If-Match: *`)
}

func TestPuttingAUser(t *testing.T) {
	c := empty(t)
	id := c.make(withIdentifiers("ada@x.org", "slack:U02AMARA"))
	c.do(200, "PATCH", "/Users/"+id, patch("replace active", false, "add title", "Chef"))
	g := c.do(200, "PUT", "/Users/"+id, schema.Doc{"schemas": []any{urnUser}, "userName": "ada@x.org", "displayName": "Ada L", "id": "other"})
	g.has(`"Ada L"`, "displayName")
	g.has("", "title")
	g.has("", urnRollcall)
	g.has("false", "active")
	if g.id() != id {
		t.Errorf("PUT changed the id to %q", g.id())
	}
	c.do(400, "PUT", "/Users/"+id, schema.Doc{"schemas": []any{urnUser}, "displayName": "No name"}).has(`"invalidValue"`, "scimType")
	c.do(404, "PUT", "/Users/none", user("x@x.org"))
}

func TestGroupsAndTheirMembers(t *testing.T) {
	c := empty(t)
	ada, bob := c.make(user("ada@x.org")), c.make(user("bob@x.org"))
	id := c.makeGroup(group("Legal, Risk & Audit", ada))
	path := "/Groups/" + id
	g := c.do(200, "PATCH", path, patch("add members", memberList(ada, bob, bob)))
	g.has(`"ada"`, "members", 0, "display")
	if want := c.srv.URL() + "/Users/" + ada; g.at("members", 0, "$ref") != want {
		t.Errorf("$ref is %v", g.at("members", 0, "$ref"))
	}
	if members, _ := c.dump().Group("legal, risk & audit"); len(members.Members) != 2 {
		t.Errorf("members %v", members.Members)
	}
	c.do(200, "PATCH", path, patch("add", schema.Doc{"members": memberList(ada)})).has(`"W/\"2\""`, "meta", "version")
	c.do(200, "GET", "/Users/"+ada, nil).has(`"Legal, Risk & Audit"`, "groups", 0, "display")
	c.do(200, "GET", path+"?excludedAttributes=members", nil).has("", "members")
	if have := found(c.do(200, "GET", "/Groups?filter="+url.QueryEscape(`members.value eq "`+bob+`"`), nil)); have != "Legal, Risk & Audit" {
		t.Errorf("bob's groups are %q", have)
	}
	c.do(400, "PATCH", path, patch(`remove members[value eq "nobody"]`, nil)).has(`"noTarget"`, "scimType")
	c.do(200, "PATCH", path, patch(`remove members[value eq "`+ada+`"]`, nil)).has(`"`+bob+`"`, "members", 0, "value")
	c.do(400, "PATCH", path, patch("add members", memberList("nobody"))).has(`"There is no user with the id \"nobody\"."`, "detail")
	c.do(400, "PATCH", path, patch(`replace members[value eq "`+bob+`"].value`, ada)).has(`"mutability"`, "scimType")
	c.do(200, "PATCH", path, patch("remove members", memberList(bob))).has("", "members")
	c.do(200, "PUT", path, group("Legal", ada, bob)).has(`"`+bob+`"`, "members", 1, "value")
	c.do(409, "POST", "/Groups", group("LEGAL")).has(`"uniqueness"`, "scimType")
	c.do(400, "POST", "/Groups", schema.Doc{"schemas": []any{urnGroup}})
	c.do(204, "DELETE", "/Users/"+bob, nil)
	c.do(200, "GET", path, nil).has("", "members", 1)
	c.do(204, "DELETE", path, nil)
	c.do(200, "GET", "/Users/"+ada, nil).has("", "groups")
}

func TestSourcesCanOnlyBeRead(t *testing.T) {
	c := empty(t)
	g := c.do(200, "GET", "/Sources", nil)
	g.has("4", "totalResults")
	g.has(`"slack"`, "Resources", 0, "name")
	g.has("false", "Resources", 3, "enabled")
	g.has(`"^\\+[1-9][0-9]{6,14}$"`, "Resources", 2, "identifierPattern")
	c.do(200, "GET", "/Sources/src-slack", nil).has(`"U02AMARA"`, "example")
	c.do(405, "POST", "/Sources", schema.Doc{"schemas": []any{urnSource}})
	c.do(405, "DELETE", "/Sources/src-slack", nil)
	c.do(405, "PATCH", "/Sources/src-slack", patch("replace enabled", false))
	if have := found(c.do(200, "GET", "/Sources?filter="+url.QueryEscape("enabled eq true")+"&sortBy=name", nil)); have != "Slack Microsoft Teams WhatsApp" {
		t.Errorf("enabled are %q", have)
	}
}

func TestTheSignedInUser(t *testing.T) {
	c := start(t, Options{})
	c.do(200, "GET", "/Me", nil).has(`"`+SeedMe+`"`, "userName")
	c.do(200, "PATCH", "/Me", patch("replace title", "Head")).has(`"Head"`, "title")
	c.do(405, "POST", "/Me", user("x@x.org"))
	empty(t).do(404, "GET", "/Me", nil)
}

func TestDiscovery(t *testing.T) {
	c := empty(t)
	g := c.do(200, "GET", "/ServiceProviderConfig", nil)
	g.has(`{"maxOperations":1000,"maxPayloadSize":1048576,"supported":true}`, "bulk")
	g.has(`{"supported":true}`, "patch")
	g.has(`{"supported":true}`, "etag")
	g.has(`{"maxResults":1000,"supported":true}`, "filter")
	g = c.do(200, "GET", "/ResourceTypes", nil)
	g.has("3", "totalResults")
	g.has(`"/Sources"`, "Resources", 2, "endpoint")
	g.has(`{"required":false,"schema":"`+urnRollcall+`"}`, "Resources", 0, "schemaExtensions", 1)
	c.do(200, "GET", "/ResourceTypes/User", nil).has(`"`+urnUser+`"`, "schema")
	c.do(200, "GET", "/Schemas", nil).has("5", "totalResults")
	c.do(200, "GET", "/Schemas/"+urnRollcall, nil).has(`["slack","teams","whatsapp"]`, "attributes", 0, "subAttributes", 1, "canonicalValues")
	c.do(404, "GET", "/Schemas/urn:nothing", nil)
	c.do(403, "GET", "/Schemas?filter="+url.QueryEscape(`id pr`), nil)
	c.do(405, "POST", "/ServiceProviderConfig", schema.Doc{})
	c.do(404, "GET", "/Nothing", nil).has(`"404"`, "status")
	if allow := c.do(405, "PUT", "/Users", user("a@x.org")).Header.Get("Allow"); allow != "GET, POST" {
		t.Errorf("Allow is %q", allow)
	}
	c.do(415, "POST", "/Users", "a,b", "Content-Type: text/csv")
	c.do(413, "POST", "/Users", strings.Repeat(" ", 1<<20+1))
}
