package workbook

import "strings"

// formula is a formula taken apart: the references in it, and the text between
// them that stays as it is.
type formula []formulaPiece

// formulaPiece is a text, or a reference to a cell or a range.
type formulaPiece struct {
	text string // as it was written
	ref  bool
	// sheet is the sheet's name as it stands before the reference, with the sign
	// behind it.
	sheet string
	from  reference
	// between is what stands between the two ends of a range: ":" or, where the
	// sheet is named twice, ":Sheet1!". It is empty for one cell.
	between string
	to      reference
	where   sheetNamed
}

// sheetNamed is the sheet that stands before a reference.
type sheetNamed struct {
	named bool
	name  string
	// elsewhere says that it is no single sheet of this workbook: a sheet of
	// another one, one that is gone, or several at once. Rows move in one sheet
	// only, and a reference through several stays as it is when they do: Excel
	// and LibreOffice leave it alone too.
	elsewhere bool
}

func (p formulaPiece) write(from, to reference) string {
	if p.between == "" {
		return p.sheet + from.String()
	}
	return p.sheet + from.String() + p.between + to.String()
}

// beside is the formula as it reads in a cell so many rows and columns further
// on, when it is written once for several.
func (f formula) beside(rows, cols int) string {
	var out strings.Builder
	for _, p := range f {
		if !p.ref {
			out.WriteString(p.text)
			continue
		}
		out.WriteString(p.write(p.from.beside(rows, cols), p.to.beside(rows, cols)))
	}
	return out.String()
}

// formulaErrors begin with a sign that is no reference.
var formulaErrors = []string{
	"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!",
	"#GETTING_DATA", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!", "#EXTERNAL!", "#PYTHON!", "#TIMEOUT!",
}

// parseFormula takes a formula apart; false says that it holds what is not
// understood here.
func parseFormula(text string) (formula, bool) {
	p := formulaParser{text: text}
	for p.at < len(text) {
		if !p.next() {
			return nil, false
		}
	}
	p.flush(p.at)
	return p.out, true
}

// formulaParser reads a formula as it is stored in a workbook (ECMA-376, part
// 1, §18.17), from the left to the right.
type formulaParser struct {
	text  string
	at    int
	taken int // how much of text is in out
	where sheetNamed
	named int // where the name of that sheet begins
	out   formula
}

func (p *formulaParser) rest() string { return p.text[p.at:] }

// flush puts what was passed over into out, up to a position.
func (p *formulaParser) flush(to int) {
	if to > p.taken {
		p.out = append(p.out, formulaPiece{text: p.text[p.taken:to]})
	}
	p.taken = to
}

func (p *formulaParser) next() bool {
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
func (p *formulaParser) sheet(where sheetNamed, n int) bool {
	p.where, p.named = where, p.at
	p.at += n
	return n > 0
}

// pass passes over n bytes, which must be some.
func (p *formulaParser) pass(n int) bool {
	p.where = sheetNamed{}
	p.at += n
	return n > 0
}

// sign takes an error, or the sign behind a cell for the range that its formula
// fills.
func (p *formulaParser) sign() bool {
	for _, e := range formulaErrors {
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
func (p *formulaParser) bracket() bool {
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
func (p *formulaParser) word() bool {
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
		return p.reference(formulaPiece{from: from, between: between, to: to}, m)
	}
	if from.row == 0 || from.col == "" {
		return p.pass(n) // a name or a number
	}
	return p.reference(formulaPiece{from: from}, n)
}

func (p *formulaParser) reference(piece formulaPiece, n int) bool {
	from := p.at
	if p.where.named {
		from = p.named
	}
	p.flush(from)
	piece.ref, piece.where, piece.sheet, piece.text = true, p.where, p.text[from:p.at], p.text[from:p.at+n]
	p.out = append(p.out, piece)
	p.taken = p.at + n
	return p.pass(n)
}

// otherEnd reads the other end of a range whose first end is n bytes long, and
// how long both are; false where the two are in different sheets.
func (p *formulaParser) otherEnd(n int) (between string, to reference, length int, ok bool) {
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
