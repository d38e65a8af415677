package workbench

import (
	"context"
	"encoding/json"
	"io"
	"slices"

	"rollcall/internal/account"
	"rollcall/internal/practice"
	"rollcall/internal/problem"
	"rollcall/internal/workbook"
)

// SyncNow brings the copy of the chosen account up to date. Where it fails, the
// last copy stays. Afterwards the open sheet is to be checked anew against
// Directory.
func (b *Bench) SyncNow(ctx context.Context, report func(Progress)) error {
	c := b.current.Load()
	if c == nil {
		return ErrNoAccount
	}
	if c.fixed {
		return nil
	}
	dir, err := b.sync(ctx, c, report)
	next := *c
	if err != nil {
		if offlineOnly(err) && ctx.Err() == nil {
			next.online, next.problem = Offline, sentence(err)
			b.current.CompareAndSwap(c, &next)
		}
		return err
	}
	next.dir, next.online, next.problem = dir, Online, ""
	if b.current.CompareAndSwap(c, &next) {
		b.keep(ctx, c.profile, dir)
	}
	return nil
}

func (b *Bench) sync(ctx context.Context, c *current, report func(Progress)) (*account.Directory, error) {
	way, _, err := b.connect()
	if err != nil {
		return nil, err
	}
	dir, err := way.api.Sync(ctx, c.dir, func(p account.SyncProgress) {
		tell(report, Progress{What: "Reading " + p.What, Done: int64(p.Done), Total: int64(p.Total)})
	})
	if err != nil {
		return nil, err
	}
	if dir.Account == "" || dir.Account != c.profile.Name {
		dir.Account = c.profile.Name
	}
	return dir, nil
}

// keep stores the copy of a profile's account. Copies of the practice account
// and of an address without a profile are not kept.
func (b *Bench) keep(ctx context.Context, p account.Profile, dir *account.Directory) {
	if _, known := b.store.Profile(p.ID); !known || p.Practice {
		return
	}
	why, err := b.store.SaveDirectory(ctx, p.ID, dir)
	if err != nil {
		b.note(sentence(err))
	} else if why != nil {
		b.note(sentence(why))
	}
	b.clientMu.Lock()
	open, ok := b.clients[p.ID]
	b.clientMu.Unlock()
	if ok {
		_ = b.store.SetSetting(settingLearned+p.ID, open.api.Learned())
	}
}

// lookUp adds users to a partial copy.
func (b *Bench) lookUp(ctx context.Context, dir *account.Directory, emails []string, report func(Progress)) error {
	if len(emails) == 0 {
		return nil
	}
	way, _, err := b.connect()
	if err != nil {
		return err
	}
	users, err := way.api.LookupAll(ctx, emails, func(p account.SyncProgress) {
		tell(report, Progress{What: "Looking up users", Done: int64(p.Done), Total: int64(len(emails))})
	})
	if err != nil {
		return err
	}
	known := make(map[string]bool, len(dir.Users))
	for i := range dir.Users {
		known[dir.Users[i].ID] = true
	}
	next := &account.Directory{
		Account: dir.Account, SyncedAt: dir.SyncedAt, Users: slices.Clone(dir.Users), Groups: dir.Groups,
		Sources: dir.Sources, NoGroups: dir.NoGroups, NoSources: dir.NoSources, Self: dir.Self, Partial: true,
	}
	for _, u := range users {
		if !known[u.ID] {
			known[u.ID] = true
			next.Users = append(next.Users, u)
		}
	}
	if c := b.current.Load(); c != nil && c.dir == dir {
		changed := *c
		changed.dir = next
		b.current.CompareAndSwap(c, &changed)
	}
	return nil
}

// SaveSnapshot writes the copy of the chosen account as a snapshot file.
func (b *Bench) SaveSnapshot(path string) error {
	dir := b.Directory()
	if dir == nil {
		return ErrNoAccount
	}
	return workbook.WriteAtomic(path, func(w io.Writer) error { return json.NewEncoder(w).Encode(dir) })
}

// practiceName is the name of the practice account's profile.
const practiceName = "Practice account"

// StartPractice starts the practice account inside the program, chooses it and
// reads it. Nothing leaves this computer. It is started once and kept.
func (b *Bench) StartPractice(ctx context.Context) error {
	srv := b.sandbox.Load()
	if srv == nil {
		started, err := practice.Start(b.ctx, practice.Options{})
		if err != nil {
			return problem.New("The practice account could not be started on this computer.", err)
		}
		if !b.sandbox.CompareAndSwap(nil, started) {
			_ = started.Close()
		}
		srv = b.sandbox.Load()
	}
	p := account.Profile{
		ID: "practice", Name: practiceName, URL: srv.URL(), SignIn: account.SignInToken,
		Rate: 500, Practice: true, Colour: "#2457D6",
	}
	if err := b.addClient(p, srv.Token()); err != nil {
		return err
	}
	b.current.Store(&current{profile: p})
	return b.SyncNow(ctx, nil)
}
