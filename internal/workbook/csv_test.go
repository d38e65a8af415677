package workbook

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
)

func row(cells ...string) []string { return append([]string{}, cells...) }

func TestCSVIsReadAsAPersonWouldReadIt(t *testing.T) {
	tests := []struct {
		name string
		text string
		want [][]string
		odd  []Oddity
	}{
		{"plain", "Name,Email\nAnn,a@x.com\n", [][]string{row("Name", "Email"), row("Ann", "a@x.com")}, nil},
		{"without a last line end", "Name,Email\nAnn,a@x.com", [][]string{row("Name", "Email"), row("Ann", "a@x.com")}, nil},
		{"quoted separators and line breaks", "Name,Email\r\n\"Doe, John\",\"a@x.com\r\nb@x.com\"\r\nBob,b@x.com\r\n",
			[][]string{row("Name", "Email"), row("Doe, John", "a@x.com\r\nb@x.com"), row("Bob", "b@x.com")}, nil},
		{"doubled quotes", "Name,Email\n\"Ann \"\"A\"\" Lee\",a@x.com\n", [][]string{row("Name", "Email"), row(`Ann "A" Lee`, "a@x.com")}, nil},
		{"escaped quotes", "Name,Email\n\"Ann \\\"A\\\" Lee\",a@x.com\n", [][]string{row("Name", "Email"), row(`Ann "A" Lee`, "a@x.com")}, nil},
		{"a folder before a closing quote is no escape", "Name,Folder\nAnn,\"C:\\\"\nBob,\"D:\\\"\n", [][]string{row("Name", "Folder"), row("Ann", `C:\`), row("Bob", `D:\`)}, nil},
		{"blank lines are rows", "Name,Email\n\nAnn,a@x.com\n\n", [][]string{row("Name", "Email"), {}, row("Ann", "a@x.com"), {}}, nil},
		{"CR only", "Name,Email\rAnn,a@x.com\rBob,b@x.com\r", [][]string{row("Name", "Email"), row("Ann", "a@x.com"), row("Bob", "b@x.com")}, nil},
		{"line ends translated twice", "Name,Email\r\r\nAnn,a@x.com\r\r\n", [][]string{row("Name", "Email"), row("Ann", "a@x.com")},
			[]Oddity{{1, "The lines end in a carriage return too many. Each was read as one line."}}},
		{"a quote that is never closed", "Name,Email,Role\nAnn,\"a@x.com,User\nBob,b@x.com,User\nCid,c@x.com,Admin\n",
			[][]string{row("Name", "Email", "Role"), row("Ann", "a@x.com", "User"), row("Bob", "b@x.com", "User"), row("Cid", "c@x.com", "Admin")},
			[]Oddity{{2, oddUnclosed}}},
		{"a quote that is never closed before a well quoted row", "Name,Email,Role\nAnn,\"a@x.com,User\n\"Doe, Bob\",b@x.com,User\n",
			[][]string{row("Name", "Email", "Role"), row("Ann", "a@x.com", "User"), row("Doe, Bob", "b@x.com", "User")},
			[]Oddity{{2, oddUnclosed}}},
		{"an unclosed quote that a later one seems to close", "Name,Email,Role,Note\nAnn,\"a@x.com,User,x\nBob,b@x.com,User,x\nCid,c@x.com,User\",x\n",
			[][]string{row("Name", "Email", "Role", "Note"), row("Ann", "a@x.com", "User", "x"), row("Bob", "b@x.com", "User", "x"), row("Cid", "c@x.com", `User"`, "x")},
			[]Oddity{{2, oddUnclosed}, {4, oddStray}}},
		{"an unclosed quote in the last column", "Name,Email,Groups\nAnn,a@x.com,\"Trading,Ops\nBob,b@x.com,none\n",
			[][]string{row("Name", "Email", "Groups"), row("Ann", "a@x.com", "Trading,Ops"), row("Bob", "b@x.com", "none")},
			[]Oddity{{2, oddUnclosed}}},
		{"quotes inside a cell", "Name,Email\nAnn \"A\" Lee,a@x.com\n", [][]string{row("Name", "Email"), row(`Ann "A" Lee`, "a@x.com")}, []Oddity{{2, oddStray}}},
		{"quotes inside a quoted cell", "Name,Email\n\"Ann \"A\" Lee\",a@x.com\n", [][]string{row("Name", "Email"), row(`Ann "A" Lee`, "a@x.com")}, []Oddity{{2, oddInner}}},
		{"a quoted nickname in front", "Name,Email\n\"Bob\" Smith,a@x.com\n", [][]string{row("Name", "Email"), row(`"Bob" Smith`, "a@x.com")}, []Oddity{{2, oddStray}}},
		{"blanks after the separator", "Name, Email\nAnn, \"a@x.com, b@x.com\"\n", [][]string{row("Name", " Email"), row("Ann", "a@x.com, b@x.com")}, []Oddity{{2, oddBefore}}},
		{"NULs", "Name,Email\nA\x00nn,a@x.com\n", [][]string{row("Name", "Email"), row("A\x00nn", "a@x.com")},
			[]Oddity{{2, "This line holds a zero character (NUL). It was kept as part of the text."}}},
		{"ragged rows", "Name,Email,Role\nAnn,a@x.com\nBob,b@x.com,User,x\n", [][]string{row("Name", "Email", "Role"), row("Ann", "a@x.com"), row("Bob", "b@x.com", "User", "x")},
			[]Oddity{{2, "This row has 2 cells, fewer than the 3 that are usual here. It was read as it stands."}, {3, "This row has 4 cells, more than the 3 that are usual here. It was read as it stands."}}},
		{"apostrophes as quotes", "'Name','Email'\n'Doe, Ann','a@x.com'\n", [][]string{row("Name", "Email"), row("Doe, Ann", "a@x.com")}, nil},
		{"a stated separator", "sep=;\nName;Email\nAnn;a,b\n", [][]string{row("sep=", ""), row("Name", "Email"), row("Ann", "a,b")}, nil},
		{"an end-of-file mark", "Name,Email\nAnn,a@x.com\n\x1a", [][]string{row("Name", "Email"), row("Ann", "a@x.com")}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := open(t, "a.csv", []byte(tt.text))
			expect(t, b.Table, tt.want...)
			if fmt.Sprint(b.Facts.Oddities) != fmt.Sprint(tt.odd) {
				t.Errorf("oddities are %v, want %v", b.Facts.Oddities, tt.odd)
			}
		})
	}
}

func TestSeparatorsAreRecognised(t *testing.T) {
	tests := []struct {
		name, text, want string
	}{
		{"comma", "Name,Email\nAnn,a@x.com\n", ","},
		{"semicolon", "Name;Email\nAnn;a@x.com\n", ";"},
		{"tab", "Name\tEmail\nAnn\ta@x.com\n", "\t"},
		{"pipe", "Name|Email\nAnn|a@x.com\n", "|"},
		{"semicolon with commas in cells", "Name;Groups;Email\nDoe, Ann;Trading,Ops;a@x.com\nLee, Bob;Ops;b@x.com\n", ";"},
		{"comma with semicolons in cells", "Name,Groups,Email\nAnn,Trading;Ops;Legal,a@x.com\nBob,Ops;IT;HR,b@x.com\n", ","},
		{"comma in quotes, tab between", "Name\tEmail\n\"Doe, Ann\"\ta@x.com\n\"Lee, Bob\"\tb@x.com\n", "\t"},
		{"decimal commas", "Name;Height;Weight\nAnn;1,70;60,5\nBob;1,80;80,2\n", ";"},
		{"title rows above", "Users\nExported by Ann, 2026\n\nName;Email;Role\nAnn;a@x.com;User\nBob;b@x.com;User\n", ";"},
		{"one column", "Email\na@x.com\nb@x.com\n", ","},
		{"stated", "sep=|\nName|Email\n", "|"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := open(t, "a.csv", []byte(tt.text)).Facts.Delimiter; got != tt.want {
				t.Errorf("separator is %q, want %q", got, tt.want)
			}
		})
	}
}

