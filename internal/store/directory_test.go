package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"rollcall/internal/account"
	"rollcall/internal/keychain"
	"rollcall/internal/problem"
)

// filled puts something into every exported field of a value, so that a field
// that packing forgets shows.
func filled(v reflect.Value, rnd *rand.Rand) {
	if v.Type() == reflect.TypeFor[time.Time]() {
		v.Set(reflect.ValueOf(time.Unix(rnd.Int64N(4e9)-2e9, rnd.Int64N(1e9)).UTC()))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("ä%d", rnd.IntN(50)))
	case reflect.Bool:
		v.SetBool(rnd.IntN(2) == 0)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1+rnd.IntN(4), 4))
		for i := range v.Len() {
			filled(v.Index(i), rnd)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				filled(v.Field(i), rnd)
			}
		}
	default:
		panic("a new kind of field: " + v.Type().String())
	}
}

func TestPackingLosesNothing(t *testing.T) {
	for seed := range uint64(200) {
		d := new(account.Directory)
		filled(reflect.ValueOf(d).Elem(), rand.New(rand.NewPCG(seed, 1)))
		got, err := unpack(pack(d))
		ok(t, err)
		want(t, got, d)
	}
	got, err := unpack(pack(&account.Directory{}))
	ok(t, err)
	want(t, got, &account.Directory{})
}

func FuzzUnpack(f *testing.F) {
	for seed := range uint64(4) {
		d := new(account.Directory)
		filled(reflect.ValueOf(d).Elem(), rand.New(rand.NewPCG(seed, 1)))
		f.Add(pack(d))
	}
	f.Add([]byte{packVersion, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01})
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := unpack(data)
		if err != nil {
			return
		}
		again, err := unpack(pack(d))
		ok(t, err)
		want(t, again, d)
	})
}

func someDirectory(users int) *account.Directory {
	d := &account.Directory{
		Account: "Acme", SyncedAt: time.Date(2026, 11, 22, 10, 0, 0, 5, time.UTC), Self: "me@acme.example",
		Sources: []account.Source{{Name: "slack", Enabled: true, IdentifierPattern: "^U"}, {Name: "teams", Enabled: true}},
	}
	for g := range 40 {
		d.Groups = append(d.Groups, account.Group{ID: fmt.Sprint("g", g), Name: fmt.Sprint("Group ", g)})
	}
	d.Users = make([]account.User, users)
	for i := range d.Users {
		mail := fmt.Sprintf("given.family.%d@northwind-trading.example", i)
		d.Users[i] = account.User{
			ID: fmt.Sprintf("2819c223-7f76-453a-919d-%012d", i), Email: mail, DisplayName: fmt.Sprint("Given Family ", i),
			Active: i%9 != 0, Role: account.Roles()[i%3], Version: fmt.Sprintf(`W/"%d"`, i), LastModified: d.SyncedAt,
			Groups:      []string{d.Groups[i%40].Name, d.Groups[(i+7)%40].Name},
			Identifiers: []account.Identifier{{Source: "slack", Value: fmt.Sprintf("U%09d", i)}, {Source: "teams", Value: mail}},
		}
	}
	return d
}

func TestTheCopyOfAnAccountIsKeptEncrypted(t *testing.T) {
	dir := t.TempDir()
	keys := new(keychain.Session)
	h := open(t, dir, keys)
	_, err := h.LoadDirectory(t.Context(), "acme")
	want(t, errors.Is(err, ErrNone), true)
	_, known := h.DirectoryInfo("acme")
	want(t, known, false)

	d := someDirectory(3000)
	why, err := h.SaveDirectory(t.Context(), "acme", d)
	ok(t, errors.Join(why, err))
	data, err := os.ReadFile(h.copyPath("acme"))
	ok(t, err)
	for _, text := range []string{"northwind", "Given Family", "Group 1", "U00000"} {
		if bytes.Contains(data, []byte(text)) {
			t.Errorf("%q lies open in the copy", text)
		}
	}
	again := open(t, dir, keys)
	info, known := again.DirectoryInfo("acme")
	want(t, known, true)
	want(t, info, Info{SyncedAt: d.SyncedAt, Users: 3000})
	got, err := again.LoadDirectory(t.Context(), "acme")
	ok(t, err)
	want(t, pack(got), pack(d))

	ok(t, again.RemoveDirectory(t.Context(), "acme"))
	_, err = again.LoadDirectory(t.Context(), "acme")
	want(t, errors.Is(err, ErrNone), true)
	_, err = keys.Get(t.Context(), keyID("acme"))
	want(t, errors.Is(err, keychain.ErrNotFound), true)
}

