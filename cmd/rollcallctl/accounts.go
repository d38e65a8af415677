package main

import (
	"bufio"
	"context"
	"io"
	"os"
	"regexp"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"rollcall/internal/account"
	"rollcall/internal/problem"
	"rollcall/internal/workbench"
)

func (t *tool) accountsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "accounts", Short: "Profiles of accounts: add, list, test, remove", Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(t.accountsAdd(), t.accountsList(), t.accountsTest(), t.accountsRemove())
	return cmd
}

func (t *tool) accountsAdd() *cobra.Command {
	var p account.Profile
	cmd := t.benchCommand("add NAME --url URL", "Add a profile; its secret is read from standard input or a prompt", oneArgument("The name of the account"),
		func(_ context.Context, b *workbench.Bench, args []string) error {
			p.Name = args[0]
			if err := plausible(&p); err != nil {
				return err
			}
			p.SignIn = signIn(&p)
			secret, err := t.secret(p.SignIn)
			if err != nil {
				return err
			}
			added, err := b.AddAccount(p, secret)
			if err != nil {
				return err
			}
			kept := b.SecretNote(added.ID) == ""
			if kept {
				t.say("Added %s. Its secret is kept in the %s.", p.Name, b.KeychainName())
			} else {
				t.say("Added %s. Its secret was not kept: set %s to it whenever the account is used.", p.Name, tokenVariable)
			}
			if t.json {
				return writeJSON(t.out, map[string]any{"added": p.Name, "id": added.ID, "hasSecret": kept})
			}
			return nil
		})
	fs := cmd.Flags()
	fs.StringVar(&p.URL, "url", "", "SCIM address, https except for this computer's own")
	fs.StringVar(&p.User, "user", "", "user name, to sign in with user and password")
	fs.StringVar(&p.OAuthTokenURL, "oauth-token-url", "", "token address, to sign in as an OAuth client")
	fs.StringVar(&p.ClientID, "client-id", "", "OAuth client id")
	fs.StringVar(&p.CAFile, "ca-file", "", "PEM file with a certificate authority of your own")
	fs.Float64Var(&p.Rate, "rate", 0, "most requests a second (25)")
	fs.StringVar(&p.ExtensionURN, "extension-urn", "", "schema of the source usernames, where it is not Rollcall's")
	fs.StringVar(&p.Colour, "colour", "", "colour of the account, #RRGGBB")
	fs.BoolVar(&p.Production, "production", false, "mark as a production account")
	fs.BoolVar(&p.ReadOnly, "read-only", false, "never write to this account")
	cmd.RunE = required("url", "The address of the account", cmd.RunE)
	return cmd
}

var colour = regexp.MustCompile(`^(#[0-9A-Fa-f]{6})?$`)

// plausible refuses switches that cannot be meant as they stand.
func plausible(p *account.Profile) error {
	switch {
	case (p.OAuthTokenURL == "") != (p.ClientID == ""):
		return problem.New("An OAuth client needs both --oauth-token-url and --client-id.", nil)
	case p.ClientID != "" && p.User != "":
		return problem.New("Give either --user or an OAuth client, not both.", nil)
	case p.Rate < 0:
		return problem.New("--rate takes a number of requests a second, such as 10; without it 25 are sent.", nil)
	case !colour.MatchString(p.Colour):
		return problem.New("--colour takes six hexadecimal digits behind a #, such as #2E7D32.", nil)
	}
	return nil
}

// signIn is the way to sign in that the profile's switches say.
func signIn(p *account.Profile) account.SignIn {
	switch {
	case p.ClientID != "":
		return account.SignInOAuth
	case p.User != "":
		return account.SignInBasic
	}
	return account.SignInToken
}

// secret reads the secret from a prompt that does not show it, or the first
// line of standard input.
func (t *tool) secret(kind account.SignIn) (string, error) {
	secret, err := t.readSecret(kind)
	if err == nil && secret == "" {
		err = problem.New("The secret is missing. Give it on standard input.", nil)
	}
	return secret, err
}

