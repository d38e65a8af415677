package workbook

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rollcall/internal/workbook/formula"
)

// corpusDir finds the folder of real files beside the project.
func corpusDir(t testing.TB) string {
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for range 8 {
		for _, c := range []string{"shared/corpus", "corpus"} {
			if info, err := os.Stat(filepath.Join(dir, c)); err == nil && info.IsDir() {
				return filepath.Join(dir, c)
			}
		}
		dir = filepath.Dir(dir)
	}
	t.Skip("the folder of real files does not lie beside the project")
	return ""
}

func TestRealFilesOpenOrAreRefusedAsTheyShould(t *testing.T) {
	root := corpusDir(t)
	tests := []struct {
		file   string
		rows   int
		header int
		cells  map[string]string // by their names
		facts  string            // a part of the facts as text
		kind   error
	}{
		{"csv/ErrorTypes.csv", 14, 1, map[string]string{"A2": "#NULL!", "J14": "FALSE"}, "LineEnd:CR ", nil},
		{"csv/ErrorTypes.txt", 14, 1, map[string]string{"A2": "#NULL!", "J14": "FALSE"}, "Encoding:UTF-16LE BOM:true", nil},
		{"csv/salesforce_csvtext_BOM_UTF8.csv", 3, 1, map[string]string{"A1": "column1", "C3": "row2-3"}, "Encoding:UTF-8 BOM:true", nil},
		{"csv/salesforce_csvtext_BOM_UTF16LE.csv", 3, 1, map[string]string{"A1": "column1", "C3": "row2-3"}, "Encoding:UTF-16LE BOM:true", nil},
		{"layouts/entra_bulk_create.csv", 3, 2, map[string]string{"A1": "version:v1.0", "B2": "User name [userPrincipalName] Required"}, "ExampleRows:[3]", nil},
		{"layouts/google_workspace_upload.csv", 2, 1, map[string]string{"AA2": "Active"}, "Oddities:[]", nil},
		{"layouts/jumpcloud_import_template.csv", 2, 1, map[string]string{"U2": "VPN Users"}, "Oddities:[]", nil},
		{"layouts/okta_import_template.csv", 2, 1, map[string]string{"G2": "ann.lee@example.com"}, "Oddities:[]", nil},
		{"layouts/slack_members_export.csv", 5, 1, map[string]string{"H5": "Carol, Ng"}, "Oddities:[]", nil},
		{"xlsx/calamine__date_1904.xlsx", 3, 0, map[string]string{"A1": "2021-01-01", "A2": "2021-01-02", "A3": "255:10:10", "B1": "15"}, "Date1904:true", nil},
		{"xlsx/calamine__date_iso.xlsx", 6, 0, map[string]string{"A1": "2021-01-01", "A2": "2021-01-01T10:10:10", "A3": "10:10:10"}, "", nil},
		{"xlsx/calamine__empty_s_attribute.xlsx", 5, 1, map[string]string{"A1": "Name", "B2": "1"}, "", nil},
		{"xlsx/calamine__errors.xlsx", 7, 0, map[string]string{"A1": "#DIV/0!", "A2": "#NAME?"}, "FormulaCount:7", nil},
		{"xlsx/calamine__hyperlinks.xlsx", 8, 1, map[string]string{"A1": "calamine repo", "A2": "Rust Programming Language"}, "MergedCells:[B1:C2]", nil},
		{"xlsx/calamine__inlineStr_cdata.xlsx", 2, 1, map[string]string{"A1": "Hello CDATA", "A2": "12345"}, "", nil},
		{"xlsx/calamine__issue_261.xlsx", 66, 10, map[string]string{"A1": "String Value 32"}, "", nil},
		{"xlsx/calamine__merge_cells.xlsx", 2, 1, map[string]string{"A1": "Row Merge", "B1": "", "C1": "Not Merged"}, "MergedCells:[A1:B1 A2:A4 B2:D4]", nil},
		{"xlsx/calamine__nonstandard-xml-ns-prefix.xlsx", 3, 1, map[string]string{"A1": "a", "B3": "4"}, "", nil},
		{"xlsx/calamine__pass_protected.xlsx", 0, 0, nil, "", ErrPassword},
		{"xlsx/calamine__rph.xlsx", 1, 1, map[string]string{"A1": "課きく\u3000毛こ"}, "", nil},
		{"xlsx/derived__html_renamed.xlsx", 0, 0, nil, "", ErrNotSheet},
		{"xlsx/derived__sparse_XFD1048576.xlsx", 1048576, 1, map[string]string{"A2": "a@example.com"}, "BlankCount:1048573", nil},
		{"xlsx/derived__truncated60.xlsx", 0, 0, nil, "", ErrDamaged},
		{"xlsx/derived__xlsx_renamed.csv", 5, 1, map[string]string{"B2": "Japanese language"}, "Format:xlsx", nil},
		{"xlsx/derived__zipbomb_spaces_600MiB.xlsx", 0, 0, nil, "", ErrTooLarge},
		{"xlsx/exceljs__hidden-test__google-sheets.xlsx", 3, 1, map[string]string{"A2": "HIDDEN", "B1": "HIDDEN", "A3": "VISIBLE"}, "HiddenRows:[2] HiddenColumns:[2]", nil},
		{"xlsx/poi__59746_NoRowNums.xlsx", 71, 1, map[string]string{"A1": "Checked", "A2": "TRUE", "B3": "Checked"}, "", nil},
		{"xlsx/poi__InlineStrings.xlsx", 7, 1, map[string]string{"C2": "1st Inline String", "D3": "44"}, "", nil},
		{"xlsx/poi__SimpleStrict.xlsx", 6, 0, map[string]string{"A1": "test", "C2": "2"}, "", nil},
		{"xlsx/poi__TwoSheetsOneHidden.xlsx", 1, 1, map[string]string{"A1": "Sheet2A1"}, "Name:Sheet1 Hidden:true", nil},
		{"xlsx/poi__chart_sheet.xlsx", 2, 0, map[string]string{"A1": "soap"}, "Kind:chart", nil},
		{"xlsx/poi__poc-xmlbomb.xlsx", 0, 0, nil, "", ErrUnsafe},
		{"xlsx/roo__Pfand_from_windows_phone.xlsx", 7, 1, map[string]string{"A2": "2011-09-14", "B2": "3.81 €"}, "", nil},
		{"xlsx/roo__header_offset.xlsx", 3, 1, map[string]string{"A1": "Header A1"}, "", nil},
		{"xlsx/roo__number_with_zero_prefix.xlsx", 50, 0, map[string]string{"A1": "0001", "T50": "1000"}, "", nil},
		{"xlsx/roo__parse_clean_with_unicode.xlsx", 2, 1, map[string]string{"A2": "\u00a0\u00a0凯 \u00a0\u00a0"}, "", nil},
		{"xlsx/roo__type_excel.xlsx", 0, 0, nil, "", ErrNotSheet},
		{"xlsx/roo__type_openoffice.xlsx", 0, 0, nil, "", ErrNotSheet},
	}
	listed := map[string]bool{}
	for _, tt := range tests {
		listed[tt.file] = true
		t.Run(tt.file, func(t *testing.T) {
			b, err := Open(context.Background(), filepath.Join(root, filepath.FromSlash(tt.file)), Options{})
			if tt.kind != nil {
				refused(t, err, tt.kind, "")
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if b.Table.Len() != tt.rows || b.Facts.HeaderRow != tt.header {
				t.Errorf("%d rows with the header in row %d, want %d and %d", b.Table.Len(), b.Facts.HeaderRow, tt.rows, tt.header)
			}
			for name, want := range tt.cells {
				row, col, _ := formula.ParseCell([]byte(name))
				if got := b.Table.Cell(row-1, col); got != want {
					t.Errorf("%s reads %q, want %q", name, got, want)
				}
			}
			if got := fmt.Sprintf("%+v", b.Facts); !strings.Contains(got, tt.facts) {
				t.Errorf("the facts do not say %s: %.600s", tt.facts, got)
			}
			savesTheSame(t, b)
		})
	}
	files, _ := filepath.Glob(filepath.Join(root, "*", "*"))
	for _, f := range files {
		if rel, _ := filepath.Rel(root, f); !listed[filepath.ToSlash(rel)] {
			t.Errorf("%s has no expectation here", rel)
		}
	}
}

// savesTheSame changes one cell of a file and checks that all others read as
// before.
func savesTheSame(t *testing.T, b *Book) {
	t.Helper()
	if b.Table.Len() > 100000 {
		return
	}
	path := filepath.Join(t.TempDir(), "out")
	row := b.Table.Len() - 1
	if err := b.Save(context.Background(), path, Changes{Cells: []CellChange{{row, 0, "Ann & Bob"}}}); err != nil {
		t.Fatalf("saving: %v", err)
	}
	again, err := Open(context.Background(), path, Options{Sheet: b.Facts.Sheet})
	if err != nil {
		t.Fatalf("opening what was saved: %v", err)
	}
	for r := range b.Table.Len() {
		for c := range b.Table.Width() {
			want := b.Table.Cell(r, c)
			if r == row && c == 0 {
				want = "Ann & Bob"
			}
			if got := again.Table.Cell(r, c); got != want {
				t.Fatalf("%s reads %q after saving, before %q", formula.CellName(r+1, c), got, want)
			}
		}
	}
}
