package workbook

import (
	"bytes"
	"context"
	"errors"
	"strings"
)

// csvWriter writes records into a copy of a CSV, in its dialect and encoding.
type csvWriter struct {
	d        dialect
	encoding string // of the output
	end      string // line end for new records
	quoteAll bool
	out      bytes.Buffer
}

// savedCSV is the file with its changes. Records that did not change are
// copied byte for byte.
func (b *Book) savedCSV(ctx context.Context, c Changes) ([]byte, error) {
	rows, err := b.byRow(c)
	if err != nil {
		return nil, err
	}
	w := &csvWriter{d: b.dialect, encoding: b.Facts.Encoding, end: map[string]string{"CRLF": "\r\n", "CR": "\r"}[b.Facts.LineEnd]}
	if w.end == "" {
		w.end = "\n"
	}
	if c.Encoding != "" {
		_, name, err := encodingByName(c.Encoding)
		if err != nil {
			return nil, err
		}
		w.encoding = name
	}
	data := b.original()
	if data == nil {
		return b.rebuiltCSV(w, rows)
	}
	text, err := b.found.decode(data)
	if err != nil {
		return nil, err
	}
	w.quoteAll = quotesAll(text, b.dialect)
	return b.patchedCSV(ctx, w, rows, data, b.found, text)
}

// quotesAll says that the file quotes every cell with text in its first
// records.
func quotesAll(text []byte, d dialect) bool {
	var p recordParser
	p.init(text, d)
	quoted := 0
	for n := 0; n < 20 && p.next(); n++ {
		for _, f := range p.fields {
			if f.from == f.raw && f.to > f.from {
				return false
			}
			if f.from > f.raw {
				quoted++
			}
		}
	}
	return quoted > 0
}

func (b *Book) patchedCSV(ctx context.Context, w *csvWriter, rows rowChanges, data []byte, found detected, text []byte) ([]byte, error) {
	raw := rawLines{data: data, pos: found.bom, width: 1}
	if strings.HasPrefix(found.name, "UTF-16") {
		raw.width = 2
	} else if strings.HasPrefix(found.name, "UTF-32") {
		raw.width = 4
	}
	raw.big = strings.HasSuffix(found.name, "BE")
	same := w.encoding == found.name
	w.out.Grow(len(data) + len(data)/16)
	if same {
		w.out.Write(data[:found.bom])
	} else if w.encoding == "UTF-8" {
		w.out.WriteString("\ufeff")
	}
	var p recordParser
	p.init(text, b.dialect)
	if err := w.insert(rows.inserted[-1], -1); err != nil {
		return nil, err
	}
	for row := 0; p.next(); row++ {
		if row&0xfff == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		from := raw.pos
		for range p.extra + 1 {
			raw.skip()
		}
		tail := text[p.end:p.pos]
		switch {
		case rows.deleted[row]:
		case rows.cells[row] != nil:
			if err := w.record(&p, row, rows.cells[row]); err != nil {
				return nil, err
			}
			if err := w.encode(tail, row, 0); err != nil {
				return nil, err
			}
		case same:
			w.out.Write(data[from:raw.pos])
		default:
			if err := w.encode(text[p.start:p.pos], row, 0); err != nil {
				return nil, err
			}
		}
		if ins := rows.inserted[row]; ins != nil {
			if len(tail) == 0 && !rows.deleted[row] {
				// The file ends without a line end, and so it stays.
				if err := w.encode([]byte(w.end), row, 0); err != nil {
					return nil, err
				}
			}
			if err := w.insert(ins, row); err != nil {
				return nil, err
			}
		}
	}
	if same {
		w.out.Write(data[raw.pos:])
	}
	return w.out.Bytes(), nil
}

