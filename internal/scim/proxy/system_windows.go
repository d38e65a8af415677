package proxy

import (
	"context"
	"net/url"
	"strings"

	"github.com/mattn/go-ieproxy"
	"golang.org/x/sys/windows/registry"
)

const (
	internetSettings = `Software\Microsoft\Windows\CurrentVersion\Internet Settings`
	internetPolicies = `Software\Policies\Microsoft\Windows\CurrentVersion\Internet Settings`
)

// system reads the registry. Windows itself carries a script out.
func system(context.Context) Settings {
	s := Windows(readRegistry())
	if s.Script != "" {
		script := ieproxy.ProxyScriptConf{Active: true}
		if s.Script != "auto" {
			script.PreConfiguredURL = s.Script
		}
		s.find = func(u *url.URL) string { return strings.TrimPrefix(script.FindProxyForURL(u.String()), "PROXY ") }
	}
	return s
}

// readRegistry reads this user's settings, or the computer's where a policy
// says that they are the same for everybody.
func readRegistry() (r Registry) {
	root := registry.CURRENT_USER
	if k, err := registry.OpenKey(registry.LOCAL_MACHINE, internetPolicies, registry.QUERY_VALUE); err == nil {
		if perUser, _, err := k.GetIntegerValue("ProxySettingsPerUser"); err == nil && perUser == 0 {
			root = registry.LOCAL_MACHINE
		}
		_ = k.Close()
	}
	k, err := registry.OpenKey(root, internetSettings, registry.QUERY_VALUE)
	if err != nil {
		return r
	}
	defer func() { _ = k.Close() }()
	enable, _, _ := k.GetIntegerValue("ProxyEnable")
	detect, _, _ := k.GetIntegerValue("AutoDetect")
	r.Enable, r.AutoDetect = enable == 1, detect == 1
	r.Server, _, _ = k.GetStringValue("ProxyServer")
	r.Override, _, _ = k.GetStringValue("ProxyOverride")
	r.AutoConfigURL, _, _ = k.GetStringValue("AutoConfigURL")
	return r
}
