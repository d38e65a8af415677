package scim

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"rollcall/internal/account"
)

// door gives a client at the door of a handler.
func door(t *testing.T, h http.Handler) *Client {
	t.Helper()
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	c, err := New(account.Profile{Name: "Sloppy", URL: srv.URL, Rate: 100000}, "a-secret", Options{Backoff: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// TestRequestsThatMeetPlainJSONTogetherAllGoThrough holds as many creations as
// are under way at once until all have come, and refuses SCIM's content type:
// each is sent again as plain JSON, and none of them twice.
func TestRequestsThatMeetPlainJSONTogetherAllGoThrough(t *testing.T) {
	var mu sync.Mutex
	came, all, plain := 0, make(chan struct{}), map[string]int{}
	c := door(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			http.NotFound(w, r)
			return
		}
		body, _ := io.ReadAll(r.Body)
		if strings.HasPrefix(r.Header.Get("Content-Type"), typeSCIM) {
			mu.Lock()
			if came++; came == account.Workers {
				close(all)
			}
			mu.Unlock()
			<-all
			w.WriteHeader(http.StatusUnsupportedMediaType)
			return
		}
		var u map[string]any
		_ = json.Unmarshal(body, &u)
		mu.Lock()
		plain[u["userName"].(string)]++
		mu.Unlock()
		u["id"] = "id-" + u["userName"].(string)
		w.WriteHeader(http.StatusCreated)
		_ = json.NewEncoder(w).Encode(u)
	}))
	if _, err := c.Discover(context.Background()); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for i := range account.Workers {
		wg.Go(func() {
			email := fmt.Sprintf("new%d@northwind.com", i)
			made, err := c.Create(context.Background(), account.User{Email: email, DisplayName: "New", Active: true, Role: "User"})
			if err != nil || made.User.Email != email {
				t.Errorf("%s: %+v %v", email, made, err)
			}
		})
	}
	wg.Wait()
	for i := range account.Workers {
		if email := fmt.Sprintf("new%d@northwind.com", i); plain[email] != 1 {
			t.Errorf("%s was sent %d times", email, plain[email])
		}
	}
}

// TestAListWithoutIDsThatRepeatsEnds reads sources that have no id from an
// account that sends the same page whatever startIndex says.
func TestAListWithoutIDsThatRepeatsEnds(t *testing.T) {
	asked := 0
	c := door(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		list := `{"Resources":[],"totalResults":0}`
		if r.URL.Path == "/Sources" {
			if asked++; asked > 20 {
				http.Error(w, "enough", http.StatusBadRequest)
				return
			}
			list = `{"Resources":[{"name":"slack"},{"name":"teams"}],"totalResults":2}`
		}
		_, _ = io.WriteString(w, list)
	}))
	d, err := c.Sync(context.Background(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Sources) != 2 || asked > 3 {
		t.Errorf("%d questions, %d sources", asked, len(d.Sources))
	}
}

// TestTheAccountsWordsAreLaidAtTheRightColumn reads what accounts say of a row.
func TestTheAccountsWordsAreLaidAtTheRightColumn(t *testing.T) {
	for _, tt := range []struct{ words, field string }{
		{"Resource 2819c223 not found", ""},
		{"The specified resource is immutable", ""},
		{"Resource of type User: roles must not be empty", "role"},
		{"source slack is not enabled", "identifiers"},
		{"sourceUsernames.value is taken", "identifiers"},
		{"userName is required", "email"},
		{"name.familyName is required", "displayName"},
		{"The attribute active cannot be changed", "status"},
		{"", ""},
	} {
		if got := blame(tt.words); got != tt.field {
			t.Errorf("%q is laid at %q, want %q", tt.words, got, tt.field)
		}
	}
}

