package scim

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"syscall"
	"time"
	"unicode"

	"rollcall/internal/account"
	"rollcall/internal/scim/proxy"
)

// scrubbed is a cause without secrets. It keeps only what the program decides
// by: whether the user cancelled.
type scrubbed struct {
	text   string
	ending error
}

func (s *scrubbed) Error() string { return s.text }
func (s *scrubbed) Unwrap() error { return s.ending }

func scrub(s *scrubber, err error) error {
	out := &scrubbed{text: s.clean(err.Error())}
	for _, end := range []error{context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, end) {
			out.ending = end
			break
		}
	}
	return out
}

func isTimeout(err error) bool {
	var t interface{ Timeout() bool }
	return errors.Is(err, context.DeadlineExceeded) || errors.As(err, &t) && t.Timeout()
}

// transportFailure says what became of a request to an address that got no
// answer.
func transportFailure(s *scrubber, err error, how sent, to *url.URL) *account.Failure {
	f, host := &account.Failure{Cause: scrub(s, err)}, to.Hostname()
	var elsewhere errElsewhere
	var dns *net.DNSError
	var op *net.OpError
	var byProxy errProxy
	switch {
	case errors.As(err, &byProxy):
		f.Kind, f.Text = account.KindConnection, byProxy.text(host)
		if byProxy.status == http.StatusProxyAuthRequired {
			f.Status = byProxy.status
		}
	case errors.As(err, &op) && op.Op == "proxyconnect":
		f.Kind, f.Text = account.KindConnection, proxyLost(to)
	case errors.As(err, &elsewhere):
		f.Kind = account.KindRedirected
		f.Text = "The account's address leads elsewhere (" + elsewhere.to + "), and the secret is not sent there. If the account has moved, enter its new address."
		if elsewhere.to == "another method" {
			f.Text = "The account's address leads elsewhere in a way that would lose the change. Check the address, from https:// to the end."
		}
	case certificateText(err) != "":
		f.Kind, f.Text = account.KindCertificate, certificateText(err)
	case errors.Is(err, context.Canceled):
		f.Kind, f.Text = account.KindStopped, "Stopped before the account answered."
		if how == sentWhole {
			f.Kind, f.Text = account.KindUnknown, "Stopped while a request was under way. It may have taken effect; the account is asked before anything is sent again."
		}
	case errors.As(err, &dns) && !isTimeout(err):
		f.Kind = account.KindNameNotFound
		f.Text = "There is no server with the name " + host + ". Check the address for typing errors, and this computer's connection."
	case errors.Is(err, syscall.ECONNREFUSED):
		f.Kind = account.KindRefused
		f.Text = "The server " + host + " is there, but accepts no connection. Check the address and its port, or try again later."
	case errors.Is(err, errTooLarge):
		f.Kind, f.Text = account.KindServer, "The account's answer was too large to be read."
	case how == sentWhole:
		f.Kind = account.KindUnknown
		f.Text = "The account did not answer, so it is not known whether the change was made. The account is asked before anything is sent again."
	case isTimeout(err):
		f.Kind, f.Text = account.KindTimeout, readText(account.KindTimeout)
	default:
		f.Kind, f.Text = account.KindConnection, readText(account.KindConnection)
	}
	return f
}

// proxyLost says that no connection to the proxy could be made.
func proxyLost(to *url.URL) string {
	name := ""
	if at := proxyFor(context.Background(), to); at != nil {
		name = " " + at.Host
	}
	return "The proxy" + name + " that this computer is set to use cannot be reached. Check the system's proxy settings, or the network."
}

// noteScript adds to a failed connection that the system's way out is told by a
// script that is not followed.
func noteScript(f *account.Failure, to *url.URL, settings func() proxy.Settings) {
	switch f.Kind {
	case account.KindConnection, account.KindTimeout, account.KindRefused, account.KindNameNotFound:
	default:
		return
	}
	if proxy.Loopback(to.Hostname()) || f.Status != 0 {
		return
	}
	if s := settings(); s.Unread() {
		f.Text += " " + scriptText
	}
}

const scriptText = "This computer's proxy is set by a script, which Rollcall does not follow; set HTTPS_PROXY to the proxy's address if the account is reached through it."

func readText(k account.Kind) string {
	if k == account.KindTimeout {
		return "The account did not answer in time. Try again, or check the connection."
	}
	return "The connection to the account broke off. Try again, or check the connection."
}

// certificateText says in plain words why a certificate is not trusted, "" if
// that is not the trouble.
func certificateText(err error) string {
	var unknown x509.UnknownAuthorityError
	var host x509.HostnameError
	var invalid x509.CertificateInvalidError
	var verify *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var alert tls.AlertError
	switch {
	case errors.As(err, &unknown):
		return "The account's certificate was made by an authority that this computer does not know. If it is your organisation's own, choose its file in the account's settings."
	case errors.As(err, &host):
		return "The account's certificate belongs to another name than the address. Check the address for typing errors."
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "The account's certificate is not valid today. Check this computer's date; if it is right, the account's certificate has to be renewed."
	case errors.As(err, &invalid), errors.As(err, &verify):
		return "The account's certificate cannot be trusted. Ask whoever runs the account to check it."
	case errors.As(err, &record):
		return "The account's address does not speak HTTPS. Check the address and its port."
	case errors.As(err, &alert), strings.Contains(err.Error(), "tls: "):
		return "No secure connection could be agreed on with the account. It needs TLS 1.2 or newer."
	case strings.Contains(err.Error(), "server gave HTTP response to HTTPS client"):
		return "The account's address does not speak HTTPS. Check the address and its port."
	}
	return ""
}

