package workbook

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
)

func TestLinesInQuotesAsAWholeAreUnwrapped(t *testing.T) {
	header := []string{"Current Status", "Display Name", "Primary Email", "Role", "Groups", "Source Username(s)"}
	ada := []string{"Active", "Ada Byron", "ada@example.com", "User", "Trading,Sales", "slack:U02ABCDEF"}
	bob := []string{"Active", `Bob "B" Ray`, "bob@example.com", "User", "none", ""}
	tests := []struct {
		name, data, odd string
		rows            [][]string
	}{
		{"all lines", `"Current Status,Display Name,Primary Email,Role,Groups,Source Username(s)"` + "\r\n" +
			`"Active,Ada Byron,ada@example.com,User,""Trading,Sales"",slack:U02ABCDEF"` + "\r\n" +
			`"Active,""Bob """"B"""" Ray"",bob@example.com,User,none,"` + "\r\n", "1 The lines of this file stand in quotation marks as a whole", [][]string{header, ada, bob}},
		{"all lines, with semicolons", `"Name;Email;Role"` + "\n" + `"Ann;ann@example.com;User"` + "\n", "1 The lines", [][]string{{"Name", "Email", "Role"}, {"Ann", "ann@example.com", "User"}}},
		{"only the lines that hold a list", "Current Status,Display Name,Primary Email,Role,Groups,Source Username(s)\n" +
			"Active,Cy Dee,cy@example.com,User,none,\nActive,Di Eff,di@example.com,User,none,\n" +
			`"Active,Ada Byron,ada@example.com,User,""Trading,Sales"",slack:U02ABCDEF"` + "\n", "4 This whole line stands in quotation marks",
			[][]string{header, {"Active", "Cy Dee", "cy@example.com", "User", "none", ""}, {"Active", "Di Eff", "di@example.com", "User", "none", ""}, ada}},
		{"most lines, under a plain header", "Current Status,Display Name,Primary Email,Role,Groups,Source Username(s)\n" +
			`"Active,Ada Byron,ada@example.com,User,""Trading,Sales"",slack:U02ABCDEF"` + "\n" +
			strings.Repeat(`"Active,""Bob """"B"""" Ray"",bob@example.com,User,none,"`+"\n", 4), "1 The lines", [][]string{header, ada, bob, bob, bob, bob}},
		{"one column of names is left alone", `"Last, First"` + "\n" + `"Byron, Ada"` + "\n", "", [][]string{{"Last, First"}, {"Byron, Ada"}}},
		{"one column of lists is left alone", "Groups\n\"Trading,Legal,IT\"\n\"Trading,Legal,HR\"\n", "", [][]string{{"Groups"}, {"Trading,Legal,IT"}, {"Trading,Legal,HR"}}},
		{"one column of lists of addresses is left alone", "\"Members\"\n\"a@x.com, b@x.com\"\n\"c@x.com, d@x.com\"\n", "", [][]string{{"Members"}, {"a@x.com, b@x.com"}, {"c@x.com, d@x.com"}}},
		{"one column of all kinds is left alone", "\"Note\"\n\"Lee, Ann, Dr.\"\n\"yes\"\n\"Ray, Bob, Jr.\"\n\"a@x.com\"\n", "", [][]string{{"Note"}, {"Lee, Ann, Dr."}, {"yes"}, {"Ray, Bob, Jr."}, {"a@x.com"}}},
		{"a text of several lines is left alone", "\"This is a test\nwith commas,,,,,\n\nand line ends.\"\n", "", [][]string{{"This is a test\nwith commas,,,,,\n\nand line ends."}}},
		{"all lines, under a title", "Users of Northwind\n\"Name,Email,Role\"\n\"Ann,ann@example.com,User\"\n\"Bob,bob@example.com,User\"\n", "1 The lines", [][]string{{"Users of Northwind"}, {"Name", "Email", "Role"}, {"Ann", "ann@example.com", "User"}, {"Bob", "bob@example.com", "User"}}},
		{"a title in quotes is left alone", `"Users, of Northwind, 2026"` + "\nName,Email,Role\nAnn,ann@example.com,User\nBob,bob@example.com,User\n", "",
			[][]string{{"Users, of Northwind, 2026"}, {"Name", "Email", "Role"}, {"Ann", "ann@example.com", "User"}, {"Bob", "bob@example.com", "User"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := open(t, "a.csv", []byte(tt.data))
			expect(t, b.Table, tt.rows...)
			if got := oddLines(b.Facts); !strings.HasPrefix(got, tt.odd) || tt.odd == "" && got != "" || strings.Count(got, "\n") > 0 {
				t.Errorf("oddities %q, want %q", got, tt.odd)
			}
			last := b.Table.Len() - 1
			again := open(t, "a.csv", saved(t, b, "a.csv", Changes{Cells: []CellChange{{last, 0, `x, "y"`}}}))
			want := append(append([][]string{}, tt.rows[:last]...), append([]string{`x, "y"`}, tt.rows[last][1:]...))
			expect(t, again.Table, want...)
		})
	}
}

func TestALineInQuotesIsSavedInQuotes(t *testing.T) {
	b := open(t, "a.csv", []byte("\"Name,Email,Groups\"\n\"Ann,ann@example.com,\"\"A,B\"\"\"\n\"Bob,bob@example.com,none\"\n"))
	got := saved(t, b, "a.csv", Changes{Cells: []CellChange{{1, 0, "Ann Lee"}}, Inserted: []Insertion{{After: 2, Cells: []string{"Cy", "cy@example.com", "A,C"}}}})
	want := "\"Name,Email,Groups\"\n\"Ann Lee,ann@example.com,\"\"A,B\"\"\"\n\"Bob,bob@example.com,none\"\n\"Cy,cy@example.com,\"\"A,C\"\"\"\n"
	if string(got) != want {
		t.Errorf("saved\n%s, want\n%s", got, want)
	}
}

func TestWhatAFileDoesNotHaveCannotBeChosen(t *testing.T) {
	csv := []byte("Name,Email\nAnn,ann@example.com\n")
	for _, tt := range []struct {
		o    Options
		data []byte
		says string
	}{
		{Options{HeaderRow: rowNumber(99)}, csv, "The file has 2 rows, so row 99 cannot be its header"},
		{Options{HeaderRow: rowNumber(2)}, []byte("Name\n"), "The file has only one row"},
		{Options{HeaderRow: rowNumber(-1)}, csv, "counted from 1"},
		{Options{Sheet: "People"}, csv, "This is a CSV file, which has no sheets"},
		{Options{HeaderRow: rowNumber(99)}, workbookParts(`<row r="2"><c r="A2"><v>1</v></c></row>`).bytes(t), "The file has 2 rows"},
	} {
		_, err := Read(context.Background(), "a.csv", tt.data, tt.o)
		refused(t, err, ErrOption, tt.says)
	}
	for row := range 3 {
		if b := openWith(t, "a.csv", csv, Options{HeaderRow: &row}); b.Facts.HeaderRow != row {
			t.Errorf("header row %d, want %d", b.Facts.HeaderRow, row)
		}
	}
}

func rowNumber(n int) *int { return &n }

func TestAWorkbookCanBeSavedWithoutTheRowsThatItsHeaderWasChosenBy(t *testing.T) {
	data := workbookParts(`<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>`).bytes(t)
	b := openWith(t, "a.xlsx", data, Options{HeaderRow: rowNumber(2)})
	path := filepath.Join(t.TempDir(), "a.xlsx")
	if err := b.Save(context.Background(), path, Changes{Deleted: []int{1}}); err != nil {
		t.Fatal(err)
	}
}
