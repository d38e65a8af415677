package conformance

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

var discoveryChecks = []check{
	{"ServiceProviderConfig tells what is supported", "RFC 7643 §5", "", func(p *probe) {
		a := p.want(200, "GET", "/ServiceProviderConfig", nil)
		for _, name := range []string{"patch", "bulk", "filter", "changePassword", "sort", "etag"} {
			if _, ok := a.at(name, "supported").(bool); !ok {
				p.fail("%s.supported is no boolean", name)
			}
		}
		if list, ok := a.at("authenticationSchemes").([]any); !ok || len(list) == 0 {
			p.fail("there are no authenticationSchemes")
		}
	}},
	{"ResourceTypes lists User with its endpoint and schema", "RFC 7643 §6", "", func(p *probe) {
		a := p.want(200, "GET", "/ResourceTypes", nil)
		list, _ := a.at("Resources").([]any)
		for _, e := range list {
			if into(e, "schema") == urnUser {
				p.equal("/Users", into(e, "endpoint"), "the endpoint")
				return
			}
		}
		p.fail("User is not listed")
	}},
	{"Schemas lists the user schema, and gives it by its URN", "RFC 7643 §7", "", func(p *probe) {
		a := p.want(200, "GET", "/Schemas", nil)
		p.equal([]any{urnList}, a.at("schemas"), "schemas of the list")
		b := p.want(200, "GET", "/Schemas/"+urnUser, nil)
		p.equal(urnUser, b.at("id"), "id")
		list, _ := b.at("attributes").([]any)
		for _, e := range list {
			if into(e, "name") == "userName" {
				p.equal(true, into(e, "required"), "userName.required")
				p.equal("server", into(e, "uniqueness"), "userName.uniqueness")
				return
			}
		}
		p.fail("userName is not among the attributes")
	}},
	{"discovery refuses a filter with 403", "RFC 7644 §4", "", func(p *probe) {
		p.want(403, "GET", "/Schemas?filter="+url.QueryEscape(`id eq "x"`), nil)
	}},
}

// two makes two users, the second archived and with a title.
func two(p *probe) (a, b reply) {
	return p.make(p.user()), p.make(p.user("active", false, "title", "Conformance Officer"))
}

func filterCase(name, text string, first, second bool) check {
	return check{name, "RFC 7644 §3.4.2.2", "filter", func(p *probe) {
		a, b := two(p)
		fill := strings.NewReplacer("{a}", a.at("userName").(string), "{A}", strings.ToUpper(a.at("userName").(string)),
			"{b}", b.at("userName").(string), "{id}", a.id())
		// The rest of the account must not be in the way.
		filter := fmt.Sprintf(`(%s) and (userName eq "%s" or userName eq "%s")`, fill.Replace(text), a.at("userName"), b.at("userName"))
		found := " " + strings.Join(p.find("/Users", filter), " ") + " "
		if has := strings.Contains(found, " "+a.id()+" "); has != first {
			p.fail("%s finds the first user: %v", text, has)
		}
		if has := strings.Contains(found, " "+b.id()+" "); has != second {
			p.fail("%s finds the second user: %v", text, has)
		}
	}}
}