// statusFailure says what an answer that is no success means.
func (c *Client) statusFailure(a *answer) *account.Failure {
	words := c.auth.scrub.clean(ownWords(a.body))
	f := &account.Failure{Status: a.status, Detail: words, RetryAfter: retryAfter(a.header, c.opts.Now())}
	o := a.object()
	scimType := strings.ToLower(o.text("scimType"))
	f.Field = blame(words)
	switch {
	case a.status == http.StatusUnauthorized:
		f.Kind = account.KindUnauthorised
		f.Text = "The account does not accept the sign-in. Enter the token or password again, or make a new one in the account." + c.skew(a)
	case a.status == http.StatusProxyAuthRequired:
		f.Kind = account.KindConnection
		f.Text = "The proxy that this computer is set to use asks for a sign-in of its own. Enter its user and password in the system's proxy settings, or ask whoever runs your network."
	case a.status == http.StatusForbidden:
		f.Kind = account.KindForbidden
		f.Text = say("The account does not allow this with the sign-in that is used. Ask for one that may manage users", words)
	case a.status == http.StatusNotFound, a.status == http.StatusGone:
		f.Kind = account.KindNotFound
		f.Text = say("The account does not have this", words)
	case a.status == http.StatusConflict, scimType == "uniqueness":
		f.Kind = account.KindConflict
		f.Text = say("The account says that this is already taken", words)
	case a.status == http.StatusPreconditionFailed:
		f.Kind = account.KindPrecondition
		f.Text = "Someone else changed this user in the meantime."
	case a.status == http.StatusTooManyRequests:
		f.Kind = account.KindRateLimited
		f.Text = "The account asks for fewer requests, and still does after several waits. What is left can be sent later."
	case a.status == http.StatusNotImplemented, a.status == http.StatusMethodNotAllowed:
		f.Kind = account.KindUnsupported
		f.Text = say("The account's API does not offer this", words)
	case a.status >= 500:
		f.Kind = account.KindServer
		f.Text = say("The account had a fault of its own and did not carry this out", words)
	case a.status/100 == 3:
		f.Kind = account.KindRedirected
		f.Text = "The account's address leads elsewhere. Check the address, from https:// to the end."
	default:
		f.Kind = account.KindRejected
		f.Text = say("The account refused this", words)
	}
	return f
}

// skew adds a hint to a refused sign-in where the clocks differ: tokens are
// refused for that, too.
func (c *Client) skew(a *answer) string {
	at, err := http.ParseTime(a.header.Get("Date"))
	if err != nil {
		return ""
	}
	if d := c.opts.Now().Sub(at); d > 5*time.Minute || d < -5*time.Minute {
		return " This computer's clock differs from the account's by more than five minutes, which can be the reason."
	}
	return ""
}

// say puts the account's own words behind a sentence.
func say(sentence, words string) string {
	if words == "" {
		return sentence + "."
	}
	return sentence + ": " + strings.TrimRight(words, ".") + "."
}

// maxWords is how much of the account's own words is shown.
const maxWords = 300

var (
	tags  = regexp.MustCompile(`(?s)<(script|style)\b.*?</(script|style)>|<[^>]*>`)
	title = regexp.MustCompile(`(?is)<title[^>]*>(.*?)</title>`)
)

// ownWords finds what an error's body says to people: SCIM's detail (RFC 7644,
// 3.12), and what servers send instead.
func ownWords(body []byte) string {
	var words string
	switch v := parse(body).(type) {
	case map[string]any:
		words = wordsIn(v)
	case []any:
		if len(v) > 0 {
			if m, ok := v[0].(map[string]any); ok {
				words = wordsIn(m)
			}
		}
	default:
		text := string(body)
		if m := title.FindStringSubmatch(text); m != nil {
			text = m[1]
		}
		words = tags.ReplaceAllString(text, " ")
	}
	words = strings.ToValidUTF8(words, "")
	words = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, words)
	words = strings.Join(strings.Fields(words), " ")
	if r := []rune(words); len(r) > maxWords {
		words = string(r[:maxWords]) + "…"
	}
	return words
}

func wordsIn(m resource) string {
	for _, key := range []string{"detail", "description", "message", "error_description", "errorMessage", "title", "error", "reason"} {
		switch v := m.get(key).(type) {
		case string:
			if strings.TrimSpace(v) != "" {
				return v
			}
		case map[string]any:
			if w := wordsIn(v); w != "" {
				return w
			}
		}
	}
	for _, v := range m.list("errors") {
		switch v := v.(type) {
		case string:
			return v
		case map[string]any:
			if w := wordsIn(v); w != "" {
				return w
			}
		}
	}
	return ""
}

// blame guesses from the account's words which column they are about.
func blame(words string) string {
	w := strings.ReplaceAll(strings.ToLower(words), "resource", "") // SCIM's word for a user, and no source
	for _, b := range []struct{ field, word string }{
		{"identifiers", "sourceusername"}, {"identifiers", "identifier"}, {"identifiers", "source"},
		{"email", "username"}, {"email", "email"}, {"email", "e-mail"},
		{"displayName", "displayname"}, {"displayName", "display name"}, {"displayName", "name."},
		{"role", "role"}, {"groups", "member"}, {"groups", "group"}, {"status", "active"}, {"status", "archive"},
	} {
		if strings.Contains(w, b.word) {
			return b.field
		}
	}
	return ""
}

// answerOf finds the account's failure in an error, nil where there is none.
func answerOf(err error) *account.Failure {
	var f *account.Failure
	if errors.As(err, &f) {
		return f
	}
	return nil
}
