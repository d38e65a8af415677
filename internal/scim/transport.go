package scim

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"net/url"
	"os"
	"time"

	"golang.org/x/net/http/httpproxy"

	"rollcall/internal/account"
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
	proxy := httpproxy.FromEnvironment().ProxyFunc()
	dialer := &net.Dialer{Timeout: 15 * time.Second, KeepAlive: 30 * time.Second}
	return &http.Transport{
		Proxy:                  func(r *http.Request) (*url.URL, error) { return proxy(r.URL) },
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
