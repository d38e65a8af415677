package workbook

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"rollcall/internal/cells"
	"rollcall/internal/problem"
)

// many is how often generated files are tried, usual unless ROLLCALL_MANY asks
// for more.
func many(usual int) int {
	if n, err := strconv.Atoi(os.Getenv("ROLLCALL_MANY")); err == nil {
		return n
	}
	return usual
}

// open reads text or bytes as a file and fails the test when it does not open.
func open(t testing.TB, name string, data []byte) *Book {
	t.Helper()
	return openWith(t, name, data, Options{})
}

func openWith(t testing.TB, name string, data []byte, o Options) *Book {
	t.Helper()
	b, err := Read(context.Background(), name, data, o)
	if err != nil {
		t.Fatalf("%s does not open: %v", name, err)
	}
	return b
}

// rowsOf copies a table out.
func rowsOf(t *cells.Table) [][]string {
	out := [][]string{}
	for r := range t.Len() {
		out = append(out, append([]string{}, t.Row(r, nil)...))
	}
	return out
}

// expect compares a table with literal rows.
func expect(t testing.TB, got *cells.Table, want ...[]string) {
	t.Helper()
	if rows := rowsOf(got); !reflect.DeepEqual(rows, want) {
		t.Errorf("read\n%s, want\n%s", show(rows), show(want))
	}
}

func show(rows [][]string) string {
	var b strings.Builder
	for _, r := range rows {
		b.WriteString("  " + strings.Join(quoteAll(r), " ") + "\n")
	}
	return b.String()
}

func quoteAll(r []string) []string {
	out := []string{}
	for _, c := range r {
		out = append(out, "‹"+strings.NewReplacer("\n", "␊", "\r", "␍", "\x00", "␀").Replace(c)+"›")
	}
	return out
}

// refuse checks that data are refused with a kind and a sentence for people.
func refuse(t testing.TB, name string, data []byte, kind error, says string) {
	t.Helper()
	_, err := Read(context.Background(), name, data, Options{})
	refused(t, err, kind, says)
}

func refused(t testing.TB, err, kind error, says string) {
	t.Helper()
	if !errors.Is(err, kind) {
		t.Fatalf("error is %v, want %v", err, kind)
	}
	if s := problem.Sentence(err); !strings.Contains(s, says) || strings.Contains(s, "!") || !strings.HasSuffix(s, ".") {
		t.Errorf("the sentence is %q, want one that says %q", s, says)
	}
}

// saved writes the book's changes to a file and returns its bytes.
func saved(t testing.TB, b *Book, name string, c Changes) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := b.Save(context.Background(), path, c); err != nil {
		t.Fatalf("saving %s: %v", name, err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// sheetXML wraps rows into a worksheet part.
func sheetXML(rows string) string {
	return xmlHead + `<worksheet xmlns="` + mainNS + `"><sheetData>` + rows + `</sheetData></worksheet>`
}

// parts are the parts of a small workbook, to be changed by a test.
type parts map[string]string

// workbookParts is a plain workbook with one sheet of the given rows.
func workbookParts(rows string) parts {
	return parts{
		"[Content_Types].xml":        xmlHead + `<Types xmlns="` + packNS + `content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
		"_rels/.rels":                xmlHead + `<Relationships xmlns="` + packNS + `relationships"><Relationship Id="rId1" Type="` + relNS + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            xmlHead + `<workbook xmlns="` + mainNS + `" xmlns:r="` + relNS + `"><sheets><sheet name="People" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": xmlHead + `<Relationships xmlns="` + packNS + `relationships"><Relationship Id="rId1" Type="` + relNS + `/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   sheetXML(rows),
	}
}

// with adds or replaces a part.
func (p parts) with(name, text string) parts {
	out := parts{}
	for k, v := range p {
		out[k] = v
	}
	out[name] = text
	return out
}

// styled adds a styles part with the given number formats, one per style from
// style 1 on.
func (p parts) styled(codes ...string) parts {
	var formats, xfs strings.Builder
	xfs.WriteString(`<xf numFmtId="0"/>`)
	for i, c := range codes {
		formats.WriteString(`<numFmt numFmtId="` + itoa(164+i) + `" formatCode="` + escapeXML(c) + `"/>`)
		xfs.WriteString(`<xf numFmtId="` + itoa(164+i) + `"/>`)
	}
	return p.with("xl/styles.xml", xmlHead+`<styleSheet xmlns="`+mainNS+`"><numFmts>`+formats.String()+`</numFmts><cellXfs>`+xfs.String()+`</cellXfs></styleSheet>`)
}

func itoa(n int) string { return strconv.Itoa(n) }

// bytes packs the parts.
func (p parts) bytes(t testing.TB) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	names := []string{}
	for name := range p {
		names = append(names, name)
	}
	for _, name := range names {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(p[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}
