package numfmt

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// compileSection reads one section of a format code into tokens.
func compileSection(code string) section {
	s := section{}
	for i := 0; i < len(code); {
		n := s.compileToken(code, i)
		i += max(1, n)
	}
	s.settle()
	return s
}

// compileToken reads the token at i and returns its length.
func (s *section) compileToken(code string, i int) int {
	rest := code[i:]
	low := strings.ToLower(rest)
	switch c := rest[0]; {
	case strings.HasPrefix(low, "general"):
		s.general = true
		s.add(tokGeneral, "")
		return 7
	case c == '"':
		end := strings.IndexByte(rest[1:], '"')
		if end < 0 {
			s.add(tokText, rest[1:])
			return len(rest)
		}
		s.add(tokText, rest[1:1+end])
		return end + 2
	case c == '\\' && len(rest) > 1:
		_, n := utf8.DecodeRuneInString(rest[1:])
		s.add(tokText, rest[1:1+n])
		return 1 + n
	case (c == '_' || c == '*') && len(rest) > 1:
		// A space as wide as a character, or a character that fills the
		// column: neither is part of the value.
		_, n := utf8.DecodeRuneInString(rest[1:])
		return 1 + n
	case c == '[':
		return s.bracket(rest)
	case strings.HasPrefix(low, "am/pm"):
		s.date, s.ampm = true, true
		s.add(tokDate, "AM/PM")
		return 5
	case strings.HasPrefix(low, "a/p"):
		s.date, s.ampm = true, true
		s.add(tokDate, "A/P")
		return 3
	case (c == 'E' || c == 'e') && len(rest) > 1 && (rest[1] == '+' || rest[1] == '-'):
		s.add(tokExp, rest[1:2])
		return 2
	case strings.IndexByte("ymdhseYMDHSEbBgG", c) >= 0:
		return s.dateToken(low)
	case strings.IndexByte("0#?", c) >= 0:
		s.add(tokInt, rest[:1])
	case c == '.':
		s.add(tokPoint, ".")
	case c == ',':
		s.add(tokText, "\x00,")
	case c == '%':
		s.percent++
		s.add(tokText, "%")
	case c == '/':
		s.add(tokSlash, "/")
	case c == '@':
		s.general = true
		s.add(tokGeneral, "")
	default:
		_, n := utf8.DecodeRuneInString(rest)
		s.add(tokText, rest[:n])
		return n
	}
	return 1
}

func (s *section) add(kind tokenKind, text string) {
	s.tokens = append(s.tokens, token{kind: kind, text: text})
}

// bracket reads a condition, a currency, an elapsed time or a colour.
func (s *section) bracket(rest string) int {
	end := strings.IndexByte(rest, ']')
	if end < 0 {
		s.add(tokText, "[")
		return 1
	}
	in := rest[1:end]
	switch {
	case in == "":
	case strings.Trim(strings.ToLower(in), "h") == "", strings.Trim(strings.ToLower(in), "m") == "", strings.Trim(strings.ToLower(in), "s") == "":
		s.date, s.elapsed = true, true
		s.add(tokDate, "["+strings.ToLower(in)+"]")
		if in[0] == 's' || in[0] == 'S' {
			return end + 1 + s.subseconds(rest[end+1:])
		}
	case in[0] == '$':
		symbol, locale, _ := strings.Cut(in[1:], "-")
		switch strings.ToUpper(locale) {
		case "F800", "X-SYSDATE":
			// The system's long date: the rest of the code is its fallback.
		case "F400", "X-SYSTIME":
		}
		if symbol != "" {
			s.add(tokText, symbol)
		}
	case in[0] == '<' || in[0] == '>' || in[0] == '=':
		n := 1
		if len(in) > 1 && (in[1] == '=' || in[1] == '>') {
			n = 2
		}
		if limit, err := strconv.ParseFloat(strings.TrimSpace(in[n:]), 64); err == nil {
			s.when, s.limit = in[:n], limit
		}
	}
	return end + 1
}

