package workbook

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"rollcall/internal/problem"
	"rollcall/internal/workbook/charset"
)

func TestACellIsWrittenAsItsEncodingHasIt(t *testing.T) {
	tests := []struct {
		encoding, text, want string // want is "" for a text that is refused
	}{
		{"ISO-2022-JP", "田中", "\x1b$BEDCf\x1b(B"},
		{"ISO-2022-JP", "a\x1bb", ""},
		{"ISO-2022-JP", "\x1b$B", ""},
		{"ISO-2022-JP", "\x1b(B", ""},
		{"ISO-2022-JP", "¥", ""},
		{"ISO-2022-JP", "é", ""},
		{"ISO-2022-JP", "\\~", "\\~"},
		{"ISO-2022-JP", "a\x0eb\x0f", "a\x0eb\x0f"},
		{"HZ-GB-2312", "中", "~{VP~}"},
		{"HZ-GB-2312", "a~b", "a~~b"},
		{"HZ-GB-2312", "~{VP~}", "~~{VP~~}"},
		{"Shift_JIS", "ｱ表\\~", "\xb1\x95\\\\~"},
		{"Shift_JIS", "¥", ""},
		{"Shift_JIS", "‾", ""},
		{"Shift_JIS", "😀", ""},
		{"EUC-JP", "表ｱ", "\xc9\xbd\x8e\xb1"},
		{"EUC-JP", "¥", ""},
		{"EUC-KR", "가", "\xb0\xa1"},
		{"EUC-KR", "€", "\xa2\xe6"},
		{"Big5", "功", "\xa5\\"},
		{"Big5", "é", "\x88m"}, // HKSCS has it,
		{"GB18030", "中😀", "\xd6\xd0\x949\xfc6"},
		{"KOI8-R", "я", "\xd1"},
		{"KOI8-R", "ї", ""},
		{"KOI8-U", "ї", "\xa7"},
		{"windows-1252", "Zoë €", "Zo\xeb \x80"},
		{"windows-1252", "Łukasz", ""},
		{"windows-1252", "\ufffd", ""},
		{"windows-1253", "ª", ""},
		{"windows-1255", "\u00a4", ""},
		{"ISO-8859-1", "€", ""},
		{"IBM437", "é", "\x82"},
		{"UTF-8", "a\x1b\x00b\ufeff", "a\x1b\x00b\xef\xbb\xbf"},
		{"UTF-16LE", "😀", "=\xd8\x00\xde"},
		{"UTF-16LE", "a\xed\xa0\x80", ""}, // half a surrogate pair
		{"UTF-16BE", "é\xff", ""},
		{"UTF-32LE", "😀", "\x00\xf6\x01\x00"},
	}
	for _, tt := range tests {
		before, _ := charset.Encode([]byte("Name,Email\nAnn,"), tt.encoding)
		cell, _ := charset.Encode([]byte("a@x.com"), tt.encoding)
		after, _ := charset.Encode([]byte("\nBob,b@x.com\n"), tt.encoding)
		b := openWith(t, "a.csv", slices.Concat(before, cell, after), Options{Encoding: tt.encoding})
		out, err := b.savedCSV(context.Background(), Changes{Cells: []CellChange{{1, 1, tt.text}}})
		switch want := string(before) + tt.want + string(after); {
		case tt.want == "":
			refused(t, err, ErrEncoding, "in cell B2 (row 2, column 2) has a character that the file's encoding, "+tt.encoding+", cannot hold")
		case err != nil:
			t.Errorf("%q in %s: %v", tt.text, tt.encoding, err)
		case string(out) != want:
			t.Errorf("%q in %s is saved as %q, want %q", tt.text, tt.encoding, out, want)
		}
	}
}

// hardTexts are texts that mean something to an encoding, a dialect or whoever
// tells what a file is.
func hardTexts() []string {
	texts := []string{
		"", " ", " x ", "\"", "\"\"", "'", "''", "a\"b", "'a','b'", "\"a\",\"b\"", "a\\", "\\\"", "a,b", "a;b", "a\tb", "a|b", "a,b;c\td|e", "\n", "\r", "\r\n", "a\nb", "a\rb", "a\r\r\nb", "\n\n",
		"sep=;", "sep=,", "<html><body>", "<?xml version=\"1.0\"?>", "{\"a\":1}", "PK\x03\x04", "%PDF-1.7", "\x1f\x8b\x08", "\xef\xbb\xbf", "\ufeffx", "x\ufeff", "\ufffe", "\uffff", "\ufffd", "\u2028", "\u0085",
		"\x1b$B;aL>\x1b(B", "\x1b(J", "\x1b(I1", "\x1b$(D", "\x1b", "\x0e1\x0f", "~", "~~", "~{VP~}", "~}", "~\n", "+AGE-", "+-", "&#1234;", "¥", "‾", "\\", "－〜", "～", "ソ表", "𠮷", "ÃƒÂ©", "JosÃ©", "é", "Ł", "я", "ї", "α", "中", "가", "ｱ", "€", "😀", "\u00ca\u0304", "\x1a", "x\x1a",
	}
	for c := range rune(0xa0) {
		if c < 0x20 || c >= 0x7f {
			texts = append(texts, string(c), "x"+string(c)+"y")
		}
	}
	return texts
}

