package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// need is something outside Go that a command cannot do without, how to see
// whether it is there, and what it is called in the package lists of the
// systems that have one.
type need struct {
	what    string
	program string   // found when this is on PATH
	headers []string // found when the C compiler finds all of these
	module  string   // found when pkg-config knows this
	files   []string // found when one of these patterns matches a file

	debian, fedora, arch, suse []string
}

// toBuild is what the window needs to be compiled and linked on Linux.
var toBuild = []need{
	{what: "a C compiler", program: "gcc", debian: []string{"gcc", "libc6-dev"}, fedora: []string{"gcc"}, arch: []string{"gcc"}, suse: []string{"gcc"}},
	{what: "pkg-config", program: "pkg-config", debian: []string{"pkg-config"}, fedora: []string{"pkgconf-pkg-config"}, arch: []string{"pkgconf"}, suse: []string{"pkg-config"}},
	{what: "OpenGL headers", headers: []string{"GL/gl.h"}, module: "gl",
		debian: []string{"libgl1-mesa-dev"}, fedora: []string{"mesa-libGL-devel"}, arch: []string{"mesa"}, suse: []string{"Mesa-libGL-devel"}},
	{what: "X11 headers", headers: []string{"X11/Xlib.h", "X11/extensions/Xrandr.h", "X11/Xcursor/Xcursor.h", "X11/extensions/XInput2.h", "X11/extensions/Xinerama.h", "X11/extensions/xf86vmode.h", "X11/XKBlib.h"},
		debian: []string{"xorg-dev"},
		fedora: []string{"libX11-devel", "libXrandr-devel", "libXcursor-devel", "libXi-devel", "libXinerama-devel", "libXxf86vm-devel"},
		arch:   []string{"libx11", "libxrandr", "libxcursor", "libxi", "libxinerama", "libxxf86vm"},
		suse:   []string{"libX11-devel", "libXrandr-devel", "libXcursor-devel", "libXi-devel", "libXinerama-devel", "libXxf86vm-devel"}},
	{what: "Wayland headers", headers: []string{"wayland-client-core.h", "wayland-cursor.h", "wayland-egl-core.h"},
		debian: []string{"libwayland-dev"}, fedora: []string{"wayland-devel"}, arch: []string{"wayland"}, suse: []string{"wayland-devel"}},
	{what: "keyboard map headers", headers: []string{"xkbcommon/xkbcommon.h"},
		debian: []string{"libxkbcommon-dev"}, fedora: []string{"libxkbcommon-devel"}, arch: []string{"libxkbcommon"}, suse: []string{"libxkbcommon-devel"}},
}

// toShow is what a window on a virtual screen needs, driven as a person would.
var toShow = []need{
	{what: "a virtual screen", program: "Xvfb", debian: []string{"xvfb"}, fedora: []string{"xorg-x11-server-Xvfb"}, arch: []string{"xorg-server-xvfb"}, suse: []string{"xorg-x11-server-Xvfb"}},
	{what: "OpenGL in software", files: []string{"/usr/lib/*/dri/swrast_dri.so", "/usr/lib*/dri/swrast_dri.so", "/usr/lib/*/libgallium*", "/usr/lib*/libgallium*"},
		debian: []string{"libgl1-mesa-dri", "libgl1", "libglx-mesa0"}, fedora: []string{"mesa-dri-drivers"}, arch: []string{"mesa"}, suse: []string{"Mesa-dri"}},
	{what: "a keyboard and a mouse for the virtual screen", program: "xdotool", debian: []string{"xdotool"}, fedora: []string{"xdotool"}, arch: []string{"xdotool"}, suse: []string{"xdotool"}},
	{what: "a clipboard", program: "xclip", debian: []string{"xclip"}, fedora: []string{"xclip"}, arch: []string{"xclip"}, suse: []string{"xclip"}},
	{what: "a session bus", program: "dbus-daemon", debian: []string{"dbus"}, fedora: []string{"dbus-daemon"}, arch: []string{"dbus"}, suse: []string{"dbus-1-daemon"}},
	{what: "a client of the session bus", program: "dbus-send", debian: []string{"dbus-bin"}, fedora: []string{"dbus-tools"}, arch: []string{"dbus"}, suse: []string{"dbus-1-tools"}},
	{what: "a keyring", program: "gnome-keyring-daemon", debian: []string{"gnome-keyring"}, fedora: []string{"gnome-keyring"}, arch: []string{"gnome-keyring"}, suse: []string{"gnome-keyring"}},
}

// toServe is what the independent SCIM server from npm needs.
var toServe = []need{
	{what: "Node.js", program: "node", debian: []string{"nodejs"}, fedora: []string{"nodejs"}, arch: []string{"nodejs"}, suse: []string{"nodejs"}},
	{what: "npm", program: "npm", debian: []string{"npm"}, fedora: []string{"npm"}, arch: []string{"npm"}, suse: []string{"npm"}},
}

