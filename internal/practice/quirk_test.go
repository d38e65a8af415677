package practice

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"rollcall/internal/practice/schema"
)

// wire shows a quirk on the wire. It gets an account that has two users, ada
// and bob, who is archived, and the group Desk with ada; the quirks are off
// until it calls play.
type wire struct {
	*client
	ada, bob, desk string
}

func (w *wire) play(settings ...Setting) { w.srv.SetQuirks(On(settings...)) }

func where(filter string) string { return "/Users?filter=" + url.QueryEscape(filter) }

const extPath = urnRollcall + ":sourceUsernames"

func admin() []any { return []any{schema.Doc{"value": "Admin", "primary": true}} }

// wires has the effect of each quirk, by name. Faults are in fault_test.go.
var wires = map[Name]func(*wire){
	NoConfig: func(w *wire) {
		w.play(NoConfig.On())
		w.do(404, "GET", "/ServiceProviderConfig", nil)
	},
	NullConfig: func(w *wire) {
		w.play(NullConfig.On())
		g := w.do(200, "GET", "/ServiceProviderConfig", nil)
		for _, name := range []string{"patch", "etag", "sort", "authenticationSchemes"} {
			if v, there := g.Body[name]; v != nil || !there {
				w.t.Errorf("%s is %v", name, v)
			}
		}
		g.has(`{"maxOperations":1000,"maxPayloadSize":null,"supported":true}`, "bulk")
	},
	LyingEtag: func(w *wire) {
		w.play(LyingEtag.On())
		w.do(200, "GET", "/ServiceProviderConfig", nil).has("true", "etag", "supported")
		w.do(200, "PATCH", "/Users/"+w.ada, patch("replace title", "A"), `If-Match: W/"77"`)
	},
	NoResourceTypes: func(w *wire) {
		w.play(NoResourceTypes.On())
		w.do(404, "GET", "/ResourceTypes", nil)
	},
	NoSchemas: func(w *wire) {
		w.play(NoSchemas.On())
		w.do(404, "GET", "/Schemas", nil)
		w.do(404, "GET", "/Schemas/"+urnUser, nil)
	},
	Extension: func(w *wire) {
		w.play(Extension.As("absent"))
		w.do(404, "GET", "/Schemas/"+urnRollcall, nil)
		w.do(200, "GET", "/Users/"+w.ada, nil).has(`["`+urnUser+`"]`, "schemas")
		w.do(201, "POST", "/Users", withIdentifiers("c@x.org", "slack:U0000CCC")).has("", urnRollcall)
		w.do(200, "PUT", "/Users/"+w.ada, user("ada@x.org"))
		if ids := w.person("ada@x.org").Identifiers; len(ids) != 1 {
			w.t.Errorf("a PUT without the extension leaves %v", ids)
		}
		w.play(Extension.As("refused"))
		w.do(400, "POST", "/Users", withIdentifiers("d@x.org", "slack:U0000DDD"))
		w.do(400, "PATCH", "/Users/"+w.ada, patch("add "+extPath, identifierList("teams:a@x.org")))
		w.do(400, "PATCH", "/Users/"+w.ada, patch("add", schema.Doc{urnRollcall: schema.Doc{}}))
		w.do(201, "POST", "/Users", user("d@x.org"))
	},
	Sources: func(w *wire) {
		w.play(Sources.As("canonical"))
		w.do(404, "GET", "/Sources", nil)
		w.do(200, "GET", "/ResourceTypes", nil).has("2", "totalResults")
		w.do(200, "GET", "/Schemas/"+urnRollcall, nil).has(`["slack","teams","whatsapp"]`, "attributes", 0, "subAttributes", 1, "canonicalValues")
		w.play(Sources.As("none"))
		w.do(404, "GET", "/Sources/src-slack", nil)
		w.do(200, "GET", "/Schemas/"+urnRollcall, nil).has("", "attributes", 0, "subAttributes", 1, "canonicalValues")
	},

	OrFilter: func(w *wire) {
		const either = `userName eq "ada@x.org" or userName eq "bob@x.org"`
		w.play(OrFilter.As("refused"))
		w.do(400, "GET", where(either), nil).has(`"invalidFilter"`, "scimType")
		w.play(OrFilter.As("empty"))
		w.do(200, "GET", where(either), nil).has("0", "totalResults")
		w.do(200, "GET", where(`userName eq "ada@x.org"`), nil).has("1", "totalResults")
	},
	LowerCaseOperators: func(w *wire) {
		w.play(LowerCaseOperators.On())
		w.do(400, "GET", where(`userName Eq "ada@x.org"`), nil)
		w.do(200, "GET", where(`userName eq "AND@x.org" and active eq true`), nil)
	},
	CaseSensitiveUserName: func(w *wire) {
		w.play(CaseSensitiveUserName.On())
		w.do(200, "GET", where(`userName eq "ADA@x.org"`), nil).has("0", "totalResults")
		w.do(201, "POST", "/Users", user("ADA@x.org"))
		w.do(409, "POST", "/Users", user("ADA@x.org"))
		if n := len(w.dump().UsersNamed("ada@x.org")); n != 2 {
			w.t.Errorf("%d users of that name", n)
		}
		w.play()
		w.do(200, "GET", where(`userName eq "ada@x.org"`), nil).has("2", "totalResults")
	},
	TwinsAllowed: func(w *wire) {
		w.play(TwinsAllowed.On())
		w.do(201, "POST", "/Users", user("ADA@x.org"))
		w.do(409, "POST", "/Users", user("ada@x.org"))
		w.do(200, "GET", where(`userName eq "Ada@x.org"`), nil).has("2", "totalResults")
	},
	BrokenFilterEverybody: func(w *wire) {
		w.play(BrokenFilterEverybody.On())
		w.do(200, "GET", where(`userName is "x"`), nil).has("2", "totalResults")
		w.do(200, "GET", where(`userName eq "ada@x.org"`), nil).has("1", "totalResults")
	},
	FilterIgnored: func(w *wire) {
		w.play(FilterIgnored.On())
		w.do(200, "GET", where(`userName eq "ada@x.org"`), nil).has("2", "totalResults")
	},
	FirstClauseOnly: func(w *wire) {
		w.play(FirstClauseOnly.On())
		w.do(200, "GET", where(`userName ew "x.org" and userName eq "ada@x.org"`), nil).has("2", "totalResults")
		w.do(200, "GET", where(`userName eq "bob@x.org" or userName pr`), nil).has("1", "totalResults")
	},
	FilterDrops: func(w *wire) {
		w.play(FilterDrops.On())
		if g := w.try("GET", where(`emails eq "ada@x.org"`), nil); g.Err == nil {
			w.t.Errorf("answered %d", g.Status)
		}
		w.do(200, "GET", where(`userName eq "ada@x.org"`), nil)
	},
	Filter500: func(w *wire) {
		w.play(Filter500.On())
		w.do(500, "GET", where(`displayName eq "ada"`), nil)
		w.do(200, "GET", where(`id eq "`+w.ada+`"`), nil).has("1", "totalResults")
	},

	TotalIsPage: func(w *wire) {
		w.play(TotalIsPage.On())
		w.do(200, "GET", "/Users?count=1", nil).has("1", "totalResults")
	},
	PageCap: func(w *wire) {
		w.play(PageCap.As("1"))
		g := w.do(200, "GET", "/Users?count=100", nil)
		g.has("1", "itemsPerPage")
		g.has("2", "totalResults")
		g.has("", "Resources", 1)
	},
	StartIndexIgnored: func(w *wire) {
		w.play(StartIndexIgnored.On())
		w.do(200, "GET", "/Users?startIndex=2", nil).has(`"ada@x.org"`, "Resources", 0, "userName")
	},
	ItemsPerPageEcho: func(w *wire) {
		w.play(ItemsPerPageEcho.On())
		w.do(200, "GET", "/Users?count=77", nil).has("77", "itemsPerPage")
	},
	CountZeroAll: func(w *wire) {
		w.play(CountZeroAll.On())
		w.do(200, "GET", "/Users?count=0", nil).has(`"bob@x.org"`, "Resources", 1, "userName")
	},
	Cursor: func(w *wire) {
		w.play(Cursor.As("optional"))
		w.do(200, "GET", "/ServiceProviderConfig", nil).has("true", "pagination", "cursor")
		w.do(200, "GET", "/Users?startIndex=2&count=1", nil).has(`"bob@x.org"`, "Resources", 0, "userName")
		g := w.do(200, "GET", "/Users?cursor&count=1", nil)
		g.has("", "startIndex")
		next, _ := g.at("nextCursor").(string)
		g = w.do(200, "GET", "/Users?count=1&cursor="+next, nil)
		g.has(`"bob@x.org"`, "Resources", 0, "userName")
		g.has("", "nextCursor")
		w.do(400, "GET", "/Users?cursor=mine", nil).has(`"invalidCursor"`, "scimType")
		w.play(Cursor.As("only"))
		g = w.do(200, "GET", "/Users?startIndex=2&count=1", nil)
		g.has(`"ada@x.org"`, "Resources", 0, "userName")
		g.has(`"`+next+`"`, "nextCursor")
	},

	CapitalOp: func(w *wire) {
		w.play(CapitalOp.As("ignored"))
		w.do(200, "PATCH", "/Users/"+w.ada, patch("Replace displayName", "Changed")).has(`"ada"`, "displayName")
		w.play(CapitalOp.As("refused"))
		w.do(400, "PATCH", "/Users/"+w.ada, patch("Add title", "Changed"))
	},
	PathlessIgnored: func(w *wire) {
		w.play(PathlessIgnored.On())
		w.do(200, "PATCH", "/Users/"+w.ada, patch("replace", schema.Doc{"displayName": "Changed"})).has(`"ada"`, "displayName")
	},
	PathlessMembersReplace: func(w *wire) {
		w.play(PathlessMembersReplace.On())
		w.do(200, "PATCH", "/Groups/"+w.desk, patch("add", schema.Doc{"members": memberList(w.bob)}))
		w.members(w.bob)
	},
	MembersDuplicate: func(w *wire) {
		w.play(MembersDuplicate.On())
		w.do(200, "PATCH", "/Groups/"+w.desk, patch("add members", memberList(w.ada)))
		w.members(w.ada, w.ada)
		if u := w.person("ada@x.org"); strings.Join(u.Groups, " ") != "Desk Desk" {
			w.t.Errorf("ada is in %v", u.Groups)
		}
	},
	ExtensionPath: func(w *wire) {
		w.play(ExtensionPath.As("lost"))
		w.do(200, "PATCH", "/Users/"+w.ada, patch("replace "+extPath, identifierList("teams:ada@x.org")))
		w.identifiers("slack:U0000ADA")
		w.do(200, "PATCH", "/Users/"+w.ada, patch("replace", schema.Doc{urnRollcall: schema.Doc{"sourceUsernames": identifierList("teams:ada@x.org")}}))
		w.identifiers("teams:ada@x.org")
		w.play(ExtensionPath.As("refused"))
		w.do(400, "PATCH", "/Users/"+w.ada, patch("replace "+extPath, identifierList("teams:ada@x.org")))
	},
	ExtensionPathless: func(w *wire) {
		whole := schema.Doc{urnRollcall: schema.Doc{"sourceUsernames": identifierList("teams:ada@x.org")}, "title": "A"}
		w.play(ExtensionPathless.As("lost"))
		w.do(200, "PATCH", "/Users/"+w.ada, patch("replace", whole)).has(`"A"`, "title")
		w.identifiers("slack:U0000ADA")
		w.play(ExtensionPathless.As("refused"))
		w.do(400, "PATCH", "/Users/"+w.ada, patch("replace", whole))
		w.do(200, "PATCH", "/Users/"+w.ada, patch("replace "+extPath, identifierList("teams:ada@x.org")))
		w.identifiers("teams:ada@x.org")
	},
	ExtensionPutLost: func(w *wire) {
		w.play(ExtensionPutLost.On())
		w.do(200, "PUT", "/Users/"+w.ada, withIdentifiers("ada@x.org", "teams:ada@x.org"))
		w.identifiers("slack:U0000ADA")
	},
	PatchNotAtomic: func(w *wire) {
		w.play(PatchNotAtomic.On())
		w.do(400, "PATCH", "/Users/"+w.ada, patch("replace displayName", "Half", "replace nonsense", 1))
		if u := w.person("ada@x.org"); u.DisplayName != "Half" {
			w.t.Errorf("the name is %q", u.DisplayName)
		}
	},
	PatchAnswer: func(w *wire) {
		w.play(PatchAnswer.As("204"))
		if g := w.do(204, "PATCH", "/Users/"+w.ada, patch("replace title", "A")); g.Raw != "" {
			w.t.Errorf("204 with %q", g.Raw)
		}
		w.play(PatchAnswer.As("empty"))
		if g := w.do(200, "PATCH", "/Users/"+w.ada, patch("replace title", "B")); strings.TrimSpace(g.Raw) != "{}" {
			w.t.Errorf("answered %q", g.Raw)
		}
		w.do(200, "GET", "/Users/"+w.ada, nil).has(`"B"`, "title")
	},
	CreateAnswer: func(w *wire) {
		w.play(CreateAnswer.As("id-only"))
		g := w.do(201, "POST", "/Users", user("c@x.org"))
		if keys(g.Body) != "id schemas" {
			w.t.Errorf("answered %s", g.Raw)
		}
		w.play(CreateAnswer.As("empty"))
		if g := w.do(201, "POST", "/Users", user("d@x.org")); g.Raw != "" || g.Header.Get("Location") == "" {
			w.t.Errorf("answered %q, Location %q", g.Raw, g.Header.Get("Location"))
		}
	},
	WriteLost: func(w *wire) {
		change := patch("replace active", false, "replace displayName", "Changed", "replace roles", admin())
		for value, want := range map[string]string{"active": "true Changed Admin", "displayName": "false ada Admin", "roles": "false Changed User"} {
			w.play(WriteLost.As(value))
			w.do(200, "PATCH", "/Users/"+w.ada, change)
			u := w.person("ada@x.org")
			if have := map[bool]string{true: "true", false: "false"}[u.Active] + " " + u.DisplayName + " " + u.Role; have != want {
				w.t.Errorf("%s lost leaves %q, not %q", value, have, want)
			}
			w.play()
			w.do(200, "PATCH", "/Users/"+w.ada, patch("replace active", true, "replace displayName", "ada", "replace roles", []any{schema.Doc{"value": "User", "primary": true}}))
		}
	},
	NoPatch: func(w *wire) {
		w.play(NoPatch.On())
		w.do(200, "GET", "/ServiceProviderConfig", nil).has("false", "patch", "supported")
		w.do(501, "PATCH", "/Users/"+w.ada, patch("replace title", "A"))
	},
	RolesAddDuplicates: func(w *wire) {
		w.play(RolesAddDuplicates.On())
		w.do(200, "PATCH", "/Users/"+w.ada, patch("add roles", admin())).
			has(`[{"primary":true,"value":"User"},{"primary":true,"value":"Admin"}]`, "roles")
	},

	MembersHidden: func(w *wire) {
		w.play(MembersHidden.On())
		w.do(200, "GET", "/Groups", nil).has("", "Resources", 0, "members")
		w.do(200, "PATCH", "/Groups/"+w.desk, patch("add members", memberList(w.bob))).has("", "members")
		w.members(w.ada, w.bob)
	},
	UserGroupsHidden: func(w *wire) {
		w.play(UserGroupsHidden.On())
		w.do(200, "GET", "/Users/"+w.ada, nil).has("", "groups")
	},
	MemberLimit: func(w *wire) {
		w.play(MemberLimit.As("1"))
		w.do(400, "PATCH", "/Groups/"+w.desk, patch("add members", memberList(w.ada, w.bob)))
		w.do(400, "PATCH", "/Groups/"+w.desk, patch("add members", memberList(w.ada), "add members", memberList(w.bob)))
		w.do(200, "PATCH", "/Groups/"+w.desk, patch("add members", memberList(w.bob), "replace displayName", "Other"))
	},
	SlowGroups: func(w *wire) {
		w.play(SlowGroups.As("40ms"))
		began := w.srv.now()
		w.do(200, "PATCH", "/Groups/"+w.desk, patch("add members", memberList(w.bob)))
		if took := w.srv.now().Sub(began).Milliseconds(); took < 40 {
			w.t.Errorf("it took %d ms", took)
		}
	},

	Conflict: func(w *wire) {
		w.play(Conflict.As("no-type"))
		w.do(409, "POST", "/Users", user("ADA@x.org")).has("", "scimType")
		w.play(Conflict.As("400"))
		w.do(400, "POST", "/Users", user("ADA@x.org")).has(`"400"`, "status")
	},
	ErrorStatus: func(w *wire) {
		w.play(ErrorStatus.As("number"))
		w.do(404, "GET", "/Users/none", nil).has("404", "status")
		w.play(ErrorStatus.As("absent"))
		w.do(404, "GET", "/Users/none", nil).has("", "status")
	},
	BulkStatus: func(w *wire) {
		for value, want := range map[string]string{"number": "204", "object": `{"code":"204"}`, "absent": ""} {
			w.play()
			id := w.make(user("c@x.org"))
			w.play(BulkStatus.As(value))
			w.do(200, "POST", "/Bulk", bulkOf(schema.Doc{"method": "DELETE", "path": "/Users/" + id})).has(want, "Operations", 0, "status")
		}
	},
	ErrorBody: func(w *wire) {
		w.play(ErrorBody.As("not-scim"))
		w.do(404, "GET", "/Users/none", nil).has("404", "error", "code")
		w.play(ErrorBody.As("not-json"))
		if g := w.do(404, "GET", "/Users/none", nil); g.Body != nil || !strings.HasPrefix(g.Header.Get("Content-Type"), "text/plain") {
			w.t.Errorf("answered %s", g.Raw)
		}
	},

	OddIDs: func(w *wire) {
		w.play(OddIDs.On())
		g := w.do(201, "POST", "/Users", user("c@x.org"))
		if id := g.id(); !strings.Contains(id, " ") || !strings.Contains(id, "@") || !strings.Contains(id, "%") {
			w.t.Errorf("the id is %q", id)
		}
		w.do(200, "GET", "/Users/"+url.PathEscape(g.id()), nil).has(`"c@x.org"`, "userName")
		w.do(200, "GET", g.Header.Get("Location"), nil)
		w.do(404, "GET", "/Users/"+strings.ReplaceAll(g.id(), " ", "%20"), nil)
	},
	Location: func(w *wire) {
		w.play(Location.As("relative"))
		w.do(200, "GET", "/Users/"+w.ada, nil).has(`"/scim/v2/Users/`+w.ada+`"`, "meta", "location")
		w.play(Location.As("absent"))
		g := w.do(201, "POST", "/Users", user("c@x.org"))
		g.has("", "meta", "location")
		if g.Header.Get("Location") != "" {
			w.t.Errorf("Location is %q", g.Header.Get("Location"))
		}
	},
	ContentType: func(w *wire) {
		for value, want := range map[string]string{"json": "application/json", "text-json": "text/json", "html": "text/html"} {
			w.play(ContentType.As(value))
			if have := w.do(200, "GET", "/Users", nil).Header.Get("Content-Type"); !strings.HasPrefix(have, want) {
				w.t.Errorf("%s is sent as %q", value, have)
			}
		}
	},
	ScimTypeRefused: func(w *wire) {
		w.play(ScimTypeRefused.As("406"))
		w.do(406, "GET", "/Users", nil, "Accept: application/scim+json")
		w.do(200, "GET", "/Users", nil, "Accept: application/json")
		w.play(ScimTypeRefused.As("415"))
		w.do(415, "POST", "/Users", user("c@x.org"))
		w.do(201, "POST", "/Users", user("c@x.org"), "Content-Type: application/json")
	},
	LowerCaseResources: func(w *wire) {
		w.play(LowerCaseResources.On())
		g := w.do(200, "GET", "/Users", nil)
		g.has("", "Resources")
		g.has(`"ada@x.org"`, "resources", 0, "userName")
	},
	NamesRequired: func(w *wire) {
		w.play(NamesRequired.On())
		w.do(400, "POST", "/Users", user("c@x.org"))
		w.do(400, "POST", "/Users", user("c@x.org", "name", schema.Doc{"givenName": "C"}))
		w.do(201, "POST", "/Users", user("c@x.org", "name", schema.Doc{"givenName": "C", "familyName": "D"}))
		w.do(200, "PATCH", "/Users/"+w.ada, patch("replace title", "A"))
		w.do(200, "GET", "/Schemas/"+urnUser, nil).has("true", "attributes", 1, "required")
	},
	ActiveAsText: func(w *wire) {
		w.play(ActiveAsText.On())
		w.do(200, "PATCH", "/Users/"+w.ada, patch("replace active", "False")).has(`"False"`, "active")
		w.do(200, "PATCH", "/Users/"+w.ada, patch("replace active", true)).has(`true`, "active")
	},
	ActiveAnswer: func(w *wire) {
		w.play(ActiveAnswer.As("text"))
		w.do(200, "GET", "/Users/"+w.bob, nil).has(`"False"`, "active")
		w.play(ActiveAnswer.As("number"))
		w.do(200, "GET", "/Users", nil).has(`1`, "Resources", 0, "active")
		w.do(200, "GET", where("active eq false"), nil).has(`0`, "Resources", 0, "active")
	},

	NoBulk: func(w *wire) {
		w.play(NoBulk.On())
		w.do(200, "GET", "/ServiceProviderConfig", nil).has("false", "bulk", "supported")
		w.do(404, "POST", "/Bulk", bulkOf(post("1", "/Users", user("c@x.org"))))
	},
	BulkRefused: func(w *wire) {
		for value, want := range map[string]int{"404": 404, "501": 501, "413": 413} {
			w.play(BulkRefused.As(value))
			w.do(200, "GET", "/ServiceProviderConfig", nil).has("true", "bulk", "supported")
			w.do(want, "POST", "/Bulk", bulkOf(post("1", "/Users", user("c@x.org"))))
		}
	},
	BulkMax: func(w *wire) {
		w.play(BulkMax.As("1"))
		w.do(200, "GET", "/ServiceProviderConfig", nil).has("1", "bulk", "maxOperations")
		w.do(413, "POST", "/Bulk", bulkOf(post("1", "/Users", user("c@x.org")), post("2", "/Users", user("d@x.org"))))
		w.do(200, "POST", "/Bulk", bulkOf(post("1", "/Users", user("c@x.org"))))
	},
	BulkPayload: func(w *wire) {
		w.play(BulkPayload.As("400"))
		w.do(200, "GET", "/ServiceProviderConfig", nil).has("400", "bulk", "maxPayloadSize")
		w.do(413, "POST", "/Bulk", bulkOf(post("1", "/Users", user("c@x.org", "title", strings.Repeat("x", 400)))))
		w.do(201, "POST", "/Users", user("c@x.org", "title", strings.Repeat("x", 400)))
	},
	BulkEchoAbsent: func(w *wire) {
		w.play(BulkEchoAbsent.On())
		g := w.do(200, "POST", "/Bulk", bulkOf(post("1", "/Users", user("c@x.org")), post("2", "/Users", user("c@x.org"))))
		g.has("", "Operations", 0, "response")
		g.has(`"uniqueness"`, "Operations", 1, "response", "scimType")
	},
}

