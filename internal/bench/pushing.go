package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math"
	"net/http"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"rollcall/internal/account"
	"rollcall/internal/plan"
	"rollcall/internal/practice"
	"rollcall/internal/push"
	"rollcall/internal/scim"
	"rollcall/internal/sheet"
)

const (
	pushUsers   = 2_000
	pushLatency = 80 * time.Millisecond
	pushGroup   = "Trading"
	pushBulk    = 500 // account-api, "How the client works" 4
)

// measurePushing sends 2,000 new users of one group to the practice account
// with 80 ms per request. The baseline is the theoretical time: the waiting of
// the users' requests alone, at 80 ms each. The note has the time of a client
// that does nothing but send the fewest requests with which it can be done, one
// bulk request after the other, prepared before the clock starts.
func measurePushing(ctx context.Context, _ string, tell func(Measure)) error {
	for _, way := range []struct {
		name, waits string
		quirks      []practice.Setting
		bare        func(*bareClient, context.Context) error
		theory      time.Duration
		rounds      int // the shortest of which counts, as in best
	}{
		{"by bulk", "4 requests of 500 users", nil, (*bareClient).bulk, pushUsers / pushBulk * pushLatency, 5},
		{"by 8 workers", "2,000 requests, 8 at a time,", []practice.Setting{practice.NoBulk.As("")}, (*bareClient).workers, pushUsers / account.Workers * pushLatency, 1},
	} {
		ours, bare, requests := math.Inf(1), math.Inf(1), ""
		for range way.rounds {
			took, kinds, err := timePush(ctx, way.quirks)
			if err != nil {
				return fmt.Errorf("%s: %w", way.name, err)
			}
			alone, err := timeBare(ctx, way.quirks, way.bare)
			if err != nil {
				return fmt.Errorf("%s, sent bare: %w", way.name, err)
			}
			ours, bare, requests = min(ours, took), min(bare, alone), kinds
		}
		tell(Measure{Name: "2,000 new users pushed at 80 ms per request, " + way.name, Value: ours, Unit: "ms",
			Against: way.waits + " at 80 ms", Baseline: milliseconds(way.theory), Limit: 1.3, Ratio: true,
			Note: fmt.Sprintf("%s; the fewest requests, sent bare: %.0f ms", requests, bare)})
	}
	return nil
}

// server starts a fresh practice account with the latency.
func server(ctx context.Context, quirks []practice.Setting) (*practice.Server, error) {
	return practice.Start(ctx, practice.Options{Latency: pushLatency, Quirks: practice.On(quirks...)})
}

// person is user i of those who are pushed.
func person(i int) account.User {
	return account.User{
		Email: fmt.Sprintf("new.person.%04d@northwind.com", i), DisplayName: fmt.Sprintf("New Person %04d", i),
		Active: true, Role: account.RoleUser, Groups: []string{pushGroup},
		Identifiers: []account.Identifier{{Source: "slack", Value: fmt.Sprintf("U9X%05d", i)}},
	}
}

// timePush pushes through scim and push, as an import does once the preview is
// confirmed, and makes sure that every user is there.
func timePush(ctx context.Context, quirks []practice.Setting) (ms float64, requests string, err error) {
	srv, err := server(ctx, quirks)
	if err != nil {
		return 0, "", err
	}
	defer srv.Close()
	client, err := scim.New(account.Profile{Name: "bench", URL: srv.URL(), SignIn: account.SignInToken, Rate: 1e6}, srv.Token(), scim.Options{})
	if err != nil {
		return 0, "", err
	}
	defer client.Close()
	if _, err := client.Discover(ctx); err != nil {
		return 0, "", err
	}
	dir, err := client.Sync(ctx, nil, nil)
	if err != nil {
		return 0, "", err
	}
	rows := make([]plan.Row, pushUsers)
	for i := range rows {
		rows[i] = plan.Row{ID: sheet.RowID(i + 1), Number: i + 2, User: person(i)}
	}
	p, err := plan.Build(ctx, rows, dir)
	if err != nil {
		return 0, "", err
	}
	srv.ResetCounts()
	began := time.Now()
	summary, err := push.Run(ctx, client, p, push.Options{})
	took := milliseconds(time.Since(began))
	if err != nil {
		return 0, "", err
	}
	if summary.Added != pushUsers {
		return 0, "", fmt.Errorf("%d users were added, want %d", summary.Added, pushUsers)
	}
	return took, kinds(srv.Counts()), arrived(ctx, srv)
}

// kinds says which requests were answered: "4 POST /Bulk, 1 PATCH /Groups/{id}".
func kinds(c practice.Counts) string {
	var parts []string
	for _, kind := range slices.Sorted(maps.Keys(c.ByKind)) {
		parts = append(parts, fmt.Sprintf("%d %s", c.ByKind[kind], kind))
	}
	return strings.Join(parts, ", ")
}

