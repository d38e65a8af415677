// Package numfmt shows numbers as Excel shows them: it reads the format codes of
// workbooks (ECMA-376 part 1, §18.8.30 and §18.8.31) and formats numbers, dates
// and times by them. Nothing of ours comes in here.
package numfmt

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// builtinFormats are the number formats that a workbook may use without
// stating them (ECMA-376 part 1, §18.8.30), as Excel shows them in English.
var builtinFormats = map[int]string{
	1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
	5: `"$"#,##0;\-"$"#,##0`, 6: `"$"#,##0;\-"$"#,##0`, 7: `"$"#,##0.00;\-"$"#,##0.00`, 8: `"$"#,##0.00;\-"$"#,##0.00`,
	9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
	14: "m/d/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
	18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "m/d/yyyy h:mm",
	27: "m/d/yyyy", 28: "m/d/yyyy", 29: "m/d/yyyy", 30: "m/d/yy", 31: "yyyy/m/d",
	32: "h:mm", 33: "h:mm:ss", 34: "h:mm", 35: "h:mm:ss", 36: "m/d/yyyy",
	37: "#,##0;(#,##0)", 38: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;(#,##0.00)",
	41: "#,##0;(#,##0);-", 42: `"$"#,##0;("$"#,##0);-`, 43: "#,##0.00;(#,##0.00);-", 44: `"$"#,##0.00;("$"#,##0.00);-`,
	45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
	50: "m/d/yyyy", 51: "m/d/yyyy", 52: "m/d/yyyy", 53: "m/d/yyyy", 54: "m/d/yyyy",
	55: "m/d/yyyy", 56: "m/d/yyyy", 57: "m/d/yyyy", 58: "m/d/yyyy",
}

// Format shows numbers as Excel does. A nil Format is General.
type Format struct {
	sections []section
	date1904 bool
}

// section is one of up to four parts of a format, for positive, negative,
// zero and text.
type section struct {
	tokens  []token
	date    bool
	general bool
	elapsed bool
	ampm    bool

	when  string // a condition such as ">=", or ""
	limit float64

	ints, fracs, exps int // digit placeholders
	thousands         bool
	scale             int // trailing commas
	percent           int
	fraction          fraction
	subsecond         int // digits
	hasSecond         bool
}

type tokenKind uint8

const (
	tokText tokenKind = iota
	tokInt
	tokPoint
	tokFrac
	tokExp
	tokExpDigit
	tokDate
	tokSlash
	tokGeneral
)

type token struct {
	kind tokenKind
	text string
}

// Builtin is the code of a format that a workbook may use by its number alone;
// "" where there is none, which is General.
func Builtin(id int) string { return builtinFormats[id] }

// maxCode is the length that Excel allows for a format code, in characters
// (Excel specifications and limits).
const maxCode = 255

// Compile reads a format code; date1904 says that the workbook counts its days
// from 1904. General, and text ("@"), give nil, and so does a code longer than
// Excel's own can be, which Excel takes away. Other codes that Excel would
// refuse are read as far as they make sense.
func Compile(code string, date1904 bool) *Format {
	if code == "" || strings.EqualFold(code, "general") || code == "@" || utf8.RuneCountInString(code) > maxCode {
		return nil
	}
	f := &Format{date1904: date1904}
	for _, part := range splitSections(code) {
		f.sections = append(f.sections, compileSection(part))
		if len(f.sections) == 4 {
			break
		}
	}
	return f
}

// splitSections divides a code at the semicolons outside quotes and brackets.
func splitSections(code string) []string {
	var out []string
	from := 0
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case '"':
			if end := strings.IndexByte(code[i+1:], '"'); end >= 0 {
				i += end + 1
			}
		case '[':
			if end := strings.IndexByte(code[i+1:], ']'); end >= 0 {
				i += end + 1
			}
		case '\\', '_', '*':
			i++
		case ';':
			out = append(out, code[from:i])
			from = i + 1
		}
	}
	return append(out, code[from:])
}

// Append shows a raw number, as it stands in the sheet's XML, in the format.
// Text that is no number is shown as it is, and so is a number that the format
// would show as nothing.
func (f *Format) Append(dst, raw []byte) []byte {
	if f == nil && plainDigits(raw) {
		return append(dst, raw...)
	}
	text := string(raw)
	x, err := strconv.ParseFloat(text, 64)
	if err != nil || strings.Trim(text, "0123456789+-.eE") != "" || math.IsInf(x, 0) || math.IsNaN(x) {
		return append(dst, text...)
	}
	if f == nil {
		return append(dst, general(x)...)
	}
	shown := strings.TrimSpace(f.show(x))
	if shown == "" {
		shown = general(x)
	}
	return append(dst, shown...)
}

// plainDigits says that a raw number is shown as it stands: digits only. So
// leading zeros and long numbers keep every digit.
func plainDigits(raw []byte) bool {
	i := 0
	if len(raw) > 1 && raw[0] == '-' && string(raw) != "-0" {
		i = 1
	}
	for ; i < len(raw); i++ {
		if raw[i] < '0' || raw[i] > '9' {
			return false
		}
	}
	return true
}

