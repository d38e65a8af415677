package keychain

import (
	"context"
	"errors"
	"sync"

	"rollcall/internal/problem"
)

// Fallback keeps secrets in a first keychain, and in memory for this run where
// the first one cannot take them.
type Fallback struct {
	first   Keychain
	session Session
	say     func(id string, why error)
	mu      sync.Mutex
	why     map[string]error
}

// WithFallback puts this run's memory behind first. Each time that a secret goes
// to memory, notice is told of it and of the reason, in the calling goroutine;
// notice may be nil.
func WithFallback(first Keychain, notice func(id string, why error)) *Fallback {
	if notice == nil {
		notice = func(string, error) {}
	}
	return &Fallback{first: first, say: notice, why: make(map[string]error)}
}

// Get looks in this run's memory, then in the first keychain.
func (f *Fallback) Get(ctx context.Context, id string) (Secret, error) {
	if f.session.has(id) {
		return f.session.Get(ctx, id)
	}
	return f.first.Get(ctx, id)
}

// Set keeps the secret in the first keychain, else in memory, which ThisRunOnly
// tells of afterwards.
func (f *Fallback) Set(ctx context.Context, id string, secret Secret) error {
	err := f.first.Set(ctx, id, secret)
	if err != nil && ctx.Err() != nil && errors.Is(ctx.Err(), context.Canceled) {
		return err
	}
	if err != nil {
		err = thisRun(f.first.Kind(), err)
	}
	f.mu.Lock()
	if err == nil {
		delete(f.why, id)
	} else {
		f.why[id] = err
	}
	f.mu.Unlock()
	if err == nil {
		if f.session.has(id) {
			_ = f.session.Delete(ctx, id)
		}
		return nil
	}
	f.say(id, err)
	return f.session.Set(ctx, id, secret)
}

// thisRun says of a keychain that could not take a secret where the secret is
// now.
func thisRun(kind string, err error) error {
	switch {
	case errors.Is(err, ErrLocked):
		return problem.New("The "+kind+" is locked and was not unlocked, so the secret is kept for this run only. To keep it longer, unlock it and enter the secret again in Accounts.", err)
	case errors.Is(err, ErrDenied):
		return problem.New("The "+kind+" did not allow access, so the secret is kept for this run only. To keep it longer, allow access and enter the secret again in Accounts.", err)
	case errors.Is(err, ErrTooBig):
		return problem.New("The secret is longer than the "+kind+" can keep, so it is kept for this run only. Ask for a shorter one to keep it longer.", err)
	}
	return err
}

// Delete forgets the secret in both places.
func (f *Fallback) Delete(ctx context.Context, id string) error {
	had := f.session.has(id)
	if had {
		_ = f.session.Delete(ctx, id)
	}
	f.mu.Lock()
	delete(f.why, id)
	f.mu.Unlock()
	err := f.first.Delete(ctx, id)
	if had && (errors.Is(err, ErrNotFound) || errors.Is(err, ErrUnavailable)) {
		return nil
	}
	return err
}

// Check is that of the first keychain: memory is no place to keep anything.
func (f *Fallback) Check(ctx context.Context) error { return f.first.Check(ctx) }

// Kind is that of the first keychain.
func (f *Fallback) Kind() string { return f.first.Kind() }

// ThisRunOnly says why a secret is only in this run's memory; nil where it is
// not.
func (f *Fallback) ThisRunOnly(id string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.why[id]
}
