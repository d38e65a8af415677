package workbook

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// tableWorkbook has a table of n people from row 3 on, with a filter, a column
// that is calculated and a row of totals.
func tableWorkbook(t testing.TB, n int) []byte {
	t.Helper()
	f := excelize.NewFile()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	check(f.SetSheetRow("Sheet1", "A1", &[]any{"Our people"}))
	check(f.SetSheetRow("Sheet1", "A3", &[]any{"Name", "Email", "Seats", "Cost"}))
	for i := range n {
		row := i + 4
		check(f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", row), &[]any{fmt.Sprintf("Person %d", i), fmt.Sprintf("p%d@x.com", i), i}))
		check(f.SetCellFormula("Sheet1", fmt.Sprintf("D%d", row), "Table1[[#This Row],[Seats]]*$H$1"))
	}
	totals := n + 4
	check(f.SetCellStr("Sheet1", fmt.Sprintf("A%d", totals), "Total"))
	check(f.SetCellFormula("Sheet1", fmt.Sprintf("C%d", totals), "SUBTOTAL(109,Table1[Seats])"))
	check(f.SetCellFormula("Sheet1", fmt.Sprintf("D%d", totals), fmt.Sprintf("SUM(D4:D%d)", totals-1)))
	check(f.AddTable("Sheet1", &excelize.Table{Range: fmt.Sprintf("A3:D%d", totals), Name: "Table1"}))
	var out bytes.Buffer
	check(f.Write(&out))
	return out.Bytes()
}

// repacked is a workbook with one part rewritten.
func repacked(t *testing.T, data []byte, part string, by func(string) string) []byte {
	t.Helper()
	p := parts{}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		p[f.Name] = partOf(t, data, f.Name)
	}
	return p.with(part, by(p[part])).bytes(t)
}

// withTotals gives the table its totals and its calculated column, which
// excelize cannot write.
func withTotals(t *testing.T, data []byte, n int) []byte {
	t.Helper()
	return repacked(t, data, "xl/tables/table1.xml", func(text string) string {
		all, rows := fmt.Sprintf("A3:D%d", n+4), fmt.Sprintf("A3:D%d", n+3)
		text = strings.Replace(text, `<autoFilter ref="`+all+`"`, `<autoFilter ref="`+rows+`"`, 1)
		text = strings.Replace(text, `<table `, `<table totalsRowCount="1" `, 1)
		text = strings.Replace(text, `name="Seats">`, `name="Seats" totalsRowFunction="sum">`, 1)
		text = strings.Replace(text, `name="Seats"/>`, `name="Seats" totalsRowFunction="sum"/>`, 1)
		column := `name="Cost" totalsRowFunction="custom"><calculatedColumnFormula>Table1[[#This Row],[Seats]]*$H$1</calculatedColumnFormula><totalsRowFormula>SUM(D4:D` + fmt.Sprint(n+3) + `)</totalsRowFormula></tableColumn>`
		text = strings.Replace(text, `name="Cost"></tableColumn>`, column, 1)
		return strings.Replace(text, `name="Cost"/>`, column, 1)
	})
}

