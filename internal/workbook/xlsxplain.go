package workbook

import "bytes"

// Nearly every program writes nearly all cells and shared strings in a few
// plain forms, some with a prefix before every name:
//
//	<c r="B2" s="1" t="s"><v>17</v></c>
//	<c r="B2"><f>A2+1</f><v>17</v></c>
//	<c r="B2" t="inlineStr"><is><t>Trading</t></is></c>
//	<c r="B2" s="1"/>
//	<si><t>Trading</t></si>
//
// They are recognised here at one look, several times as fast as tag by tag.
// What is written in any other way is left to the scanner, which reads every
// form and gives the same for these.

// plainForm is how the tags are written under a prefix.
type plainForm struct {
	prefix, row                   string
	rowEnd                        string
	cell, cellEnd                 string // "<c" is open to attributes, as "<f" and "<t" are
	formula, formulaEnd           string
	value, valueEnd               string // the latter with the end of the cell
	inline, inlineEnd             string
	shared, sharedEnd             string
	text, textEnd, textWithSpaces string
	letter                        int // where the first letter of a name is in a start tag
}

func formOf(prefix string) *plainForm {
	tag := func(name string) string { return "<" + prefix + name + ">" }
	end := func(name string) string { return "</" + prefix + name + ">" }
	return &plainForm{
		prefix: prefix, row: prefix + "row", rowEnd: end("row"),
		cell: "<" + prefix + "c", cellEnd: end("c"),
		formula: "<" + prefix + "f", formulaEnd: end("f"),
		value: tag("v"), valueEnd: end("v") + end("c"),
		inline: tag("is"), inlineEnd: end("is") + end("c"),
		shared: tag("si"), sharedEnd: end("si"),
		text: tag("t"), textEnd: end("t"), textWithSpaces: "<" + prefix + `t xml:space="preserve">`,
		letter: len("<") + len(prefix),
	}
}

// unprefixed is the form that nearly all programs use.
var unprefixed = formOf("")

// plainCell is a cell in a plain form.
type plainCell struct {
	col      int // from 0, -1 when it is not stated
	row      int
	style    int
	kind     byte
	self     bool   // it has no content
	computed bool   // it has a formula
	formula  []byte // as it stands
	valued   bool   // it has a value or text
	raw      []byte // which as it stands
	bare     bool   // nothing in raw stands for something else
}

// read takes the cell at the beginning of b and returns how many bytes it has,
// or 0 when it is not plain or not there to its end.
func (c *plainCell) read(b []byte, f *plainForm) int {
	i := len(f.cell)
	if len(b) < i+2 || string(b[:i]) != f.cell || b[i] != ' ' && b[i] != '>' && b[i] != '/' {
		return 0
	}
	*c = plainCell{col: -1, kind: 'n'}
	if i = c.readAttributes(b, i); i == 0 {
		return 0
	}
	if c.self = b[i] == '/'; c.self {
		if b[i+1] != '>' {
			return 0
		}
		return i + 2
	}
	i++
	if n := c.readFormula(b[i:], f); n >= 0 {
		i += n
	} else {
		return 0
	}
	n := 0
	switch {
	case i+1 < len(b) && b[i+1] == '/':
		if bytes.HasPrefix(b[i:], []byte(f.cellEnd)) {
			n = len(f.cellEnd)
		}
	case c.kind == 'i':
		c.valued = true
		c.raw, n = f.readText(b[i:], f.inline, f.inlineEnd)
	default:
		c.valued = true
		n = c.readValue(b[i:], f)
	}
	if n == 0 {
		return 0
	}
	return i + n
}