func TestEveryChangeOfACopyIsNoticed(t *testing.T) {
	keys := new(keychain.Session)
	h := open(t, t.TempDir(), keys)
	_, err := h.SaveDirectory(t.Context(), "acme", someDirectory(1500))
	ok(t, err)
	_, err = h.SaveDirectory(t.Context(), "other", someDirectory(3))
	ok(t, err)
	path := h.copyPath("acme")
	good, err := os.ReadFile(path)
	ok(t, err)
	other, err := os.ReadFile(h.copyPath("other"))
	ok(t, err)
	const sealed = sealChunk + 16
	_, _, start, _ := parseHead(good)
	start += sealPrefix
	if len(good) < start+3*sealed {
		t.Fatal("too short for three chunks")
	}
	flip := func(at int) []byte {
		b := bytes.Clone(good)
		b[at] ^= 1
		return b
	}
	swapped := bytes.Clone(good)
	copy(swapped[start:], good[start+sealed:start+2*sealed])
	copy(swapped[start+sealed:], good[start:start+sealed])
	for name, bad := range map[string][]byte{
		"magic": flip(0), "time": flip(len(copyMagic)), "users": flip(len(copyMagic) + 12), "profile": flip(fixedHead),
		"nonce": flip(start - 1), "first chunk": flip(start), "second chunk": flip(start + sealed + 9), "last byte": flip(len(good) - 1),
		"cut": good[:len(good)-7], "cut at a chunk": good[:start+2*sealed], "only the head": good[:start-3], "empty": {},
		"chunks swapped": swapped, "chunk lost": append(bytes.Clone(good[:start+sealed]), good[start+2*sealed:]...),
		"longer": append(bytes.Clone(good), 0), "another account's": other,
	} {
		ok(t, os.WriteFile(path, bad, 0o600))
		_, err := h.LoadDirectory(t.Context(), "acme")
		if !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
		if got := problem.Sentence(err); got != "The copy of the account on this computer is damaged. Sync the account to make a new one." {
			t.Errorf("said %q", got)
		}
	}
	want(t, len(h.notices()), 16)
	_, err = h.LoadDirectory(t.Context(), "acme")
	want(t, errors.Is(err, ErrNone), true) // set aside, every time
	ok(t, os.WriteFile(path, good, 0o600))
	_, err = h.LoadDirectory(t.Context(), "acme")
	ok(t, err)
}

// brokenKeys is a keychain that gives one error.
type brokenKeys struct {
	keychain.Session
	err error
}

func (b *brokenKeys) Get(context.Context, string) (keychain.Secret, error) {
	return keychain.Secret{}, b.err
}
func (b *brokenKeys) Set(context.Context, string, keychain.Secret) error { return b.err }

func TestWithoutAKeychainTheCopyIsKeptForThisRunOnly(t *testing.T) {
	const start = "The copy of the account is kept for this run only: "
	for _, c := range []struct {
		keys keychain.Keychain
		say  string
	}{
		{nil, start + "there is no keychain on this computer to hold its key."},
		{&brokenKeys{err: keychain.ErrUnavailable}, start + "there is no keychain on this computer to hold its key."},
		{&brokenKeys{err: keychain.ErrLocked}, start + "the keychain, which holds its key, is locked."},
		{&brokenKeys{err: keychain.ErrDenied}, start + "the keychain, which holds its key, did not allow access."},
		{keychain.WithFallback(&brokenKeys{err: keychain.ErrLocked}, nil), start + "the keychain, which holds its key, is locked."},
	} {
		s, err := Open(Options{Home: t.TempDir(), Keychain: c.keys})
		ok(t, err)
		d := someDirectory(2)
		why, err := s.SaveDirectory(t.Context(), "acme", d)
		ok(t, err)
		want(t, problem.Sentence(why), c.say)
		got, err := s.LoadDirectory(t.Context(), "acme")
		ok(t, err)
		want(t, got, d)
		info, _ := s.DirectoryInfo("acme")
		want(t, info, Info{SyncedAt: d.SyncedAt, Users: 2, ThisRunOnly: true})
		again, err := Open(Options{Home: s.Home(), Keychain: c.keys})
		ok(t, err)
		_, err = again.LoadDirectory(t.Context(), "acme")
		want(t, errors.Is(err, ErrNone), true)
	}
}

