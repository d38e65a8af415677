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

// shelf is one JSON file that several running programs read and change. Readers
// do not wait for a writer's disk.
type shelf[T any] struct {
	store   *Store
	name    string
	what    string     // what is in it, for people
	writing sync.Mutex // held by the one who changes the file
	mu      sync.Mutex // guards what follows
	value   *T         // never changed, only replaced
	seen    stamp
}

// stamp tells one state of a file from the next.
type stamp struct {
	there bool
	size  int64
	mod   time.Time
}

func newShelf[T any](s *Store, name, what string) *shelf[T] {
	return &shelf[T]{store: s, name: name, what: what, value: new(T)}
}

func (sh *shelf[T]) path() string { return sh.store.path(sh.name) }

// read gives the content to look, which must not keep or change what it gets.
// The file is read again only when it has changed.
func (sh *shelf[T]) read(look func(*T)) {
	sh.mu.Lock()
	defer sh.mu.Unlock()
	if now := stampOf(sh.path()); now != sh.seen {
		// What cannot be read now may be in a moment: what is known stays.
		if value, err := sh.load(); err == nil {
			sh.value, sh.seen = value, now
		}
	}
	look(sh.value)
}

// update changes the content under a lock that other programs respect. Where
// change gives an error, nothing is changed.
func (sh *shelf[T]) update(change func(*T) error) error {
	sh.writing.Lock()
	defer sh.writing.Unlock()
	lock, err := lockFile(sh.store.path("." + sh.name + ".lock"))
	if err != nil {
		return sh.cannot(err)
	}
	defer lock.release()
	value, err := sh.load()
	if err != nil {
		return sh.cannot(err)
	}
	if err := change(value); err != nil {
		return err
	}
	data, err := json.MarshalIndent(value, "", "\t")
	if err == nil {
		err = writeFile(sh.path(), func(w io.Writer) error {
			_, err := w.Write(append(data, '\n'))
			return err
		})
	}
	if err != nil {
		return sh.cannot(err)
	}
	sh.mu.Lock()
	defer sh.mu.Unlock()
	sh.value, sh.seen = value, stampOf(sh.path())
	return nil
}

func (sh *shelf[T]) cannot(err error) error {
	return problem.New("The file with "+sh.what+" cannot be written. The old one is kept; see that the disk has room and try again.", err)
}

// load reads the file; one that is damaged is set aside, and nothing is in it.
func (sh *shelf[T]) load() (*T, error) {
	data, err := os.ReadFile(sh.path())
	if errors.Is(err, fs.ErrNotExist) {
		return new(T), nil
	}
	if err != nil {
		return nil, err
	}
	value := new(T)
	if json.Unmarshal(data, value) != nil {
		sh.store.aside(sh.path(), sh.what, "Rollcall goes on without it.")
		return new(T), nil
	}
	return value, nil
}

func stampOf(path string) stamp {
	info, err := os.Stat(path)
	if err != nil {
		return stamp{}
	}
	return stamp{true, info.Size(), info.ModTime()}
}
