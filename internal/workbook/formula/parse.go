package formula

import "strings"

// errorValues begin with a sign that is no reference.
var errorValues = []string{
	"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!",
	"#GETTING_DATA", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!", "#EXTERNAL!", "#PYTHON!", "#TIMEOUT!",
}

// Parse takes a formula apart that is written as a workbook stores it; false says
// that it holds what is not understood here.
func Parse(text string) (Expression, bool) {
	p := parser{text: text}
	for p.at < len(text) {
		if !p.next() {
			return nil, false
		}
	}
	p.flush(p.at)
	return p.out, true
}

// parser reads a formula as it is stored in a workbook (ECMA-376, part
// 1, §18.17), from the left to the right.
type parser struct {
	text  string
	at    int
	taken int // how much of text is in out
	where sheetNamed
	named int // where the name of that sheet begins
	out   Expression
}

func (p *parser) rest() string { return p.text[p.at:] }

// flush puts what was passed over into out, up to a position.
func (p *parser) flush(to int) {
	if to > p.taken {
		p.out = append(p.out, piece{text: p.text[p.taken:to]})
	}
	p.taken = to
}

func (p *parser) next() bool {
	switch c := p.text[p.at]; {
	case c == '"':
		return p.pass(quotedLength(p.rest(), '"'))
	case c == '\'':
		where, n := quotedSheet(p.rest())
		return p.sheet(where, n)
	case c == '#':
		return p.sign()
	case c == '[':
		return p.bracket()
	case c == '{':
		return p.pass(arrayLength(p.rest()))
	case wordByte(c):
		return p.word()
	default:
		return p.pass(1)
	}
}

// sheet passes over the name of a sheet for what comes next.
func (p *parser) sheet(where sheetNamed, n int) bool {
	p.where, p.named = where, p.at
	p.at += n
	return n > 0
}

// pass passes over n bytes, which must be some.
func (p *parser) pass(n int) bool {
	p.where = sheetNamed{}
	p.at += n
	return n > 0
}

// sign takes an error, or the sign behind a cell for the range that its formula
// fills.
func (p *parser) sign() bool {
	for _, e := range errorValues {
		if strings.HasPrefix(p.rest(), e) {
			p.pass(len(e))
			if p.at < len(p.text) && wordByte(p.text[p.at]) {
				p.where, p.named = sheetNamed{named: true, elsewhere: true}, p.at // "#REF!A1": the sheet is gone
			}
			return true
		}
	}
	behind := p.at > 0 && (wordByte(p.text[p.at-1]) || p.text[p.at-1] == ')')
	return behind && p.pass(1)
}

// bracket takes a table's columns, which hold no reference, or the number of
// another workbook with the sheet or name behind it.
func (p *parser) bracket() bool {
	n := bracketLength(p.rest())
	if n == 0 {
		return false
	}
	tail := p.rest()[n:]
	if m := sheetsLength(tail); m > 0 && (p.at == 0 || !wordByte(p.text[p.at-1])) {
		return p.sheet(sheetNamed{named: true, elsewhere: true}, n+m)
	}
	return p.pass(n)
}

// word takes a sheet's name, or a function, a name, a number or a reference.
func (p *parser) word() bool {
	n := wordLength(p.rest())
	if strings.HasPrefix(p.rest()[n:], "!") {
		return p.sheet(sheetNamed{named: true, name: p.rest()[:n]}, n+1)
	}
	from, ok := parseReference(p.rest()[:n])
	if m := sheetsLength(p.rest()); m > 0 && !p.where.named {
		// It is not a range from a cell to one of another sheet.
		return (!ok || from.row == 0 || from.col == "") && p.sheet(sheetNamed{named: true, elsewhere: true}, m)
	}
	if !ok || strings.HasPrefix(p.rest()[n:], "(") {
		return p.pass(n)
	}
	if between, to, m, ok := p.otherEnd(n); !ok {
		return false
	} else if m > 0 && from.like(to) {
		return p.reference(piece{from: from, between: between, to: to}, m)
	}
	if from.row == 0 || from.col == "" {
		return p.pass(n) // a name or a number
	}
	return p.reference(piece{from: from}, n)
}

