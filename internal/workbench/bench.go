// Package workbench is the use cases of Rollcall, for the window and the
// headless tool alike: open, match, edit, check, plan, push, undo. It puts the
// rooms below it together and knows no screen: results of background work come
// back through the Post that it is given.
package workbench

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"rollcall/internal/account"
	"rollcall/internal/keychain"
	"rollcall/internal/practice"
	"rollcall/internal/problem"
	"rollcall/internal/store"
)

// Options are what a Bench is given.
type Options struct {
	// Home is the folder for everything kept; "" is the platform's own.
	Home string
	// Keychain keeps the secrets; nil is the system's.
	Keychain keychain.Keychain
	// Post runs a function on the goroutine that owns the documents.
	Post func(func())
	// Now is the clock; nil is time.Now.
	Now func() time.Time
	// RunSecret gives a secret from outside for this run, where the keychain
	// has none; nil and "" are none.
	RunSecret func() string
	// Note tells the user something that is no error: that a secret is kept for
	// this run only, that a damaged file was set aside. Any goroutine calls it.
	Note func(sentence string)
	// Renew asks for a new secret when the account refuses the old one in the
	// middle of an import; nil does not ask.
	Renew func(ctx context.Context, p account.Profile) (secret string, err error)
	// Sample and SampleName are the flawed sample file.
	Sample     []byte
	SampleName string
	// NoWork keeps no work in progress: for tools that open, write and end.
	NoWork bool
}

// Bench is everything behind a window or a headless run.
type Bench struct {
	store      *store.Store
	keychain   *keychain.Fallback
	post       func(func())
	now        func() time.Time
	runSecret  func() string
	note       func(string)
	renew      func(context.Context, account.Profile) (string, error)
	sample     []byte
	sampleName string
	noWork     bool

	ctx     context.Context
	stop    context.CancelFunc
	pending sync.WaitGroup
	running atomic.Int64

	current  atomic.Pointer[current]
	sandbox  atomic.Pointer[practice.Server]
	clientMu sync.Mutex
	clients  map[string]client
}

// current is the chosen account, replaced whole when anything of it changes.
type current struct {
	profile account.Profile
	dir     *account.Directory
	// online says how the last attempt to reach the account went.
	online Reach
	// problem is why it could not be reached, "" if it could.
	problem string
	// fixed is a snapshot file: it is never synced.
	fixed bool
}

// ErrNoAccount is the answer to what needs an account when none is chosen.
var ErrNoAccount = problem.New("No account is chosen. Add one, or choose the practice account.", nil)

// ErrReadOnly is the answer to an import into an account that is marked
// read-only.
var ErrReadOnly = problem.New("This account is marked read-only in its profile, so nothing was sent. Change the mark in Accounts if it may be written to.", nil)

// New opens what is kept on this computer. Close it again.
func New(o Options) (*Bench, error) {
	b := &Bench{
		post: o.Post, now: o.Now, runSecret: o.RunSecret, note: o.Note, renew: o.Renew,
		sample: o.Sample, sampleName: o.SampleName, noWork: o.NoWork, clients: make(map[string]client),
	}
	if b.now == nil {
		b.now = time.Now
	}
	if b.note == nil {
		b.note = func(string) {}
	}
	system := o.Keychain
	if system == nil {
		system = keychain.System()
	}
	b.keychain = keychain.WithFallback(system, func(_ string, why error) { b.note(sentence(why)) })
	s, err := store.Open(store.Options{Home: o.Home, Keychain: system, Now: b.now, Notice: b.note})
	if err != nil {
		return nil, err
	}
	b.store = s
	b.ctx, b.stop = context.WithCancel(context.Background())
	return b, nil
}

// Close ends background work, the practice account and the store.
func (b *Bench) Close() error {
	b.stop()
	b.pending.Wait()
	b.clientMu.Lock()
	for _, c := range b.clients {
		c.api.Close()
	}
	b.clientMu.Unlock()
	var err error
	if srv := b.sandbox.Load(); srv != nil {
		err = srv.Close()
	}
	return errors.Join(err, b.store.Close())
}

// Now is the Bench's clock.
func (b *Bench) Now() time.Time { return b.now() }

// Store gives the screens what is remembered for them: widths, settings, the
// recent files.
func (b *Bench) Store() *store.Store { return b.store }

// Directory is the copy of the chosen account, nil where there is none.
func (b *Bench) Directory() *account.Directory {
	if c := b.current.Load(); c != nil {
		return c.dir
	}
	return nil
}

func sentence(err error) string { return problem.Sentence(err) }