// arrived makes sure that the account has every user, in the group, once.
func arrived(ctx context.Context, srv *practice.Server) error {
	state, err := srv.Dump(ctx)
	if err != nil {
		return err
	}
	for i := range pushUsers {
		want := person(i)
		u, ok := state.User(want.Email)
		if !ok || u.DisplayName != want.DisplayName || len(u.Groups) != 1 || len(u.Identifiers) != 1 {
			return fmt.Errorf("%s is not in the account as wanted: %+v", want.Email, u)
		}
	}
	return nil
}

// bareClient sends prepared requests.
type bareClient struct {
	srv     *practice.Server
	http    *http.Client
	group   string
	creates [][]byte
}

func timeBare(ctx context.Context, quirks []practice.Setting, send func(*bareClient, context.Context) error) (float64, error) {
	srv, err := server(ctx, quirks)
	if err != nil {
		return 0, err
	}
	defer srv.Close()
	state, err := srv.Dump(ctx)
	if err != nil {
		return 0, err
	}
	b := &bareClient{srv: srv, http: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: account.Workers}}}
	for _, g := range state.Groups {
		if g.DisplayName == pushGroup {
			b.group = g.ID
		}
	}
	for i := range pushUsers {
		raw, err := json.Marshal(wire(person(i)))
		if err != nil {
			return 0, err
		}
		b.creates = append(b.creates, raw)
	}
	began := time.Now()
	if err := send(b, ctx); err != nil {
		return 0, err
	}
	return milliseconds(time.Since(began)), arrived(ctx, srv)
}

// wire is a user as SCIM has it.
func wire(u account.User) map[string]any {
	return map[string]any{
		"schemas":  []string{"urn:ietf:params:scim:schemas:core:2.0:User", scim.ExtensionURN},
		"userName": u.Email, "displayName": u.DisplayName, "active": u.Active,
		"emails": []any{map[string]any{"value": u.Email, "type": "work", "primary": true}},
		"roles":  []any{map[string]any{"value": u.Role, "primary": true}},
		scim.ExtensionURN: map[string]any{"sourceUsernames": []any{
			map[string]any{"value": u.Identifiers[0].Value, "type": u.Identifiers[0].Source}}},
	}
}

// bulk sends the creations in chunks, one after the other, then the members.
func (b *bareClient) bulk(ctx context.Context) error {
	var ids []string
	for from := 0; from < pushUsers; from += pushBulk {
		var ops []any
		for i := from; i < min(from+pushBulk, pushUsers); i++ {
			ops = append(ops, map[string]any{"method": "POST", "path": "/Users", "bulkId": fmt.Sprint(i), "data": json.RawMessage(b.creates[i])})
		}
		var answer struct {
			Operations []struct {
				Location string
				Response struct{ ID string }
			}
		}
		body := map[string]any{"schemas": []string{"urn:ietf:params:scim:api:messages:2.0:BulkRequest"}, "Operations": ops}
		if err := b.send(ctx, http.MethodPost, "/Bulk", body, &answer); err != nil {
			return err
		}
		for _, op := range answer.Operations {
			ids = append(ids, lastSegment(op.Location))
		}
	}
	return b.members(ctx, ids)
}

// workers sends the creations one by one, eight at a time, then the members.
func (b *bareClient) workers(ctx context.Context) error {
	ids := make([]string, pushUsers)
	g, ctx2 := errgroup.WithContext(ctx)
	g.SetLimit(account.Workers)
	for i := range pushUsers {
		g.Go(func() error {
			var answer struct{ ID string }
			err := b.send(ctx2, http.MethodPost, "/Users", json.RawMessage(b.creates[i]), &answer)
			ids[i] = answer.ID
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return b.members(ctx, ids)
}

// members adds all to the group in one request.
func (b *bareClient) members(ctx context.Context, ids []string) error {
	var list []any
	for _, id := range ids {
		list = append(list, map[string]any{"value": id})
	}
	return b.send(ctx, http.MethodPatch, "/Groups/"+b.group, map[string]any{
		"schemas":    []string{"urn:ietf:params:scim:api:messages:2.0:PatchOp"},
		"Operations": []any{map[string]any{"op": "add", "path": "members", "value": list}},
	}, nil)
}

func (b *bareClient) send(ctx context.Context, method, path string, body, into any) error {
	raw, err := json.Marshal(body)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, method, b.srv.URL()+path, bytes.NewReader(raw))
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+b.srv.Token())
	req.Header.Set("Content-Type", "application/scim+json")
	answer, err := b.http.Do(req)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	said, err := io.ReadAll(answer.Body)
	if err != nil {
		return err
	}
	if answer.StatusCode >= 300 {
		return fmt.Errorf("%s %s: %s: %.300s", method, path, answer.Status, said)
	}
	if into == nil || len(said) == 0 {
		return nil
	}
	return json.Unmarshal(said, into)
}

func lastSegment(location string) string {
	for i := len(location) - 1; i >= 0; i-- {
		if location[i] == '/' {
			return location[i+1:]
		}
	}
	return location
}