// members checks who is in the group Desk.
func (w *wire) members(want ...string) {
	w.t.Helper()
	desk, _ := w.dump().Group("Desk")
	if strings.Join(desk.Members, " ") != strings.Join(want, " ") {
		w.t.Errorf("the members are %q, not %q", desk.Members, want)
	}
}

// identifiers checks ada's source usernames.
func (w *wire) identifiers(want ...string) {
	w.t.Helper()
	var have []string
	for _, id := range w.person("ada@x.org").Identifiers {
		have = append(have, id.Source+":"+id.Value)
	}
	if strings.Join(have, " ") != strings.Join(want, " ") {
		w.t.Errorf("the identifiers are %q, not %q", have, want)
	}
}

func newWire(t *testing.T) *wire {
	c := empty(t)
	w := &wire{client: c}
	w.ada = c.make(withIdentifiers("ada@x.org", "slack:U0000ADA"))
	w.bob = c.make(user("bob@x.org", "active", false))
	w.desk = c.makeGroup(group("Desk", w.ada))
	return w
}

func TestEachQuirkShowsOnTheWire(t *testing.T) {
	for _, q := range Quirks {
		if q.Group == faults {
			continue
		}
		t.Run(string(q.Name), func(t *testing.T) {
			show, ok := wires[q.Name]
			if !ok {
				t.Fatal("no test shows this quirk")
			}
			show(newWire(t))
		})
	}
}

