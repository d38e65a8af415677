//go:build linux

package keychain

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
	ss "github.com/zalando/go-keyring/secret_service"

	"rollcall/internal/problem"
)

// These tests run in a process of their own, on a bus of its own, with a real
// GNOME Keyring. TestRealKeyring starts them; by themselves they skip.

const insideEnv = "ROLLCALL_TEST_IN_KEYRING"

func TestRealKeyring(t *testing.T) {
	for _, program := range []string{"dbus-run-session", "gnome-keyring-daemon"} {
		if _, err := exec.LookPath(program); err != nil {
			if os.Getenv("ROLLCALL_REQUIRE_KEYRING") == "1" {
				t.Fatalf("%s is needed: %v", program, err)
			}
			t.Skipf("%s is not installed", program)
		}
	}
	for _, name := range []string{"SetGetDelete", "DeletedBehindOurBack", "Locked", "Denied", "NoKeyring", "NoBus"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			home, err := os.MkdirTemp("", "keyring") // short, for the sockets in it
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = os.RemoveAll(home) })
			for _, dir := range []string{"run", "data", "config", "cache"} {
				if err := os.Mkdir(filepath.Join(home, dir), 0o700); err != nil {
					t.Fatal(err)
				}
			}
			args := []string{"--", os.Args[0], "-test.run=^TestInside" + name + "$", "-test.v"}
			cmd := exec.CommandContext(t.Context(), "dbus-run-session", args...)
			cmd.Env = []string{
				insideEnv + "=1", "PATH=" + os.Getenv("PATH"), "HOME=" + home,
				"XDG_RUNTIME_DIR=" + filepath.Join(home, "run"), "XDG_DATA_HOME=" + filepath.Join(home, "data"),
				"XDG_CONFIG_HOME=" + filepath.Join(home, "config"), "XDG_CACHE_HOME=" + filepath.Join(home, "cache"),
			}
			out, err := cmd.CombinedOutput()
			if err != nil || !strings.Contains(string(out), "--- PASS: TestInside"+name) {
				t.Fatalf("%v\n%s", err, out)
			}
			if strings.Contains(string(out), token) {
				t.Fatalf("the secret was printed:\n%s", out)
			}
			secretNotInFiles(t, home)
		})
	}
}