// general shows a number without a format: up to 15 significant digits, which
// is what Excel keeps, and an exponent only beyond 21 digits, so that no digit
// of a long number is hidden.
func general(x float64) string {
	if x == 0 {
		return "0"
	}
	s := strconv.FormatFloat(x, 'e', 14, 64)
	mantissa, exponent, _ := strings.Cut(s, "e")
	exp, _ := strconv.Atoi(exponent)
	sign := ""
	if mantissa[0] == '-' {
		sign, mantissa = "-", mantissa[1:]
	}
	digits := strings.TrimRight(strings.Replace(mantissa, ".", "", 1), "0")
	switch {
	case exp > 20 || exp < -9:
		out := digits[:1]
		if len(digits) > 1 {
			out += "." + digits[1:]
		}
		mark := "+"
		if exp < 0 {
			mark, exp = "-", -exp
		}
		return sign + out + "E" + mark + pad(exp, 2)
	case exp < 0:
		return sign + "0." + strings.Repeat("0", -exp-1) + digits
	case len(digits) <= exp+1:
		return sign + digits + strings.Repeat("0", exp+1-len(digits))
	default:
		return sign + digits[:exp+1] + "." + digits[exp+1:]
	}
}

func pad(n, width int) string {
	s := strconv.Itoa(n)
	return strings.Repeat("0", max(0, width-len(s))) + s
}

// show picks the section for x and renders it.
func (f *Format) show(x float64) string {
	s, value, minus := f.pick(x)
	if s == nil || s.general {
		return f.showGeneral(s, value, minus)
	}
	if s.date {
		// Only where days are counted from 1904 does Excel show times before the
		// first day.
		before := ""
		if value < 0 && f.date1904 {
			before, value = "-", -value
		}
		out, ok := s.showDate(value, f.date1904)
		if !ok {
			return general(x)
		}
		return before + out
	}
	out, zero := s.showNumber(math.Abs(value))
	if minus && !zero {
		out = "-" + out
	}
	return out
}

func (f *Format) showGeneral(s *section, value float64, minus bool) string {
	out := general(math.Abs(value))
	if minus {
		out = "-" + out
	}
	if s == nil {
		return out
	}
	var b strings.Builder
	for _, t := range s.tokens {
		if t.kind == tokGeneral {
			b.WriteString(out)
		} else {
			b.WriteString(t.text)
		}
	}
	return b.String()
}

// pick chooses the section, the value to show in it, and whether a minus sign
// goes in front.
func (f *Format) pick(x float64) (*section, float64, bool) {
	n := len(f.sections)
	if n == 4 {
		n = 3 // the fourth is for text
	}
	conditional := false
	for i := range n {
		conditional = conditional || f.sections[i].when != ""
	}
	if conditional {
		for i := range n {
			s := &f.sections[i]
			if s.when == "" && i < n-1 && !(i == 1 && n == 3 && x < 0) {
				continue
			}
			if s.when == "" || s.holds(x) {
				return s, x, x < 0 && !(s.when != "" && s.limit <= 0 && strings.HasPrefix(s.when, "<"))
			}
		}
		return nil, x, x < 0
	}
	switch {
	case n >= 2 && x < 0:
		return &f.sections[1], -x, false
	case n >= 3 && x == 0:
		return &f.sections[2], x, false
	default:
		return &f.sections[0], x, x < 0
	}
}

func (s *section) holds(x float64) bool {
	switch s.when {
	case "<":
		return x < s.limit
	case "<=":
		return x <= s.limit
	case ">":
		return x > s.limit
	case ">=":
		return x >= s.limit
	case "<>":
		return x != s.limit
	default:
		return x == s.limit
	}
}

// round gives x, at least 0, as decimal digits before and after the point,
// rounded half up to the number of decimals, counting 15 significant digits as
// Excel does.
func round(x float64, decimals int) (whole, frac string) {
	s := strconv.FormatFloat(x, 'e', 14, 64)
	mantissa, exponent, _ := strings.Cut(s, "e")
	exp, _ := strconv.Atoi(exponent)
	// The value is 0.digits × 10^(exp+1).
	digits, point := strings.Replace(mantissa, ".", "", 1), exp+1
	zeros := 0 // in front of the digits
	if point < 0 {
		zeros, point = min(-point, 400), 0
	}
	keep := point + decimals
	b := append(make([]byte, 0, max(keep, zeros+len(digits))+2), strings.Repeat("0", zeros)...)
	b = append(b, digits...)
	if n := keep + 1 - len(b); n > 0 {
		b = append(b, strings.Repeat("0", n)...)
	}
	up := b[keep] >= '5'
	b = b[:keep]
	if up {
		i := len(b) - 1
		for ; i >= 0; i-- {
			if b[i] != '9' {
				b[i]++
				break
			}
			b[i] = '0'
		}
		if i < 0 {
			b = append([]byte{'1'}, b...)
			point++
		}
	}
	return strings.TrimLeft(string(b[:point]), "0"), string(b[point:])
}
