package keychain

import (
	"crypto/subtle"
	"fmt"
	"io"
	"log/slog"
)

// hidden is what is shown of a secret.
const hidden = "[secret]"

// Secret is a text that no formatting, encoding or logging shows. The zero value
// is no secret.
type Secret struct {
	// A pointer, so that a struct printed with an unexported Secret in it shows
	// an address at most.
	value *string
}

// NewSecret wraps a text.
func NewSecret(value string) Secret {
	if value == "" {
		return Secret{}
	}
	return Secret{&value}
}

// Reveal gives the text itself. It goes into a request or the keychain, and
// nowhere else.
func (s Secret) Reveal() string {
	if s.value == nil {
		return ""
	}
	return *s.value
}

// IsZero says whether there is no secret.
func (s Secret) IsZero() bool { return s.value == nil }

// Equal compares secrets in a time that does not tell where they differ.
func (s Secret) Equal(other Secret) bool {
	return subtle.ConstantTimeCompare([]byte(s.Reveal()), []byte(other.Reveal())) == 1
}

// String does not show the secret.
func (s Secret) String() string { return hidden }

// GoString does not show the secret.
func (s Secret) GoString() string { return hidden }

// Format does not show the secret, whatever the verb.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, hidden) }

// MarshalJSON does not show the secret.
func (s Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + hidden + `"`), nil }

// MarshalText does not show the secret.
func (s Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// LogValue does not show the secret.
func (s Secret) LogValue() slog.Value { return slog.StringValue(hidden) }
