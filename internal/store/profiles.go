package store

import (
	"context"
	"slices"
	"strings"

	"rollcall/internal/account"
	"rollcall/internal/problem"
)

type profileFile struct {
	Profiles []account.Profile `json:"profiles"`
}

// Profiles lists the accounts, sorted by name. It is quick.
func (s *Store) Profiles() []account.Profile {
	var list []account.Profile
	s.profiles.read(func(f *profileFile) { list = slices.Clone(f.Profiles) })
	slices.SortStableFunc(list, func(a, b account.Profile) int {
		return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	})
	return list
}

// Profile finds an account by its ID, or else by its name without regard to
// case. It is quick.
func (s *Store) Profile(idOrName string) (account.Profile, bool) {
	list := s.Profiles()
	for _, p := range list {
		if p.ID == idOrName {
			return p, true
		}
	}
	for _, p := range list {
		if strings.EqualFold(p.Name, strings.TrimSpace(idOrName)) {
			return p, true
		}
	}
	return account.Profile{}, false
}

// SaveProfile keeps a profile: a new one where its ID is "", and then gives it
// one. Two profiles cannot have the same name.
func (s *Store) SaveProfile(p account.Profile) (account.Profile, error) {
	p.Name = strings.TrimSpace(p.Name)
	if p.Name == "" {
		return p, problem.New("An account needs a name. Give it one and save again.", nil)
	}
	err := s.profiles.update(func(f *profileFile) error {
		for _, have := range f.Profiles {
			if have.ID != p.ID && strings.EqualFold(have.Name, p.Name) {
				return problem.New("There is an account named “"+have.Name+"” already. Choose another name.", nil)
			}
		}
		if p.ID == "" {
			p.ID = newID()
		}
		if i := slices.IndexFunc(f.Profiles, func(have account.Profile) bool { return have.ID == p.ID }); i >= 0 {
			f.Profiles[i] = p
		} else {
			f.Profiles = append(f.Profiles, p)
		}
		return nil
	})
	return p, err
}

// RemoveProfile forgets a profile, its copy of the account with the key, and
// what was remembered for it. The history of its imports stays. The secret is
// in the keychain under the profile's ID: that is the caller's to delete.
func (s *Store) RemoveProfile(ctx context.Context, id string) error {
	if id == "" {
		return nil
	}
	if err := s.RemoveDirectory(ctx, id); err != nil {
		return err
	}
	if err := s.memory.update(func(f *memoryFile) error { f.forget(id); return nil }); err != nil {
		return err
	}
	return s.profiles.update(func(f *profileFile) error {
		f.Profiles = slices.DeleteFunc(f.Profiles, func(p account.Profile) bool { return p.ID == id })
		return nil
	})
}
