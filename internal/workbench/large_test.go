package workbench_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"rollcall/internal/account"
	"rollcall/internal/practice"
	"rollcall/internal/problem"
	"rollcall/internal/scim"
	"rollcall/internal/workbench"
)

// largeAccount is a practice account with more users than are read where no
// copy is kept.
func largeAccount(t *testing.T) (srv *practice.Server, users int) {
	t.Helper()
	srv, err := practice.Start(context.Background(), practice.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = srv.Close() })
	client, err := scim.New(account.Profile{URL: srv.URL(), Rate: 100_000}, srv.Token(), scim.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	ops := make([]account.BulkOp, 4000)
	for i := range ops {
		ops[i] = account.BulkOp{Key: i, Create: true, User: account.User{
			Email: fmt.Sprintf("person.%d@northwind.com", i), DisplayName: fmt.Sprintf("Person %d", i), Active: true, Role: account.RoleUser}}
	}
	var failed error
	if err := client.Bulk(context.Background(), ops, func(r account.BulkResult) { failed = errors.Join(failed, r.Err) }); err != nil || failed != nil {
		t.Fatal(err, failed)
	}
	return srv, practice.SeedSize + len(ops)
}

func TestTheCopyOfALargeAccountIsWholeWhereItIsKept(t *testing.T) {
	ctx := context.Background()
	srv, users := largeAccount(t)
	b, _ := newBench(t)
	p, err := b.AddAccount(account.Profile{Name: "Northwind", URL: srv.URL(), SignIn: account.SignInToken, Rate: 100_000}, srv.Token())
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Select(ctx, p.ID); err != nil {
		t.Fatal(err)
	}
	if err := b.SyncNow(ctx, nil); err != nil {
		t.Fatal(err)
	}
	whole := b.Directory()
	if whole.Partial || len(whole.Users) != users {
		t.Errorf("the copy has %d users of %d, partial is %v", len(whole.Users), users, whole.Partial)
	}

	other, _ := newBench(t)
	if err := other.UseAddress(ctx, srv.URL(), srv.Token()); err != nil {
		t.Fatal(err)
	}
	if err := other.SyncNow(ctx, nil); err != nil {
		t.Fatal(err)
	}
	if d := other.Directory(); !d.Partial || len(d.Users) >= users {
		t.Errorf("without a profile %d users were read, partial is %v", len(d.Users), d.Partial)
	}
}

func TestASyncThatIsCancelledLeavesTheLastCopy(t *testing.T) {
	srv, _ := largeAccount(t)
	b, _ := newBench(t)
	p, err := b.AddAccount(account.Profile{Name: "Northwind", URL: srv.URL(), SignIn: account.SignInToken, Rate: 100_000}, srv.Token())
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Select(context.Background(), p.ID); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	said := 0
	err = b.SyncNow(ctx, func(p workbench.Progress) {
		if p.What == "Reading users" {
			said++
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) || said != 1 || b.Directory() != nil {
		t.Fatalf("cancelled at the first page, progress was told %d times, the error is %v", said, err)
	}
	if got := problem.Sentence(err); !strings.HasPrefix(got, "Reading the account was stopped before its end.") {
		t.Errorf("the sentence is %q", got)
	}
	if err := b.SyncNow(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	copied := b.Directory()
	again, stop := context.WithCancel(context.Background())
	stop()
	if err := b.SyncNow(again, nil); err == nil || b.Directory() != copied {
		t.Errorf("a cancelled sync changed the copy: %v", err)
	}
}
