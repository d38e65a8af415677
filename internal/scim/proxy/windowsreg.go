package proxy

import "strings"

// Registry is what the Windows registry holds under Internet Settings.
type Registry struct {
	Enable        bool
	Server        string // ProxyServer: host:port, or http=host:port;https=host:port
	Override      string // ProxyOverride: hosts parted by semicolons, <local>
	AutoConfigURL string
	AutoDetect    bool
}

// Windows reads the values of the registry.
func Windows(r Registry) Settings {
	s := Settings{From: "the settings of Windows", Bypass: list(r.Override)}
	if r.Enable {
		socks := ""
		for _, part := range list(r.Server) {
			kind, where, named := strings.Cut(part, "=")
			switch {
			case !named:
				s.HTTP, s.HTTPS = part, part
			case strings.EqualFold(kind, "http"):
				s.HTTP = where
			case strings.EqualFold(kind, "https"):
				s.HTTPS = where
			case strings.EqualFold(kind, "socks"):
				socks = "socks5://" + where
			}
		}
		s.otherwise(socks)
	}
	switch {
	case r.AutoConfigURL != "":
		s.Script = r.AutoConfigURL
	case r.AutoDetect:
		s.Script = "auto"
	}
	return s
}
