package push_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"rollcall/internal/account"
	"rollcall/internal/plan"
	"rollcall/internal/practice"
	"rollcall/internal/push"
	"rollcall/internal/scim"
)

// TestEveryFault pushes sixty rows through servers that fail now and then. A
// fault may cost a row, never the truth about it, and never makes a user twice.
func TestEveryFault(t *testing.T) {
	for _, fault := range []practice.Setting{
		practice.Fail500.As("0.15"), practice.Fail503.As("0.15"), practice.Fail429.As("0.2"),
		practice.DropBefore.As("0.15"), practice.DropAfter.As("0.15"), practice.CutShort.As("0.15"),
		practice.HTMLError.As("0.15"), practice.Hang.As("0.02"), practice.SlowDrip.As("0.02"),
	} {
		for _, way := range [][]practice.Setting{nil, {practice.NoBulk.On()}, {practice.NoBulk.On(), practice.MembersDuplicate.On()}} {
			name := fault.String()
			for _, s := range way {
				name += "+" + s.String()
			}
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				calm := practice.On(way...)
				w := newSmallWorld(t, way...)
				w.client = newClient(t, w.server, scim.Options{Timeout: patience(fault), SlowTimeout: patience(fault)})
				before := w.state()
				p := w.plan(sixtyRows())
				w.server.SetQuirks(calm.With(fault).With(practice.RetryAfter.As("absent")))
				outcomes, _, err := w.push(p, push.Options{})
				w.server.SetQuirks(calm)
				truth(t, p, outcomes, before, w.state())
				for email, n := range w.server.Counts().Creations {
					if n > 1 {
						t.Errorf("%s was made %d times", email, n)
					}
				}
				if missing := undone(outcomes); err == nil && len(missing) > 12 {
					t.Errorf("%d rows were lost to the fault: %s", len(missing), strings.Join(missing, "\n"))
				}
			})
		}
	}
}

// patience is how long a request may take: short only where the fault is that
// nothing comes.
func patience(fault practice.Setting) time.Duration {
	if fault.Name == practice.Hang || fault.Name == practice.SlowDrip {
		return 2 * time.Second
	}
	return 30 * time.Second
}

// TestResumeFinishesWhatFaultsLeft pushes again with the same journal once the
// server is well: all is as planned, and nobody was made twice.
func TestResumeFinishesWhatFaultsLeft(t *testing.T) {
	for _, way := range [][]practice.Setting{nil, {practice.NoBulk.On()}} {
		w := newSmallWorld(t, way...)
		calm := practice.On(way...)
		before := w.state()
		p := w.plan(sixtyRows())
		journal := new(push.Memory)
		for _, fault := range []practice.Setting{practice.DropAfter.As("0.5"), practice.Fail500.As("0.6"), practice.CutShort.As("0.5")} {
			w.server.SetQuirks(calm.With(fault))
			_, _, _ = w.push(p, push.Options{Journal: journal})
		}
		w.server.SetQuirks(calm)
		outcomes, summary, err := w.push(p, push.Options{Journal: journal})
		if err != nil {
			t.Fatal(err)
		}
		if missing := undone(outcomes); len(missing) > 0 {
			t.Errorf("%d rows are still not done: %s", len(missing), strings.Join(missing, "\n"))
		}
		if summary.Added != 20 || summary.Updated != 34 || summary.Unchanged != 6 {
			t.Errorf("the counts are %+v", summary.Counts)
		}
		truth(t, p, outcomes, before, w.state())
		for email, n := range w.server.Counts().Creations {
			if n > 1 {
				t.Errorf("%s was made %d times", email, n)
			}
		}
	}
}

