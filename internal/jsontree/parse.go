// Package jsontree reads and writes JSON as trees of map[string]any, []any,
// string, bool, numbers and nil: the same trees and texts as encoding/json
// makes of them, in a fraction of the time. The account's client and the
// practice account both live on such trees, thousands of resources at a time.
//
// It knows JSON (RFC 8259) and nothing else; nothing of ours may come in.
package jsontree

import (
	"encoding/json"
	"fmt"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// maxDepth is how deep lists and objects may lie in each other, as in
// encoding/json: deeper ones are an attack, not data.
const maxDepth = 10_000

// Parse reads one JSON value, numbers as float64. Anything but white space
// around the value is an error.
func Parse(data []byte) (any, error) { return parse(data, false) }

// ParseDigits is Parse with numbers as json.Number: their digits as sent.
func ParseDigits(data []byte) (any, error) { return parse(data, true) }

func parse(data []byte, digits bool) (any, error) {
	p := &parser{data: data, digits: digits}
	p.space()
	v, err := p.value(0)
	if err != nil {
		return nil, err
	}
	p.space()
	if p.at < len(p.data) {
		return nil, p.wrong("something stands after the value")
	}
	return v, nil
}

// parser goes through the bytes once. Values wait on a stack until the size of
// their list or object is known, so that each is made in its final size.
type parser struct {
	data   []byte
	at     int
	digits bool
	values []any
	keys   []string
	// met holds short texts met lately: resources repeat names, roles, schemas.
	met [128]any
}

func (p *parser) wrong(what string) error {
	return fmt.Errorf("JSON, byte %d: %s", p.at, what)
}

func (p *parser) space() {
	for p.at < len(p.data) {
		switch p.data[p.at] {
		case ' ', '\t', '\n', '\r':
			p.at++
		default:
			return
		}
	}
}

func (p *parser) value(depth int) (any, error) {
	if p.at == len(p.data) {
		return nil, p.wrong("a value is missing")
	}
	switch c := p.data[p.at]; c {
	case '{':
		return p.object(depth + 1)
	case '[':
		return p.list(depth + 1)
	case '"':
		raw, plain, err := p.quoted()
		if err != nil {
			return nil, err
		}
		if !plain {
			return unquote(raw), nil
		}
		return p.text(raw), nil
	case 't':
		return true, p.word("true")
	case 'f':
		return false, p.word("false")
	case 'n':
		return nil, p.word("null")
	default:
		return p.number()
	}
}

func (p *parser) word(word string) error {
	if end := p.at + len(word); end <= len(p.data) && string(p.data[p.at:end]) == word {
		p.at = end
		return nil
	}
	return p.wrong("a value cannot be read")
}

func (p *parser) object(depth int) (any, error) {
	if depth > maxDepth {
		return nil, p.wrong("the values lie too deep")
	}
	p.at++
	from, fromKey := len(p.values), len(p.keys)
	p.space()
	if p.at < len(p.data) && p.data[p.at] == '}' {
		p.at++
		return map[string]any{}, nil
	}
	for {
		p.space()
		if err := p.member(depth); err != nil {
			return nil, err
		}
		more, err := p.more('}')
		if err != nil {
			return nil, err
		}
		if !more {
			break
		}
	}
	out := make(map[string]any, len(p.values)-from)
	for i, key := range p.keys[fromKey:] {
		out[key] = p.values[from+i]
	}
	p.drop(from)
	p.keys = p.keys[:fromKey]
	return out, nil
}

// member reads one name and its value.
func (p *parser) member(depth int) error {
	if p.at == len(p.data) || p.data[p.at] != '"' {
		return p.wrong("a name is missing")
	}
	raw, plain, err := p.quoted()
	if err != nil {
		return err
	}
	key := ""
	if plain {
		key, _ = p.text(raw).(string)
	} else {
		key = unquote(raw)
	}
	p.space()
	if p.at == len(p.data) || p.data[p.at] != ':' {
		return p.wrong("a colon is missing")
	}
	p.at++
	p.space()
	v, err := p.value(depth)
	if err != nil {
		return err
	}
	p.keys, p.values = append(p.keys, key), append(p.values, v)
	return nil
}

func (p *parser) list(depth int) (any, error) {
	if depth > maxDepth {
		return nil, p.wrong("the values lie too deep")
	}
	p.at++
	from := len(p.values)
	p.space()
	if p.at < len(p.data) && p.data[p.at] == ']' {
		p.at++
		return []any{}, nil
	}
	for {
		p.space()
		v, err := p.value(depth)
		if err != nil {
			return nil, err
		}
		p.values = append(p.values, v)
		more, err := p.more(']')
		if err != nil {
			return nil, err
		}
		if !more {
			break
		}
	}
	out := make([]any, len(p.values)-from)
	copy(out, p.values[from:])
	p.drop(from)
	return out, nil
}

// drop takes values off the stack and lets go of them.
func (p *parser) drop(from int) {
	clear(p.values[from:])
	p.values = p.values[:from]
}

// more reads what follows a value: a comma, or the end.
func (p *parser) more(end byte) (bool, error) {
	p.space()
	if p.at < len(p.data) {
		switch p.data[p.at] {
		case ',':
			p.at++
			return true, nil
		case end:
			p.at++
			return false, nil
		}
	}
	return false, p.wrong("a comma or an end is missing")
}

// quoted finds the end of a text and gives what stands between its quotes.
// plain says that it means just its own bytes.
func (p *parser) quoted() (raw []byte, plain bool, err error) {
	p.at++
	from := p.at
	plain = true
	high := false
	for p.at < len(p.data) {
		switch c := p.data[p.at]; {
		case c == '"':
			raw = p.data[from:p.at]
			p.at++
			return raw, plain && (!high || utf8.Valid(raw)), nil
		case c == '\\':
			plain = false
			if err := p.escape(); err != nil {
				return nil, false, err
			}
		case c < ' ':
			return nil, false, p.wrong("a text holds a control character")
		default:
			high = high || c >= utf8.RuneSelf
			p.at++
		}
	}
	return nil, false, p.wrong("a text has no end")
}

// escape steps over one escape sequence.
func (p *parser) escape() error {
	if p.at+1 < len(p.data) {
		switch p.data[p.at+1] {
		case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
			p.at += 2
			return nil
		case 'u':
			if p.at+6 <= len(p.data) && hex4(p.data[p.at+2:p.at+6]) >= 0 {
				p.at += 6
				return nil
			}
		}
	}
	return p.wrong("an escape sequence cannot be read")
}

// hex4 is the value of four hexadecimal digits, -1 where they are none.
func hex4(digits []byte) rune {
	var r rune
	for _, c := range digits[:4] {
		switch {
		case '0' <= c && c <= '9':
			r = r<<4 | rune(c-'0')
		case 'a' <= c && c <= 'f':
			r = r<<4 | rune(c-'a'+10)
		case 'A' <= c && c <= 'F':
			r = r<<4 | rune(c-'A'+10)
		default:
			return -1
		}
	}
	return r
}

// unquote resolves the escapes of a text that quoted has found sound. Bytes
// that are not UTF-8, and halves of surrogate pairs, become U+FFFD.
func unquote(raw []byte) string {
	out := make([]byte, 0, len(raw)+2*utf8.UTFMax)
	for i := 0; i < len(raw); {
		c := raw[i]
		switch {
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRune(raw[i:])
			out = utf8.AppendRune(out, r)
			i += size
		case c != '\\':
			out = append(out, c)
			i++
		case raw[i+1] == 'u':
			r := hex4(raw[i+2:])
			i += 6
			if utf16.IsSurrogate(r) {
				pair := rune(utf8.RuneError)
				if i+6 <= len(raw) && raw[i] == '\\' && raw[i+1] == 'u' {
					pair = utf16.DecodeRune(r, hex4(raw[i+2:]))
				}
				if r = pair; pair != utf8.RuneError {
					i += 6
				}
			}
			out = utf8.AppendRune(out, r)
		default:
			out = append(out, escaped(raw[i+1]))
			i += 2
		}
	}
	return string(out)
}

func escaped(c byte) byte {
	switch c {
	case 'b':
		return '\b'
	case 'f':
		return '\f'
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	}
	return c
}

// text is a text in its own memory, the same one for short texts that repeat.
func (p *parser) text(raw []byte) any {
	n := len(raw)
	if n == 0 {
		return ""
	}
	if n > 64 {
		return string(raw)
	}
	slot := &p.met[(n*7+int(raw[0])+int(raw[n/2])*31+int(raw[n-1])*3)%len(p.met)]
	if known, ok := (*slot).(string); ok && known == string(raw) {
		return *slot
	}
	*slot = string(raw)
	return *slot
}

// number reads a number by JSON's grammar.
func (p *parser) number() (any, error) {
	from := p.at
	p.accept('-')
	if !p.accept('0') && !p.run() {
		return nil, p.wrong("a value cannot be read")
	}
	if p.accept('.') && !p.run() {
		return nil, p.wrong("a number has no digits after its point")
	}
	if p.accept('e') || p.accept('E') {
		if !p.accept('+') {
			p.accept('-')
		}
		if !p.run() {
			return nil, p.wrong("a number has no digits in its exponent")
		}
	}
	text := string(p.data[from:p.at])
	if p.digits {
		return json.Number(text), nil
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return nil, fmt.Errorf("JSON, byte %d: %w", from, err)
	}
	return f, nil
}

func (p *parser) accept(c byte) bool {
	if p.at < len(p.data) && p.data[p.at] == c {
		p.at++
		return true
	}
	return false
}

// run steps over digits and says whether there was one.
func (p *parser) run() bool {
	from := p.at
	for p.at < len(p.data) && '0' <= p.data[p.at] && p.data[p.at] <= '9' {
		p.at++
	}
	return p.at > from
}