var filterChecks = []check{
	filterCase("eq compares", `userName eq "{a}"`, true, false),
	filterCase("userName is compared without letter case", `userName eq "{A}"`, true, false),
	filterCase("attribute names and operators have no letter case", `USERNAME EQ "{a}"`, true, false),
	filterCase("ne compares", `userName ne "{a}"`, false, true),
	filterCase("co compares", `userName co "@conformance."`, true, true),
	filterCase("sw compares", `userName sw "check-"`, true, true),
	filterCase("ew compares", `userName ew "@other.example"`, false, false),
	filterCase("pr tells what is there", `title pr`, false, true),
	filterCase("not turns around", `not (title pr)`, true, false),
	filterCase("and goes before or", `title pr and active eq true or userName eq "{a}"`, true, false),
	filterCase("parentheses group", `title pr and (active eq true or userName eq "{b}")`, false, true),
	filterCase("booleans compare", `active eq false`, false, true),
	filterCase("ge and le compare", `userName ge "{a}" and userName le "{a}"`, true, false),
	filterCase("gt and lt compare", `userName gt "{a}" or userName lt "{a}"`, false, true),
	filterCase("a multi-valued attribute stands for its values", `emails eq "home-{a}"`, true, false),
	filterCase("sub-attributes are reached", `emails.value eq "home-{b}"`, false, true),
	filterCase("a value path looks at one value at a time", `emails[type eq "home" and value eq "{a}"]`, false, false),
	filterCase("a value path finds", `emails[type eq "work" and value eq "{a}"]`, true, false),
	filterCase("a value path may hold a group", `emails[type eq "work" and (value eq "{a}" or value eq "nobody@example.com")]`, true, false),
	filterCase("the schema's URN can stand in front", urnUser+`:userName eq "{a}"`, true, false),
	filterCase("id can be filtered by", `id eq "{id}"`, true, false),
	filterCase("times compare as times", `meta.lastModified gt "2001-01-01T00:00:00Z"`, true, true),
	filterCase("a time to come has nothing", `meta.lastModified gt "2999-01-01T00:00:00Z"`, false, false),
	{"gt on a boolean is refused", "RFC 7644 §3.4.2.2", "filter", func(p *probe) {
		p.wantError(p.want(400, "GET", "/Users?filter="+url.QueryEscape(`active gt true`), nil), 400, "invalidFilter")
	}},
	{"a filter that cannot be read is refused", "RFC 7644 §3.4.2.2", "filter", func(p *probe) {
		p.wantError(p.want(400, "GET", "/Users?filter="+url.QueryEscape(`userName is "x`), nil), 400, "invalidFilter")
	}},
}

var listChecks = []check{
	{"a list is a ListResponse with totalResults", "RFC 7644 §3.4.2", "", func(p *probe) {
		p.make(p.user())
		a := p.want(200, "GET", "/Users?count=1", nil)
		p.equal([]any{urnList}, a.at("schemas"), "schemas")
		if n, ok := a.at("totalResults").(float64); !ok || n < 1 {
			p.fail("totalResults is %v", a.at("totalResults"))
		}
	}},
	{"nothing found is an empty list with 200", "RFC 7644 §3.4.2", "filter", func(p *probe) {
		a := p.want(200, "GET", "/Users?filter="+url.QueryEscape(`userName eq "`+p.name()+`"`), nil)
		p.equal(0, a.at("totalResults"), "totalResults")
	}},
	{"pages follow each other by startIndex and count", "RFC 7644 §3.4.2.4", "", func(p *probe) {
		two(p)
		first := p.want(200, "GET", "/Users?startIndex=1&count=1", nil)
		second := p.want(200, "GET", "/Users?startIndex=2&count=1", nil)
		p.equal(1, first.at("itemsPerPage"), "itemsPerPage")
		p.equal(2, second.at("startIndex"), "startIndex")
		if first.at("Resources", 0, "id") == second.at("Resources", 0, "id") {
			p.fail("both pages begin with %v", first.at("Resources", 0, "id"))
		}
	}},
	{"totalResults is the whole, not the page", "RFC 7644 §3.4.2.4", "", func(p *probe) {
		two(p)
		if n, _ := p.want(200, "GET", "/Users?count=1", nil).at("totalResults").(float64); n < 2 {
			p.fail("totalResults is %v", n)
		}
	}},
	{"count=0 gives the total alone", "RFC 7644 §3.4.2.4", "", func(p *probe) {
		p.make(p.user())
		a := p.want(200, "GET", "/Users?count=0", nil)
		if list, _ := a.at("Resources").([]any); len(list) > 0 {
			p.fail("%d resources are there", len(list))
		}
		if n, _ := a.at("totalResults").(float64); n < 1 {
			p.fail("totalResults is %v", n)
		}
	}},
	{"a startIndex below 1 counts as 1", "RFC 7644 §3.4.2.4", "", func(p *probe) {
		p.equal(1, p.want(200, "GET", "/Users?startIndex=0&count=1", nil).at("startIndex"), "startIndex")
	}},
	{"sortBy and sortOrder sort", "RFC 7644 §3.4.2.3", "sort", func(p *probe) {
		a, b := two(p)
		query := "/Users?sortBy=userName&filter=" + url.QueryEscape(fmt.Sprintf(`userName eq "%s" or userName eq "%s"`, a.at("userName"), b.at("userName")))
		up, down := p.want(200, "GET", query, nil), p.want(200, "GET", query+"&sortOrder=descending", nil)
		x, _ := up.at("Resources", 0, "userName").(string)
		y, _ := up.at("Resources", 1, "userName").(string)
		if x >= y {
			p.fail("%q stands before %q", x, y)
		}
		p.equal(x, down.at("Resources", 1, "userName"), "the last one descending")
	}},
	{"attributes chooses, id stays", "RFC 7644 §3.9", "", func(p *probe) {
		a := p.make(p.user())
		b := p.want(200, "GET", at("/Users", a)+"?attributes=userName,name.familyName", nil)
		p.equal(a.at("userName"), b.at("userName"), "userName")
		p.equal(a.id(), b.at("id"), "id")
		p.equal(nil, b.at("displayName"), "displayName")
		p.equal(doc{"familyName": "Conformance"}, b.at("name"), "name")
	}},
	{"excludedAttributes leaves out, but never the id", "RFC 7644 §3.9", "", func(p *probe) {
		b := p.want(200, "GET", at("/Users", p.make(p.user()))+"?excludedAttributes=displayName,id", nil)
		p.equal(nil, b.at("displayName"), "displayName")
		if b.id() == "" {
			p.fail("the id is missing")
		}
	}},
	{"a search by POST is like a query", "RFC 7644 §3.4.3", "filter", func(p *probe) {
		a := p.make(p.user())
		b := p.want(200, "POST", "/Users/.search", doc{"schemas": []any{urnSearch}, "filter": fmt.Sprintf(`userName eq "%s"`, a.at("userName")),
			"attributes": []any{"userName"}, "startIndex": 1, "count": 10})
		p.equal(1, b.at("totalResults"), "totalResults")
		p.equal(a.id(), b.at("Resources", 0, "id"), "the id")
		p.equal(nil, b.at("Resources", 0, "displayName"), "displayName")
	}},
}

