package store

import (
	"errors"
	"os"
)

// errLocked says that another holder has the lock.
var errLocked = errors.New("store: locked by another program")

// fileLock is a lock on a file, for as long as the program lives: the operating
// system takes it back from a killed one.
type fileLock struct{ f *os.File }

// lockFile waits for the lock.
func lockFile(path string) (*fileLock, error) { return takeLock(path, true) }

// tryLock takes the lock or gives errLocked at once.
func tryLock(path string) (*fileLock, error) { return takeLock(path, false) }

func takeLock(path string, wait bool) (*fileLock, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := flock(f, wait); err != nil {
		_ = f.Close()
		return nil, err
	}
	return &fileLock{f}, nil
}

// release gives the lock back.
func (l *fileLock) release() { _ = l.f.Close() }
