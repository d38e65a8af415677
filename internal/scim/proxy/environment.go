package proxy

import (
	"net/url"
	"os"
	"strings"

	"golang.org/x/net/http/httpproxy"
)

// Environment reads HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY, in capitals
// or small letters. ok is false where they name no proxy: the desktop's settings
// count then, less the hosts of NO_PROXY.
func Environment() (s Settings, ok bool) {
	c := httpproxy.FromEnvironment()
	if c.HTTPSProxy == "" && c.HTTPProxy == "" {
		all := either("ALL_PROXY", "all_proxy")
		c.HTTPSProxy, c.HTTPProxy = all, all
	}
	s = Settings{From: "the environment", HTTPS: c.HTTPSProxy, HTTP: c.HTTPProxy}
	decide := c.ProxyFunc()
	s.decide = func(u *url.URL) *url.URL {
		if p, err := decide(u); err == nil && p != nil {
			return address(p.String())
		}
		return nil
	}
	return s, s.HTTPS != "" || s.HTTP != ""
}

func either(names ...string) string {
	for _, name := range names {
		if v := os.Getenv(name); v != "" {
			return v
		}
	}
	return ""
}

// without adds the hosts of NO_PROXY, which a name stands for with its
// subdomains, to settings that come from elsewhere.
func without(s Settings, hosts string) Settings {
	if s.OnlyBypass {
		return s
	}
	more := make([]string, 0, 8)
	for _, h := range list(hosts) {
		if h == "*" {
			return Settings{From: s.From}
		}
		more = append(more, h)
		if !strings.HasPrefix(h, ".") && !strings.ContainsAny(h, "*/") {
			more = append(more, "."+h)
		}
	}
	s.Bypass = append(more, s.Bypass...)
	return s
}

// list splits at commas, semicolons and blanks.
func list(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",; \t\r\n", r) })
}
