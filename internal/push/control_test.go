package push_test

import (
	"context"
	"strconv"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"rollcall/internal/account"
	"rollcall/internal/plan"
	"rollcall/internal/push"
)

// prompt is an account without a wire, which makes every user at once.
type prompt struct {
	account.API
	made atomic.Int64
}

func (*prompt) Discover(context.Context) (*account.Capabilities, error) {
	return &account.Capabilities{Patch: true}, nil
}

func (p *prompt) Requests() int64 { return p.made.Load() }

func (p *prompt) Create(_ context.Context, u account.User) (account.Created, error) {
	u.ID = strconv.FormatInt(p.made.Add(1), 10)
	return account.Created{User: u, How: account.CreatedNow, Shown: true}, nil
}

// sixtyNew is a plan of sixty users who are new and in no group.
func sixtyNew() *plan.Plan {
	p := &plan.Plan{}
	for i := range 60 {
		p.Entries = append(p.Entries, plan.Entry{Number: i + 2, Action: plan.Add,
			After: account.User{Email: strconv.Itoa(i) + "@northwind.com", DisplayName: "New", Active: true, Role: account.RoleUser}})
	}
	p.Finish(nil)
	return p
}

// TestPauseHolds sends nothing while paused but what was under way, and all of
// the rest afterwards.
func TestPauseHolds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		api, control := new(prompt), new(push.Control)
		told, paused := 0, false
		var summary push.Summary
		ended := false
		go func() {
			summary, _ = push.Run(context.Background(), api, sixtyNew(), push.Options{Control: control,
				Outcome: func(push.Outcome) {
					if told++; told == 20 {
						control.Pause()
					}
				},
				Progress: func(p push.Progress) { paused = p.Paused },
			})
			ended = true
		}()
		synctest.Wait()
		if made := api.made.Load(); ended || !paused || made < 20 || made >= 20+account.Workers {
			t.Errorf("while paused: ended %v, said to be paused %v, %d users made", ended, paused, made)
		}
		control.Continue()
		synctest.Wait()
		if !ended || paused || api.made.Load() != 60 || summary.Added != 60 {
			t.Errorf("after the pause: ended %v, paused %v, %+v", ended, paused, summary.Counts)
		}
	})
}

// TestStopEndsAPause begins nothing more, and says of each row left why.
func TestStopEndsAPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		api, control := new(prompt), new(push.Control)
		outcomes := make(map[int]push.Outcome)
		var summary push.Summary
		go func() {
			summary, _ = push.Run(context.Background(), api, sixtyNew(), push.Options{Control: control, Outcome: func(o push.Outcome) {
				outcomes[o.Entry] = o
				if len(outcomes) == 20 {
					control.Pause()
				}
			}})
		}()
		synctest.Wait()
		made := api.made.Load()
		control.Stop()
		synctest.Wait()
		if api.made.Load() != made || !summary.Stopped || summary.Added != int(made) || summary.NotTried != 60-int(made) || len(outcomes) != 60 {
			t.Errorf("%d users made, then %d; %+v", made, api.made.Load(), summary)
		}
		for _, o := range outcomes {
			if o.Result == push.NotTried && o.Message != "The import was stopped before this row. Resume it to send the row." {
				t.Errorf("row %d: %q", o.Number, o.Message)
			}
		}
	})
}
