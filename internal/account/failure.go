package account

import (
	"errors"
	"time"

	"rollcall/internal/problem"
)

// Kind is what went wrong, for the program to decide by.
type Kind string

// The kinds of failure.
const (
	KindAddress      Kind = "address"        // the address itself cannot be used
	KindNameNotFound Kind = "name-not-found" // no such host
	KindRefused      Kind = "connection-refused"
	KindConnection   Kind = "connection" // broken off, reset, no route, proxy
	KindCertificate  Kind = "certificate"
	KindTimeout      Kind = "timed-out"       // nothing was changed: a read, or never sent
	KindUnknown      Kind = "unknown-outcome" // sent, no answer: it may have happened
	KindUnauthorised Kind = "unauthorised"
	KindForbidden    Kind = "forbidden"
	KindNotSCIM      Kind = "not-scim"
	KindTooOld       Kind = "too-old" // SCIM 1.1
	KindRedirected   Kind = "redirected"
	KindNotFound     Kind = "not-found"
	KindConflict     Kind = "conflict"
	KindPrecondition Kind = "precondition"
	KindRateLimited  Kind = "rate-limited"
	KindServer       Kind = "server" // the account's own fault: 5xx after all retries
	KindRejected     Kind = "refused-by-account"
	KindUnsupported  Kind = "unsupported"
	KindIgnored      Kind = "ignored" // accepted, and not done
	KindAmbiguous    Kind = "ambiguous"
	KindReadOnly     Kind = "read-only"
	KindStopped      Kind = "stopped" // cancelled by the user
)

// Failure is what an account's API returns for everything that went wrong. It
// never holds a secret.
type Failure struct {
	Kind Kind
	// Text is one or two sentences for people.
	Text string
	// Detail is the account's own words, cut to a readable length, "" if none.
	Detail string
	// Field is what the account complained of: "status", "displayName",
	// "email", "role", "groups", "identifiers", or "" where it did not say.
	Field string
	// Status is the HTTP status, 0 where no answer came.
	Status int
	// RetryAfter is how long the account asked to wait, 0 if it did not.
	RetryAfter time.Duration
	// Cause is for logs, scrubbed of secrets.
	Cause error
}

// Error gives the sentence and, behind it, the cause.
func (f *Failure) Error() string {
	if f.Cause == nil {
		return f.Text
	}
	return f.Text + " (" + f.Cause.Error() + ")"
}

// Sentence is the part that people see.
func (f *Failure) Sentence() string { return f.Text }

// Unwrap gives the cause.
func (f *Failure) Unwrap() error { return f.Cause }

// As lets problem.Sentence find the sentence.
func (f *Failure) As(target any) bool {
	if p, ok := target.(**problem.Problem); ok {
		*p = &problem.Problem{Text: f.Text, Cause: f.Cause}
		return true
	}
	return false
}

// About returns the failure as one of the field, where it does not name one
// itself. The failure stays as it is: several goroutines may hold it.
func (f *Failure) About(field string) *Failure {
	if f.Field != "" {
		return f
	}
	about := *f
	about.Field = field
	return &about
}

// Ambiguous is the failure of a user whom the account has more than once.
func Ambiguous(email string) *Failure {
	return &Failure{Kind: KindAmbiguous, Field: "email",
		Text: "The account has more than one user with the e-mail " + email + ", in different letter case. Merge them in the account first; nothing was changed."}
}

// KindOf returns the kind of the Failure in err, or "" where there is none.
func KindOf(err error) Kind {
	var f *Failure
	if errors.As(err, &f) {
		return f.Kind
	}
	return ""
}

// Fatal says that no other request to this account can go better now: the way
// in itself is closed.
func Fatal(err error) bool {
	switch KindOf(err) {
	case KindAddress, KindNameNotFound, KindRefused, KindCertificate, KindUnauthorised,
		KindRedirected, KindReadOnly, KindStopped:
		return true
	}
	return false
}
