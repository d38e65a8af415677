package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"rollcall/internal/practice"
)

func (t *tool) sandboxCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "sandbox",
		Short: "Run the practice account until it is interrupted",
		Long:  "Run the practice account: a complete SCIM 2.0 server on this computer. Its URL and token are printed as one JSON line when it is ready. Its faults and quirks are the ones that real servers have.",
		Args:  noArguments,
	}
	options := practice.BindFlags(cmd.Flags())
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		srv, err := practice.Start(cmd.Context(), options.Options())
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintln(t.out, srv.Ready()); err != nil {
			_ = srv.Close()
			return err
		}
		<-cmd.Context().Done()
		return srv.Close()
	}
	return cmd
}
