package store

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/natefinch/atomic"
)

const (
	tempPrefix = ".new-"
	// tempAge is how old a leftover of a killed program must be to be removed:
	// a younger one may belong to a program that is writing it.
	tempAge = time.Hour
)

// writeFile puts a new file in the place of an old one, or leaves the old one
// whole. The bytes are on disk when it returns.
func writeFile(path string, write func(io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), tempPrefix+"*") // mode 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = f.Close()
			_ = os.Remove(f.Name())
		}
	}()
	if err := write(f); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if err := atomic.ReplaceFile(f.Name(), path); err != nil {
		return err
	}
	syncFolder(filepath.Dir(path))
	return nil
}

// syncFolder makes a rename last through a power cut, where the system can.
func syncFolder(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		_ = d.Close()
	}
}

// sweep removes half-written files that a killed program left.
func sweep(home string) {
	_ = filepath.WalkDir(home, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasPrefix(d.Name(), tempPrefix) {
			return nil //nolint:nilerr // what cannot be looked at is left alone
		}
		if info, err := d.Info(); err == nil && time.Since(info.ModTime()) > tempAge {
			_ = os.Remove(path)
		}
		return nil
	})
}

// setAside renames a damaged file to the first free name that ends in .bad and
// gives that name.
func setAside(path string) (string, error) {
	bad := path + ".bad"
	for n := 2; ; n++ {
		if _, err := os.Lstat(bad); errors.Is(err, fs.ErrNotExist) {
			break
		}
		bad = path + "." + strconv.Itoa(n) + ".bad"
	}
	return filepath.Base(bad), os.Rename(path, bad)
}

// aside sets a damaged file aside and says so. What names its content: "the
// settings". It says what goes on instead.
func (s *Store) aside(path, what, instead string) {
	bad, err := setAside(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return // another running program was quicker
	case err != nil:
		s.notice(fmt.Sprintf("The file with %s is damaged and cannot be moved aside. %s", what, instead))
		return
	}
	s.notice(fmt.Sprintf("The file with %s was damaged. It is kept as %s in %s. %s", what, bad, filepath.Dir(path), instead))
}

// newID makes a name that no two things share.
func newID() string { return strings.ToLower(rand.Text()) }