// TestAnExpiredTokenIsAskedForOnce lets the token run out in mid-push.
func TestAnExpiredTokenIsAskedForOnce(t *testing.T) {
	w := newSmallWorld(t, practice.NoBulk.On())
	asked := 0
	w.client = newClient(t, w.server, scim.Options{Renew: func(context.Context) (string, error) {
		asked++
		return w.server.RenewToken(), nil
	}})
	before := w.state()
	p := w.plan(sixtyRows())
	n := 0
	outcomes := make(map[int]push.Outcome)
	_, err := push.Run(context.Background(), w.client, p, push.Options{Outcome: func(o push.Outcome) {
		outcomes[o.Entry] = o
		if n++; n == 15 {
			w.server.ExpireTokens()
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	if asked != 1 {
		t.Errorf("a new token was asked for %d times", asked)
	}
	truth(t, p, outcomes, before, w.state())
	if missing := undone(outcomes); len(missing) > 0 {
		t.Error(missing)
	}
}

// TestAnExpiredTokenWithoutANewOneStops says why, and resuming finishes.
func TestAnExpiredTokenWithoutANewOneStops(t *testing.T) {
	w := newSmallWorld(t, practice.NoBulk.On())
	before := w.state()
	p := w.plan(sixtyRows())
	journal := new(push.Memory)
	n := 0
	summary, err := push.Run(context.Background(), w.client, p, push.Options{Journal: journal, Outcome: func(push.Outcome) {
		if n++; n == 15 {
			w.server.ExpireTokens()
		}
	}})
	if account.KindOf(err) != account.KindUnauthorised || summary.NotTried == 0 {
		t.Fatalf("got %v and %+v", err, summary)
	}
	w.server.RenewToken()
	w.client = newClient(t, w.server, scim.Options{})
	outcomes, _, err := w.push(p, push.Options{Journal: journal})
	if err != nil {
		t.Fatal(err)
	}
	truth(t, p, outcomes, before, w.state())
	if missing := undone(outcomes); len(missing) > 0 {
		t.Error(missing)
	}
}

// TestStopFinishesWhatIsUnderWay stops in the middle: rows begun are finished,
// groups included, the others are not tried, and a resume does the rest.
func TestStopFinishesWhatIsUnderWay(t *testing.T) {
	w := newSmallWorld(t, practice.NoBulk.On())
	before := w.state()
	p := w.plan(sixtyRows())
	journal, control := new(push.Memory), new(push.Control)
	n := 0
	outcomes := make(map[int]push.Outcome)
	summary, err := push.Run(context.Background(), w.client, p, push.Options{Journal: journal, Control: control, Outcome: func(o push.Outcome) {
		outcomes[o.Entry] = o
		if n++; n == 20 {
			control.Stop()
		}
	}})
	if err != nil || !summary.Stopped || summary.NotTried == 0 || summary.Failed > 0 {
		t.Fatalf("got %v and %+v", err, summary)
	}
	state := w.state()
	for i, o := range outcomes {
		if o.Result == push.NotTried && p.Entries[i].Action == plan.Add && len(state.UsersNamed(o.Email)) > 0 {
			t.Errorf("%s was not tried, and is there", o.Email)
		}
	}
	outcomes, _, err = w.push(p, push.Options{Journal: journal})
	if err != nil {
		t.Fatal(err)
	}
	truth(t, p, outcomes, before, w.state())
	if missing := undone(outcomes); len(missing) > 0 {
		t.Error(missing)
	}
}

// TestPushingTwiceChangesNothing plans and pushes the same sheet again.
func TestPushingTwiceChangesNothing(t *testing.T) {
	w := newSmallWorld(t)
	rows := sixtyRows()
	if _, s, err := w.push(w.plan(rows), push.Options{}); err != nil || !s.AllDone() {
		t.Fatal(err, s)
	}
	before := w.state()
	p := w.plan(rows)
	_, s, err := w.push(p, push.Options{})
	if err != nil || s.Unchanged != 60 {
		t.Fatalf("got %v and %+v", err, s.Counts)
	}
	after := w.state()
	for i := range before.Users {
		if before.Users[i].Version != after.Users[i].Version {
			t.Errorf("%s was written", before.Users[i].UserName)
		}
	}
}

// TestUndoBringsTheStateBack pushes, plans the reverse against a fresh copy,
// pushes that, and leaves alone whoever was changed since.
func TestUndoBringsTheStateBack(t *testing.T) {
	for _, way := range [][]practice.Setting{nil, {practice.NoBulk.On()}} {
		w := newSmallWorld(t, way...)
		before := w.state()
		p := w.plan(sixtyRows())
		outcomes, s, err := w.push(p, push.Options{})
		if err != nil || !s.AllDone() {
			t.Fatal(err, s, undone(outcomes))
		}
		var touched []plan.Touched
		var other push.Outcome
		for i := range p.Entries {
			o := outcomes[i]
			if one, ok := o.Touched(); ok {
				touched = append(touched, one)
			}
			if i == 21 {
				other = o
			}
		}
		if len(touched) != 54 {
			t.Fatalf("%d users were touched, want 54", len(touched))
		}
		ctx := context.Background()
		name := "Changed By Someone Else"
		fresh, err := w.client.User(ctx, other.After.ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.client.Update(ctx, fresh, account.Change{DisplayName: &name}); err != nil {
			t.Fatal(err)
		}
		now, err := w.client.Sync(ctx, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		reverse := plan.Reverse(touched, now)
		if reverse.Counts.Update != 52 || reverse.Counts.Blocked != 1 || reverse.Counts.Unchanged != 1 {
			t.Fatalf("the reverse plan is %+v", reverse.Counts)
		}
		outcomes, s, err = w.push(reverse, push.Options{})
		if err != nil || s.Updated != 52 || s.Unchanged != 1 || s.Refused != 1 || s.NotTried != 0 {
			t.Fatal(err, s, undone(outcomes))
		}
		after := w.state()
		for _, was := range before.Users {
			is, _ := after.User(was.UserName)
			want := was.DisplayName
			if is.ID == other.After.ID {
				want = name
			}
			if is.DisplayName != want || is.Active != was.Active || is.Role != was.Role ||
				strings.Join(is.Groups, "|") != strings.Join(was.Groups, "|") || len(is.Identifiers) != len(was.Identifiers) {
				t.Errorf("%s is not as before: %+v, was %+v", was.UserName, is, was)
			}
		}
		for i := range 20 {
			u, ok := after.User(p.Entries[i].Email())
			if !ok || u.Active || len(u.Groups) > 0 || len(u.Identifiers) > 0 {
				t.Errorf("%s was added and is not archived: %+v", p.Entries[i].Email(), u)
			}
		}
	}
}

// TestSomeoneElseChangesTheUser has the account move between preview and push.
func TestSomeoneElseChangesTheUser(t *testing.T) {
	w := newSmallWorld(t, practice.NoBulk.On())
	p := w.plan(sixtyRows())
	e := p.Entries[20]
	active := !e.Before.Active
	if _, err := w.client.Update(context.Background(), *e.Before, account.Change{Active: &active}); err != nil {
		t.Fatal(err)
	}
	outcomes, _, err := w.push(p, push.Options{})
	if err != nil {
		t.Fatal(err)
	}
	o := outcomes[20]
	if o.Result != push.Updated || !strings.Contains(o.Message, "Someone else changed this user") {
		t.Errorf("got %s %q", o.Result, o.Message)
	}
	if u, _ := w.state().User(e.Email()); u.DisplayName != e.After.DisplayName || u.Active != e.After.Active {
		t.Errorf("the row is not as wanted: %+v", u)
	}
}

// TestSomeoneElseAddsTheUser finds a user that was to be added.
func TestSomeoneElseAddsTheUser(t *testing.T) {
	for _, way := range [][]practice.Setting{nil, {practice.NoBulk.On()}, {practice.NoBulk.On(), practice.Conflict.As("400")}, {practice.NoBulk.On(), practice.Conflict.As("no-type")}} {
		w := newSmallWorld(t, way...)
		p := w.plan(sixtyRows())
		if _, err := w.client.Create(context.Background(), account.User{Email: strings.ToUpper(p.Entries[0].Email()), DisplayName: "Someone Else", Active: true, Role: "User"}); err != nil {
			t.Fatal(err)
		}
		before := w.state()
		outcomes, s, err := w.push(p, push.Options{})
		if err != nil {
			t.Fatal(err)
		}
		o := outcomes[0]
		if o.Result != push.Updated || o.Before == nil || o.Before.DisplayName != "Someone Else" || o.Message == "" {
			t.Errorf("got %s %q %+v", o.Result, o.Message, o.Before)
		}
		if len(s.Differences) != 1 {
			t.Errorf("the differences are %q", s.Differences)
		}
		after := w.state()
		if len(after.Users) != len(before.Users)+19 {
			t.Errorf("%d users were made, want 19", len(after.Users)-len(before.Users))
		}
	}
}

// TestOneBadRowFailsAlone has the account refuse one row of sixty.
func TestOneBadRowFailsAlone(t *testing.T) {
	for _, way := range [][]practice.Setting{nil, {practice.NoBulk.On()}} {
		w := newSmallWorld(t, way...)
		rows := sixtyRows()
		rows[7].Role = "Emperor"
		rows[20].Groups = append(rows[20].Groups, "No Such Group")
		before := w.state()
		p := w.plan(rows)
		outcomes, s, err := w.push(p, push.Options{})
		if err != nil {
			t.Fatal(err)
		}
		truth(t, p, outcomes, before, w.state())
		if o := outcomes[20]; o.Result != push.Refused || o.Field != plan.FieldGroups || !strings.Contains(o.Message, "No Such Group") {
			t.Errorf("the row with an unknown group: %s %q", o.Result, o.Message)
		}
		if o := outcomes[7]; o.Result != push.Refused || o.Field != plan.FieldRole || !strings.Contains(o.Message, "Emperor") {
			t.Errorf("the row with an unknown role: %s %s %q", o.Result, o.Field, o.Message)
		}
		if n := len(undone(outcomes)); n != 2 || s.Refused != 2 {
			t.Errorf("%d rows were not done, 2 are bad: %+v", n, s.Counts)
		}
	}
}

// TestBlockedRowsNeedAWord does not start without the choice of valid rows.
func TestBlockedRowsNeedAWord(t *testing.T) {
	w := newSmallWorld(t)
	p := w.plan(sixtyRows())
	p.Entries[3].Action, p.Entries[3].Reason = plan.Blocked, "The role is not known."
	p.Finish(nil)
	sent := w.client.Requests()
	if _, s, err := w.push(p, push.Options{}); err == nil || s.NotTried != 60 || w.client.Requests() != sent {
		t.Errorf("it started: %v %+v", err, s)
	}
	outcomes, s, err := w.push(p, push.Options{ValidOnly: true})
	if err != nil || s.NotTried != 1 || outcomes[3].Message != "The role is not known." {
		t.Errorf("got %v %+v %+v", err, s, outcomes[3])
	}
}
