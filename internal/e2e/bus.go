package e2e

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// keyringPassword unlocks the throw-away keyring. It guards nothing.
const keyringPassword = "throw-away"

// Bus is a private session bus with a real gnome-keyring, unlocked, that knows
// nothing of the keyring of whoever runs the tests.
type Bus struct {
	// Address is what DBUS_SESSION_BUS_ADDRESS has to be.
	Address string

	daemon, keyring *process
	folder          string
}

// OpenBus starts both. Close ends them and forgets every secret.
func OpenBus() (*Bus, error) {
	folder, err := os.MkdirTemp("", "rollcall-bus-")
	if err != nil {
		return nil, fmt.Errorf("make a folder for the session bus: %w", err)
	}
	b := &Bus{folder: folder}
	if err := b.startDaemon(); err != nil {
		b.Close()
		return nil, err
	}
	if err := b.startKeyring(); err != nil {
		b.Close()
		return nil, err
	}
	return b, nil
}

// env is the environment of the bus's own programs: a home of their own.
func (b *Bus) env() []string {
	return []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + b.folder, "XDG_RUNTIME_DIR=" + b.folder,
		"XDG_DATA_HOME=" + b.folder + "/data", "LANG=en_US.UTF-8",
		"DBUS_SESSION_BUS_ADDRESS=" + b.Address,
	}
}

func (b *Bus) startDaemon() error {
	cmd := exec.Command("dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1",
		"--address=unix:dir="+b.folder)
	cmd.Env = b.env()
	read, write, err := os.Pipe()
	if err != nil {
		return fmt.Errorf("make a pipe: %w", err)
	}
	defer read.Close()
	cmd.Stdout = write
	var said buffer
	cmd.Stderr = &said
	b.daemon, err = start(cmd)
	write.Close()
	if err != nil {
		return err
	}
	_ = read.SetReadDeadline(time.Now().Add(patience()))
	line, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		return fmt.Errorf("the session bus did not start: %w: %s", err, said.String())
	}
	b.Address = strings.TrimSpace(line)
	return nil
}

func (b *Bus) startKeyring() error {
	cmd := exec.Command("gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets")
	cmd.Env = b.env()
	cmd.Stdin = strings.NewReader(keyringPassword + "\n")
	var said buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	var err error
	if b.keyring, err = start(cmd); err != nil {
		return err
	}
	ready := until(patience(), func() bool { return b.keyring.ended() || b.owns("org.freedesktop.secrets") })
	if !ready || b.keyring.ended() {
		return fmt.Errorf("the keyring did not start: %s", said.String())
	}
	return nil
}

// owns asks the bus whether somebody answers to name.
func (b *Bus) owns(name string) bool {
	cmd := exec.Command("dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.DBus",
		"/org/freedesktop/DBus", "org.freedesktop.DBus.NameHasOwner", "string:"+name)
	cmd.Env = b.env()
	out, err := cmd.Output()
	return err == nil && strings.Contains(string(out), "boolean true")
}

// Close ends the keyring and the bus.
func (b *Bus) Close() {
	if b == nil {
		return
	}
	if b.keyring != nil {
		b.keyring.kill()
	}
	if b.daemon != nil {
		b.daemon.kill()
	}
	os.RemoveAll(b.folder)
}
