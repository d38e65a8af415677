package keychain

import (
	"context"
	"errors"
	"sync"

	"github.com/zalando/go-keyring"
)

// system is the keychain of the operating system.
type system struct {
	// turn is held by the call under way. A call that waits for a person goes
	// on after its caller gave up, and the next one waits for it.
	turn chan struct{}
	mu   sync.Mutex
	kind string
}

// System returns the keychain of the operating system: the Secret Service on
// Linux, the Keychain on macOS, the Credential Manager on Windows.
func System() Keychain { return &system{turn: make(chan struct{}, 1)} }

func (k *system) Get(ctx context.Context, id string) (Secret, error) {
	value, err := do(ctx, k, func() (string, error) { return keyring.Get(Service, id) })
	return NewSecret(value), err
}

func (k *system) Set(ctx context.Context, id string, secret Secret) error {
	if secret.IsZero() {
		return errors.New("keychain: an empty secret cannot be kept")
	}
	_, err := do(ctx, k, func() (string, error) { return "", set(id, secret.Reveal()) })
	return err
}

// errNotKept is a keychain that took a secret and does not show it: the person
// whom it asked said no, and it did not pass that on.
var errNotKept = errors.New("the keychain did not do what was asked of it")

// set keeps a secret and looks whether it is there.
func set(id, secret string) error {
	if err := keyring.Set(Service, id, secret); err != nil {
		return err
	}
	switch kept, err := keyring.Get(Service, id); {
	case errors.Is(err, keyring.ErrNotFound), err == nil && kept != secret:
		return errNotKept
	default:
		return err
	}
}

// remove forgets a secret and looks whether it is gone.
func remove(id string) error {
	if err := keyring.Delete(Service, id); err != nil {
		return err
	}
	switch _, err := keyring.Get(Service, id); {
	case errors.Is(err, keyring.ErrNotFound):
		return nil
	case err == nil:
		return errNotKept
	default:
		return err
	}
}

func (k *system) Delete(ctx context.Context, id string) error {
	_, err := do(ctx, k, func() (string, error) { return "", remove(id) })
	return err
}

func (k *system) Check(ctx context.Context) error {
	_, err := do(ctx, k, func() (string, error) { return "", probe() })
	return err
}

// Kind asks the system once, and again until it has an answer.
func (k *system) Kind() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.kind != "" {
		return k.kind
	}
	kind, sure := kindOf()
	if sure {
		k.kind = kind
	}
	return kind
}

// do runs one call and gives up on it when ctx or the time is over.
func do(ctx context.Context, k *system, call func() (string, error)) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, Wait)
	defer cancel()
	select {
	case k.turn <- struct{}{}:
	case <-ctx.Done():
		return "", say(k.Kind(), ErrLocked, ctx.Err())
	}
	type answer struct {
		value string
		err   error
	}
	done := make(chan answer, 1)
	go func() {
		defer func() { <-k.turn }()
		value, err := call()
		done <- answer{value, err}
	}()
	select {
	case a := <-done:
		if a.err == nil {
			return a.value, nil
		}
		return "", say(k.Kind(), class(a.err), a.err)
	case <-ctx.Done():
		return "", say(k.Kind(), ErrLocked, ctx.Err())
	}
}

// class tells which of the package's errors stands for one of the library's.
func class(err error) error {
	switch {
	case errors.Is(err, keyring.ErrNotFound):
		return ErrNotFound
	case errors.Is(err, errNotKept):
		return ErrDenied
	case errors.Is(err, keyring.ErrSetDataTooBig):
		return ErrTooBig
	case errors.Is(err, keyring.ErrUnsupportedPlatform):
		return ErrUnavailable
	}
	return systemClass(err)
}
