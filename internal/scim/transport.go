package scim

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"time"

	"rollcall/internal/account"
	"rollcall/internal/scim/proxy"
)

// newTransport makes the pool of connections: TLS 1.2 at least, certificate
// checks always on, the system's proxy settings, and a private certificate
// authority beside the system's own where the profile gives one.
func newTransport(caFile string) (*http.Transport, error) {
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if caFile != "" {
		pem, err := os.ReadFile(caFile)
		if err != nil {
			return nil, &account.Failure{Kind: account.KindCertificate, Cause: err,
				Text: "The certificate authority's file cannot be read. Choose the file again in the account's settings."}
		}
		pool, err := x509.SystemCertPool()
		if err != nil {
			pool = x509.NewCertPool()
		}
		if !pool.AppendCertsFromPEM(pem) {
			return nil, &account.Failure{Kind: account.KindCertificate,
				Text: "The certificate authority's file holds no certificate. It must be a PEM file, with the lines BEGIN CERTIFICATE and END CERTIFICATE."}
		}
		config.RootCAs = pool
	}
	dialer := &net.Dialer{Timeout: 15 * time.Second, KeepAlive: 30 * time.Second}
	return &http.Transport{
		Proxy:                  func(r *http.Request) (*url.URL, error) { return proxyFor(r.Context(), r.URL), nil },
		OnProxyConnectResponse: proxyAnswered,
		DialContext:            dialer.DialContext,
		TLSClientConfig:        config,
		TLSHandshakeTimeout:    15 * time.Second,
		ForceAttemptHTTP2:      true,
		MaxIdleConns:           2 * account.Workers,
		MaxIdleConnsPerHost:    2 * account.Workers,
		IdleConnTimeout:        60 * time.Second,
		MaxResponseHeaderBytes: 256 << 10,
	}, nil
}

// proxyFor gives the proxy that this computer is set to use for an address,
// nil for none.
func proxyFor(ctx context.Context, u *url.URL) *url.URL {
	if proxy.Loopback(u.Hostname()) {
		return nil // settings need not be read for that
	}
	s := proxy.System(ctx)
	return s.For(u)
}

// errProxy is a proxy that answers a request for a connection (CONNECT) with
// something else than a connection.
type errProxy struct {
	proxy  string // host and port
	status int
}

func (e errProxy) Error() string {
	return "the proxy " + e.proxy + " answers " + strconv.Itoa(e.status)
}

func proxyAnswered(_ context.Context, at *url.URL, _ *http.Request, answer *http.Response) error {
	if answer.StatusCode == http.StatusOK {
		return nil
	}
	return errProxy{proxy: at.Host, status: answer.StatusCode}
}

// text says in words what the proxy's answer means for the way to host.
func (e errProxy) text(host string) string {
	switch {
	case e.status == http.StatusProxyAuthRequired:
		return "The proxy " + e.proxy + ", which this computer is set to use, asks for a sign-in of its own. Enter its user and password in the system's proxy settings, or ask whoever runs your network."
	case e.status == http.StatusForbidden || e.status == http.StatusMethodNotAllowed:
		return "The proxy " + e.proxy + ", which this computer is set to use, does not let connections through to " + host + ". Ask whoever runs your network to allow it."
	}
	return "The proxy " + e.proxy + ", which this computer is set to use, could not reach " + host + ". Check the address, or ask whoever runs your network."
}

// authorised puts the Authorization header on requests to the account's own
// scheme, host and port, and takes it off all others.
type authorised struct {
	auth *signIn
	base address
	next http.RoundTripper
}

func (t *authorised) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Del("Authorization")
	if t.base.same(r.URL) {
		if h := t.auth.header(); h != "" {
			r.Header.Set("Authorization", h)
		}
	}
	return t.next.RoundTrip(r)
}
