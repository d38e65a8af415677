package practice

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"rollcall/internal/practice/schema"
)

func TestASeededAccountIsBelievable(t *testing.T) {
	c := start(t, Options{})
	state := c.dump()
	if len(state.Users) != 1912 || len(state.Groups) != 14 || len(state.Sources) != 4 {
		t.Fatalf("%d users, %d groups, %d sources", len(state.Users), len(state.Groups), len(state.Sources))
	}
	enabled := 0
	for _, s := range state.Sources {
		if s.Enabled {
			enabled++
		}
	}
	if enabled != 3 {
		t.Errorf("%d sources are enabled, not 3", enabled)
	}
	names, owners := map[string]bool{}, map[Identifier]string{}
	roles, archived := map[string]int{}, 0
	for _, u := range state.Users {
		if key := schema.Fold(u.UserName); names[key] {
			t.Errorf("%s is there twice", u.UserName)
		} else {
			names[key] = true
		}
		for _, id := range u.Identifiers {
			if other := owners[id.folded()]; other != "" {
				t.Errorf("%v belongs to %s and %s", id, other, u.UserName)
			}
			owners[id.folded()] = u.UserName
			if err := c.srv.checkSource(id); err != nil && id.Source != "zoom" {
				t.Errorf("%s: %v", u.UserName, err)
			}
		}
		roles[u.Role]++
		if !u.Active {
			archived++
		}
	}
	t.Logf("roles %v, archived %d", roles, archived)
	for _, role := range Roles {
		if roles[role] < 10 {
			t.Errorf("only %d users are %s", roles[role], role)
		}
	}
	if archived < 50 || archived > 400 {
		t.Errorf("%d users are archived", archived)
	}
	if owners[Identifier{"slack", "u02tomek"}] != "tomasz.nowakowski@northwind.com" {
		t.Errorf("slack:U02TOMEK belongs to %q", owners[Identifier{"slack", "u02tomek"}])
	}
	for _, name := range notYet {
		if names[name+"@northwind.com"] {
			t.Errorf("%s is in the account already", name)
		}
	}
	c.do(200, "GET", "/Me", nil).has(`"Admin"`, "roles", 0, "value")
}

func TestTheSeedIsAlwaysTheSame(t *testing.T) {
	a, b := Seed(), Seed()
	if len(a) != SeedSize || schema.Key(asAny(a)) != schema.Key(asAny(b)) {
		t.Error("two seeds differ")
	}
}

func asAny(v any) any {
	raw, _ := json.Marshal(v)
	var out any
	_ = json.Unmarshal(raw, &out)
	return out
}

func TestAThousandCreationsInOneBulk(t *testing.T) {
	c := empty(t)
	c.crowd(1000)
	if n := len(c.dump().Users); n != 1000 {
		t.Errorf("%d users", n)
	}
	counts := c.srv.Counts()
	if counts.BulkOperations != 1000 || counts.ByKind["POST /Bulk"] != 1 || counts.Creations["u001@x.org"] != 1 {
		t.Errorf("counts: %d operations, %v", counts.BulkOperations, counts.ByKind)
	}
}

func BenchmarkSeed(b *testing.B) {
	for b.Loop() {
		srv, err := Start(context.Background(), Options{})
		if err != nil {
			b.Fatal(err)
		}
		_ = srv.Close()
	}
}

func BenchmarkBulkOf1000(b *testing.B) {
	srv, err := Start(context.Background(), Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = srv.Close() }()
	n := 0
	for b.Loop() {
		ops := make([]any, 1000)
		for i := range ops {
			n++
			ops[i] = schema.Doc{"method": "POST", "path": "/Users", "bulkId": itoa(i),
				"data": withIdentifiers(fmt.Sprintf("n%07d@x.org", n), fmt.Sprintf("slack:U%07d", n))}
		}
		began := time.Now()
		c := &call{s: srv, w: srv.world.Load(), now: began}
		var parsed []*bulkOp
		for _, o := range ops {
			parsed = append(parsed, c.bulkOp(o.(schema.Doc)))
		}
		if err := srv.store.do(context.Background(), func(x *tx) error { return c.runBulk(x, parsed, 0) }); err != nil {
			b.Fatal(err)
		}
	}
}