func (t *tool) readSecret(kind account.SignIn) (string, error) {
	if f, ok := t.in.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		t.say("%s:", map[account.SignIn]string{account.SignInToken: "Token", account.SignInBasic: "Password", account.SignInOAuth: "Client secret"}[kind])
		data, err := term.ReadPassword(int(f.Fd()))
		return strings.TrimSpace(string(data)), err
	}
	line, err := bufio.NewReader(t.in).ReadString('\n')
	if err != nil && err != io.EOF {
		return "", err
	}
	// PowerShell puts a byte-order mark in front of what it pipes.
	return strings.TrimPrefix(strings.TrimRight(line, "\r\n"), "\ufeff"), nil
}

// renew asks at the terminal for a new secret when the account refuses the old
// one in the middle of a command; nil where there is no terminal to ask at.
func (t *tool) renew() func(context.Context, account.Profile) (string, error) {
	f, ok := t.in.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return nil
	}
	return func(_ context.Context, p account.Profile) (string, error) {
		t.say("%s no longer takes the secret that is used. Enter a new one to go on, or nothing to stop here; what was done is kept.", p.Name)
		return t.readSecret(p.SignIn)
	}
}

// accountJSON is one profile of `accounts list --json`. It holds no secret.
type accountJSON struct {
	account.Profile
	Users     int    `json:"users"`
	SyncedAt  string `json:"syncedAt,omitempty"`
	HasSecret bool   `json:"hasSecret"`
}

func (t *tool) accountsList() *cobra.Command {
	return t.benchCommand("list", "List the profiles", noArguments, func(_ context.Context, b *workbench.Bench, _ []string) error {
		out := []accountJSON{}
		for _, a := range b.Accounts() {
			j := accountJSON{Profile: a.Profile, Users: a.Users, HasSecret: b.HasSecret(a.Profile.ID)}
			if !a.SyncedAt.IsZero() {
				j.SyncedAt = a.SyncedAt.UTC().Format("2006-01-02T15:04:05Z")
			}
			out = append(out, j)
			if !t.json {
				t.print("%s  %s  %s", a.Profile.Name, a.Profile.URL, a.Text)
			}
		}
		if t.json {
			return writeJSON(t.out, map[string]any{"accounts": out})
		}
		return nil
	})
}

// profileCommand is a command about the profile that it names.
func (t *tool) profileCommand(use, short string, run func(ctx context.Context, b *workbench.Bench, p account.Profile) error) *cobra.Command {
	return t.benchCommand(use, short, oneArgument("The name of the account"), func(ctx context.Context, b *workbench.Bench, args []string) error {
		p, err := b.ProfileByName(args[0])
		if err != nil {
			return err
		}
		return run(ctx, b, p)
	})
}

func (t *tool) accountsTest() *cobra.Command {
	return t.profileCommand("test NAME", "Try the connection, step by step", func(ctx context.Context, b *workbench.Bench, p account.Profile) error {
		result, err := b.TestAccount(ctx, p, "")
		if err != nil {
			return err
		}
		if t.json {
			result.Lines = append([]string{}, result.Lines...) // a list, also where it is empty
			if err := writeJSON(t.out, result); err != nil {
				return err
			}
		} else {
			t.print("%s", result.Title)
			for _, line := range result.Lines {
				t.print("  %s", line)
			}
		}
		if !result.OK {
			return problem.New(result.Title, nil)
		}
		return nil
	})
}

func (t *tool) accountsRemove() *cobra.Command {
	return t.profileCommand("remove NAME", "Remove a profile, its secret and its copy; its history stays", func(_ context.Context, b *workbench.Bench, p account.Profile) error {
		if err := b.RemoveAccount(p.ID); err != nil {
			return err
		}
		t.say("Removed %s.", p.Name)
		if t.json {
			return writeJSON(t.out, map[string]any{"removed": p.Name})
		}
		return nil
	})
}
