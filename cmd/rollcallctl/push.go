package main

import (
	"bufio"
	"context"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
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
	var flags pushFlags
	cmd := t.fileCommand("push FILE", "Import a file's users into the account",
		func(ctx context.Context, b *workbench.Bench, s *subject) error {
			if s.acc.none() || s.acc.snapshot != "" {
				return problem.New("An import needs an account. Name one with --account or --url.", nil)
			}
			if flags.resume {
				if imp, ok, err := b.UnfinishedImport(s.path); err != nil {
					return err
				} else if ok {
					t.say("Going on with the import of %s.", imp.When.Format("2 Jan 2006, 15:04"))
					return t.send(ctx, b, imp.Planned, workbench.ImportOptions{ValidOnly: true, Resume: imp.ID})
				}
			}
			p, err := t.planned(ctx, b, s)
			if err != nil {
				return err
			}
			return t.confirmAndSend(ctx, b, p, flags)
		})
	cmd.Long = cmd.Short + `.

On a terminal the plan is shown and a question asked before anything is sent;
--yes skips the question. Without a terminal the plan is sent at once, unless it
deserves a second look (users who become or cease to be Admin, who are archived,
your own row, the last Admin): then it needs --yes, and without it nothing is
sent and the exit code is 2. Rows with errors block the import unless
--valid-only leaves them out.

With --json there is one line per user as it happens, and a line with the
summary behind them. Exit code: 0 every row is added, updated or unchanged,
1 some rows were refused, failed or left out, 2 nothing could be done.`
	fs := cmd.Flags()
	bindYes(fs, &flags)
	fs.BoolVar(&flags.validOnly, "valid-only", false, "import the valid rows, leave the others out")
	fs.BoolVar(&flags.resume, "resume", false, "finish the unfinished import of this file")
	return cmd
}

func bindYes(fs *pflag.FlagSet, flags *pushFlags) {
	fs.BoolVar(&flags.yes, "yes", false, "skip the question, and confirm what deserves a second look")
}

// confirmAndSend asks what has to be asked, then sends.
func (t *tool) confirmAndSend(ctx context.Context, b *workbench.Bench, p *workbench.Planned, flags pushFlags) error {
	c := p.Plan.Counts
	if p.Offline != "" {
		return problem.New(p.Offline+" Nothing was sent.", nil)
	}
	if c.Blocked > 0 && !p.Plan.Reverse {
		t.sayBlocked(p.Plan) // rows that are not sent have no line of their own
		if !flags.validOnly {
			return problem.New(counted(c.Blocked, "row")+" cannot be imported as the file stands, so nothing was sent. Correct the file, or import the other rows with --valid-only.", nil)
		}
	}
	if !flags.yes && c.ToSend() > 0 {
		if err := t.confirm(p.Plan); err != nil {
			return err
		}
	}
	return t.send(ctx, b, p, workbench.ImportOptions{ValidOnly: flags.validOnly || p.Plan.Reverse})
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
	if t.json || !p.Reverse { // else undo has shown it
		printPlan(t.errw, p)
	}
	want := "yes"
	if len(lines) > 0 {
		want = workbench.ConfirmWord(p.Attention)
	}
	t.say("Type %q to send this.", want)
	answer, err := bufio.NewReader(t.in).ReadString('\n')
	if err != nil && answer == "" || strings.TrimSpace(answer) != want {
		return problem.New("Nothing was sent.", err)
	}
	return nil
}

// send carries the plan out, a line for each user as it happens.
func (t *tool) send(ctx context.Context, b *workbench.Bench, p *workbench.Planned, o workbench.ImportOptions) error {
	var lineErr error
	o.Outcome = func(out push.Outcome) {
		if out.Result == push.NotTried {
			return
		}
		if err := t.tellOutcome(outcomeJSON{out.Number, out.Email, out.Action, out.Result, out.Message}); err != nil {
			lineErr = err
		}
	}
	imp, err := b.StartImport(p, o)
	if err != nil {
		return err
	}
	done := make(chan struct{})
	go func() {
		select {
		case <-ctx.Done():
			imp.Stop()
		case <-done:
		}
	}()
	state := imp.Wait()
	close(done)
	if err := t.tellSummary(imp.ID(), state.Summary); err != nil {
		return err
	}
	t.sayUnfinished(p.Plan, state)
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

// sayUnfinished tells how to go on with an import that was broken off or
// stopped.
func (t *tool) sayUnfinished(p *plan.Plan, state workbench.ImportState) {
	left := max(0, state.Summary.NotTried-p.Counts.Blocked)
	switch {
	case state.Err == "" && !state.Summary.Stopped && left == 0:
	case p.Reverse:
		t.say("The undo is not finished: %s not tried. What was done is kept; the same command takes back the rest.", counted(left, "row"))
	default:
		t.say("The import is not finished: %s not tried. What was done is kept; the same command with --resume finishes it.", counted(left, "row"))
	}
}

func (t *tool) tellOutcome(o outcomeJSON) error {
	if t.json {
		return writeJSON(t.out, o)
	}
	if o.Outcome != push.Unchanged {
		t.print("row %d: %s %s %s", o.Row, o.Outcome, o.Email, o.Message)
	}
	return nil
}

func (t *tool) tellSummary(id string, s push.Summary) error {
	if t.json {
		return writeJSON(t.out, map[string]any{"summary": s, "import": id})
	}
	t.print("%s added, %s updated, %s unchanged, %s refused, %s failed, %s not tried, in %.1f s",
		workbench.Number(s.Added), workbench.Number(s.Updated), workbench.Number(s.Unchanged),
		workbench.Number(s.Refused), workbench.Number(s.Failed), workbench.Number(s.NotTried), s.Seconds)
	for _, d := range s.Differences {
		t.print("Not as planned: %s", d)
	}
	t.print("This import is %s; undo it with: rollcallctl undo %s", id, id)
	return nil
}
