package scim

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"rollcall/internal/account"
)

// authority is a token address and an account that believes it.
type authority struct {
	*httptest.Server
	mu     sync.Mutex
	grant  func(w http.ResponseWriter, r *http.Request)
	valid  string // the token that the account takes
	grants int
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	a := &authority{}
	mux := http.NewServeMux()
	mux.HandleFunc("/token", func(w http.ResponseWriter, r *http.Request) {
		a.mu.Lock()
		defer a.mu.Unlock()
		a.grants++
		a.grant(w, r)
	})
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		a.mu.Lock()
		defer a.mu.Unlock()
		if r.Header.Get("Authorization") != "Bearer "+a.valid {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		_, _ = io.WriteString(w, `{"schemas":[],"totalResults":0,"Resources":[]}`)
	})
	a.Server = httptest.NewServer(mux)
	t.Cleanup(a.Close)
	return a
}

func (a *authority) set(valid string, grant func(w http.ResponseWriter, r *http.Request)) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.valid, a.grant, a.grants = valid, grant, 0
}

func (a *authority) client(t *testing.T, o Options) *Client {
	t.Helper()
	return client(t, account.Profile{URL: a.URL, SignIn: account.SignInOAuth, ClientID: "the client", OAuthTokenURL: a.URL + "/token"}, o)
}

func read(c *Client) error {
	_, err := c.send(context.Background(), call{method: http.MethodGet, path: "/Users"})
	return err
}

// says makes an answer of the token address.
func says(status int, kind, body string) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// inForm tells the two ways of giving the credentials apart.
func inForm(r *http.Request) bool { return r.PostFormValue("client_secret") == testSecret }

// TestATokenIsReadHoweverItIsWritten takes the forms in which token addresses
// answer.
func TestATokenIsReadHoweverItIsWritten(t *testing.T) {
	a := newAuthority(t)
	for name, grant := range map[string]func(http.ResponseWriter, *http.Request){
		"as the RFC writes it":     says(200, "application/json", `{"access_token":"good","token_type":"Bearer","expires_in":3600}`),
		"a life in quotes":         says(200, "application/json", `{"access_token":"good","token_type":"bearer","expires_in":"3600"}`),
		"a life with a fraction":   says(200, "application/json", `{"access_token":"good","expires_in":3599.5}`),
		"no life":                  says(200, "application/json", `{"access_token":"good"}`),
		"a life of null":           says(200, "application/json", `{"access_token":"good","expires_in":null}`),
		"a life that is no number": says(200, "application/json", `{"access_token":"good","expires_in":"an hour"}`),
		"a life below zero":        says(200, "application/json", `{"access_token":"good","expires_in":-1}`),
		"as plain text":            says(200, "text/plain", `{"access_token":"good","expires_in":60}`),
		"as a page":                says(200, "text/html; charset=utf-8", ` {"access_token":"good","expires_in":60}`),
		"with 201":                 says(201, "application/json", `{"access_token":"good"}`),
		"as a form":                says(200, "application/x-www-form-urlencoded", "access_token=good&expires_in=3600&token_type=bearer"),
		"with an empty error":      says(200, "application/json", `{"access_token":"good","error":null}`),
		"by the form only, with 401": func(w http.ResponseWriter, r *http.Request) {
			if inForm(r) {
				says(200, "application/json", `{"access_token":"good"}`)(w, r)
				return
			}
			says(401, "application/json", `{"error":"invalid_client"}`)(w, r)
		},
		"by the form only, with 400": func(w http.ResponseWriter, r *http.Request) {
			if inForm(r) {
				says(200, "application/json", `{"access_token":"good"}`)(w, r)
				return
			}
			says(400, "text/html", `<html><title>Bad request</title></html>`)(w, r)
		},
		"by HTTP basic only": func(w http.ResponseWriter, r *http.Request) {
			if _, _, ok := r.BasicAuth(); ok && !inForm(r) {
				says(200, "application/json", `{"access_token":"good"}`)(w, r)
				return
			}
			says(401, "application/json", `{"error":"invalid_client"}`)(w, r)
		},
	} {
		a.set("good", grant)
		c := a.client(t, quick)
		if err := read(c); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if err := read(c); err != nil {
			t.Errorf("%s, again: %v", name, err)
		}
	}
}

