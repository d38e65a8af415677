package charset

import (
	"bytes"
	"strings"
	"testing"

	"rollcall/internal/workbook/charset/charsettest"
)

// Whatever the bytes are, they can be read in the encoding that is found and in
// those that may be meant, and what is read of them can be written so that it
// reads back, or it is refused.
func FuzzDetect(f *testing.F) {
	for _, s := range []string{
		"", "Name,Email\nAnn,a@x.com\n", "\ufeffName;Email\r\nJosé;a@x.com\r\n", "Jos\xe9;x\n", "\x82\xa0\x82\xa2,x\n", "\x1a", "\x00|c\n",
		"\xff\xfea\x00,\x00b\x00\n\x00", "a\x00,\x00", "\xef\xbb\xbf", "\xfe\xff\x00a", "\xff\xfe\x00\x00a\x00\x00\x00", "\x00\x00\xfe\xff\x00\x00\x00a", "\xff\xfe\x00",
		"Name\nZo\xc3\xab\nZo\xeb\n", "Zo\xeb\nRen\xe9e\nMa\xc5\x82gorzata,J\xf6rg\r", "\xef\xbb\xbfZo\xc3\xab\nZo\xeb", "a\n\x1b$BED\nx,\x1b(I1\x1b(B\n", "a\n~{VP~}~~,~\nc\n", "ZoÃ«,Smi\ufffdth\n",
	} {
		f.Add([]byte(s))
	}
	for _, s := range charsettest.Samples {
		for _, enc := range strings.Fields(s.Encodings) {
			data, _ := Encode([]byte(s.Rows), enc)
			f.Add(data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d := Detect(data)
		if d.BOM > len(data) {
			t.Fatalf("mark of %d bytes in %d", d.BOM, len(data))
		}
		text, err := d.Decode(data)
		if err != nil {
			t.Fatalf("detected %s, which does not decode: %v", d.Encoding, err)
		}
		Garbled(string(text))
		for _, name := range readableIn(t, data, d) {
			out, err := Encode(text, name)
			if err != nil {
				continue // it is not possible, and says so
			}
			if back, err := decode(out, name); err != nil || !bytes.Equal(back, text) {
				t.Fatalf("%q in %s is %q, which reads %q, %v", text, name, out, back, err)
			}
		}
		if alone := d.Alone(); d.Mixed == nil && d.Encoding == "UTF-8" && !alone.Reads(data[d.BOM:], text) {
			t.Fatalf("%q reads otherwise alone", data)
		}
	})
}

// readableIn names the encodings that a detection offers, all of which can be
// read.
func readableIn(t *testing.T, data []byte, d Detection) []string {
	t.Helper()
	names := []string{d.Encoding}
	for _, g := range d.Doubt {
		if _, err := (Detection{Encoding: g.Encoding}).Decode(data); err != nil {
			t.Fatalf("offered %s, which does not decode: %v", g.Encoding, err)
		}
		names = append(names, g.Encoding)
	}
	if d.Mixed != nil {
		names = append(names, d.Mixed.Older())
	}
	return names
}
