package store

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"rollcall/internal/account"
	"rollcall/internal/keychain"
	"rollcall/internal/problem"
)

// home is a store in a folder of its own, and what it said.
type home struct {
	*Store
	keys *keychain.Session
	mu   sync.Mutex
	said []string
}

func (h *home) notices() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.said
}

func open(t *testing.T, dir string, keys *keychain.Session) *home {
	t.Helper()
	h := &home{keys: keys}
	o := Options{Home: dir, Notice: func(s string) {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.said = append(h.said, s)
	}}
	if keys != nil {
		o.Keychain = keys
	}
	s, err := Open(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	h.Store = s
	return h
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func want(t *testing.T, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("got\n%v\nwant\n%v", got, want)
	}
}

func TestTheFolderIsItsOwnersAlone(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("folders of a Windows user are that user's already")
	}
	dir := filepath.Join(t.TempDir(), "a", "rollcall")
	h := open(t, dir, new(keychain.Session))
	ok(t, h.SetSetting("x", 1))
	_, err := h.SaveProfile(account.Profile{Name: "Acme"})
	ok(t, err)
	_, err = h.SaveDirectory(t.Context(), "acme", &account.Directory{})
	ok(t, err)
	w, err := h.NewWork(t.Context(), Origin{}, strings.NewReader("a,b"))
	ok(t, err)
	w.Undo()
	ok(t, w.Flush(t.Context()))
	l := beginImport(t, h.Store, "acme", "hash")
	ok(t, l.Intend([]int{0}))
	files := 0
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		info, _ := d.Info()
		want := fs.FileMode(0o600)
		if d.IsDir() {
			want = 0o700
		}
		if files++; info.Mode().Perm() != want {
			t.Errorf("%s has mode %v", path, info.Mode())
		}
		return err
	})
	ok(t, err)
	if files < 10 {
		t.Fatalf("only %d files looked at", files)
	}
}

func TestTheEnvironmentPutsTheFolderSomewhereElse(t *testing.T) {
	dir := t.TempDir()
	t.Setenv(HomeEnv, dir)
	s, err := Open(Options{})
	ok(t, err)
	want(t, s.Home(), dir)
	ok(t, s.Close())
	t.Setenv(HomeEnv, "")
	t.Setenv("XDG_DATA_HOME", dir)
	if got, err := homeFolder(""); runtime.GOOS == "linux" && (err != nil || got != filepath.Join(dir, "rollcall")) {
		t.Fatal(got, err)
	}
}

func TestProfilesAreKept(t *testing.T) {
	dir := t.TempDir()
	h := open(t, dir, nil)
	acme, err := h.SaveProfile(account.Profile{Name: " Acme ", URL: "https://acme.example/scim/v2", Rate: 10, Production: true})
	ok(t, err)
	_, err = h.SaveProfile(account.Profile{Name: "aardvark"})
	ok(t, err)
	if acme.ID == "" || acme.Name != "Acme" {
		t.Fatalf("saved as %+v", acme)
	}
	_, err = h.SaveProfile(account.Profile{Name: "ACME"})
	want(t, problem.Sentence(err), "There is an account named “Acme” already. Choose another name.")
	_, err = h.SaveProfile(account.Profile{Name: " "})
	want(t, problem.Sentence(err), "An account needs a name. Give it one and save again.")

	again := open(t, dir, nil)
	want(t, len(again.Profiles()), 2)
	want(t, again.Profiles()[0].Name, "aardvark")
	got, found := again.Profile("acme")
	want(t, found, true)
	want(t, got, acme)
	acme.Name = "Acme Ltd"
	_, err = again.SaveProfile(acme)
	ok(t, err)
	got, _ = h.Profile(acme.ID) // the other program sees it
	want(t, got.Name, "Acme Ltd")
	ok(t, h.RemoveProfile(t.Context(), acme.ID))
	_, found = again.Profile("Acme Ltd")
	want(t, found, false)
}

