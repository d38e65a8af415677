package workbook

import "bytes"

// recordParser reads a CSV record by record as a person would: well-formed
// records exactly as RFC 4180 says, others so that no line is swallowed by
// another's mistake. At the start of a record it has no state but its
// position, so that a file can be read in parts at once.
type recordParser struct {
	text []byte
	d    dialect
	pos  int

	start, end int // the record, without its line end
	fields     []field
	inner      []byte // where the fields stand, if the line was wrapped in quotes
	extra      int    // line breaks inside the record
	odd        []recordOdd
	lf         int // where the next line feed at or after pos is, or len(text)
	// The last outcome of looseClosing, for the line that ends at looseEnd.
	loose, looseFrom, looseEnd int

	budget int // how many bytes may still be looked ahead over line ends
}

// field is where one field stands in the text.
type field struct {
	raw, rawEnd int // with its quotes
	from, to    int // its content
	escaped     bool
}

// recordOdd is an oddity within a record: lines after its first, and what.
type recordOdd struct {
	line int
	what string
}

const (
	oddUnclosed = "A quotation mark opens here and is never closed. The line was read on its own, without the mark."
	oddStray    = "A quotation mark stands inside a cell. It was kept as part of the text."
	oddInner    = "Quotation marks inside a quoted cell are not doubled. They were kept as part of the text."
	oddAfter    = "Blanks stand between a closing quotation mark and the separator. They were kept as part of the text."
	oddWrapped  = "This whole line stands in quotation marks. The cells inside them were read."
	oddBefore   = "Blanks stand in front of an opening quotation mark. The cell was read without them."
	// aheadLimit is how far a quoted field may reach over line ends, in bytes.
	aheadLimit = 1 << 20
	// longLine is a line so long that its quotes mean nothing to a person.
	longLine = 1 << 20
)

func (p *recordParser) init(text []byte, d dialect) {
	p.text, p.d, p.pos, p.lf = text, d, 0, -1
	p.budget = 8*len(text) + aheadLimit
}

// record is the raw text of the record without its line end.
func (p *recordParser) record() []byte { return p.text[p.start:p.end] }

// blank says that the record holds nothing at all.
func (p *recordParser) blank() bool { return len(bytes.TrimSpace(p.record())) == 0 }

// filled counts the fields that hold something.
func (p *recordParser) filled() int {
	n := 0
	for _, f := range p.fields {
		if f.to > f.from {
			n++
		}
	}
	return n
}

// lineEnd finds the end of the physical line at pos, and where the next begins.
func (p *recordParser) lineEnd(pos int) (end, next int) {
	if p.lf < pos {
		if i := bytes.IndexByte(p.text[pos:], '\n'); i >= 0 {
			p.lf = pos + i
		} else {
			p.lf = len(p.text)
		}
	}
	end, next = p.lf, min(p.lf+1, len(p.text))
	if !p.d.anyCR {
		return end, next
	}
	c := bytes.IndexByte(p.text[pos:end], '\r')
	if c < 0 {
		return end, next
	}
	c += pos
	switch {
	case c == end-1:
		// CRLF, or a CR that ends the text.
		return c, next
	case c == end-2 && p.text[c+1] == '\r' && end < len(p.text):
		// CR CR LF: a line end that was translated twice.
		return c, next
	default:
		return c, c + 1
	}
}

// lineTally counts the line ends between records by their kind.
type lineTally struct{ cr, lf, crlf, crcrlf int }

// count adds the line end between end and next.
func (l *lineTally) count(text []byte, end, next int) {
	switch next - end {
	case 1:
		if text[end] == '\r' {
			l.cr++
		} else {
			l.lf++
		}
	case 2:
		l.crlf++
	case 3:
		l.crcrlf++
	}
}

func (l *lineTally) add(o lineTally) {
	l.cr += o.cr
	l.lf += o.lf
	l.crlf += o.crlf
	l.crcrlf += o.crcrlf
}

