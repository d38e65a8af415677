package e2e

import (
	"os/exec"
	"syscall"
)

// dieWithParent has cmd end when the driver is killed and cannot end it.
func dieWithParent(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }
