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

// entity is the character of a named entity or of a character reference.
func entity(name []byte) (rune, bool) {
	if len(name) > 1 && name[0] == '#' {
		return charReference(name[1:])
	}
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

// charReference is the character of a number, in decimal or behind an x.
func charReference(digits []byte) (rune, bool) {
	base := rune(10)
	if digits[0] == 'x' || digits[0] == 'X' {
		digits, base = digits[1:], 16
	}
	r := rune(0)
	for _, c := range digits {
		d := rune(c - '0')
		if base == 16 && c > '9' {
			d = rune(c&^0x20-'A') + 10
			if c&^0x20 < 'A' {
				return 0, false
			}
		}
		if c < '0' || d >= base {
			return 0, false
		}
		if r = r*base + d; r > utf8.MaxRune {
			return 0, false
		}
	}
	return r, len(digits) > 0
}
