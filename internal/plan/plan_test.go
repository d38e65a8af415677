package plan_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"rollcall/internal/account"
	"rollcall/internal/plan"
	"rollcall/internal/sheet"
)

func directory() *account.Directory {
	return &account.Directory{
		Account: "Northwind",
		Self:    "ada@northwind.com",
		Users: []account.User{
			{ID: "1", Email: "ada@northwind.com", DisplayName: "Ada", Active: true, Role: "Admin"},
			{ID: "2", Email: "Ben@northwind.com", DisplayName: "Ben", Active: true, Role: "User", Groups: []string{"Trading"}, Identifiers: []account.Identifier{{Source: "slack", Value: "U02BEN"}}},
			{ID: "3", Email: "cy@northwind.com", DisplayName: "Cy", Active: true, Role: "User"},
			{ID: "4", Email: "dee@northwind.com", DisplayName: "Dee", Active: true, Role: "User"},
			{ID: "5", Email: "eve@northwind.com", DisplayName: "Eve", Active: false, Role: "User"},
			{ID: "6", Email: "EVE2@northwind.com", DisplayName: "Eve", Role: "User"},
			{ID: "7", Email: "eve2@northwind.com", DisplayName: "Eve", Role: "User"},
		},
		Groups: []account.Group{{ID: "g1", Name: "Trading"}, {ID: "g2", Name: "EMEA"}},
	}
}

func user(email, name, role string, active bool, groups ...string) account.User {
	return account.User{Email: email, DisplayName: name, Role: role, Active: active, Groups: groups}
}

