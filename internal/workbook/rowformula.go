package workbook

import (
	"strings"
)

// formulaShift moves the references in formulas to a sheet whose rows move.
type formulaShift struct {
	rows  rowShift
	sheet string
	// here says that a reference without a sheet's name is to this sheet.
	here bool
	// from and to are where the first cell stood and stands to which a rule's
	// formula is written; references without a dollar sign keep their distance
	// from it. 0 for a formula that stands in one place.
	from, to int
}

// formulaErrors begin with a sign that is no reference.
var formulaErrors = []string{"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}

// move rewrites a formula; false says that it holds what is not understood
// here.
func (f formulaShift) move(text string) (string, bool) {
	var out strings.Builder
	sheet, named := "", false
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case c == '"':
			end := strings.IndexByte(text[i+1:], '"')
			if end < 0 {
				return "", false
			}
			out.WriteString(text[i : i+end+2])
			i += end + 2
		case c == '\'':
			name, n, ok := quotedSheet(text[i:])
			if !ok {
				return "", false
			}
			sheet, named = name, true
			out.WriteString(text[i : i+n])
			i += n
		case c == '#':
			n := errorLength(text[i:])
			if n == 0 {
				return "", false
			}
			out.WriteString(text[i : i+n])
			i, named = i+n, false
		case c == '[' || c == '{':
			return "", false // another workbook, a table's column, an array
		case wordByte(c):
			n := wordLength(text[i:])
			if strings.HasPrefix(text[i+n:], "!") {
				sheet, named = text[i:i+n], true
				out.WriteString(text[i : i+n+1])
				i += n + 1
				continue
			}
			moved, n, ok := f.word(text[i:], n, named, sheet)
			if !ok {
				return "", false
			}
			out.WriteString(moved)
			i, named = i+n, false
		default:
			out.WriteByte(c)
			i++
		}
	}
	return out.String(), true
}

// word takes a word of n bytes, or the range that begins with it.
func (f formulaShift) word(text string, n int, named bool, sheet string) (string, int, bool) {
	word := text[:n]
	if strings.HasPrefix(text[n:], "(") {
		return word, n, true
	}
	if strings.HasPrefix(text[n:], ":") {
		m := wordLength(text[n+1:])
		if strings.HasPrefix(text[n+1+m:], "!") {
			return "", 0, false // from one sheet to another
		}
		if m > 0 {
			a, okA := parseReference(word)
			b, okB := parseReference(text[n+1 : n+1+m])
			if okA && okB {
				word = text[:n+1+m]
				if f.applies(named, sheet) && a.row > 0 && b.row > 0 {
					return f.span(a, b), n + 1 + m, true
				}
				return word, n + 1 + m, true
			}
			return "", 0, false
		}
	}
	r, ok := parseReference(word)
	if !ok || r.row == 0 || r.col == "" || !f.applies(named, sheet) {
		return word, n, true
	}
	if f.from > 0 && !r.fixed {
		return f.beside(r), n, true
	}
	if f.rows.gone(r.row) {
		return "#REF!", n, true
	}
	r.row = f.rows.to(r.row)
	return r.String(), n, true
}

func (f formulaShift) applies(named bool, sheet string) bool {
	if !named {
		return f.here
	}
	return strings.EqualFold(sheet, f.sheet)
}

func (f formulaShift) span(a, b reference) string {
	if f.from > 0 && (!a.fixed || !b.fixed) {
		if a.fixed != b.fixed {
			a.row, b.row = f.end(a), f.end(b)
			return a.String() + ":" + b.String()
		}
		return f.beside(a) + ":" + f.beside(b)
	}
	first, last, ok := f.rows.span(min(a.row, b.row), max(a.row, b.row))
	if !ok {
		return "#REF!"
	}
	a.row, b.row = first, last
	return a.String() + ":" + b.String()
}

// end moves one end of a range.
func (f formulaShift) end(r reference) int {
	if r.fixed {
		return f.rows.to(r.row)
	}
	return max(1, r.row-f.from+f.to)
}

// beside keeps a reference as far from the rule's first cell as it was.
func (f formulaShift) beside(r reference) string {
	r.row = max(1, r.row-f.from+f.to)
	return r.String()
}

// quotedSheet reads 'a sheet”s name'! and its length.
func quotedSheet(text string) (string, int, bool) {
	for i := 1; i < len(text); i++ {
		if text[i] != '\'' {
			continue
		}
		if strings.HasPrefix(text[i+1:], "'") {
			i++
			continue
		}
		if !strings.HasPrefix(text[i+1:], "!") || strings.ContainsAny(text[1:i], ":[") {
			return "", 0, false
		}
		return strings.ReplaceAll(text[1:i], "''", "'"), i + 2, true
	}
	return "", 0, false
}

func errorLength(text string) int {
	for _, e := range formulaErrors {
		if strings.HasPrefix(text, e) {
			return len(e)
		}
	}
	return 0
}

func wordByte(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_' || c == '.' || c == '$' || c == '\\' || c >= 0x80
}

func wordLength(text string) int {
	n := 0
	for n < len(text) && wordByte(text[n]) {
		n++
	}
	return n
}