func TestTheLineOfARowCountsLineBreaksInCells(t *testing.T) {
	b := open(t, "a.csv", []byte("Name,Email\n\"A\nB\",a@x.com\n\nBob,b@x.com\nX,\"\n\n\"\nY,y\n"))
	want := []int{1, 2, 4, 5, 6, 9}
	for r, line := range want {
		if got := b.Table.Line(r); got != line {
			t.Errorf("row %d is on line %d, want %d", r+1, got, line)
		}
	}
}

func TestLargeFilesReadInPartsAreTheSameAsInOne(t *testing.T) {
	var text bytes.Buffer
	text.WriteString("Name,Email,Note\n")
	for i := 0; text.Len() < 3*partBytes; i++ {
		switch i % 5 {
		case 0:
			fmt.Fprintf(&text, "\"Line %d\nbreaks\n\n in it\",u%d@example.com,%s\n", i, i, strings.Repeat("x", i%90))
		case 1:
			text.WriteString("\n")
		default:
			fmt.Fprintf(&text, "Name %d,u%d@example.com,plain\n", i, i)
		}
	}
	d := detectDialect(text.Bytes(), 0)
	whole := parsePart(context.Background(), text.Bytes(), d, 0, text.Len(), func(int) {})
	starts := []int{0, 1000, partBytes + 13, 2*partBytes + 1, text.Len()}
	// Starts in the middle of records, even of quoted ones, must not matter.
	for i := 1; i < len(starts)-1; i++ {
		starts[i] += bytes.IndexByte(text.Bytes()[starts[i]:], '\n') + 1
	}
	b := open(t, "a.csv", text.Bytes())
	if b.Table.Len() != whole.table.Len() {
		t.Fatalf("%d rows in parts, %d in one", b.Table.Len(), whole.table.Len())
	}
	for r := range whole.table.Len() {
		if b.Table.RowText(r) != whole.table.RowText(r) || b.Table.Line(r) != whole.table.Line(r) || b.Table.RowWidth(r) != whole.table.RowWidth(r) {
			t.Fatalf("row %d differs: %q on line %d, %q on line %d", r, b.Table.Row(r, nil), b.Table.Line(r), whole.table.Row(r, nil), whole.table.Line(r))
		}
	}
}

