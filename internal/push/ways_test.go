package push_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"rollcall/internal/account"
	"rollcall/internal/practice"
	"rollcall/internal/push"
	"rollcall/internal/scim"
)

// newPeople are n users who are new to the account, in one group.
func newPeople(n int) []account.User {
	out := make([]account.User, n)
	for i := range out {
		out[i] = account.User{Email: fmt.Sprintf("new.person%d@northwind.com", i), DisplayName: fmt.Sprintf("New Person %d", i),
			Active: true, Role: account.RoleUser, Groups: []string{"Trading"}}
	}
	return out
}

// door stands in front of the practice account, holds the first bulk requests
// until as many as may be under way have come, and fails them all.
type door struct {
	next http.Handler

	mu           sync.Mutex
	came, inside int
	most         int // under way at once after the first ones
	all          chan struct{}
}

func (d *door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !strings.HasSuffix(r.URL.Path, "/Bulk") {
		d.next.ServeHTTP(w, r)
		return
	}
	d.mu.Lock()
	d.came++
	first := d.came <= account.BulkWays
	if d.came == account.BulkWays {
		close(d.all)
	}
	if !first {
		d.inside++
		d.most = max(d.most, d.inside)
	}
	d.mu.Unlock()
	if first {
		<-d.all
		http.Error(w, "too much at once", http.StatusInternalServerError)
		return
	}
	d.next.ServeHTTP(w, r)
	d.mu.Lock()
	d.inside--
	d.mu.Unlock()
}

// TestAnAccountThatChokesGetsOneBulkRequestAtATime lets the account fail on the
// first bulk requests, which all come at once: the others come one by one, and
// nobody is lost or made twice.
func TestAnAccountThatChokesGetsOneBulkRequestAtATime(t *testing.T) {
	w := newSmallWorld(t, practice.BulkMax.As("10"))
	d := &door{next: w.server.Handler(), all: make(chan struct{})}
	front := httptest.NewServer(d)
	t.Cleanup(front.Close)
	client, err := scim.New(account.Profile{Name: "Practice", URL: front.URL + "/scim/v2", Rate: 100000}, w.server.Token(), scim.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	w.client = client
	before := w.state()
	p := w.plan(newPeople(100))
	outcomes, summary, err := w.push(p, push.Options{})
	if err != nil || summary.Added != 100 {
		t.Errorf("%+v, %v", summary, err)
	}
	truth(t, p, outcomes, before, w.state())
	if d.came != 10 || d.most != 1 {
		t.Errorf("%d bulk requests came, after the first %d at most %d at once", d.came, account.BulkWays, d.most)
	}
}

// TestMembersThatTheAnswerShowsAreNotAskedForAgain counts how often a group is
// read: once before it is changed, and again only where the answer to the
// change does not show its members.
func TestMembersThatTheAnswerShowsAreNotAskedForAgain(t *testing.T) {
	for _, c := range []struct {
		quirks []practice.Setting
		reads  int
	}{
		{nil, 1},
		{[]practice.Setting{practice.PatchAnswer.As("204")}, 2},
		{[]practice.Setting{practice.PatchAnswer.As("empty")}, 2},
		{[]practice.Setting{practice.MemberLimit.As("20")}, 1},
	} {
		w := newSmallWorld(t, c.quirks...)
		before := w.state()
		p := w.plan(newPeople(50))
		w.server.ResetCounts()
		outcomes, _, err := w.push(p, push.Options{})
		if err != nil {
			t.Fatal(err)
		}
		truth(t, p, outcomes, before, w.state())
		if n := w.server.Counts().ByKind["GET /Groups/{id}"]; n != c.reads {
			t.Errorf("%v: the group was read %d times, want %d", c.quirks, n, c.reads)
		}
	}
}

// TestEveryPartLooksAhead pushes more users than one part holds: each part's
// group is read before its users are there.
func TestEveryPartLooksAhead(t *testing.T) {
	w := newSmallWorld(t)
	before := w.state()
	p := w.plan(newPeople(2010))
	w.server.ResetCounts()
	outcomes, summary, err := w.push(p, push.Options{})
	if err != nil || summary.Added != 2010 {
		t.Fatalf("%+v, %v", summary, err)
	}
	truth(t, p, outcomes, before, w.state())
	if n := w.server.Counts().ByKind; n["GET /Groups"] != 2 || n["GET /Groups/{id}"] != 2 || n["POST /Bulk"] != 5 {
		t.Errorf("the requests were %v", n)
	}
}
