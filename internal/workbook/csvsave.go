package workbook

import (
	"bytes"
	"context"
	"errors"
	"strings"

	"rollcall/internal/workbook/charset"
)

// csvWay is how a changed CSV is written.
type csvWay struct {
	quoted  bool // new texts stand in quotation marks even where they need none
	encoded bool // unchanged records are encoded anew instead of copied
	rebuilt bool // unchanged records are written anew, in quotes as RFC 4180 has them
	marked  bool // a byte order mark is put in front
}

// csvWays are tried one after another, the one that changes least first, until
// what was written reads back as it should.
var csvWays = []csvWay{{}, {quoted: true}, {encoded: true}, {encoded: true, quoted: true}, {marked: true}, {rebuilt: true, quoted: true}, {rebuilt: true, quoted: true, marked: true}}

// csvSave is the saving of one book as CSV.
type csvSave struct {
	b        *Book
	rows     rowChanges
	encoding string // of the output
	// same says that the output keeps the encoding of the file, line by line
	// where its lines are in two.
	same bool
	data []byte // the file as it was opened, nil where it is gone
	text []byte // what it was decoded to
	// overruled says that a person has named the encoding, and that it is not the
	// one that is detected: it will have to be named again.
	overruled bool
}

// savedCSV is the file with its changes. Records that did not change are copied
// byte for byte. What would not be read back as it should is refused.
func (b *Book) savedCSV(ctx context.Context, c Changes) ([]byte, error) {
	rows, err := b.byRow(c)
	if err != nil {
		return nil, err
	}
	s := &csvSave{b: b, rows: rows, encoding: b.Facts.Encoding, data: b.original()}
	if c.Encoding != "" {
		if s.encoding, err = charset.Canonical(c.Encoding); err != nil {
			return nil, encodingProblem(err, c.Encoding)
		}
	}
	s.same = s.encoding == b.found.Encoding && (b.found.Mixed == nil || c.Encoding == "")
	if s.data != nil && s.same && len(rows.touched()) == 0 {
		return s.data, nil
	}
	if s.data != nil {
		if s.text, err = decoded(s.data, b.found); err != nil {
			return nil, err
		}
	}
	s.overruled = b.options.Encoding != "" && s.encoding == b.found.Encoding && (s.data == nil || charset.Detect(s.data).Encoding != s.encoding)
	var refusal error
	for _, way := range csvWays {
		if !s.differs(way) {
			continue
		}
		out, err := s.written(ctx, way)
		if err == nil || ctx.Err() != nil {
			return out, err
		}
		if refusal == nil || errors.Is(refusal, errNotByLine) {
			refusal = err
		}
	}
	return nil, refusal
}

// differs says that a way comes to something else than those before it.
func (s *csvSave) differs(way csvWay) bool {
	if way.marked && (s.b.Facts.BOM || s.encoding != s.b.found.Encoding || !strings.HasPrefix(s.encoding, "UTF-")) {
		return false
	}
	switch {
	case s.data == nil: // every way is a rebuilding
		return !way.encoded
	case way.encoded: // the bytes of plain UTF-8 are the text
		return s.same && (s.encoding != "UTF-8" || s.b.found.Mixed != nil)
	default:
		return true
	}
}

