package preview

import (
	"testing"

	"rollcall/internal/account"
	"rollcall/internal/plan"
)

func TestWhatChangesIsSaidInOneLine(t *testing.T) {
	user := account.User{Email: "ada@x.org", DisplayName: "Ada", Active: true, Role: "User", Groups: []string{"Trading", "EMEA"},
		Identifiers: []account.Identifier{{Source: "slack", Value: "U02ADA"}}}
	for _, c := range []struct {
		name  string
		entry plan.Entry
		want  string
	}{
		{"a new user", plan.Entry{Action: plan.Add, After: user}, "Active · User · Trading, EMEA · slack:U02ADA"},
		{"a role", plan.Entry{Action: plan.Update, Changes: []plan.Change{{Field: plan.FieldRole, From: "User", To: "Admin"}}}, "Role User → Admin"},
		{"a group beside one that is kept", plan.Entry{Action: plan.Update, Changes: []plan.Change{
			{Field: plan.FieldGroups, FromList: []string{"Trading"}, ToList: []string{"Trading", "APAC"}}}}, "Groups + APAC (keeps Trading)"},
		{"many kept groups", plan.Entry{Action: plan.Update, Changes: []plan.Change{
			{Field: plan.FieldGroups, FromList: []string{"A", "B", "C"}, ToList: []string{"A", "B", "C", "D"}}}}, "Groups + D (keeps 3)"},
		{"an identifier and a name", plan.Entry{Action: plan.Update, Changes: []plan.Change{
			{Field: plan.FieldName, From: "F. Haddad", To: "Farid Haddad"},
			{Field: plan.FieldIdentifiers, FromList: []string{"slack:U1"}, ToList: []string{"slack:U1", "slack:U2"}}}},
			"Name F. Haddad → Farid Haddad · Source + slack:U2 (keeps 1)"},
		{"a group that an undo takes away", plan.Entry{Action: plan.Update, Changes: []plan.Change{
			{Field: plan.FieldGroups, FromList: []string{"Trading", "APAC"}, ToList: []string{"Trading"}}}}, "Groups − APAC (keeps Trading)"},
		{"nothing", plan.Entry{Action: plan.Unchanged}, "Already as it should be"},
		{"a row with errors", plan.Entry{Action: plan.Blocked, Reason: "Not a role: use User, Admin or Supervisor"}, "Not a role: use User, Admin or Supervisor"},
	} {
		if got := text(What(&c.entry)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
