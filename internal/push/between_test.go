package push_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"rollcall/internal/account"
	"rollcall/internal/plan"
	"rollcall/internal/practice"
	"rollcall/internal/push"
)

// failing is an account of which some calls fail; nil lets a call through.
type failing struct {
	account.API
	update  func(u account.User, c account.Change) error
	user    func(id string) error
	members func() error
}

func (f *failing) Members(ctx context.Context, g account.Group) (map[string]bool, bool, error) {
	if f.members != nil {
		if err := f.members(); err != nil {
			return nil, false, err
		}
	}
	return f.API.Members(ctx, g)
}

func (f *failing) Update(ctx context.Context, u account.User, c account.Change) (account.User, error) {
	if f.update != nil {
		if err := f.update(u, c); err != nil {
			return u, err
		}
	}
	return f.API.Update(ctx, u, c)
}

func (f *failing) User(ctx context.Context, id string) (account.User, error) {
	if f.user != nil {
		if err := f.user(id); err != nil {
			return account.User{}, err
		}
	}
	return f.API.User(ctx, id)
}

func outOfOrder() error {
	return &account.Failure{Kind: account.KindServer, Status: 500, Text: "The account had a fault of its own and did not carry this out."}
}

// runOne pushes a plan of one row and gives its outcome.
func runOne(t *testing.T, api account.API, p *plan.Plan, o push.Options) push.Outcome {
	t.Helper()
	var out push.Outcome
	o.Outcome = func(got push.Outcome) { out = got }
	if _, err := push.Run(context.Background(), api, p, o); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestAUserWhomSomeoneElseAddedIsNeverCountedAsAdded breaks off behind the
// moment in which a user turned out to be there already: the resumed import
// knows that user as it was, and undoing it archives nobody.
func TestAUserWhomSomeoneElseAddedIsNeverCountedAsAdded(t *testing.T) {
	w := newSmallWorld(t, practice.NoBulk.On())
	p := w.plan([]account.User{{Email: "late@northwind.com", DisplayName: "Late Comer", Active: true, Role: "User"}})
	ctx := context.Background()
	if _, err := w.client.Create(ctx, account.User{Email: "late@northwind.com", DisplayName: "Someone Else", Active: true, Role: "User"}); err != nil {
		t.Fatal(err)
	}
	journal := new(push.Memory)
	first := runOne(t, &failing{API: w.client, update: func(account.User, account.Change) error { return outOfOrder() }}, p, push.Options{Journal: journal})
	if first.Result != push.Failed || first.Before == nil || first.Before.DisplayName != "Someone Else" {
		t.Fatalf("the first run: %s %q %+v", first.Result, first.Message, first.Before)
	}
	o := runOne(t, w.client, p, push.Options{Journal: journal})
	touched, ok := o.Touched()
	if o.Result != push.Updated || !ok || touched.Before == nil || touched.Before.DisplayName != "Someone Else" {
		t.Fatalf("the resumed run: %s %q, before %+v", o.Result, o.Message, o.Before)
	}
	now, err := w.client.Sync(ctx, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if e := plan.Reverse([]plan.Touched{touched}, now).Entries[0]; !e.After.Active || e.After.DisplayName != "Someone Else" {
		t.Errorf("the undo would leave %+v", e.After)
	}
}

// TestAFailedRowSaysWhatIsKnown has the account fail on a change, and then on
// every question about the user: nothing of the row is claimed to be done, and
// the user is not lost from sight.
func TestAFailedRowSaysWhatIsKnown(t *testing.T) {
	for _, moved := range []bool{false, true} {
		w := newSmallWorld(t, practice.NoBulk.On())
		seed := practice.Seed()[100]
		u := account.User{Email: seed.Email, DisplayName: seed.DisplayName + " Jr.", Active: seed.Active, Role: seed.Role}
		p := w.plan([]account.User{u})
		kind := account.KindServer
		if moved {
			kind = account.KindPrecondition
		}
		api := &failing{API: w.client,
			update: func(account.User, account.Change) error {
				return &account.Failure{Kind: kind, Status: 500, Text: "Not now."}
			},
			user: func(string) error {
				return &account.Failure{Kind: account.KindConnection, Text: "The connection broke off."}
			},
		}
		o := runOne(t, api, p, push.Options{})
		if o.Result != push.Failed || o.After.ID != "" || strings.Contains(o.Message, "A part of this row was done") {
			t.Errorf("%s: %s %q, after %+v", kind, o.Result, o.Message, o.After)
		}
	}
}

// TestARowThatIsNotTriedSaysWhy ends the way in during the import.
func TestARowThatIsNotTriedSaysWhy(t *testing.T) {
	w := newSmallWorld(t, practice.NoBulk.On())
	p := w.plan(sixtyRows())
	n := 0
	outcomes := make(map[int]push.Outcome)
	_, err := push.Run(context.Background(), w.client, p, push.Options{Outcome: func(o push.Outcome) {
		outcomes[o.Entry] = o
		if n++; n == 15 {
			w.server.ExpireTokens()
		}
	}})
	var f *account.Failure
	if !errors.As(err, &f) || f.Kind != account.KindUnauthorised {
		t.Fatal(err)
	}
	for _, o := range outcomes {
		if o.Result == push.NotTried && strings.TrimPrefix(o.Message, "Not tried: ") != f.Text {
			t.Errorf("row %d was not tried: %q", o.Number, o.Message)
		}
	}
}

// TestAPartOfARowThatBulkRefusedIsNobodyElsesChange has the account take the
// name and refuse the role of the same user in one bulk request: that the user
// has moved on meanwhile is this import's own doing.
func TestAPartOfARowThatBulkRefusedIsNobodyElsesChange(t *testing.T) {
	w := newSmallWorld(t)
	var rows []account.User
	for i := range 3 {
		p := practice.Seed()[100+7*i]
		rows = append(rows, account.User{Email: p.Email, DisplayName: p.DisplayName + " Jr.", Active: p.Active, Role: p.Role})
	}
	rows[1].Role = "Emperor"
	before := w.state()
	p := w.plan(rows)
	outcomes, _, err := w.push(p, push.Options{})
	if err != nil {
		t.Fatal(err)
	}
	truth(t, p, outcomes, before, w.state())
	o := outcomes[1]
	if o.Result != push.Refused || o.Field != plan.FieldRole || !strings.HasPrefix(o.Message, "A part of this row was done, but not all.") ||
		strings.Contains(o.Message, "Someone else") || o.After.DisplayName != rows[1].DisplayName {
		t.Errorf("%s %s %q, after %+v", o.Result, o.Field, o.Message, o.After)
	}
}

// TestAHiddenMembershipIsTakenBackAndSaidToBeUnseen undoes an import into an
// account that shows no memberships: the users whom the import added leave their
// groups, and the rows say that nobody could see it.
func TestAHiddenMembershipIsTakenBackAndSaidToBeUnseen(t *testing.T) {
	w := newSmallWorld(t, practice.MembersHidden.On(), practice.UserGroupsHidden.On())
	p := w.plan(newPeople(2))
	outcomes, s, err := w.push(p, push.Options{})
	if err != nil || s.Added != 2 {
		t.Fatal(err, s)
	}
	var touched []plan.Touched
	for i := range p.Entries {
		o := outcomes[i]
		one, _ := o.Touched()
		touched = append(touched, one)
	}
	if u, _ := w.state().User(p.Entries[0].Email()); len(u.Groups) != 1 {
		t.Fatalf("the import left %+v", u)
	}
	now, err := w.client.Sync(context.Background(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	reverse := plan.Reverse(touched, now)
	outcomes, s, err = w.push(reverse, push.Options{})
	if err != nil || s.Updated != 2 {
		t.Fatal(err, s, undone(outcomes))
	}
	for i := range reverse.Entries {
		u, _ := w.state().User(reverse.Entries[i].Email())
		if o := outcomes[i]; u.Active || len(u.Groups) != 0 || !o.Unverified || !strings.Contains(o.Message, "could not be verified") {
			t.Errorf("%+v: %s %q", u, o.Result, o.Message)
		}
	}
}

// TestAnImportThatEndedIsNotSentAgain resumes an import of which one row was
// refused: its rows are told as they were, and nothing is sent.
func TestAnImportThatEndedIsNotSentAgain(t *testing.T) {
	w := newSmallWorld(t, practice.NoBulk.On())
	rows := newPeople(3)
	rows[1].Role = "Emperor"
	p := w.plan(rows)
	journal := new(push.Memory)
	first, _, err := w.push(p, push.Options{Journal: journal})
	if err != nil || first[1].Result != push.Refused {
		t.Fatal(err, first[1])
	}
	sent := w.client.Requests()
	again, s, err := w.push(p, push.Options{Journal: journal})
	if err != nil || s.Added != 2 || s.Refused != 1 {
		t.Fatal(err, s)
	}
	if n := w.client.Requests() - sent; n != 0 || again[1].Message != first[1].Message || again[1].Result != push.Refused {
		t.Errorf("%d requests; %s %q", n, again[1].Result, again[1].Message)
	}
}

// TestAnUndoLeavesAloneWhoeverMovedOnSinceItsPreview has someone else change the
// user between the reverse plan and its push, in each thing that an undo could
// write over.
func TestAnUndoLeavesAloneWhoeverMovedOnSinceItsPreview(t *testing.T) {
	ctx := context.Background()
	no, name, role := false, "Someone Else", "Admin"
	for what, change := range map[string]account.Change{"name": {DisplayName: &name}, "status": {Active: &no}, "role": {Role: &role}} {
		w := newSmallWorld(t, practice.NoBulk.On())
		p := w.plan(newPeople(1))
		outcomes, _, err := w.push(p, push.Options{})
		if err != nil {
			t.Fatal(err)
		}
		o := outcomes[0]
		touched, _ := o.Touched()
		now, err := w.client.Sync(ctx, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		reverse := plan.Reverse([]plan.Touched{touched}, now)
		fresh, err := w.client.User(ctx, o.After.ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.client.Update(ctx, fresh, change); err != nil {
			t.Fatal(err)
		}
		before := w.state()
		outcomes, s, err := w.push(reverse, push.Options{})
		if err != nil || s.Refused != 1 || !strings.Contains(outcomes[0].Message, "left alone") {
			t.Errorf("%s: %v, %+v, %q", what, err, s.Counts, outcomes[0].Message)
		}
		was, _ := before.User(o.Email)
		is, _ := w.state().User(o.Email)
		if is.Version != was.Version || len(is.Groups) != 1 {
			t.Errorf("%s: it was changed: %+v", what, is)
		}
	}
}

// TestAMembershipThatIsThereIsNotSentAgain loses sight of a group just after a
// user has joined it, at an account that stores a member twice: the resumed import
// finds the user there.
func TestAMembershipThatIsThereIsNotSentAgain(t *testing.T) {
	w := newSmallWorld(t, practice.NoBulk.On(), practice.MembersDuplicate.On(), practice.PatchAnswer.As("204"))
	p := w.plan(newPeople(1))
	journal := new(push.Memory)
	asked := 0
	lost := func() error { return &account.Failure{Kind: account.KindConnection, Text: "The connection broke off."} }
	first := runOne(t, &failing{API: w.client, user: func(string) error { return lost() }, members: func() error {
		if asked++; asked > 1 {
			return lost()
		}
		return nil
	}}, p, push.Options{Journal: journal})
	if u, _ := w.state().User(p.Entries[0].Email()); first.Result != push.Failed || len(u.Groups) != 1 {
		t.Fatalf("%s %q: %+v", first.Result, first.Message, u)
	}
	o := runOne(t, w.client, p, push.Options{Journal: journal})
	if u, _ := w.state().User(p.Entries[0].Email()); o.Result != push.Added || len(u.Groups) != 1 {
		t.Errorf("%s %q: %v", o.Result, o.Message, u.Groups)
	}
}

// forgetful is an account that takes changes of memberships and makes none.
type forgetful struct{ account.API }

func (forgetful) AddMembers(context.Context, account.Group, []string) (map[string]bool, map[string]error) {
	return nil, nil
}
func (forgetful) RemoveMembers(context.Context, account.Group, []string) map[string]error { return nil }

// TestAMembershipThatIsAcceptedAndNotMadeIsSaid believes the account's groups, not
// its answers, both ways.
func TestAMembershipThatIsAcceptedAndNotMadeIsSaid(t *testing.T) {
	w := newSmallWorld(t, practice.NoBulk.On())
	p := w.plan(newPeople(1))
	o := runOne(t, forgetful{w.client}, p, push.Options{})
	if o.Result != push.Failed || o.Field != plan.FieldGroups || !strings.Contains(o.Message, `The account accepted the request to add this user to "Trading" but does not show it`) {
		t.Errorf("joining: %s %s %q", o.Result, o.Field, o.Message)
	}
	p = w.plan(newPeople(1)) // now an update, of the groups alone
	if o = runOne(t, w.client, p, push.Options{}); o.Result != push.Updated {
		t.Fatal(o)
	}
	touched, _ := o.Touched()
	now, err := w.client.Sync(context.Background(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	o = runOne(t, forgetful{w.client}, plan.Reverse([]plan.Touched{touched}, now), push.Options{})
	if o.Result != push.Failed || !strings.Contains(o.Message, `The account accepted the request to take this user out of "Trading" but does not show it`) {
		t.Errorf("leaving: %s %q", o.Result, o.Message)
	}
}
