// Package conformance asks any SCIM 2.0 server, over HTTP, whether it does what
// RFC 7643 and RFC 7644 want, and reports check by check.
//
// It is for the practice account, which has to pass all of it, and for other
// servers, whose results are a report. It knows nothing of how a server is
// made, and uses only attributes that every server has.
package conformance

import (
	"context"
	"fmt"
	"net/http"
	"strings"
)

// Doer sends requests; it adds what the server wants for signing in.
type Doer interface {
	Do(*http.Request) (*http.Response, error)
}

// Outcome is what became of a check.
type Outcome string

// The outcomes. Skipped checks are of things that the server says it has not.
const (
	Passed  Outcome = "passed"
	Failed  Outcome = "failed"
	Skipped Outcome = "skipped"
)

// Result is the outcome of one check.
type Result struct {
	// Name says what is checked, as a sentence without its full stop.
	Name string
	// Section is where the RFC asks for it.
	Section string
	Outcome Outcome
	// Detail says what was wrong, or why the check was skipped.
	Detail string
}

// String is the result on one line.
func (r Result) String() string {
	line := fmt.Sprintf("%-7s %s (%s)", r.Outcome, r.Name, r.Section)
	if r.Detail != "" {
		line += ": " + r.Detail
	}
	return line
}

// check is one thing to ask of a server.
type check struct {
	name, section string
	// needs names what the server must support: "patch", "bulk", "filter",
	// "sort" or "etag"; "" is nothing.
	needs string
	run   func(*probe)
}

// Run makes all checks one after another and hands each result to report. It
// makes users and groups with names of its own and deletes them afterwards.
// baseURL is the service's base, such as https://example.com/scim/v2.
func Run(ctx context.Context, baseURL string, client Doer, report func(Result)) {
	base := strings.TrimRight(baseURL, "/")
	supported := support(ctx, base, client)
	for _, c := range allChecks() {
		r := Result{Name: c.name, Section: c.section}
		if c.needs != "" && !supported[c.needs] {
			r.Outcome, r.Detail = Skipped, "the server says that it has no "+c.needs
		} else {
			r.Outcome, r.Detail = runCheck(ctx, base, client, c)
		}
		report(r)
	}
}

func allChecks() []check {
	var all []check
	for _, list := range [][]check{discoveryChecks, userChecks, filterChecks, listChecks, patchChecks, groupChecks, etagChecks, bulkChecks, errorChecks} {
		all = append(all, list...)
	}
	return all
}

// stop ends a check early; it never leaves runCheck.
type stop struct{}

func runCheck(ctx context.Context, base string, client Doer, c check) (outcome Outcome, detail string) {
	p := &probe{ctx: ctx, base: base, client: client}
	func() {
		defer func() {
			if r := recover(); r != nil {
				if _, ok := r.(stop); !ok {
					panic(r)
				}
			}
		}()
		c.run(p)
	}()
	p.tidy()
	switch {
	case p.skipped != "":
		return Skipped, p.skipped
	case len(p.problems) > 0:
		return Failed, strings.Join(p.problems, "; ")
	}
	return Passed, ""
}

// support asks the ServiceProviderConfig what there is. Without one, all is
// tried but bulk, sort and etag.
func support(ctx context.Context, base string, client Doer) map[string]bool {
	p := &probe{ctx: ctx, base: base, client: client}
	a := p.send("GET", "/ServiceProviderConfig", nil)
	out := map[string]bool{"patch": true, "filter": true}
	if a.status != http.StatusOK {
		return out
	}
	for _, name := range []string{"patch", "bulk", "filter", "sort", "etag"} {
		out[name] = a.at(name, "supported") == true
	}
	return out
}
