package workbook

import (
	"bytes"
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"rollcall/internal/cells"
	"rollcall/internal/problem"
	"rollcall/internal/workbook/charset"
	"rollcall/internal/workbook/charset/charsettest"
)

// csvSeeds are the traps that CSV files are known for.
var csvSeeds = []string{
	"Name,Email\nAnn,a@x.com\n", "\ufeffName;Email\r\nJosé;a@x.com\r\n", "Name,\"a\nb\",c\r\n\"\"\"x\"\"\",,\n", "a,\"b\nc,d\ne,\"f\n",
	"sep=;\na;b\n", "a\rb\rc", "a\r\r\nb\r\r\n", "'a','b'\n'c','d'\n", "\"a\\\"b\",c\n", "a|b\n\x00|c\n", "\xff\xfea\x00,\x00b\x00\n\x00", "a\x00,\x00",
	"Jos\xe9;x\n", "\x82\xa0\x82\xa2,x\n", "\n\n\n", "\"", "\"\"\"", "a,\"b\" ,c\n", " \"a\",b\n", "a\t\"b\"\"\tc\n", "\x1a", "a,b\x1a", ",,,\n,,\n", "\"a\n\n\nb\"\n", "a,b,\"c\nd,e,\"f\n\"g,h\n",
	"\x1b$B;aL>\x1b(B,a\n", "a,b\n\"c\"d\"e\",f\n\"g,h\n", "\xef\xbb\xbf", "\xfe\xff\x00a",
	"Name,Email\nZo\xc3\xab,a@x.com\nZo\xeb,b@x.com\n", "Name,Email\nZo\xeb,a@x.com\nRen\xe9e,b@x.com\nMa\xc5\x82gorzata,J\xf6rg\n", "a,b\n\x1b$BED\nx,\x1b(I1\x1b(B\n", "a,b\n~{VP~}~~,~\nc\n", "\"a,b\"\n\"c,\"\"d,e\"\"\"\n\"f,g@h.i\"\n",
}

// Whatever the bytes are, they are a CSV or refused with a sentence, and a CSV has
// a separator.
func FuzzSniff(f *testing.F) {
	for _, s := range csvSeeds {
		f.Add([]byte(s))
	}
	for _, s := range charsettest.Samples {
		for _, enc := range strings.Fields(s.Encodings) {
			data, _ := charset.Encode([]byte(s.Rows), enc)
			f.Add(data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := sniff(inputOf("a.csv", data)); err != nil && !isProblem(err) {
			t.Fatalf("refused without a sentence: %v", err)
		}
		text, err := decoded(data, charset.Detect(data))
		if err != nil {
			t.Fatalf("what was detected does not decode: %v", err)
		}
		if dialect := detectDialect(text, 0); !bytes.ContainsRune([]byte(",;\t|"), rune(dialect.sep)) {
			if stated, _ := sepLine(text); stated != dialect.sep {
				t.Fatalf("separator %q", dialect.sep)
			}
		}
	})
}

func FuzzReadCSV(f *testing.F) {
	for _, s := range csvSeeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := Read(context.Background(), "a.csv", data, Options{})
		if err != nil {
			if problem.Sentence(err) == err.Error() || !isProblem(err) {
				t.Fatalf("refused without a sentence: %v", err)
			}
			return
		}
		if b.Facts.Format != "csv" {
			return
		}
		everyCharacterIsThere(t, data, b)
		for _, o := range b.Facts.Oddities {
			if o.Line < 1 || o.What == "" {
				t.Fatalf("oddity %+v", o)
			}
		}
	})
}

// everyCharacterIsThere checks that nothing but separators, quotes, escapes,
// blanks around quotes and line ends is missing from the table.
func everyCharacterIsThere(t *testing.T, data []byte, b *Book) {
	t.Helper()
	text, err := decoded(data, b.found)
	if err != nil {
		t.Fatal(err)
	}
	drop := " \t\r\n\\" + b.Facts.Delimiter + b.Facts.Quote
	strip := func(s string) string { // byte by byte, since not all of them are characters
		return string(slices.DeleteFunc([]byte(s), func(c byte) bool { return strings.IndexByte(drop, c) >= 0 }))
	}
	var cells strings.Builder
	for r := range b.Table.Len() {
		cells.WriteString(b.Table.RowText(r))
	}
	if want, got := strip(string(text)), strip(cells.String()); got != want {
		t.Fatalf("read %q of %q", got, want)
	}
}

