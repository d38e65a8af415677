package scim

import (
	"encoding/base64"
	"net/url"
	"strings"
	"sync"
)

// scrubber takes secrets out of every text that leaves this package, since an
// account may echo them in its own error messages.
type scrubber struct {
	mu    sync.RWMutex
	words []string
}

// add notes a secret in its plain, URL-encoded and base64 forms.
func (s *scrubber) add(secrets ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, secret := range secrets {
		if len(secret) < 3 {
			continue
		}
		s.words = append(s.words,
			secret, url.QueryEscape(secret), url.PathEscape(secret), segment(secret),
			base64.StdEncoding.EncodeToString([]byte(secret)), base64.URLEncoding.EncodeToString([]byte(secret)),
			base64.RawStdEncoding.EncodeToString([]byte(secret)), base64.RawURLEncoding.EncodeToString([]byte(secret)))
	}
}

// clean returns text without any secret.
func (s *scrubber) clean(text string) string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, w := range s.words {
		text = strings.ReplaceAll(text, w, "•••")
	}
	return text
}