func TestALostKeyIsSaidAndTheNextSyncMakesAnother(t *testing.T) {
	dir := t.TempDir()
	keys := new(keychain.Session)
	_, err := open(t, dir, keys).SaveDirectory(t.Context(), "acme", someDirectory(2))
	ok(t, err)
	ok(t, keys.Delete(t.Context(), keyID("acme")))
	h := open(t, dir, keys)
	_, err = h.LoadDirectory(t.Context(), "acme")
	want(t, errors.Is(err, ErrKeyLost), true)
	want(t, problem.Sentence(err), "The key of the account's copy is no longer in the keychain. Sync the account to make a new copy.")
	info, known := h.DirectoryInfo("acme")
	want(t, known && info.Users == 2, true)
	_, err = h.SaveDirectory(t.Context(), "acme", someDirectory(5))
	ok(t, err)
	d, err := open(t, dir, keys).LoadDirectory(t.Context(), "acme")
	ok(t, err)
	want(t, len(d.Users), 5)
}

func TestALockedKeychainLeavesTheCopyAsItIs(t *testing.T) {
	dir := t.TempDir()
	keys := new(keychain.Session)
	_, err := open(t, dir, keys).SaveDirectory(t.Context(), "acme", someDirectory(2))
	ok(t, err)
	s, err := Open(Options{Home: dir, Keychain: &brokenKeys{err: keychain.ErrLocked}})
	ok(t, err)
	_, err = s.LoadDirectory(t.Context(), "acme")
	want(t, errors.Is(err, keychain.ErrLocked), true)
	want(t, problem.Sentence(err), "The copy of the account cannot be opened: the keychain, which holds its key, is locked. Sync the account to work with it.")
	_, err = open(t, dir, keys).LoadDirectory(t.Context(), "acme")
	ok(t, err)
}

func TestTheKeyIsInNoFile(t *testing.T) {
	keys := new(keychain.Session)
	h := open(t, t.TempDir(), keys)
	_, err := h.SaveDirectory(t.Context(), "acme", someDirectory(2))
	ok(t, err)
	secret, err := keys.Get(t.Context(), keyID("acme"))
	ok(t, err)
	nowhere(t, h.Home(), secret.Reveal())
}

// nowhere looks for a text in every file of a folder.
func nowhere(t *testing.T, dir, text string) {
	t.Helper()
	ok(t, os.CopyFS(t.TempDir(), os.DirFS(dir))) // readable at all
	files := os.DirFS(dir)
	err := walkFiles(files, func(path string, data []byte) {
		if strings.Contains(string(data), text) {
			t.Errorf("found in %s", path)
		}
	})
	ok(t, err)
}

func TestIDsOfEveryKindAreFileNames(t *testing.T) {
	seen := map[string]string{}
	for _, id := range []string{"abc", "ABC", "../../etc", "a/b", "", "xQUJD", "å"} {
		name := fileName(id)
		if strings.ContainsAny(name, `/\.`) && id != "" || seen[strings.ToLower(name)] != "" {
			t.Errorf("%q is %q, as is %q", id, name, seen[name])
		}
		seen[strings.ToLower(name)] = id
	}
}

func BenchmarkLoad100000Users(b *testing.B) {
	keys := new(keychain.Session)
	s, err := Open(Options{Home: b.TempDir(), Keychain: keys})
	if err != nil {
		b.Fatal(err)
	}
	if _, err := s.SaveDirectory(b.Context(), "acme", someDirectory(100_000)); err != nil {
		b.Fatal(err)
	}
	info, err := os.Stat(s.copyPath("acme"))
	if err != nil {
		b.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	var d *account.Directory
	for b.Loop() {
		if d, err = s.LoadDirectory(b.Context(), "acme"); err != nil {
			b.Fatal(err)
		}
		d.ByEmail("x") // with its index
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB-held")
	b.ReportMetric(float64(info.Size())/1e6, "MB-file")
	runtime.KeepAlive(d)
}

func BenchmarkSave100000Users(b *testing.B) {
	s, err := Open(Options{Home: b.TempDir(), Keychain: new(keychain.Session)})
	if err != nil {
		b.Fatal(err)
	}
	d := someDirectory(100_000)
	for b.Loop() {
		if _, err := s.SaveDirectory(b.Context(), "acme", d); err != nil {
			b.Fatal(err)
		}
	}
}
