package proxy

import (
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
)

const gnomeManual = `org.gnome.system.proxy autoconfig-url ''
org.gnome.system.proxy ignore-hosts ['localhost', '127.0.0.0/8', '::1', '*.corp.example', '10.1.0.0/16']
org.gnome.system.proxy mode 'manual'
org.gnome.system.proxy use-same-proxy true
org.gnome.system.proxy.ftp host ''
org.gnome.system.proxy.ftp port 0
org.gnome.system.proxy.http authentication-password ''
org.gnome.system.proxy.http authentication-user ''
org.gnome.system.proxy.http enabled false
org.gnome.system.proxy.http host 'web.corp.example'
org.gnome.system.proxy.http port 8080
org.gnome.system.proxy.http use-authentication false
org.gnome.system.proxy.https host 'secure.corp.example'
org.gnome.system.proxy.https port 8443
org.gnome.system.proxy.socks host ''
org.gnome.system.proxy.socks port 0
`

const macManual = `<dictionary> {
  ExceptionsList : <array> {
    0 : *.local
    1 : 169.254/16
    2 : intranet.example.com
  }
  ExcludeSimpleHostnames : 1
  FTPPassive : 1
  HTTPEnable : 1
  HTTPPort : 3128
  HTTPProxy : web.corp.example
  HTTPSEnable : 1
  HTTPSPort : 3129
  HTTPSProxy : secure.corp.example
  ProxyAutoConfigEnable : 0
  SOCKSEnable : 0
  __SCOPED__ : <dictionary> {
    en0 : <dictionary> {
      FTPPassive : 1
    }
  }
}
`

