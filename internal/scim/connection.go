package scim

import (
	"context"
	"errors"
	"strings"

	"rollcall/internal/account"
	"rollcall/internal/scim/proxy"
)

// The steps of the way in, in their order.
const (
	stepAddress     = "Address"
	stepConnection  = "Connection"
	stepCertificate = "Certificate"
	stepSignIn      = "Sign-in"
	stepPermission  = "Permission"
	stepSCIM        = "SCIM 2.0"
)

// TestConnection reads one page of users, which needs all that an import
// needs, and then what the account can do. It says which step failed.
func (c *Client) TestConnection(ctx context.Context) account.TestReport {
	start := c.opts.Now()
	report := account.TestReport{Proxy: c.proxy()}
	done := func(f *account.Failure) account.TestReport {
		report.Failure = f
		report.Steps = c.steps(f)
		report.Took = c.opts.Now().Sub(start)
		return report
	}
	a, err := c.send(ctx, c.asking(question{path: "/Users", start: 1, count: 1}))
	if account.KindOf(err) == account.KindRejected && !old(a) {
		a, err = c.send(ctx, c.asking(question{path: "/Users", byCursor: true, count: 1}))
	}
	if f := c.notSCIM(a, err); f != nil {
		return done(f)
	}
	caps, _, err := c.discover(ctx)
	if err != nil {
		return done(failureOf(err))
	}
	report.Capabilities = caps
	return done(nil)
}

// notSCIM says why the answer to a page of users is not that of a SCIM 2.0
// account; nil if it is.
func (c *Client) notSCIM(a *answer, err error) *account.Failure {
	if old(a) {
		return &account.Failure{Kind: account.KindTooOld, Status: a.status,
			Text: "The account speaks SCIM 1.1, which is too old: SCIM 2.0 is needed. Look for a 2.0 address, often one that ends in /v2."}
	}
	if err != nil {
		f := failureOf(err)
		if f.Kind == account.KindNotFound || f.Kind == account.KindUnsupported || f.Kind == account.KindRejected {
			return &account.Failure{Kind: account.KindNotSCIM, Status: f.Status, Detail: f.Detail,
				Text: "There is a server at this address, but no SCIM account. Check the address: it often ends in /scim/v2."}
		}
		return f
	}
	if o := a.object(); o.has("Resources") || o.has("totalResults") || o.has("schemas") {
		return nil
	}
	return &account.Failure{Kind: account.KindNotSCIM, Status: a.status,
		Text: "The address answers, but not as a SCIM account does. Check the account's address, from https:// to the end."}
}

// old recognises SCIM 1.1 by its schemas and by its errors.
func old(a *answer) bool {
	if a == nil {
		return false
	}
	o := a.object()
	for _, s := range o.list("schemas") {
		if strings.HasPrefix(textOf(s), schemaOld) {
			return true
		}
	}
	return false
}

func failureOf(err error) *account.Failure {
	var f *account.Failure
	if errors.As(err, &f) {
		return f
	}
	return &account.Failure{Kind: account.KindConnection, Text: readText(account.KindConnection), Cause: err}
}

// proxy names the proxy on the way to the account, without its credentials, and
// where it is set: "proxy.example:8080 (set in the environment)"; "" for none.
func (c *Client) proxy() string {
	at := proxyFor(context.Background(), c.base.url)
	if at == nil {
		return ""
	}
	return at.Host + " (set in " + proxy.System(context.Background()).From + ")"
}

// steps tells the way up to where it failed.
func (c *Client) steps(f *account.Failure) []account.TestStep {
	secure, through := c.base.url.Scheme == "https", ""
	if p := c.proxy(); p != "" {
		through = " through the proxy " + p
	}
	good := []account.TestStep{
		{Name: stepAddress, Text: "The server " + c.base.url.Hostname() + " was found."},
		{Name: stepConnection, Text: "It answers" + through + "."},
		{Name: stepCertificate, Text: "Its certificate is in order."},
		{Name: stepSignIn, Text: "It accepts the sign-in."},
		{Name: stepPermission, Text: "The sign-in may read users."},
		{Name: stepSCIM, Text: "It is a SCIM 2.0 account."},
	}
	failed := ""
	if f != nil {
		failed = stepOf(f.Kind)
	}
	if atToken(f) { // the account itself was not asked
		return []account.TestStep{{Name: stepSignIn, Text: f.Text}}
	}
	// A page that is no account's says nothing about the sign-in.
	unproven := f != nil && (f.Kind == account.KindNotSCIM || f.Kind == account.KindServer)
	var out []account.TestStep
	for _, s := range good {
		if s.Name == stepCertificate && !secure || unproven && (s.Name == stepSignIn || s.Name == stepPermission) {
			continue
		}
		if s.Name == failed {
			return append(out, account.TestStep{Name: s.Name, Text: f.Text})
		}
		s.OK = true
		out = append(out, s)
	}
	return out
}

func stepOf(k account.Kind) string {
	switch k {
	case account.KindAddress, account.KindNameNotFound, account.KindRedirected:
		return stepAddress
	case account.KindCertificate:
		return stepCertificate
	case account.KindUnauthorised:
		return stepSignIn
	case account.KindForbidden:
		return stepPermission
	case account.KindNotSCIM, account.KindTooOld, account.KindServer:
		return stepSCIM
	}
	return stepConnection
}
