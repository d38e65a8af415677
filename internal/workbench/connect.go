package workbench

import (
	"bufio"
	"context"
	"errors"
	"log/slog"
	"os"
	"strings"

	"rollcall/internal/account"
	"rollcall/internal/keychain"
	"rollcall/internal/problem"
	"rollcall/internal/scim"
)

// client is an open way to an account.
type client struct {
	api *scim.Client
	log requestLog
}

// validProfile says in a sentence what a profile lacks.
func (b *Bench) validProfile(p account.Profile, secret string) error {
	if strings.TrimSpace(p.Name) == "" {
		return problem.New("Give the account a name.", nil)
	}
	probe := secret
	if probe == "" {
		probe = "-"
	}
	c, err := scim.New(p, probe, scim.Options{})
	if err != nil {
		return err
	}
	c.Close()
	return nil
}

// connect gives the way to the chosen account.
func (b *Bench) connect() (client, account.Profile, error) {
	c := b.current.Load()
	if c == nil {
		return client{}, account.Profile{}, ErrNoAccount
	}
	if c.fixed {
		return client{}, c.profile, problem.New("A snapshot file cannot be written to, so nothing was sent. Choose the account itself.", nil)
	}
	b.clientMu.Lock()
	open, ok := b.clients[c.profile.ID]
	b.clientMu.Unlock()
	if ok {
		return open, c.profile, nil
	}
	ctx, cancel := context.WithTimeout(b.ctx, keychain.Wait)
	defer cancel()
	secret, err := b.secret(ctx, c.profile)
	if err != nil {
		return client{}, c.profile, err
	}
	if err := b.addClient(c.profile, secret); err != nil {
		return client{}, c.profile, err
	}
	b.clientMu.Lock()
	defer b.clientMu.Unlock()
	return b.clients[c.profile.ID], c.profile, nil
}

// secret takes a profile's secret from the keychain, or, where there is none,
// from outside for this run.
func (b *Bench) secret(ctx context.Context, p account.Profile) (string, error) {
	secret, err := b.keychain.Get(ctx, p.ID)
	if err == nil {
		return secret.Reveal(), nil
	}
	if b.runSecret != nil {
		if from := b.runSecret(); from != "" {
			b.note(sentence(err) + " The secret given for this run is used; it is not kept.")
			return from, nil
		}
		return "", problem.New(sentence(err)+" Set ROLLCALL_TOKEN to the secret and it is used for this run.", err)
	}
	return "", err
}

// keptDirectory is how many users the copy of a profile's account may hold.
// Such a copy is worth the reading: it is kept, brought up to date by what has
// changed, and everything can be checked against it offline. Of an account
// without a profile nothing is kept, and a large one is looked up row by row.
const keptDirectory = 250_000

func (b *Bench) addClient(p account.Profile, secret string) error {
	learned := new(scim.Learned)
	b.store.Setting(settingLearned+p.ID, learned)
	requests := newRequestLog()
	o := scim.Options{Learned: learned, Now: b.now, Log: slog.New(requests)}
	if _, kept := b.store.Profile(p.ID); kept {
		o.LargeDirectory = keptDirectory
	}
	if b.renew != nil {
		o.Renew = func(ctx context.Context) (string, error) {
			fresh, err := b.renew(ctx, p)
			if err != nil {
				return "", err
			}
			if _, kept := b.store.Profile(p.ID); !kept {
				return fresh, nil // an address without a profile has no place in the keychain
			}
			return fresh, b.keychain.Set(ctx, p.ID, keychain.NewSecret(fresh))
		}
	}
	c, err := scim.New(p, secret, o)
	if err != nil {
		return err
	}
	b.forgetClient(p.ID)
	b.clientMu.Lock()
	b.clients[p.ID] = client{api: c, log: requests}
	b.clientMu.Unlock()
	return nil
}

func (b *Bench) forgetClient(id string) {
	b.clientMu.Lock()
	defer b.clientMu.Unlock()
	if c, ok := b.clients[id]; ok {
		c.api.Close()
		delete(b.clients, id)
	}
}

// TestResult is what a test of the connection found.
type TestResult struct {
	OK bool `json:"ok"`
	// Title is "Connected", or the sentence of what failed.
	Title string `json:"title"`
	// Lines tell the steps or what the account can do.
	Lines []string `json:"lines"`
	// Step is the step that failed: "Address", "Certificate", "Sign-in" …
	Step string `json:"step,omitempty"`
}

// TestAccount tries the way to an account, with the profile as it stands in the
// dialog. An empty secret is the stored one.
func (b *Bench) TestAccount(ctx context.Context, p account.Profile, secret string) (TestResult, error) {
	if secret == "" {
		var err error
		if secret, err = b.secret(ctx, p); err != nil {
			return TestResult{Title: sentence(err), Step: "Secret"}, nil
		}
	}
	c, err := scim.New(p, secret, scim.Options{Now: b.now})
	if err != nil {
		return TestResult{Title: sentence(err), Step: "Address"}, nil
	}
	defer c.Close()
	report := c.TestConnection(ctx)
	if ctx.Err() != nil {
		return TestResult{}, ctx.Err()
	}
	out := TestResult{OK: report.Failure == nil, Title: "Connected"}
	for _, s := range report.Steps {
		if !s.OK {
			out.Title, out.Step = s.Text, s.Name
		} else if report.Failure != nil {
			out.Lines = append(out.Lines, s.Name+": "+s.Text)
		}
	}
	if report.Failure != nil {
		return out, nil
	}
	dir, err := c.Sync(ctx, nil, nil)
	if err != nil {
		return TestResult{Title: sentence(err), Step: "Reading"}, nil
	}
	out.Lines = append([]string{directoryLine(dir)}, report.Capabilities.Lines()...)
	if report.Proxy != "" {
		out.Lines = append(out.Lines, "Reached through the proxy "+report.Proxy)
	}
	return out, nil
}

// directoryLine is "1,912 users · 14 groups · 3 sources: slack, teams, whatsapp".
func directoryLine(dir *account.Directory) string {
	users := plural(len(dir.Users), "user", "users")
	if dir.Partial {
		users = "more than " + users
	}
	parts := []string{users}
	if !dir.NoGroups {
		parts = append(parts, plural(len(dir.Groups), "group", "groups"))
	}
	if !dir.NoSources {
		var names []string
		for _, s := range dir.Sources {
			if s.Enabled {
				names = append(names, s.Name)
			}
		}
		text := plural(len(names), "source", "sources")
		if len(names) > 0 {
			text += ": " + strings.Join(names, ", ")
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, " · ")
}

// byteOrderMark begins a UTF-8 text of some programs.
const byteOrderMark = "\ufeff"

func readSnapshot(path string) (*account.Directory, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, problem.New("The snapshot file cannot be read. Check its name and try again.", err)
	}
	defer f.Close()
	text := bufio.NewReader(f)
	if mark, err := text.Peek(len(byteOrderMark)); err == nil && string(mark) == byteOrderMark {
		_, _ = text.Discard(len(byteOrderMark)) // as some editors write it
	}
	dir, err := account.ReadSnapshot(text)
	if err != nil {
		return nil, problem.New("This is not a snapshot of an account. Make one with rollcallctl sync -o FILE.", err)
	}
	return dir, nil
}

// offlineOnly says that an error is about the way and not about the account.
func offlineOnly(err error) bool { return !errors.Is(err, context.Canceled) }
