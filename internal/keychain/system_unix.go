//go:build !darwin && !windows

package keychain

import (
	"errors"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/godbus/dbus/v5"
	ss "github.com/zalando/go-keyring/secret_service"
)

const (
	secretsName = "org.freedesktop.secrets"
	// kindWait bounds how long a bus may take to say who serves the secrets.
	kindWait = time.Second
)

// errStillLocked says that the collection was locked after all.
var errStillLocked = errors.New("the collection is locked")

// locked asks whether the collection that secrets go to is locked.
func locked() (bool, error) {
	svc, err := ss.NewSecretService()
	if err != nil {
		return false, err
	}
	v, err := svc.GetLoginCollection().GetProperty("org.freedesktop.Secret.Collection.Locked")
	if err != nil {
		return false, err
	}
	is, ok := v.Value().(bool)
	return is || !ok, nil
}

// probe says whether secrets can be kept, without touching any.
func probe() error {
	is, err := locked()
	if err == nil && is {
		return errStillLocked
	}
	return err
}

// systemClass reads an error of the Secret Service. The library does not say
// why it could not unlock: the collection does.
func systemClass(err error) error {
	if errors.Is(err, errStillLocked) {
		return ErrLocked
	}
	var e dbus.Error
	if errors.As(err, &e) {
		switch {
		case e.Name == "org.freedesktop.Secret.Error.IsLocked":
			return ErrLocked
		case strings.HasSuffix(e.Name, ".AccessDenied"), strings.HasSuffix(e.Name, ".AuthFailed"):
			return ErrDenied
		}
		return ErrUnavailable
	}
	if strings.Contains(err.Error(), "failed to unlock") {
		switch is, err := locked(); {
		case err != nil:
			return ErrUnavailable
		case is:
			return ErrLocked
		}
		return ErrDenied
	}
	return ErrUnavailable
}

// kindOf names the program that serves the secrets.
func kindOf() (kind string, sure bool) {
	answer := make(chan string, 1)
	go func() { answer <- server() }()
	select {
	case name := <-answer:
		return kindName(name)
	case <-time.After(kindWait):
		return kindName("")
	}
}

func server() string {
	svc, err := ss.NewSecretService()
	if err != nil {
		return ""
	}
	var pid uint32
	err = svc.BusObject().Call("org.freedesktop.DBus.GetConnectionUnixProcessID", 0, secretsName).Store(&pid)
	if err != nil {
		return ""
	}
	comm, err := os.ReadFile("/proc/" + strconv.Itoa(int(pid)) + "/comm")
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(comm))
}

// kindName names a program to people. The kernel cuts its name at 15 bytes.
func kindName(program string) (kind string, sure bool) {
	switch {
	case strings.HasPrefix(program, "gnome-keyring"):
		return "GNOME Keyring", true
	case strings.HasPrefix(program, "kwalletd"), strings.HasPrefix(program, "ksecretd"):
		return "KDE Wallet", true
	case strings.HasPrefix(program, "keepassxc"):
		return "KeePassXC", true
	case program != "":
		return "system keychain (" + program + ")", true
	}
	return "system keychain", false
}