// dateToken reads a run of one date letter.
func (s *section) dateToken(low string) int {
	n := 1
	for n < len(low) && low[n] == low[0] {
		n++
	}
	s.date = true
	letter := low[0]
	if letter == 'e' {
		s.add(tokDate, "yyyy")
	} else if letter != 'g' {
		s.add(tokDate, low[:n])
	}
	if letter == 's' {
		s.hasSecond = true
		n += s.subseconds(low[n:])
	}
	return n
}

// subseconds reads the decimals behind seconds and returns their length.
func (s *section) subseconds(rest string) int {
	if !strings.HasPrefix(rest, ".0") {
		return 0
	}
	digits := len(rest[1:]) - len(strings.TrimLeft(rest[1:], "0"))
	s.subsecond = max(s.subsecond, digits)
	s.add(tokDate, "."+strings.Repeat("0", digits))
	return 1 + digits
}

// settle decides what each token is, once all are known.
func (s *section) settle() {
	if s.date {
		s.settleDate()
		return
	}
	part := tokInt
	lastDigit := -1
	for i, t := range s.tokens {
		if t.kind == tokInt {
			lastDigit = i
		}
	}
	slash := false
	for i := range s.tokens {
		t := &s.tokens[i]
		switch t.kind {
		case tokPoint:
			if part == tokInt {
				part = tokFrac
			}
		case tokExp:
			part = tokExpDigit
		case tokSlash:
			slash = slash || part == tokInt && s.ints > 0
		case tokInt:
			t.kind = part
			switch part {
			case tokFrac:
				s.fracs++
			case tokExpDigit:
				s.exps++
			default:
				s.ints++
			}
		case tokText:
			if t.text == "\x00," {
				s.comma(t, i, lastDigit, part)
			}
		}
	}
	if slash {
		s.settleFraction()
	}
	s.shorten()
}

// shorten joins what shows the same for every number: texts side by side, and
// of several # in front of a number all but the last, since that one shows all
// further digits.
func (s *section) shorten() {
	out := s.tokens[:0]
	for _, t := range s.tokens {
		last := len(out) - 1
		switch {
		case t.kind == tokText && t.text == "":
			continue
		case t.kind == tokText && last >= 0 && out[last].kind == tokText:
			out[last].text += t.text
			continue
		case t.kind == tokInt && last >= 0 && out[last].kind == tokInt && out[last].text == "#" && s.exps == 0 && onlyInt(out):
			s.ints--
			out = out[:last]
		}
		out = append(out, t)
	}
	s.tokens = out
}

// onlyInt says that tokens have just one digit of the whole number.
func onlyInt(tokens []token) bool {
	n := 0
	for _, t := range tokens {
		if t.kind == tokInt {
			n++
		}
	}
	return n == 1
}

// comma decides between a thousands separator, a scale and a plain comma.
func (s *section) comma(t *token, i, lastDigit int, part tokenKind) {
	switch {
	case s.ints > 0 && i < lastDigit && part == tokInt:
		s.thousands = true
		t.text = ""
	case i > lastDigit && s.ints+s.fracs > 0:
		s.scale++
		t.text = ""
	default:
		t.text = ","
	}
}

// fraction is how a section shows a fraction, and what stands around it.
type fraction struct {
	digits      int  // placeholders of the denominator, 0 for none
	denominator int  // a fixed one, or 0
	mixed       bool // the whole number stands in front

	// The texts before the whole, between it and the numerator, on both sides of
	// the stroke, and behind the denominator.
	lead, middle, over, under, tail string
}

