package push_test

import (
	"context"
	"fmt"
	"sort"
	"strings"
	"testing"
	"time"

	"rollcall/internal/account"
	"rollcall/internal/plan"
	"rollcall/internal/practice"
	"rollcall/internal/push"
	"rollcall/internal/scim"
	"rollcall/internal/sheet"
)

// world is a practice account with a client at its door.
type world struct {
	t      testing.TB
	server *practice.Server
	client *scim.Client
}

func newWorld(t testing.TB, o practice.Options, quirks ...practice.Setting) *world {
	t.Helper()
	o.Quirks = practice.On(quirks...)
	server, err := practice.Start(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	return &world{t: t, server: server, client: newClient(t, server, scim.Options{})}
}

func newClient(t testing.TB, server *practice.Server, o scim.Options) *scim.Client {
	t.Helper()
	if o.Backoff == 0 {
		o.Backoff = 2 * time.Millisecond
	}
	if o.Timeout == 0 {
		o.Timeout = 20 * time.Second
	}
	c, err := scim.New(account.Profile{Name: "Practice", URL: server.URL(), Rate: 100000}, server.Token(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// directory syncs as the workbench does: a partial copy gets the sheet's users.
func (w *world) directory(emails []string) *account.Directory {
	w.t.Helper()
	d, err := w.client.Sync(context.Background(), nil, nil)
	if err != nil {
		w.t.Fatalf("sync: %v", err)
	}
	if !d.Partial {
		return d
	}
	found, err := w.client.LookupAll(context.Background(), emails, nil)
	if err != nil {
		w.t.Fatalf("look up: %v", err)
	}
	known := make(map[string]bool)
	for _, u := range d.Users {
		known[u.ID] = true
	}
	full := &account.Directory{Account: d.Account, SyncedAt: d.SyncedAt, Users: d.Users, Groups: d.Groups, Sources: d.Sources, NoGroups: d.NoGroups, NoSources: d.NoSources, Partial: true}
	for _, u := range found {
		if !known[u.ID] {
			full.Users = append(full.Users, u)
		}
	}
	return full
}

func (w *world) plan(users []account.User) *plan.Plan {
	w.t.Helper()
	var emails []string
	rows := make([]plan.Row, len(users))
	for i, u := range users {
		emails = append(emails, u.Email)
		rows[i] = plan.Row{ID: sheet.RowID(i), Number: i + 2, User: u}
	}
	p, err := plan.Build(context.Background(), rows, w.directory(emails))
	if err != nil {
		w.t.Fatal(err)
	}
	return p
}

// push runs the plan and gives the outcomes by entry.
func (w *world) push(p *plan.Plan, o push.Options) (map[int]push.Outcome, push.Summary, error) {
	w.t.Helper()
	outcomes := make(map[int]push.Outcome)
	o.Outcome = func(out push.Outcome) {
		if _, twice := outcomes[out.Entry]; twice {
			w.t.Errorf("row %d was told twice", out.Number)
		}
		outcomes[out.Entry] = out
	}
	s, err := push.Run(context.Background(), w.client, p, o)
	return outcomes, s, err
}

func (w *world) state() practice.State {
	w.t.Helper()
	s, err := w.server.Dump(context.Background())
	if err != nil {
		w.t.Fatal(err)
	}
	return s
}

// sixtyRows is a plan of each kind: adds (archived ones, odd e-mails, groups,
// identifiers among them), updates, archivals, roles, groups, identifiers, and
// rows that change nothing.
func sixtyRows() []account.User {
	var out []account.User
	for i := range 20 {
		u := account.User{Email: fmt.Sprintf("new.person%d@northwind.com", i), DisplayName: fmt.Sprintf("New Person %d", i),
			Active: i%5 != 4, Role: account.Roles()[i%3]}
		if i%2 == 0 {
			u.Groups = []string{"Trading"}
		}
		if i%4 == 0 {
			u.Groups = append(u.Groups, "Legal, Risk & Audit")
		}
		if i%3 == 0 {
			u.Identifiers = []account.Identifier{{Source: "slack", Value: fmt.Sprintf("U0NEW%04d", i)}, {Source: "whatsapp", Value: fmt.Sprintf("+4479110%05d", i)}}
		}
		out = append(out, u)
	}
	out[1].Email, out[1].DisplayName = "percent%25@northwind.com", "Doe, John"
	out[2].Email, out[2].DisplayName = "slash/name+tag@northwind.com", "李小龍"
	out[3].Email, out[3].DisplayName = "O'Hara.New@Northwind.com", `Quote "Q" O'Hara`
	out[5].DisplayName = "Cher"
	seed := practice.Seed()
	for i := range 40 {
		p := seed[100+i*7]
		u := account.User{Email: p.Email, DisplayName: p.DisplayName, Active: p.Active, Role: p.Role, Groups: append([]string{}, p.Groups...)}
		u.Identifiers = enabled(p.Identifiers)
		switch {
		case i < 8:
			u.DisplayName += " Jr."
		case i < 14:
			u.Active = !u.Active
		case i < 20:
			u.Role = map[string]string{"User": "Supervisor", "Supervisor": "Admin", "Admin": "User"}[u.Role]
		case i < 26:
			for _, g := range []string{"EMEA", "Treasury", "Leavers 2024"} {
				if !u.InGroup(g) {
					u.Groups = append(u.Groups, g)
				}
			}
		case i < 31:
			u.Identifiers = append(u.Identifiers, account.Identifier{Source: "whatsapp", Value: fmt.Sprintf("+4479220%05d", i)})
		case i < 34:
			u.DisplayName, u.Active, u.Role = "All "+u.DisplayName, !u.Active, map[string]string{"User": "Admin", "Supervisor": "User", "Admin": "Supervisor"}[u.Role]
			u.Identifiers = append(u.Identifiers, account.Identifier{Source: "slack", Value: fmt.Sprintf("U0ALL%04d", i)})
			u.Groups = append(u.Groups, "Research")
		case i < 36:
			u.Email = strings.ToUpper(u.Email)
		}
		out = append(out, u)
	}
	return out
}

// done says that a row claims to be as planned.
func done(o push.Outcome) bool {
	return o.Result == push.Added || o.Result == push.Updated || o.Result == push.Unchanged
}

// truth holds every outcome against the account's own database: a row that
// claims to be done is done, in all that it does not itself exclude, and every
// row that is not says why.
func truth(t *testing.T, p *plan.Plan, outcomes map[int]push.Outcome, before, after practice.State) {
	t.Helper()
	if len(outcomes) != len(p.Entries) {
		t.Errorf("%d rows have an outcome, of %d", len(outcomes), len(p.Entries))
	}
	added := 0
	for i := range p.Entries {
		e, o := &p.Entries[i], outcomes[i]
		named := usersNamed(after, e.Email())
		if len(named) > 1 {
			t.Errorf("row %d (%s): the account has %d users of that name", e.Number, e.Email(), len(named))
		}
		if e.Action == plan.Add && len(named) > 0 {
			added++
		}
		if !done(o) {
			if o.Message == "" {
				t.Errorf("row %d (%s): %s without a word", e.Number, e.Email(), o.Result)
			}
			continue
		}
		if len(named) != 1 {
			t.Errorf("row %d (%s): said to be %s, and not there", e.Number, e.Email(), o.Result)
			continue
		}
		for _, d := range differs(e, named[0], o) {
			t.Errorf("row %d (%s): said to be %s (%q), but %s", e.Number, e.Email(), o.Result, o.Message, d)
		}
	}
	if want := len(before.Users) + added; len(after.Users) != want {
		t.Errorf("the account has %d users, want %d", len(after.Users), want)
	}
}

func usersNamed(s practice.State, email string) []practice.User {
	var out []practice.User
	for _, u := range s.Users {
		if account.EmailKey(u.UserName) == account.EmailKey(email) {
			out = append(out, u)
		}
	}
	return out
}

func differs(e *plan.Entry, u practice.User, o push.Outcome) (out []string) {
	want := e.After
	if u.DisplayName != want.DisplayName {
		out = append(out, fmt.Sprintf("the name is %q, not %q", u.DisplayName, want.DisplayName))
	}
	if u.Active != want.Active {
		out = append(out, fmt.Sprintf("active is %v", u.Active))
	}
	if u.Role != want.Role || len(u.Roles) != 1 {
		out = append(out, fmt.Sprintf("the roles are %v, not %s", u.Roles, want.Role))
	}
	if groups := lower(want.Groups); !o.Unverified && strings.Join(lower(u.Groups), "|") != strings.Join(groups, "|") && !want.GroupsHidden {
		out = append(out, fmt.Sprintf("the groups are %v, not %v", u.Groups, want.Groups))
	}
	if strings.Contains(o.Message, "does not take source usernames") {
		return out
	}
	var have, wanted []string
	for _, id := range u.Identifiers {
		have = append(have, account.Identifier{Source: id.Source, Value: id.Value}.Key())
	}
	for _, id := range want.Identifiers {
		wanted = append(wanted, id.Key())
	}
	sort.Strings(have)
	sort.Strings(wanted)
	if strings.Join(have, "|") != strings.Join(wanted, "|") {
		out = append(out, fmt.Sprintf("the identifiers are %v, not %v", have, wanted))
	}
	return out
}

func lower(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = strings.ToLower(s)
	}
	sort.Strings(out)
	return out
}

// undone lists the rows that are not as planned, for messages.
func undone(outcomes map[int]push.Outcome) []string {
	var out []string
	for _, o := range outcomes {
		if !done(o) {
			out = append(out, fmt.Sprintf("row %d %s %s %s: %s", o.Number, o.Email, o.Action, o.Result, o.Message))
		}
	}
	sort.Strings(out)
	return out
}
