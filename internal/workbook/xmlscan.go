package workbook

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
)

// xmlScanner reads the XML of a workbook's parts as a stream of tags and text,
// in constant memory and without an allocation per token. It knows what those
// parts need and no more: elements by their local name (whatever prefix the
// writer chose), attributes, text, CDATA, the five named entities and
// character references. A document type declaration is refused, since its only
// use here is an entity bomb; tags must be balanced to the end, so that a part
// cut short is never taken for a whole one.
type xmlScanner struct {
	r     io.Reader
	buf   []byte
	pos   int
	end   int
	eof   bool
	names []byte // the names of the open elements, each ended by a zero
	depth int
	seen  bool // a root element was seen

	// allowed is how many bytes of input are still allowed, taken how many were
	// read, and total how many the part says that it has, 0 when unknown.
	allowed, taken, total int
	tokens                int // how many were read one by one

	kind  xmlKind
	name  []byte // local name of the tag
	full  []byte // with its prefix
	attrs []byte // raw attributes of a start tag
	text  []byte // of a text token, entities resolved
	self  bool   // the start tag closes itself; its end is not reported
	work  []byte
}

type xmlKind uint8

const (
	xmlStart xmlKind = iota + 1
	xmlEnd
	xmlText
)

const (
	xmlBuffer   = 64 << 10
	xmlMaxToken = 4 << 20
	xmlMaxDepth = 256
)

var (
	errXMLDoctype = errors.New("document type declaration in a workbook part")
	errXMLToken   = errors.New("tag or text longer than any sheet has")
	errXMLJunk    = errors.New("more in a part than its content explains")
	errXMLSyntax  = errors.New("malformed XML")
	errXMLSlow    = errors.New("too many tags that are not in a plain form")
)

func newXMLScanner(r io.Reader) *xmlScanner {
	return &xmlScanner{r: r, buf: make([]byte, xmlBuffer), allowed: math.MaxInt}
}

