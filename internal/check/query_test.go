package check

import (
	"testing"

	"rollcall/internal/sheet"
)

func TestRowsAreAskedWhetherTheyHaveAFinding(t *testing.T) {
	e, s, _ := ran(t, testDirectory(),
		row("Role", "Boss", "Current Status", ""), row("Role", "admin", "Primary Email", "b@northwind.com"), row("Primary Email", "c@northwind.com"))
	text := func(s string) *string { return &s }
	tests := []struct {
		name string
		q    Query
		want [3]bool
	}{
		{"any finding", Query{}, [3]bool{true, true, false}},
		{"errors", Query{Severity: Error}, [3]bool{true, false, false}},
		{"warnings", Query{Severity: Warning}, [3]bool{false, true, false}},
		{"a rule", Query{Code: RoleUnknown}, [3]bool{true, false, false}},
		{"a rule with what is shown under it", Query{Code: StatusUnknown}, [3]bool{true, false, false}},
		{"a rule and its value", Query{Code: RoleUnknown, Value: text("Boss")}, [3]bool{true, false, false}},
		{"a rule and another value", Query{Code: RoleUnknown, Value: text("Chief")}, [3]bool{}},
		{"a rule with no value, and not what is shown under it", Query{Code: StatusUnknown, Value: text("")}, [3]bool{}},
		{"a rule of no value", Query{Code: StatusEmpty, Value: text("")}, [3]bool{true, false, false}},
		{"certain", Query{Certain: true}, [3]bool{false, true, false}},
		{"a rule that is certain", Query{Code: RoleCase, Certain: true}, [3]bool{false, true, false}},
		{"a rule of which nothing is certain", Query{Code: RoleUnknown, Certain: true}, [3]bool{}},
		{"no rule of ours", Query{Code: "no-such-rule"}, [3]bool{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got [3]bool
			for i, r := range s.Rows() {
				got[i] = e.Has(r, &tt.q)
			}
			if got != tt.want {
				t.Errorf("rows are %v, want %v", got, tt.want)
			}
		})
	}
	if e.Has(sheet.RowID(1000), &Query{}) {
		t.Error("a row that is not there has a finding")
	}
}