func TestHeaderIsFoundBelowWhatStandsAboveIt(t *testing.T) {
	none := 0
	second := 2
	tests := []struct {
		name, text string
		options    Options
		want       int
	}{
		{"first row", "Current Status,Display Name,Primary Email\nActive,Ann,a@x.com\n", Options{}, 1},
		{"title rows", "User list\n\nExported 2026-01-01\nName,Email,Role\nAnn,a@x.com,User\n", Options{}, 4},
		{"version line", "version:v1.0\nName [displayName] Required,User name [userPrincipalName] Required\nAnn,a@x.com\n", Options{}, 2},
		{"stated separator", "sep=,\nName,Email\nAnn,a@x.com\n", Options{}, 2},
		{"unknown headers", "Kürzel,Abteilung,Ort\nann,IT,Bern\nbob,HR,Genf\n", Options{}, 1},
		{"no header", "Active,Ann Lee,ann@x.com,User,none,\nActive,Bob Roy,bob@x.com,User,none,\n", Options{}, 0},
		{"no header, by choice", "Name,Email\nAnn,a@x.com\n", Options{HeaderRow: &none}, 0},
		{"a row, by choice", "Name,Email\nNom,Courriel\nAnn,a@x.com\n", Options{HeaderRow: &second}, 2},
		{"groups of columns above", "Person,,Account,\nName,Email,Role,Groups\nAnn,a@x.com,User,none\n", Options{}, 2},
		{"a column of addresses with its header", "Email\na@x.com\nb@x.com\n", Options{}, 1},
		{"addresses alone", "a@x.com\nb@x.com\n", Options{}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := openWith(t, "a.csv", []byte(tt.text), tt.options).Facts
			if f.HeaderRow != tt.want || (f.Header == nil) != (tt.want == 0) {
				t.Errorf("header in row %d (%v), want %d", f.HeaderRow, f.Header, tt.want)
			}
		})
	}
}

func TestErrorValuesAreNoHeaders(t *testing.T) {
	names := func(row []string) int {
		n := 0
		for _, c := range row {
			if strings.Contains(strings.ToLower(c), "name") {
				n += 2
			}
		}
		return n
	}
	for _, data := range []string{"Item,Error,Count\nx,#N/A,1\ny,#NAME?,2\nz,#REF!,3\n", "Item,#NAME?\nx,#NAME?\n"} {
		b := openWith(t, "a.csv", []byte(data), Options{HeaderScore: names})
		if want := strings.Count(data, "Count"); b.Facts.HeaderRow != want {
			t.Errorf("the header of %q is row %d, want %d", data, b.Facts.HeaderRow, want)
		}
		if got := b.Table.Cell(1, 1); got[0] != '#' {
			t.Errorf("the error value reads %q", got)
		}
	}
}

func TestRowsAroundTheUsersArePointedOut(t *testing.T) {
	f := open(t, "a.csv", []byte("Users\nName,Email\nExample: Chris,c@contoso.com\nAnn,a@x.com\n,\n \u00a0,\nTotal:,2\n")).Facts
	if got := fmt.Sprint(f.Preamble, f.HeaderRow, f.ExampleRows, f.BlankRows, f.TotalsRows); got != "[1] 2 [3] [5 6] [7]" {
		t.Errorf("preamble, header, examples, blanks, totals are %s", got)
	}
}

