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
	cmd := &cobra.Command{
		Use: use, Short: short, Args: oneArgument("The file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			s.path = args[0]
			return t.withBench(cmd.Context(), &s.acc, func(b *workbench.Bench) error { return run(cmd.Context(), b, s) })
		},
	}
	s.file.bind(cmd.Flags())
	s.acc.bind(cmd.Flags())
	return cmd
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