// Whatever is written into a cell of a file in whatever encoding is read back
// when the encoding is named, and when it is detected if it was before; else it
// is refused.
func TestNoTextIsReadBackAsAnotherInAnyEncoding(t *testing.T) {
	for _, encoding := range append([]string{"HZ-GB-2312", "IBM037", "x-user-defined"}, charset.Names...) {
		t.Run(encoding, func(t *testing.T) {
			refusals := 0
			for _, table := range []string{"Name,Email\r\nAnn,a@x.com\r\nBob,b@x.com\r\n", "'Name';'Email'\n'Ann';'a@x.com'\n", "\"Name\",\"Email\"\n\"A \\\"B\\\" C\",\"a@x.com\"\n"} {
				data, err := charset.Encode([]byte(table), encoding)
				if err != nil {
					t.Fatal(err)
				}
				b := openWith(t, "a.csv", data, Options{Encoding: encoding})
				detected := charset.Detect(data).Encoding == b.found.Encoding
				for n, text := range hardTexts() {
					c := Changes{Cells: []CellChange{{n % b.Table.Len(), n / 3 % 2, text}}}
					out, err := b.savedCSV(context.Background(), c)
					if errors.Is(err, ErrEncoding) || errors.Is(err, ErrMisread) {
						refusals++
						if says := problem.Sentence(err); !strings.Contains(says, "nothing was saved") {
							t.Errorf("%q is refused with %q", text, says)
						}
						continue
					}
					if err != nil {
						t.Fatal(err)
					}
					want := rowsWith(b.Table, c)
					if got, same := readsSame(out, want, Options{Encoding: encoding}); !same {
						t.Errorf("%q is saved as %q, which reads %q", text, out, got)
					}
					if got, same := readsSame(out, want, Options{}); detected && !same {
						t.Errorf("%q is saved as %q, which is taken for %q", text, out, got)
					}
				}
			}
			t.Logf("%d texts are refused", refusals)
			if strings.HasPrefix(encoding, "UTF-") && refusals > 4 {
				t.Error("Unicode holds nearly all of them")
			}
		})
	}
}

// What is in the other cells of a changed row stays, even where it could not be
// written.
func TestTheBytesOfUnchangedCellsStay(t *testing.T) {
	tests := []struct {
		name, encoding, data string
		changes              Changes
		want                 string
	}{
		{"a byte that is no character", "windows-1253", "Name,Email\n\xd2\xaa,a@x.com\n", Changes{Cells: []CellChange{{1, 1, "b@x.com"}}}, "Name,Email\n\xd2\xaa,b@x.com\n"},
		{"a character of the user's own", "Shift_JIS", "Name,Email\n\xf0\x40\x8e\x52,a@x.com\n", Changes{Cells: []CellChange{{1, 1, "b@x.com"}}}, "Name,Email\n\xf0\x40\x8e\x52,b@x.com\n"},
		{"a second byte like a separator", "Shift_JIS", "a|b\n\x83|\xf0\x40|x|\x83|\n", Changes{Cells: []CellChange{{1, 1, "y"}}}, "a|b\n\x83|\xf0\x40|y|\x83|\n"},
		{"half a surrogate pair", "UTF-16LE", "a\x00,\x00b\x00\n\x00\x00\xd8,\x00b\x00\n\x00", Changes{Cells: []CellChange{{1, 1, "c"}}}, "a\x00,\x00b\x00\n\x00\x00\xd8,\x00c\x00\n\x00"},
		{"another name of ASCII", "ISO-2022-JP", "a,b\n\x1b$BED\x1b(Jx,y\n", Changes{Cells: []CellChange{{1, 1, "z"}}}, "a,b\n\x1b$BED\x1b(Jx,z\n"},
		{"another set of kanji", "ISO-2022-JP", "a,b\n\x1b$@ED\x1b(B,y\n", Changes{Cells: []CellChange{{1, 1, "z"}}}, "a,b\n\x1b$@ED\x1b(B,z\n"},
		{"a set that ends with the line", "ISO-2022-JP", "a,b\nx,\x1b$BED\ny,z\n", Changes{Cells: []CellChange{{1, 0, "c"}}}, "a,b\nc,\x1b$BED\x1b(B\ny,z\n"},
		{"a line that goes on", "HZ-GB-2312", "a,b\nc~\nd,e\n", Changes{Cells: []CellChange{{1, 1, "f"}}}, "a,b\ncd,f\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := openWith(t, "a.csv", []byte(tt.data), Options{Encoding: tt.encoding})
			out, err := b.savedCSV(context.Background(), tt.changes)
			if err != nil {
				t.Fatal(err)
			}
			if string(out) != tt.want {
				t.Errorf("saved %q, want %q", out, tt.want)
			}
			if got, same := readsSame(out, rowsWith(b.Table, tt.changes), Options{Encoding: tt.encoding}); !same {
				t.Errorf("it reads %q", got)
			}
		})
	}
}

