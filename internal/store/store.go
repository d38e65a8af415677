// Package store keeps what Rollcall keeps on this computer, in one folder that
// only its user may read: profiles, encrypted copies of accounts, what is
// remembered of files, work in progress, and the journal and history of
// imports. It never holds a secret: those are in the keychain. It knows no
// network, no file format of the user's, and no screen.
//
// Two running programs may share the folder. A damaged file never stops either:
// it is set aside under a name that ends in .bad, said to the person, and the
// program goes on without it.
package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"time"

	"rollcall/internal/account"
	"rollcall/internal/keychain"
	"rollcall/internal/problem"
)

// Options say where the store is and what it stands on.
type Options struct {
	// Home is the folder; "" is $ROLLCALL_HOME, else the platform's own.
	Home string
	// Keychain holds the keys of the copies of accounts. Without one, copies
	// are kept for this run only.
	Keychain keychain.Keychain
	// Now is the clock; nil is time.Now.
	Now func() time.Time
	// Notice is told, in a sentence for people, of what was damaged and set
	// aside, from any goroutine; nil tells nobody. It must not call the store.
	Notice func(sentence string)
}

// Store is the folder. Its methods may be called from any goroutine. Those that
// write wait for the disk.
type Store struct {
	home   string
	keys   keychain.Keychain
	now    func() time.Time
	notice func(string)

	profiles *shelf[profileFile]
	memory   *shelf[memoryFile]
	settings *shelf[settingsFile]

	mu      sync.Mutex
	copies  map[string]*account.Directory // kept for this run only
	copyKey map[string]keychain.Secret
	works   map[*Work]bool
	imports *history
}

// Open opens the folder, and makes it where there is none.
func Open(o Options) (*Store, error) {
	home, err := homeFolder(o.Home)
	if err != nil {
		return nil, err
	}
	s := &Store{
		home: home, keys: o.Keychain, now: o.Now, notice: o.Notice,
		copies:  make(map[string]*account.Directory),
		copyKey: make(map[string]keychain.Secret),
		works:   make(map[*Work]bool),
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.notice == nil {
		s.notice = func(string) {}
	}
	for _, dir := range []string{home, s.path("accounts"), s.path("work"), s.path("imports")} {
		if err := makeFolder(dir); err != nil {
			return nil, err
		}
	}
	s.profiles = newShelf[profileFile](s, "profiles.json", "the list of accounts")
	s.memory = newShelf[memoryFile](s, "memory.json", "what was remembered of earlier files")
	s.settings = newShelf[settingsFile](s, "settings.json", "the settings")
	s.imports = &history{store: s}
	sweep(home)
	return s, nil
}

// Home is the folder.
func (s *Store) Home() string { return s.home }

func (s *Store) path(parts ...string) string {
	return filepath.Join(append([]string{s.home}, parts...)...)
}

// Close writes what is still to be written. Work in progress that was not
// discarded is offered at the next start.
func (s *Store) Close() error {
	s.mu.Lock()
	var works []*Work
	for w := range s.works {
		works = append(works, w)
	}
	s.mu.Unlock()
	var all []error
	for _, w := range works {
		all = append(all, w.Close(context.Background()))
	}
	return errors.Join(append(all, s.imports.close())...)
}

// makeFolder makes a folder that only its owner may look into.
func makeFolder(dir string) error {
	err := os.MkdirAll(dir, 0o700)
	if err == nil {
		err = os.Chmod(dir, 0o700) //nolint:gosec // a folder needs its x
	}
	if err != nil {
		return problem.New("The folder for Rollcall's own files cannot be used: "+dir+
			". Nothing can be remembered until it can be written.", err)
	}
	return nil
}
