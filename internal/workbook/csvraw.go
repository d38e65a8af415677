package workbook

import (
	"bytes"
	"errors"
	"strings"

	"rollcall/internal/workbook/charset"
)

// errNotByLine marks data whose lines cannot be copied one by one: a line is not
// read alone as it is among the others (in ISO-2022-JP and HZ-GB-2312 a line may
// begin in another character set), or line ends are other bytes than usual.
var errNotByLine = errors.New("lines cannot be copied one by one")

// rawLines walks over the physical lines of undecoded data in the belief that the
// bytes of CR and LF stand for nothing else; alone shows where they do.
type rawLines struct {
	data  []byte
	pos   int
	width int // bytes per unit
	big   bool
	// encoding is that of all lines, or "" where they are in two.
	encoding string
	alone    *charset.Alone
}

// rawOf walks over the lines of data behind their byte order mark.
func rawOf(data []byte, found charset.Detection) rawLines {
	r := rawLines{data: data, pos: found.BOM, width: 1, alone: found.Alone()}
	if found.Mixed == nil {
		r.encoding = found.Encoding
	}
	if strings.HasPrefix(found.Encoding, "UTF-16") {
		r.width = 2
	} else if strings.HasPrefix(found.Encoding, "UTF-32") {
		r.width = 4
	}
	r.big = strings.HasSuffix(found.Encoding, "BE")
	return r
}

// record moves behind a record of so many lines and returns its bytes.
func (r *rawLines) record(lines int) []byte {
	from := r.pos
	for range lines {
		r.skip()
	}
	return r.data[from:r.pos]
}

// skip moves behind the line at pos and its line end.
func (r *rawLines) skip() {
	for r.pos < len(r.data) {
		c := r.unit(r.pos)
		r.pos = min(r.pos+r.width, len(r.data))
		if c == '\n' {
			return
		}
		if c != '\r' {
			if r.width == 1 {
				if i := bytes.IndexAny(r.data[r.pos:], "\r\n"); i > 0 {
					r.pos += i
				} else if i < 0 {
					r.pos = len(r.data)
				}
			}
			continue
		}
		switch {
		case r.unit(r.pos) == '\n':
			r.pos += r.width
		case r.unit(r.pos) == '\r' && r.unit(r.pos+r.width) == '\n':
			r.pos += 2 * r.width
		}
		return
	}
}

// unit is the code unit at i when it is an ASCII character, else 0.
func (r *rawLines) unit(i int) byte {
	if i < 0 || i+r.width > len(r.data) {
		return 0
	}
	low := i
	if r.big {
		low = i + r.width - 1
	}
	for j := i; j < i+r.width; j++ {
		if j != low && r.data[j] != 0 {
			return 0
		}
	}
	return r.data[low]
}

// rawFields are the bytes of a record's fields, one after another. They may hold
// what is read but cannot be written, such as bytes that stand for no character.
type rawFields struct {
	rawLines
	sep   byte
	tries int
}

// mostTries bounds how many separators of a record are taken for its fields'
// ends, since some stand inside of them.
const mostTries = 1000

// fields are the fields of a record's bytes, or nil where these are the text's
// own or are not known.
func (r *rawLines) fields(record []byte, sep byte) *rawFields {
	if record == nil || r.encoding == "" || r.encoding == "UTF-8" {
		return nil
	}
	return &rawFields{rawLines: rawLines{data: record, width: r.width, big: r.big, encoding: r.encoding, alone: r.alone}, sep: sep, tries: mostTries}
}

// next is the bytes of the next field, which reads as text, or nil where they
// cannot be told.
func (f *rawFields) next(text []byte) []byte {
	if f == nil {
		return nil
	}
	at := f.pos
	if usual, err := charset.Encode(text, f.encoding); err == nil && bytes.HasPrefix(f.data[at:], usual) {
		at += len(usual)
	}
	for ; at <= len(f.data) && f.tries > 0; at += f.width {
		if c := f.unit(at); at < len(f.data) && c != f.sep && c != '\n' && c != '\r' {
			continue
		}
		f.tries--
		if field := f.data[f.pos:at]; f.alone.Reads(field, text) {
			f.pos = at + f.width
			return field
		}
	}
	f.tries = 0
	return nil
}
