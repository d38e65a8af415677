package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"rollcall/internal/plan"
	"rollcall/internal/problem"
	"rollcall/internal/workbench"
)

func (t *tool) planCommand() *cobra.Command {
	return t.fileCommand("plan FILE", "Say what an import would add and change; nothing is sent",
		func(ctx context.Context, b *workbench.Bench, s *subject) error {
			p, err := t.planned(ctx, b, s)
			if err != nil {
				return err
			}
			if t.json {
				err = writeJSON(t.out, p.Plan.Summary())
			} else {
				printPlan(t.out, p.Plan)
			}
			if err == nil && p.Plan.Counts.Blocked > 0 {
				err = errFound
			}
			return err
		})
}

// planned opens the file and compares it with the account.
func (t *tool) planned(ctx context.Context, b *workbench.Bench, s *subject) (*workbench.Planned, error) {
	if s.acc.none() {
		return nil, problem.New("A plan needs an account. Name one with --account, --snapshot or --url.", nil)
	}
	d, err := s.open(ctx, b)
	if err != nil {
		return nil, err
	}
	t.sayFacts(d)
	p, err := b.Plan(ctx, d.PlanInput(), nil)
	if err != nil {
		return nil, err
	}
	if p.Offline != "" {
		t.say("%s The plan is made against the copy of %s.", p.Offline, workbench.Age(p.Directory.SyncedAt, b.Now()))
	}
	return p, nil
}

// printPlan writes a plan for people.
func printPlan(w io.Writer, p *plan.Plan) {
	print := func(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }
	for i := range p.Entries {
		e := &p.Entries[i]
		if e.Action == plan.Unchanged {
			continue
		}
		what := workbench.ChangesText(e.Changes)
		switch {
		case what == "":
			what = e.Reason
		case e.Reason != "":
			what += " · " + e.Reason
		}
		print("row %d: %s %s: %s", e.Number, e.Action, e.Email(), what)
	}
	c := p.Counts
	print("%s added, %s updated, %s unchanged, %s blocked", workbench.Number(c.Add), workbench.Number(c.Update), workbench.Number(c.Unchanged), workbench.Number(c.Blocked))
	if c.Parts > 1 {
		print("Sent in %d parts of at most %s users.", c.Parts, workbench.Number(plan.MaxRows))
	}
	for _, line := range workbench.AttentionLines(p.Attention) {
		print("Look twice: %s", line)
	}
}