// settleFraction takes a fraction apart at its stroke, the first behind a digit.
func (s *section) settleFraction() {
	f := &s.fraction
	isDigit := func(t token) bool { return t.kind == tokInt }
	first := slices.IndexFunc(s.tokens, isDigit)
	slash := first + slices.IndexFunc(s.tokens[first:], func(t token) bool { return t.kind == tokSlash })
	before, after := s.tokens[:slash], s.tokens[slash+1:]
	end := len(before)
	for !isDigit(before[end-1]) {
		end--
	}
	start := end
	for start > 0 && isDigit(before[start-1]) {
		start--
	}
	f.lead, f.over = textOf(before[:first]), textOf(before[end:])
	if f.mixed = start > first; f.mixed {
		whole := start
		for !isDigit(before[whole-1]) {
			whole--
		}
		f.middle = textOf(before[whole:start])
	}
	from := 0
	for from < len(after) && !isDigit(after[from]) && !after[from].literalDigit() {
		from++
	}
	to, digits := from, ""
	for to < len(after) && (isDigit(after[to]) || after[to].literalDigit()) {
		if isDigit(after[to]) {
			f.digits++
		}
		digits += after[to].text
		to++
	}
	f.under, f.tail = textOf(after[:from]), textOf(after[to:])
	if n, err := strconv.Atoi(digits); err == nil && n > 0 {
		f.denominator = n
	}
}

// literalDigit says that the token is one digit that is shown as it stands, as
// in a fixed denominator.
func (t token) literalDigit() bool {
	return t.kind == tokText && len(t.text) == 1 && t.text[0] >= '0' && t.text[0] <= '9'
}

// textOf joins the texts among tokens.
func textOf(tokens []token) string {
	var b strings.Builder
	for _, t := range tokens {
		b.WriteString(t.literal())
	}
	return b.String()
}

// literal is what stands in a format as it is shown, "" for a placeholder.
func (t token) literal() string {
	switch t.kind {
	case tokText:
		return t.text
	case tokSlash:
		return "/"
	case tokPoint:
		return "."
	}
	return ""
}

// settleDate tells months from minutes: an m right after hours or right before
// seconds is minutes.
func (s *section) settleDate() {
	last := byte(0)
	for i := range s.tokens {
		t := &s.tokens[i]
		if t.kind == tokText && t.text == "\x00," {
			t.text = ","
		}
		if t.kind == tokInt || t.kind == tokPoint || t.kind == tokSlash || t.kind == tokExp {
			t.kind = tokText
		}
		if t.kind != tokDate {
			continue
		}
		letter := strings.TrimLeft(t.text, "[")[0]
		if letter == 'm' && len(t.text) <= 2 && (last == 'h' || s.secondsFollow(i)) {
			t.text = strings.Repeat("M", len(t.text))
		}
		if letter != '.' && letter != 'A' {
			last = letter
		}
	}
}

func (s *section) secondsFollow(i int) bool {
	for _, t := range s.tokens[i+1:] {
		if t.kind == tokDate {
			return strings.TrimLeft(t.text, "[")[0] == 's'
		}
	}
	return false
}

// showNumber renders x, at least 0, and says whether it came out as zero.
func (s *section) showNumber(x float64) (string, bool) {
	for range s.percent {
		x *= 100
	}
	for range s.scale {
		x /= 1000
	}
	if s.fraction.digits > 0 || s.fraction.denominator > 0 {
		return s.fraction.show(x)
	}
	exp := 0
	if s.exps > 0 && x > 0 {
		exp = int(math.Floor(math.Log10(x)))
		if s.ints > 1 {
			exp = int(math.Floor(float64(exp)/float64(s.ints))) * s.ints
		}
		x /= math.Pow(10, float64(exp))
		if whole, _ := round(x, s.fracs); len(whole) > max(1, s.ints) {
			x /= math.Pow(10, float64(max(1, s.ints)))
			exp += max(1, s.ints)
		}
	}
	whole, frac := round(x, s.fracs)
	zero := whole == "" && strings.Trim(frac, "0") == ""
	return s.place(whole, frac, exp), zero
}

