package workbook

import "bytes"

// Nearly every program writes nearly all cells and shared strings in a few
// plain forms:
//
//	<c r="B2" s="1" t="s"><v>17</v></c>
//	<c r="B2" t="inlineStr"><is><t>Trading</t></is></c>
//	<c r="B2" s="1"/>
//	<si><t>Trading</t></si>
//
// They are recognised here at one look, several times as fast as tag by tag.
// What is written in any other way is left to the scanner, which reads every
// form and gives the same for these.

// plainCell is a cell in a plain form.
type plainCell struct {
	col   int // from 0, -1 when it is not stated
	row   int
	style int
	kind  byte
	self  bool   // it has no content
	raw   []byte // its value or text as it stands
}

// plainFirst are the bytes of the shortest tag of a cell.
const plainFirst = len(`<c/>`)

// read takes the cell at the beginning of b and returns how many bytes it has,
// or 0 when it is not plain or not there to its end.
func (c *plainCell) read(b []byte) int {
	if len(b) < plainFirst || b[0] != '<' || b[1] != 'c' || b[2] != ' ' && b[2] != '>' && b[2] != '/' {
		return 0
	}
	c.col, c.row, c.style, c.kind, c.raw = -1, 0, 0, 'n', nil
	i := c.readAttributes(b)
	if i == 0 {
		return 0
	}
	if c.self = b[i] == '/'; c.self {
		if b[i+1] != '>' {
			return 0
		}
		return i + 2
	}
	i++
	n := 0
	if c.kind == 'i' {
		c.raw, n = plainText(b[i:], "<is>", "</is></c>")
	} else {
		c.raw, n = plainValue(b[i:])
	}
	if n == 0 {
		return 0
	}
	return i + n
}

// readAttributes takes the attributes r, s and t of the tag in b and returns
// where it closes, with at least one byte behind.
func (c *plainCell) readAttributes(b []byte) int {
	i := 2
	for {
		if i+8 >= len(b) {
			return 0
		}
		if b[i] != ' ' {
			break
		}
		name := b[i+1]
		if b[i+2] != '=' || b[i+3] != '"' {
			return 0
		}
		i += 4
		from, ok := i, true
		switch name {
		case 'r':
			i, ok = c.readRef(b, i)
		case 's':
			for c.style = 0; i < len(b) && b[i] >= '0' && b[i] <= '9'; i++ {
				c.style = c.style*10 + int(b[i]-'0')
			}
			ok = i-from <= 9
		case 't':
			for i < len(b) && (b[i] >= 'a' && b[i] <= 'z' || b[i] == 'S') {
				i++
			}
			c.kind = cellKind(b[from:max(i, from+1)])
		default:
			return 0
		}
		if !ok || i == from || i >= len(b) || b[i] != '"' {
			return 0
		}
		i++
	}
	if i+1 >= len(b) || b[i] != '>' && b[i] != '/' {
		return 0
	}
	return i
}

// readRef takes a reference such as B12 that begins at i and returns where it
// ends.
func (c *plainCell) readRef(b []byte, i int) (int, bool) {
	from, col := i, 0
	for i < len(b) && b[i] >= 'A' && b[i] <= 'Z' {
		col = col*26 + int(b[i]-'A') + 1
		i++
	}
	if i == from || i-from > 3 {
		return i, false
	}
	from, c.col, c.row = i, col-1, 0
	for i < len(b) && b[i] >= '0' && b[i] <= '9' {
		c.row = c.row*10 + int(b[i]-'0')
		i++
	}
	return i, i > from && i-from <= 9
}

// plainValue takes the value and the end of a cell, and returns the value and
// how many bytes both have.
func plainValue(b []byte) ([]byte, int) {
	const head, tail = "<v>", "</v></c>"
	if len(b) < len(head)+len(tail) || string(b[:len(head)]) != head {
		return nil, 0
	}
	i := len(head)
	for i < len(b) && b[i] != '<' {
		i++
	}
	if len(b)-i < len(tail) || string(b[i:i+len(tail)]) != tail {
		return nil, 0
	}
	return b[len(head):i], i + len(tail)
}

// plainText takes a text inside a t element, which stands between head and
// tail, and returns it and how many bytes all have.
func plainText(b []byte, head, tail string) ([]byte, int) {
	if len(b) < len(head) || string(b[:len(head)]) != head {
		return nil, 0
	}
	from := len(head)
	switch rest := b[from:]; {
	case bytes.HasPrefix(rest, []byte("<t>")):
		from += len("<t>")
	case bytes.HasPrefix(rest, []byte(`<t xml:space="preserve">`)):
		from += len(`<t xml:space="preserve">`)
	default:
		return nil, 0
	}
	n := bytes.IndexByte(b[from:], '<')
	if n < 0 {
		return nil, 0
	}
	to := from + n
	text := b[from:to]
	if !bytes.HasPrefix(b[to:], []byte("</t>")) {
		return nil, 0
	}
	to += len("</t>")
	if len(b)-to < len(tail) || string(b[to:to+len(tail)]) != tail {
		return nil, 0
	}
	return text, to + len(tail)
}

// plain takes the plain cells that come next, and the ends of rows.
func (r *sheetReader) plain(s *xmlScanner) error {
	var c plainCell
	for r.depth == 2 {
		rest := s.buf[s.pos:s.end]
		if n := c.read(rest); n > 0 && (c.col < 0 || c.row == r.row) {
			s.pos += n
			if err := r.plainCell(s, &c); err != nil {
				return err
			}
			continue
		}
		if !bytes.HasPrefix(rest, []byte("</row>")) || !s.pop([]byte("row")) {
			return nil
		}
		s.pos += len("</row>")
		r.depth = 1
		if err := r.endRow(); err != nil {
			return err
		}
	}
	return nil
}

func (r *sheetReader) plainCell(s *xmlScanner, c *plainCell) error {
	r.col++
	if c.col >= 0 {
		r.col = c.col
	}
	r.kind, r.style = c.kind, c.style
	if err := r.openCell(s); err != nil || c.self {
		return err
	}
	r.hasValue = true
	text, err := s.unescape(c.raw)
	if err != nil {
		return err
	}
	r.text = append(r.text, text...)
	s.allowed += allowText * len(text)
	return r.endCell()
}

// plain takes the plain strings that come next.
func (r *sharedReader) plain(s *xmlScanner) error {
	for s.depth > 0 && !r.inside {
		text, n := plainText(s.buf[s.pos:s.end], "<si>", "</si>")
		if n == 0 {
			return nil
		}
		s.pos += n
		text, err := s.unescape(text)
		if err != nil {
			return err
		}
		r.text = append(r.text[:0], text...)
		if err := r.end(s); err != nil {
			return err
		}
	}
	return nil
}
