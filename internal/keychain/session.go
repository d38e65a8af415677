package keychain

import (
	"context"
	"sync"
)

// Session keeps secrets in memory, for this run only. The zero value is ready.
type Session struct {
	mu      sync.Mutex
	secrets map[string]Secret
}

// Get returns the secret, or ErrNotFound.
func (s *Session) Get(_ context.Context, id string) (Secret, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	secret, ok := s.secrets[id]
	if !ok {
		return Secret{}, say(s.Kind(), ErrNotFound, nil)
	}
	return secret, nil
}

// Set keeps the secret until the program ends.
func (s *Session) Set(_ context.Context, id string, secret Secret) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.secrets == nil {
		s.secrets = make(map[string]Secret)
	}
	s.secrets[id] = secret
	return nil
}

// Delete forgets the secret.
func (s *Session) Delete(_ context.Context, id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.secrets[id]; !ok {
		return say(s.Kind(), ErrNotFound, nil)
	}
	delete(s.secrets, id)
	return nil
}

// Check is always nil: memory is there.
func (s *Session) Check(context.Context) error { return nil }

// Kind names it to people.
func (s *Session) Kind() string { return "memory of this run" }

func (s *Session) has(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, ok := s.secrets[id]
	return ok
}
