package workbook

import (
	"bytes"
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"unicode/utf8"

	"rollcall/internal/cells"
	"rollcall/internal/workbook/charset"
)

// readCSV reads text in any encoding and dialect into a Book. Malformed text
// is read as a person would read it, and said in the facts.
func readCSV(ctx context.Context, data []byte, o Options) (*Book, error) {
	found, text, err := decodeCSV(data, o)
	if err != nil {
		return nil, err
	}
	if o.Separator < 0 || o.Separator >= utf8.RuneSelf || o.Separator == '\n' || o.Separator == '\r' || o.Separator == '"' {
		return nil, fail(ErrOption, nil, "The separator must be a single character such as a comma, a semicolon or a tab.")
	}
	if o.Sheet != "" {
		return nil, fail(ErrOption, nil, "This is a CSV file, which has no sheets, so “"+o.Sheet+"” cannot be chosen in it. Open it without naming a sheet.")
	}
	b := &Book{options: o, found: found}
	b.dialect = detectDialect(text, o.Separator)
	f := &b.Facts
	f.Format = "csv"
	f.Encoding, f.BOM, f.EncodingSure = found.Encoding, found.BOM > 0, found.Sure
	if found.Doubt != nil {
		f.EncodingChoices = readings(found.Doubt, b.dialect.sep)
	}
	f.Delimiter, f.Quote, f.Escape = string(b.dialect.sep), string(b.dialect.quote), string(b.dialect.escape)
	f.Oddities = []Oddity{}
	parts, err := parseParts(ctx, text, b.dialect, o.Progress)
	if err != nil {
		return nil, err
	}
	tables := make([]*cells.Table, len(parts))
	for i, p := range parts {
		tables[i] = p.table
	}
	b.Table = cells.Join(tables...)
	if b.Table.Width() > maxColumns {
		for row := range b.Table.Len() {
			if b.Table.RowWidth(row) > maxColumns {
				return nil, tooWide(b.Table.Line(row))
			}
		}
	}
	base := 0
	var ends lineTally
	zero := false
	for _, p := range parts {
		ends.add(p.ends)
		zero = zero || p.zero
		for _, o := range p.odd {
			f.odd(b.Table.Line(base+o.row)+o.line, o.what)
		}
		base += p.table.Len()
	}
	f.LineEnd = lineEnds(text, ends, f)
	if b.dialect.wrapped {
		f.odd(1, "The lines of this file stand in quotation marks as a whole, as if each were one cell. The cells inside them were read.")
	}
	textOddities(text, zero, found, f)
	if err := describe(b.Table, o, f); err != nil {
		return nil, err
	}
	ragged(b.Table, b.dialect, f)
	sortOddities(f)
	return b, nil
}

// csvPart is what was read from one stretch of the text.
type csvPart struct {
	from, to int // where its first record begins and its last one's line ends
	table    *cells.Table
	odd      []partOdd
	ends     lineTally
	zero     bool // it holds a zero character
	err      error
}

type partOdd struct {
	row, line int
	what      string
}

// partBytes is how much text is worth a goroutine of its own.
const partBytes = 4 << 20

// progressBytes is after how much text it is told again how far the reading is.
const progressBytes = 1 << 20

// parseParts reads the text in stretches at once. Each stretch is begun at a
// line's start in the belief that it is a record's start too; where the one
// before shows that it is not, since a quoted cell reached over it, it is read
// again from the right place.
func parseParts(ctx context.Context, text []byte, d dialect, progress func(done, total int)) ([]csvPart, error) {
	var done atomic.Int64
	told := func(bytes int) {
		if sum := done.Add(int64(bytes)); progress != nil {
			progress(min(int(sum), len(text)), len(text))
		}
	}
	starts := charset.Stretches(text, partBytes)
	parts := make([]csvPart, len(starts)-1)
	var wait sync.WaitGroup
	for i := range parts {
		wait.Add(1)
		go func() {
			defer wait.Done()
			parts[i] = parsePart(ctx, text, d, starts[i], starts[i+1], told)
		}()
	}
	wait.Wait()
	kept := parts[:0]
	at := 0
	for i, p := range parts {
		if p.from < at {
			p = parsePart(ctx, text, d, at, max(at, starts[i+1]), told)
		}
		if p.err != nil {
			return nil, p.err
		}
		at = p.to
		kept = append(kept, p)
	}
	return kept, nil
}