func FuzzReadXLSX(f *testing.F) {
	for _, rows := range []string{
		`<row r="1"><c r="A1"><v>1</v></c></row>`, `<row><c t="inlineStr"><is><r><t>a</t></r><rPh><t>b</t></rPh></is></c></row>`, `<row r="3"/><row r="2"><c r="XFD2" t="b"><v>1</v></c></row>`,
		`<row r="1" hidden="1"><c r="A1" s="9" t="e"><f>1</f><v>#N/A</v></c></row>`, `<x:row><![CDATA[x]]><!-- y --></x:row>`, `<row r="1000"><c r="A1000" s="1"><v>44197.5</v></c></row>`, `&#x41;`, `<row r="1"><c r="A1"`,
	} {
		f.Add(sheetXML(rows), "yyyy-mm-dd;@", "<sst><si><t>a</t></si></sst>")
	}
	f.Add(sheetXML(`<row r="1"><c r="A1" s="1"><v>-1234.5</v></c></row>`), `[>=100]#,##0.00_);[Red]\(# ?/?\);"x"0E+0`, "<sst/>")
	f.Fuzz(func(t *testing.T, sheet, format, shared string) {
		if len(sheet) > 1<<16 || len(shared) > 1<<16 || !utf8.ValidString(format) {
			return
		}
		p := workbookParts("").styled(format).with("xl/worksheets/sheet1.xml", sheet).with("xl/sharedStrings.xml", shared)
		data := p.bytes(t)
		b, err := Read(context.Background(), "a.xlsx", data, Options{})
		if err != nil {
			if !isProblem(err) {
				t.Fatalf("refused without a sentence: %v", err)
			}
			return
		}
		if b.Table.Len() == 0 || b.Table.Len() > 5000 {
			return
		}
		out, err := b.savedXLSX(context.Background(), Changes{Cells: []CellChange{{b.Table.Len() - 1, 0, "changed <&>"}}})
		if errors.Is(err, ErrDamaged) || errors.Is(err, ErrFormula) {
			return // it was not saved, and says so
		}
		if err != nil {
			t.Fatalf("saving: %v", err)
		}
		again, err := Read(context.Background(), "a.xlsx", out, Options{})
		if err != nil || again.Table.Cell(b.Table.Len()-1, 0) != "changed <&>" {
			t.Fatalf("read again: %v", err)
		}
	})
}