// place puts digits into the placeholders.
func (s *section) place(whole, frac string, exp int) string {
	var b strings.Builder
	wholeSeen, fracSeen, expSeen := 0, 0, 0
	frac = strings.TrimRight(frac, "0")
	expText := strconv.Itoa(max(exp, -exp))
	for _, t := range s.tokens {
		switch t.kind {
		case tokText, tokSlash, tokPoint:
			b.WriteString(t.literal())
		case tokInt:
			s.placeWhole(&b, t, whole, wholeSeen)
			wholeSeen++
		case tokFrac:
			placeDigit(&b, t, frac, fracSeen)
			fracSeen++
		case tokExp:
			b.WriteByte('E')
			if exp < 0 {
				b.WriteByte('-')
			} else if t.text == "+" {
				b.WriteByte('+')
			}
		case tokExpDigit:
			if expSeen == 0 {
				b.WriteString(strings.Repeat("0", max(0, s.exps-len(expText))) + expText)
			}
			expSeen++
		}
	}
	if s.ints == 0 && s.fracs > 0 && whole != "" {
		return whole + b.String()
	}
	return b.String()
}

// placeWhole writes the digit of the n-th whole placeholder; the first takes
// all the digits that have no placeholder of their own.
func (s *section) placeWhole(b *strings.Builder, t token, whole string, n int) {
	place := s.ints - n // counted from the right, from 1
	from, to := len(whole)-place, len(whole)-place+1
	if n == 0 {
		from = 0
	}
	if to <= 0 {
		switch t.text {
		case "0":
			b.WriteByte('0')
			s.separate(b, place)
		case "?":
			b.WriteByte(' ')
		}
		return
	}
	for i := max(0, from); i < to; i++ {
		b.WriteByte(whole[i])
		s.separate(b, len(whole)-i)
	}
}

func (s *section) separate(b *strings.Builder, place int) {
	if s.thousands && place > 1 && (place-1)%3 == 0 {
		b.WriteByte(',')
	}
}

func placeDigit(b *strings.Builder, t token, digits string, n int) {
	switch {
	case n < len(digits):
		b.WriteByte(digits[n])
	case t.text == "0":
		b.WriteByte('0')
	case t.text == "?":
		b.WriteByte(' ')
	}
}

// show renders x as a whole and a fraction, and says whether it came out as
// zero.
func (f *fraction) show(x float64) (string, bool) {
	whole := math.Floor(x)
	part := x - whole
	if !f.mixed {
		whole, part = 0, x
	}
	num, den := 0, f.denominator
	if den > 0 {
		num = int(math.Round(part * float64(den)))
	} else {
		num, den = nearest(part, int(math.Pow(10, float64(min(f.digits, 5))))-1)
	}
	if f.mixed && num == den {
		whole, num = whole+1, 0
	}
	out := f.lead
	hasWhole := f.mixed && (whole > 0 || num == 0)
	if hasWhole {
		out += strconv.FormatFloat(whole, 'f', 0, 64)
	}
	if num > 0 || !f.mixed {
		if hasWhole {
			out += cmp.Or(f.middle, " ")
		}
		out += strconv.Itoa(num) + f.over + "/" + f.under + strconv.Itoa(den)
	}
	return out + f.tail, whole == 0 && num == 0
}

// nearest finds the closest fraction to x, which is not negative, with a
// denominator of at most most: the last of its continued fraction's convergents
// that is small enough, or one between that and the next.
func nearest(x float64, most int) (num, den int) {
	limit := float64(most)
	p0, q0, p1, q1 := 0.0, 1.0, 1.0, 0.0
	for rest := x; ; {
		whole := math.Floor(rest)
		p, q := whole*p1+p0, whole*q1+q0
		if q > limit {
			k := math.Floor((limit - q0) / q1)
			if p, q = k*p1+p0, k*q1+q0; q > 0 && math.Abs(x-p/q) < math.Abs(x-p1/q1)-1e-12 {
				return int(p), int(q)
			}
			return int(p1), int(q1)
		}
		p0, q0, p1, q1 = p1, q1, p, q
		if math.Abs(x-p/q) < 1e-9 || rest == whole {
			return int(p), int(q)
		}
		rest = 1 / (rest - whole)
	}
}
