package scim

import (
	"context"
	"crypto/tls"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"rollcall/internal/account"
	"rollcall/internal/problem"
)

const testSecret = "s3cr3t+Töken/with=odd&bits"

// quick waits long for an answer and short between tries; hasty, short for
// both.
var (
	quick = Options{Timeout: 30 * time.Second, Backoff: time.Millisecond}
	hasty = Options{Timeout: 200 * time.Millisecond, SlowTimeout: 200 * time.Millisecond, Backoff: time.Millisecond}
)

func client(t *testing.T, p account.Profile, o Options) *Client {
	t.Helper()
	p.Rate = 100000
	c, err := New(p, testSecret, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// noSecret fails where a text holds the secret in any form.
func noSecret(t *testing.T, text string) {
	t.Helper()
	var s scrubber
	s.add(testSecret)
	if s.clean(text) != text {
		t.Errorf("the secret is in %q", text)
	}
}

// rawServer answers each connection by hand.
func rawServer(t *testing.T, answer func(net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				buf := make([]byte, 64<<10)
				if n, _ := conn.Read(buf); n > 0 {
					answer(conn)
				}
			}()
		}
	}()
	return "http://" + l.Addr().String() + "/scim/v2"
}

const head = "HTTP/1.1 200 OK\r\nContent-Type: application/scim+json\r\nContent-Length: 5000\r\n\r\n"

// TestEveryWayAConnectionFails reads and creates through real sockets that
// fail: each ends with its kind, its step, a sentence, and no secret.
func TestEveryWayAConnectionFails(t *testing.T) {
	stop := make(chan struct{})
	t.Cleanup(func() { close(stop) })
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	refused := "http://" + closed.Addr().String()
	_ = closed.Close()
	for _, tt := range []struct {
		name, url string
		kind      account.Kind
		create    account.Kind
		step      string
		says      string
	}{
		{"no such name", "https://no-such-host.invalid/scim/v2", account.KindNameNotFound, account.KindNameNotFound, stepAddress, "no server with the name"},
		{"refused", refused, account.KindRefused, account.KindRefused, stepConnection, "accepts no connection"},
		{"closed without an answer", rawServer(t, func(net.Conn) {}), account.KindConnection, account.KindConnection, stepConnection, "broke off"},
		{"reset in the middle", rawServer(t, func(c net.Conn) {
			_, _ = io.WriteString(c, head+`{"Resources":[`)
			_ = c.(*net.TCPConn).SetLinger(0)
		}), account.KindConnection, account.KindConnection, stepConnection, "broke off"},
		{"hang", rawServer(t, func(net.Conn) { <-stop }), account.KindTimeout, account.KindTimeout, stepConnection, "did not answer in time"},
		{"slow drip", rawServer(t, func(c net.Conn) {
			_, _ = io.WriteString(c, head)
			for range 5000 {
				if _, err := io.WriteString(c, " "); err != nil {
					return
				}
				time.Sleep(5 * time.Millisecond)
			}
		}), account.KindTimeout, account.KindTimeout, stepConnection, "did not answer in time"},
		{"truncated JSON", rawServer(t, func(c net.Conn) {
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"Resources\":[{\"id\":")
		}), account.KindNotSCIM, account.KindNotSCIM, stepSCIM, "not as a SCIM account"},
		{"HTML page", rawServer(t, func(c net.Conn) {
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: text/html\r\n\r\n<html><title>Welcome</title></html>")
		}), account.KindNotSCIM, account.KindNotSCIM, stepSCIM, "not as a SCIM account"},
		{"HTML error", rawServer(t, func(c net.Conn) {
			_, _ = io.WriteString(c, "HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\n\r\n<html><title>Bad gateway</title><script>x</script></html>")
		}), account.KindServer, account.KindServer, stepSCIM, "Bad gateway"},
		{"not HTTP", rawServer(t, func(c net.Conn) { _, _ = io.WriteString(c, "SSH-2.0-OpenSSH\r\n") }), account.KindConnection, account.KindConnection, stepConnection, "broke off"},
		{"SCIM 1.1", rawServer(t, func(c net.Conn) {
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"schemas\":[\"urn:scim:schemas:core:1.0\"],\"totalResults\":0}")
		}), account.KindTooOld, "", stepSCIM, "too old"},
		{"unauthorised", rawServer(t, func(c net.Conn) {
			_, _ = io.WriteString(c, "HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n{\"detail\":\"bad token "+testSecret+"\"}")
		}), account.KindUnauthorised, account.KindUnauthorised, stepSignIn, "does not accept the sign-in"},
		{"clock differs", rawServer(t, func(c net.Conn) {
			_, _ = io.WriteString(c, "HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nDate: Mon, 02 Jan 2006 15:04:05 GMT\r\n\r\n{}")
		}), account.KindUnauthorised, account.KindUnauthorised, stepSignIn, "clock differs"},
		{"forbidden", rawServer(t, func(c net.Conn) {
			_, _ = io.WriteString(c, "HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n{\"detail\":\"no scope for "+testSecret+"\"}")
		}), account.KindForbidden, account.KindForbidden, stepPermission, "does not allow this"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o := quick
			if tt.kind == account.KindTimeout {
				o = hasty
			}
			c := client(t, account.Profile{URL: tt.url}, o)
			report := c.TestConnection(context.Background())
			if report.Failure == nil || report.Failure.Kind != tt.kind {
				t.Fatalf("got %+v", report.Failure)
			}
			last := report.Steps[len(report.Steps)-1]
			if last.OK || last.Name != tt.step || !strings.Contains(last.Text, tt.says) {
				t.Errorf("the last step is %+v", last)
			}
			noSecret(t, fmt.Sprint(report.Failure, report.Failure.Detail, last.Text))
			_, err := c.Create(context.Background(), account.User{Email: "ada@x.org", DisplayName: "Ada"})
			if err == nil || tt.create != "" && account.KindOf(err) != tt.create {
				t.Errorf("create: %v", err)
			}
			noSecret(t, fmt.Sprintf("%v %+v %s", err, err, problem.Sentence(err)))
		})
	}
}

// TestCertificates tells an unknown authority, a wrong name, an old protocol
// and no TLS at all apart, and accepts a private authority that is given.
func TestCertificates(t *testing.T) {
	good := func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"schemas":[],"totalResults":0,"Resources":[]}`)
	}
	quiet := log.New(io.Discard, "", 0)
	secure := httptest.NewUnstartedServer(http.HandlerFunc(good))
	secure.Config.ErrorLog = quiet
	secure.StartTLS()
	defer secure.Close()
	ancient := httptest.NewUnstartedServer(http.HandlerFunc(good))
	ancient.Config.ErrorLog = quiet
	ancient.TLS = &tls.Config{MaxVersion: tls.VersionTLS11, MinVersion: tls.VersionTLS10}
	ancient.StartTLS()
	defer ancient.Close()
	open := httptest.NewServer(http.HandlerFunc(good))
	defer open.Close()
	ca := t.TempDir() + "/ca.pem"
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: secure.Certificate().Raw})
	if err := os.WriteFile(ca, block, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, url, ca, says string }{
		{"unknown authority", secure.URL, "", "does not know"},
		{"private authority", secure.URL, ca, ""},
		{"wrong name", strings.Replace(secure.URL, "127.0.0.1", "localhost", 1), ca, "another name"},
		{"old protocol", ancient.URL, ca, "TLS 1.2"},
		{"no TLS", strings.Replace(open.URL, "http:", "https:", 1), "", "does not speak HTTPS"},
	} {
		c := client(t, account.Profile{URL: tt.url, CAFile: tt.ca}, quick)
		f := c.TestConnection(context.Background()).Failure
		switch {
		case tt.says == "" && f != nil:
			t.Errorf("%s: %v", tt.name, f)
		case tt.says != "" && (f == nil || f.Kind != account.KindCertificate || !strings.Contains(f.Text, tt.says)):
			t.Errorf("%s: %+v", tt.name, f)
		}
	}
}

// TestTheSecretStaysWithTheAccount follows redirects to another path, host,
// port and scheme: only the first carries the header on.
func TestTheSecretStaysWithTheAccount(t *testing.T) {
	var leaked atomic.Bool
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "" {
			leaked.Store(true)
		}
		_, _ = io.WriteString(w, `{"schemas":[],"totalResults":0,"Resources":[]}`)
	}))
	defer other.Close()
	var to string
	var status int
	var posts atomic.Int32
	own := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer "+testSecret {
			t.Errorf("%s came without the header", r.URL)
		}
		if r.Method == http.MethodPost {
			posts.Add(1)
		}
		if strings.HasPrefix(r.URL.Path, "/moved") {
			_, _ = io.WriteString(w, `{"schemas":[],"totalResults":0,"Resources":[]}`)
			return
		}
		http.Redirect(w, r, to, status)
	}))
	defer own.Close()
	for _, tt := range []struct {
		name, to string
		kind     account.Kind
	}{
		{"another path", "/moved", ""},
		{"another port", other.URL + "/moved", account.KindRedirected},
		{"another host", strings.Replace(other.URL, "127.0.0.1", "localhost", 1), account.KindRedirected},
		{"another scheme", strings.Replace(own.URL, "http:", "https:", 1), account.KindRedirected},
	} {
		for _, status = range []int{301, 302, 303, 307, 308} {
			to = tt.to
			c := client(t, account.Profile{URL: own.URL}, quick)
			_, err := c.send(context.Background(), call{method: http.MethodGet, path: "/Users"})
			if account.KindOf(err) != tt.kind {
				t.Errorf("%s %d: %v", tt.name, status, err)
			}
			_, err = c.send(context.Background(), call{method: http.MethodPost, path: "/Users", body: map[string]any{}, once: true})
			if keeps := status >= 307 && tt.kind == ""; (err == nil) != keeps {
				t.Errorf("a POST to %s by %d: %v", tt.name, status, err)
			}
			if err != nil {
				noSecret(t, err.Error())
			}
		}
	}
	if leaked.Load() {
		t.Error("the header went to another server")
	}
}

// TestAddresses names what is wrong with an address before anything is sent.
func TestAddresses(t *testing.T) {
	for _, tt := range []struct{ url, says string }{
		{"", "no address yet"},
		{"accounts.example.com/scim", "not a web address"},
		{"ftp://example.com", "not a web address"},
		{"https://", "not a web address"},
		{"http://example.com/scim", "Use https://"},
		{"http://127.0.0.1.example.com/scim", "Use https://"},
		{"https://user:word@example.com/scim", "holds a user name or password"},
		{"http://127.0.0.1:1/scim/", ""}, {"http://[::1]:1/scim", ""}, {"http://localhost:1", ""}, {"https://example.com/scim/v2/?flag", ""},
	} {
		_, err := New(account.Profile{URL: tt.url}, testSecret, Options{})
		if tt.says == "" && err != nil || tt.says != "" && (account.KindOf(err) != account.KindAddress || !strings.Contains(err.Error(), tt.says)) {
			t.Errorf("%q: %v", tt.url, err)
		}
	}
}

// TestAnEndlessAnswerIsCut reads no more than the limit.
func TestAnEndlessAnswerIsCut(t *testing.T) {
	var sent atomic.Int64
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		block := []byte(`{"a":"` + strings.Repeat("x", 1<<20))
		for range 200 {
			n, err := w.Write(block)
			sent.Add(int64(n))
			if err != nil {
				return
			}
		}
	}))
	defer s.Close()
	c := client(t, account.Profile{URL: s.URL}, Options{Timeout: 20 * time.Second, Backoff: time.Millisecond})
	_, err := c.send(context.Background(), call{method: http.MethodGet, path: "/Users", quick: true})
	if err == nil || !strings.Contains(err.Error(), "too large") || sent.Load() > 100<<20 {
		t.Errorf("%v after %d bytes", err, sent.Load())
	}
}