func TestWhatWouldBeMisreadIsWrittenOtherwiseOrRefused(t *testing.T) {
	tests := []struct {
		name, data string
		changes    Changes
		want       string // "" where it is refused
		kind       error
		says       string
	}{
		{"a byte order mark in the first cell", "Name,Email\nAnn,a@x.com\n", Changes{Cells: []CellChange{{0, 0, "\ufeffName"}}}, "\"\ufeffName\",Email\nAnn,a@x.com\n", nil, ""},
		{"a web page in the first cell", "Name,Email\nAnn,a@x.com\n", Changes{Cells: []CellChange{{0, 0, "<table>"}}}, "\"<table>\",Email\nAnn,a@x.com\n", nil, ""},
		{"quotation marks among apostrophes", "'a','b'\n'c','d'\n", Changes{Cells: []CellChange{{1, 1, "5\" x 3\" x 2\""}}}, "\"a\",\"b\"\n\"c\",\"5\"\" x 3\"\" x 2\"\"\"\n", nil, ""},
		{"letters that are UTF-8 by chance", "Name,Email\nJos\xe9,a@x.com\n", Changes{Cells: []CellChange{{1, 0, "JosÃ©"}}}, "", ErrEncoding, "taken for UTF-8 instead of windows-1252, and “JosÃ©” in cell A2 (row 2, column 1) would read “José”, so nothing was saved"},
		{"an escape that begins another encoding", "Name,Email\nAnn,a@x.com\n", Changes{Cells: []CellChange{{1, 0, "\x1b$B;a"}}}, "\ufeffName,Email\n\x1b$B;a,a@x.com\n", nil, ""},
		{"the same among older letters", "Name,Email\nJos\xe9,a@x.com\n", Changes{Cells: []CellChange{{1, 0, "\x1b$B;a"}}}, "", ErrEncoding, "taken for ISO-2022-JP instead of windows-1252, and “␛$B;a” in cell A2"},
		{"a stated separator", "Name,Email\nAnn,a@x.com\n", Changes{Cells: []CellChange{{0, 0, "x"}}, Deleted: []int{1}, Inserted: []Insertion{{-1, []string{"sep=;"}}}}, "", ErrMisread, "would read"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			out, err := open(t, "a.csv", []byte(tt.data)).savedCSV(context.Background(), tt.changes)
			if tt.want == "" {
				refused(t, err, tt.kind, tt.says)
				return
			}
			if err != nil || string(out) != tt.want {
				t.Errorf("saved %q, %v, want %q", out, err, tt.want)
			}
		})
	}
}

func TestAnotherEncodingOfUnicodeIsSavedWithItsMark(t *testing.T) {
	b := open(t, "a.csv", []byte("Name;Email\nJos\xe9;a@x.com\n"))
	for encoding, mark := range map[string]string{"UTF-8": "\xef\xbb\xbf", "UTF-16LE": "\xff\xfe", "UTF-16BE": "\xfe\xff", "UTF-32LE": "\xff\xfe\x00\x00", "UTF-32BE": "\x00\x00\xfe\xff"} {
		out, err := b.savedCSV(context.Background(), Changes{Encoding: encoding})
		if err != nil {
			t.Errorf("%s: %v", encoding, err)
			continue
		}
		again := open(t, "a.csv", out)
		if !strings.HasPrefix(string(out), mark) || !again.Facts.BOM {
			t.Errorf("%s begins with %q", encoding, out[:4])
		}
		expect(t, again.Table, row("Name", "Email"), row("José", "a@x.com"))
	}
}

func TestAllTextCanBeTakenOutOfAFile(t *testing.T) {
	b := open(t, "a.csv", []byte("Name,Email\nAnn,a@x.com\n"))
	for i, c := range []Changes{{Deleted: []int{0, 1}}, {Deleted: []int{0}, Cells: []CellChange{{1, 0, ""}, {1, 1, " "}}}} {
		if out, err := b.savedCSV(context.Background(), c); err != nil || strings.TrimFunc(string(out), func(r rune) bool { return strings.ContainsRune(", \n", r) }) != "" {
			t.Errorf("%d: saved %q, %v", i, out, err)
		}
	}
}