func TestATableMovesWithItsFilterItsTotalsAndItsColumns(t *testing.T) {
	data := withTotals(t, tableWorkbook(t, 10), 10)
	if text := partOf(t, data, "xl/tables/table1.xml"); !strings.Contains(text, "totalsRowFormula") || !strings.Contains(text, `totalsRowCount="1"`) || !strings.Contains(text, `<autoFilter ref="A3:D13"`) {
		t.Fatalf("the table to be moved is %s", text)
	}
	tests := []struct {
		name                 string
		changes              Changes
		table, filter        string
		totals, totalsCell   string
		totalsFormula        string
		totalsCount          string
		lastRow, lastFormula string
	}{
		{"a row of people goes and two come", Changes{Deleted: []int{4}, Inserted: []Insertion{{6, []string{"New", "n@x.com"}}, {6, []string{"New", "m@x.com"}}}},
			"A3:D15", "A3:D14", "SUM(D4:D14)", "D15", "SUM(D4:D14)", "1", "D14", "Table1[[#This Row],[Seats]]*$H$1"},
		{"the first and the last of them go", Changes{Deleted: []int{3, 12}},
			"A3:D12", "A3:D11", "SUM(D4:D11)", "D12", "SUM(D4:D11)", "1", "D11", "Table1[[#This Row],[Seats]]*$H$1"},
		{"one comes before the totals, one behind them", Changes{Inserted: []Insertion{{12, []string{"Last", "l@x.com"}}, {13, []string{"Behind"}}}},
			"A3:D15", "A3:D14", "SUM(D4:D13)", "D15", "SUM(D4:D13)", "1", "D13", "Table1[[#This Row],[Seats]]*$H$1"},
		{"the title and the blank row go", Changes{Deleted: []int{1, 0}},
			"A1:D12", "A1:D11", "SUM(D2:D11)", "D12", "SUM(D2:D11)", "1", "D11", "Table1[[#This Row],[Seats]]*#REF!"},
		{"the totals go, and what comes in their place is of the table", Changes{Deleted: []int{13}, Inserted: []Insertion{{13, []string{"Last", "l@x.com"}}}},
			"A3:D14", "A3:D14", "SUM(D4:D13)", "", "", "0", "D13", "Table1[[#This Row],[Seats]]*$H$1"},
		{"the totals go", Changes{Deleted: []int{13}},
			"A3:D13", "A3:D13", "SUM(D4:D13)", "", "", "0", "D13", "Table1[[#This Row],[Seats]]*$H$1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			out := patchedData(t, data, tt.changes)
			table := partOf(t, out, "xl/tables/table1.xml")
			for _, want := range []string{` ref="` + tt.table + `"`, `<autoFilter ref="` + tt.filter + `"`, `<totalsRowFormula>` + tt.totals + `<`, `totalsRowCount="` + tt.totalsCount + `"`, `<calculatedColumnFormula>` + tt.lastFormula + `<`} {
				if !strings.Contains(table, want) {
					t.Errorf("the table lacks %s: %s", want, table)
				}
			}
			f, err := excelize.OpenReader(bytes.NewReader(out))
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			if tables, err := f.GetTables("Sheet1"); err != nil || len(tables) != 1 || tables[0].Range != tt.table {
				t.Errorf("excelize reads the tables %v (%v)", tables, err)
			}
			for cell, want := range map[string]string{tt.totalsCell: tt.totalsFormula, tt.lastRow: tt.lastFormula} {
				if cell == "" {
					continue
				}
				if got, _ := f.GetCellFormula("Sheet1", cell); got != want {
					t.Errorf("the formula of %s is %s, want %s", cell, got, want)
				}
			}
			if header, _ := f.GetCellValue("Sheet1", strings.Split(tt.table, ":")[0]); header != "Name" {
				t.Errorf("the table begins with %q", header)
			}
		})
	}
}

func TestATableGrowsAndShrinksButKeepsARow(t *testing.T) {
	data := tableWorkbook(t, 3)
	for _, tt := range []struct {
		name    string
		changes Changes
		table   string
	}{
		{"at the end of the sheet", Changes{Deleted: []int{3, 4, 5, 6}}, "A3:D4"},
		{"with its title", Changes{Deleted: []int{0, 3, 4, 5, 6}}, "A2:D3"},
		{"and goes on with those that come behind them", Changes{Deleted: []int{3, 4, 5, 6}, Inserted: []Insertion{{6, []string{"New"}}, {6, []string{"New"}}}}, "A3:D5"},
		{"one more behind the last is of the table", Changes{Inserted: []Insertion{{6, []string{"New"}}}}, "A3:D8"},
		{"and goes on with those that took their places", Changes{Deleted: []int{3, 4, 5, 6}, Inserted: []Insertion{{4, []string{"New"}}, {4, []string{"New"}}}}, "A3:D5"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			table := partOf(t, patchedData(t, data, tt.changes), "xl/tables/table1.xml")
			if !strings.Contains(table, ` ref="`+tt.table+`"`) || !strings.Contains(table, `<autoFilter ref="`+tt.table+`"`) {
				t.Errorf("the table is %s, want %s", table, tt.table)
			}
		})
	}
}
