package push_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"testing"

	"rollcall/internal/account"
	"rollcall/internal/practice"
	"rollcall/internal/scim"
)

// A practice account of 140 people is enough for what does not depend on a
// large directory; where pages matter it has 1,020, more than the server gives
// at once. Both are planted once and copied for each test.
var stocks = struct {
	mu    sync.Mutex
	image map[kind][]byte
}{image: make(map[kind][]byte)}

// kind says which account it is to begin with.
type kind struct{ oddIDs, manyPages bool }

// has says whether person i of the seed is in the account: those whom the sixty
// rows are about always are.
func (k kind) has(i int) bool {
	return i < 100 || i < 380 && (i-100)%7 == 0 || k.manyPages && i < 1020
}

// stocked gives the account that a test begins with.
func stocked(t testing.TB, of kind) []byte {
	t.Helper()
	stocks.mu.Lock()
	defer stocks.mu.Unlock()
	if stocks.image[of] == nil {
		image, err := plant(of)
		if err != nil {
			t.Fatal(err)
		}
		stocks.image[of] = image
	}
	return stocks.image[of]
}

func plant(of kind) ([]byte, error) {
	o := practice.Options{Empty: true}
	if of.oddIDs {
		o.Quirks = practice.On(practice.OddIDs.On())
	}
	server, err := practice.Start(context.Background(), o)
	if err != nil {
		return nil, err
	}
	defer func() { _ = server.Close() }() // nothing of it is needed any more
	if err := plantPeople(server, of); err != nil {
		return nil, err
	}
	return server.Image()
}

func plantPeople(server *practice.Server, of kind) error {
	ctx := context.Background()
	client, err := scim.New(account.Profile{URL: server.URL(), Rate: 100000}, server.Token(), scim.Options{})
	if err != nil {
		return err
	}
	defer client.Close()
	for _, name := range practice.SeedGroups() {
		if err := plantGroup(server, name); err != nil {
			return err
		}
	}
	var ops []account.BulkOp
	seed := practice.Seed()
	for i, p := range seed {
		if !of.has(i) {
			continue
		}
		u := account.User{Email: p.Email, DisplayName: p.DisplayName, Active: p.Active, Role: p.Role}
		u.Identifiers = enabled(p.Identifiers)
		ops = append(ops, account.BulkOp{Key: i, Create: true, User: u})
	}
	members := make(map[string][]string)
	var failed error
	err = client.Bulk(ctx, ops, func(r account.BulkResult) {
		if r.Err != nil {
			failed = r.Err
			return
		}
		for _, g := range seed[r.Key].Groups {
			members[g] = append(members[g], r.User.ID)
		}
	})
	if err != nil || failed != nil {
		return fmt.Errorf("plant: %w", errors.Join(err, failed))
	}
	groups, err := client.Groups(ctx, nil)
	if err != nil {
		return err
	}
	for _, g := range groups {
		if _, bad := client.AddMembers(ctx, g, members[g.Name]); bad != nil {
			return fmt.Errorf("plant members of %s: %v", g.Name, bad)
		}
	}
	return nil
}

// enabled leaves out the source that the account has switched off: it takes no
// new identifiers.
func enabled(ids []practice.Identifier) (out []account.Identifier) {
	for _, id := range ids {
		if id.Source != "zoom" {
			out = append(out, account.Identifier{Source: id.Source, Value: id.Value})
		}
	}
	return out
}

func plantGroup(server *practice.Server, name string) error {
	body, err := json.Marshal(map[string]any{"schemas": []string{"urn:ietf:params:scim:schemas:core:2.0:Group"}, "displayName": name})
	if err != nil {
		return err
	}
	req, err := http.NewRequest(http.MethodPost, server.URL()+"/Groups", bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/scim+json")
	req.Header.Set("Authorization", "Bearer "+server.Token())
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusCreated {
		return fmt.Errorf("group %s: %s", name, resp.Status)
	}
	return nil
}

// newSmallWorld is newWorld over the stocked account.
func newSmallWorld(t testing.TB, quirks ...practice.Setting) *world {
	t.Helper()
	return newStockWorld(t, false, quirks...)
}

func newStockWorld(t testing.TB, manyPages bool, quirks ...practice.Setting) *world {
	t.Helper()
	of := kind{manyPages: manyPages}
	for _, q := range quirks {
		of.oddIDs = of.oddIDs || q.Name == practice.OddIDs
	}
	return newWorld(t, practice.Options{Image: stocked(t, of)}, quirks...)
}
