package e2e

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

var templateHeader = []string{"Current Status", "Display Name", "Primary Email", "Role", "Groups", "Source Username(s)"}

// flawed is the sheet that the window is tried with: people whom the practice
// account knows, and new ones. Row numbers begin at 2.
var flawed = [][]string{
	{"Active", "Amara Okafor", "amara.okafor@northwind.com", "Admin", "Trading", "slack:U02AMARA"},
	{"Active", "Bruno Ferreira", "bruno.ferreira@northwind.com", "Superviser", "Trading,EMEA", "slack:U02BRUNO"},
	{"Actve", "Chen Wei", "chen.wei@northwind.com", "User", "APAC", "teams:chen.wei@northwind.com"},
	{"Active", "Grace Mbeki", "grace.mbeki@northwind,com", "User", "Compliance", "slack:U02GRACE"},
	{"Active", "Hana Sato", "hana.sato@northwind.com", "Superviser", "APAC,Trading", "whatsapp:+819055500134"},
	{"Active", " Ivan  Petrov", "ivan.petrov@northwind.com", "User", "EMEA", "slack:U02IVAN"},
	{"Archived", "Jonas Lindqvist", "jonas.lindqvist@northwind.com", "User", "none", ""},
	{"Active", "Nadia Rahman", "nadia.rahman@northwind.com", "User", "Trading", "slack:U02NADIA"},
}

// wanted is what the account must have of those people afterwards: groups and
// identifiers that they had before are kept.
var wanted = []Person{
	{UserName: "amara.okafor@northwind.com", DisplayName: "Amara Okafor", Active: true, Role: "Admin", Groups: []string{"Trading"}, Identifiers: []string{"slack:U02AMARA"}},
	{UserName: "bruno.ferreira@northwind.com", DisplayName: "Bruno Ferreira", Active: true, Role: "Supervisor", Groups: []string{"EMEA", "Trading"}, Identifiers: []string{"slack:U02BRUNO"}},
	{UserName: "chen.wei@northwind.com", DisplayName: "Chen Wei", Active: true, Role: "User", Groups: []string{"APAC", "Trading"}, Identifiers: []string{"teams:chen.wei@northwind.com"}},
	{UserName: "grace.mbeki@northwind.com", DisplayName: "Grace Mbeki", Active: true, Role: "User", Groups: []string{"Compliance"}, Identifiers: []string{"slack:U02GRACE"}},
	{UserName: "hana.sato@northwind.com", DisplayName: "Hana Sato", Active: true, Role: "Supervisor", Groups: []string{"APAC", "Trading"}, Identifiers: []string{"whatsapp:+819055500134"}},
	{UserName: "ivan.petrov@northwind.com", DisplayName: "Ivan Petrov", Active: true, Role: "User", Groups: []string{"EMEA"}, Identifiers: []string{"slack:U02IVAN", "teams:ivan.petrov@northwind.com"}},
	{UserName: "jonas.lindqvist@northwind.com", DisplayName: "Jonas Lindqvist", Active: false, Role: "User"},
	{UserName: "nadia.rahman@northwind.com", DisplayName: "Nadia Rahman", Active: true, Role: "User", Groups: []string{"Trading"}, Identifiers: []string{"slack:U02NADIA"}},
}

// writeWorkbook saves a workbook with one sheet of the template's columns.
func writeWorkbook(t *testing.T, path, sheet string, rows [][]string) {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName("Sheet1", sheet); err != nil {
		t.Fatal(err)
	}
	for r, cells := range append([][]string{templateHeader}, rows...) {
		for c, text := range cells {
			name, err := excelize.CoordinatesToCellName(c+1, r+1)
			if err != nil {
				t.Fatal(err)
			}
			if err := f.SetCellStr(sheet, name, text); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
}

// expectWanted compares the account, user by user: the people of the sheet are
// as wanted, nobody else changed, and nobody is there twice or gone.
func expectWanted(t *testing.T, before, after map[string]Person, wanted []Person) {
	t.Helper()
	byName := map[string]Person{}
	for _, w := range wanted {
		byName[w.UserName] = w
	}
	for _, w := range wanted {
		got, ok := after[w.UserName]
		if !ok {
			t.Errorf("%s is not in the account", w.UserName)
			continue
		}
		got.ID = ""
		if !reflect.DeepEqual(tidy(got), tidy(w)) {
			t.Errorf("the account has\n  %+v\nwant\n  %+v", tidy(got), tidy(w))
		}
	}
	for name, was := range before {
		now, ok := after[name]
		switch _, named := byName[name]; {
		case !ok:
			t.Errorf("%s is gone from the account", name)
		case now.ID != was.ID:
			t.Errorf("%s is another user now", name)
		case !named && !reflect.DeepEqual(tidy(now), tidy(was)):
			t.Errorf("%s was not in the sheet and has changed: %+v, was %+v", name, now, was)
		}
	}
	for name := range after {
		_, was := before[name]
		if _, named := byName[name]; !was && !named {
			t.Errorf("%s is new in the account and was not in the sheet", name)
		}
	}
}

// tidy sorts what has no order.
func tidy(p Person) Person {
	p.Groups, p.Identifiers = slices.Clone(p.Groups), slices.Clone(p.Identifiers)
	slices.Sort(p.Groups)
	slices.Sort(p.Identifiers)
	if len(p.Groups) == 0 {
		p.Groups = nil
	}
	if len(p.Identifiers) == 0 {
		p.Identifiers = nil
	}
	return p
}

// expectNoLeak fails for each place in which the secret was found.
func expectNoLeak(t *testing.T, leaks []Leak) {
	t.Helper()
	for _, l := range leaks {
		t.Errorf("the secret is in %s (%s)", l.Where, l.As)
	}
}

// csvOf is a CSV of the template's columns with every cell quoted.
func csvOf(rows [][]string) string {
	var b strings.Builder
	for _, cells := range append([][]string{templateHeader}, rows...) {
		for c, text := range cells {
			if c > 0 {
				b.WriteByte(',')
			}
			b.WriteString(`"` + strings.ReplaceAll(text, `"`, `""`) + `"`)
		}
		b.WriteString("\r\n")
	}
	return b.String()
}