func (p *parser) reference(ref piece, n int) bool {
	from := p.at
	if p.where.named {
		from = p.named
	}
	p.flush(from)
	ref.ref, ref.where, ref.sheet, ref.text = true, p.where, p.text[from:p.at], p.text[from:p.at+n]
	p.out = append(p.out, ref)
	p.taken = p.at + n
	return p.pass(n)
}

// otherEnd reads the other end of a range whose first end is n bytes long, and
// how long both are; false where the two are in different sheets.
func (p *parser) otherEnd(n int) (between string, to reference, length int, ok bool) {
	tail := p.rest()[n:]
	if !strings.HasPrefix(tail, ":") {
		return "", to, 0, true
	}
	again, m := sheetNamed{}, 1
	if strings.HasPrefix(tail[1:], "'") {
		where, k := quotedSheet(tail[1:])
		if k == 0 {
			return "", to, 0, false
		}
		again, m = where, 1+k
	} else if k := wordLength(tail[1:]); k > 0 && strings.HasPrefix(tail[1+k:], "!") {
		again, m = sheetNamed{named: true, name: tail[1 : 1+k]}, 1+k+1
	}
	k := wordLength(tail[m:])
	if again.named && (again.elsewhere || !p.where.named || !strings.EqualFold(again.name, p.where.name)) {
		return "", to, 0, false
	}
	to, isRef := parseReference(tail[m : m+k])
	if !isRef || strings.HasPrefix(tail[m+k:], "(") {
		return "", to, 0, !again.named // a function or a name that gives the other end
	}
	return tail[:m], to, n + m + k, true
}

// quotedLength is the length of a quoted text, its quotation marks included; 0
// where there is no second one.
func quotedLength(text string, quote byte) int {
	if end := strings.IndexByte(text[1:], quote); end >= 0 {
		return end + 2
	}
	return 0
}

// arrayLength is the length of an array of constants, "{1,"a";2,3}".
func arrayLength(text string) int {
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '}':
			return i + 1
		case '"':
			n := quotedLength(text[i:], '"')
			if n == 0 {
				return 0
			}
			i += n - 1
		}
	}
	return 0
}

// bracketLength is the length of a bracket with those in it; an apostrophe
// before a sign in a column's name takes its meaning away.
func bracketLength(text string) int {
	depth := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\'':
			i++
		case '[':
			depth++
		case ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}

// quotedSheet reads 'a sheet”s name'! and its length, 0 where there is none.
func quotedSheet(text string) (sheetNamed, int) {
	for i := 1; i < len(text); i++ {
		if text[i] != '\'' {
			continue
		}
		if strings.HasPrefix(text[i+1:], "'") {
			i++
			continue
		}
		if !strings.HasPrefix(text[i+1:], "!") {
			break
		}
		// A sheet's name can hold none of these: others stand beside it.
		if strings.ContainsAny(text[1:i], ":[\\/") {
			return sheetNamed{named: true, elsewhere: true}, i + 2
		}
		return sheetNamed{named: true, name: strings.ReplaceAll(text[1:i], "''", "'")}, i + 2
	}
	return sheetNamed{}, 0
}

// sheetsLength is the length of a sheet's name, or of the first and the last of
// several, with the sign behind it: "Sheet1:Sheet3!"; 0 where there is none.
func sheetsLength(text string) int {
	n := wordLength(text)
	if strings.HasPrefix(text[n:], ":") {
		if m := wordLength(text[n+1:]); m > 0 {
			n += 1 + m
		}
	}
	if strings.HasPrefix(text[n:], "!") {
		return n + 1
	}
	return 0
}

func wordByte(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_' || c == '.' || c == '$' || c == '\\' || c == '?' || c >= 0x80
}

func wordLength(text string) int {
	n := 0
	for n < len(text) && wordByte(text[n]) {
		n++
	}
	return n
}