// parsePart reads the records that begin in text[from:to]. told is told now and
// then how many more bytes were read.
func parsePart(ctx context.Context, text []byte, d dialect, from, to int, told func(bytes int)) csvPart {
	part := csvPart{from: from, zero: bytes.IndexByte(text[from:max(from, to)], 0) >= 0}
	var p recordParser
	p.init(text, d)
	p.pos = from
	b := cells.Sized(to - from)
	var scratch []byte
	tell := from + progressBytes
	for n := 0; p.pos < to; n++ {
		if n&0xfff == 0 && ctx.Err() != nil {
			part.err = ctx.Err()
			return part
		}
		if p.pos >= tell {
			told(p.pos + progressBytes - tell)
			tell = p.pos + progressBytes
		}
		end, next := p.lineEnd(p.pos)
		if line := text[p.pos:end]; len(line) > longLine || bytes.IndexByte(line, d.quote) < 0 {
			b.AppendSplit(line, d.sep)
			part.ends.count(text, end, next)
			p.pos = next
			continue
		}
		p.next()
		part.ends.count(text, p.end, p.pos)
		for _, o := range p.odd {
			if len(part.odd) < MaxListed {
				part.odd = append(part.odd, partOdd{row: b.Rows(), line: o.line, what: o.what})
			}
		}
		for _, f := range p.fields {
			var text []byte
			text, scratch = p.cell(f, scratch)
			b.CellBytes(text)
		}
		b.ExtraLines(p.extra)
		b.EndRow()
	}
	part.to = p.pos
	part.table = b.Table()
	return part
}

// lineEnds names the usual line end and notes where others begin.
func lineEnds(text []byte, l lineTally, f *Facts) string {
	if l.crcrlf > 0 {
		i := bytes.Index(text, []byte("\r\r\n"))
		line := 1 + max(bytes.Count(text[:i], []byte{'\n'}), bytes.Count(text[:i], []byte{'\r'}))
		f.odd(line, "The lines end in a carriage return too many. Each was read as one line.")
		l.crlf += l.crcrlf
	}
	usual, most := "LF", l.lf
	if l.crlf > most {
		usual, most = "CRLF", l.crlf
	}
	if l.cr > most {
		usual, most = "CR", l.cr
	}
	if most < l.cr+l.lf+l.crlf && l.crcrlf == 0 {
		mixedLineEnds(text, usual, f)
	}
	return usual
}

// mixedLineEnds notes the first line outside quotes that ends differently from
// the usual.
func mixedLineEnds(text []byte, usual string, f *Facts) {
	line, others, first, quoted := 1, 0, 0, false
	for i := 0; i < len(text); i++ {
		kind := ""
		switch text[i] {
		case '"':
			quoted = !quoted
		case '\n':
			kind = "LF"
		case '\r':
			kind = "CR"
			if i+1 < len(text) && text[i+1] == '\n' {
				kind = "CRLF"
				i++
			}
		}
		if kind == "" {
			continue
		}
		if kind != usual && !quoted {
			if others++; first == 0 {
				first = line
			}
		}
		line++
	}
	if others > 0 {
		f.odd(first, fmt.Sprintf("From here on, %d of the lines end differently from the others. Each was read as a line of its own.", others))
	}
}

// textOddities notes characters that no text should hold.
func textOddities(text []byte, zero bool, found charset.Detection, f *Facts) {
	if zero {
		eachLineWith(text, func(line []byte) bool { return bytes.IndexByte(line, 0) >= 0 }, func(n int) {
			f.odd(n, "This line holds a zero character (NUL). It was kept as part of the text.")
		})
	}
	if found.Mixed != nil {
		mixedLines(found.Mixed, f)
	}
	if found.Encoding == "UTF-8" && !found.Valid && !charset.ValidUTF8(text) {
		eachLineWith(text, func(line []byte) bool { return !utf8.Valid(line) }, func(n int) {
			f.odd(n, "This line holds bytes that are no character in UTF-8. They were kept as they are.")
		})
	}
	garbledText(text, f)
}

// eachLineWith calls f with the number of each physical line that has it.
func eachLineWith(text []byte, has func([]byte) bool, f func(line int)) {
	n := 0
	charset.EachLine(text, func(line, _ []byte) {
		if n++; has(line) {
			f(n)
		}
	})
}
