package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"rollcall/internal/workbench"
)

// subject is what a command works on: one file, and an account where one is
// named.
type subject struct {
	path string
	file fileFlags
	acc  accountFlags
}

// fileCommand is a command that works on a file with a Bench.
func (t *tool) fileCommand(use, short string, run func(ctx context.Context, b *workbench.Bench, s *subject) error) *cobra.Command {
	s := new(subject)
	cmd := t.accountCommand(use, short, oneArgument("The file"), &s.acc, func(ctx context.Context, b *workbench.Bench, args []string) error {
		s.path = args[0]
		return run(ctx, b, s)
	})
	s.file.bind(cmd.Flags())
	return cmd
}

// accountCommand is a command that works with a Bench, on the account that its
// switches name.
func (t *tool) accountCommand(use, short string, args cobra.PositionalArgs, acc *accountFlags, run benchRun) *cobra.Command {
	cmd := t.benchCommand(use, short, args, func(ctx context.Context, b *workbench.Bench, args []string) error {
		if err := acc.choose(ctx, b); err != nil {
			return err
		}
		return run(ctx, b, args)
	})
	acc.bind(cmd.Flags())
	return cmd
}

// benchRun carries out a command with a Bench, which is closed behind it.
type benchRun func(ctx context.Context, b *workbench.Bench, args []string) error

// benchCommand is a command that works with a Bench.
func (t *tool) benchCommand(use, short string, args cobra.PositionalArgs, run benchRun) *cobra.Command {
	return &cobra.Command{
		Use: use, Short: short, Args: args,
		RunE: func(cmd *cobra.Command, args []string) error {
			b, err := t.bench()
			if err != nil {
				return err
			}
			defer b.Close()
			return run(cmd.Context(), b, args)
		},
	}
}

// open opens the file and checks it against the account that is named.
func (s *subject) open(ctx context.Context, b *workbench.Bench) (*workbench.Document, error) {
	if err := s.acc.directory(ctx, b); err != nil {
		return nil, err
	}
	return s.file.open(ctx, b, s.path)
}

// outputFlag gives a command the file that it writes, without which it does
// nothing.
func outputFlag(cmd *cobra.Command, out *string, endings string) {
	cmd.Flags().StringVarP(out, "output", "o", "", fmt.Sprintf("file to write (%s)", endings))
	cmd.RunE = required("output", "The file to write", cmd.RunE)
}

// wrote tells where a result lies: a sentence, and with --json an object.
func (t *tool) wrote(path, format string, args ...any) error {
	t.say(format, args...)
	if t.json {
		return writeJSON(t.out, map[string]any{"file": path})
	}
	return nil
}
