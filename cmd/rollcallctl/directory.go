package main

import (
	"context"

	"github.com/spf13/cobra"

	"rollcall/internal/problem"
	"rollcall/internal/workbench"
)

func (t *tool) syncCommand() *cobra.Command {
	var acc accountFlags
	var out string
	cmd := t.accountCommand("sync", "Refresh the copy of the account", noArguments, &acc, func(ctx context.Context, b *workbench.Bench, _ []string) error {
		if acc.account == "" && acc.url == "" {
			return problem.New("Name the account with --account or --url.", nil)
		}
		if err := b.SyncNow(ctx, t.reading()); err != nil {
			return err
		}
		dir := b.Directory()
		if dir.Partial {
			t.say("The account has more users than were read: a push looks up those of its file.")
		}
		if out != "" {
			if err := b.SaveSnapshot(out); err != nil {
				return err
			}
			t.say("The copy is in %s.", out)
		}
		if t.json {
			return writeJSON(t.out, map[string]any{
				"account": dir.Account, "syncedAt": dir.SyncedAt.UTC(), "users": len(dir.Users),
				"groups": len(dir.Groups), "sources": len(dir.Sources), "partial": dir.Partial,
			})
		}
		t.print("%s users, %s groups, %s sources", workbench.Number(len(dir.Users)), workbench.Number(len(dir.Groups)), workbench.Number(len(dir.Sources)))
		return nil
	})
	cmd.Flags().StringVarP(&out, "output", "o", "", "write the copy as a snapshot file (JSON)")
	return cmd
}

func (t *tool) templateCommand() *cobra.Command {
	var acc accountFlags
	var out string
	var filled bool
	cmd := t.accountCommand("template -o FILE", "Write the template, empty or with the account's users", noArguments, &acc, func(ctx context.Context, b *workbench.Bench, _ []string) error {
		if err := acc.directory(ctx, b); err != nil {
			return err
		}
		write := b.Template
		if filled {
			if b.Directory() == nil {
				return problem.New("A filled template needs an account. Name one with --account, --snapshot or --url.", nil)
			}
			write = b.FilledTemplate
		}
		if err := write(ctx, out); err != nil {
			return err
		}
		return t.wrote(out, "The template is in %s.", out)
	})
	cmd.Flags().BoolVar(&filled, "filled", false, "with the account's users")
	outputFlag(cmd, &out, ".csv or .xlsx")
	return cmd
}
