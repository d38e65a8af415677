package main

import (
	"github.com/spf13/cobra"

	"rollcall/internal/workbench"
)

func (t *tool) undoCommand() *cobra.Command {
	var acc accountFlags
	var flags pushFlags
	var planOnly bool
	cmd := &cobra.Command{
		Use:   "undo IMPORT",
		Short: "Take back an import: show the reverse plan, then send it",
		Args:  oneArgument("The import"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return t.withBench(cmd.Context(), &acc, func(b *workbench.Bench) error {
				if acc.none() {
					if err := b.SelectOfImport(cmd.Context(), args[0]); err != nil {
						return err
					}
				}
				p, err := b.UndoPlan(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				if planOnly {
					if t.json {
						return writeJSON(t.out, p.Plan.Summary())
					}
					t.printPlan(p.Plan)
					return nil
				}
				if !t.json {
					t.printPlan(p.Plan)
				}
				return t.confirmAndSend(cmd, b, p, flags)
			})
		},
	}
	acc.bind(cmd.Flags())
	cmd.Flags().BoolVar(&flags.yes, "yes", false, "skip the question, and confirm what deserves a second look")
	cmd.Flags().BoolVar(&planOnly, "plan", false, "only show the reverse plan")
	return cmd
}

func (t *tool) historyCommand() *cobra.Command {
	var acc accountFlags
	cmd := &cobra.Command{
		Use:   "history",
		Short: "List past imports, the latest first",
		Args:  noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return t.withBench(cmd.Context(), &acc, func(b *workbench.Bench) error {
				list, err := b.History(acc.none())
				if err != nil {
					return err
				}
				if t.json {
					return writeJSON(t.out, map[string]any{"imports": list})
				}
				for _, h := range list {
					t.print("%s  %s  %s  %s  %s", h.ID, h.When.Format("2 Jan 2006, 15:04"), h.Account, h.File, h.Result)
				}
				return nil
			})
		},
	}
	acc.bind(cmd.Flags())
	return cmd
}

func (t *tool) reportCommand() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   "report IMPORT -o OUT",
		Short: "Write the report of a past import (.csv, .xlsx or .html)",
		Args:  oneArgument("The import"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return t.withBench(cmd.Context(), nil, func(b *workbench.Bench) error {
				if out == "" {
					rows, err := b.ImportRows(args[0])
					if err != nil {
						return err
					}
					for _, o := range rows {
						if err := writeJSON(t.out, outcomeJSON{o.Number, o.Email, o.Action, o.Result, o.Message}); err != nil {
							return err
						}
					}
					return nil
				}
				if err := b.SaveImportReport(cmd.Context(), args[0], out); err != nil {
					return err
				}
				t.say("The report is in %s.", out)
				return nil
			})
		},
	}
	cmd.Flags().StringVarP(&out, "output", "o", "", "file to write (.csv, .xlsx or .html); without it one JSON line per user")
	return cmd
}