// next reads a record and returns false at the end of the text.
func (p *recordParser) next() bool {
	if p.pos >= len(p.text) {
		return false
	}
	p.start, p.extra, p.inner = p.pos, 0, nil
	p.fields, p.odd = p.fields[:0], p.odd[:0]
	end, next := p.lineEnd(p.pos)
	if end-p.pos > longLine || bytes.IndexByte(p.text[p.pos:end], p.d.quote) < 0 {
		p.end, p.pos = end, next
		p.split(p.start, end)
		return true
	}
	p.readQuoted(end, next)
	if p.d.width > 1 && p.whole() {
		p.unwrap()
	}
	return true
}

// base is the text that the fields are stretches of.
func (p *recordParser) base() []byte {
	if p.inner != nil {
		return p.inner
	}
	return p.text
}

// whole says that the record is one cell in quotation marks.
func (p *recordParser) whole() bool {
	if len(p.fields) != 1 || len(p.odd) > 0 {
		return false
	}
	f := p.fields[0]
	return f.from == f.raw+1 && f.rawEnd == f.to+1
}

// unwrap reads the cells of a line that stands in quotation marks as a whole,
// where the file is written so, or where they are as many as is usual and
// belong to a person.
func (p *recordParser) unwrap() {
	var in recordParser
	in.init(p.value(nil, p.fields[0]), p.d)
	if len(in.text) == 0 {
		return
	}
	in.readFields(len(in.text), len(in.text), false)
	if len(in.fields) < 2 || !p.d.wrapped && (len(in.fields) != p.d.width || bytes.IndexByte(in.text, '@') < 0) {
		return
	}
	p.fields = append(p.fields[:0], in.fields...)
	p.inner = in.text
	p.odd = append(p.odd, in.odd...)
	if !p.d.wrapped {
		p.note(oddWrapped)
	}
}

// split reads a stretch without quotes.
func (p *recordParser) split(from, end int) {
	if from == end && len(p.fields) == 0 {
		return
	}
	for {
		i := bytes.IndexByte(p.text[from:end], p.d.sep)
		if i < 0 {
			p.fields = append(p.fields, field{raw: from, rawEnd: end, from: from, to: end})
			return
		}
		p.fields = append(p.fields, field{raw: from, rawEnd: from + i, from: from, to: from + i})
		from += i + 1
	}
}

// readQuoted reads a record with quotation marks in its first line. Where
// quotes that reach over line ends do not give the usual number of fields and
// the lines read alone do, the first line is read alone.
func (p *recordParser) readQuoted(end, next int) {
	lf := p.lf
	after := p.readFields(end, next, true)
	if p.extra > 0 && p.d.width > 1 && len(p.fields) != p.d.width && p.swallows(end, next) {
		p.fields, p.odd, p.extra, p.lf = p.fields[:0], p.odd[:0], 0, lf
		after = p.readFields(end, next, false)
	}
	p.pos = after
}

// swallows says that the record, which reaches over the line that ends at end,
// took in lines that are records of their own: a whole line that is well formed
// with the usual number of fields, most of them filled, or a first and a last line that both have
// that number.
func (p *recordParser) swallows(end, next int) bool {
	var alone recordParser
	alone.init(p.text[:p.end], p.d)
	alone.budget = 0
	width := func(from, end, next int) int {
		alone.start, alone.pos = from, from
		alone.fields, alone.odd = alone.fields[:0], alone.odd[:0]
		alone.readFields(end, next, false)
		return len(alone.fields)
	}
	first := width(p.start, end, next) == p.d.width
	for pos := next; pos < p.end; {
		lineEnd, lineNext := alone.lineEnd(pos)
		usual := width(pos, lineEnd, lineNext) == p.d.width
		if lineEnd >= p.end {
			return first && usual
		}
		if usual && len(alone.odd) == 0 && 2*alone.filled() >= max(p.d.width, 3) {
			return true
		}
		pos = lineNext
	}
	return false
}