// readAttributes takes the attributes of the tag in b from i on and returns
// where it closes, with at least one byte behind. Of those r, s and t are told,
// the others are passed over.
func (c *plainCell) readAttributes(b []byte, i int) int {
	for i+8 < len(b) && b[i] == ' ' {
		i++
		name := i
		for i+2 < len(b) && isLetter(b[i]) {
			i++
		}
		if i == name || b[i] != '=' || b[i+1] != '"' {
			return 0
		}
		one := i == name+1
		i += 2
		from, ok := i, true
		switch {
		case one && b[name] == 'r':
			i, ok = c.readRef(b, i)
		case one && b[name] == 's':
			for c.style = 0; i < len(b) && b[i] >= '0' && b[i] <= '9'; i++ {
				c.style = c.style*10 + int(b[i]-'0')
			}
			ok = i-from <= 9
		case one && b[name] == 't':
			for i < len(b) && isLetter(b[i]) {
				i++
			}
			c.kind = cellKind(b[from:max(i, from+1)])
		default:
			for i < len(b) && b[i] != '"' {
				if b[i] == '<' || b[i] == '>' || b[i] == '\'' {
					return 0
				}
				i++
			}
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

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// readFormula takes the formula at the beginning of b, if there is one, and
// returns how many bytes it has, or -1 when it is not plain.
func (c *plainCell) readFormula(b []byte, f *plainForm) int {
	i := len(f.formula)
	if len(b) <= i || b[f.letter] != 'f' || string(b[:i]) != f.formula {
		return 0
	}
	n := bytes.IndexByte(b[i:], '>')
	if n < 0 || b[i] != '>' && b[i] != ' ' && b[i] != '/' || !evenQuotes(b[i:i+n]) {
		return -1
	}
	c.computed = true
	if i += n + 1; b[i-2] == '/' {
		return i
	}
	if n = bytes.IndexByte(b[i:], '<'); n < 0 || !bytes.HasPrefix(b[i+n:], []byte(f.formulaEnd)) {
		return -1
	}
	c.formula = b[i : i+n]
	return i + n + len(f.formulaEnd)
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

// readValue takes the value and the end of a cell and returns how many bytes
// both have, or 0 when they are not plain.
func (c *plainCell) readValue(b []byte, f *plainForm) int {
	from := len(f.value)
	if len(b) < from+len(f.valueEnd) || string(b[:from]) != f.value {
		return 0
	}
	i := from
	c.bare = true
	for i < len(b) && b[i] != '<' {
		c.bare = c.bare && b[i] != '&' && b[i] != '\r'
		i++
	}
	if len(b)-i < len(f.valueEnd) || string(b[i:i+len(f.valueEnd)]) != f.valueEnd {
		return 0
	}
	c.raw = b[from:i]
	return i + len(f.valueEnd)
}

// readText takes a text inside a t element, which stands between head and tail,
// and returns it and how many bytes all have.
func (f *plainForm) readText(b []byte, head, tail string) ([]byte, int) {
	if len(b) < len(head) || string(b[:len(head)]) != head {
		return nil, 0
	}
	from := len(head)
	switch rest := b[from:]; {
	case bytes.HasPrefix(rest, []byte(f.text)):
		from += len(f.text)
	case bytes.HasPrefix(rest, []byte(f.textWithSpaces)):
		from += len(f.textWithSpaces)
	default:
		return nil, 0
	}
	n := bytes.IndexByte(b[from:], '<')
	if n < 0 {
		return nil, 0
	}
	to := from + n
	text := b[from:to]
	if !bytes.HasPrefix(b[to:], []byte(f.textEnd)) {
		return nil, 0
	}
	to += len(f.textEnd)
	if len(b)-to < len(tail) || string(b[to:to+len(tail)]) != tail {
		return nil, 0
	}
	return text, to + len(tail)
}

// plain takes the plain cells that come next, and the ends of rows.
func (r *sheetReader) plain(s *xmlScanner) error {
	var c plainCell
	form := r.form
	for r.depth == 2 {
		rest := s.buf[s.pos:s.end]
		if n := c.read(rest, form); n > 0 && (c.col < 0 || c.row == r.row) {
			s.pos += n
			if err := r.plainCell(s, &c); err != nil {
				return err
			}
			continue
		}
		if !bytes.HasPrefix(rest, []byte(form.rowEnd)) || !s.pop([]byte(form.row)) {
			return nil
		}
		s.pos += len(form.rowEnd)
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
	if c.computed {
		if _, err := s.unescape(c.formula); err != nil {
			return err
		}
	}
	r.formula, r.hasValue = c.computed, c.valued
	text := c.raw
	if !c.bare {
		var err error
		if text, err = s.unescape(c.raw); err != nil {
			return err
		}
	}
	r.text = append(r.text, text...)
	s.allowed += allowText * len(text)
	return r.endCell()
}

// plain takes the plain strings that come next.
func (r *sharedReader) plain(s *xmlScanner) error {
	form := r.form
	if form == nil {
		return nil
	}
	for s.depth > 0 && !r.inside {
		text, n := form.readText(s.buf[s.pos:s.end], form.shared, form.sharedEnd)
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
