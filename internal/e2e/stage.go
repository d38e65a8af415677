package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Stage is everything around the program: the screen, the session bus with its
// keyring, the two binaries, and folders for what it writes and for pictures.
type Stage struct {
	Display *Display
	Bus     *Bus
	// Rollcall and Rollcallctl are the programs under test.
	Rollcall, Rollcallctl string
	// Pictures is where Shot saves; also what a failure leaves behind.
	Pictures string
}

// OpenStage starts a screen and a bus around the given binaries. Close ends both.
func OpenStage(rollcall, rollcallctl, pictures string) (*Stage, error) {
	display, err := OpenDisplay()
	if err != nil {
		return nil, err
	}
	bus, err := OpenBus()
	if err != nil {
		display.Close()
		return nil, err
	}
	return &Stage{Display: display, Bus: bus, Rollcall: rollcall, Rollcallctl: rollcallctl, Pictures: pictures}, nil
}

// Close ends the screen and the bus.
func (s *Stage) Close() {
	s.Bus.Close()
	s.Display.Close()
}

// Home is one user's computer: everything that the program may write lies in it.
type Home struct {
	// Dir holds all the folders below.
	Dir string
}

// NewHome makes the folders of a fresh computer below dir.
func NewHome(dir string) (Home, error) {
	h := Home{Dir: dir}
	for _, d := range []string{h.File(".cache"), h.File(".config"), h.Rollcall(), h.Runtime(), h.doors()} {
		if err := os.MkdirAll(d, 0o700); err != nil {
			return h, fmt.Errorf("make a home: %w", err)
		}
	}
	return h, nil
}

// User is HOME.
func (h Home) User() string { return filepath.Join(h.Dir, "user") }

// Rollcall is ROLLCALL_HOME.
func (h Home) Rollcall() string { return filepath.Join(h.Dir, "rollcall") }

// Runtime is XDG_RUNTIME_DIR.
func (h Home) Runtime() string { return filepath.Join(h.Dir, "run") }

// File is a path in the user's own folder.
func (h Home) File(name string) string { return filepath.Join(h.User(), name) }

// doors is where the test's own files lie: places, watchdog, picked path.
func (h Home) doors() string { return filepath.Join(h.Dir, "doors") }

func (h Home) door(name string) string { return filepath.Join(h.doors(), name) }

// env is the whole environment of a program on this stage in home h: nothing
// of the surrounding environment but PATH. No secret is ever part of it.
func (s *Stage) env(h Home, more ...string) []string {
	env := []string{
		"PATH=" + os.Getenv("PATH"),
		"HOME=" + h.User(),
		"XDG_CONFIG_HOME=" + filepath.Join(h.User(), ".config"),
		"XDG_CACHE_HOME=" + filepath.Join(h.User(), ".cache"),
		"XDG_DATA_HOME=" + filepath.Join(h.User(), ".local", "share"),
		"XDG_RUNTIME_DIR=" + h.Runtime(),
		"ROLLCALL_HOME=" + h.Rollcall(),
		"TMPDIR=" + h.tmp(),
		"DISPLAY=" + s.Display.Name,
		"DBUS_SESSION_BUS_ADDRESS=" + s.Bus.Address,
		"LANG=en_US.UTF-8",
		"TZ=UTC",
		"LIBGL_ALWAYS_SOFTWARE=1",
		"FYNE_SCALE=1",
		"FYNE_THEME=light",
	}
	return overlay(env, more)
}

// tmp is TMPDIR, so that temporary files are scanned for secrets, too.
func (h Home) tmp() string {
	dir := filepath.Join(h.Dir, "tmp")
	_ = os.MkdirAll(dir, 0o700)
	return dir
}

// overlay puts later settings over earlier ones of the same name.
func overlay(env, more []string) []string {
	out := append([]string(nil), env...)
	for _, m := range more {
		name, _, _ := strings.Cut(m, "=")
		replaced := false
		for i := range out {
			if strings.HasPrefix(out[i], name+"=") {
				out[i], replaced = m, true
			}
		}
		if !replaced {
			out = append(out, m)
		}
	}
	return out
}
