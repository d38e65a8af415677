package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/spf13/pflag"

	"rollcall/internal/problem"
	"rollcall/internal/workbench"
)

// tokenVariable holds the secret for --url, and for a profile where there is no
// keychain.
const tokenVariable = "ROLLCALL_TOKEN"

// accountFlags say which account a command is about.
type accountFlags struct {
	account  string
	snapshot string
	url      string
}

func (f *accountFlags) bind(fs *pflag.FlagSet) {
	fs.StringVar(&f.account, "account", "", "profile of the account (see accounts list)")
	fs.StringVar(&f.snapshot, "snapshot", "", "saved copy of an account (JSON), or an exported list of its users (.csv, .xlsx)")
	fs.StringVar(&f.url, "url", "", "SCIM address of the account; its token is taken from "+tokenVariable)
}

// none says that no account was named.
func (f *accountFlags) none() bool { return f.account == "" && f.snapshot == "" && f.url == "" }

// bench starts the use cases without a window: results come back at once, on
// the goroutine that made them.
func (t *tool) bench() (*workbench.Bench, error) {
	var said sync.Map
	return workbench.New(workbench.Options{
		Home: os.Getenv("ROLLCALL_HOME"),
		Post: func(f func()) { f() },
		Now:  time.Now,
		// A command opens, writes and ends: there is no work to be kept.
		NoWork: true,
		// Where there is no keychain, the secret of a profile comes from the
		// environment, for this run only.
		RunSecret: func() string { return os.Getenv(tokenVariable) },
		Renew:     t.renew(),
		Note: func(text string) {
			if _, told := said.LoadOrStore(text, true); !told { // once a run is enough
				t.say("%s", text)
			}
		},
	})
}

// choose selects the account that the flags name.
func (f *accountFlags) choose(ctx context.Context, b *workbench.Bench) error {
	named := 0
	for _, v := range []string{f.account, f.snapshot, f.url} {
		if v != "" {
			named++
		}
	}
	if named > 1 {
		return problem.New("Give one of --account, --snapshot and --url, not several.", nil)
	}
	switch {
	case f.snapshot != "":
		switch strings.ToLower(filepath.Ext(f.snapshot)) {
		case ".csv", ".xlsx":
			return b.UseUserList(ctx, f.snapshot, workbench.UserList{})
		}
		return b.UseSnapshot(f.snapshot)
	case f.url != "":
		return b.UseAddress(ctx, f.url, os.Getenv(tokenVariable))
	case f.account != "":
		return b.SelectByName(ctx, f.account)
	}
	return nil
}

// directory makes sure that the chosen account's copy is there for checks: a
// profile's last copy serves, and what has none is read now.
func (f *accountFlags) directory(ctx context.Context, b *workbench.Bench) error {
	if f.none() || f.snapshot != "" || b.Directory() != nil {
		return nil
	}
	return b.SyncNow(ctx, nil)
}