// TestAnAccountThatRefusesTheExtensionIsAskedOnce advertises the source
// usernames and refuses every user who comes with them: the first such user is
// made without them, and so is the next one at once.
func TestAnAccountThatRefusesTheExtensionIsAskedOnce(t *testing.T) {
	posts := 0
	c := door(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/Schemas":
			_, _ = io.WriteString(w, `{"Resources":[{"id":"`+ExtensionURN+`","attributes":[]}]}`)
		case r.Method == http.MethodGet:
			_, _ = io.WriteString(w, `{"Resources":[],"totalResults":0}`)
		default:
			posts++
			body, _ := io.ReadAll(r.Body)
			if strings.Contains(string(body), ExtensionURN) {
				w.WriteHeader(http.StatusBadRequest)
				_, _ = io.WriteString(w, `{"detail":"Unknown schema extension"}`)
				return
			}
			w.WriteHeader(http.StatusCreated)
			_, _ = io.WriteString(w, `{"id":"7","active":true,`+string(body[1:]))
		}
	}))
	for i, want := range []int{2, 3} {
		u := account.User{Email: fmt.Sprintf("new%d@northwind.com", i), DisplayName: "New", Active: true, Role: "User",
			Identifiers: []account.Identifier{{Source: "slack", Value: fmt.Sprintf("U0NEW%d", i)}}}
		made, err := c.Create(context.Background(), u)
		if err != nil || made.User.ID != "7" || len(made.User.Identifiers) != 0 {
			t.Fatalf("%+v %v", made, err)
		}
		if posts != want {
			t.Errorf("%d creations were sent, want %d", posts, want)
		}
	}
}

// TestAnAccountThatAsksForRestGetsItFromAllRequests has one request told to come
// back in an hour: another one is not sent before.
func TestAnAccountThatAsksForRestGetsItFromAllRequests(t *testing.T) {
	told, came := make(chan struct{}), make(chan string, 10)
	c := door(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		came <- r.URL.Path
		if r.URL.Path == "/Users/first" {
			w.Header().Set("Retry-After", "3600")
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		_, _ = io.WriteString(w, `{"id":"second","userName":"second@northwind.com"}`)
	}))
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() { _, _ = c.User(ctx, "first") }()
	go func() {
		defer close(told)
		for ctx.Err() == nil {
			c.hold.mu.Lock()
			held := !c.hold.at.IsZero()
			c.hold.mu.Unlock()
			if held {
				return
			}
			runtime.Gosched()
		}
	}()
	select {
	case <-told:
	case <-time.After(20 * time.Second):
		t.Fatal("the account's wish was not noted")
	}
	soon, stop := context.WithTimeout(ctx, 50*time.Millisecond)
	defer stop()
	if _, err := c.User(soon, "second"); err == nil {
		t.Error("the second request went through")
	}
	if first := <-came; first != "/Users/first" || len(came) != 0 {
		t.Errorf("%s came first, and %d requests behind it", first, len(came))
	}
}

// TestAUserWhoseCreationWasAnsweredLateIsThisImports has the account make the user,
// ask to come back, and then find that the user is there: that is the creation
// itself, and no user of somebody else's.
func TestAUserWhoseCreationWasAnsweredLateIsThisImports(t *testing.T) {
	posts := 0
	c := door(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Method == http.MethodPost && posts == 0:
			posts++
			w.Header().Set("Retry-After", "0.001")
			w.WriteHeader(http.StatusServiceUnavailable)
		case r.Method == http.MethodPost:
			posts++
			w.WriteHeader(http.StatusConflict)
			_, _ = io.WriteString(w, `{"scimType":"uniqueness","detail":"taken"}`)
		case posts > 0 && r.URL.Path == "/Users":
			_, _ = io.WriteString(w, `{"Resources":[{"id":"7","userName":"ann@northwind.com","active":true}],"totalResults":1}`)
		default:
			_, _ = io.WriteString(w, `{"Resources":[],"totalResults":0}`)
		}
	}))
	made, err := c.Create(context.Background(), account.User{Email: "ann@northwind.com", DisplayName: "Ann", Active: true, Role: "User"})
	if err != nil || made.How != account.CreatedInDoubt || made.User.ID != "7" || posts != 2 {
		t.Errorf("%+v after %d creations: %v", made, posts, err)
	}
}

// recorder keeps the requests that reach the wire.
type recorder struct{ seen []*http.Request }