func build(t *testing.T, dir *account.Directory, users ...account.User) *plan.Plan {
	t.Helper()
	rows := make([]plan.Row, len(users))
	for i, u := range users {
		rows[i] = plan.Row{ID: sheet.RowID(i), Number: i + 2, User: u}
	}
	p, err := plan.Build(context.Background(), rows, dir)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestAnUnknownEmailIsAnAddAndAKnownOneAnUpdateWithoutRegardToCase(t *testing.T) {
	p := build(t, directory(),
		user("new@northwind.com", "New", "User", true),
		user("BEN@NORTHWIND.COM", "Ben", "User", true, "trading"),
		user("ben@northwind.com", "Benjamin", "User", true, "EMEA"),
	)
	got := []plan.Action{p.Entries[0].Action, p.Entries[1].Action, p.Entries[2].Action}
	want := []plan.Action{plan.Add, plan.Unchanged, plan.Update}
	if !slices.Equal(got, want) {
		t.Fatalf("actions %v, want %v", got, want)
	}
}

func TestGroupsAndIdentifiersAreAdded(t *testing.T) {
	u := user("ben@northwind.com", "Ben", "User", true, "EMEA")
	u.Identifiers = []account.Identifier{{Source: "teams", Value: "ben@northwind.com"}, {Source: "Slack", Value: "u02ben"}}
	e := build(t, directory(), u).Entries[0]
	groups, _ := e.Change(plan.FieldGroups)
	ids, _ := e.Change(plan.FieldIdentifiers)
	if !slices.Equal(groups.Gained(), []string{"EMEA"}) || len(groups.Lost()) != 0 || !slices.Equal(groups.ToList, []string{"Trading", "EMEA"}) {
		t.Errorf("groups: %+v", groups)
	}
	if !slices.Equal(ids.Gained(), []string{"teams:ben@northwind.com"}) || !slices.Equal(ids.ToList, []string{"slack:U02BEN", "teams:ben@northwind.com"}) {
		t.Errorf("identifiers: %+v", ids)
	}
}

func TestNoGroupsInTheRowRemovesNothing(t *testing.T) {
	u := user("ben@northwind.com", "Ben", "User", true)
	if e := build(t, directory(), u).Entries[0]; e.Action != plan.Unchanged {
		t.Fatalf("%+v", e)
	}
}

func TestTwoUsersOfTheSameEmailAreAmbiguous(t *testing.T) {
	e := build(t, directory(), user("Eve2@northwind.com", "Eve", "User", true)).Entries[0]
	if e.Action != plan.Blocked || e.Reason == "" {
		t.Fatalf("%+v", e)
	}
}

func TestLookTwice(t *testing.T) {
	p := build(t, directory(),
		user("ada@northwind.com", "Ada", "User", true),
		user("new@northwind.com", "New", "Admin", false),
		user("cy@northwind.com", "Cy", "User", false),
		user("eve@northwind.com", "Eva", "User", false),
	)
	want := plan.Attention{BecomesAdmin: 1, LosesAdmin: 1, Archived: 1, LastAdmin: true, Self: true, ArchivesMany: true}
	if p.Attention != want {
		t.Fatalf("%+v, want %+v", p.Attention, want)
	}
	if f := p.Entries[0].Flags; f != plan.LosesAdmin|plan.Self {
		t.Errorf("flags of the own row: %b", f)
	}
}

// An account whose roles are not known has no last Admin to lose.
func TestAnAccountWithoutAnAdminLosesNone(t *testing.T) {
	dir := &account.Directory{Users: []account.User{{ID: "1", Email: "p@northwind.com", DisplayName: "P", Active: true}}}
	if a := build(t, dir, user("p@northwind.com", "Pat", "User", true)).Attention; a.LastAdmin {
		t.Errorf("%+v", a)
	}
}

func TestAFifthIsNotMoreThanAFifth(t *testing.T) {
	dir := &account.Directory{}
	for i := range 10 {
		dir.Users = append(dir.Users, account.User{ID: fmt.Sprint(i), Email: fmt.Sprintf("p%d@northwind.com", i), DisplayName: "P", Active: true, Role: "User"})
	}
	archived := func(n int) (users []account.User) {
		for i := range n {
			users = append(users, user(fmt.Sprintf("p%d@northwind.com", i), "P", "User", false))
		}
		return users
	}
	if a := build(t, dir, archived(2)...).Attention; a.ArchivesMany || a.Archived != 2 {
		t.Errorf("two of ten: %+v", a)
	}
	if a := build(t, dir, archived(3)...).Attention; !a.ArchivesMany {
		t.Errorf("three of ten: %+v", a)
	}
}

// An archived Admin who is made a User loses the role as well, though the account
// has as many active Admins as before.
func TestAnArchivedAdminLosesTheRoleToo(t *testing.T) {
	dir := directory()
	dir.Users[4].Role = "Admin"
	a := build(t, dir, user("eve@northwind.com", "Eve", "User", false)).Attention
	if want := (plan.Attention{LosesAdmin: 1}); a != want {
		t.Errorf("%+v, want %+v", a, want)
	}
}

// What a plan adds to a user never shows in the directory, which is shared.
func TestAPlanLeavesTheDirectoryAsItIs(t *testing.T) {
	dir := directory()
	room := make([]account.Identifier, 1, 4)
	room[0] = dir.Users[1].Identifiers[0]
	groups := append(make([]string, 0, 4), "Trading")
	dir.Users[1].Identifiers, dir.Users[1].Groups = room, groups
	wants := user("ben@northwind.com", "Ben", "User", true, "EMEA")
	wants.Identifiers = []account.Identifier{{Source: "teams", Value: "ben"}}
	e := build(t, dir, wants).Entries[0]
	if len(e.After.Groups) != 2 || len(e.After.Identifiers) != 2 {
		t.Fatalf("%+v", e.After)
	}
	if got := room[:2][1]; got != (account.Identifier{}) {
		t.Errorf("%+v stands behind the directory's own", got)
	}
	if got := groups[:2][1]; got != "" {
		t.Errorf("%q stands behind the directory's own", got)
	}
}

func TestNothingToLookAtTwiceInAnOrdinaryPlan(t *testing.T) {
	p := build(t, directory(), user("new@northwind.com", "New", "User", true), user("cy@northwind.com", "Cyril", "User", true))
	if p.Attention.Needed() {
		t.Fatalf("%+v", p.Attention)
	}
}

func TestAPlanOfMoreThanTwoThousandIsSentInParts(t *testing.T) {
	var users []account.User
	for i := range 4001 {
		users = append(users, user(fmt.Sprintf("n%d@northwind.com", i), "N", "User", true))
	}
	p := build(t, directory(), users...)
	if p.Counts.Parts != 3 || p.Entries[1999].Part != 1 || p.Entries[2000].Part != 2 || p.Entries[4000].Part != 3 {
		t.Fatalf("parts %d", p.Counts.Parts)
	}
}

func TestLeavingRowsOutCountsAnew(t *testing.T) {
	dir := directory()
	p := build(t, dir, user("new@northwind.com", "New", "Admin", true), user("cy@northwind.com", "Cyril", "User", true))
	q := p.Without(map[sheet.RowID]bool{0: true}, dir)
	if q.Counts.Add != 0 || q.Counts.Update != 1 || q.Attention.BecomesAdmin != 0 || p.Counts.Add != 1 {
		t.Fatalf("%+v %+v", q.Counts, q.Attention)
	}
}

func TestPlanJSONIsTheContract(t *testing.T) {
	p := build(t, directory(), user("cy@northwind.com", "Cy", "Admin", true, "EMEA"), user("new@northwind.com", "New", "User", true))
	got, err := json.Marshal(p.Summary())
	if err != nil {
		t.Fatal(err)
	}
	want := `{"add":1,"update":1,"unchanged":0,"blocked":0,"parts":1,"attention":{"becomesAdmin":1,"losesAdmin":0,"archived":0,"lastAdmin":false,"self":false,"archivesMany":false},` +
		`"users":[{"row":2,"email":"cy@northwind.com","action":"update","changes":[{"field":"role","from":"User","to":"Admin"},{"field":"groups","from":[],"to":["EMEA"]}]},` +
		`{"row":3,"email":"new@northwind.com","action":"add","changes":[{"field":"status","from":null,"to":"Active"},{"field":"displayName","from":null,"to":"New"},{"field":"role","from":null,"to":"User"}]}]}`
	if string(got) != want {
		t.Fatalf("got  %s\nwant %s", got, want)
	}
}

func TestAPlanSurvivesBeingKept(t *testing.T) {
	p := build(t, directory(), user("cy@northwind.com", "Cy", "Admin", true, "EMEA"), user("new@northwind.com", "New", "User", true))
	data, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	var q plan.Plan
	if err := json.Unmarshal(data, &q); err != nil {
		t.Fatal(err)
	}
	again, _ := json.Marshal(q)
	if string(data) != string(again) || !reflect.DeepEqual(q.Counts, p.Counts) {
		t.Fatalf("kept   %s\nloaded %s", data, again)
	}
}

func TestAReversePlanRestoresLeavesAloneAndArchives(t *testing.T) {
	dir := directory()
	cy, dee, ben := dir.Users[2], dir.Users[3], dir.Users[1]
	cyAfter := cy
	cyAfter.Role, cyAfter.Groups = "Supervisor", []string{"EMEA"}
	deeAfter := dee
	deeAfter.DisplayName = "Deirdre"
	benAfter := ben
	benAfter.Groups = []string{"Trading", "EMEA"}
	added := account.User{ID: "9", Email: "new@northwind.com", DisplayName: "New", Active: true, Role: "User", Groups: []string{"EMEA"}, Identifiers: []account.Identifier{{Source: "slack", Value: "U9"}}}
	gone := account.User{ID: "10", Email: "gone@northwind.com", DisplayName: "Gone", Active: true, Role: "User"}

	now := directory()
	now.Users[2] = cyAfter
	now.Users[3] = deeAfter
	now.Users[3].Role = "Admin"
	now.Users = append(now.Users, added)

	p := plan.Reverse([]plan.Touched{
		{Number: 2, Before: &cy, After: cyAfter},
		{Number: 3, Before: &dee, After: deeAfter},
		{Number: 4, Before: &ben, After: benAfter},
		{Number: 5, After: added},
		{Number: 6, After: gone},
	}, now)
	var got []plan.Action
	for _, e := range p.Entries {
		got = append(got, e.Action)
	}
	want := []plan.Action{plan.Update, plan.Blocked, plan.Unchanged, plan.Update, plan.Blocked}
	if !slices.Equal(got, want) {
		t.Fatalf("actions %v, want %v", got, want)
	}
	if a := p.Entries[0].After; a.Role != "User" || len(a.Groups) != 0 {
		t.Errorf("restored: %+v", a)
	}
	if a := p.Entries[3].After; a.Active || len(a.Groups) != 0 || len(a.Identifiers) != 0 {
		t.Errorf("the added one: %+v", a)
	}
}

func TestBuildEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := plan.Build(ctx, make([]plan.Row, 10), directory()); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
}

