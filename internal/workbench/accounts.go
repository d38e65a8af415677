package workbench

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"rollcall/internal/account"
	"rollcall/internal/keychain"
	"rollcall/internal/problem"
	"rollcall/internal/store"
)

// Reach says how an account was last reached.
type Reach int

// The ways.
const (
	NotTried Reach = iota
	Online
	Offline
)

// AccountState is a profile with what is known of its account.
type AccountState struct {
	Profile  account.Profile
	Users    int
	SyncedAt time.Time // zero: never
	Reach    Reach
	// List says that a customer's user list stands for the account: nothing can
	// be sent.
	List bool
	// Problem says why the account could not be reached, "" if it could.
	Problem string
	// Text is the line below the name: "1,912 users · synced 12 min ago".
	Text string
}

// Accounts lists the profiles by name.
func (b *Bench) Accounts() []AccountState {
	var out []AccountState
	for _, p := range b.store.Profiles() {
		out = append(out, b.state(p))
	}
	return out
}

// Current is the chosen account, nil where none is.
func (b *Bench) Current() *AccountState {
	c := b.current.Load()
	if c == nil {
		return nil
	}
	s := b.state(c.profile)
	return &s
}

func (b *Bench) state(p account.Profile) AccountState {
	s := AccountState{Profile: p}
	if info, ok := b.store.DirectoryInfo(p.ID); ok {
		s.Users, s.SyncedAt = info.Users, info.SyncedAt
	}
	if c := b.current.Load(); c != nil && c.profile.ID == p.ID {
		s.Reach, s.Problem = c.online, c.problem
		if c.dir != nil {
			s.Users, s.SyncedAt = len(c.dir.Users), c.dir.SyncedAt
		}
	}
	if s.List = strings.HasPrefix(p.ID, listPrefix); s.List {
		s.Reach = Offline
	}
	s.Text = b.stateText(s)
	return s
}

func (b *Bench) stateText(s AccountState) string {
	switch {
	case s.List:
		return "User list · offline · " + plural(s.Users, "user", "users")
	case s.SyncedAt.IsZero() && s.Profile.Practice:
		return "On this computer · nothing leaves it"
	case s.SyncedAt.IsZero():
		return "Not synced yet"
	}
	age := "synced " + Age(s.SyncedAt, b.now())
	if s.Reach == Offline {
		return "Working offline · " + age
	}
	return plural(s.Users, "user", "users") + " · " + age
}

// ProfileByName finds a profile by name or id.
func (b *Bench) ProfileByName(name string) (account.Profile, error) {
	if p, ok := b.store.Profile(name); ok {
		return p, nil
	}
	text := fmt.Sprintf("There is no account named “%s”.", name)
	var names []string
	for _, p := range b.store.Profiles() {
		names = append(names, "“"+p.Name+"”")
	}
	if len(names) > 0 {
		text += " The accounts are " + strings.Join(names, ", ") + "."
	}
	return account.Profile{}, problem.New(text, nil)
}

// SelectByName chooses an account by its profile's name, or the practice
// account by its own.
func (b *Bench) SelectByName(ctx context.Context, name string) error {
	if strings.EqualFold(name, practiceName) {
		return b.StartPractice(ctx)
	}
	p, err := b.ProfileByName(name)
	if err != nil {
		return err
	}
	return b.Select(ctx, p.ID)
}

// Select chooses an account and loads its last copy. It may have to ask the
// keychain: run it in the background.
func (b *Bench) Select(ctx context.Context, id string) error {
	p, err := b.ProfileByName(id)
	if err != nil {
		return err
	}
	if p.Practice {
		return b.StartPractice(ctx)
	}
	c := &current{profile: p}
	dir, err := b.store.LoadDirectory(ctx, p.ID)
	switch {
	case err == nil:
		c.dir = dir
	case errors.Is(err, store.ErrNone):
	default:
		// A copy that cannot be read is no reason not to go on: it is synced
		// again.
		b.note(sentence(err))
	}
	b.current.Store(c)
	return b.store.SetSetting(settingCurrent, p.ID)
}

// Unselect works without an account.
func (b *Bench) Unselect() error {
	b.current.Store(nil)
	return b.store.SetSetting(settingCurrent, nil)
}

const settingCurrent = "current-profile"

// settingLearned begins the setting that keeps what a client learnt of a
// profile's account.
const settingLearned = "learned/"

