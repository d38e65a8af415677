package practice

import (
	"strings"
	"testing"

	"rollcall/internal/practice/schema"
)

func bulkOf(ops ...schema.Doc) schema.Doc {
	list := make([]any, len(ops))
	for i, op := range ops {
		list[i] = op
	}
	return schema.Doc{"schemas": []any{urnBulkReq}, "Operations": list}
}

func post(bulkID, path string, data schema.Doc) schema.Doc {
	return schema.Doc{"method": "POST", "path": path, "bulkId": bulkID, "data": data}
}

func TestABulkMakesChangesAndRemoves(t *testing.T) {
	c := empty(t)
	old, gone := c.make(user("old@x.org")), c.make(user("gone@x.org"))
	g := c.do(200, "POST", "/Bulk", bulkOf(
		post("g", "/Groups", group("Desk", "bulkId:a", old)), // refers to what comes later
		post("a", "/Users", user("ada@x.org")),
		schema.Doc{"method": "patch", "path": "/Users/" + old, "data": patch("replace displayName", "Older"), "version": `W/"1"`},
		schema.Doc{"method": "PATCH", "path": "/Users/" + old, "data": patch("replace displayName", "Lost"), "version": `W/"1"`},
		schema.Doc{"method": "DELETE", "path": "/Users/" + gone},
		schema.Doc{"method": "PATCH", "path": "/Users/bulkId:a", "data": patch("replace active", false)},
		post("b", "/Users", user("OLD@x.org")),
		schema.Doc{"method": "PUT", "path": "/Users/nobody", "data": user("n@x.org")},
	))
	for i, want := range []string{"201", "201", "200", "412", "204", "200", "409", "404"} {
		g.has(`"`+want+`"`, "Operations", i, "status")
	}
	g.has(`["`+urnBulkRes+`"]`, "schemas")
	g.has(`"a"`, "Operations", 1, "bulkId")
	g.has(`"W/\"1\""`, "Operations", 1, "version")
	g.has(`"uniqueness"`, "Operations", 6, "response", "scimType")
	if location, _ := g.at("Operations", 1, "location").(string); !strings.HasPrefix(location, c.srv.URL()+"/Users/") {
		t.Errorf("location %q", location)
	}
	state := c.dump()
	if desk, _ := state.Group("Desk"); len(desk.Members) != 2 {
		t.Errorf("the group has %v", desk.Members)
	}
	if ada, _ := state.User("ada@x.org"); ada.Active || len(ada.Groups) != 1 {
		t.Errorf("ada is %+v", ada)
	}
	if o, _ := state.User("old@x.org"); o.DisplayName != "Older" || len(state.Users) != 2 {
		t.Errorf("old is %+v of %d", o, len(state.Users))
	}
}

func TestWhatABulkCannotDo(t *testing.T) {
	c := empty(t)
	g := c.do(200, "POST", "/Bulk", bulkOf(
		schema.Doc{"method": "POST", "path": "/Users", "data": user("a@x.org")},
		post("b", "/Nothing", user("b@x.org")),
		post("c", "/Users/1", user("c@x.org")),
		schema.Doc{"method": "GET", "path": "/Users"},
		schema.Doc{"method": "DELETE", "path": "/Users"},
		post("d", "/Groups", group("D", "bulkId:none")),
		post("e", "/Users", user("e@x.org")),
		post("e", "/Users", user("f@x.org")),
		post("h", "/Users", nil),
		post("s", "/Sources", schema.Doc{"schemas": []any{urnSource}}),
	))
	for i, want := range []string{"400", "404", "400", "400", "400", "409", "201", "400", "400", "405"} {
		g.has(`"`+want+`"`, "Operations", i, "status")
	}
	if n := len(c.dump().Users); n != 1 {
		t.Errorf("%d users are there, not 1", n)
	}
	c.do(400, "POST", "/Bulk", schema.Doc{"schemas": []any{urnBulkReq}})
	c.do(400, "POST", "/Bulk", schema.Doc{"Operations": []any{}})
	c.do(405, "GET", "/Bulk", nil)
}

func TestABulkStopsAfterSoManyErrors(t *testing.T) {
	c := empty(t)
	body := bulkOf(
		post("1", "/Users", user("a@x.org")), post("2", "/Users", user("A@x.org")), post("3", "/Users", user("a@X.org")),
		post("4", "/Users", user("never@x.org")))
	body["failOnErrors"] = 2
	g := c.do(200, "POST", "/Bulk", body)
	g.has(`"3"`, "Operations", 2, "bulkId")
	g.has("", "Operations", 3)
	if _, there := c.dump().User("never@x.org"); there {
		t.Error("an operation after the last allowed error was done")
	}
	body["failOnErrors"] = 0
	c.do(400, "POST", "/Bulk", body)
}

func TestABulkHasItsLimits(t *testing.T) {
	c := empty(t)
	ops := make([]schema.Doc, 1001)
	for i := range ops {
		ops[i] = schema.Doc{"method": "DELETE", "path": "/Users/1"}
	}
	c.do(413, "POST", "/Bulk", bulkOf(ops...)).has(`"413"`, "status")
	c.do(413, "POST", "/Bulk", bulkOf(post("1", "/Users", user("a@x.org", "title", strings.Repeat("x", 1<<20))))).
		has(`"The request is larger than maxPayloadSize (1048576 bytes)."`, "detail")
}
