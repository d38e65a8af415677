package main

import (
	"github.com/spf13/cobra"

	"rollcall/internal/workbench"
)

func (t *tool) fixCommand() *cobra.Command {
	var file fileFlags
	var acc accountFlags
	var out string
	cmd := &cobra.Command{
		Use:   "fix FILE -o OUT",
		Short: "Make the fixes that are certain and write the whole file anew",
		Args:  oneArgument("The file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return t.withBench(cmd.Context(), &acc, func(b *workbench.Bench) error {
				d, err := t.opened(cmd.Context(), b, &file, &acc, args[0])
				if err != nil {
					return err
				}
				fixed := d.FixAllCertain()
				if err := b.WriteWhole(cmd.Context(), d.SaveInput(), out); err != nil {
					return err
				}
				was := "were"
				if fixed == 1 {
					was = "was"
				}
				t.say("%s %s fixed. The whole file is in %s.", counted(fixed, "cell"), was, out)
				return t.tellFindings(args[0], d)
			})
		},
	}
	file.bind(cmd.Flags())
	acc.bind(cmd.Flags())
	cmd.Flags().StringVarP(&out, "output", "o", "", "file to write (.csv or .xlsx)")
	cmd.RunE = required("output", "The file to write", cmd.RunE)
	return cmd
}

func (t *tool) convertCommand() *cobra.Command {
	var file fileFlags
	var acc accountFlags
	var out string
	cmd := &cobra.Command{
		Use:   "convert FILE -o OUT",
		Short: "Write the exact template, in parts of 2,000 when needed",
		Args:  oneArgument("The file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return t.withBench(cmd.Context(), &acc, func(b *workbench.Bench) error {
				d, err := t.opened(cmd.Context(), b, &file, &acc, args[0])
				if err != nil {
					return err
				}
				if sameFile(args[0], out) {
					return overItself("template")
				}
				files, err := b.Export(cmd.Context(), d.SaveInput(), out)
				if err != nil {
					return err
				}
				for _, f := range files {
					t.say("Written: %s", f)
				}
				return t.tellFindings(args[0], d)
			})
		},
	}
	file.bind(cmd.Flags())
	acc.bind(cmd.Flags())
	cmd.Flags().StringVarP(&out, "output", "o", "", "file to write (.csv or .xlsx)")
	cmd.RunE = required("output", "The file to write", cmd.RunE)
	return cmd
}
