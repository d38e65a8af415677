package formula

import "testing"

// Rows 5 and 10 are left out; two come behind row 7.
var someRowsMove = NewRowShift([]int{10, 5}, map[int]int{7: 2})

func TestFormulasMoveWithTheRows(t *testing.T) {
	here := Shift{Rows: someRowsMove, Sheet: "People", Here: true}
	for formula, want := range map[string]string{
		"A1+B6":                       "A1+B5",
		"$A$5":                        "#REF!",
		"a$8":                         "a$9",
		"SUM(A4:A12)":                 "SUM(A4:A12)",
		"SUM(A5:A5)":                  "SUM(#REF!)",
		"SUM(A5:A8)":                  "SUM(A5:A9)",
		"SUM(B8:A6)":                  "SUM(B9:A5)",
		"SUM(B$8:A6)+SUM($8:6)":       "SUM(B$9:A5)+SUM($9:5)",
		"A8&\"A8\"\"A8\"":             "A9&\"A8\"\"A8\"",
		"LOG10(A10)":                  "LOG10(#REF!)",
		"Other!A8":                    "Other!A8",
		"Other!A8+A8":                 "Other!A8+A9",
		"People!A8+'People'!A9":       "People!A9+'People'!A10",
		"People!A5":                   "#REF!",
		"PEOPLE!A8:A9":                "PEOPLE!A9:A10",
		"People!A8:People!A9":         "People!A9:People!A10",
		"'People'!A8:'People'!B9":     "'People'!A9:'People'!B10",
		"SUM(A:A)+SUM($B:C)":          "SUM(A:A)+SUM($B:C)",
		"SUM(3:8)+SUM($8:$8)":         "SUM(3:9)+SUM($9:$9)",
		"#REF!+1.5E+3+A11":            "#REF!+1.5E+3+A11",
		"#REF!A8+A8":                  "#REF!A8+A9",
		"IF(A6=TRUE,Tax_2024,1)":      "IF(A5=TRUE,Tax_2024,1)",
		"YTD2024+XFE8+XFD8+ABCD8":     "YTD2024+XFE8+XFD9+ABCD8",
		"A8:INDEX(A:A,8)":             "A9:INDEX(A:A,8)",
		"A8:LOG10(8)":                 "A9:LOG10(8)",
		"A8 A8:B9,C8":                 "A9 A9:B10,C9",
		"SUM((A8,B8))%":               "SUM((A9,B9))%",
		"Table1[Name]":                "Table1[Name]",
		"Table1[[#This Row],[A8]]+A8": "Table1[[#This Row],[A8]]+A9",
		"[@[It''s '[A8']]]*A8":        "[@[It''s '[A8']]]*A9",
		"[1]People!A8+A8":             "[1]People!A8+A9",
		"[1]!Total+A8":                "[1]!Total+A9",
		"'C:\\x\\[b.xlsx]People'!A8":  "'C:\\x\\[b.xlsx]People'!A8",
		"SUM(People:Last!A8)+A8":      "SUM(People:Last!A8)+A9",
		"SUM('Our a:b'!A8:B9)":        "SUM('Our a:b'!A8:B9)",
		"{1,\"}A8\";A8,2}+A8":         "{1,\"}A8\";A8,2}+A9",
		"_xlfn.XLOOKUP(A8,B:B,C:C)":   "_xlfn.XLOOKUP(A9,B:B,C:C)",
		"SUM(A8#)":                    "SUM(A9#)",
		"A1048576":                    "A1048576",
		"A2:A1048575":                 "A2:A1048575",
		"Größe8+Übersicht!A8":         "Größe8+Übersicht!A8",
	} {
		if got, ok := here.Move(formula); !ok || got != want {
			t.Errorf("%s becomes %s (%v), want %s", formula, got, ok, want)
		}
	}
	for _, formula := range []string{"\"a", "'a", "'a'A1", "{1", "[a", "#WHAT", "A1:Other!A2", "Other!A1:People!A2", "'Other'!A1:'People'!A2"} {
		if got, ok := here.Move(formula); ok {
			t.Errorf("%s is taken to be understood: %s", formula, got)
		}
	}
}

