package account

import (
	"strings"

	"golang.org/x/net/idna"
)

// EmailKey is what two primary e-mails are compared by: without surrounding
// spaces, without regard to case, the domain in its ASCII form (RFC 5891). The
// local part stays as it is otherwise: percent%25@ and slash/name@ are keys.
func EmailKey(email string) string {
	email = strings.TrimSpace(email)
	ascii := true
	upper := false
	for i := 0; i < len(email); i++ {
		c := email[i]
		if c >= 0x80 {
			ascii = false
			break
		}
		if 'A' <= c && c <= 'Z' {
			upper = true
		}
	}
	if ascii {
		if upper {
			return strings.ToLower(email)
		}
		return email
	}
	at := strings.LastIndexByte(email, '@')
	if at < 0 {
		return strings.ToLower(email)
	}
	local, domain := strings.ToLower(email[:at]), email[at+1:]
	if d, err := idna.Lookup.ToASCII(domain); err == nil {
		domain = d
	}
	return local + "@" + strings.ToLower(domain)
}
