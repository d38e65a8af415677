package main

import (
	"bufio"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"rollcall/internal/plan"
	"rollcall/internal/problem"
	"rollcall/internal/push"
	"rollcall/internal/workbench"
)

// pushFlags are the choices of push and undo.
type pushFlags struct {
	yes       bool
	validOnly bool
	resume    bool
}

// outcomeJSON is one line of `push --json`.
type outcomeJSON struct {
	Row     int         `json:"row"`
	Email   string      `json:"email"`
	Action  plan.Action `json:"action"`
	Outcome push.Result `json:"outcome"`
	Message string      `json:"message"`
}

func (t *tool) pushCommand() *cobra.Command {
	var file fileFlags
	var acc accountFlags
	var flags pushFlags
	cmd := &cobra.Command{
		Use:   "push FILE",
		Short: "Import a file's users into the account",
		Args:  oneArgument("The file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return t.withBench(cmd.Context(), &acc, func(b *workbench.Bench) error {
				if acc.none() || acc.snapshot != "" {
					return problem.New("An import needs an account. Name one with --account or --url.", nil)
				}
				if flags.resume {
					if imp, ok, err := b.UnfinishedImport(args[0]); err != nil {
						return err
					} else if ok {
						t.say("Going on with the import of %s.", imp.When.Format("2 Jan 2006, 15:04"))
						return t.send(cmd, b, imp.Planned, workbench.ImportOptions{ValidOnly: true, Resume: imp.ID})
					}
				}
				p, err := t.planned(cmd, b, &file, &acc, args[0])
				if err != nil {
					return err
				}
				return t.confirmAndSend(cmd, b, p, flags)
			})
		},
	}
	file.bind(cmd.Flags())
	acc.bind(cmd.Flags())
	fs := cmd.Flags()
	fs.BoolVar(&flags.yes, "yes", false, "skip the question, and confirm what deserves a second look")
	fs.BoolVar(&flags.validOnly, "valid-only", false, "import the valid rows, leave the others out")
	fs.BoolVar(&flags.resume, "resume", false, "finish the unfinished import of this file")
	return cmd
}

// confirmAndSend asks what has to be asked, then sends.
func (t *tool) confirmAndSend(cmd *cobra.Command, b *workbench.Bench, p *workbench.Planned, flags pushFlags) error {
	c := p.Plan.Counts
	if p.Offline != "" {
		return problem.New(p.Offline+" Nothing was sent.", nil)
	}
	if c.Blocked > 0 && !flags.validOnly && !p.Plan.Reverse {
		t.sayBlocked(p.Plan)
		return problem.New(counted(c.Blocked, "row")+" cannot be imported as the file stands, so nothing was sent. Correct the file, or import the other rows with --valid-only.", nil)
	}
	if c.Blocked > 0 && (t.json || !p.Plan.Reverse) {
		t.sayBlocked(p.Plan) // rows that are not sent have no line of their own
	}
	if !flags.yes && c.ToSend() > 0 {
		if err := t.confirm(p.Plan); err != nil {
			return err
		}
	}
	return t.send(cmd, b, p, workbench.ImportOptions{ValidOnly: flags.validOnly || p.Plan.Reverse})
}

// blockedShown is how many blocked rows are told one by one.
const blockedShown = 20

// sayBlocked tells which rows block an import, and why.
func (t *tool) sayBlocked(p *plan.Plan) {
	told := 0
	for i := range p.Entries {
		e := &p.Entries[i]
		if e.Action != plan.Blocked {
			continue
		}
		if told == blockedShown {
			t.say("… and %s more; see rollcallctl check.", workbench.Number(p.Counts.Blocked-told))
			return
		}
		told++
		t.say("row %d: %s: %s", e.Number, e.Email(), e.Reason)
	}
}

// confirm asks on a terminal. Without one, a plan that deserves a second look
// is not sent.
func (t *tool) confirm(p *plan.Plan) error {
	lines := workbench.AttentionLines(p.Attention)
	f, ok := t.in.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		if len(lines) == 0 {
			return nil
		}
		return problem.New("This import deserves a second look: "+strings.Join(lines, "; ")+". Nothing was sent. Confirm it with --yes.", nil)
	}
	t.printPlan(p)
	want := "yes"
	if len(lines) > 0 {
		want = workbench.ConfirmWord(p)
	}
	t.say("Type %q to send this.", want)
	answer, err := bufio.NewReader(t.in).ReadString('\n')
	if err != nil && answer == "" || strings.TrimSpace(answer) != want {
		return problem.New("Nothing was sent.", err)
	}
	return nil
}

// send carries the plan out, a line for each user as it happens.
func (t *tool) send(cmd *cobra.Command, b *workbench.Bench, p *workbench.Planned, o workbench.ImportOptions) error {
	var lineErr error
	o.Outcome = func(out push.Outcome) {
		if out.Result == push.NotTried {
			return
		}
		if t.json {
			if err := writeJSON(t.out, outcomeJSON{out.Number, out.Email, out.Action, out.Result, out.Message}); err != nil {
				lineErr = err
			}
			return
		}
		if out.Result != push.Unchanged {
			t.print("row %d: %s %s %s", out.Number, out.Result, out.Email, out.Message)
		}
	}
	imp, err := b.StartImport(p, o)
	if err != nil {
		return err
	}
	done := make(chan struct{})
	go func() {
		select {
		case <-cmd.Context().Done():
			imp.Stop()
		case <-done:
		}
	}()
	state := imp.Wait()
	close(done)
	if err := t.tellSummary(imp, state); err != nil {
		return err
	}
	switch {
	case lineErr != nil:
		return lineErr
	case state.Err != "":
		return problem.New(state.Err, nil)
	case !state.Summary.AllDone():
		return errFound
	}
	return nil
}

func (t *tool) tellSummary(imp *workbench.Import, state workbench.ImportState) error {
	s := state.Summary
	if t.json {
		return writeJSON(t.out, map[string]any{"summary": s, "import": imp.ID()})
	}
	t.print("%s added, %s updated, %s unchanged, %s refused, %s failed, %s not tried, in %.1f s",
		workbench.Number(s.Added), workbench.Number(s.Updated), workbench.Number(s.Unchanged),
		workbench.Number(s.Refused), workbench.Number(s.Failed), workbench.Number(s.NotTried), s.Seconds)
	for _, d := range s.Differences {
		t.print("Not as planned: %s", d)
	}
	t.print("This import is %s; undo it with: rollcallctl undo %s", imp.ID(), imp.ID())
	return nil
}
