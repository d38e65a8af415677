package keychain

import (
	"errors"

	"golang.org/x/sys/windows"
)

func probe() error { return nil }

func systemClass(err error) error {
	if errors.Is(err, windows.ERROR_ACCESS_DENIED) {
		return ErrDenied
	}
	return ErrUnavailable
}

func kindOf() (kind string, sure bool) { return "Windows Credential Manager", true }
