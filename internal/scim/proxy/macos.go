package proxy

import (
	"net"
	"strings"
)

// MacOS reads what `scutil --proxy` prints: a dictionary with "Name : value" on
// each line, and an array of exceptions.
func MacOS(printed string) Settings {
	s := Settings{From: "the Mac’s network settings"}
	values := make(map[string]string)
	inList := false
	for line := range strings.Lines(printed) {
		line = strings.TrimSpace(line)
		if line == "}" {
			inList = false
			continue
		}
		key, value, ok := strings.Cut(line, " : ")
		if !ok {
			continue
		}
		switch {
		case inList:
			s.Bypass = append(s.Bypass, strings.TrimSpace(value))
		case strings.HasPrefix(value, "<array>"):
			inList = key == "ExceptionsList"
		default:
			values[strings.TrimSpace(key)] = strings.TrimSpace(value)
		}
	}
	at := func(kind string) string {
		if values[kind+"Enable"] != "1" || values[kind+"Proxy"] == "" {
			return ""
		}
		port := values[kind+"Port"]
		if port == "" || port == "0" {
			return values[kind+"Proxy"]
		}
		return net.JoinHostPort(values[kind+"Proxy"], port)
	}
	s.HTTP, s.HTTPS = at("HTTP"), at("HTTPS")
	if socks := at("SOCKS"); socks != "" {
		s.otherwise("socks5://" + socks)
	}
	if values["ExcludeSimpleHostnames"] == "1" {
		s.Bypass = append(s.Bypass, "<local>")
	}
	switch {
	case values["ProxyAutoConfigEnable"] == "1":
		s.Script = values["ProxyAutoConfigURLString"]
	case values["ProxyAutoDiscoveryEnable"] == "1":
		s.Script = "auto"
	}
	return s
}
