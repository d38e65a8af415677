package workbook

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// smallDisk is a folder on a disk of 128 kB, where the test may have one.
func smallDisk(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=128k"); err != nil {
		t.Skip("this user may not make a disk")
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// bookOn is a file of about so many bytes in a folder, opened.
func bookOn(t *testing.T, dir string, size int) (*Book, string, string) {
	t.Helper()
	text := "Name,Email\n" + strings.Repeat("Ann Lee,ann.lee@example.com\n", size/28)
	path := filepath.Join(dir, "users.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	b, err := Open(context.Background(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return b, path, text
}

func unharmed(t *testing.T, dir, path, text string) {
	t.Helper()
	if got := content(t, path); got != text {
		t.Errorf("the file has %d bytes, and had %d", len(got), len(text))
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 1 {
		t.Errorf("the folder holds %v, %v", files, err)
	}
}

func TestAFullDiskLosesNothing(t *testing.T) {
	dir := smallDisk(t)
	b, path, text := bookOn(t, dir, 80<<10)
	refused(t, b.Save(context.Background(), path, oneChange), ErrDiskFull, "no room left")
	unharmed(t, dir, path, text)
	if err := b.Save(context.Background(), filepath.Join(t.TempDir(), "elsewhere.csv"), oneChange); err != nil {
		t.Errorf("the work cannot be saved elsewhere: %v", err)
	}
}

func TestAReadOnlyDiskLosesNothing(t *testing.T) {
	dir := smallDisk(t)
	b, path, text := bookOn(t, dir, 4<<10)
	if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Skip("this user may not protect a disk")
	}
	refused(t, b.Save(context.Background(), path, oneChange), ErrReadOnly, "cannot be written to")
	unharmed(t, dir, path, text)
}

func TestAReadOnlyFolderLosesNothing(t *testing.T) {
	dir := t.TempDir()
	b, path, text := bookOn(t, dir, 4<<10)
	obeyPermissions(t)
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(dir, 0o700)
	refused(t, b.Save(context.Background(), path, oneChange), ErrReadOnly, "cannot be written to")
	unharmed(t, dir, path, text)
}

// obeyPermissions takes from this test's thread what lets root write where
// nobody may. The thread ends with the test.
func obeyPermissions(t *testing.T) {
	t.Helper()
	runtime.LockOSThread()
	header := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var caps [2]unix.CapUserData
	if err := unix.Capget(&header, &caps[0]); err != nil {
		t.Fatal(err)
	}
	caps[0].Effective &^= 1<<unix.CAP_DAC_OVERRIDE | 1<<unix.CAP_DAC_READ_SEARCH
	if err := unix.Capset(&header, &caps[0]); err != nil {
		t.Fatal(err)
	}
}
