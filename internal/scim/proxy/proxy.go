// Package proxy finds the web proxy that this computer is set to use: the
// environment's variables first, then the desktop's or the operating system's
// own settings. It reads settings and decides by address; it sends nothing.
package proxy

import (
	"context"
	"net"
	"net/netip"
	"net/url"
	"path"
	"strings"
	"sync"
	"time"
)

// Settings are one system's proxy settings.
type Settings struct {
	// From names to people where the settings stand: "the environment", "GNOME".
	From string
	// HTTPS and HTTP are the proxies by scheme, "" for none: host:port, or an
	// address that begins with http://, https:// or socks5://.
	HTTPS, HTTP string
	// Bypass are the hosts that are reached without the proxy: names, *.example.com,
	// .example.com, 192.168.*, 10.0.0.0/8, and <local> for names without a dot.
	Bypass []string
	// OnlyBypass turns Bypass around: only those hosts go through the proxy.
	OnlyBypass bool
	// Script is the address of a proxy script (PAC), "auto" where one is to be
	// looked for on the network, "" for none.
	Script string
	// find asks the system to carry the script out; nil where it cannot.
	find func(u *url.URL) string
	// decide takes the place of HTTPS, HTTP and Bypass; may be nil.
	decide func(u *url.URL) *url.URL
}

// Unread says that the proxy is told by a script that cannot be carried out
// here.
func (s *Settings) Unread() bool { return s.Script != "" && s.find == nil }

// otherwise names the proxy, a SOCKS one, of a scheme that has none of its own.
func (s *Settings) otherwise(proxy string) {
	if s.HTTPS == "" {
		s.HTTPS = proxy
	}
	if s.HTTP == "" {
		s.HTTP = proxy
	}
}

// For gives the proxy for an address, nil for none. Addresses of this computer
// itself never go through one.
func (s *Settings) For(u *url.URL) *url.URL {
	host := u.Hostname()
	if Loopback(host) {
		return nil
	}
	if s.decide != nil {
		return s.decide(u)
	}
	if s.bypassed(host, u.Port()) != s.OnlyBypass {
		return nil
	}
	text := s.HTTPS
	if strings.EqualFold(u.Scheme, "http") {
		text = s.HTTP
	}
	if text == "" && s.Script != "" && s.find != nil {
		text = s.find(u)
	}
	return address(text)
}

// address reads host:port, or a whole address; nil for what is none.
func address(text string) *url.URL {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil
	}
	if !strings.Contains(text, "://") {
		text = "http://" + text
	}
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" {
		return nil
	}
	switch u.Scheme = strings.ToLower(u.Scheme); u.Scheme {
	case "http", "https", "socks5", "socks5h":
		return u
	case "socks":
		u.Scheme = "socks5"
		return u
	}
	return nil
}

// Loopback says that a host is this computer itself.
func Loopback(host string) bool {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

func (s *Settings) bypassed(host, port string) bool {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	for _, b := range s.Bypass {
		if matches(strings.ToLower(strings.TrimSpace(b)), host, port) {
			return true
		}
	}
	return false
}

// matches says whether one entry of a list of exceptions means the host.
func matches(entry, host, port string) bool {
	if _, after, ok := strings.Cut(entry, "://"); ok {
		entry = after
	}
	if h, p, err := net.SplitHostPort(entry); err == nil && h != "" {
		if p != port {
			return false
		}
		entry = h
	}
	entry = strings.Trim(entry, "[]")
	switch {
	case entry == "":
		return false
	case entry == "<local>":
		return !strings.ContainsAny(host, ".:")
	case strings.Contains(entry, "/"):
		net, err := netip.ParsePrefix(entry)
		ip, ipErr := netip.ParseAddr(host)
		return err == nil && ipErr == nil && net.Contains(ip.Unmap())
	case strings.HasPrefix(entry, "*."):
		return host == entry[2:] || strings.HasSuffix(host, entry[1:])
	case strings.HasPrefix(entry, "."):
		return host == entry[1:] || strings.HasSuffix(host, entry)
	case strings.Contains(entry, "*"):
		ok, err := path.Match(entry, host)
		return err == nil && ok
	}
	return host == entry
}

// keptFor is how long settings that were read are used: a computer may move to
// another network while the program runs.
const keptFor = 30 * time.Second

var kept struct {
	sync.Mutex
	settings Settings
	at       time.Time
}

// System gives the settings in force now. It may ask another program: at most
// once in half a minute, and never on the goroutine that draws.
func System(ctx context.Context) Settings {
	if s, ok := Environment(); ok {
		return s
	}
	kept.Lock()
	defer kept.Unlock()
	if now := time.Now(); kept.at.IsZero() || now.Sub(kept.at) > keptFor {
		ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
		defer cancel()
		s := without(system(ctx), either("NO_PROXY", "no_proxy"))
		if ctx.Err() != nil {
			return s // asked again next time
		}
		kept.settings, kept.at = s, now
	}
	return kept.settings
}
