package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

func TestAKilledRunsFolderIsRemovedByTheNextOne(t *testing.T) {
	base := t.TempDir()
	t.Setenv("TMPDIR", base)
	t.Setenv("TMP", base)
	t.Setenv("TEMP", base)
	gone := exec.Command("go", "version")
	if err := gone.Run(); err != nil {
		t.Fatal(err)
	}
	left := filepath.Join(base, fmt.Sprintf("%s%d-1", scratchName, gone.Process.Pid))
	running := filepath.Join(base, fmt.Sprintf("%s%d-1", scratchName, os.Getpid()))
	others := filepath.Join(base, "rollcall-device")
	for _, folder := range []string{left, running, others} {
		if err := os.MkdirAll(filepath.Join(folder, "in it"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	done, err := openScratch()
	if err != nil {
		t.Fatal(err)
	}
	if os.TempDir() == base {
		t.Error("temporary files go elsewhere")
	}
	mine := os.TempDir()
	done()
	for folder, want := range map[string]bool{left: false, mine: false, running: true, others: true} {
		if got := isDir(folder); got != want {
			t.Errorf("%s is there: %v, want %v", folder, got, want)
		}
	}
}