// TestATokenThatIsNotGivenIsSaidInWords names the token address, and what to
// look at.
func TestATokenThatIsNotGivenIsSaidInWords(t *testing.T) {
	a := newAuthority(t)
	for _, tt := range []struct {
		name  string
		grant func(http.ResponseWriter, *http.Request)
		kind  account.Kind
		says  string
	}{
		{"refused", says(401, "application/json", `{"error":"invalid_client","error_description":"Client `+testSecret+` is not known"}`), account.KindUnauthorised,
			"The token address did not accept the client ID and secret. Check both, or make new ones in the account: Client ••• is not known."},
		{"refused with 400", says(400, "application/json", `{"error":"invalid_client"}`), account.KindUnauthorised, "did not accept the client ID and secret"},
		{"refused with 200", says(200, "application/json", `{"error":"invalid_client","error_description":"No such app"}`), account.KindUnauthorised, "make new ones in the account: No such app."},
		{"a page", says(200, "text/html", "<html><title>Sign in</title></html>"), account.KindAddress, "did not answer with a token. Check the token address"},
		{"not there", says(404, "text/html", "<html></html>"), account.KindAddress, "did not answer with a token. Check the token address"},
		{"elsewhere", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://elsewhere.invalid/", http.StatusFound)
		}, account.KindAddress, "did not answer with a token"},
		{"out of order", says(503, "text/html", ""), account.KindServer, "The token address cannot answer at the moment, so nothing was sent to the account."},
		{"no token in it", says(200, "application/json", `{"token_type":"Bearer"}`), account.KindAddress, "did not answer with a token"},
	} {
		a.set("good", tt.grant)
		report := a.client(t, quick).TestConnection(context.Background())
		f := report.Failure
		if f == nil || f.Kind != tt.kind || !strings.Contains(f.Text, tt.says) {
			t.Errorf("%s: %+v", tt.name, f)
			continue
		}
		noSecret(t, f.Error()+f.Detail)
		if len(report.Steps) != 1 || report.Steps[0].Name != stepSignIn || report.Steps[0].OK {
			t.Errorf("%s: the steps are %+v", tt.name, report.Steps)
		}
	}
	c := client(t, account.Profile{URL: a.URL, SignIn: account.SignInOAuth, ClientID: "x", OAuthTokenURL: "https://login.invalid/token"}, quick)
	f := c.TestConnection(context.Background()).Failure
	if f == nil || f.Kind != account.KindNameNotFound || f.Text != "There is no server with the name login.invalid. Check the token address for typing errors, and this computer's connection." {
		t.Errorf("a name that does not exist: %+v", f)
	}
	c = client(t, account.Profile{URL: a.URL, SignIn: account.SignInOAuth, ClientID: "x", OAuthTokenURL: "http://127.0.0.1:1/token"}, quick)
	if f := c.TestConnection(context.Background()).Failure; f == nil || f.Kind != account.KindRefused || !strings.Contains(f.Text, "Check the token address and its port") {
		t.Errorf("a port where nobody is: %+v", f)
	}
}

// TestATokenAddressThatIsOutOfOrderForAMomentIsAskedAgain fails nothing for it.
func TestATokenAddressThatIsOutOfOrderForAMomentIsAskedAgain(t *testing.T) {
	a := newAuthority(t)
	tries := 0
	a.set("good", func(w http.ResponseWriter, r *http.Request) {
		switch tries++; tries {
		case 1:
			says(503, "text/html", "<html></html>")(w, r)
		case 2:
			panic(http.ErrAbortHandler) // the connection drops
		case 3:
			says(429, "application/json", `{"error":"slow_down"}`)(w, r)
		default:
			says(200, "application/json", `{"access_token":"good"}`)(w, r)
		}
	})
	if err := read(a.client(t, quick)); err != nil {
		t.Error(err)
	}
}

