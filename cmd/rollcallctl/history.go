package main

import (
	"context"

	"github.com/spf13/cobra"

	"rollcall/internal/workbench"
)

func (t *tool) undoCommand() *cobra.Command {
	var acc accountFlags
	var flags pushFlags
	var planOnly bool
	cmd := t.accountCommand("undo IMPORT", "Take back an import: show the reverse plan, then send it", oneArgument("The import"), &acc,
		func(ctx context.Context, b *workbench.Bench, args []string) error {
			if acc.none() {
				if err := b.SelectOfImport(ctx, args[0]); err != nil {
					return err
				}
			}
			p, err := b.UndoPlan(ctx, args[0])
			if err != nil {
				return err
			}
			switch {
			case planOnly && t.json:
				return writeJSON(t.out, p.Plan.Summary())
			case !t.json:
				printPlan(t.out, p.Plan)
			}
			if planOnly {
				return nil
			}
			return t.confirmAndSend(ctx, b, p, flags)
		})
	cmd.Long = cmd.Short + `.

A user who was changed since the import is left alone; the line says so, with
the outcome "refused", and the exit code is 1. IMPORT is an id of history, or
the beginning of one. Questions, lines and exit codes are as of push.`
	bindYes(cmd.Flags(), &flags)
	cmd.Flags().BoolVar(&planOnly, "plan", false, "only show the reverse plan")
	return cmd
}

func (t *tool) historyCommand() *cobra.Command {
	var acc accountFlags
	return t.accountCommand("history", "List past imports, the latest first", noArguments, &acc,
		func(_ context.Context, b *workbench.Bench, _ []string) error {
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
}

func (t *tool) reportCommand() *cobra.Command {
	var out string
	cmd := t.benchCommand("report IMPORT -o OUT", "Write the report of a past import (.csv, .xlsx or .html)", oneArgument("The import"),
		func(ctx context.Context, b *workbench.Bench, args []string) error {
			if out != "" {
				if err := b.SaveImportReport(ctx, args[0], out); err != nil {
					return err
				}
				return t.wrote(out, "The report is in %s.", out)
			}
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
		})
	cmd.Flags().StringVarP(&out, "output", "o", "", "file to write (.csv, .xlsx or .html); without it one JSON line per user")
	return cmd
}