// written writes the file in one way and reads it again.
func (s *csvSave) written(ctx context.Context, way csvWay) ([]byte, error) {
	w := &csvWriter{d: s.b.dialect, encoding: s.encoding, quoted: way.quoted, marked: way.marked, end: map[string]string{"CRLF": "\r\n", "CR": "\r"}[s.b.Facts.LineEnd]}
	if w.end == "" {
		w.end = "\n"
	}
	if way.rebuilt {
		w.d = dialect{sep: w.d.sep, quote: '"', escape: '"', width: w.d.width}
	}
	var err error
	if s.data == nil || way.rebuilt {
		err = s.rebuild(w)
	} else {
		w.quoteAll = quotesAll(s.text, s.b.dialect)
		if m := s.b.found.Mixed; m != nil && s.same && !way.encoded && !m.MainlyUTF8 {
			w.other = "UTF-8"
		}
		err = s.patch(ctx, w, s.same && !way.encoded)
	}
	if err == nil {
		err = s.confirm(ctx, w.out.Bytes(), s.same && !way.encoded && !way.rebuilt)
	}
	return w.out.Bytes(), err
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

// patch writes the text with its changes. With copies, the bytes of records that
// did not change are taken from the file; errNotByLine says that this cannot be
// done.
func (s *csvSave) patch(ctx context.Context, w *csvWriter, copies bool) error {
	raw := rawOf(s.data, s.b.found)
	w.out.Grow(len(s.data) + len(s.data)/16)
	if err := s.mark(w); err != nil {
		return err
	}
	var p recordParser
	p.init(s.text, s.b.dialect)
	if err := w.insert(s.rows.inserted[-1], -1); err != nil {
		return err
	}
	for row := 0; p.next(); row++ {
		if row&0xfff == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		var own []byte
		if copies {
			if own = raw.record(p.extra + 1); !raw.alone.Reads(own, p.text[p.start:p.pos]) {
				return errNotByLine
			}
		}
		if err := s.patchRecord(w, &p, row, own, &raw); err != nil {
			return err
		}
	}
	if copies {
		w.out.Write(raw.data[raw.pos:])
	}
	return nil
}

// patchRecord writes a record, whose own bytes are copied unless they are nil,
// and those behind it.
func (s *csvSave) patchRecord(w *csvWriter, p *recordParser, row int, own []byte, raw *rawLines) error {
	tail := p.text[p.end:p.pos]
	var err error
	switch cells := s.rows.cells[row]; {
	case s.rows.deleted[row]:
	case cells != nil:
		if err = w.record(p, row, cells, raw.fields(own, s.b.dialect.sep)); err == nil {
			err = w.encode(tail, row, 0)
		}
	case own != nil:
		w.out.Write(own)
	default:
		err = w.wholeRecord(p, row)
	}
	inserted := s.rows.inserted[row]
	if err == nil && inserted != nil && len(tail) == 0 && !s.rows.deleted[row] {
		// The file ends without a line end, and so it stays.
		err = w.encode([]byte(w.end), row, 0)
	}
	if err != nil {
		return err
	}
	return w.insert(inserted, row)
}

// mark writes the byte order mark: the file's own, or in another encoding of
// Unicode a new one, by which that is recognised.
func (s *csvSave) mark(w *csvWriter) error {
	if s.data != nil && s.encoding == s.b.found.Encoding && !w.marked {
		w.out.Write(s.data[:s.b.found.BOM])
		return nil
	}
	if strings.HasPrefix(s.encoding, "UTF-") && (w.marked || s.b.Facts.BOM || s.encoding != s.b.found.Encoding) {
		return w.encode([]byte("\ufeff"), 0, 0)
	}
	return nil
}

// rebuild writes the whole table anew.
func (s *csvSave) rebuild(w *csvWriter) error {
	if err := s.mark(w); err != nil {
		return err
	}
	n := 0
	return s.b.wanted(s.rows, func(row []string) error {
		n++
		return w.insert([][]string{row}, n-2)
	})
}

// csvWriter writes records into a copy of a CSV, in its dialect and encoding.
type csvWriter struct {
	d        dialect
	encoding string // of the output
	other    string // "", or the encoding of other lines, for what the first cannot hold
	end      string // line end for new records
	quoteAll bool   // the file quotes every cell with text
	quoted   bool   // every new text is quoted
	marked   bool   // a byte order mark is put in front
	out      bytes.Buffer
}

// record writes the parsed record with some of its cells replaced; own are the
// bytes of its other cells.
func (w *csvWriter) record(p *recordParser, row int, cells map[int]string, own *rawFields) error {
	width := len(p.fields)
	for col := range cells {
		width = max(width, col+1)
	}
	if p.inner != nil {
		return w.wrapped(p, row, cells, width)
	}
	for col := range width {
		if col > 0 {
			if err := w.encode([]byte{w.d.sep}, row, col); err != nil {
				return err
			}
		}
		var raw []byte
		if col < len(p.fields) {
			raw = own.next(p.base()[p.fields[col].raw:p.fields[col].rawEnd])
		}
		text, cell, changed := w.field(p, col, cells, width)
		if raw != nil && !changed {
			w.out.Write(raw)
			continue
		}
		if width == 1 {
			text = w.unlikeLine(text)
		}
		out, err := w.encoded(text)
		if err != nil {
			return w.notEncodable(err, cell, row, col)
		}
		w.out.Write(out)
	}
	return nil
}

// wrapped writes a record that stands in quotation marks as a whole.
func (w *csvWriter) wrapped(p *recordParser, row int, cells map[int]string, width int) error {
	var line []byte
	texts := make([]string, width)
	for col := range width {
		if col > 0 {
			line = append(line, w.d.sep)
		}
		var written []byte
		written, texts[col], _ = w.field(p, col, cells, width)
		line = append(line, written...)
	}
	return w.encodeRow(w.cell(nil, string(line), true, true), texts, row)
}

// field is a cell of a record as it is to be written, its text, and whether it
// changed.
func (w *csvWriter) field(p *recordParser, col int, cells map[int]string, width int) (written []byte, text string, changed bool) {
	var was field
	if col < len(p.fields) {
		was = p.fields[col]
	}
	if text, changed = cells[col]; changed {
		return w.cell(nil, text, w.quoteAll || was.from > was.raw || w.quoted && text != "", width == 1), text, true
	}
	return p.base()[was.raw:was.rawEnd], string(p.base()[was.from:was.to]), false
}

// wholeRecord writes a record as it stands, its line end included.
func (w *csvWriter) wholeRecord(p *recordParser, row int) error {
	texts := make([]string, len(p.fields))
	for col, f := range p.fields {
		texts[col] = string(p.base()[f.from:f.to])
	}
	return w.encodeRow(p.text[p.start:p.pos], texts, row)
}

// unlikeLine puts an empty cell behind a row's only one where that, alone, could
// be taken for a whole line in quotation marks.
func (w *csvWriter) unlikeLine(cell []byte) []byte {
	if w.d.width > 1 && len(cell) > 0 && cell[0] == w.d.quote && bytes.IndexByte(cell, w.d.sep) >= 0 {
		return append(cell, w.d.sep)
	}
	return cell
}

// insert writes new records.
func (w *csvWriter) insert(rows [][]string, after int) error {
	for i, cells := range rows {
		var line []byte
		for col, text := range cells {
			if col > 0 {
				line = append(line, w.d.sep)
			}
			line = w.cell(line, text, (w.quoteAll || w.quoted) && text != "", len(cells) == 1)
		}
		switch {
		case w.d.wrapped:
			line = w.cell(nil, string(line), true, true)
		case len(cells) == 1:
			line = w.unlikeLine(line)
		}
		if err := w.encodeRow(append(line, w.end...), cells, after+1+i); err != nil {
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

// encoded is a text as it is written.
func (w *csvWriter) encoded(text []byte) ([]byte, error) {
	out, err := charset.Encode(text, w.encoding)
	if err != nil && w.other != "" {
		return charset.Encode(text, w.other)
	}
	return out, err
}

func (w *csvWriter) encode(text []byte, row, col int) error {
	out, err := w.encoded(text)
	if err != nil {
		return w.notEncodable(err, string(text), row, col)
	}
	w.out.Write(out)
	return nil
}

// encodeRow writes a line, whose cells have texts.
func (w *csvWriter) encodeRow(line []byte, texts []string, row int) error {
	out, err := w.encoded(line)
	if err == nil {
		w.out.Write(out)
		return nil
	}
	for col, text := range texts {
		if _, err := w.encoded([]byte(text)); err != nil {
			return w.notEncodable(err, text, row, col)
		}
	}
	return w.notEncodable(err, string(line), row, 0)
}

func (w *csvWriter) notEncodable(err error, text string, row, col int) error {
	if !errors.Is(err, charset.ErrNotEncodable) {
		return encodingProblem(err, w.encoding)
	}
	return fail(ErrEncoding, nil, "“"+shown(text)+"” in "+place(row, col)+" has a character that the file's encoding, "+w.encoding+", cannot hold, so nothing was saved. Take it out, or save in UTF-8 or as an Excel workbook.")
}

// shown is the beginning of a text for a sentence, its control characters as the
// pictures that Unicode has of them.
func shown(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r < ' ':
			return 0x2400 + r
		case r == 0x7f:
			return 0x2421
		default:
			return r
		}
	}, excerpt(text))
}
