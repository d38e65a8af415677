package scim

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"

	"rollcall/internal/account"
)

// address is the account's base address: where the Authorization header may
// go, and nowhere else.
type address struct {
	url   *url.URL
	query string
}

func parseAddress(text string) (address, error) {
	text = strings.TrimSpace(text)
	fail := func(sentence string) (address, error) {
		return address{}, &account.Failure{Kind: account.KindAddress, Text: sentence}
	}
	if text == "" {
		return fail("The account has no address yet. Enter the SCIM address that the account's administrator page shows.")
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.Hostname() == "" || (u.Scheme != "https" && u.Scheme != "http") {
		return fail("The account's address is not a web address. Enter it whole, from https:// on.")
	}
	if u.User != nil {
		return fail("The account's address holds a user name or password. Take it out of the address: it is kept apart, in the keychain.")
	}
	if u.Scheme == "http" && !loopback(u.Hostname()) {
		return fail("The account's address begins with http://, which would send the secret unprotected. Use https://.")
	}
	query := u.RawQuery
	u.RawQuery, u.Fragment, u.RawFragment = "", "", ""
	u.Path = strings.TrimRight(u.Path, "/")
	u.RawPath = strings.TrimRight(u.RawPath, "/")
	return address{url: u, query: query}, nil
}

func loopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// at is the whole address of a path below the base. The path is escaped
// already; the query may be empty.
func (a address) at(path, query string) string {
	if a.query != "" {
		if query != "" {
			query = a.query + "&" + query
		} else {
			query = a.query
		}
	}
	if query != "" {
		path += "?" + query
	}
	return a.url.String() + path
}

// same says whether u has the account's scheme, host and port.
func (a address) same(u *url.URL) bool { return sameOrigin(a.url, u) }

func sameOrigin(a, b *url.URL) bool {
	return strings.EqualFold(a.Scheme, b.Scheme) && strings.EqualFold(a.Hostname(), b.Hostname()) && port(a) == port(b)
}

func port(u *url.URL) string {
	if p := u.Port(); p != "" {
		return p
	}
	if strings.EqualFold(u.Scheme, "https") {
		return "443"
	}
	return "80"
}

// errElsewhere is a redirect that must not be followed.
type errElsewhere struct{ to string }

func (e errElsewhere) Error() string { return "redirected to " + e.to }

// follow lets a redirect go on only on the account's own scheme, host and port,
// and only if it does not turn a write into a read.
func (a address) follow(req *http.Request, via []*http.Request) error {
	if !a.same(req.URL) {
		return errElsewhere{to: req.URL.Scheme + "://" + req.URL.Host}
	}
	if req.Method != via[0].Method {
		return errElsewhere{to: "another method"}
	}
	if len(via) >= 5 {
		return errors.New("too many redirects")
	}
	return nil
}

// segment escapes one path segment: all but RFC 3986's unreserved characters,
// so that ids with spaces, @, % or / stay one segment.
func segment(s string) string {
	if s == "." || s == ".." {
		return strings.ReplaceAll(s, ".", "%2E")
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte("-._~", c) >= 0:
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// params writes a query in the given order, spaces as %20: some servers read a
// plus sign literally.
func params(pairs ...string) string {
	var b strings.Builder
	for i := 0; i+1 < len(pairs); i += 2 {
		if b.Len() > 0 {
			b.WriteByte('&')
		}
		b.WriteString(segment(pairs[i]))
		b.WriteByte('=')
		b.WriteString(segment(pairs[i+1]))
	}
	return b.String()
}

// lastSegment is the id at the end of a location, relative or absolute.
func lastSegment(location string) string {
	location = strings.TrimRight(location, "/")
	if i := strings.IndexAny(location, "?#"); i >= 0 {
		location = location[:i]
	}
	if i := strings.LastIndexByte(location, '/'); i >= 0 {
		location = location[i+1:]
	}
	if id, err := url.PathUnescape(location); err == nil {
		return id
	}
	return location
}