// Whatever was changed since the import, by whomever, is named, and the user is
// left alone. What cannot be seen is not taken for a change.
func TestAnUndoLeavesAloneWhateverWasChangedSince(t *testing.T) {
	before := user("cy@northwind.com", "Cy", "User", true, "Trading")
	before.ID = "3"
	after := before
	after.DisplayName, after.Groups = "Cyrus", []string{"Trading", "EMEA"}
	for _, test := range []struct {
		change func(u *account.User)
		says   string
	}{
		{func(u *account.User) {}, ""},
		{func(u *account.User) { u.Active = false }, "Changed since the import (status), so it is left alone."},
		{func(u *account.User) { u.DisplayName = "C." }, "Changed since the import (name), so it is left alone."},
		{func(u *account.User) { u.Role = "Admin" }, "Changed since the import (role), so it is left alone."},
		{func(u *account.User) { u.Groups = []string{"EMEA"} }, "Changed since the import (groups), so it is left alone."},
		{func(u *account.User) { u.Groups = []string{"Trading", "EMEA", "APAC"} }, "Changed since the import (groups), so it is left alone."},
		{func(u *account.User) { u.Groups, u.GroupsHidden = nil, true }, ""},
		{func(u *account.User) { u.Groups = []string{"emea", "trading"} }, ""},
		{func(u *account.User) { u.Identifiers = []account.Identifier{{Source: "slack", Value: "U1"}} }, "Changed since the import (source usernames), so it is left alone."},
		{func(u *account.User) { u.Active, u.Role = false, "Admin" }, "Changed since the import (status, role), so it is left alone."},
	} {
		now := after
		test.change(&now)
		p := plan.Reverse([]plan.Touched{{Number: 2, Before: &before, After: after}}, &account.Directory{Users: []account.User{now}})
		e := &p.Entries[0]
		want := plan.Update
		if test.says != "" {
			want = plan.Blocked
		}
		if e.Action != want || e.Reason != test.says {
			t.Errorf("%+v: %s, %q; want %s, %q", now, e.Action, e.Reason, want, test.says)
		}
	}
}

