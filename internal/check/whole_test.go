package check

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"rollcall/internal/account"
	"rollcall/internal/cells"
	"rollcall/internal/roster"
	"rollcall/internal/sheet"
)

// codesOf lists the codes of a cell.
func codesOf(e *Engine, r sheet.RowID, c roster.Column) (codes []Code) {
	for _, f := range e.Cell(r, c) {
		codes = append(codes, f.Code)
	}
	return codes
}

func TestMoreThanTwoThousandUsersAreAnErrorOfTheWholeFile(t *testing.T) {
	rows := make([][]string, MaxRows+1)
	for i := range rows {
		rows[i] = largeRow(i, "Ann")
	}
	e, s, v := ran(t, nil, rows...)
	if got := e.Whole(); len(got) != 1 || got[0].Code != RowsTooMany || got[0].Column != NoColumn || !got[0].WholeFile() ||
		got[0].Message != "The file has 2,001 users and one import takes at most 2,000: they go in 2 parts" {
		t.Errorf("got %+v", got)
	}
	step := s.Apply("delete", sheet.DeleteRows{Rows: []sheet.RowID{s.RowAt(5)}})
	e.Update(v, nil, step.Deleted)
	if got := e.Whole(); len(got) != 0 {
		t.Errorf("2,000 are allowed: %+v", got)
	}
	undone, _ := s.Undo()
	e.Update(v, undone.Rows(), undone.Deleted)
	if got := e.Whole(); len(got) != 1 {
		t.Errorf("after the undo: %+v", got)
	}
}

func TestAMissingColumnIsSaidOnceAndNotPerRow(t *testing.T) {
	s := sheet.New(cells.Of([]string{"Name", "Mail"}, []string{"Ann", "ann@x.org"}, []string{"Bob", "bob@x.org"}),
		sheet.Options{FirstRow: 1, FileColumns: 2, Columns: 2 + roster.NumColumns})
	var m roster.Mapping
	m.Columns[roster.Name] = roster.Match{Kind: roster.Direct, Cols: []int{0}}
	m.Columns[roster.Email] = roster.Match{Kind: roster.Direct, Cols: []int{1}}
	v := roster.NewView(s, &m, 2)
	e := New(nil)
	if err := e.Run(context.Background(), v, s.Rows(), nil); err != nil {
		t.Fatal(err)
	}
	var missing []string
	for _, f := range e.Whole() {
		missing = append(missing, string(f.Code)+" "+f.Column.Header())
	}
	if want := []string{"column-missing Current Status", "column-missing Role", "column-missing Groups"}; !slices.Equal(missing, want) {
		t.Errorf("missing %q", missing)
	}
	for f := range e.All() {
		t.Errorf("a finding per row: %s", say(f))
	}
	// A role typed into such a column is judged.
	r := s.RowAt(0)
	s.Apply("edit", sheet.SetCell{Row: r, Col: v.Target(roster.Role), Text: "Superviser"})
	e.Update(v, []sheet.RowID{r}, nil)
	if got := codesOf(e, r, roster.Role); !slices.Equal(got, []Code{RoleUnknown}) {
		t.Errorf("the role that was typed: %v", got)
	}
}

func TestTwinsAreShownOnBothRows(t *testing.T) {
	e, s, _ := ran(t, nil,
		row("Primary Email", "Farid.Haddad@northwind.com", "Source Username(s)", "slack:U0AAAAAAA"),
		row("Primary Email", "other@northwind.com", "Source Username(s)", "teams:a@b.co, Slack:u0aaaaaaa"),
		row("Primary Email", " farid.haddad@Northwind.com"),
		row("Primary Email", "ann@BÜCHER.de"), row("Primary Email", "ann@xn--bcher-kva.de"),
	)
	a, b, c, d, f := s.RowAt(0), s.RowAt(1), s.RowAt(2), s.RowAt(3), s.RowAt(4)
	for _, want := range []struct {
		row, other sheet.RowID
		col        roster.Column
		code       Code
	}{
		{a, c, roster.Email, EmailDuplicate}, {c, a, roster.Email, EmailDuplicate},
		{a, b, roster.Sources, IdentifierDuplicate}, {b, a, roster.Sources, IdentifierDuplicate},
		{d, f, roster.Email, EmailDuplicate}, {f, d, roster.Email, EmailDuplicate},
	} {
		found := false
		for _, got := range e.Cell(want.row, want.col) {
			found = found || got.Code == want.code && slices.Equal(got.Other, []sheet.RowID{want.other})
		}
		if !found {
			t.Errorf("row %d has no %s with row %d: %+v", want.row, want.code, want.other, e.Cell(want.row, want.col))
		}
	}
}

func TestAnIdentifierOfTheRowsOwnUserIsNotTaken(t *testing.T) {
	for email, want := range map[string][]Code{
		"AMARA.Okafor@northwind.com ": nil,
		"ann.lee@northwind.com":       {IdentifierTaken},
	} {
		e, s, _ := ran(t, testDirectory(), row("Primary Email", email, "Source Username(s)", "slack:u02amara"))
		got := slices.DeleteFunc(codesOf(e, s.RowAt(0), roster.Sources), func(c Code) bool { return c == IdentifierInvalid })
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v", email, got)
		}
	}
}

