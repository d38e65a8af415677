package proxy

import (
	"net"
	"strings"
)

// GNOME reads what `gsettings list-recursively org.gnome.system.proxy` prints:
// schema, key and value on each line. Cinnamon, MATE, Budgie, Unity and Xfce on
// GNOME's services keep their settings in the same place.
func GNOME(printed string) Settings {
	s := Settings{From: "the desktop’s settings"}
	values := make(map[string]string)
	for line := range strings.Lines(printed) {
		schema, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		key, value, _ := strings.Cut(rest, " ")
		schema = strings.TrimPrefix(strings.TrimPrefix(schema, "org.gnome.system.proxy"), ".")
		values[schema+"/"+key] = strings.TrimSpace(value)
	}
	at := func(schema string) string {
		host, port := unquoted(values[schema+"/host"]), values[schema+"/port"]
		if host == "" || port == "" || port == "0" {
			return ""
		}
		return net.JoinHostPort(host, port)
	}
	switch unquoted(values["/mode"]) {
	case "manual":
		s.HTTP, s.HTTPS = at("http"), at("https")
		if socks := at("socks"); socks != "" {
			s.otherwise("socks5://" + socks)
		}
		for _, host := range list(strings.Trim(strings.TrimPrefix(values["/ignore-hosts"], "@as "), "[]")) {
			s.Bypass = append(s.Bypass, unquoted(host))
		}
	case "auto":
		if s.Script = unquoted(values["/autoconfig-url"]); s.Script == "" {
			s.Script = "auto"
		}
	}
	return s
}

func unquoted(text string) string { return strings.Trim(strings.TrimSpace(text), `'"`) }

// KDE reads the file kioslaverc (kf5 and kf6): the group [Proxy Settings], with
// ProxyType 0 none, 1 as entered, 2 a script, 3 look for one, 4 the environment.
func KDE(file string) Settings {
	s := Settings{From: "the desktop’s settings"}
	values := make(map[string]string)
	group := ""
	for line := range strings.Lines(file) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "[") {
			group = line
			continue
		}
		if key, value, ok := strings.Cut(line, "="); ok && group == "[Proxy Settings]" {
			values[strings.TrimSuffix(strings.TrimSpace(key), "[$e]")] = strings.TrimSpace(value)
		}
	}
	switch values["ProxyType"] {
	case "1":
		s.HTTPS, s.HTTP = kdeProxy(values["httpsProxy"]), kdeProxy(values["httpProxy"])
		s.otherwise(kdeProxy(values["socksProxy"]))
		s.Bypass = list(values["NoProxyFor"])
		s.OnlyBypass = values["ReversedException"] == "true"
	case "2":
		s.Script = values["Proxy Config Script"]
	case "3":
		s.Script = "auto"
	}
	return s
}

// kdeProxy joins address and port, which KDE parts by a blank.
func kdeProxy(value string) string {
	where, port, _ := strings.Cut(value, " ")
	if port = strings.TrimSpace(port); where == "" || port == "" || port == "0" {
		return where
	}
	return strings.TrimRight(where, "/") + ":" + port
}
