package workbench

import (
	"testing"

	"rollcall/internal/account"
	"rollcall/internal/keychain"
	"rollcall/internal/plan"
	"rollcall/internal/push"
)

func person(id, name, role string, groups ...string) account.User {
	return account.User{ID: id, Email: "ada@northwind.com", DisplayName: name, Active: true, Role: role, Groups: groups}
}

func TestACutImportIsUndoneAsFarAsItCame(t *testing.T) {
	before := person("1", "Ada", "User", "Trading")
	for _, c := range []struct {
		name   string
		before *account.User
		after  account.User
		now    []account.User
		ok     bool
		action plan.Action
	}{
		{"a user who was never made", nil, person("", "Ada", "User"), nil, false, ""},
		{"a user who was made", nil, person("", "Ada", "User", "Sales"), []account.User{person("7", "Ada", "User", "Sales")}, true, plan.Update},
		{"a user who was made and is in no group yet", nil, person("", "Ada", "User", "Sales"), []account.User{person("7", "Ada", "User")}, true, plan.Update},
		{"a user whom someone else made otherwise", nil, person("", "Ada", "User"), []account.User{person("7", "Ada Byron", "User")}, true, plan.Blocked},
		{"a change that did not arrive", &before, person("1", "Ada B", "Admin", "Trading"), []account.User{before}, true, plan.Unchanged},
		{"a change of which half arrived", &before, person("1", "Ada B", "Admin", "Trading"), []account.User{person("1", "Ada B", "User", "Trading")}, true, plan.Update},
		{"a user whom someone else changed", &before, person("1", "Ada B", "Admin", "Trading"), []account.User{person("1", "Countess", "Admin", "Trading")}, true, plan.Blocked},
	} {
		e := plan.Entry{Number: 2, Before: c.before, After: c.after}
		dir := &account.Directory{Users: c.now}
		touched, ok := settle(&e, dir)
		if ok != c.ok {
			t.Errorf("%s: settled is %v", c.name, ok)
			continue
		}
		if !ok {
			continue
		}
		if got := plan.Reverse([]plan.Touched{touched}, dir).Entries[0]; got.Action != c.action {
			t.Errorf("%s: %s (%s), want %s", c.name, got.Action, got.Reason, c.action)
		}
	}
}

func TestOnlyWhatWasBegunAndNotEndedIsUnsettled(t *testing.T) {
	b, err := New(Options{Home: t.TempDir(), Keychain: new(keychain.Session), Post: func(f func()) { f() }, NoWork: true})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	p := &plan.Plan{Counts: plan.Counts{Add: 4}}
	for i := range 4 {
		u := person("", "Ada", "User")
		u.Email = string(rune('a'+i)) + "@northwind.com"
		p.Entries = append(p.Entries, plan.Entry{Number: i + 2, Action: plan.Add, After: u})
	}
	j, err := b.beginImport(account.Profile{ID: "acme", Name: "Acme"}, &Planned{Plan: p}, ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if err := j.Intend([]int{0, 1, 2}); err != nil {
		t.Fatal(err)
	}
	made := push.Outcome{Entry: 0, Result: push.Added, After: person("7", "Ada", "User")}
	lost := push.Outcome{Entry: 1, Result: push.Failed, After: person("", "Ada", "User")}
	theirs := person("8", "Somebody's", "User")
	late := push.Outcome{Entry: 2, Result: push.Failed, Before: &theirs}
	for _, o := range []push.Outcome{made, lost, late} {
		if err := j.Done(o); err != nil {
			t.Fatal(err)
		}
	}
	if err := j.log.Close(); err != nil {
		t.Fatal(err)
	}
	info, err := b.store.Import(t.Context(), j.id)
	if err != nil {
		t.Fatal(err)
	}
	open, err := b.unsettled(t.Context(), info)
	if err != nil || len(open) != 2 || open[0].Number != 3 || open[1].Number != 4 {
		t.Fatalf("%v %v", open, err)
	}
	// Of a user whom somebody else had added before, the journal knows the state
	// before the import: undoing archives nobody.
	if b := open[1].Before; b == nil || b.DisplayName != "Somebody's" {
		t.Errorf("row 4 was there before: %+v", b)
	}
	if open[0].Before != nil {
		t.Errorf("row 3 was not there before: %+v", open[0].Before)
	}
	h, err := b.History(true)
	if err != nil || len(h) != 1 || h[0].Result != "unfinished · 3 of 4 users begun" || !h[0].CanUndo {
		t.Fatalf("%+v %v", h, err)
	}
}