// secretNotInFiles looks for the token in everything that was written.
func secretNotInFiles(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(path)
		if strings.Contains(string(data), token) {
			t.Errorf("the secret lies open in %s", filepath.Base(path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func inside(t *testing.T) {
	t.Helper()
	if os.Getenv(insideEnv) != "1" {
		t.Skip("runs inside TestRealKeyring")
	}
}

// unlocked starts the keyring with an unlocked collection.
func unlocked(t *testing.T) Keychain {
	t.Helper()
	inside(t)
	cmd := exec.CommandContext(t.Context(), "gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets")
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	if _, err := io.WriteString(stdin, "the password"); err != nil {
		t.Fatal(err)
	}
	_ = stdin.Close()
	waitForOwner(t)
	k := System()
	if err := k.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	return k
}

// waitForOwner waits until the keyring stands on the bus.
func waitForOwner(t *testing.T) {
	t.Helper()
	bus, err := dbus.SessionBus()
	if err != nil {
		t.Fatal(err)
	}
	changed := make(chan *dbus.Signal, 16)
	bus.Signal(changed)
	defer bus.RemoveSignal(changed)
	match := []dbus.MatchOption{
		dbus.WithMatchInterface("org.freedesktop.DBus"), dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, secretsName),
	}
	if err := bus.AddMatchSignal(match...); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = bus.RemoveMatchSignal(match...) }()
	for {
		var has bool
		if err := bus.BusObject().Call("org.freedesktop.DBus.NameHasOwner", 0, secretsName).Store(&has); err != nil {
			t.Fatal(err)
		}
		if has {
			return
		}
		select {
		case <-changed:
		case <-time.After(20 * time.Second):
			t.Fatal("the keyring did not start")
		}
	}
}

func TestInsideSetGetDelete(t *testing.T) {
	k := unlocked(t)
	ctx := t.Context()
	if k.Kind() != "GNOME Keyring" {
		t.Errorf("it is %q", k.Kind())
	}
	if _, err := k.Get(ctx, "acme"); !errors.Is(err, ErrNotFound) {
		t.Errorf("before: %v", err)
	}
	for _, value := range []string{token, "another — with “signs”\n\x00 and a zero", strings.Repeat("long ", 4000)} {
		if err := k.Set(ctx, "acme", NewSecret(value)); err != nil {
			t.Fatal(err)
		}
		if s, err := k.Get(ctx, "acme"); err != nil || s.Reveal() != value {
			t.Errorf("got something else back: %v", err)
		}
	}
	if _, err := k.Get(ctx, "other"); !errors.Is(err, ErrNotFound) {
		t.Errorf("another profile: %v", err)
	}
	if err := k.Delete(ctx, "acme"); err != nil {
		t.Error(err)
	}
	if err := k.Delete(ctx, "acme"); !errors.Is(err, ErrNotFound) {
		t.Errorf("twice deleted: %v", err)
	}
}

func TestInsideDeletedBehindOurBack(t *testing.T) {
	k := unlocked(t)
	ctx := t.Context()
	if err := k.Set(ctx, "acme", NewSecret(token)); err != nil {
		t.Fatal(err)
	}
	svc, err := ss.NewSecretService()
	if err != nil {
		t.Fatal(err)
	}
	items, err := svc.SearchItems(svc.GetLoginCollection(), map[string]string{"service": "Rollcall", "username": "acme"})
	if err != nil || len(items) != 1 {
		t.Fatalf("%d items under the service's name, %v", len(items), err)
	}
	if err := svc.Delete(items[0]); err != nil {
		t.Fatal(err)
	}
	_, err = k.Get(ctx, "acme")
	if !errors.Is(err, ErrNotFound) {
		t.Fatal(err)
	}
	want := "The GNOME Keyring has no secret for this account any more. Enter it again in Accounts."
	if got := problem.Sentence(err); got != want {
		t.Errorf("said %q", got)
	}
}

func TestInsideLocked(t *testing.T) {
	k := unlocked(t)
	if err := k.Set(t.Context(), "acme", NewSecret(token)); err != nil {
		t.Fatal(err)
	}
	svc, err := ss.NewSecretService()
	if err != nil {
		t.Fatal(err)
	}
	collection := svc.GetLoginCollection().Path()
	err = svc.Object(secretsName, "/org/freedesktop/secrets").
		Call("org.freedesktop.Secret.Service.Lock", 0, []dbus.ObjectPath{collection}).Err
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	if err := k.Check(ctx); !errors.Is(err, ErrLocked) {
		t.Errorf("check: %v", err)
	}
	_, err = k.Get(ctx, "acme")
	if !errors.Is(err, ErrLocked) {
		t.Errorf("get: %v", err)
	}
	want := "The GNOME Keyring is locked and was not unlocked. Unlock it and try again; nothing was changed."
	if got := problem.Sentence(err); got != want {
		t.Errorf("said %q", got)
	}
	f := WithFallback(k, nil)
	if err := f.Set(ctx, "new", NewSecret(token)); err != nil || !errors.Is(f.ThisRunOnly("new"), ErrLocked) {
		t.Errorf("fallback: %v, %v", err, f.ThisRunOnly("new"))
	}
}

// TestInsideDenied has a keychain whose person says no, at each of the places
// where it can ask, and one that lets no program in.
func TestInsideDenied(t *testing.T) {
	inside(t)
	ctx := t.Context()
	k := System()
	service := newFakeService(t)
	if err := k.Set(ctx, "acme", NewSecret(token)); err != nil {
		t.Fatal(err)
	}
	if s, err := k.Get(ctx, "acme"); err != nil || s.Reveal() != token {
		t.Fatalf("before anything is denied: %v", err)
	}
	get := func() error { _, err := k.Get(ctx, "acme"); return err }
	setNew := func() error { return k.Set(ctx, "new", NewSecret(token)) }
	for _, tt := range []struct {
		no   string
		what map[string]func() error
		want error
	}{
		{"read", map[string]func() error{"get": get}, ErrDenied},
		{"unlock item", map[string]func() error{"get": get}, ErrDenied},
		{"create", map[string]func() error{"set": setNew}, ErrDenied},
		{"delete", map[string]func() error{"delete": func() error { return k.Delete(ctx, "acme") }}, ErrDenied},
		{"unlock", map[string]func() error{"get": get, "set": setNew}, ErrLocked},
		{"everything", map[string]func() error{"get": get, "set": setNew, "check": func() error { return k.Check(ctx) }}, ErrDenied},
	} {
		service.refuse(tt.no)
		for name, call := range tt.what {
			err := call()
			if !errors.Is(err, tt.want) {
				t.Errorf("%s, no to %s: %v", name, tt.no, err)
				continue
			}
			said := problem.Sentence(err)
			want := "The system keychain (keychain.test) did not allow access. Allow it for Rollcall and try again; nothing was changed."
			if errors.Is(tt.want, ErrLocked) {
				want = "The system keychain (keychain.test) is locked and was not unlocked. Unlock it and try again; nothing was changed."
			}
			if said != want {
				t.Errorf("%s, no to %s: said %q", name, tt.no, said)
			}
		}
	}
	service.refuse("create")
	f := WithFallback(k, nil)
	if err := f.Set(ctx, "new", NewSecret(token)); err != nil || !errors.Is(f.ThisRunOnly("new"), ErrDenied) {
		t.Errorf("fallback: %v, %v", err, f.ThisRunOnly("new"))
	}
	service.refuse("")
	if s, err := k.Get(ctx, "acme"); err != nil || s.Reveal() != token {
		t.Errorf("a refusal changed what was kept: %v", err)
	}
	if err := k.Delete(ctx, "acme"); err != nil {
		t.Error(err)
	}
}

// TestInsideNoKeyring has a bus and no collection to keep secrets in.
func TestInsideNoKeyring(t *testing.T) {
	inside(t)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	unavailable(t, ctx, System())
}

func TestInsideNoBus(t *testing.T) {
	inside(t)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(t.TempDir(), "none"))
	unavailable(t, t.Context(), System())
}

func unavailable(t *testing.T, ctx context.Context, k Keychain) {
	t.Helper()
	if err := k.Check(ctx); !errors.Is(err, ErrUnavailable) {
		t.Errorf("check: %v", err)
	}
	_, err := k.Get(ctx, "acme")
	if !errors.Is(err, ErrUnavailable) {
		t.Errorf("get: %v", err)
	}
	if got := problem.Sentence(err); got != "No keychain answers on this computer. Secrets can be kept for this run only." {
		t.Errorf("said %q", got)
	}
	if err := k.Set(ctx, "acme", NewSecret(token)); !errors.Is(err, ErrUnavailable) {
		t.Errorf("set: %v", err)
	}
}
