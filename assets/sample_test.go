package assets

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"rollcall/internal/account"
	"rollcall/internal/check"
	"rollcall/internal/practice"
	"rollcall/internal/roster"
	"rollcall/internal/sheet"
	"rollcall/internal/workbook"
)

var update = flag.Bool("update", false, "write the sample anew")

// The sheets of the sample. The first one opens; the second one shows what
// concerns a whole sheet.
const (
	usersSheet = "Users"
	staffSheet = "All staff"
)

// sampleRows is how many users the first sheet holds: just under the guide's
// limit. staffRows is how many the second one holds: more than an import may.
const (
	sampleRows = 1998
	staffRows  = 2143
)

// The newcomers of the sample.
var (
	newGiven  = strings.Fields("Ada Bashir Carla Dmitri Eun Freya Goran Hilda Imani Jonah Kirsten Luca Maya Noel Odette Pavel Qasim Rhea Sanjay Tove Uma Viktor Willa Ximena Yannick Zain")
	newFamily = strings.Fields("Ashford Bergman Calloway Drummond Ellery Farrow Galvez Hargreaves Ingram Jolie Kessler Lindholm Merriweather Norrington Osborne")
)

// rows makes the sample: the people of the pictures with their flaws, further
// flaws, then the account's own people, most of them unchanged.
func rows() [][]string {
	out := [][]string{
		{"Active", "Amara Okafor", "amara.okafor@northwind.com", "User", "Trading", "slack:U02AMARA"},
		{"Active", "Bruno Ferreira", "bruno.ferreira@northwind.com", "User", "Trading,EMEA", "slack:U02BRUNO"},
		{"Actve", "Chen Wei", "chen.wei@northwind.com", "User", "APAC", "teams:chen.wei@northwind.com"},
		{"Active", "Diaz, María", "maria.diaz@northwind,com", "Admin", "none", ""},
		{"Archived", "Elif Yılmaz", "elif.yilmaz@northwind.com", "User", "trading", "slack:U02ELIF"},
		{"Active", "Farid Haddad", "farid.haddad@northwind.com", "Superviser", "Trading", "slack:U02FARID"},
		{"Active", "Grace Mbeki", "grace.mbeki@northwind.com", "User", "Compliance Ops", "slack:U02GRACE"},
		{"Active", "Hana Sato", "hana.sato@northwind.com", "User", "APAC,Trading", "whatsap:+819055500134"},
		{"Active", "Ivan Petrov", "farid.haddad@northwind.com", "User", "EMEA", "slack:U02IVAN"},
		{"Active", "Jonas Lindqvist", "jonas.lindqvist@northwind.com", "User", "EMEA", ""},
		{"Active", "Keiko Tanaka", "keiko.tanaka@northwind.com", "Supervisor", "APAC", "slack:U02KEIKO"},
		{"", "Lucía Romero", "lucia.romero@northwind.com", "User", "Trading", ""},
		{"Active", "Mateo Rossi", "mateo.rossi@northwind.com", "User", "Trading", "teams:mateo.rossi@northwind.com"},
		{"Active", "Nadia Rahman", "nadia.rahman@northwind.com", "User", "Trading", "slack:U02NADIA"},
		{"Active", "Oluwaseun Ade", "oluwaseun.ade@northwind.com", "User", "EMEA", "slack:U02SEUN"},
		{"Active", "Priya Raghavan", "priya.raghavan@northwind.com", "Admin", "Trading,APAC", "slack:U02PRIYA"},
		{"Active", " Quentin Moreau", "quentin.moreau@northwind.com", "User", "EMEA", ""},
		{"Active", "Rosa Klein", "rosa.klein@northwind.com", "User", "EMEA", "slack:U02ROSA"},
		{"Active", "Sven Aaltonen", "sven.aaltonen@northwind.com", "User", "EMEA", "slack:U02SVEN"},
		{"Active", "Tomasz Nowak", "tomasz.nowak@northwind.com", "User", "EMEA", "slack:U02TOMEK"},
	}
	out = append(out, flawed()...)
	return fill(out)
}

