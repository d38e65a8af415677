package push_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	elimity "github.com/elimity-com/scim"
	elimityerrors "github.com/elimity-com/scim/errors"
	"github.com/elimity-com/scim/optional"
	"github.com/elimity-com/scim/schema"

	"rollcall/internal/account"
	"rollcall/internal/plan"
	"rollcall/internal/push"
	"rollcall/internal/scim"
	"rollcall/internal/sheet"
)

// shelf keeps one kind of resource for the elimity server, in memory, patched
// by the library's own ApplyPatch.
type shelf struct {
	mu    sync.Mutex
	key   string // the attribute that is unique
	core  schema.Schema
	ext   []schema.Schema
	order []string
	made  int
	items map[string]elimity.ResourceAttributes
	// deletes lets resources be deleted, which a push never asks for.
	deletes bool
	// refuse makes the shelf refuse a resource, "" for none.
	refuse func(elimity.ResourceAttributes) string
}

var _ elimity.ResourceHandler = (*shelf)(nil)

func clone(a elimity.ResourceAttributes) elimity.ResourceAttributes {
	data, _ := json.Marshal(a)
	var out elimity.ResourceAttributes
	_ = json.Unmarshal(data, &out)
	return out
}

func (s *shelf) resource(id string) elimity.Resource {
	when := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	return elimity.Resource{ID: id, Attributes: clone(s.items[id]), Meta: elimity.Meta{Created: &when, LastModified: &when}}
}

func (s *shelf) Create(_ *http.Request, a elimity.ResourceAttributes) (elimity.Resource, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, other := range s.items {
		if account.EmailKey(fmt.Sprint(other[s.key])) == account.EmailKey(fmt.Sprint(a[s.key])) {
			return elimity.Resource{}, elimityerrors.ScimErrorUniqueness
		}
	}
	if s.refuse != nil {
		if why := s.refuse(a); why != "" {
			return elimity.Resource{}, elimityerrors.ScimErrorBadRequest(why)
		}
	}
	s.made++
	id := fmt.Sprintf("%s %d", s.core.ID[len(s.core.ID)-4:], s.made)
	s.order = append(s.order, id)
	s.items[id] = clone(a)
	return s.resource(id), nil
}

func (s *shelf) Get(_ *http.Request, id string) (elimity.Resource, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.items[id]; !ok {
		return elimity.Resource{}, elimityerrors.ScimErrorResourceNotFound(id)
	}
	return s.resource(id), nil
}

func (s *shelf) GetAll(_ *http.Request, p elimity.ListRequestParams) (elimity.Page, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var hits []elimity.Resource
	for _, id := range s.order {
		if p.FilterValidator == nil || p.FilterValidator.PassesFilter(clone(s.items[id])) == nil {
			hits = append(hits, s.resource(id))
		}
	}
	page := elimity.Page{TotalResults: len(hits)}
	if from := p.StartIndex - 1; from < len(hits) {
		page.Resources = hits[from:min(len(hits), from+p.Count)]
	}
	return page, nil
}

func (s *shelf) Replace(_ *http.Request, id string, a elimity.ResourceAttributes) (elimity.Resource, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.items[id]; !ok {
		return elimity.Resource{}, elimityerrors.ScimErrorResourceNotFound(id)
	}
	s.items[id] = clone(a)
	return s.resource(id), nil
}

func (s *shelf) Delete(_ *http.Request, id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.items[id]; !ok || !s.deletes {
		return elimityerrors.ScimErrorResourceNotFound(id)
	}
	delete(s.items, id)
	s.order = slices.DeleteFunc(s.order, func(other string) bool { return other == id })
	return nil
}

func (s *shelf) Patch(_ *http.Request, id string, ops []elimity.PatchOperation) (elimity.Resource, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a, ok := s.items[id]
	if !ok {
		return elimity.Resource{}, elimityerrors.ScimErrorResourceNotFound(id)
	}
	changed, err := elimity.ApplyPatch(clone(a), ops, s.core, s.ext...)
	if err != nil {
		return elimity.Resource{}, err
	}
	s.items[id] = clone(changed)
	return s.resource(id), nil
}

