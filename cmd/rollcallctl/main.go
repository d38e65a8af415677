// Command rollcallctl does everything that Rollcall does without a window, for
// scripts and for support. Results go to standard output, messages to standard
// error; exit codes are 0 for done, 1 for findings or refused rows, 2 for
// "cannot do it".
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"rollcall/internal/problem"
)

// The exit codes of product.md, "The headless tool".
const (
	exitDone   = 0
	exitFound  = 1
	exitCannot = 2
)

// errFound ends a command that did its work and found errors or refused rows.
var errFound = errors.New("found")

// tool is what every command shares: the streams and the flags that all have.
type tool struct {
	in   io.Reader
	out  io.Writer
	errw io.Writer
	json bool
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run carries out one command line and gives its exit code.
func run(ctx context.Context, args []string, in io.Reader, out, errw io.Writer) int {
	t := &tool{in: in, out: out, errw: errw}
	root := t.root()
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errw)
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errFound):
		return exitFound
	}
	fmt.Fprintln(errw, "rollcallctl: "+problem.Sentence(err))
	return exitCannot
}

func (t *tool) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "rollcallctl",
		Short: "Check, fix, plan and import users without a window",
		Long: `Check, fix, plan and import users without a window.

Results go to standard output, messages to standard error. With --json every
result is JSON; where a command could not do its work there is no result, and
standard output stays empty.

Exit code: 0 done, or only warnings found; 1 errors found, or rows refused;
2 it could not be done, and standard error says why.

The secret of an account is read from standard input or a prompt by accounts
add, or from ` + tokenVariable + `; it is never an argument. The password of a protected
workbook is taken from ROLLCALL_FILE_PASSWORD.`,
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          noArguments,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetFlagErrorFunc(flagSentence)
	root.PersistentFlags().BoolVar(&t.json, "json", false, "write results as JSON")
	root.AddCommand(
		t.checkCommand(), t.fixCommand(), t.convertCommand(), t.cellsCommand(),
		t.planCommand(), t.pushCommand(), t.undoCommand(),
		t.historyCommand(), t.reportCommand(), t.syncCommand(),
		t.accountsCommand(), t.templateCommand(), t.sandboxCommand(),
	)
	return root
}

// say writes a message for people to standard error.
func (t *tool) say(format string, args ...any) { fmt.Fprintf(t.errw, format+"\n", args...) }

// print writes a result line for people to standard output.
func (t *tool) print(format string, args ...any) { fmt.Fprintf(t.out, format+"\n", args...) }
