//go:build !darwin && !windows

package proxy

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// system asks the desktop that runs: KDE's file, else GNOME's settings, which
// most other desktops share. Without a desktop there are no settings.
func system(ctx context.Context) Settings {
	desktop := strings.ToUpper(os.Getenv("XDG_CURRENT_DESKTOP"))
	if strings.Contains(desktop, "KDE") {
		config, err := os.UserConfigDir()
		if err != nil {
			return Settings{}
		}
		data, err := os.ReadFile(filepath.Join(config, "kioslaverc"))
		if err != nil {
			return Settings{}
		}
		return KDE(string(data))
	}
	if desktop == "" && os.Getenv("DBUS_SESSION_BUS_ADDRESS") == "" {
		return Settings{}
	}
	out, err := exec.CommandContext(ctx, "gsettings", "list-recursively", "org.gnome.system.proxy").Output()
	if err != nil {
		return Settings{}
	}
	return GNOME(string(out))
}