func TestTwoProgramsLoseNothingOfEachOther(t *testing.T) {
	dir := t.TempDir()
	var wg sync.WaitGroup
	const programs, each = 4, 15
	for range programs {
		h := open(t, dir, nil)
		wg.Go(func() {
			for range each {
				if _, err := h.SaveProfile(account.Profile{Name: newID()}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	want(t, len(open(t, dir, nil).Profiles()), programs*each)
}

func TestADamagedFileIsSetAsideAndSaid(t *testing.T) {
	dir := t.TempDir()
	for n, bad := range []string{"profiles.json.bad", "profiles.json.2.bad"} {
		ok(t, os.WriteFile(filepath.Join(dir, "profiles.json"), []byte(`{"profiles":[{"id":`), 0o600))
		h := open(t, dir, nil)
		want(t, len(h.Profiles()), 0)
		want(t, h.notices(), []string{"The file with the list of accounts was damaged. It is kept as " + bad + " in " + dir + ". Rollcall goes on without it."})
		data, err := os.ReadFile(filepath.Join(dir, bad))
		ok(t, err)
		want(t, string(data), `{"profiles":[{"id":`)
		_, err = h.SaveProfile(account.Profile{Name: "new"})
		ok(t, err)
		want(t, len(h.Profiles()), 1)
		_ = n
	}
}

func TestAFileThatCannotBeReadIsNotWrittenOver(t *testing.T) {
	dir := t.TempDir()
	h := open(t, dir, nil)
	ok(t, os.Mkdir(filepath.Join(dir, "settings.json"), 0o700)) // reading a folder fails, for root too
	err := h.SetSetting("a", 1)
	want(t, problem.Sentence(err), "The file with the settings cannot be written. The old one is kept; see that the disk has room and try again.")
	ok(t, os.Remove(filepath.Join(dir, "settings.json")))
	ok(t, h.SetSetting("a", 1))
}

func TestRecentFiles(t *testing.T) {
	h := open(t, t.TempDir(), nil)
	day := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	for n := range 25 {
		ok(t, h.RememberRecent(Recent{Path: "/f" + string(rune('a'+n)), Rows: n, Opened: day}))
	}
	want(t, len(h.Recents()), 20)
	ok(t, h.RememberRecent(Recent{Path: "/fh", Errors: 3, Imported: day}))
	ok(t, h.RememberRecent(Recent{Path: "/fh", Errors: 2, Profile: "acme"}))
	want(t, h.Recents()[0], Recent{Path: "/fh", Errors: 2, Profile: "acme", Imported: day})
	want(t, h.Recents()[1].Path, "/fy")
	ok(t, h.ForgetRecent("/fh"))
	want(t, h.Recents()[0].Path, "/fy")
}

func TestMatchingsAreRememberedPerHeadersAndAccount(t *testing.T) {
	h := open(t, t.TempDir(), nil)
	header := []string{"E-mail", "Name"}
	_, found := h.Mapping(header, "acme")
	want(t, found, false)
	ok(t, h.RememberMapping(header, "acme", map[string]int{"email": 0}))
	ok(t, h.RememberMapping(header, "other", map[string]int{"email": 1}))
	for profile, is := range map[string]string{"acme": `{"email":0}`, "other": `{"email":1}`, "third": `{"email":1}`, "": `{"email":1}`} {
		got, found := h.Mapping([]string{" e-mail", "NAME"}, profile)
		var compact map[string]int
		ok(t, json.Unmarshal(got, &compact))
		data, _ := json.Marshal(compact)
		want(t, found, true)
		want(t, string(data), is)
	}
	if _, found := h.Mapping([]string{"E-mailN", "ame"}, "acme"); found {
		t.Fatal("other headers, same matching")
	}
}

func TestFixesWidthsAndSettingsAreKept(t *testing.T) {
	dir := t.TempDir()
	h := open(t, dir, nil)
	ok(t, h.ForgetFix("acme", ValueFix{}))
	ok(t, h.RememberFix("acme", ValueFix{"Role", "Superviser", "Supervisor"}))
	ok(t, h.RememberFix("acme", ValueFix{"Role", "Boss", "User"}))
	ok(t, h.RememberFix("acme", ValueFix{"Role", "Boss", "Admin"}))
	ok(t, h.SetWidths("key", map[string]float64{"Name": 120.5}))
	ok(t, h.SetSetting("theme", "dark"))
	ok(t, h.SetSetting("gone", 1))
	ok(t, h.SetSetting("gone", nil))
	again := open(t, dir, nil)
	want(t, again.Fixes("acme"), []ValueFix{{"Role", "Superviser", "Supervisor"}, {"Role", "Boss", "Admin"}})
	want(t, again.Widths("key"), map[string]float64{"Name": 120.5})
	var theme string
	var n int
	want(t, again.Setting("theme", &theme), true)
	want(t, theme, "dark")
	want(t, again.Setting("gone", &n), false)
	want(t, again.Setting("theme", &n), false)
	ok(t, again.ForgetFix("acme", ValueFix{Column: "Role", From: "Boss"}))
	want(t, len(h.Fixes("acme")), 1)
	ok(t, h.RemoveProfile(t.Context(), "acme"))
	want(t, len(again.Fixes("acme")), 0)
}

func TestLeftoversOfAKilledProgramAreSweptAway(t *testing.T) {
	dir := t.TempDir()
	old, young := filepath.Join(dir, tempPrefix+"old"), filepath.Join(dir, tempPrefix+"young")
	for _, path := range []string{old, young} {
		ok(t, os.WriteFile(path, nil, 0o600))
	}
	ok(t, os.Chtimes(old, time.Time{}, time.Now().Add(-2*time.Hour)))
	open(t, dir, nil)
	_, errOld := os.Stat(old)
	_, errYoung := os.Stat(young)
	want(t, errors.Is(errOld, fs.ErrNotExist), true)
	want(t, errYoung, error(nil))
}

func canceled(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx
}