func TestFormulasOfOtherSheetsMoveWhereTheyNameTheSheet(t *testing.T) {
	there := Shift{Rows: someRowsMove, Sheet: "It's ours"}
	for formula, want := range map[string]string{
		"A8+'It''s ours'!A8":     "A8+'It''s ours'!A9",
		"'IT''S OURS'!$A$8:$B$9": "'IT''S OURS'!$A$9:$B$10",
		"'It''s ours'!A5*A5":     "#REF!*A5",
		"'[2]It''s ours'!A8":     "'[2]It''s ours'!A8",
		"'It''s ours'!A8,A8":     "'It''s ours'!A9,A8",
		"Ours!A8+'Ours'!A8":      "Ours!A8+'Ours'!A8",
	} {
		if got, ok := there.Move(formula); !ok || got != want {
			t.Errorf("%s becomes %s (%v), want %s", formula, got, ok, want)
		}
	}
}

func TestFormulasOfRulesNamesAndLinksMoveInTheirOwnWay(t *testing.T) {
	base := Shift{Rows: someRowsMove, Sheet: "People", Here: true}
	rule, name, link := base, base, base
	rule.From, rule.To = 6, 5
	name.DefinedName = true
	link.near = true
	for _, tt := range []struct {
		of            string
		shift         Shift
		formula, want string
	}{
		{"rule", rule, `AND($A6="x",A$12>1)`, `AND($A5="x",A$12>1)`},
		{"rule", rule, `COUNTIF(A$8:A8,B8)`, `COUNTIF(A$9:A7,B7)`},
		{"rule", rule, `A$5`, `#REF!`},
		{"name", name, `People!$A$8:$B$9,People!$8:$9`, `People!$A$9:$B$10,People!$9:$10`},
		{"name", name, `People!A8+People!$A$8`, `People!A8+People!$A$9`},
		{"name", name, `People!$A$8:A8`, `People!$A$9:A8`},
		{"link", link, `People!A5`, `People!A5`},
		{"link", link, `A8`, `A9`},
		{"link", link, `A5:B5`, `A5:B5`},
	} {
		if got, ok := tt.shift.Move(tt.formula); !ok || got != tt.want {
			t.Errorf("in a %s, %s becomes %s (%v), want %s", tt.of, tt.formula, got, ok, tt.want)
		}
	}
	if got := link.Location("#'People'!A8"); got != "#'People'!A9" {
		t.Errorf("the link leads to %s", got)
	}
}

func TestASharedFormulaReadsOnFurtherAsIfFilledDown(t *testing.T) {
	for _, tt := range []struct {
		formula    string
		rows, cols int
		want       string
	}{
		{"A1+$A$1+$A1+A$1", 2, 3, "D3+$A$1+$A3+D$1"},
		{"SUM(A1:B$2)&\"A1\"", 1, 1, "SUM(B2:C$2)&\"A1\""},
		{"SUM(A:A,1:1)", 1, 1, "SUM(B:B,2:2)"},
		{"Other!A1+'x y'!A1+[1]S!A1", 1, 0, "Other!A2+'x y'!A2+[1]S!A2"},
		{"A1", -1, -1, "XFD1048576"},
		{"XFD1048576", 1, 1, "A1"},
		{"Table1[A1]+TRUE", 5, 5, "Table1[A1]+TRUE"},
	} {
		f, ok := Parse(tt.formula)
		if got := f.Beside(tt.rows, tt.cols); !ok || got != tt.want {
			t.Errorf("%s, %d rows and %d columns on, reads %s, want %s", tt.formula, tt.rows, tt.cols, got, tt.want)
		}
	}
}
