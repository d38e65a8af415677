package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// theStage is shared by all tests that need a window or the built programs:
// one screen, one bus, one keyring. Each test has a home of its own.
var theStage *Stage

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	programs := os.Getenv("ROLLCALL_PROGRAMS")
	if programs == "" {
		if os.Getenv("ROLLCALL_REQUIRE_WINDOW") != "" {
			fmt.Fprintln(os.Stderr, "ROLLCALL_REQUIRE_WINDOW is set, but ROLLCALL_PROGRAMS does not name the folder of the built programs")
			return 1
		}
		return m.Run()
	}
	pictures := os.Getenv("ROLLCALL_PICTURES")
	if pictures == "" {
		pictures = filepath.Join(programs, "pictures")
	}
	stage, err := OpenStage(filepath.Join(programs, "rollcall"), filepath.Join(programs, "rollcallctl"), pictures)
	if err != nil {
		fmt.Fprintln(os.Stderr, "the stage did not open:", err)
		return 1
	}
	defer stage.Close()
	theStage = stage
	return m.Run()
}

// stage gives the test the stage, and a home of its own.
func stage(t *testing.T) (*Stage, Home) {
	t.Helper()
	if theStage == nil {
		t.Skip("needs the built programs and a virtual screen: run go run ./cmd/dev test -only build,window")
	}
	home, err := NewHome(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return theStage, home
}

// begin starts the program and ends it with the test.
func begin(t *testing.T, s *Stage, l Launch) *App {
	t.Helper()
	a := s.Start(t, l)
	t.Cleanup(a.Close)
	return a
}

// sandbox starts the practice account on a computer of its own, so that what
// the program under test writes can be told apart.
func sandbox(t *testing.T, s *Stage, flags ...string) *Sandbox {
	t.Helper()
	elsewhere, err := NewHome(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	box := s.Sandbox(t, elsewhere, flags...)
	t.Cleanup(box.Close)
	return box
}
