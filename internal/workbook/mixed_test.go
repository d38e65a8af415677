package workbook

import (
	"fmt"
	"strings"
	"testing"
)

func oddLines(f Facts) string {
	var out []string
	for _, o := range f.Oddities {
		out = append(out, fmt.Sprintf("%d %s", o.Line, o.What))
	}
	return strings.Join(out, "\n")
}

func TestLinesInAnotherEncodingAreReadInTheirOwn(t *testing.T) {
	tests := []struct {
		name, data, encoding string
		cells                []string // of the first column, header aside
		odd                  string
	}{
		{"one of each", "Name,Email\nZo\xc3\xab,a@x.com\nZo\xeb,b@x.com\n", "UTF-8", []string{"Zoë", "Zoë"}, "3 This line is in the encoding windows-1252"},
		{"one old line among UTF-8", "Name,Email\nZo\xc3\xab,a@x.com\nRen\xc3\xa9e,b@x.com\nJ\xf6rg M\xfcller,c@x.com\n", "UTF-8", []string{"Zoë", "Renée", "Jörg Müller"}, "4 This line is in the encoding windows-1252"},
		{"one UTF-8 line among old ones", "Name,Email\nZo\xeb,a@x.com\nRen\xe9e,b@x.com\nJ\xc3\xb6rg M\xc3\xbcller,c@x.com\n", "windows-1252", []string{"Zoë", "Renée", "Jörg Müller"}, "4 This line is in the encoding UTF-8, most others are in windows-1252"},
		{"both in one line", "Name,Email,Boss\nZo\xc3\xab,a@x.com,Zo\xc3\xab\nRen\xc3\xa9e,b@x.com,J\xf6rg\n", "UTF-8", []string{"Zoë", "Renée"}, "3 This line holds text in two encodings"},
		{"Cyrillic of both kinds", "Имя,Email\nАнна Петрова,a@x.com\nИван Сидоров,b@x.com\n\xc8\xe2\xe0\xed \xcf\xe5\xf2\xf0\xee\xe2,c@x.com\n", "UTF-8", []string{"Анна Петрова", "Иван Сидоров", "Иван Петров"}, "4 This line is in the encoding windows-1251"},
		{"behind a byte order mark", "\xef\xbb\xbfName,Email\nZo\xc3\xab,a@x.com\nZo\xeb,b@x.com\n", "UTF-8", []string{"Zoë", "Zoë"}, "3 This line is in the encoding windows-1252"},
		{"a byte that is no letter is damage", "Name,Email\nZo\xc3\xab,a@x.com\nZo\xc3,b@x.com\n", "UTF-8", []string{"Zoë", "Zo\xc3"}, "3 This line holds bytes that are no character"},
		{"old lines that happen to be valid", "Name,Note\nCAF\xc9\xae,x\nRen\xe9e,y\nZo\xeb,z\n", "windows-1252", []string{"CAFÉ®", "Renée", "Zoë"}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := open(t, "a.csv", []byte(tt.data))
			if b.Facts.Encoding != tt.encoding {
				t.Errorf("encoding %s, want %s", b.Facts.Encoding, tt.encoding)
			}
			for i, want := range tt.cells {
				if got := b.Table.Cell(i+1, 0); got != want {
					t.Errorf("row %d reads %q, want %q", i+2, got, want)
				}
			}
			if got := oddLines(b.Facts); !strings.HasPrefix(got, tt.odd) || tt.odd == "" && got != "" || strings.Count(got, "\n") > 0 {
				t.Errorf("oddities %q, want one that says %q", got, tt.odd)
			}
		})
	}
}

// A large file is read in stretches, as a small one is.
func TestLongFilesInTwoEncodingsAreReadLineByLine(t *testing.T) {
	rows := 2 * partBytes / 70
	b := open(t, "a.csv", twoEncodings(rows))
	for r := 1; r <= rows; r++ {
		want := []string{"Zoë Müller", "Renée Lefèvre", "Ann Smith"}[(r-1)%3]
		if got := b.Table.Cell(r, 1); !strings.HasPrefix(got, want) {
			t.Fatalf("row %d reads %q, want %q", r+1, got, want)
		}
	}
	if n := len(b.Facts.Oddities); n != MaxListed || b.Facts.Oddities[n-1].Line != 3*n {
		t.Errorf("%d oddities, the last one %+v", n, b.Facts.Oddities[n-1])
	}
}

func TestAFileInTwoEncodingsIsSavedLineByLine(t *testing.T) {
	b := open(t, "a.csv", []byte("Name,Email\nZo\xc3\xab,a@x.com\nZo\xeb,b@x.com\nRen\xe9e,c@x.com\nJ\xc3\xb6rg,d@x.com\n"))
	got := saved(t, b, "a.csv", Changes{Cells: []CellChange{{2, 1, "z@x.com"}}})
	if want := "Name,Email\nZo\xc3\xab,a@x.com\nZo\xc3\xab,z@x.com\nRen\xe9e,c@x.com\nJ\xc3\xb6rg,d@x.com\n"; string(got) != want {
		t.Errorf("saved %q, want %q", got, want)
	}
	older := "Name,Email\nZo\xeb,a@x.com\nRen\xe9e,b@x.com\nJ\xf6rg,c@x.com\n"
	got = saved(t, open(t, "a.csv", []byte(older+"Ma\xc5\x82gorzata Wi\xc5\x9bniewska,d@x.com\n")), "a.csv", Changes{Cells: []CellChange{{4, 1, "z@x.com"}}})
	if want := older + "Ma\xc5\x82gorzata Wi\xc5\x9bniewska,z@x.com\n"; string(got) != want {
		t.Errorf("saved %q, want %q", got, want)
	}
	got = saved(t, b, "b.csv", Changes{Encoding: "windows-1252"})
	if want := "Name,Email\nZo\xeb,a@x.com\nZo\xeb,b@x.com\nRen\xe9e,c@x.com\nJ\xf6rg,d@x.com\n"; string(got) != want {
		t.Errorf("saved %q, want %q", got, want)
	}
}

func TestTextGarbledBeforeIsPointedOutAndKept(t *testing.T) {
	b := open(t, "a.csv", []byte("Name,Email\nZoÃ«,a@x.com\nAnn,b@x.com\nSmi\ufffdth,c@x.com\n"))
	expect(t, b.Table, []string{"Name", "Email"}, []string{"ZoÃ«", "a@x.com"}, []string{"Ann", "b@x.com"}, []string{"Smi\ufffdth", "c@x.com"})
	if got := oddLines(b.Facts); !strings.HasPrefix(got, "2 “ZoÃ«” in this line seems to be “Zoë”") || !strings.Contains(got, "4 This line shows “\ufffd”") {
		t.Errorf("oddities: %s", got)
	}
	x := open(t, "a.xlsx", workbookParts(`<row r="3"><c r="A3" t="inlineStr"><is><t>ZoÃ«</t></is></c></row>`).bytes(t))
	if got := oddLines(x.Facts); !strings.HasPrefix(got, "3 “ZoÃ«” in this line") {
		t.Errorf("oddities of a sheet: %s", got)
	}
}