func TestAUserCalledExampleIsAUser(t *testing.T) {
	for text, want := range map[string]string{
		"Name,Email\nExample: Chris,chris@contoso.com\nAnn,a@x.com\n":              "[2]",
		"Name,Email\nExample: Chris,chris@northwind.com\nAnn,a@x.com\n":            "[]",
		"Name,Email\nAnn,a@x.com\nExample: Chris,chris@example.com\n":              "[]",
		"Name,Email\ne.g. Chris,e.g. chris@example.com\nAnn,a@x.com\n":             "[2]",
		"Name,Email\nExample: full name,Example: work address\nAnn,a@x.com\n":      "[2]",
		"Name,Email\nExample: A,a@example.com\nExample: B,b@b.test\nAnn,a@x.com\n": "[2 3]",
		"Name,Email\nAnn,a@x.com\nExample row\n":                                   "[]",
	} {
		if got := fmt.Sprint(open(t, "a.csv", []byte(text)).Facts.ExampleRows); got != want {
			t.Errorf("%q has example rows %s, want %s", text, got, want)
		}
	}
}

func TestTextThatIsNoSpreadsheetIsRefused(t *testing.T) {
	tests := []struct {
		name, data string
		kind       error
		says       string
	}{
		{"empty", "", ErrEmpty, "empty"},
		{"blank lines", "\n\r\n  \n", ErrEmpty, "blank lines"},
		{"only a byte order mark", "\ufeff", ErrEmpty, "blank lines"},
		{"zeros", strings.Repeat("\x00", 4096), ErrDamaged, "zero bytes"},
		{"PDF", "%PDF-1.7\n%\xe2\xe3", ErrNotSheet, "PDF"},
		{"web page", "<!DOCTYPE html><html><body><table><tr><td>a</td></tr></table></body></html>", ErrNotSheet, "web page"},
		{"table of a web page", "\n<table border=1><tr><td>a</td></tr></table>", ErrNotSheet, "web page"},
		{"XML spreadsheet", `<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>`, ErrNotSheet, "2003 XML"},
		{"JSON", `[{"name":"Ann"}]`, ErrNotSheet, "JSON"},
		{"a link to a Google sheet", `{"url":"https://docs.google.com/spreadsheets/d/1"}`, ErrNotSheet, "Google"},
		{"rich text", `{\rtf1\ansi}`, ErrNotSheet, "rich text"},
		{"picture", "\x89PNG\r\n\x1a\n\x00\x00", ErrNotSheet, "picture"},
		{"gzip", "\x1f\x8b\x08\x00", ErrNotSheet, "gzip"},
		{"binary", strings.Repeat("\x01\x02\x03\xf0\x9f\x07", 500), ErrNotSheet, "not text"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { refuse(t, "users.csv", []byte(tt.data), tt.kind, tt.says) })
	}
}

// Each of these once took a time that grew with the square of its length.
func TestHostileTextIsReadToItsEnd(t *testing.T) {
	const size = 1 << 20
	for _, unit := range []string{
		"\"a\n", "x,\"a,b\n", "\"\"", "\"", "\"\n", "\"\"\"a\n", "\"a\"b,", "\"a\"b,\"c\" d,e\n", " \"", "\\\"", "\"\\\"\\\n",
		",", "\r", "\r\r\n", "a,b,\"c\nd,e,f\ng,h,i\",j\n", "\xe9\xff\x81,\n", "\"a\n\n", "x,\"yyy,z\nk,l,m\n",
	} {
		b, err := Read(context.Background(), "a.csv", []byte("Name,Email\n"+strings.Repeat(unit, size/len(unit))), Options{})
		if errors.Is(err, ErrTooLarge) {
			continue // it is one line of more cells than a sheet has columns
		}
		if err != nil {
			t.Fatalf("%q many times: %v", unit, err)
		}
		if b.Table.Len() < 2 {
			t.Errorf("%q many times is %d rows", unit, b.Table.Len())
		}
	}
}

func TestTheReadingOfALongCSVTellsHowFarItIs(t *testing.T) {
	var mu sync.Mutex
	told, most := 0, 0
	data := users(200_000)
	_, err := Read(context.Background(), "a.csv", data, Options{Progress: func(done, total int) {
		mu.Lock()
		defer mu.Unlock()
		if told++; done > total {
			t.Errorf("%d of %d is done", done, total)
		}
		most = max(most, 100*done/total)
	}})
	if err != nil {
		t.Fatal(err)
	}
	if want := len(data) / progressBytes; told < want-4 || told > want || most < 75 {
		t.Errorf("told %d times, up to %d %%, in %d MiB", told, most, want)
	}
}
