package store

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"sync"
	"time"

	"rollcall/internal/problem"
)

// shelf is one JSON file that several running programs read and change.
type shelf[T any] struct {
	store *Store
	name  string
	what  string // what is in it, for people
	mu    sync.Mutex
	value T
	seen  stamp
}

// stamp tells one state of a file from the next.
type stamp struct {
	there bool
	size  int64
	mod   time.Time
}

func newShelf[T any](s *Store, name, what string) *shelf[T] {
	return &shelf[T]{store: s, name: name, what: what}
}

func (sh *shelf[T]) path() string { return sh.store.path(sh.name) }

// read gives the content to look, which must not keep or change what it gets.
// The file is read again only when it has changed.
func (sh *shelf[T]) read(look func(*T)) {
	sh.mu.Lock()
	defer sh.mu.Unlock()
	_ = sh.refresh() // what cannot be read now may be in a moment: what is known stays
	look(&sh.value)
}

// update changes the content under a lock that other programs respect. Where
// change gives an error, nothing is changed.
func (sh *shelf[T]) update(change func(*T) error) error {
	sh.mu.Lock()
	defer sh.mu.Unlock()
	lock, err := lockFile(sh.store.path("." + sh.name + ".lock"))
	if err != nil {
		return sh.cannot(err)
	}
	defer lock.release()
	sh.seen = stamp{}
	if err := sh.refresh(); err != nil {
		return sh.cannot(err)
	}
	// The change is made on the one value: a failed change is read back.
	if err := change(&sh.value); err != nil {
		sh.forget()
		return err
	}
	data, err := json.MarshalIndent(&sh.value, "", "\t")
	if err == nil {
		err = writeFile(sh.path(), func(w io.Writer) error {
			_, err := w.Write(append(data, '\n'))
			return err
		})
	}
	if err != nil {
		sh.forget()
		return sh.cannot(err)
	}
	sh.seen = stampOf(sh.path())
	return nil
}

func (sh *shelf[T]) cannot(err error) error {
	return problem.New("The file with "+sh.what+" cannot be written. The old one is kept; see that the disk has room and try again.", err)
}

func (sh *shelf[T]) forget() {
	var zero T
	sh.value, sh.seen = zero, stamp{size: -1}
}

func (sh *shelf[T]) refresh() error {
	now := stampOf(sh.path())
	if now == sh.seen && now.there {
		return nil
	}
	var fresh T
	data, err := os.ReadFile(sh.path())
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	default:
		if json.Unmarshal(data, &fresh) != nil {
			var empty T
			fresh = empty
			sh.store.aside(sh.path(), sh.what, "Rollcall goes on without it.")
			now = stamp{}
		}
	}
	sh.value, sh.seen = fresh, now
	return nil
}

func stampOf(path string) stamp {
	info, err := os.Stat(path)
	if err != nil {
		return stamp{}
	}
	return stamp{true, info.Size(), info.ModTime()}
}
