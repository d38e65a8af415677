package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// Build tags: the window runs with Fyne's present threading rules; the
// headless tests swap the window for the software painter.
const (
	windowTags   = "migrated_fynedo"
	headlessTags = "ci,migrated_fynedo"
)

// place is where this command works.
type place struct {
	root  string // the repository
	cache string // outside the repository: what is installed for the tests
}

// findPlace finds the repository around the working folder.
func findPlace() (place, error) {
	out, err := exec.Command("go", "env", "GOMOD").Output()
	mod := strings.TrimSpace(string(out))
	if err != nil || mod == "" || mod == os.DevNull {
		return place{}, errors.New("run this inside the repository: go run ./cmd/dev")
	}
	base, err := os.UserCacheDir()
	if err != nil {
		base = os.TempDir()
	}
	at := place{root: filepath.Dir(mod), cache: filepath.Join(base, "rollcall-dev")}
	if err := os.MkdirAll(at.cache, 0o755); err != nil {
		return place{}, fmt.Errorf("make a cache folder: %w", err)
	}
	return at, nil
}

// bin is a program that this command builds, in the repository's bin folder,
// which git does not track.
func (at place) bin(name string) string {
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	return filepath.Join(at.root, "bin", name)
}

// pictures is where pictures of a test or a walk are left.
func (at place) pictures() string { return filepath.Join(at.root, "bin", "pictures") }

// goCommand is a go command in the repository with further settings of the environment.
func (at place) goCommand(env []string, args ...string) *exec.Cmd {
	cmd := exec.Command("go", args...)
	cmd.Dir = at.root
	cmd.Env = append(os.Environ(), env...)
	return cmd
}

// cgo says whether a build may use C.
func cgo(on bool) []string {
	if on {
		return []string{"CGO_ENABLED=1"}
	}
	return []string{"CGO_ENABLED=0"}
}

// buildWindow builds cmd/rollcall as it is released but for the debug symbols.
func (at place) buildWindow() (*exec.Cmd, string) {
	out := at.bin("rollcall")
	return at.goCommand(cgo(true), "build", "-buildvcs=false", "-tags", windowTags, "-o", out, "./cmd/rollcall"), out
}

// buildTool builds cmd/rollcallctl without C.
func (at place) buildTool() (*exec.Cmd, string) {
	out := at.bin("rollcallctl")
	return at.goCommand(cgo(false), "build", "-buildvcs=false", "-o", out, "./cmd/rollcallctl"), out
}