// elimityServer is the independent server, with the source usernames'
// extension where it is asked for.
func elimityServer(t *testing.T, withExtension bool) (users, groups *shelf, url string) {
	t.Helper()
	user := schema.CoreUserSchema()
	user.Attributes = append(schema.Attributes{}, user.Attributes...)
	extension := schema.Schema{
		ID: scim.ExtensionURN, Name: optional.NewString("Source usernames"),
		Attributes: schema.Attributes{schema.ComplexCoreAttribute(schema.ComplexParams{
			Name: "sourceUsernames", MultiValued: true,
			SubAttributes: []schema.SimpleParams{
				schema.SimpleStringParams(schema.StringParams{Name: "value"}),
				schema.SimpleStringParams(schema.StringParams{Name: "type", CanonicalValues: []string{"slack", "whatsapp"}}),
			},
		})},
	}
	users = &shelf{key: "userName", core: user, items: map[string]elimity.ResourceAttributes{}}
	groups = &shelf{key: "displayName", core: schema.CoreGroupSchema(), items: map[string]elimity.ResourceAttributes{}}
	types := []elimity.ResourceType{
		{ID: optional.NewString("User"), Name: "User", Endpoint: "/Users", Schema: user, Handler: users},
		{ID: optional.NewString("Group"), Name: "Group", Endpoint: "/Groups", Schema: groups.core, Handler: groups},
	}
	if withExtension {
		users.ext = []schema.Schema{extension}
		types[0].SchemaExtensions = []elimity.SchemaExtension{{Schema: extension}}
	}
	server, err := elimity.NewServer(&elimity.ServerArgs{
		ServiceProviderConfig: &elimity.ServiceProviderConfig{MaxResults: 50, SupportFiltering: true, SupportPatch: true},
		ResourceTypes:         types,
	})
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(http.StripPrefix("/scim", server))
	t.Cleanup(web.Close)
	return users, groups, web.URL + "/scim/v2"
}

// TestElimity pushes the sixty rows to an independent server and compares its
// own store with the plan.
func TestElimity(t *testing.T) {
	for _, withExtension := range []bool{true, false} {
		t.Run(fmt.Sprintf("extension %v", withExtension), func(t *testing.T) {
			users, groups, url := elimityServer(t, withExtension)
			client, err := scim.New(account.Profile{Name: "elimity", URL: url, Rate: 100000}, "token", scim.Options{Backoff: time.Millisecond})
			if err != nil {
				t.Fatal(err)
			}
			rows := sixtyRows()
			stock(t, client, groups, rows, withExtension)
			users.refuse = func(a elimity.ResourceAttributes) string {
				if fmt.Sprint(a["displayName"]) == "New Person 6" {
					return "This name is not welcome."
				}
				return ""
			}
			outcomes, p := planAndPush(t, client, rows)
			for i := range p.Entries {
				e, o := &p.Entries[i], outcomes[i]
				if e.Email() == "new.person6@northwind.com" {
					if o.Result != push.Refused || o.Message != "The account refused this: This name is not welcome." {
						t.Errorf("the bad row: %s %q", o.Result, o.Message)
					}
					continue
				}
				if want := wanted(i); o.Result != want {
					t.Errorf("row %d %s: %s %q, want %s", e.Number, e.Email(), o.Result, o.Message, want)
					continue
				}
				if takes := !strings.Contains(o.Message, "does not take source usernames"); takes == (!withExtension && len(e.After.Identifiers) > 0) {
					t.Errorf("row %d %s with %d identifiers says %q", e.Number, e.Email(), len(e.After.Identifiers), o.Message)
				}
				compareElimity(t, e, users, groups, withExtension)
			}
			if len(users.order) != 40+19 {
				t.Errorf("%d users, want 59", len(users.order))
			}
			again, _ := planAndPush(t, client, rows)
			for i, o := range again {
				if o.Result != push.Unchanged && p.Entries[i].Email() != "new.person6@northwind.com" {
					t.Errorf("pushed again, row %d is %s %q", o.Number, o.Result, o.Message)
				}
			}
		})
	}
}