// What an undo cannot take back is said, and nothing is called as before that is
// not.
func TestAnUndoSaysWhatItCannotTakeBack(t *testing.T) {
	before := user("cy@northwind.com", "Cy", "", true)
	before.ID = "3"
	hidden := before
	hidden.Role, hidden.GroupsHidden = "User", true
	const role = "The account had no role for this user, and a role cannot be taken away: it stays “User”."
	const groups = "The account does not show who is in its groups, so it is not known whether this user was in “EMEA” before the import: the user stays there."
	for _, test := range []struct {
		name   string
		before *account.User
		after  func(u *account.User)
		action plan.Action
		fields []plan.Field
		says   string
	}{
		{"a role where there was none", &before, func(u *account.User) { u.Role = "User" }, plan.Blocked, nil, role},
		{"a role where there was none, and a name", &before, func(u *account.User) { u.Role, u.DisplayName = "User", "Cyrus" }, plan.Update, []plan.Field{plan.FieldName}, role},
		{"a hidden group of a user who was there", &hidden, func(u *account.User) { u.Groups = []string{"EMEA"} }, plan.Blocked, nil, groups},
		{"a hidden group and a name", &hidden, func(u *account.User) { u.Groups, u.DisplayName = []string{"EMEA"}, "Cyrus" }, plan.Update, []plan.Field{plan.FieldName}, groups},
		{"a hidden group of a user who was added", nil, func(u *account.User) { u.Groups, u.GroupsHidden = []string{"EMEA"}, true }, plan.Update, []plan.Field{plan.FieldStatus, plan.FieldGroups}, ""},
	} {
		after := before
		if test.before != nil {
			after = *test.before
		}
		test.after(&after)
		now := after
		if now.GroupsHidden {
			now.Groups = nil
		}
		e := plan.Reverse([]plan.Touched{{Number: 2, Before: test.before, After: after}}, &account.Directory{Users: []account.User{now}}).Entries[0]
		var fields []plan.Field
		for _, c := range e.Changes {
			fields = append(fields, c.Field)
		}
		if e.Action != test.action || e.Reason != test.says || !slices.Equal(fields, test.fields) {
			t.Errorf("%s: %s %v %q", test.name, e.Action, fields, e.Reason)
		}
	}
}

// A user who is as before the import, and has gained a group elsewhere since,
// needs no undoing.
func TestAnUndoKeepsWhatWasGainedElsewhere(t *testing.T) {
	before := user("cy@northwind.com", "Cy", "User", true)
	before.ID = "3"
	before.Groups = nil
	after := before
	after.DisplayName = "Cyrus"
	now := before
	now.Groups, now.Identifiers = []string{"APAC"}, []account.Identifier{{Source: "slack", Value: "U1"}}
	e := plan.Reverse([]plan.Touched{{Number: 2, Before: &before, After: after}}, &account.Directory{Users: []account.User{now}}).Entries[0]
	if e.Action != plan.Unchanged || !e.After.InGroup("APAC") || len(e.After.Identifiers) != 1 {
		t.Errorf("%s %q: %+v", e.Action, e.Reason, e.After)
	}
}