// flawed are rows with the findings that the pictures do not show.
func flawed() [][]string {
	row := func(n int, change ...string) []string {
		name := newcomer(1000 + n)
		r := []string{"Active", name, address(name), "User", "Sales", ""}
		for i := 0; i < len(change); i += 2 {
			c, _ := roster.ColumnOf(change[i])
			r[c] = change[i+1]
		}
		return r
	}
	const status, name, email, role, groups, sources = "Current Status", "Display Name", "Primary Email", "Role", "Groups", "Source Username(s)"
	list := [][]string{
		row(0, role, "Superviser"), row(1, role, "Superviser"), row(2, role, "Superviser"),
		row(3, role, "admin."), row(4, role, ""), row(5, role, "supervisor"),
		row(6, status, "ACTIVE"), row(7, name, ""), row(8, name, strings.Repeat("Wilhelmina Charlotte ", 13)),
		row(9, email, ""), row(10, email, "Imani Kessler <imani.kessler@northwind.com>"),
		row(11, email, "jonah.lindholm@gmial.com"), row(12, groups, ""), row(13, groups, "Compliance Ops"),
		row(14, groups, "Sales;EMEA"), row(15, groups, "none,Sales"), row(16, groups, "Sales,Sales"),
		row(17, sources, "U02NOEL99"), row(18, sources, "zoom:odette.bergman@northwind.com"),
		row(19, sources, "slack:pavel"), row(20, sources, "whatsapp:8.19056E+11"),
		row(21, sources, "slack:U0SHARED1"), row(22, sources, "slack:U0SHARED1"),
		row(23, name, "Vik\u200btor Ashford"), row(24, name, "=HYPERLINK(\"http://example.com\",\"Willa\")"),
		row(25, sources, "Slack:U0XIMENA1"), row(26, sources, "slack:U0YANNICK;teams:yannick@northwind.com"),
		row(27, sources, "slack:U0ZAIN001,slack:U0ZAIN001"),
		row(29, email, "bashir.drummond@northwind.com "), row(30, groups, "Compliance Ops,Sales"),
	}
	return list
}

// staff makes the second sheet, header and all: everybody, without a role, and
// with a letter that was lost before the file came here.
func staff() [][]string {
	without := func(r []string) []string { return slices.Delete(slices.Clone(r), int(roster.Role), int(roster.Role)+1) }
	out := [][]string{without(roster.Headers())}
	used := map[string]bool{}
	for n, p := range practice.Seed() {
		used[p.Email] = true
		out = append(out, without(changed(n, p)))
	}
	for n := 0; len(out) <= staffRows; n++ {
		if name := newcomer(n); !used[address(name)] {
			used[address(name)] = true
			out = append(out, without([]string{"Active", name, address(name), "", "Operations", ""}))
		}
	}
	out[2][roster.Name] = "Ren\ufffd " + strings.Fields(out[2][roster.Name])[1]
	return out
}

func newcomer(n int) string {
	return newGiven[n%len(newGiven)] + " " + newFamily[n/len(newGiven)%len(newFamily)]
}

func address(name string) string {
	return strings.ToLower(strings.ReplaceAll(name, " ", ".")) + "@northwind.com"
}

// fill adds newcomers and the account's own people up to sampleRows; some of
// them change.
func fill(out [][]string) [][]string {
	used := map[string]bool{}
	for _, r := range out {
		used[strings.ToLower(strings.TrimSpace(r[roster.Email]))] = true
	}
	for n := 0; n < 60; n++ {
		name := newcomer(n)
		if !used[address(name)] {
			used[address(name)] = true
			out = append(out, []string{"Active", name, address(name), "User", []string{"Sales", "Research,EMEA", "none"}[n%3], ""})
		}
	}
	for n, p := range practice.Seed() {
		if len(out) == sampleRows {
			break
		}
		if used[p.Email] || p.Email == "ivan.petrov@northwind.com" || p.Email == "tomasz.nowakowski@northwind.com" || p.Email == "maria.diaz@northwind.com" {
			continue
		}
		out = append(out, changed(n, p))
	}
	for n := 100; len(out) < sampleRows; n++ {
		if name := newcomer(n); !used[address(name)] {
			used[address(name)] = true
			out = append(out, []string{"Active", name, address(name), "User", "Operations", ""})
		}
	}
	return out
}

// changed is an account's user as a row, one in eighteen of them different.
func changed(n int, p practice.Person) []string {
	var ids []string
	for _, id := range p.Identifiers {
		if id.Source != "zoom" { // switched off: one row shows it
			ids = append(ids, id.Source+":"+id.Value)
		}
	}
	groups := roster.NoGroup
	list := make([]string, len(p.Groups))
	copy(list, p.Groups)
	role, active := p.Role, p.Active
	switch n % 180 {
	case 20, 40, 60, 80, 100, 120:
		if !slices.Contains(list, "Technology") {
			list = append(list, "Technology")
		}
	case 140:
		active = false
	case 150:
		if role == "User" && n < 600 {
			role = "Admin"
		}
	}
	if len(list) > 0 {
		groups = strings.Join(list, ",")
	}
	return []string{account.Status(active), p.DisplayName, p.Email, role, groups, strings.Join(ids, ",")}
}