// there reports whether the need is met.
func (n need) there() bool {
	if n.program != "" {
		if _, err := exec.LookPath(n.program); err != nil {
			return false
		}
	}
	if n.module != "" && exec.Command("pkg-config", "--exists", n.module).Run() != nil {
		return false
	}
	if len(n.files) > 0 && !slices.ContainsFunc(n.files, func(pattern string) bool {
		found, _ := filepath.Glob(pattern)
		return len(found) > 0
	}) {
		return false
	}
	return len(n.headers) == 0 || compilerFinds(n.headers)
}

// compilerFinds asks the C compiler for header files.
func compilerFinds(headers []string) bool {
	var source strings.Builder
	for _, h := range headers {
		fmt.Fprintf(&source, "#include <%s>\n", h)
	}
	cmd := exec.Command("gcc", "-E", "-x", "c", "-o", os.DevNull, "-")
	cmd.Stdin = strings.NewReader(source.String())
	return cmd.Run() == nil
}

// missing is what of needs is not there.
func missing(needs []need) []need {
	var out []need
	for _, n := range needs {
		if !n.there() {
			out = append(out, n)
		}
	}
	return out
}

// provide installs what is missing where it can, and says what it does. It
// asks nothing. An error names the packages to install by hand.
func provide(ctx context.Context, needs ...[]need) error {
	switch runtime.GOOS {
	case "linux":
	case "darwin":
		if _, err := exec.LookPath("clang"); err != nil {
			return fmt.Errorf("the compiler is missing: run xcode-select --install, then this command again")
		}
		return nil
	default:
		if _, err := exec.LookPath("gcc"); err != nil {
			return fmt.Errorf("a C compiler is missing: install gcc (on Windows: MSYS2, package mingw-w64-x86_64-gcc), then run this command again")
		}
		return nil
	}
	wanted := missing(slices.Concat(needs...))
	if len(wanted) == 0 {
		return nil
	}
	if _, err := exec.LookPath("apt-get"); err != nil {
		return byHand(wanted)
	}
	if err := installDebian(ctx, wanted); err != nil {
		return err
	}
	if still := missing(wanted); len(still) > 0 {
		return fmt.Errorf("still missing after the installation: %s", whats(still))
	}
	return nil
}

// installDebian installs through apt-get, as root or through sudo, without a question.
func installDebian(ctx context.Context, wanted []need) error {
	var packages []string
	for _, n := range wanted {
		packages = append(packages, n.debian...)
	}
	slices.Sort(packages)
	packages = slices.Compact(packages)
	fmt.Printf("Installing %s (%s)\n", whats(wanted), strings.Join(packages, " "))

	var prefix []string
	if os.Geteuid() != 0 {
		prefix = []string{"sudo", "-n"}
	}
	env := []string{"DEBIAN_FRONTEND=noninteractive", "DEBCONF_NONINTERACTIVE_SEEN=true"}
	steps := [][]string{
		append([]string{"env"}, append(env, "apt-get", "update", "-q")...),
		append([]string{"env"}, append(env, append([]string{"apt-get", "install", "-y", "-q", "--no-install-recommends"}, packages...)...)...),
	}
	for _, step := range steps {
		args := append(slices.Clone(prefix), step...)
		cmd := exec.CommandContext(ctx, args[0], args[1:]...)
		out, err := cmd.CombinedOutput()
		if err != nil {
			fmt.Print(lastLines(string(out), 15))
			return fmt.Errorf("apt-get could not install what is missing; as root, run: apt-get update && apt-get install -y %s", strings.Join(packages, " "))
		}
	}
	return nil
}

// byHand says what to install on a system that this command does not know how to change.
func byHand(wanted []need) error {
	var lines []string
	for _, system := range []struct {
		program, how string
		packages     func(need) []string
	}{
		{"dnf", "sudo dnf install", func(n need) []string { return n.fedora }},
		{"pacman", "sudo pacman -S --needed", func(n need) []string { return n.arch }},
		{"zypper", "sudo zypper install", func(n need) []string { return n.suse }},
		{"", "on Debian: sudo apt-get install", func(n need) []string { return n.debian }},
	} {
		if system.program != "" {
			if _, err := exec.LookPath(system.program); err != nil {
				continue
			}
		}
		var packages []string
		for _, n := range wanted {
			packages = append(packages, system.packages(n)...)
		}
		slices.Sort(packages)
		lines = append(lines, system.how+" "+strings.Join(slices.Compact(packages), " "))
		break
	}
	return fmt.Errorf("missing: %s\nInstall it, then run this command again:\n  %s", whats(wanted), strings.Join(lines, "\n  "))
}

// whats names needs in words.
func whats(needs []need) string {
	var words []string
	for _, n := range needs {
		words = append(words, n.what)
	}
	return strings.Join(words, ", ")
}

// lastLines is the last n lines of text.
func lastLines(text string, n int) string {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	if len(lines) > n {
		lines = lines[len(lines)-n:]
	}
	return strings.Join(lines, "\n") + "\n"
}