// fuzzedEncodings are those in which FuzzRoundTrip opens and saves; "" is the
// one that is detected, or that was found.
var fuzzedEncodings = []string{"", "", "", "UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "windows-1252", "windows-1253", "Shift_JIS", "ISO-2022-JP", "HZ-GB-2312", "GB18030", "Big5", "EUC-KR", "IBM037"}

// fuzzedChanges are the changes that a number stands for: its lowest four bits
// are what happens besides the change of one cell.
func fuzzedChanges(b *Book, row, col int, text, other string, how uint16) Changes {
	rows, width := b.Table.Len(), max(1, b.dialect.width)
	row, col = abs(row)%rows, abs(col)%(width+1)
	c := Changes{Cells: []CellChange{{row, col, text}}, Encoding: fuzzedEncodings[how>>4&15]}
	if how&1 != 0 {
		c.Cells = append(c.Cells, CellChange{(row + 1) % rows, (col + 1) % width, other})
	}
	if how&2 != 0 {
		c.Deleted = []int{(row + 2) % rows}
	}
	if how&4 != 0 {
		c.Inserted = append(c.Inserted, Insertion{row, []string{other, text}})
	}
	if how&8 != 0 {
		c.Inserted = append(c.Inserted, Insertion{-1, []string{text}}, Insertion{rows - 1, []string{}})
	}
	return c
}

// rowsWith are the rows of a table with changes.
func rowsWith(t *cells.Table, c Changes) [][]string {
	inserted := map[int][][]string{}
	for _, x := range c.Inserted {
		inserted[x.After] = append(inserted[x.After], x.Cells)
	}
	out := inserted[-1]
	for r, row := range rowsOf(t) {
		for _, x := range c.Cells {
			if x.Row != r {
				continue
			}
			for len(row) <= x.Col {
				row = append(row, "")
			}
			row[x.Col] = x.Text
		}
		if !slices.Contains(c.Deleted, r) {
			out = append(out, row)
		}
		out = append(out, inserted[r]...)
	}
	return out
}

// sameRows compares rows, empty cells at their ends aside.
func sameRows(a, b [][]string) bool {
	return slices.EqualFunc(a, b, func(x, y []string) bool { return slices.Equal(trimmed(x), trimmed(y)) })
}

func trimmed(row []string) []string {
	for len(row) > 0 && row[len(row)-1] == "" {
		row = row[:len(row)-1]
	}
	return row
}

// readsSame says that data read as rows: in the encoding that is detected, or in
// one of those that a person is then asked to choose from.
func readsSame(data []byte, want [][]string, o Options) (got [][]string, same bool) {
	again, err := Read(context.Background(), "a.csv", data, o)
	if errors.Is(err, ErrEmpty) {
		return nil, strings.TrimFunc(strings.Join(slices.Concat(want...), ""), unseen) == ""
	}
	if err != nil {
		return [][]string{{err.Error()}}, false
	}
	if got = rowsOf(again.Table); sameRows(got, want) {
		return got, true
	}
	for _, choice := range again.Facts.EncodingChoices {
		o.Encoding = choice.Encoding
		if again, err := Read(context.Background(), "a.csv", data, o); err == nil && sameRows(rowsOf(again.Table), want) {
			return got, true
		}
	}
	return got, false
}

// What is saved is read again cell by cell, whether the encoding is named or
// detected, or it is refused.
func FuzzRoundTrip(f *testing.F) {
	for i, s := range csvSeeds {
		f.Add([]byte(s), i%3, i%2, "a,\"b\"\r\n;c", "é", uint16(i))
		f.Add([]byte(s), i%2, i%3, "\x1b$B", "=\ufeff'", uint16(i)<<4)
		f.Add([]byte(s), i%2, i%3, "José", "王", uint16(i)<<8|uint16(i)<<4|15)
	}
	for i, s := range charsettest.Samples {
		for _, enc := range strings.Fields(s.Encodings) {
			data, _ := charset.Encode([]byte(s.Rows), enc)
			f.Add(data, i%3, i%2, "Müller, \"J\"", "x;y", uint16(i))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte, row, col int, text, other string, how uint16) {
		o := Options{Encoding: fuzzedEncodings[how>>8&15]}
		b, err := Read(context.Background(), "a.csv", data, o)
		if err != nil || b.Facts.Format != "csv" || b.Table.Len() == 0 || len(data) > 1<<14 || !utf8.ValidString(text+other) {
			return
		}
		same, err := b.savedCSV(context.Background(), Changes{})
		if err != nil || !bytes.Equal(same, data) {
			t.Fatalf("saved without changes, %q became %q", data, same)
		}
		c := fuzzedChanges(b, row, col, text, other, how)
		out, err := b.savedCSV(context.Background(), c)
		if errors.Is(err, ErrEncoding) || errors.Is(err, ErrMisread) {
			return // it was not saved, and says so
		}
		if err != nil {
			t.Fatal(err)
		}
		want := rowsWith(b.Table, c)
		detected := o.Encoding == "" || c.Encoding != "" && c.Encoding != o.Encoding || charset.Detect(data).Encoding == b.found.Encoding
		if got, same := readsSame(out, want, Options{}); !same && detected {
			t.Fatalf("%q with %+v is saved as %q, which reads %q, not %q", data, c, out, got, want)
		}
		if o.Encoding = cmp.Or(c.Encoding, b.Facts.Encoding); b.found.Mixed != nil && c.Encoding == "" {
			return // named, the encoding is taken for that of all lines
		}
		if got, same := readsSame(out, want, o); !same {
			t.Fatalf("%q with %+v is saved as %q, which reads %q in %s, not %q", data, c, out, got, o.Encoding, want)
		}
	})
}

func abs(n int) int {
	if n < 0 {
		return max(0, -n)
	}
	return n
}

// Rows are left out and put in wherever a formula or a range stands; what comes
// out is read as it should be, or it was not saved.
func FuzzMoveRows(f *testing.F) {
	f.Add("A1+$B$2", "A1:B2", "<mergeCell ref=\"A2:B3\"/>", `ref="C1:C3"`, 1, 2)
	f.Add("SUM(People!A1:A9)&\"x\"", "A:A", "<mergeCell ref=\"A1\"/>", `t="shared" si="0" ref="C1:C3"`, 0, 0)
	f.Add("'a''b'!A1:B2", "$A$1 B2:B3", "", `t="array" ref="C1:C3"`, 2, -1)
	f.Add("[1]S!A1:INDEX(A:A,2)+Table1[[#This Row],[a]]+{1,\"}\"}", "B3", "", `t="dataTable" ref="C1:C3" r1="A3"`, 0, 2)
	f.Add("People!A1:People!B2 S1:S2!A1#", "XFD1048576", "", `t="shared" si="1"`, 1, 1)
	f.Fuzz(func(t *testing.T, formula, refs, merges, kind string, deleted, after int) {
		if len(formula)+len(refs)+len(merges)+len(kind) > 2000 || !utf8.ValidString(formula+refs+merges+kind) {
			return
		}
		text := escapeXML(formula)
		rows := `<row r="1"><c r="A1"><v>1</v></c><c r="C1"><f ` + kind + `>` + text + `</f><v>4</v></c></row><row r="2"><c r="B2"><f>` + text + `</f><v>2</v></c><c r="C2"><f ` + kind + `/><v>5</v></c></row><row><c><v>3</v></c><c r="C3"><f t="shared" si="0"/></c></row>`
		beside := `<mergeCells>` + merges + `</mergeCells><conditionalFormatting sqref="` + escapeXML(refs) + `"><cfRule><formula>` + text + `</formula></cfRule></conditionalFormatting><extLst><ext><x14:dataValidation><x14:formula1><xm:f>` + text + `</xm:f></x14:formula1><xm:sqref>` + escapeXML(refs) + `</xm:sqref></x14:dataValidation></ext></extLst>`
		p := twoSheets(`<sheetData><row><c><f `+kind+`>`+text+`</f></c></row></sheetData>`).with("xl/worksheets/sheet1.xml", xmlHead+`<worksheet xmlns="`+mainNS+`"><sheetData>`+rows+`</sheetData>`+beside+`</worksheet>`)
		if wellFormed(p["xl/worksheets/sheet1.xml"]+p["xl/worksheets/sheet2.xml"]) != nil {
			return // what is not well-formed stays so
		}
		b, err := Read(context.Background(), "a.xlsx", p.bytes(t), Options{})
		if err != nil || b.Table.Len() != 3 {
			return
		}
		changes, err := b.byRow(Changes{Deleted: []int{abs(deleted) % 3}, Inserted: []Insertion{{abs(after)%4 - 1, []string{"new"}}}, Cells: []CellChange{{abs(after) % 3, 2, "typed"}}})
		if err != nil {
			t.Fatal(err)
		}
		out, err := b.patchedXLSX(context.Background(), b.source, changes)
		if err != nil {
			return // it is not done here
		}
		if err := b.confirm(context.Background(), out, changes); err != nil {
			t.Fatalf("%v after moving rows of %s", err, p["xl/worksheets/sheet1.xml"])
		}
		if err := wellFormed(partOf(t, out, "xl/worksheets/sheet1.xml") + partOf(t, out, "xl/worksheets/sheet2.xml")); err != nil {
			t.Fatalf("%v after moving rows of %s", err, p["xl/worksheets/sheet1.xml"])
		}
	})
}

// wellFormed reads XML to its end.
func wellFormed(text string) error {
	for d := xml.NewDecoder(strings.NewReader(text)); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}
