package push_test

import (
	"context"
	"strings"
	"testing"

	"rollcall/internal/account"
	"rollcall/internal/plan"
	"rollcall/internal/practice"
	"rollcall/internal/push"
	"rollcall/internal/scim"
)

// TestNobodyIsMadeTwiceInAnotherLetterCase pushes a row whose user the account
// has in other letters, into an account that tells letter case apart, is too
// large to be copied, and has one quirk more. The user is updated, or, where the
// account cannot be asked, the row says that it could not be verified.
func TestNobodyIsMadeTwiceInAnotherLetterCase(t *testing.T) {
	exact := practice.CaseSensitiveUserName.On()
	for _, v := range practice.Variants() {
		if v.Name == exact.Name || !practice.CanMeet(exact, v) || unknowable(exact, v) {
			continue
		}
		t.Run(v.String(), func(t *testing.T) {
			t.Parallel()
			w := newSmallWorld(t)
			ctx := context.Background()
			if _, err := w.client.Create(ctx, account.User{Email: "Mixed.Case@Northwind.com", DisplayName: "Mixed Case", Active: true, Role: "User"}); err != nil {
				t.Fatal(err)
			}
			w.server.SetQuirks(practice.On(exact, pace(v)))
			w.client = newClient(t, w.server, scim.Options{LargeDirectory: 50})
			rows := []account.User{
				{Email: "mixed.CASE@northwind.com", DisplayName: "Mixed Other", Active: true, Role: "User"},
				{Email: "wholly.new@northwind.com", DisplayName: "Wholly New", Active: true, Role: "User"},
			}
			p := w.plan(rows)
			outcomes, _, err := w.push(p, push.Options{})
			if err != nil {
				t.Fatal(err)
			}
			for i := range p.Entries {
				checkTwin(t, &p.Entries[i], outcomes[i], usersNamed(w.state(), rows[i].Email))
			}
		})
	}
}

func checkTwin(t *testing.T, e *plan.Entry, o push.Outcome, there []practice.User) {
	t.Helper()
	told := o.Unverified && strings.Contains(o.Message, "tells e-mails apart by letter case")
	switch {
	case len(there) > 1 && !told:
		t.Errorf("%s is there %d times, and the row says %s %q", e.Email(), len(there), o.Result, o.Message)
	case len(there) == 1 && done(o) && !told && there[0].DisplayName != e.After.DisplayName:
		t.Errorf("%s is said to be %s, and is called %q", e.Email(), o.Result, there[0].DisplayName)
	case len(there) == 0 && done(o):
		t.Errorf("%s is said to be %s, and is not there", e.Email(), o.Result)
	}
}

// TestATwinThatCannotBeRuledOutIsSaidOnTheRow has an account that tells letter
// case apart and shows its first page again and again.
func TestATwinThatCannotBeRuledOutIsSaidOnTheRow(t *testing.T) {
	w := newWorld(t, practice.Options{}, practice.CaseSensitiveUserName.On(), practice.StartIndexIgnored.On(), practice.PageCap.On())
	p := w.plan([]account.User{{Email: "wholly.new@northwind.com", DisplayName: "Wholly New", Active: true, Role: "User"}})
	outcomes, summary, err := w.push(p, push.Options{})
	if err != nil {
		t.Fatal(err)
	}
	o := outcomes[0]
	want := "The account tells e-mails apart by letter case and shows only a part of its users, so it could not be verified that it had no user of this name in other letters."
	if o.Result != push.Added || !o.Unverified || o.Message != want {
		t.Errorf("the row says %s %q", o.Result, o.Message)
	}
	if len(summary.Differences) != 1 || summary.Differences[0] != "1 row was sent but could not be verified in full." {
		t.Errorf("the summary says %q", summary.Differences)
	}
}

// TestTwinsInTheAccountAreLeftAlone has an account that let both be made: a row
// about them changes neither, and says so.
func TestTwinsInTheAccountAreLeftAlone(t *testing.T) {
	for _, large := range []int{0, 50} {
		w := newSmallWorld(t, practice.TwinsAllowed.On())
		w.client = newClient(t, w.server, scim.Options{LargeDirectory: large})
		for _, email := range []string{"ada.twin@northwind.com", "ADA.Twin@northwind.com"} {
			if _, err := w.client.Create(context.Background(), account.User{Email: email, DisplayName: "Ada", Active: true, Role: "User"}); err != nil {
				t.Fatal(err)
			}
		}
		p := w.plan([]account.User{{Email: "Ada.Twin@northwind.com", DisplayName: "Ada Other", Active: true, Role: "User"}})
		outcomes, _, err := w.push(p, push.Options{ValidOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		if o := outcomes[0]; done(o) || !strings.Contains(o.Message, "more than one user with") {
			t.Errorf("the row says %s %q", o.Result, o.Message)
		}
		for _, u := range usersNamed(w.state(), "ada.twin@northwind.com") {
			if u.DisplayName != "Ada" {
				t.Errorf("%s was changed", u.UserName)
			}
		}
	}
}