// fill reads more behind what is there, growing the buffer when it is full. It
// returns false at the end of the input.
func (s *xmlScanner) fill() (bool, error) {
	if s.eof {
		return false, nil
	}
	if s.pos > 0 {
		copy(s.buf, s.buf[s.pos:s.end])
		s.end -= s.pos
		s.pos = 0
	}
	if s.end == len(s.buf) {
		if len(s.buf) >= xmlMaxToken {
			return false, errXMLToken
		}
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	for tries := 0; tries < 100; tries++ {
		n, err := s.r.Read(s.buf[s.end:])
		s.end += n
		s.taken += n
		if s.allowed -= n; s.allowed < 0 {
			return false, errXMLJunk
		}
		if err == io.EOF {
			s.eof = true
			return n > 0, nil
		}
		if err != nil {
			return false, err
		}
		if n > 0 {
			return true, nil
		}
	}
	return false, io.ErrNoProgress
}

// find returns the offset from pos of the first mark, reading on as needed, or
// -1 at the end of the input.
func (s *xmlScanner) find(mark []byte, from int) (int, error) {
	for {
		if i := bytes.Index(s.buf[s.pos+from:s.end], mark); i >= 0 {
			return from + i, nil
		}
		if n := s.end - s.pos - len(mark) + 1; n > from {
			from = n
		}
		if more, err := s.fill(); err != nil || !more {
			return -1, err
		}
	}
}

// next reads the next token; at the end of the document it returns io.EOF.
func (s *xmlScanner) next() error {
	if s.tokens++; s.tokens > maxTokens {
		return errXMLSlow
	}
	for {
		if s.pos == s.end {
			more, err := s.fill()
			if err != nil {
				return err
			}
			if !more {
				return s.finish()
			}
			continue
		}
		if s.buf[s.pos] != '<' {
			done, err := s.readText()
			if err != nil || done {
				return err
			}
			continue
		}
		done, err := s.readMarkup()
		if err != nil || done {
			return err
		}
	}
}

func (s *xmlScanner) finish() error {
	if s.depth != 0 || !s.seen {
		return io.ErrUnexpectedEOF
	}
	return io.EOF
}

// readText takes the text up to the next tag. Outside the root element it is
// skipped.
func (s *xmlScanner) readText() (bool, error) {
	n := bytes.IndexByte(s.buf[s.pos:s.end], '<')
	for n < 0 {
		if s.depth == 0 {
			s.pos = s.end
			return false, nil
		}
		from := s.end - s.pos
		more, err := s.fill()
		if err != nil {
			return false, err
		}
		if !more {
			return false, io.ErrUnexpectedEOF
		}
		if n = bytes.IndexByte(s.buf[s.pos+from:s.end], '<'); n >= 0 {
			n += from
		}
	}
	raw := s.buf[s.pos : s.pos+n]
	s.pos += n
	if s.depth == 0 {
		return false, nil
	}
	s.kind = xmlText
	var err error
	s.text, err = s.unescape(raw)
	return true, err
}

func (s *xmlScanner) readMarkup() (bool, error) {
	if s.end-s.pos > 1 && s.buf[s.pos+1] != '!' && s.buf[s.pos+1] != '?' {
		return true, s.readTag()
	}
	for s.end-s.pos < 9 {
		if more, err := s.fill(); err != nil {
			return false, err
		} else if !more {
			break
		}
	}
	rest := s.buf[s.pos:s.end]
	switch {
	case bytes.HasPrefix(rest, []byte("<?")):
		return false, s.skip("?>", 2)
	case bytes.HasPrefix(rest, []byte("<!--")):
		return false, s.skip("-->", 4)
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		n, err := s.find([]byte("]]>"), 9)
		if err != nil {
			return false, err
		}
		if n < 0 {
			return false, io.ErrUnexpectedEOF
		}
		s.kind, s.text = xmlText, s.buf[s.pos+9:s.pos+n]
		s.pos += n + 3
		return s.depth > 0, nil
	case bytes.HasPrefix(rest, []byte("<!")):
		return false, errXMLDoctype
	}
	return true, s.readTag()
}

// skip passes over a comment or instruction, however long, in constant memory.
func (s *xmlScanner) skip(mark string, from int) error {
	s.pos += from
	for {
		if i := bytes.Index(s.buf[s.pos:s.end], []byte(mark)); i >= 0 {
			s.pos += i + len(mark)
			return nil
		}
		if keep := s.end - len(mark) + 1; keep > s.pos {
			s.pos = keep
		}
		more, err := s.fill()
		if err != nil {
			return err
		}
		if !more {
			return io.ErrUnexpectedEOF
		}
	}
}

// readTag takes a start or end tag; the bytes stay valid until the next token.
func (s *xmlScanner) readTag() error {
	n, err := s.tagEnd()
	if err != nil {
		return err
	}
	tag := s.buf[s.pos+1 : s.pos+n]
	s.pos += n + 1
	if len(tag) > 0 && tag[0] == '/' {
		s.kind = xmlEnd
		full := trimSpaceRight(tag[1:])
		if !s.pop(full) {
			return fmt.Errorf("%w: end tag %q does not match", errXMLSyntax, full)
		}
		s.name, s.full = localName(full), full
		return nil
	}
	s.kind = xmlStart
	s.self = len(tag) > 0 && tag[len(tag)-1] == '/'
	if s.self {
		tag = tag[:len(tag)-1]
	}
	i := 0
	for i < len(tag) && !isXMLSpace(tag[i]) {
		i++
	}
	full := tag[:i]
	if i == 0 || !nameByte(full[0]) {
		return fmt.Errorf("%w: tag without a name", errXMLSyntax)
	}
	s.name, s.full, s.attrs = localName(full), full, tag[i:]
	if s.depth == 0 && s.seen {
		return fmt.Errorf("%w: more than one root element", errXMLSyntax)
	}
	s.seen = true
	if !s.self {
		if s.depth++; s.depth > xmlMaxDepth {
			return fmt.Errorf("%w: elements too deep", errXMLSyntax)
		}
		s.names = append(append(s.names, full...), 0)
	}
	return nil
}

// tagEnd is the offset of the > that ends the tag at pos, past quoted values.
func (s *xmlScanner) tagEnd() (int, error) {
	i, quote := 1, byte(0)
	for {
		if quote == 0 {
			// The common tag has no > in its values: one fast search finds
			// its end, and the quotes before it are then seen to be paired.
			if j := bytes.IndexByte(s.buf[s.pos+i:s.end], '>'); j >= 0 {
				if seg := s.buf[s.pos+i : s.pos+i+j]; evenQuotes(seg) {
					return i + j, nil
				}
			}
		}
		for ; s.pos+i < s.end; i++ {
			switch c := s.buf[s.pos+i]; {
			case quote != 0:
				if c == quote {
					quote = 0
				}
			case c == '"' || c == '\'':
				quote = c
			case c == '>':
				return i, nil
			case c == '<':
				return 0, fmt.Errorf("%w: tag inside a tag", errXMLSyntax)
			}
		}
		more, err := s.fill()
		if err != nil {
			return 0, err
		}
		if !more {
			return 0, io.ErrUnexpectedEOF
		}
	}
}

// evenQuotes says that a segment has no apostrophe and an even number of
// double quotes.
func evenQuotes(b []byte) bool {
	n := 0
	for _, c := range b {
		switch c {
		case '"':
			n++
		case '\'', '<':
			return false
		}
	}
	return n%2 == 0
}

func (s *xmlScanner) pop(full []byte) bool {
	n := len(s.names) - len(full) - 1
	if s.depth == 0 || n < 0 || !bytes.Equal(s.names[n:len(s.names)-1], full) {
		return false
	}
	if n > 0 && s.names[n-1] != 0 {
		return false
	}
	s.names = s.names[:n]
	s.depth--
	return true
}

// isChild says that the start tag just read is a child of the root element.
func (s *xmlScanner) isChild() bool {
	return s.self && s.depth == 1 || !s.self && s.depth == 2
}

// attr returns the raw value of the attribute with a local name. With several
// of one local name (r:id and id), the first counts.
func (s *xmlScanner) attr(name string) ([]byte, bool) {
	var value []byte
	found := false
	s.eachAttr(func(n, v []byte) bool {
		if string(localName(n)) == name {
			value, found = v, true
		}
		return !found
	})
	return value, found
}

// attrText is attr with its entities resolved, as a string of its own.
func (s *xmlScanner) attrText(name string) string {
	v, _ := s.attr(name)
	t, err := s.unescape(v)
	if err != nil {
		return string(v)
	}
	return string(t)
}

// eachAttr calls f with each attribute's full name and raw value until f
// returns false.
func (s *xmlScanner) eachAttr(f func(name, value []byte) bool) {
	a := s.attrs
	for {
		for len(a) > 0 && isXMLSpace(a[0]) {
			a = a[1:]
		}
		eq := bytes.IndexByte(a, '=')
		if eq < 0 {
			return
		}
		name := trimSpaceRight(a[:eq])
		a = a[eq+1:]
		for len(a) > 0 && isXMLSpace(a[0]) {
			a = a[1:]
		}
		if len(a) == 0 {
			return
		}
		q := bytes.IndexByte(a[1:], a[0])
		if q < 0 {
			return
		}
		if !f(name, a[1:1+q]) {
			return
		}
		a = a[q+2:]
	}
}

// form is how the elements with the prefix of the tag just read are written,
// known where it is that of the last ones.
func (s *xmlScanner) form(known *plainForm) *plainForm {
	prefix := s.full[:len(s.full)-len(s.name)]
	switch {
	case len(prefix) == 0:
		return unprefixed
	case known != nil && string(prefix) == known.prefix:
		return known
	}
	return formOf(string(prefix))
}

func localName(full []byte) []byte {
	if i := bytes.IndexByte(full, ':'); i >= 0 {
		return full[i+1:]
	}
	return full
}

func isXMLSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

func trimSpaceRight(b []byte) []byte {
	for len(b) > 0 && isXMLSpace(b[len(b)-1]) {
		b = b[:len(b)-1]
	}
	return b
}

func nameByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80
}