// TestASecretThatStopsWorkingIsAskedForOnce has eight workers meet the end of a
// token whose client is no longer known, by the account's word and by the
// clock: the user is asked once, and all go on.
func TestASecretThatStopsWorkingIsAskedForOnce(t *testing.T) {
	for _, by := range []string{"the account's word", "the clock"} {
		a := newAuthority(t)
		var asked atomic.Int32
		var clock atomic.Int64
		o := quick
		o.Now = func() time.Time { return time.Now().Add(time.Duration(clock.Load())) }
		o.Renew = func(context.Context) (string, error) {
			asked.Add(1)
			return "the new secret", nil
		}
		a.set("first", says(200, "application/json", `{"access_token":"first","expires_in":3600}`))
		c := a.client(t, o)
		if err := read(c); err != nil {
			t.Fatal(err)
		}
		a.set("second", func(w http.ResponseWriter, r *http.Request) {
			if _, secret, _ := r.BasicAuth(); secret == "the+new+secret" {
				says(200, "application/json", `{"access_token":"second"}`)(w, r)
				return
			}
			says(401, "application/json", `{"error":"invalid_client"}`)(w, r)
		})
		if by == "the clock" {
			clock.Store(int64(2 * time.Hour))
		}
		var wg sync.WaitGroup
		for range account.Workers {
			wg.Go(func() {
				if err := read(c); err != nil {
					t.Errorf("by %s: %v", by, err)
				}
			})
		}
		wg.Wait()
		if n := asked.Load(); n != 1 {
			t.Errorf("by %s: asked %d times", by, n)
		}
	}
}

// TestANewTokenThatIsRefusedIsNoReasonToGoRound asks for a new secret instead of
// one token after the other.
func TestANewTokenThatIsRefusedIsNoReasonToGoRound(t *testing.T) {
	a := newAuthority(t)
	asked := 0
	o := quick
	o.Renew = func(context.Context) (string, error) {
		asked++
		return "", errors.New("the user closed the card")
	}
	a.set("never", says(200, "application/json", `{"access_token":"wrong"}`))
	c := a.client(t, o)
	err := read(c)
	if account.KindOf(err) != account.KindUnauthorised || asked != 1 || a.grants > 2 {
		t.Errorf("%v after asking %d times and %d tokens", err, asked, a.grants)
	}
	if err := read(c); account.KindOf(err) != account.KindUnauthorised || asked != 1 {
		t.Errorf("asked %d times for requests that go together: %v", asked, err)
	}
}

// TestAfterARefusalTheUserIsAskedAgainLater lets a second run ask, which the
// user started after closing the first question.
func TestAfterARefusalTheUserIsAskedAgainLater(t *testing.T) {
	a := newAuthority(t)
	var clock atomic.Int64
	answers := []string{"", "good"}
	o := quick
	o.Now = func() time.Time { return time.Now().Add(time.Duration(clock.Load())) }
	o.Renew = func(context.Context) (string, error) {
		next := answers[0]
		answers = answers[1:]
		return next, nil
	}
	a.set("good", nil)
	c := client(t, account.Profile{URL: a.URL}, o)
	if err := read(c); account.KindOf(err) != account.KindUnauthorised {
		t.Fatalf("closed: %v", err)
	}
	clock.Store(int64(time.Minute))
	if err := read(c); err != nil {
		t.Errorf("later: %v", err)
	}
}

// TestATokenIsRenewedBeforeItRunsOut fetches a new one a while before the end of
// the old one's life, so that no request is under way with a token that ends.
func TestATokenIsRenewedBeforeItRunsOut(t *testing.T) {
	for _, tt := range []struct {
		life           string
		before, behind time.Duration
	}{
		{"3600", 3569 * time.Second, 3571 * time.Second}, // half a minute before
		{"100", 79 * time.Second, 81 * time.Second},      // a fifth of its life before
	} {
		a := newAuthority(t)
		a.set("the-token", says(http.StatusOK, "application/json", `{"access_token":"the-token","expires_in":`+tt.life+`}`))
		began := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
		var passed atomic.Int64
		c := a.client(t, Options{Now: func() time.Time { return began.Add(time.Duration(passed.Load())) }})
		for _, step := range []struct {
			at     time.Duration
			grants int
		}{{0, 1}, {tt.before, 1}, {tt.behind, 2}} {
			passed.Store(int64(step.at))
			if err := read(c); err != nil {
				t.Fatal(err)
			}
			a.mu.Lock()
			if a.grants != step.grants {
				t.Errorf("a life of %s s: after %v %d tokens were fetched, want %d", tt.life, step.at, a.grants, step.grants)
			}
			a.mu.Unlock()
		}
	}
}
