package grid

import (
	"reflect"
	"testing"
)

func TestReadingWhatSpreadsheetsPutOnTheClipboard(t *testing.T) {
	tests := []struct {
		name, text string
		want       [][]string
	}{
		{"nothing", "", nil},
		{"one value", "Active", [][]string{{"Active"}}},
		{"one value of LibreOffice, with its line end", "Active\n", [][]string{{"Active"}}},
		{"two rows of Excel", "a\tb\r\nc\td\r\n", [][]string{{"a", "b"}, {"c", "d"}}},
		{"empty cells", "\t\n\tx\n", [][]string{{"", ""}, {"", "x"}}},
		{"a line break inside a cell, as Excel writes it", "\"one\ntwo\"\tx\r\n", [][]string{{"one\ntwo", "x"}}},
		{"quotes inside a quoted cell", "\"say \"\"hi\"\"\nnow\"\ty", [][]string{{"say \"hi\"\nnow", "y"}}},
		{"a tab inside a cell", "\"a\tb\"\tc", [][]string{{"a\tb", "c"}}},
		{"quotes in the middle are letters", "5\" pipe\t6\"", [][]string{{"5\" pipe", "6\""}}},
		{"a quote that never closes is a letter", "\"Smith\tJones\n", [][]string{{"\"Smith", "Jones"}}},
		{"a quoted beginning is a letter, too", "\"a\" b\tc", [][]string{{"\"a\" b", "c"}}},
		{"rows of different length", "a\nb\tc\n", [][]string{{"a"}, {"b", "c"}}},
		{"an empty row between", "a\n\nb", [][]string{{"a"}, {""}, {"b"}}},
		{"line ends of old Macs", "a\rb", [][]string{{"a"}, {"b"}}},
		// LibreOffice 7.4 puts line breaks and tabs in cells as spaces, and quotes as
		// they are; the line break of a single cell it leaves.
		{"a range of LibreOffice", "Name\tNote\tQuote\nŻółta Łąka\ttwo lines\tsaid \"hi\"\ntab inside\tplain\t\"all quoted\"\n2\t日本語\tمرحبا\n", [][]string{
			{"Name", "Note", "Quote"}, {"Żółta Łąka", "two lines", "said \"hi\""}, {"tab inside", "plain", "all quoted"}, {"2", "日本語", "مرحبا"},
		}},
		{"a range of Excel", "Diaz, \"Mia\"\t\"two\nlines of \"\"text\"\"\"\t\"\"\"all quoted\"\"\"\r\n\t\t\r\n", [][]string{
			{"Diaz, \"Mia\"", "two\nlines of \"text\"", "\"all quoted\""}, {"", "", ""},
		}},
		{"spaces stay", " a \t b", [][]string{{" a ", " b"}}},
	}
	for _, tt := range tests {
		if got := DecodeTSV(tt.text); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestWritingForTheClipboard(t *testing.T) {
	tests := []struct {
		rows [][]string
		want string
	}{
		{[][]string{{"Active"}}, "Active"},
		{[][]string{{"a", "b"}, {"c", "d"}}, "a\tb\nc\td\n"},
		{[][]string{{"one\ntwo", "5\" pipe"}}, "\"one\ntwo\"\t5\" pipe\n"},
		{[][]string{{"\"quoted\"", "a\tb"}}, "\"\"\"quoted\"\"\"\t\"a\tb\"\n"},
		{[][]string{{""}, {""}}, "\n\n"},
	}
	for _, tt := range tests {
		if got := EncodeTSV(tt.rows); got != tt.want {
			t.Errorf("EncodeTSV(%q) = %q, want %q", tt.rows, got, tt.want)
		}
	}
}

func FuzzTSVComesBackAsItWas(f *testing.F) {
	f.Add("a", "b", "c", "d")
	f.Add("", "", "", "")
	f.Add("\"", "\"\"", "a\"b", "\"a\"")
	f.Add("one\r\ntwo", "tab\there", "\r", "\n")
	f.Add("\"open", "x\"", " lead", "trail ")
	f.Fuzz(func(t *testing.T, a, b, c, d string) {
		want := [][]string{{a, b}, {c, d}}
		if got := DecodeTSV(EncodeTSV(want)); !reflect.DeepEqual(got, want) {
			t.Errorf("%q came back as %q", want, got)
		}
		DecodeTSV(a + b + c + d)
	})
}

func TestPastedBlocksRepeatOnlyOverWholeMultiples(t *testing.T) {
	tests := []struct {
		name       string
		selected   Range
		rows, cols int
		want       Range
	}{
		{"one value into a range", Range{1, 1, 4, 3}, 1, 1, Range{1, 1, 4, 3}},
		{"a block from one cell on", Range{2, 2, 2, 2}, 3, 2, Range{2, 2, 4, 3}},
		{"a row over more rows", Range{0, 0, 5, 1}, 1, 2, Range{0, 0, 5, 1}},
		{"a block that does not divide the range", Range{0, 0, 4, 0}, 2, 1, Range{0, 0, 1, 0}},
	}
	for _, tt := range tests {
		if got := pasteTarget(tt.selected, tt.rows, tt.cols); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}