func workbookOf(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(f.SetSheetName("Sheet1", usersSheet))
	_, err := f.NewSheet(staffSheet)
	must(err)
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	must(err)
	write := func(name string, rows [][]string, widths ...float64) {
		t.Helper()
		for i, r := range rows {
			for c, text := range r {
				if text != "" {
					cell, _ := excelize.CoordinatesToCellName(c+1, i+1)
					must(f.SetCellStr(name, cell, text))
				}
			}
		}
		for i, width := range widths {
			col := string(rune('A' + i))
			must(f.SetColWidth(name, col, col, width))
			must(f.SetCellStyle(name, col+"1", col+"1", bold))
		}
	}
	write(usersSheet, append([][]string{roster.Headers()}, rows()...), 14, 24, 34, 12, 22, 34)
	write(staffSheet, staff(), 14, 24, 34, 22, 34)
	var buf bytes.Buffer
	must(f.Write(&buf))
	return buf.Bytes()
}

func TestTheSampleIsTheOneThatItsMakerMakes(t *testing.T) {
	if *update {
		if err := os.WriteFile(SampleName, workbookOf(t), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	for name, want := range map[string][][]string{
		usersSheet: append([][]string{roster.Headers()}, rows()...),
		staffSheet: staff(),
	} {
		table := readSheet(t, name).Table
		if table.Len() != len(want) {
			t.Fatalf("%s: %d rows, want %d", name, table.Len(), len(want))
		}
		for i, r := range want {
			for c, text := range r {
				if got := table.Cell(i, c); got != text {
					t.Fatalf("%s, row %d column %d: %q, want %q", name, i+1, c+1, got, text)
				}
			}
		}
	}
}

// readSheet reads a sheet of the sample, "" for the one that opens by itself.
func readSheet(t *testing.T, name string) *workbook.Book {
	t.Helper()
	book, err := workbook.Read(context.Background(), SampleName, Sample, workbook.Options{Sheet: name})
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// directory is the practice account as a new one is seeded.
func directory() *account.Directory {
	dir := &account.Directory{Account: "Practice account", Self: practice.SeedMe}
	for i, p := range practice.Seed() {
		u := account.User{ID: fmt.Sprint(i), Email: p.Email, DisplayName: p.DisplayName, Active: p.Active, Role: p.Role, Groups: p.Groups}
		for _, id := range p.Identifiers {
			u.Identifiers = append(u.Identifiers, account.Identifier{Source: id.Source, Value: id.Value})
		}
		dir.Users = append(dir.Users, u)
	}
	for _, g := range practice.SeedGroups() {
		dir.Groups = append(dir.Groups, account.Group{Name: g})
	}
	for _, s := range practice.SeedSources() {
		dir.Sources = append(dir.Sources, account.Source{Name: s.Name, Enabled: s.Enabled, IdentifierPattern: s.Pattern, Example: s.Example})
	}
	return dir
}

// codesOf are the rules that find something in a sheet of the sample.
func codesOf(t *testing.T, name string) []check.Code {
	t.Helper()
	table := readSheet(t, name).Table
	header := make([]string, table.Width())
	for c := range header {
		header[c] = table.Cell(0, c)
	}
	s := sheet.New(table, sheet.Options{FirstRow: 1, FileColumns: len(header), Columns: len(header) + roster.NumColumns})
	mapping := roster.Recognise(header, roster.Sample{}, directory())
	engine := check.New(directory())
	if err := engine.Run(context.Background(), roster.NewView(s, &mapping, len(header)), s.Rows(), nil); err != nil {
		t.Fatal(err)
	}
	found := map[check.Code]bool{}
	for _, f := range engine.Whole() {
		found[f.Code] = true
	}
	for f := range engine.All() {
		found[f.Code] = true
	}
	return slices.Sorted(maps.Keys(found))
}

func TestTheSampleHoldsAtLeastOneOfEachFinding(t *testing.T) {
	found := slices.Concat(codesOf(t, usersSheet), codesOf(t, staffSheet))
	slices.Sort(found)
	var want []check.Code
	for _, c := range check.Codes() {
		if c != check.Refused { // the account's own answer, which no file holds
			want = append(want, c)
		}
	}
	slices.Sort(want)
	if found = slices.Compact(found); !slices.Equal(found, want) {
		t.Errorf("the sheets of the sample hold\n%v, want\n%v", found, want)
	}
}

func TestTheSampleOpensOnItsFirstSheetWithNothingToSayOfTheFile(t *testing.T) {
	book := readSheet(t, "")
	if book.Facts.Sheet != usersSheet || len(book.Facts.Sheets) != 2 {
		t.Errorf("the sheet %q of %d opens", book.Facts.Sheet, len(book.Facts.Sheets))
	}
	if len(book.Facts.Oddities) > 0 || book.Facts.BlankCount > 0 {
		t.Errorf("the first sheet holds oddities: %v", book.Facts.Oddities)
	}
	if codes := codesOf(t, usersSheet); slices.Contains(codes, check.ColumnMissing) || slices.Contains(codes, check.RowsTooMany) {
		t.Errorf("the first sheet does not open in the sheet screen: %v", codes)
	}
}
