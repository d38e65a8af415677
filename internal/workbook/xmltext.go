package workbook

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

// maxEntity is how many bytes an entity may have between & and ; so that
// references with a few leading zeros are read.
const maxEntity = 14

// unescape resolves entities. An entity that is not defined is an error, since
// only a document type declaration could have defined it.
func (s *xmlScanner) unescape(raw []byte) ([]byte, error) {
	amp := bytes.IndexByte(raw, '&')
	cr := bytes.IndexByte(raw, '\r')
	if amp < 0 && cr < 0 {
		return raw, nil
	}
	out := s.work[:0]
	if cr < 0 {
		// Where many entities stand one after another, a search for the next
		// would cost more than it finds.
		for len(raw) > 0 {
			n, err := 0, error(nil)
			if raw[0] == '&' {
				out, n, err = appendEntity(out, raw)
			} else if n = bytes.IndexByte(raw, '&'); n < 0 {
				n = len(raw)
				out = append(out, raw...)
			} else {
				out = append(out, raw[:n]...)
			}
			if err != nil {
				return nil, err
			}
			raw = raw[n:]
		}
		s.work = out
		return out, nil
	}
	for i := 0; i < len(raw); {
		switch raw[i] {
		case '\r':
			// XML 1.0 §2.11: a line end is read as a line feed.
			out = append(out, '\n')
			i++
			if i < len(raw) && raw[i] == '\n' {
				i++
			}
		case '&':
			longer, n, err := appendEntity(out, raw[i:])
			if err != nil {
				return nil, err
			}
			out = longer
			i += n
		default:
			out = append(out, raw[i])
			i++
		}
	}
	s.work = out
	return out, nil
}

// appendEntity appends what the entity at the beginning of raw stands for, and
// says how many bytes of raw it has.
func appendEntity(dst, raw []byte) ([]byte, int, error) {
	if len(raw) > 3 && raw[1] == '#' {
		return appendReference(dst, raw)
	}
	for i := 1; i < len(raw) && i <= maxEntity+1; i++ {
		if raw[i] != ';' {
			continue
		}
		r, ok := entity(raw[1:i])
		if !ok {
			return nil, 0, fmt.Errorf("%w: unknown entity", errXMLSyntax)
		}
		return utf8.AppendRune(dst, r), i + 1, nil
	}
	return nil, 0, fmt.Errorf("%w: lone ampersand", errXMLSyntax)
}

// entity is the character of a named entity.
func entity(name []byte) (rune, bool) {
	switch string(name) {
	case "amp":
		return '&', true
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	return 0, false
}

// appendReference is appendEntity for the number of a character, in decimal or
// behind an x.
func appendReference(dst, raw []byte) ([]byte, int, error) {
	from, base, r := 2, rune(10), rune(0)
	if raw[2]|0x20 == 'x' {
		from, base = 3, 16
	}
	for i := from; i < len(raw) && i <= maxEntity+1; i++ {
		if raw[i] == ';' && i > from {
			if r < utf8.RuneSelf {
				return append(dst, byte(r)), i + 1, nil
			}
			return utf8.AppendRune(dst, r), i + 1, nil
		}
		d := digitOf(raw[i])
		if d >= base {
			break
		}
		if r = r*base + d; r > utf8.MaxRune {
			break
		}
	}
	return nil, 0, fmt.Errorf("%w: not a character's number", errXMLSyntax)
}

// digitOf is the value of a hexadecimal digit, and more for any other byte.
func digitOf(c byte) rune {
	switch {
	case c >= '0' && c <= '9':
		return rune(c - '0')
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return rune(c|0x20-'a') + 10
	}
	return 16
}
