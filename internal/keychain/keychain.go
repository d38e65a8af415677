// Package keychain keeps secrets: tokens, passwords, client secrets, and the
// keys that copies are encrypted with. They are in the keychain of the operating
// system, or, where there is none, in memory for this run. No secret may go into
// a file, a log or an error from here, and nothing here knows what it is for.
package keychain

import (
	"context"
	"errors"
	"time"

	"rollcall/internal/problem"
)

// Service is the name under which the operating system's keychain shows the
// program's entries.
const Service = "Rollcall"

// Wait is how long one call waits at most: for the keychain, or for the person
// whom the keychain asks to unlock it. A context can make it shorter.
const Wait = time.Minute

// The ways in which a keychain has no secret to give. Errors of this package
// are told apart by errors.Is and have a sentence for people (package problem).
var (
	// ErrNotFound: the keychain is there and open, and holds no such entry.
	ErrNotFound = errors.New("keychain: no such entry")
	// ErrLocked: the keychain is locked, and was not unlocked in time or at all.
	ErrLocked = errors.New("keychain: locked")
	// ErrDenied: the keychain, or the person it asked, refused.
	ErrDenied = errors.New("keychain: denied")
	// ErrUnavailable: there is no keychain on this computer, or it does not answer.
	ErrUnavailable = errors.New("keychain: unavailable")
	// ErrTooBig: the secret is longer than this keychain takes.
	ErrTooBig = errors.New("keychain: too big")
)

// Keychain keeps one secret per id. Implementations may be used by several
// goroutines; calls can take as long as Wait, so that none belongs on the
// goroutine that draws.
type Keychain interface {
	// Get returns the secret, or one of the errors above.
	Get(ctx context.Context, id string) (Secret, error)
	// Set keeps the secret in the place of one that is there.
	Set(ctx context.Context, id string, secret Secret) error
	// Delete forgets the secret. It is ErrNotFound where there is none.
	Delete(ctx context.Context, id string) error
	// Check says whether secrets can be kept now, without touching any.
	Check(ctx context.Context) error
	// Kind names the keychain to people: "GNOME Keyring", "macOS Keychain".
	Kind() string
}

// say gives an error its sentence.
func say(kind string, class, cause error) error {
	if cause == nil {
		cause = class
	} else if !errors.Is(cause, class) {
		cause = classed{class, cause}
	}
	return problem.New(sentence(kind, class), cause)
}

func sentence(kind string, class error) string {
	switch {
	case errors.Is(class, ErrNotFound):
		return "The " + kind + " has no secret for this account any more. Enter it again in Accounts."
	case errors.Is(class, ErrLocked):
		return "The " + kind + " is locked and was not unlocked. Unlock it and try again; nothing was changed."
	case errors.Is(class, ErrDenied):
		return "The " + kind + " did not allow access. Allow it for Rollcall and try again; nothing was changed."
	case errors.Is(class, ErrTooBig):
		return "The secret is longer than the " + kind + " can keep. Nothing was changed."
	}
	return "No keychain answers on this computer. Secrets can be kept for this run only."
}

// classed is a cause together with its class.
type classed struct{ class, cause error }

func (c classed) Error() string   { return c.class.Error() + ": " + c.cause.Error() }
func (c classed) Unwrap() []error { return []error{c.class, c.cause} }
