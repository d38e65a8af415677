package practice

import (
	"bytes"
	"context"
	"encoding/base64"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rollcall/internal/practice/schema"
	"rollcall/internal/problem"
)

func TestSigningIn(t *testing.T) {
	c := start(t, Options{Empty: true, Token: "token-of-the-test", User: "ada", Password: "päss:word", ClientID: "id", ClientSecret: "secret"})
	basic := func(s string) string { return "Basic " + base64.StdEncoding.EncodeToString([]byte(s)) }
	for auth, want := range map[string]int{
		"Bearer token-of-the-test": 200, "bearer token-of-the-test": 200, "Bearer token": 401, "Bearer ": 401,
		"token-of-the-test": 401, "Digest x": 401, "Basic x": 401,
		basic("ada:päss:word"): 200, basic("ada:"): 401, basic("eve:päss:word"): 401, basic(":"): 401,
	} {
		c.auth = auth
		g := c.do(want, "GET", "/ServiceProviderConfig", nil)
		if challenges := g.Header.Values("WWW-Authenticate"); want == 401 && (len(challenges) != 2 || !strings.HasPrefix(challenges[0], "Bearer realm=")) {
			t.Errorf("%q is challenged by %q", auth, challenges)
		}
	}
	c.auth = ""
	form := func(pairs ...string) string {
		v := url.Values{}
		for i := 0; i < len(pairs); i += 2 {
			v.Set(pairs[i], pairs[i+1])
		}
		return v.Encode()
	}
	const kind = "Content-Type: application/x-www-form-urlencoded"
	good := form("grant_type", "client_credentials", "client_id", "id", "client_secret", "secret")
	first, _ := c.do(200, "POST", c.srv.TokenURL(), good, kind).at("access_token").(string)
	c.do(200, "POST", c.srv.TokenURL(), form("grant_type", "client_credentials"), kind, "Authorization: "+basic("id:secret")).has(`"Bearer"`, "token_type")
	c.do(401, "POST", c.srv.TokenURL(), form("grant_type", "client_credentials", "client_id", "id", "client_secret", "x"), kind).has(`"invalid_client"`, "error")
	c.do(400, "POST", c.srv.TokenURL(), form("grant_type", "password", "client_id", "id", "client_secret", "secret"), kind).has(`"unsupported_grant_type"`, "error")
	c.auth = "Bearer " + first
	c.do(200, "GET", "/Users", nil)
	c.srv.ExpireTokens()
	c.do(401, "GET", "/Users", nil)
	c.auth = ""
	c.srv.RenewToken()
	c.do(200, "GET", "/Users", nil)
}

func TestWithoutPasswordsNoPasswordIsRight(t *testing.T) {
	c := empty(t)
	c.auth = "Basic " + base64.StdEncoding.EncodeToString([]byte(":"))
	c.do(401, "GET", "/Users", nil)
	c.do(401, "POST", c.srv.TokenURL(), "grant_type=client_credentials&client_id=&client_secret=", "Content-Type: application/x-www-form-urlencoded")
}

func TestSecretsAreInNoLogAndNoDatabase(t *testing.T) {
	var log bytes.Buffer
	file := filepath.Join(t.TempDir(), "a.db")
	c := start(t, Options{Empty: true, DB: file, Token: "SECRET-token", User: "u", Password: "SECRET-pass",
		Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	c.make(user("ada@x.org", "password", "SECRET-word"))
	id := c.person("ada@x.org").ID
	c.do(200, "PATCH", "/Users/"+id, patch("replace password", "SECRET-word"))
	c.do(400, "PATCH", "/Users/"+id, patch("replace SECRET-word", "x"))
	c.auth = "Bearer SECRET-wrong"
	c.do(401, "GET", "/Users", nil)
	if err := c.srv.Close(); err != nil {
		t.Fatal(err)
	}
	stored, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(log.String(), "SECRET") || bytes.Contains(stored, []byte("SECRET")) {
		t.Errorf("a secret was written: %s", log.String())
	}
	if !strings.Contains(log.String(), "POST /Users") {
		t.Errorf("the log says nothing: %s", log.String())
	}
}

func TestADatabaseFileIsGoneOnWith(t *testing.T) {
	file := filepath.Join(t.TempDir(), "with space & ümlaut.db")
	first := start(t, Options{DB: file})
	id := first.make(withIdentifiers("ada@x.org", "slack:U0NEWADA"))
	first.do(200, "PATCH", "/Groups/g0001", patch("add members", memberList(id)))
	before := first.dump()
	if err := first.srv.Close(); err != nil {
		t.Fatal(err)
	}
	second := start(t, Options{DB: file, Empty: true})
	if after := second.dump(); schema.Key(asAny(after)) != schema.Key(asAny(before)) {
		t.Error("the account differs after a restart")
	}
	second.do(409, "POST", "/Users", user("ADA@x.org"))
}

func TestAFileThatIsNoAccountIsLeftAlone(t *testing.T) {
	file := filepath.Join(t.TempDir(), "notes.db")
	if err := os.WriteFile(file, []byte("my notes, not a database"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Start(context.Background(), Options{DB: file})
	if err == nil || !strings.HasPrefix(problem.Sentence(err), "The practice account could not be opened from ") {
		t.Errorf("the error is %v", err)
	}
	if raw, _ := os.ReadFile(file); string(raw) != "my notes, not a database" {
		t.Errorf("the file now holds %q", raw)
	}
}

func TestAnAddressInUseIsSaid(t *testing.T) {
	c := empty(t)
	_, err := Start(context.Background(), Options{Empty: true, Addr: strings.TrimPrefix(strings.TrimSuffix(c.srv.URL(), basePath), "http://")})
	if err == nil || !strings.Contains(problem.Sentence(err), "Another program may use that address") {
		t.Errorf("the error is %v", err)
	}
}

func TestTheServerEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	srv, err := Start(ctx, Options{Empty: true})
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	<-srv.served
	if err := srv.Close(); err != nil {
		t.Error(err)
	}
	if err := srv.store.db.PingContext(t.Context()); err == nil {
		t.Error("the database stays open")
	}
}

func TestAClientsBasicCredentialsAreReadAsTheRFCEscapesThem(t *testing.T) {
	c := start(t, Options{Empty: true, ClientID: "a client", ClientSecret: "s+cr%t/ö:="})
	for _, test := range []struct {
		id, secret string
		status     int
	}{
		{url.QueryEscape("a client"), url.QueryEscape("s+cr%t/ö:="), 200},
		{"a client", url.QueryEscape("s+cr%t/ö:="), 200},
		{url.QueryEscape("a client"), url.QueryEscape("s cr%t/ö:="), 401},
		{"a client", "s+cr%t/ö:=", 200}, // no escape in it can be read, so it is as it stands
	} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, c.srv.TokenURL(), strings.NewReader("grant_type=client_credentials"))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.SetBasicAuth(test.id, test.secret)
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if resp.StatusCode != test.status {
			t.Errorf("%q and %q: %s", test.id, test.secret, resp.Status)
		}
	}
}
