package keychain

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/zalando/go-keyring"

	"rollcall/internal/problem"
)

const token = "t0p-s3cret-token"

func TestASecretIsNeverShown(t *testing.T) {
	s := NewSecret(token)
	type holder struct {
		Open   Secret
		closed Secret
		ptr    *Secret
		list   []Secret
	}
	h := holder{s, s, &s, []Secret{s}}
	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%t", "%p", "%10s"} {
		fmt.Fprintf(&out, verb+verb+verb+verb+"\n", s, &s, h, &h)
	}
	fmt.Fprintln(&out, s, h, fmt.Errorf("wrapped: %v", s), []Secret{s}, map[string]Secret{"a": s})
	for _, v := range []any{s, &s, h, map[string]any{"s": s}, []Secret{s}} {
		data, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		out.Write(data)
	}
	slog.New(slog.NewTextHandler(&out, nil)).Info("x", "s", s, "h", h, "p", &s)
	slog.New(slog.NewJSONHandler(&out, nil)).Info("x", "s", s, "h", h, "p", &s)
	for _, form := range []string{token, fmt.Sprintf("%x", token), fmt.Sprintf("%X", token), fmt.Sprint([]byte(token))} {
		if strings.Contains(out.String(), form) {
			t.Fatalf("the secret is shown as %q", form)
		}
	}
	if !strings.Contains(out.String(), hidden) || s.Reveal() != token {
		t.Fatal("nothing was tried")
	}
}

func TestSecretsCompare(t *testing.T) {
	if !NewSecret("a").Equal(NewSecret("a")) || NewSecret("a").Equal(NewSecret("b")) || NewSecret("").IsZero() == false {
		t.Fatal("wrong")
	}
}

// broken is a keychain that fails with err, if there is one.
type broken struct {
	Session
	err error
}

func (b *broken) Get(ctx context.Context, id string) (Secret, error) {
	if b.err != nil {
		return Secret{}, b.err
	}
	return b.Session.Get(ctx, id)
}

func (b *broken) Set(ctx context.Context, id string, s Secret) error {
	if b.err != nil {
		return b.err
	}
	return b.Session.Set(ctx, id, s)
}

func (b *broken) Delete(ctx context.Context, id string) error {
	if b.err != nil {
		return b.err
	}
	return b.Session.Delete(ctx, id)
}

func TestTheFallbackSaysThatTheSecretIsForThisRunOnly(t *testing.T) {
	ctx := t.Context()
	first := &broken{err: say("keychain", ErrUnavailable, nil)}
	var told []string
	f := WithFallback(first, func(id string, why error) { told = append(told, id+": "+problem.Sentence(why)) })
	if err := f.Set(ctx, "acme", NewSecret(token)); err != nil {
		t.Fatal(err)
	}
	want := "acme: No keychain answers on this computer. Secrets can be kept for this run only."
	if len(told) != 1 || told[0] != want || !errors.Is(f.ThisRunOnly("acme"), ErrUnavailable) {
		t.Fatalf("told %q", told)
	}
	if s, err := f.Get(ctx, "acme"); err != nil || s.Reveal() != token {
		t.Fatal("not kept", err)
	}
	if first.has("acme") {
		t.Fatal("kept in a keychain that failed")
	}

	first.err = nil // the keychain is back
	if err := f.Set(ctx, "acme", NewSecret("new")); err != nil || f.ThisRunOnly("acme") != nil {
		t.Fatal(err)
	}
	if s, _ := f.Get(ctx, "acme"); s.Reveal() != "new" || f.session.has("acme") {
		t.Fatal("the old secret stands before the new one")
	}
	if err := f.Delete(ctx, "acme"); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Get(ctx, "acme"); !errors.Is(err, ErrNotFound) {
		t.Fatal(err)
	}
}

func TestTheFallbackSaysWhereTheSecretIsNow(t *testing.T) {
	for class, want := range map[error]string{
		ErrLocked:      "The memory of this run is locked and was not unlocked, so the secret is kept for this run only. To keep it longer, unlock it and enter the secret again in Accounts.",
		ErrDenied:      "The memory of this run did not allow access, so the secret is kept for this run only. To keep it longer, allow access and enter the secret again in Accounts.",
		ErrTooBig:      "The secret is longer than the memory of this run can keep, so it is kept for this run only. Ask for a shorter one to keep it longer.",
		ErrUnavailable: "No keychain answers on this computer. Secrets can be kept for this run only.",
	} {
		f := WithFallback(&broken{err: say("keychain", class, nil)}, nil)
		if err := f.Set(t.Context(), "acme", NewSecret(token)); err != nil {
			t.Fatal(err)
		}
		if got := f.ThisRunOnly("acme"); !errors.Is(got, class) || problem.Sentence(got) != want {
			t.Errorf("%v: %q", class, problem.Sentence(got))
		}
	}
}

func TestDeletingTellsWhetherSomethingMayBeLeft(t *testing.T) {
	ctx := t.Context()
	for _, c := range []struct {
		err  error
		kept bool
		want error
	}{
		{ErrUnavailable, true, nil},
		{ErrUnavailable, false, ErrUnavailable},
		{ErrLocked, true, ErrLocked},
		{nil, true, nil},
		{nil, false, ErrNotFound},
	} {
		first := &broken{}
		f := WithFallback(first, nil)
		if c.kept {
			first.err = ErrUnavailable
			_ = f.Set(ctx, "a", NewSecret(token))
		}
		first.err = c.err
		if err := f.Delete(ctx, "a"); !errors.Is(err, c.want) {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

func TestEveryErrorHasASentenceAndKeepsItsClass(t *testing.T) {
	for cause, class := range map[error]error{
		keyring.ErrNotFound:            ErrNotFound,
		keyring.ErrSetDataTooBig:       ErrTooBig,
		keyring.ErrUnsupportedPlatform: ErrUnavailable,
		errors.New("anything else"):    ErrUnavailable,
	} {
		keyring.MockInitWithError(cause)
		k := System()
		_, err := k.Get(t.Context(), "acme")
		if !errors.Is(err, class) || !errors.Is(err, cause) {
			t.Errorf("%v became %v", cause, err)
		}
		if s := problem.Sentence(err); !strings.HasSuffix(s, ".") || strings.Contains(s, "keychain:") {
			t.Errorf("no sentence: %q", s)
		}
	}
}

func TestACallThatHangsIsGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := &system{turn: make(chan struct{}, 1), kind: "keychain"}
		answered := make(chan struct{})
		_, err := do(t.Context(), k, func() (string, error) { <-answered; return "", nil })
		if !errors.Is(err, ErrLocked) || !errors.Is(err, context.DeadlineExceeded) {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel() // the next call waits for the first, and its caller leaves
		if _, err := do(ctx, k, func() (string, error) { return "", nil }); !errors.Is(err, ErrLocked) {
			t.Fatal(err)
		}
		close(answered)
		synctest.Wait()
		if v, err := do(t.Context(), k, func() (string, error) { return "v", nil }); v != "v" || err != nil {
			t.Fatal(v, err)
		}
	})
}