func TestWhatTheAccountHasIsOfferedForStatusAndRole(t *testing.T) {
	e, s, _ := ran(t, testDirectory(), row("Primary Email", "amara.okafor@northwind.com", "Role", "Boss", "Current Status", ""), row("Role", "Boss"))
	var kept []string
	for _, f := range e.Row(s.RowAt(0)) {
		kept = append(kept, f.Column.Header()+"="+f.Keep)
	}
	if want := []string{"Current Status=Active", "Role=Admin"}; !slices.Equal(kept, want) {
		t.Errorf("kept %q", kept)
	}
	if f := e.Row(s.RowAt(1))[0]; f.Keep != "" {
		t.Errorf("a user that the account does not have keeps %q", f.Keep)
	}
}

func TestWithoutAnAccountSomeRulesAreNotChecked(t *testing.T) {
	var partial account.Directory
	if err := json.Unmarshal([]byte(`{"users":[],"groups":["Trading"],"partial":true}`), &partial); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name string
		dir  *account.Directory
		want []Code
	}{
		{"no account", nil, []Code{GroupUnknown, GroupCase, SourceUnknown, SourceDisabled, IdentifierTaken}},
		{"sources not shown, users in part", &partial, []Code{SourceUnknown, SourceDisabled, IdentifierTaken}},
		{"all known", testDirectory(), nil},
	} {
		if got := New(test.dir).NotChecked(); !slices.Equal(got, test.want) {
			t.Errorf("%s: %v", test.name, got)
		}
	}
	for _, test := range []struct {
		col  roster.Column
		text string
		want []Code
	}{
		{roster.Groups, "Anything, Goes", nil},
		{roster.Groups, "", []Code{GroupsEmpty}},
		{roster.Groups, "none,x", []Code{GroupNoneMixed}},
		{roster.Groups, "a;b", []Code{GroupSeparator}},
		{roster.Groups, "a/b", []Code{GroupSeparator}},
		{roster.Groups, "a,A", []Code{GroupRepeated}},
		{roster.Sources, "slack:U02AMARA", nil},
		{roster.Sources, "slack:x", []Code{IdentifierInvalid}},
		{roster.Sources, "anything:goes", nil},
		{roster.Sources, "U02AMARA", []Code{SourceMissing}},
		{roster.Sources, "whatsapp:+81 90 1234", []Code{IdentifierInvalid}},
	} {
		e, s, _ := ran(t, nil, row(test.col.Header(), test.text))
		if got := codesOf(e, s.RowAt(0), test.col); !slices.Equal(got, test.want) {
			t.Errorf("%s %q: %v, want %v", test.col, test.text, got, test.want)
		}
	}
}

func TestThePanelGroupsByRuleThenByValue(t *testing.T) {
	e, _, v := ran(t, testDirectory(),
		row("Primary Email", "a@x.org", "Role", "Superviser"), row("Primary Email", "b@x.org", "Role", "superviser"),
		row("Primary Email", "c@x.org", "Role", "Superviser"), row("Primary Email", "d@x.org", "Role", "admin."),
		row("Primary Email", "e@x.org", "Groups", "trading,EMEA"), row("Primary Email", "f@x.org", "Groups", "APAC, Compliance Ops"),
		row("Primary Email", "g@x.org", "Current Status", ""), row("Primary Email", "h@x.org", "Current Status", "Actve"),
		row("Primary Email", "i@x.org", "Source Username(s)", "whatsap:+819012345678,slack:U0AAAAAAA"),
	)
	var lines []string
	for _, g := range e.Groups() {
		lines = append(lines, g.Severity.String()+" "+g.Title+" "+itoa(g.Count))
		for _, val := range g.Values {
			lines = append(lines, "  “"+val.Value+"” ×"+itoa(val.Count)+" → "+val.Suggestion)
		}
	}
	want := `error Role not recognised 4
  “Superviser” ×2 → Supervisor
  “superviser” ×1 → Supervisor
  “admin.” ×1 → Admin
error Group doesn’t exist 1
  “Compliance Ops” ×1 → 
error Status missing or unknown 2
  “” ×1 → 
  “Actve” ×1 → Active
error Source not enabled 1
  “whatsap” ×1 → whatsapp
warning Group differs in capitals 1
  “trading” ×1 → Trading`
	if got := strings.Join(lines, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for _, test := range []struct {
		code      Code
		value, to string
		want      []string
	}{
		{RoleUnknown, "Superviser", "Supervisor", []string{"Supervisor", "Supervisor"}},
		{GroupUnknown, "Compliance Ops", "Compliance", []string{"APAC, Compliance"}},
		{SourceUnknown, "whatsap", "whatsapp", []string{"whatsapp:+819012345678,slack:U0AAAAAAA"}},
		{StatusEmpty, "", "Active", []string{"Active"}},
		{GroupCase, "trading", "Trading", []string{"Trading,EMEA"}},
	} {
		var got []string
		for _, f := range e.FixValue(v, test.code, test.value, test.to) {
			got = append(got, f.New)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s %q: %q", test.code, test.value, got)
		}
	}
}

func TestACancelledCheckSaysSo(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	s, v := open(row())
	if err := New(nil).Run(ctx, v, s.Rows(), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestProgressOnlyGrowsAndEndsWithAll(t *testing.T) {
	s, v := largeView(3*chunkRows + 5)
	var seen []int
	if err := New(nil).Run(context.Background(), v, s.Rows(), func(done, total int) { seen = append(seen, done) }); err != nil {
		t.Fatal(err)
	}
	if !slices.IsSorted(seen) || seen[len(seen)-1] != s.Len() {
		t.Errorf("progress %v", seen)
	}
}

func TestEveryCodeHasATitle(t *testing.T) {
	seen := map[Code]bool{}
	for _, c := range Codes() {
		if seen[c] || c.Title() == string(c) {
			t.Errorf("%s: title %q", c, c.Title())
		}
		seen[c] = true
	}
}
