package keychain

import (
	"errors"
	"os"
	"os/exec"
)

// Exit codes of the security program: the low byte of the OSStatus.
const (
	exitInteractionNotAllowed = 36  // errSecInteractionNotAllowed, -25308
	exitAuthFailed            = 51  // errSecAuthFailed, -25293
	exitUserCancelled         = 128 // errSecUserCanceled, -128
)

func probe() error {
	_, err := os.Stat("/usr/bin/security")
	return err
}

func systemClass(err error) error {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		switch exit.ExitCode() {
		case exitInteractionNotAllowed:
			return ErrLocked
		case exitAuthFailed, exitUserCancelled:
			return ErrDenied
		}
	}
	return ErrUnavailable
}

func kindOf() (kind string, sure bool) { return "macOS Keychain", true }
