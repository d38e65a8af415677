package scim

import (
	"bufio"
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"rollcall/internal/account"
	"rollcall/internal/scim/proxy"
)

// proxyEnvironment makes the environment name a proxy, and nothing else about
// proxies.
func proxyEnvironment(t *testing.T, at, except string) {
	t.Helper()
	for _, name := range []string{"HTTP_PROXY", "ALL_PROXY", "HTTPS_PROXY", "NO_PROXY"} {
		t.Setenv(name, "")
		t.Setenv(strings.ToLower(name), "")
	}
	t.Setenv("HTTPS_PROXY", at)
	t.Setenv("NO_PROXY", except)
}

// certified makes a certificate for a name, valid between two times, signed by
// itself, and writes it as an authority's file.
func certified(t *testing.T, name string, from, to time.Time) (tls.Certificate, string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, DNSNames: []string{name},
		NotBefore: from, NotAfter: to, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, path
}

// secureAccount is an account behind TLS under a name that only the proxy can
// resolve.
func secureAccount(t *testing.T, name string, from, to time.Time) (at, ca string) {
	t.Helper()
	cert, ca := certified(t, name, from, to)
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer "+testSecret {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		_, _ = io.WriteString(w, `{"schemas":[],"totalResults":0,"Resources":[]}`)
	}))
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.TLS = &tls.Config{Certificates: []tls.Certificate{cert}}
	s.StartTLS()
	t.Cleanup(s.Close)
	return s.Listener.Addr().String(), ca
}

// tunnel is a web proxy that notes every byte that it sees.
type tunnel struct {
	address  string
	to       string // where every name leads
	password string // asked for where it is not ""
	status   string // what CONNECT is answered, instead of a tunnel

	mu   sync.Mutex
	seen bytes.Buffer
	asks []string
}

func newTunnel(t *testing.T, p *tunnel) *tunnel {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	p.address = l.Addr().String()
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go p.serve(conn)
		}
	}()
	return p
}

func (p *tunnel) Write(data []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.seen.Write(data)
}

// saw gives what was asked for, and every byte.
func (p *tunnel) saw() (asks []string, bytes string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.asks), p.seen.String()
}

func (p *tunnel) serve(conn net.Conn) {
	defer conn.Close()
	in := bufio.NewReader(io.TeeReader(conn, p))
	req, err := http.ReadRequest(in)
	if err != nil {
		return
	}
	p.mu.Lock()
	p.asks = append(p.asks, req.Method+" "+req.Host)
	p.mu.Unlock()
	wanted := "Basic " + base64.StdEncoding.EncodeToString([]byte("user:"+p.password))
	switch {
	case p.password != "" && req.Header.Get("Proxy-Authorization") != wanted:
		_, _ = io.WriteString(conn, "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n")
		return
	case p.status != "":
		_, _ = io.WriteString(conn, "HTTP/1.1 "+p.status+"\r\nContent-Length: 0\r\n\r\n")
		return
	}
	far, err := net.Dial("tcp", p.to)
	if err != nil {
		return
	}
	defer far.Close()
	_, _ = io.WriteString(conn, "HTTP/1.1 200 Connection established\r\n\r\n")
	go func() {
		_, _ = io.Copy(far, in)
		_ = far.(*net.TCPConn).CloseWrite()
	}()
	_, _ = io.Copy(io.MultiWriter(conn, p), far)
}

// TestTheSystemsProxyIsUsed reaches an account through a real proxy: the test
// of the connection names the proxy, and the proxy sees no secret.
func TestTheSystemsProxyIsUsed(t *testing.T) {
	const name = "accounts.invalid"
	at, ca := secureAccount(t, name, time.Now().Add(-time.Hour), time.Now().Add(time.Hour))
	for _, password := range []string{"", "pr0xy-w0rd"} {
		p := newTunnel(t, &tunnel{to: at, password: password})
		who := ""
		if password != "" {
			who = "user:" + password + "@"
		}
		proxyEnvironment(t, "http://"+who+p.address, "")
		report := client(t, account.Profile{URL: "https://" + name + "/scim/v2", CAFile: ca}, quick).TestConnection(context.Background())
		if report.Failure != nil {
			t.Fatalf("%v", report.Failure)
		}
		if want := p.address + " (set in the environment)"; report.Proxy != want {
			t.Errorf("the proxy is said to be %q, want %q", report.Proxy, want)
		}
		asks, seen := p.saw()
		if asks[0] != "CONNECT "+name+":443" {
			t.Errorf("the proxy was asked %q", asks)
		}
		if len(seen) < 500 || strings.Contains(seen, "Bearer") {
			t.Errorf("of %d bytes the proxy saw the header", len(seen))
		}
		noSecret(t, seen)
	}
}