// stock gives the server its groups and the forty users that the rows change.
func stock(t *testing.T, client *scim.Client, groups *shelf, rows []account.User, withExtension bool) {
	t.Helper()
	names := make(map[string]bool)
	for _, r := range rows {
		for _, g := range r.Groups {
			if !names[g] {
				names[g] = true
				if _, err := groups.Create(nil, elimity.ResourceAttributes{"displayName": g}); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	stockUsers(t, client, rows, withExtension)
}

// unchangedFrom is the first of the rows that the stocked account already has
// as they are.
const unchangedFrom = 56

// wanted is how each row ends against the stocked account.
func wanted(i int) push.Result {
	switch {
	case i < 20:
		return push.Added
	case i < unchangedFrom:
		return push.Updated
	}
	return push.Unchanged
}

// stockUsers makes the forty users whom the rows are about: the last ones as
// they shall be, groups included, the others with another name, state and role.
func stockUsers(t *testing.T, client *scim.Client, rows []account.User, withExtension bool) {
	t.Helper()
	ctx := context.Background()
	members := make(map[string][]string)
	for i, r := range rows[20:] {
		r.Email = strings.ToLower(r.Email)
		same := i+20 >= unchangedFrom
		if !same {
			r.DisplayName, r.Active, r.Role, r.Identifiers = "Old "+r.DisplayName, true, "User", nil
			if i%3 == 0 {
				r.Identifiers = []account.Identifier{{Source: "slack", Value: fmt.Sprintf("U0OLD%d", i)}}
			}
		}
		if !withExtension {
			r.Identifiers = nil
		}
		made, err := client.Create(ctx, r)
		if err != nil {
			t.Fatal(err)
		}
		for _, g := range r.Groups {
			if same {
				members[g] = append(members[g], made.User.ID)
			}
		}
	}
	list, err := client.Groups(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range list {
		if ids := members[g.Name]; len(ids) > 0 {
			if _, failed := client.AddMembers(ctx, g, ids); failed != nil {
				t.Fatal(failed)
			}
		}
	}
}

// sameIdentifiers compares by source and value.
func sameIdentifiers(u stored, want account.User) bool {
	have := make(map[string]bool)
	for _, id := range u.Extension.SourceUsernames {
		have[account.Identifier{Source: id.Type, Value: id.Value}.Key()] = true
	}
	for _, id := range want.Identifiers {
		if !have[id.Key()] {
			return false
		}
	}
	return len(have) == len(want.Identifiers) && len(u.Extension.SourceUsernames) == len(have)
}

func planAndPush(t *testing.T, client *scim.Client, users []account.User) (map[int]push.Outcome, *plan.Plan) {
	t.Helper()
	d, err := client.Sync(context.Background(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	rows := make([]plan.Row, len(users))
	for i, u := range users {
		rows[i] = plan.Row{ID: sheet.RowID(i), Number: i + 2, User: u}
	}
	p, err := plan.Build(context.Background(), rows, d)
	if err != nil {
		t.Fatal(err)
	}
	outcomes := make(map[int]push.Outcome)
	if _, err := push.Run(context.Background(), client, p, push.Options{Outcome: func(o push.Outcome) { outcomes[o.Entry] = o }}); err != nil {
		t.Fatal(err)
	}
	return outcomes, p
}

// stored is a user as JSON clients see it.
type stored struct {
	DisplayName string
	Active      bool
	Roles       []struct{ Value string }
	Extension   struct {
		SourceUsernames []struct{ Value, Type string }
	} `json:"urn:ietf:params:scim:schemas:extension:rollcall:2.0:User"`
}

func compareElimity(t *testing.T, e *plan.Entry, users, groups *shelf, withExtension bool) {
	t.Helper()
	id := ""
	for _, one := range users.order {
		if account.EmailKey(fmt.Sprint(users.items[one]["userName"])) == account.EmailKey(e.Email()) {
			id = one
		}
	}
	data, _ := json.Marshal(users.items[id])
	var u stored
	if err := json.Unmarshal(data, &u); err != nil {
		t.Fatal(err)
	}
	want := e.After
	if u.DisplayName != want.DisplayName || u.Active != want.Active || len(u.Roles) != 1 || u.Roles[0].Value != want.Role {
		t.Errorf("%s is %s", e.Email(), data)
	}
	if withExtension && !sameIdentifiers(u, want) {
		t.Errorf("%s has other identifiers than %v: %s", e.Email(), want.Identifiers, data)
	}
	member := make(map[string]int)
	for _, gid := range groups.order {
		g, _ := json.Marshal(groups.items[gid])
		var doc struct {
			DisplayName string
			Members     []struct{ Value string }
		}
		_ = json.Unmarshal(g, &doc)
		for _, m := range doc.Members {
			if m.Value == id {
				member[doc.DisplayName]++
			}
		}
	}
	for _, g := range want.Groups {
		if member[g] != 1 {
			t.Errorf("%s is %d times in %s", e.Email(), member[g], g)
		}
	}
	if len(member) != len(want.Groups) {
		t.Errorf("%s is in %v, want %v", e.Email(), member, want.Groups)
	}
}