// TestQuirksMeet sends a piece of an ordinary day's work under every pair of quirks. What
// comes of it is the client's affair; the account must stay in order.
func TestQuirksMeet(t *testing.T) {
	w := newWire(t)
	variants, n := Variants(), 0
	for i, a := range variants {
		for _, b := range variants[i+1:] {
			if !CanMeet(a, b) || a.Name == SlowGroups || b.Name == SlowGroups {
				continue
			}
			w.play(a, b)
			n++ // the four take turns
			r := []func() *http.Request{
				func() *http.Request {
					return httptest.NewRequest("GET", basePath+where(`userName eq "ada@x.org" or title pr`), nil)
				},
				func() *http.Request {
					return httptest.NewRequest("PATCH", basePath+"/Users/"+w.ada, strings.NewReader(asJSON(patch("replace "+extPath, identifierList("slack:U0000ADA")))))
				},
				func() *http.Request {
					return httptest.NewRequest("PATCH", basePath+"/Groups/"+w.desk, strings.NewReader(asJSON(patch("Add", schema.Doc{"members": memberList(w.bob)}))))
				},
				func() *http.Request {
					return httptest.NewRequest("POST", basePath+"/Bulk", strings.NewReader(asJSON(bulkOf(post("1", "/Users", user("BOB@x.org"))))))
				},
			}[n%4]()
			status, body := w.direct(r)
			if status == http.StatusInternalServerError && a.Name != Filter500 && b.Name != Filter500 {
				t.Fatalf("%v with %v: %s", a, b, body)
			}
		}
	}
	if n := len(w.dump().Groups); n != 1 {
		t.Errorf("%d groups", n)
	}
}

