package main

import (
	"os"
	"os/exec"
)

// ownGroup does nothing: Windows has no groups that can be ended this way.
func ownGroup(*exec.Cmd) {}

// endGroup ends cmd at once.
func endGroup(cmd *exec.Cmd, _ bool) { _ = cmd.Process.Kill() }

// alive reports whether a process of this number runs.
func alive(pid int) bool {
	p, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	_ = p.Release()
	return true
}