func TestSettingsAreReadAsEachSystemWritesThem(t *testing.T) {
	const desktop = "the desktop’s settings"
	for _, tt := range []struct {
		name string
		got  Settings
		want Settings
	}{
		{"GNOME, by hand", GNOME(gnomeManual), Settings{From: desktop, HTTP: "web.corp.example:8080", HTTPS: "secure.corp.example:8443",
			Bypass: []string{"localhost", "127.0.0.0/8", "::1", "*.corp.example", "10.1.0.0/16"}}},
		{"GNOME, none", GNOME("org.gnome.system.proxy mode 'none'\norg.gnome.system.proxy.https host 'old.example'\norg.gnome.system.proxy.https port 1\n"), Settings{From: desktop}},
		{"GNOME, SOCKS only, no exceptions", GNOME("org.gnome.system.proxy mode 'manual'\norg.gnome.system.proxy ignore-hosts @as []\norg.gnome.system.proxy.socks host 'socks.example'\norg.gnome.system.proxy.socks port 1080\n"),
			Settings{From: desktop, HTTP: "socks5://socks.example:1080", HTTPS: "socks5://socks.example:1080"}},
		{"GNOME, a script", GNOME("org.gnome.system.proxy autoconfig-url 'http://wpad.example/proxy.pac'\norg.gnome.system.proxy mode 'auto'\n"),
			Settings{From: desktop, Script: "http://wpad.example/proxy.pac"}},
		{"GNOME, a script to be found", GNOME("org.gnome.system.proxy autoconfig-url ''\norg.gnome.system.proxy mode 'auto'\n"), Settings{From: desktop, Script: "auto"}},
		{"GNOME, nonsense", GNOME("No such schema\n"), Settings{From: desktop}},
		{"KDE, by hand", KDE("[$Version]\nupdate_info=x\n\n[Proxy Settings][x]\nProxyType=2\n[Proxy Settings]\nNoProxyFor=localhost,.corp.example 10.0.0.0/8\nProxyType=1\nReversedException=false\nhttpProxy=http://web.example 8080\nhttpsProxy=http://secure.example 8443\nsocksProxy=\n"),
			Settings{From: desktop, HTTP: "http://web.example:8080", HTTPS: "http://secure.example:8443", Bypass: []string{"localhost", ".corp.example", "10.0.0.0/8"}}},
		{"KDE, only some hosts", KDE("[Proxy Settings]\nProxyType=1\nReversedException=true\nNoProxyFor=scim.example\nhttpsProxy=http://secure.example:8443/\n"),
			Settings{From: desktop, HTTPS: "http://secure.example:8443/", Bypass: []string{"scim.example"}, OnlyBypass: true}},
		{"KDE, none", KDE("[Proxy Settings]\nProxyType=0\nhttpsProxy=http://secure.example 8443\n"), Settings{From: desktop}},
		{"KDE, a script", KDE("[Proxy Settings]\nProxyType=2\nProxy Config Script=file:///etc/proxy.pac\n"), Settings{From: desktop, Script: "file:///etc/proxy.pac"}},
		{"macOS, by hand", MacOS(macManual), Settings{From: "the Mac’s network settings", HTTP: "web.corp.example:3128", HTTPS: "secure.corp.example:3129",
			Bypass: []string{"*.local", "169.254/16", "intranet.example.com", "<local>"}}},
		{"macOS, none", MacOS("<dictionary> {\n  FTPPassive : 1\n  HTTPEnable : 0\n  HTTPSEnable : 0\n  HTTPSProxy : old.example\n}\n"), Settings{From: "the Mac’s network settings"}},
		{"macOS, a script", MacOS("<dictionary> {\n  ProxyAutoConfigEnable : 1\n  ProxyAutoConfigURLString : http://wpad.example/proxy.pac\n}\n"),
			Settings{From: "the Mac’s network settings", Script: "http://wpad.example/proxy.pac"}},
		{"Windows, one for all", Windows(Registry{Enable: true, Server: "proxy.corp.example:8080", Override: "*.corp.example;192.168.*;<local>"}),
			Settings{From: "the settings of Windows", HTTP: "proxy.corp.example:8080", HTTPS: "proxy.corp.example:8080", Bypass: []string{"*.corp.example", "192.168.*", "<local>"}}},
		{"Windows, by kind", Windows(Registry{Enable: true, Server: "http=a.example:80;https=b.example:81;ftp=c.example:21"}),
			Settings{From: "the settings of Windows", HTTP: "a.example:80", HTTPS: "b.example:81", Bypass: []string{}}},
		{"Windows, SOCKS", Windows(Registry{Enable: true, Server: "socks=s.example:1080"}),
			Settings{From: "the settings of Windows", HTTP: "socks5://s.example:1080", HTTPS: "socks5://s.example:1080", Bypass: []string{}}},
		{"Windows, switched off", Windows(Registry{Server: "old.example:80", AutoDetect: true}), Settings{From: "the settings of Windows", Bypass: []string{}, Script: "auto"}},
	} {
		if len(tt.got.Bypass) == 0 {
			tt.got.Bypass, tt.want.Bypass = nil, nil
		}
		if !reflect.DeepEqual(tt.got, tt.want) {
			t.Errorf("%s:\ngot  %+v\nwant %+v", tt.name, tt.got, tt.want)
		}
	}
}

func TestTheProxyIsChosenByAddress(t *testing.T) {
	s := Settings{HTTPS: "secure.example:8443", HTTP: "http://web.example:80", Bypass: []string{
		"plain.example", "*.star.example", ".dot.example", "192.168.*", "10.0.0.0/8", "<local>", "ported.example:444", "[2001:db8::1]"}}
	const through = "http://secure.example:8443"
	for address, want := range map[string]string{
		"https://scim.example/v2":       through,
		"http://scim.example/v2":        "http://web.example:80",
		"https://plain.example":         "",
		"https://PLAIN.example.":        "",
		"https://sub.plain.example":     through,
		"https://star.example":          "",
		"https://a.b.star.example":      "",
		"https://dot.example":           "",
		"https://a.dot.example":         "",
		"https://notdot.example":        through,
		"https://192.168.7.9":           "",
		"https://192.169.7.9":           through,
		"https://10.20.30.40":           "",
		"https://11.20.30.40":           through,
		"https://intranet":              "",
		"https://ported.example:444":    "",
		"https://ported.example":        through,
		"https://[2001:db8::1]":         "",
		"https://[2001:db8::2]":         through,
		"https://localhost:8080":        "",
		"https://LOCALHOST.":            "",
		"https://127.0.0.1":             "",
		"https://127.9.9.9:1":           "",
		"https://[::1]:443":             "",
		"https://localhost.example.com": through,
	} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if p := s.For(u); p != nil {
			got = p.String()
		}
		if got != want {
			t.Errorf("%s goes through %q, want %q", address, got, want)
		}
	}
	only := Settings{HTTPS: "p.example:1", Bypass: []string{"scim.example"}, OnlyBypass: true}
	in, _ := url.Parse("https://scim.example")
	out, _ := url.Parse("https://other.example")
	if only.For(in) == nil || only.For(out) != nil {
		t.Error("the reversed list is not reversed")
	}
	for _, text := range []string{"", "gopher://x", "http://", "::"} {
		if u := address(text); u != nil {
			t.Errorf("%q is taken for %s", text, u)
		}
	}
}

// environment sets the variables of proxies and clears all others of them.
func environment(t *testing.T, pairs ...string) {
	t.Helper()
	for _, name := range []string{"HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY", "REQUEST_METHOD"} {
		t.Setenv(name, "")
		t.Setenv(strings.ToLower(name), "")
	}
	for i := 0; i < len(pairs); i += 2 {
		t.Setenv(pairs[i], pairs[i+1])
	}
	forget()
	t.Cleanup(forget)
}

func forget() {
	kept.Lock()
	defer kept.Unlock()
	kept.at = kept.at.AddDate(-9, 0, 0)
}

func through(t *testing.T, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	s := System(t.Context())
	if p := s.For(u); p != nil {
		return p.String()
	}
	return ""
}

func TestTheEnvironmentComesFirst(t *testing.T) {
	environment(t, "HTTPS_PROXY", "env.example:1", "NO_PROXY", "out.example,.sub.example,10.0.0.0/8")
	for address, want := range map[string]string{
		"https://scim.example":  "http://env.example:1",
		"https://out.example":   "",
		"https://a.out.example": "",
		"https://a.sub.example": "",
		"https://10.1.1.1":      "",
		"https://127.0.0.1:1":   "",
	} {
		if got := through(t, address); got != want {
			t.Errorf("%s goes through %q, want %q", address, got, want)
		}
	}
	if s := System(t.Context()); s.From != "the environment" {
		t.Errorf("they come from %q", s.From)
	}
	environment(t, "all_proxy", "socks5://all.example:1080")
	if got := through(t, "https://scim.example"); got != "socks5://all.example:1080" {
		t.Errorf("ALL_PROXY gives %q", got)
	}
}

// TestTheDesktopIsAskedWhereTheEnvironmentIsSilent runs the real reading on
// Linux, with a KDE file and with a settings program of our own.
func TestTheDesktopIsAskedWhereTheEnvironmentIsSilent(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("reads the settings of Linux's desktops")
	}
	dir := t.TempDir()
	environment(t, "XDG_CURRENT_DESKTOP", "KDE", "XDG_CONFIG_HOME", dir, "NO_PROXY", "far.example")
	if got := through(t, "https://scim.example"); got != "" {
		t.Errorf("no file gives %q", got)
	}
	file := "[Proxy Settings]\nProxyType=1\nhttpsProxy=http://kde.example 8443\nNoProxyFor=near.example\n"
	if err := os.WriteFile(filepath.Join(dir, "kioslaverc"), []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	forget()
	for address, want := range map[string]string{
		"https://scim.example": "http://kde.example:8443", "https://near.example": "", "https://far.example": "", "https://sub.far.example": "",
	} {
		if got := through(t, address); got != want {
			t.Errorf("KDE: %s goes through %q, want %q", address, got, want)
		}
	}
	script := "#!/bin/sh\n[ \"$*\" = 'list-recursively org.gnome.system.proxy' ] || exit 1\ncat <<'END'\n" + gnomeManual + "END\n"
	if err := os.WriteFile(filepath.Join(dir, "gsettings"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	environment(t, "XDG_CURRENT_DESKTOP", "ubuntu:GNOME", "PATH", dir+":"+os.Getenv("PATH"))
	if got := through(t, "https://scim.example"); got != "http://secure.corp.example:8443" {
		t.Errorf("GNOME gives %q", got)
	}
	environment(t, "NO_PROXY", "*")
	if got := through(t, "https://scim.example"); got != "" {
		t.Errorf("NO_PROXY=* gives %q", got)
	}
}
