package scim

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"rollcall/internal/account"
	"rollcall/internal/practice"
)

func sandbox(t *testing.T, o practice.Options, quirks ...practice.Setting) *practice.Server {
	t.Helper()
	o.Quirks = practice.On(quirks...)
	s, err := practice.Start(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func at(t *testing.T, s *practice.Server, o Options) *Client {
	t.Helper()
	o.Backoff = time.Millisecond
	c, err := New(account.Profile{Name: "Practice", URL: s.URL(), Rate: 100000}, s.Token(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func TestRetryAfterIsReadInEveryForm(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		text, date string
		want       time.Duration
	}{
		{"", "", 0}, {"2", "", 2 * time.Second}, {" 0.25 ", "", 250 * time.Millisecond}, {"1.5s", "", 1500 * time.Millisecond},
		{"-3", "", 0}, {"0", "", 0}, {"NaN", "", 0}, {"soon", "", 0}, {"1e99", "", maxRetryAfter}, {"86400", "", maxRetryAfter},
		{"Sun, 01 Mar 2026 12:00:07 GMT", "", 7 * time.Second},
		{"Sun, 01 Mar 2026 11:00:00 GMT", "", time.Second},
		{"Sun, 01 Mar 2026 15:00:04 GMT", "Sun, 01 Mar 2026 15:00:00 GMT", 4 * time.Second},
	} {
		h := http.Header{}
		h.Set("Retry-After", tt.text)
		h.Set("Date", tt.date)
		if got := retryAfter(h, now); got != tt.want {
			t.Errorf("%q: got %v, want %v", tt.text, got, tt.want)
		}
	}
}

func TestOwnWordsAreFoundInEveryShapeOfError(t *testing.T) {
	for _, tt := range []struct{ body, want string }{
		{`{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"detail":"Role is unknown.","status":400}`, "Role is unknown."},
		{`{"Errors":[{"description":"User name is taken","code":409}]}`, "User name is taken"},
		{`{"error":{"code":1,"message":"No"}}`, "No"},
		{`{"error":"invalid_client","error_description":"Client is not known"}`, "Client is not known"},
		{`{"message":"  two\n lines\u0007 "}`, "two lines"},
		{`[{"message":"in a list"}]`, "in a list"},
		{`<html><head><title>502 Bad Gateway</title></head><body><script>alert(1)</script>x</body></html>`, "502 Bad Gateway"},
		{`plain text`, "plain text"}, {``, ""}, {`{}`, ""}, {`null`, "null"},
		{`{"detail":"` + strings.Repeat("ä", 400) + `"}`, strings.Repeat("ä", 300) + "…"},
	} {
		if got := ownWords([]byte(tt.body)); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.body, got, tt.want)
		}
	}
}

func TestNamesAreSplitOnlyWhereNeeded(t *testing.T) {
	for _, tt := range []struct{ full, given, family string }{
		{"John Doe", "John", "Doe"}, {"Doe, John", "John", "Doe"}, {"John R. Doe", "John R.", "Doe"}, {"Cher", "Cher", "Cher"},
		{"李小龍", "李小龍", "李小龍"}, {", John", ",", "John"}, {"Doe,", "Doe,", "Doe,"}, {"", "", ""},
	} {
		if given, family := splitName(tt.full); given != tt.given || family != tt.family {
			t.Errorf("%q: %q, %q", tt.full, given, family)
		}
	}
}

func TestPathsAndFiltersAreEscaped(t *testing.T) {
	for _, tt := range []struct{ id, want string }{
		{"a b@c%d/e", "a%20b%40c%25d%2Fe"}, {"..", "%2E%2E"}, {"ü", "%C3%BC"}, {"plain-1_2.3~", "plain-1_2.3~"},
	} {
		if got := segment(tt.id); got != tt.want {
			t.Errorf("%q: %q", tt.id, got)
		}
		if got := lastSegment("https://x.org/scim/Users/" + segment(tt.id)); got != tt.id && tt.id != ".." {
			t.Errorf("%q came back as %q", tt.id, got)
		}
	}
	if got := equals(`a"b\c@x.org`); got != `userName eq "a\"b\\c@x.org"` {
		t.Errorf("the filter is %s", got)
	}
	if got := params("filter", `userName eq "a+b"`); got != "filter=userName%20eq%20%22a%2Bb%22" {
		t.Errorf("the query is %s", got)
	}
}

func TestSyncShowsTheAccountWhole(t *testing.T) {
	for _, quirk := range practice.Variants() {
		if q, _ := practice.Lookup(quirk.Name); q.Group != "Discovery" && q.Group != "Paging" && q.Group != "Groups" && q.Group != "Answers" {
			continue // nothing that a reading meets
		}
		t.Run(quirk.String(), func(t *testing.T) {
			t.Parallel()
			s := sandbox(t, practice.Options{}, quirk)
			d, err := at(t, s, Options{}).Sync(context.Background(), nil, nil)
			if err != nil {
				t.Fatal(err)
			}
			if quirk.Name == practice.StartIndexIgnored {
				if !d.Partial {
					t.Errorf("a copy of %d users counts as whole", len(d.Users))
				}
				return
			}
			if d.Partial {
				t.Errorf("the copy is partial: %d users", len(d.Users))
			}
			state, err := s.Dump(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			if len(d.Users) != len(state.Users) || len(d.Groups) != len(state.Groups) {
				t.Fatalf("%d users and %d groups, want %d and %d", len(d.Users), len(d.Groups), len(state.Users), len(state.Groups))
			}
			for _, want := range state.Users {
				got := d.ByEmail(want.UserName)
				if len(got) != 1 || got[0].DisplayName != want.DisplayName || got[0].Active != want.Active || got[0].Role != want.Role {
					t.Fatalf("%s is %+v, want %+v", want.UserName, got, want)
				}
				if !got[0].GroupsHidden && len(got[0].Groups) != len(want.Groups) {
					t.Errorf("%s is in %v, want %v", want.UserName, got[0].Groups, want.Groups)
				}
				if quirk.Name != practice.Extension && len(got[0].Identifiers) != len(want.Identifiers) {
					t.Errorf("%s has %v, want %v", want.UserName, got[0].Identifiers, want.Identifiers)
				}
			}
			wantSources := len(state.Sources)
			if quirk.Name == practice.Sources && quirk.Value == "none" {
				wantSources = 0
			}
			if len(d.Sources) != wantSources && quirk.Name != practice.Sources && quirk.Name != practice.Extension || d.NoSources != (len(d.Sources) == 0) {
				t.Errorf("the sources are %v", d.Sources)
			}
		})
	}
}

func TestIncrementalSyncReadsOnlyWhatMoved(t *testing.T) {
	s := sandbox(t, practice.Options{})
	c := at(t, s, Options{})
	ctx := context.Background()
	first, err := c.Sync(ctx, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	name := "Moved On"
	if _, err := c.Update(ctx, first.Users[5], account.Change{DisplayName: &name}); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Create(ctx, account.User{Email: "new@x.org", DisplayName: "New", Active: true, Role: "User"}); err != nil {
		t.Fatal(err)
	}
	// Now the newest lastModified is a recent one, so that little is read.
	second, err := c.Sync(ctx, first, nil)
	if err != nil {
		t.Fatal(err)
	}
	s.ResetCounts()
	third, err := c.Sync(ctx, second, nil)
	if err != nil {
		t.Fatal(err)
	}
	if n := s.Counts().ByKind["GET /Users"]; n > 3 {
		t.Errorf("an up-to-date copy took %d pages", n)
	}
	for _, d := range []*account.Directory{second, third} {
		if got := d.ByEmail(first.Users[5].Email); len(got) != 1 || got[0].DisplayName != name || len(d.ByEmail("new@x.org")) != 1 || len(d.Users) != len(first.Users)+1 {
			t.Errorf("the copy is wrong: %d users, %+v", len(d.Users), got)
		}
		for _, u := range first.Users {
			if now := d.ByID(u.ID); now == nil || strings.Join(now.Groups, "|") != strings.Join(u.Groups, "|") {
				t.Errorf("%s lost groups: %v, had %v", u.Email, now.Groups, u.Groups)
			}
		}
	}
}

func TestALargeDirectoryIsLookedUp(t *testing.T) {
	for _, quirk := range []practice.Setting{{Name: practice.NoBulk}, practice.TotalIsPage.On(), practice.FilterIgnored.On(), practice.CaseSensitiveUserName.On(), practice.FilterDrops.On()} {
		s := sandbox(t, practice.Options{}, quirk)
		c := at(t, s, Options{LargeDirectory: 600})
		ctx := context.Background()
		d, err := c.Sync(ctx, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		// Where a search finds nobody, or not everybody, the directory is read whole.
		if searches := quirk.Name != practice.FilterIgnored && quirk.Name != practice.CaseSensitiveUserName; d.Partial != searches {
			t.Errorf("%s: partial is %v", quirk, d.Partial)
		}
		seed := practice.Seed()
		found, err := c.LookupAll(ctx, []string{seed[1500].Email, strings.ToUpper(seed[7].Email), "nobody@x.org"}, nil)
		if err != nil || len(found) != 2 {
			t.Errorf("%s: found %v, %v", quirk, found, err)
		}
	}
}

func TestSigningInByEveryWay(t *testing.T) {
	s := sandbox(t, practice.Options{User: "ann", Password: testSecret, ClientID: "client", ClientSecret: testSecret})
	for _, p := range []account.Profile{
		{SignIn: account.SignInBasic, User: "ann"},
		{SignIn: account.SignInOAuth, ClientID: "client", OAuthTokenURL: s.TokenURL()},
	} {
		p.URL = s.URL()
		if r := client(t, p, quick).TestConnection(context.Background()); r.Failure != nil {
			t.Errorf("%s: %v", p.SignIn, r.Failure)
		}
		p.User, p.ClientID = "other", "other"
		r := client(t, p, quick).TestConnection(context.Background())
		if r.Failure == nil || r.Failure.Kind != account.KindUnauthorised {
			t.Errorf("%s with the wrong name: %v", p.SignIn, r.Failure)
		}
		noSecret(t, fmt.Sprint(r))
	}
}

func TestAnOAuthTokenIsRenewedByItself(t *testing.T) {
	s := sandbox(t, practice.Options{ClientID: "client", ClientSecret: testSecret})
	c := client(t, account.Profile{URL: s.URL(), SignIn: account.SignInOAuth, ClientID: "client", OAuthTokenURL: s.TokenURL()}, quick)
	ctx := context.Background()
	if _, err := c.Discover(ctx); err != nil {
		t.Fatal(err)
	}
	s.ExpireTokens()
	if _, err := c.Sync(ctx, nil, nil); err != nil {
		t.Errorf("after the token ran out: %v", err)
	}
}

// TestNoSecretComesOut has the server echo everything that it was sent, in
// every place that the client reads, and searches errors and log.
func TestNoSecretComesOut(t *testing.T) {
	echo := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		all := fmt.Sprint(r.Header, string(body), url.QueryEscape(testSecret), base64.StdEncoding.EncodeToString([]byte(testSecret)), testSecret)
		w.Header().Set("Location", "/"+url.PathEscape(testSecret))
		w.Header().Set("Retry-After", testSecret)
		w.WriteHeader(http.StatusBadRequest)
		_ = json.NewEncoder(w).Encode(map[string]string{"detail": all, "scimType": testSecret})
	}))
	defer echo.Close()
	var log bytes.Buffer
	for _, p := range []account.Profile{
		{}, {SignIn: account.SignInBasic, User: "ann"},
		{SignIn: account.SignInOAuth, ClientID: "client", OAuthTokenURL: echo.URL + "/token"},
	} {
		p.URL = echo.URL
		o := quick
		o.Log = slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
		c := client(t, p, o)
		ctx := context.Background()
		_, e1 := c.Create(ctx, account.User{Email: "a@x.org", DisplayName: "A", Identifiers: []account.Identifier{{Source: "s", Value: "v"}}})
		_, e2 := c.Sync(ctx, nil, nil)
		_, e3 := c.Lookup(ctx, "a@x.org")
		_, e4 := c.AddMembers(ctx, account.Group{ID: "g"}, []string{"u"})
		r := c.TestConnection(ctx)
		for _, v := range []any{e1, e2, e3, e4, r, r.Failure, c.Learned()} {
			data, _ := json.Marshal(v)
			noSecret(t, fmt.Sprintf("%v %+v %#v %s", v, v, v, data))
			if f, ok := v.(*account.Failure); ok && f != nil {
				noSecret(t, f.Detail+f.Text+f.Error())
			}
		}
	}
	noSecret(t, log.String())
	if log.Len() == 0 {
		t.Error("nothing was logged")
	}
}

func TestReadOnlySendsNoWrite(t *testing.T) {
	s := sandbox(t, practice.Options{})
	c, err := New(account.Profile{URL: s.URL(), ReadOnly: true, Rate: 100000}, s.Token(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	if _, err := c.Sync(ctx, nil, nil); err != nil {
		t.Fatal(err)
	}
	name := "x"
	_, e1 := c.Create(ctx, account.User{Email: "a@x.org"})
	_, e2 := c.Update(ctx, account.User{ID: "u00001"}, account.Change{DisplayName: &name})
	_, e3 := c.AddMembers(ctx, account.Group{ID: "g0001"}, []string{"u00001"})
	for _, err := range []error{e1, e2, e3["u00001"]} {
		if account.KindOf(err) != account.KindReadOnly {
			t.Errorf("got %v", err)
		}
	}
	for kind := range s.Counts().ByKind {
		if !strings.HasPrefix(kind, "GET ") {
			t.Errorf("%s was sent", kind)
		}
	}
}

func TestTheRateIsKept(t *testing.T) {
	s := sandbox(t, practice.Options{}, practice.NoBulk.On(), practice.RateLimit.As("40"), practice.RetryAfter.As("fraction"))
	c := at(t, s, Options{})
	found, err := c.LookupAll(context.Background(), func() (out []string) {
		for _, p := range practice.Seed()[:60] {
			out = append(out, p.Email)
		}
		return out
	}(), nil)
	if err != nil || len(found) != 60 {
		t.Errorf("%d found, %v", len(found), err)
	}
}

func FuzzAnswersNeverPanic(f *testing.F) {
	for _, seed := range []string{
		`{"Resources":[{"id":1,"userName":"a@x.org","active":"True","roles":["Admin"],"groups":null,"meta":null}],"totalResults":"1"}`,
		`{"resources":{"id":"x"}}`, `[]`, `[1,null,{"userName":2}]`, `{"bulk":null,"patch":{"supported":"yes"},"filter":{"maxResults":1e99}}`,
		`{"Operations":[{"bulkId":"r0","status":{"code":"201"},"location":"/Users/%zz"}]}`, `{"errors":[[]]}`, `<title>`, "\xef\xbb\xbf{}", `{"members":["a",{"value":3}]}`,
		`{"attributes":[{"name":"x","subAttributes":7}]}`, `null`, `{"schemas":"x"}`,
	} {
		f.Add([]byte(seed))
	}
	c := &Client{urn: ExtensionURN}
	f.Fuzz(func(t *testing.T, body []byte) {
		v := parse(body)
		a := &answer{json: v}
		_ = ownWords(body)
		_ = old(a)
		for _, r := range append(pageOf(v).resources, a.object()) {
			u := c.user(r)
			_, _ = json.Marshal(u)
			_ = memberIDs(r)
			_ = bulkStatus(r)
		}
		caps := config(v)
		c.readTypes(v, caps, &discovered{})
		c.readSchemas(v, caps, &discovered{})
		if len(caps.Lines()) < 7 {
			t.Error("a capability has no line")
		}
	})
}

func FuzzRetryAfter(f *testing.F) {
	for _, s := range []string{"1", "0.5", "Sun, 01 Mar 2026 12:00:07 GMT", "-1", "1e400", "NaN", "Inf"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		h := http.Header{"Retry-After": {text}}
		if d := retryAfter(h, time.Unix(0, 0)); d < 0 || d > maxRetryAfter {
			t.Errorf("%q gives %v", text, d)
		}
	})
}