// rebuiltCSV writes the whole table anew, for when the original is gone.
func (b *Book) rebuiltCSV(w *csvWriter, rows rowChanges) ([]byte, error) {
	if b.Facts.BOM || w.encoding != b.Facts.Encoding && w.encoding == "UTF-8" {
		if err := w.encode([]byte("\ufeff"), 0, 0); err != nil {
			return nil, err
		}
	}
	n := 0
	err := b.wanted(rows, func(row []string) error {
		n++
		return w.insert([][]string{row}, n-2)
	})
	return w.out.Bytes(), err
}

// record writes the parsed record with some of its cells replaced.
func (w *csvWriter) record(p *recordParser, row int, cells map[int]string) error {
	width := len(p.fields)
	for col := range cells {
		width = max(width, col+1)
	}
	var line []byte
	for col := range width {
		if col > 0 {
			line = append(line, w.d.sep)
		}
		text, changed := cells[col]
		switch {
		case changed:
			quoted := w.quoteAll
			if col < len(p.fields) {
				quoted = quoted || p.fields[col].from > p.fields[col].raw
			}
			before := len(line)
			line = w.cell(line, text, quoted, width == 1)
			if _, err := encodeText(line[before:], w.encoding); err != nil {
				return w.notEncodable(err, text, row, col)
			}
		case col < len(p.fields):
			line = append(line, p.base()[p.fields[col].raw:p.fields[col].rawEnd]...)
		}
	}
	switch {
	case p.inner != nil:
		line = w.cell(nil, string(line), true, true)
	case width == 1 && w.d.width > 1 && len(line) > 0 && line[0] == w.d.quote && bytes.IndexByte(line, w.d.sep) >= 0:
		// An empty cell behind it: alone, it could be taken for a whole line in
		// quotation marks.
		line = append(line, w.d.sep)
	}
	return w.encode(line, row, 0)
}

// insert writes new records.
func (w *csvWriter) insert(rows [][]string, after int) error {
	for i, cells := range rows {
		var line []byte
		for col, text := range cells {
			if col > 0 {
				line = append(line, w.d.sep)
			}
			before := len(line)
			line = w.cell(line, text, w.quoteAll && text != "", len(cells) == 1)
			if _, err := encodeText(line[before:], w.encoding); err != nil {
				return w.notEncodable(err, text, after+1+i, col)
			}
		}
		if w.d.wrapped {
			line = w.cell(nil, string(line), true, true)
		}
		if err := w.encode(append(line, w.end...), after+1+i, 0); err != nil {
			return err
		}
	}
	return nil
}

// cell appends the text of a cell, quoted where it must be or should be.
func (w *csvWriter) cell(line []byte, text string, quoted, alone bool) []byte {
	special := strings.IndexByte(text, w.d.sep) >= 0 || strings.IndexByte(text, w.d.quote) >= 0 ||
		strings.ContainsAny(text, "\r\n\x1a") || alone && text == ""
	if !quoted && !special {
		return append(line, text...)
	}
	line = append(line, w.d.quote)
	for i := range len(text) {
		switch c := text[i]; {
		case c == w.d.quote:
			line = append(line, w.d.escape, c)
		case c == '\\' && w.d.escape == '\\':
			line = append(line, c, c)
		default:
			line = append(line, c)
		}
	}
	return append(line, w.d.quote)
}

func (w *csvWriter) encode(text []byte, row, col int) error {
	out, err := encodeText(text, w.encoding)
	if err != nil {
		return w.notEncodable(err, string(text), row, col)
	}
	w.out.Write(out)
	return nil
}

func (w *csvWriter) notEncodable(err error, text string, row, col int) error {
	if !errors.Is(err, errNotEncodable) {
		return err
	}
	return fail(ErrEncoding, nil, "“"+excerpt(text)+"” in "+place(row, col)+" has a character that the file's encoding, "+w.encoding+", cannot hold, so nothing was saved. Save the file as UTF-8, which can hold all of them.")
}

// rawLines walks over the physical lines of undecoded data. In every encoding
// that is read here, the bytes of CR and LF stand for nothing else.
type rawLines struct {
	data  []byte
	pos   int
	width int // bytes per unit
	big   bool
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
