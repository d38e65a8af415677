package main

import (
	"context"

	"github.com/spf13/cobra"

	"rollcall/internal/workbench"
)

func (t *tool) fixCommand() *cobra.Command {
	var out string
	cmd := t.fileCommand("fix FILE -o OUT", "Make the fixes that are certain and write the whole file anew",
		func(ctx context.Context, b *workbench.Bench, s *subject) error {
			d, err := s.open(ctx, b)
			if err != nil {
				return err
			}
			fixed := d.FixAllCertain()
			if err := b.WriteWhole(ctx, d.SaveInput(), out); err != nil {
				return err
			}
			was := "were"
			if fixed == 1 {
				was = "was"
			}
			t.say("%s %s fixed. The whole file is in %s.", counted(fixed, "cell"), was, out)
			return t.tellFindings(s.path, d, out)
		})
	outputFlag(cmd, &out, ".csv or .xlsx")
	return cmd
}

func (t *tool) convertCommand() *cobra.Command {
	var out string
	cmd := t.fileCommand("convert FILE -o OUT", "Write the exact template, in parts of 2,000 when needed",
		func(ctx context.Context, b *workbench.Bench, s *subject) error {
			d, err := s.open(ctx, b)
			if err != nil {
				return err
			}
			files, err := b.Export(ctx, d.SaveInput(), out)
			if err != nil {
				return err
			}
			for _, f := range files {
				t.say("Written: %s", f)
			}
			return t.tellFindings(s.path, d, files...)
		})
	cmd.Long = cmd.Short + `.

Nothing is fixed; values that the file's columns are matched by are written as
the template has them. More than 2,000 users go into OUT-1, OUT-2 and so on,
each with the header.`
	outputFlag(cmd, &out, ".csv or .xlsx")
	return cmd
}
