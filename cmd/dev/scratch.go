package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// scratchName begins the name of a run's temporary folder; the run's process
// number follows.
const scratchName = "rollcall-dev-"

// openScratch makes the folder in which this run, and all that it starts, keeps
// temporary files; done removes it. What a killed run left is removed, too.
func openScratch() (done func(), err error) {
	base := os.TempDir()
	sweep(base)
	folder, err := os.MkdirTemp(base, fmt.Sprintf("%s%d-", scratchName, os.Getpid()))
	if err != nil {
		return nil, fmt.Errorf("make a temporary folder: %w", err)
	}
	for _, name := range []string{"TMPDIR", "TMP", "TEMP"} { // Unix, Windows
		if err := os.Setenv(name, folder); err != nil {
			return nil, fmt.Errorf("use the temporary folder: %w", err)
		}
	}
	// What cannot be removed now is removed by the next run.
	return func() { _ = os.RemoveAll(folder) }, nil
}

// sweep removes the folders in base of runs that are no more.
func sweep(base string) {
	left, _ := filepath.Glob(filepath.Join(base, scratchName+"*"))
	for _, folder := range left {
		number, _, _ := strings.Cut(strings.TrimPrefix(filepath.Base(folder), scratchName), "-")
		if pid, err := strconv.Atoi(number); err == nil && !alive(pid) {
			_ = os.RemoveAll(folder) // the next run tries again
		}
	}
}