// TestTheProxyIsNamedWhereItFails tells the proxy's failures from the
// account's.
func TestTheProxyIsNamedWhereItFails(t *testing.T) {
	good, ca := secureAccount(t, "accounts.invalid", time.Now().Add(-time.Hour), time.Now().Add(time.Hour))
	closed := newTunnel(t, &tunnel{status: "502 Bad Gateway"})
	for _, tt := range []struct {
		name  string
		proxy *tunnel
		at    string
		kind  account.Kind
		says  string
	}{
		{"asks for a password", newTunnel(t, &tunnel{to: good, password: "word"}), "", account.KindConnection, "asks for a sign-in of its own"},
		{"forbids the host", newTunnel(t, &tunnel{status: "403 Forbidden"}), "", account.KindConnection, "does not let connections through to accounts.invalid"},
		{"cannot reach the host", closed, "", account.KindConnection, "could not reach accounts.invalid"},
		{"is not there", nil, "127.0.0.1:1", account.KindConnection, "The proxy 127.0.0.1:1 that this computer is set to use cannot be reached"},
		{"has a name that does not exist", nil, "proxy.invalid:3128", account.KindConnection, "The proxy proxy.invalid:3128 that this computer is set to use cannot be reached"},
	} {
		at := tt.at
		if tt.proxy != nil {
			at = tt.proxy.address
		}
		proxyEnvironment(t, "http://"+at, "")
		report := client(t, account.Profile{URL: "https://accounts.invalid/scim/v2", CAFile: ca}, quick).TestConnection(context.Background())
		f := report.Failure
		if f == nil || f.Kind != tt.kind || !strings.Contains(f.Text, tt.says) || !strings.Contains(f.Text, at) {
			t.Errorf("a proxy that %s: %+v", tt.name, f)
			continue
		}
		if last := report.Steps[len(report.Steps)-1]; last.Name != stepConnection || last.OK {
			t.Errorf("a proxy that %s: the last step is %+v", tt.name, last)
		}
		if tt.proxy == nil || tt.proxy.password == "" {
			continue
		}
		if asks, _ := tt.proxy.saw(); len(asks) != 1 {
			t.Errorf("a proxy that asks for a password is asked %d times", len(asks))
		}
	}
}

// TestSomeHostsAreReachedWithoutTheProxy goes straight to this computer and to
// the hosts that are excepted.
func TestSomeHostsAreReachedWithoutTheProxy(t *testing.T) {
	p := newTunnel(t, &tunnel{status: "502 Bad Gateway"})
	open := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"schemas":[],"totalResults":0,"Resources":[]}`)
	}))
	defer open.Close()
	proxyEnvironment(t, "http://"+p.address, "excepted.invalid")
	t.Setenv("HTTP_PROXY", "http://"+p.address)
	report := client(t, account.Profile{URL: open.URL}, quick).TestConnection(context.Background())
	if report.Failure != nil || report.Proxy != "" {
		t.Errorf("this computer itself: %+v", report)
	}
	report = client(t, account.Profile{URL: "https://excepted.invalid/scim"}, quick).TestConnection(context.Background())
	if account.KindOf(report.Failure) != account.KindNameNotFound || report.Proxy != "" {
		t.Errorf("an excepted host: %+v", report)
	}
	if asks, _ := p.saw(); len(asks) != 0 {
		t.Errorf("the proxy was asked %q", asks)
	}
}

// TestACertificateIsRefusedForADate tells an expired certificate and one of
// tomorrow from others.
func TestACertificateIsRefusedForADate(t *testing.T) {
	now := time.Now()
	for name, span := range map[string][2]time.Time{
		"expired":  {now.Add(-48 * time.Hour), now.Add(-24 * time.Hour)},
		"tomorrow": {now.Add(24 * time.Hour), now.Add(48 * time.Hour)},
	} {
		at, ca := secureAccount(t, "accounts.invalid", span[0], span[1])
		p := newTunnel(t, &tunnel{to: at})
		proxyEnvironment(t, "http://"+p.address, "")
		report := client(t, account.Profile{URL: "https://accounts.invalid/scim", CAFile: ca}, quick).TestConnection(context.Background())
		f := report.Failure
		if f == nil || f.Kind != account.KindCertificate || !strings.Contains(f.Text, "not valid today") {
			t.Errorf("%s: %+v", name, f)
		}
		if last := report.Steps[len(report.Steps)-1]; last.Name != stepCertificate {
			t.Errorf("%s: the last step is %+v", name, last)
		}
	}
}

// TestAProxyScriptThatIsNotFollowedIsSaid adds to a failed connection why it may
// have failed, and leaves all other failures as they are.
func TestAProxyScriptThatIsNotFollowedIsSaid(t *testing.T) {
	far := &url.URL{Scheme: "https", Host: "accounts.invalid"}
	script := proxy.Settings{Script: "http://wpad.invalid/proxy.pac"}
	for _, tt := range []struct {
		kind     account.Kind
		to       *url.URL
		settings proxy.Settings
		said     bool
	}{
		{account.KindNameNotFound, far, script, true},
		{account.KindTimeout, far, script, true},
		{account.KindTimeout, far, proxy.Settings{}, false},
		{account.KindCertificate, far, script, false},
		{account.KindRefused, &url.URL{Scheme: "http", Host: "127.0.0.1:1"}, script, false},
	} {
		f := &account.Failure{Kind: tt.kind, Text: "It failed."}
		noteScript(f, tt.to, func() proxy.Settings { return tt.settings })
		if said := f.Text == "It failed. "+scriptText; said != tt.said {
			t.Errorf("%s to %s: %q", tt.kind, tt.to, f.Text)
		}
	}
}
