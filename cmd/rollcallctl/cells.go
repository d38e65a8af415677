package main

import (
	"bufio"

	"github.com/spf13/cobra"

	"rollcall/internal/workbench"
)

// rowJSON is one line of `cells`.
type rowJSON struct {
	Row   int      `json:"row"`
	Cells []string `json:"cells"`
}

func (t *tool) cellsCommand() *cobra.Command {
	var file fileFlags
	cmd := &cobra.Command{
		Use:   "cells FILE",
		Short: "Show what was read, one JSON line per row of the sheet",
		Args:  oneArgument("The file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			o, err := file.options()
			if err != nil {
				return err
			}
			table, err := workbench.Cells(cmd.Context(), args[0], o)
			if err != nil {
				return err
			}
			w := bufio.NewWriterSize(t.out, 1<<16)
			for r := range table.Len() {
				if err := writeJSON(w, rowJSON{Row: r + 1, Cells: table.Row(r, []string{})}); err != nil {
					return err
				}
			}
			return w.Flush()
		},
	}
	file.bind(cmd.Flags())
	return cmd
}
