package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/crypto/chacha20poly1305"

	"rollcall/internal/account"
	"rollcall/internal/keychain"
	"rollcall/internal/practice"
	"rollcall/internal/scim"
	"rollcall/internal/store"
)

const (
	directoryUsers = 100_000
	directoryID    = "bench"
	// changedUsers is how many users someone else changes between two syncs.
	changedUsers = 100
)

// keyring is a keychain for one run.
type keyring struct{ secrets sync.Map }

func (k *keyring) Get(_ context.Context, id string) (keychain.Secret, error) {
	if secret, ok := k.secrets.Load(id); ok {
		return secret.(keychain.Secret), nil
	}
	return keychain.Secret{}, keychain.ErrNotFound
}

func (k *keyring) Set(_ context.Context, id string, secret keychain.Secret) error {
	k.secrets.Store(id, secret)
	return nil
}

func (k *keyring) Delete(_ context.Context, id string) error { k.secrets.Delete(id); return nil }
func (*keyring) Check(context.Context) error                 { return nil }
func (*keyring) Kind() string                                { return "memory" }

// measureDirectory reads an account of 100,000 users page by page over HTTP,
// keeps the copy encrypted, and loads it again, as the program does at its
// start.
func measureDirectory(ctx context.Context, folder string, tell func(Measure)) error {
	srv, err := crowd(ctx)
	if err != nil {
		return fmt.Errorf("make the account: %w", err)
	}
	defer srv.Close()
	client, err := scim.New(account.Profile{Name: "bench", URL: srv.URL(), SignIn: account.SignInToken, Rate: 1e6}, srv.Token(), scim.Options{LargeDirectory: -1})
	if err != nil {
		return err
	}
	defer client.Close()
	dir, err := measureSync(ctx, srv, client, tell)
	if err != nil {
		return err
	}
	return measureCopy(ctx, folder, dir, tell)
}

// crowd is the practice account with 100,000 users, each in one group. Its
// clock goes on by a second with each request, so that not all of them were
// changed in the same one.
func crowd(ctx context.Context) (*practice.Server, error) {
	var seconds atomic.Int64
	began := time.Now().Add(-time.Hour)
	srv, err := practice.Start(ctx, practice.Options{Now: func() time.Time { return began.Add(time.Duration(seconds.Add(1)) * time.Second) }})
	if err != nil {
		return nil, err
	}
	client, err := scim.New(account.Profile{Name: "bench", URL: srv.URL(), SignIn: account.SignInToken, Rate: 1e6}, srv.Token(), scim.Options{})
	if err == nil {
		defer client.Close()
		err = fill(ctx, client)
	}
	if err != nil {
		return nil, errors.Join(err, srv.Close())
	}
	return srv, nil
}

// fill makes users by bulk and puts each into a group.
func fill(ctx context.Context, client *scim.Client) error {
	groups, err := client.Groups(ctx, nil)
	if err != nil {
		return err
	}
	ops := make([]account.BulkOp, directoryUsers-practice.SeedSize)
	for i := range ops {
		u := person(i)
		u.Email, u.Identifiers[0].Value = fmt.Sprintf("new.person.%06d@northwind.com", i), fmt.Sprintf("U9X%06d", i)
		ops[i] = account.BulkOp{Key: i, Create: true, User: u}
	}
	members := make([][]string, len(groups))
	var failed error
	err = client.Bulk(ctx, ops, func(r account.BulkResult) {
		failed = errors.Join(failed, r.Err)
		at := r.Key % len(groups)
		members[at] = append(members[at], r.User.ID)
	})
	for i, ids := range members {
		_, refused := client.AddMembers(ctx, groups[i], ids)
		for _, why := range refused {
			failed = errors.Join(failed, why)
		}
	}
	return errors.Join(err, failed)
}

// measureSync reads the directory whole and, after a few changes, once more.
func measureSync(ctx context.Context, srv *practice.Server, client *scim.Client, tell func(Measure)) (*account.Directory, error) {
	if _, err := client.Discover(ctx); err != nil {
		return nil, err
	}
	var dir *account.Directory
	steps, requests := 0, int64(0)
	before := heap()
	times, err := best(2,
		func() error { return readBare(ctx, srv) },
		func() (err error) {
			from := client.Requests()
			steps = 0
			dir, err = client.Sync(ctx, nil, func(account.SyncProgress) { steps++ })
			requests = client.Requests() - from
			return err
		})
	if err != nil {
		return nil, err
	}
	if err := wholeDirectory(dir); err != nil {
		return nil, err
	}
	dir.ByEmail("") // builds what look-ups need
	tell(Measure{Name: "an account of 100,000 users synced", Value: times[1], Unit: "ms",
		Against: "the same pages, fetched bare", Baseline: times[0], Limit: 2.5, Ratio: true,
		Note: fmt.Sprintf("%d requests, progress told %d times, %.0f MB in memory as synced", requests, steps, float64(heap()-before)/1e6)})

	for i := range changedUsers {
		name := fmt.Sprintf("Changed Person %d", i)
		if _, err := client.Update(ctx, dir.Users[i*900], account.Change{DisplayName: &name}); err != nil {
			return nil, err
		}
	}
	from := client.Requests()
	began := time.Now()
	next, err := client.Sync(ctx, dir, nil)
	took := milliseconds(time.Since(began))
	if err != nil {
		return nil, err
	}
	if got := next.Users[900].DisplayName; got != "Changed Person 1" {
		return nil, fmt.Errorf("the second sync shows %q", got)
	}
	tell(Measure{Name: "the same account synced again after 100 changes", Value: took, Unit: "ms",
		Against: "the first sync", Baseline: times[1], Limit: 1, Ratio: true,
		Note: fmt.Sprintf("%d requests; groups and their members are always read whole", client.Requests()-from)})
	return next, wholeDirectory(next)
}