// readFields reads the fields of the record at p.start whose first line ends
// at end; with across, quoted fields may reach over line ends. It sets p.end
// and returns where the next record begins.
func (p *recordParser) readFields(end, next int, across bool) int {
	pos := p.start
	for {
		open := pos
		for open < end && (p.text[open] == ' ' || p.text[open] == '\t' && p.d.sep != '\t') {
			open++
		}
		if open == end || p.text[open] != p.d.quote {
			stop := p.fieldEnd(pos, end)
			if bytes.IndexByte(p.text[pos:stop], p.d.quote) >= 0 {
				p.note(oddStray)
			}
			p.fields = append(p.fields, field{raw: pos, rawEnd: stop, from: pos, to: stop})
			pos = stop
		} else {
			f, newEnd, newNext := p.quoted(pos, open, end, next, across)
			p.fields = append(p.fields, f)
			pos, end, next = f.rawEnd, newEnd, newNext
		}
		if pos >= end {
			p.end = end
			return next
		}
		pos++ // the separator
	}
}

func (p *recordParser) note(what string) {
	for _, o := range p.odd {
		if o.what == what && o.line == p.extra {
			return
		}
	}
	p.odd = append(p.odd, recordOdd{line: p.extra, what: what})
}

func (p *recordParser) fieldEnd(pos, end int) int {
	if i := bytes.IndexByte(p.text[pos:end], p.d.sep); i >= 0 {
		return pos + i
	}
	return end
}

// quoted reads the field that begins at pos and whose quote opens at open. It
// returns the field and the end of the line in which the field ends.
func (p *recordParser) quoted(pos, open, end, next int, across bool) (field, int, int) {
	c := p.closing(open+1, end, across)
	if c.ok {
		if open > pos {
			p.note(oddBefore)
		}
		f := field{raw: pos, from: open + 1, to: c.at, escaped: c.escaped}
		if c.at > end {
			lines := 0
			for c.at > end {
				lines++
				end, next = p.lineEnd(next)
			}
			p.extra += lines
		}
		f.rawEnd = p.fieldEnd(c.at+1, end)
		if f.rawEnd > c.at+1 {
			p.note(oddAfter)
		}
		return f, end, next
	}
	return p.malformed(pos, open, end, c.lone), end, next
}

// closed is the outcome of the search for a closing quote.
type closed struct {
	ok      bool
	at      int  // where the closing quote is
	escaped bool // quotes inside are escaped
	lone    bool // a quote inside the first line was neither
}

// closing looks for the quote that closes a field whose content begins at pos.
func (p *recordParser) closing(pos, end int, across bool) closed {
	limit := end
	if across && p.budget > 0 {
		limit = min(len(p.text), pos+aheadLimit)
	}
	out := closed{}
	for i := pos; i < limit; {
		j := bytes.IndexByte(p.text[i:limit], p.d.quote)
		if j < 0 {
			p.budget -= limit - pos
			return out
		}
		j += i
		if p.d.escape == '\\' && p.backslashes(pos, j)%2 == 1 {
			out.escaped = true
			i = j + 1
			continue
		}
		if j+1 < len(p.text) && p.text[j+1] == p.d.quote {
			out.escaped = true
			i = j + 2
			continue
		}
		if p.ends(j + 1) {
			if j >= end {
				p.budget -= j - pos
			}
			if p.d.escape == '\\' && bytes.IndexByte(p.text[pos:j], '\\') >= 0 {
				out.escaped = true
			}
			out.ok, out.at = true, j
			return out
		}
		out.lone = j < end
		if j >= end {
			p.budget -= j - pos
		}
		return out
	}
	p.budget -= max(0, limit-pos)
	return out
}

// backslashes counts the backslashes right before i.
func (p *recordParser) backslashes(from, i int) int {
	n := 0
	for i-n > from && p.text[i-n-1] == '\\' {
		n++
	}
	return n
}

// ends says that after blanks a separator or line end follows.
func (p *recordParser) ends(i int) bool {
	for i < len(p.text) && p.text[i] == ' ' && p.d.sep != ' ' {
		i++
	}
	return i >= len(p.text) || p.text[i] == p.d.sep || p.text[i] == '\n' || p.text[i] == '\r'
}