// LastAccount is the id of the account that was chosen last, "" for none.
func (b *Bench) LastAccount() string {
	var id string
	b.store.Setting(settingCurrent, &id)
	if _, ok := b.store.Profile(id); !ok {
		return ""
	}
	return id
}

// AddAccount keeps a new profile and its secret: the one on disk, the other in
// the keychain.
func (b *Bench) AddAccount(p account.Profile, secret string) (account.Profile, error) {
	p.ID = ""
	return b.saveAccount(p, secret)
}

// UpdateAccount changes a profile; an empty secret keeps the one there is.
func (b *Bench) UpdateAccount(p account.Profile, secret string) (account.Profile, error) {
	return b.saveAccount(p, secret)
}

func (b *Bench) saveAccount(p account.Profile, secret string) (account.Profile, error) {
	if err := b.validProfile(p, secret); err != nil {
		return p, err
	}
	was, known := b.store.Profile(p.ID)
	p, err := b.store.SaveProfile(p)
	if err != nil {
		return p, err
	}
	ctx, cancel := context.WithTimeout(b.ctx, keychain.Wait)
	defer cancel()
	b.forgetClient(p.ID)
	moved := known && was.ID == p.ID && was.URL != p.URL
	if moved { // what is known of the account at the old address says nothing of this one
		err = errors.Join(b.store.RemoveDirectory(ctx, p.ID), b.store.SetSetting(settingLearned+p.ID, nil))
	}
	if c := b.current.Load(); c != nil && c.profile.ID == p.ID {
		next := &current{profile: p, dir: c.dir}
		if moved {
			next.dir = nil
		}
		b.current.CompareAndSwap(c, next)
	}
	if secret != "" {
		err = errors.Join(err, b.keychain.Set(ctx, p.ID, keychain.NewSecret(secret)))
	}
	return p, err
}

// RemoveAccount removes a profile, its secret and its copy. Its history stays.
func (b *Bench) RemoveAccount(id string) error {
	ctx, cancel := context.WithTimeout(b.ctx, keychain.Wait)
	defer cancel()
	err := b.keychain.Delete(ctx, id)
	if errors.Is(err, keychain.ErrNotFound) || errors.Is(err, keychain.ErrUnavailable) {
		err = nil
	}
	b.forgetClient(id)
	if c := b.current.Load(); c != nil && c.profile.ID == id {
		b.current.Store(nil)
	}
	return errors.Join(err, b.store.RemoveProfile(ctx, id), b.store.SetSetting(settingLearned+id, nil))
}

// HasSecret says whether the keychain has the profile's secret. It may take
// long where the keychain has to be unlocked: run it in the background.
func (b *Bench) HasSecret(id string) bool {
	ctx, cancel := context.WithTimeout(b.ctx, keychain.Wait)
	defer cancel()
	_, err := b.keychain.Get(ctx, id)
	return err == nil
}

// KeychainName is what the system calls its keychain: "GNOME Keyring". It may have
// to ask the system: run it in the background.
func (b *Bench) KeychainName() string { return b.keychain.Kind() }

// KeychainNote is "" where the keychain can keep secrets, else a sentence that
// says that they are kept for this run only. Run it in the background.
func (b *Bench) KeychainNote(ctx context.Context) string {
	return sentence(b.keychain.Check(ctx))
}

// SecretNote says that the profile's secret is kept for this run only, and why;
// "" where the keychain has it.
func (b *Bench) SecretNote(id string) string { return sentence(b.keychain.ThisRunOnly(id)) }

// UseSnapshot works on a saved copy of an account, offline.
func (b *Bench) UseSnapshot(path string) error {
	dir, err := readSnapshot(path)
	if err != nil {
		return err
	}
	b.current.Store(&current{
		profile: account.Profile{ID: "snapshot:" + path, Name: dir.Account},
		dir:     dir, fixed: true,
	})
	return nil
}

// UseAddress works on an account that has no profile: nothing of it is kept but
// the history, under its address.
func (b *Bench) UseAddress(ctx context.Context, url, secret string) error {
	p := account.Profile{ID: "url:" + url, Name: url, URL: url, SignIn: account.SignInToken}
	if secret == "" {
		return problem.New("The account's token is missing. Set ROLLCALL_TOKEN to it.", nil)
	}
	if err := b.addClient(p, secret); err != nil {
		return err
	}
	b.current.Store(&current{profile: p})
	return nil
}
