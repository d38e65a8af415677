package check

import (
	"context"
	"slices"
	"testing"

	"rollcall/internal/cells"
	"rollcall/internal/roster"
	"rollcall/internal/sheet"
)

// Where each source has a column of its own, an identifier stands at the
// beginning of its cell: what a spreadsheet would run there is said.
func TestAFormulaInASourcesOwnColumnIsSaid(t *testing.T) {
	for _, test := range []struct {
		header, text string
		want         []Code
	}{
		{"teams", "=1+1", []Code{Formula, IdentifierInvalid}},
		{"teams", "-x", []Code{Formula, IdentifierInvalid}},
		{"teams", "+ann@x.org", nil},
		{"whatsapp", "+819056123457", nil},
		{"broken", "+1+1", []Code{Formula}},
		{"broken", "@ann", nil},
		{"broken", "@ann!A1", []Code{Formula}},
		{"broken", "x-1", nil},
	} {
		header := []string{"Current Status", "Display Name", "Primary Email", "Role", "Groups", test.header}
		table := cells.Of(header, []string{"Active", "Ann Lee", "ann.lee@northwind.com", "User", "none", test.text})
		m := roster.Recognise(header, roster.Sample{}, testDirectory())
		s := sheet.New(table, sheet.Options{FirstRow: 1, FileColumns: len(header), Columns: len(header) + roster.NumColumns})
		v := roster.NewView(s, &m, len(header))
		e := New(testDirectory())
		if err := e.Run(context.Background(), v, s.Rows(), nil); err != nil {
			t.Fatal(err)
		}
		if got := codesOf(e, s.RowAt(0), roster.Sources); !slices.Equal(got, test.want) {
			t.Errorf("%s %q: %v, want %v", test.header, test.text, got, test.want)
		}
		var live []Code
		for _, f := range e.Live(v, s.RowAt(0), roster.Sources, v.Text(s.RowAt(0), roster.Sources)) {
			live = append(live, f.Code)
		}
		if !slices.Equal(live, test.want) {
			t.Errorf("%s %q while it is typed: %v", test.header, test.text, live)
		}
	}
}