var errorChecks = []check{
	{"what is not there is a 404 with an error body", "RFC 7644 §3.12", "", func(p *probe) {
		p.wantError(p.want(404, "GET", "/Users/nobody-has-this-id", nil), 404, "")
	}},
	{"an unknown endpoint is a 404", "RFC 7644 §3.12", "", func(p *probe) { p.want(404, "GET", "/NoSuchEndpoint", nil) }},
	{"a body that is no JSON is a 400 invalidSyntax", "RFC 7644 §3.12", "", func(p *probe) {
		p.wantError(p.want(400, "POST", "/Users", "{"), 400, "invalidSyntax")
	}},
	{"without a sign-in the answer is 401 with WWW-Authenticate", "RFC 7644 §2", "", func(p *probe) {
		r, err := http.NewRequestWithContext(p.ctx, http.MethodGet, p.base+"/Users", nil)
		if err != nil {
			p.fail("%v", err)
			return
		}
		response, err := http.DefaultClient.Do(r)
		if err != nil {
			p.fail("%v", err)
			return
		}
		_ = response.Body.Close()
		switch {
		case response.StatusCode == http.StatusOK:
			p.skip("the server wants no sign-in")
		case response.StatusCode != http.StatusUnauthorized:
			p.fail("answered %d", response.StatusCode)
		case response.Header.Get("WWW-Authenticate") == "":
			p.fail("there is no WWW-Authenticate")
		}
	}},
	{"answers are application/scim+json", "RFC 7644 §3.1", "", func(p *probe) {
		if have := p.want(200, "GET", "/Users?count=1", nil).header.Get("Content-Type"); !strings.HasPrefix(have, "application/scim+json") {
			p.fail("the Content-Type is %q", have)
		}
	}},
}