// direct asks the handler without a connection; a dropped one is status 0.
func (w *wire) direct(r *http.Request) (status int, body string) {
	r.Header.Set("Authorization", "Bearer "+w.srv.Token())
	recorder := httptest.NewRecorder()
	defer func() {
		if p := recover(); p != nil && p != any(http.ErrAbortHandler) { //nolint:errorlint // what was panicked with is no wrapped error
			w.t.Fatalf("%s %s: %v", r.Method, r.URL, p)
		}
	}()
	w.srv.Handler().ServeHTTP(recorder, r)
	return recorder.Code, recorder.Body.String()
}

func TestSettingsAreReadAndWritten(t *testing.T) {
	set, err := ParseSettings("page-cap=7", "no-bulk", "or-filter", " fail-500=0.25 ", "odd-ids=false")
	if err != nil || set.String() != "fail-500=0.25 no-bulk or-filter=refused page-cap=7" {
		t.Errorf("read as %q, %v", set, err)
	}
	for text, want := range map[string]string{
		"nonsense":        `there is no switch "nonsense"`,
		"page-cap=none":   `page-cap takes a whole number from 1, not "none"`,
		"page-cap=0":      `page-cap takes a whole number from 1, not "0"`,
		"or-filter=maybe": `or-filter takes refused or empty, not "maybe"`,
		"fail-500=2":      `fail-500 takes a share from 0 to 1, not "2"`,
		"latency=5":       `latency takes a time such as 80ms, not "5"`,
		"no-bulk=yes":     `no-bulk takes no value, not "yes"`,
	} {
		if _, err := ParseSettings(text); err == nil || err.Error() != want {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestTheRegistryIsWhole(t *testing.T) {
	seen := map[Name]bool{}
	for _, q := range Quirks {
		if seen[q.Name] {
			t.Errorf("%s stands twice", q.Name)
		}
		seen[q.Name] = true
		if q.Help == "" || strings.Contains(q.Help, "\n") || q.Group == "" || q.check(q.Default) != nil {
			t.Errorf("%+v is not complete", q)
		}
	}
	for name, list := range hidden {
		for _, other := range append(list, name) {
			if !seen[other] {
				t.Errorf("%s is not in the registry", other)
			}
		}
	}
	for _, v := range Variants() {
		if CanMeet(v, v) {
			t.Errorf("%v meets itself", v)
		}
	}
}