func wholeDirectory(dir *account.Directory) error {
	if len(dir.Users) != directoryUsers || dir.Partial || len(dir.Users[directoryUsers-1].Groups) != 1 {
		return fmt.Errorf("%d users were read, partial is %v", len(dir.Users), dir.Partial)
	}
	return nil
}

// readBare fetches the pages that a sync needs and throws them away.
func readBare(ctx context.Context, srv *practice.Server) error {
	pages := []string{"/Groups?startIndex=1&count=500"}
	for start := 1; start <= directoryUsers; start += 500 {
		pages = append(pages, fmt.Sprintf("/Users?startIndex=%d&count=500", start))
	}
	for _, page := range pages {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, srv.URL()+page, nil)
		if err != nil {
			return err
		}
		req.Header.Set("Authorization", "Bearer "+srv.Token())
		answer, err := http.DefaultClient.Do(req)
		if err != nil {
			return err
		}
		_, err = io.Copy(io.Discard, answer.Body)
		answer.Body.Close()
		if err != nil || answer.StatusCode != http.StatusOK {
			return fmt.Errorf("%s: %s, %w", page, answer.Status, err)
		}
	}
	return nil
}

// measureCopy keeps the copy and loads it as the program does at its start,
// with what the first look-up builds, beside the same users as plain JSON,
// sealed with the same cipher.
func measureCopy(ctx context.Context, folder string, dir *account.Directory, tell func(Measure)) error {
	home, keys := filepath.Join(folder, "directory"), new(keyring)
	s, err := store.Open(store.Options{Home: home, Keychain: keys})
	if err != nil {
		return err
	}
	if why, err := s.SaveDirectory(ctx, directoryID, dir); why != nil || err != nil {
		return errors.Join(why, err)
	}
	plain, err := seal(filepath.Join(folder, "plain"), dir)
	if err != nil {
		return err
	}
	email := dir.Users[directoryUsers/2].Email
	var loaded *account.Directory
	load := func() error {
		again, err := store.Open(store.Options{Home: home, Keychain: keys})
		if err != nil {
			return err
		}
		if loaded, err = again.LoadDirectory(ctx, directoryID); err != nil {
			return err
		}
		if len(loaded.Users) != directoryUsers || len(loaded.ByEmail(email)) != 1 {
			return errors.New("the copy is not what was kept")
		}
		return nil
	}
	times, err := best(5, plain.open, load)
	if err != nil {
		return err
	}
	tell(Measure{Name: "the copy of 100,000 users loaded, the first user looked up", Value: times[1], Unit: "ms",
		Against: "the same as plain JSON, decrypted and decoded", Baseline: times[0], Limit: 1000,
		Note: fmt.Sprintf("ratio %.2f", times[1]/times[0])})

	loaded, *dir = nil, account.Directory{}
	before := heap()
	if err := load(); err != nil {
		return err
	}
	held := heap() - before
	runtime.KeepAlive(loaded)
	info, err := os.Stat(filepath.Join(home, "accounts", directoryID+".copy"))
	if err != nil {
		return err
	}
	tell(Measure{Name: "the copy of 100,000 users in memory", Value: float64(held) / 1e6, Unit: "MB",
		Against: "the copy on disk", Baseline: float64(info.Size()) / 1e6, Limit: 100})
	return nil
}

// heap is what is alive after a collection, in bytes.
func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// sealed is a file that any program could have written: JSON in one piece.
type sealed struct {
	path string
	key  [chacha20poly1305.KeySize]byte
}

func seal(path string, dir *account.Directory) (*sealed, error) {
	s := &sealed{path: path}
	_, _ = rand.Read(s.key[:]) // never fails, as documented
	aead, err := chacha20poly1305.NewX(s.key[:])
	if err != nil {
		return nil, err
	}
	raw, err := json.Marshal(dir.Users)
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, aead.NonceSize())
	_, _ = rand.Read(nonce)
	return s, os.WriteFile(path, aead.Seal(nonce, nonce, raw, nil), 0o600)
}

func (s *sealed) open() error {
	aead, err := chacha20poly1305.NewX(s.key[:])
	if err != nil {
		return err
	}
	data, err := os.ReadFile(s.path)
	if err != nil {
		return err
	}
	raw, err := aead.Open(nil, data[:aead.NonceSize()], data[aead.NonceSize():], nil)
	if err != nil {
		return err
	}
	var users []account.User
	if err := json.Unmarshal(raw, &users); err != nil {
		return err
	}
	if len(users) != directoryUsers {
		return fmt.Errorf("%d users were decoded", len(users))
	}
	return nil
}
