package check

import (
	"context"
	"fmt"
	"testing"

	"rollcall/internal/account"
	"rollcall/internal/cells"
	"rollcall/internal/roster"
	"rollcall/internal/sheet"
)

// testDirectory is a small account with what the rules can ask of one.
func testDirectory() *account.Directory {
	return &account.Directory{
		Account: "Northwind Trading",
		Users: []account.User{
			{ID: "1", Email: "amara.okafor@northwind.com", DisplayName: "Amara Okafor", Active: true, Role: "Admin", Identifiers: []account.Identifier{{Source: "slack", Value: "U02AMARA"}}},
			{ID: "2", Email: "tomasz.nowakowski@northwind.com", DisplayName: "Tomasz Nowakowski", Active: true, Role: "User", Identifiers: []account.Identifier{{Source: "slack", Value: "U02TOMEK"}}},
			{ID: "3", Email: "c@northwind.com"}, {ID: "4", Email: "d@northwind.com"}, {ID: "5", Email: "e@northwind.com"},
		},
		Groups: []account.Group{{Name: "Trading"}, {Name: "EMEA"}, {Name: "APAC"}, {Name: "Compliance"}, {Name: "Smith, Jones & Co"}, {Name: "Smith"}, {Name: "R&D/Ops"}, {Name: "Operación"}},
		Sources: []account.Source{
			{Name: "slack", Enabled: true, IdentifierPattern: `^[UW][A-Z0-9]{6,}$`},
			{Name: "teams", DisplayName: "Microsoft Teams", Enabled: true},
			{Name: "whatsapp", Enabled: true, IdentifierPattern: `^\+[1-9][0-9]{6,14}$`},
			{Name: "zoom", Enabled: false},
			{Name: "ldap", Enabled: true, IdentifierPattern: `^CN=[^,]+,OU=[A-Za-z]+$`},
			{Name: "broken", Enabled: true, IdentifierPattern: `([`},
		},
	}
}

// row is a valid row with some of its cells changed.
func row(change ...string) []string {
	cells := []string{"Active", "Ann Lee", "ann.lee@northwind.com", "User", "Trading", ""}
	for i := 0; i+1 < len(change); i += 2 {
		c, ok := roster.ColumnOf(change[i])
		if !ok {
			panic(change[i])
		}
		cells[c] = change[i+1]
	}
	return cells
}

// open lays a sheet and a view over rows of the template.
func open(rows ...[]string) (*sheet.Sheet, roster.View) {
	table := cells.Of(append([][]string{roster.Headers()}, rows...)...)
	s := sheet.New(table, sheet.Options{FirstRow: 1, FileColumns: roster.NumColumns, Columns: 2 * roster.NumColumns})
	m := roster.Exact()
	return s, roster.NewView(s, &m, roster.NumColumns)
}

func ran(t testing.TB, dir *account.Directory, rows ...[]string) (*Engine, *sheet.Sheet, roster.View) {
	s, v := open(rows...)
	e := New(dir)
	if err := e.Run(context.Background(), v, s.Rows(), nil); err != nil {
		t.Fatal(err)
	}
	return e, s, v
}

// say writes a finding in one line.
func say(f Finding) string {
	line := fmt.Sprintf("%s %s: %s", f.Severity, f.Code, f.Message)
	if f.HasSuggestion {
		line += fmt.Sprintf(" → %q", f.Suggestion)
	}
	if f.Certain {
		line += " certain"
	}
	return line
}