// malformed reads a field whose quotes are not as they should be, within its
// line: either up to a later quote before a separator, when what is between
// looks like one cell, or up to the next separator.
func (p *recordParser) malformed(pos, open, end int, lone bool) field {
	literal := field{raw: pos, rawEnd: p.fieldEnd(pos, end), from: pos}
	literal.to = literal.rawEnd
	at := p.looseClosing(open+1, end)
	if at < 0 {
		inside := p.text[open+1 : literal.rawEnd]
		if lone && bytes.IndexByte(inside, p.d.quote) >= 0 {
			p.note(oddStray)
			return literal
		}
		p.note(oddUnclosed)
		if len(p.fields) == p.d.width-1 && p.d.width > 1 {
			// In the last column the rest of the line belongs to the cell.
			literal.rawEnd, literal.to = end, end
		}
		literal.from = open + 1
		return literal
	}
	loose := field{raw: pos, rawEnd: p.fieldEnd(at+1, end), from: open + 1, to: at}
	if bytes.IndexByte(p.text[open+1:at], p.d.sep) < 0 {
		p.note(oddInner)
		return loose
	}
	ahead := len(p.fields) + 1
	if p.d.width > 1 && p.d.width <= maxRough && ahead+p.roughFields(loose.rawEnd, end) == p.d.width && ahead+p.roughFields(literal.rawEnd, end) != p.d.width {
		p.note(oddInner)
		return loose
	}
	if bytes.Count(p.text[open:literal.rawEnd], []byte{p.d.quote}) == 1 {
		p.note(oddUnclosed)
		literal.from = open + 1
		return literal
	}
	p.note(oddStray)
	return literal
}

// looseClosing is the first quote in the line with a separator or the line's
// end behind it, or -1. What was found is kept, so that a line is searched once
// however many of its cells are malformed.
func (p *recordParser) looseClosing(pos, end int) int {
	if p.looseEnd == end && pos >= p.looseFrom && (p.loose < 0 || pos <= p.loose) {
		return p.loose
	}
	p.looseFrom, p.looseEnd, p.loose = pos, end, -1
	for i := pos; i < end; i++ {
		if p.text[i] == p.d.quote && (i+1 == end || p.text[i+1] == p.d.sep) {
			p.loose = i
			break
		}
	}
	return p.loose
}

// maxRough is how many fields are worth counting ahead.
const maxRough = 64

// roughFields counts the fields behind a field that ends at pos, taking well
// formed quotes into account.
func (p *recordParser) roughFields(pos, end int) int {
	n := 0
	for pos < end && n <= maxRough {
		n++
		pos++
		if pos < end && p.text[pos] == p.d.quote {
			if c := p.closing(pos+1, end, false); c.ok && c.at < end {
				pos = c.at
			}
		}
		pos = p.fieldEnd(pos, end)
	}
	return n
}

// cell is the text of a field: as it stands, or else put into scratch, which is
// returned to be used again.
func (p *recordParser) cell(f field, scratch []byte) (text, kept []byte) {
	if !f.escaped && (f.from == f.raw || f.rawEnd == f.to || f.rawEnd == f.to+1) {
		return p.base()[f.from:f.to], scratch
	}
	scratch = p.value(scratch[:0], f)
	return scratch, scratch
}

// value appends the text of a field to dst, escapes resolved and a closing
// quote's trailing blanks kept.
func (p *recordParser) value(dst []byte, f field) []byte {
	content := p.base()[f.from:f.to]
	if !f.escaped {
		dst = append(dst, content...)
	} else {
		dst = p.unquote(dst, content)
	}
	if tail := f.to + 1; f.to < f.rawEnd && f.from > f.raw && tail < f.rawEnd {
		dst = append(dst, p.base()[tail:f.rawEnd]...)
	}
	return dst
}

// unquote resolves doubled quotes, and backslashes where they escape.
func (p *recordParser) unquote(dst, content []byte) []byte {
	for i := 0; i < len(content); i++ {
		c := content[i]
		if i+1 < len(content) {
			next := content[i+1]
			if c == p.d.quote && next == p.d.quote || c == '\\' && p.d.escape == '\\' && (next == p.d.quote || next == '\\') {
				dst = append(dst, next)
				i++
				continue
			}
		}
		dst = append(dst, c)
	}
	return dst
}