func (r *recorder) RoundTrip(q *http.Request) (*http.Response, error) {
	r.seen = append(r.seen, q)
	return nil, io.EOF
}

// TestTheHeaderIsPutOnAndTakenOffByAddressAlone sends requests that carry a header
// of their own.
func TestTheHeaderIsPutOnAndTakenOffByAddressAlone(t *testing.T) {
	base, err := parseAddress("https://scim.northwind.example/v2")
	if err != nil {
		t.Fatal(err)
	}
	auth, err := newSignIn(account.Profile{SignIn: account.SignInToken}, "the-secret", withDefaults(Options{}), nil)
	if err != nil {
		t.Fatal(err)
	}
	wire := new(recorder)
	for to, want := range map[string]string{
		"https://scim.northwind.example/v2/Users":      "Bearer the-secret",
		"https://SCIM.northwind.example:443/elsewhere": "Bearer the-secret",
		"https://scim.northwind.example:8443/v2/Users": "",
		"http://scim.northwind.example/v2/Users":       "",
		"https://northwind.example/v2/Users":           "",
	} {
		r, err := http.NewRequestWithContext(context.Background(), http.MethodGet, to, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer another")
		if answer, err := (&authorised{auth: auth, base: base, next: wire}).RoundTrip(r); err == nil {
			answer.Body.Close()
		}
		if got := wire.seen[len(wire.seen)-1].Header.Get("Authorization"); got != want {
			t.Errorf("%s is sent %q, want %q", to, got, want)
		}
		if r.Header.Get("Authorization") != "Bearer another" {
			t.Errorf("%s: the caller's request was changed", to)
		}
	}
}

// TestASecretIsTakenOutInEveryForm writes one with what each form writes otherwise.
func TestASecretIsTakenOutInEveryForm(t *testing.T) {
	var s scrubber
	const secret = "p/ä s?>w+r"
	s.add(secret)
	for _, form := range []string{
		secret, url.QueryEscape(secret), url.PathEscape(secret), segment(secret),
		base64.StdEncoding.EncodeToString([]byte(secret)), base64.URLEncoding.EncodeToString([]byte(secret)),
		base64.RawStdEncoding.EncodeToString([]byte(secret)), base64.RawURLEncoding.EncodeToString([]byte(secret)),
	} {
		if got := s.clean("the account says: " + form + "."); got != "the account says: •••." {
			t.Errorf("%s is shown as %q", form, got)
		}
	}
}

// TestAMembershipWhoseAnswerIsLostIsMadeOnce has the account make the changes,
// or a part of them, and lose its answer: only what is missing is sent again,
// since some accounts store a member twice.
func TestAMembershipWhoseAnswerIsLostIsMadeOnce(t *testing.T) {
	for made := range 3 {
		var mu sync.Mutex
		var members []string
		tries := 0
		c := door(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			defer mu.Unlock()
			switch {
			case r.Method == http.MethodPatch:
				var body struct {
					Operations []struct{ Value []struct{ Value string } }
				}
				if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
					t.Error(err)
				}
				for i, v := range body.Operations[0].Value {
					if tries > 0 || i < made {
						members = append(members, v.Value)
					}
				}
				if tries++; tries == 1 {
					panic(http.ErrAbortHandler)
				}
				w.WriteHeader(http.StatusNoContent)
			case r.URL.Path == "/Groups/g":
				shown := []any{}
				for _, id := range members {
					shown = append(shown, map[string]any{"value": id})
				}
				_ = json.NewEncoder(w).Encode(map[string]any{"id": "g", "displayName": "Trading", "members": shown})
			default:
				http.NotFound(w, r)
			}
		}))
		if _, failed := c.AddMembers(context.Background(), account.Group{ID: "g", Name: "Trading"}, []string{"u1", "u2"}); len(failed) != 0 {
			t.Errorf("%d made: %v", made, failed)
		}
		if got := strings.Join(members, " "); got != "u1 u2" {
			t.Errorf("%d made: the group has %s", made, got)
		}
	}
}
