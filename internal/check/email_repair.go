package check

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"rollcall/internal/roster"
)

// maxSlip bounds, in bytes, a text that an address is looked for in.
const maxSlip = 4000

// invalidAddress names what is wrong with a text that is no address, and what
// may be meant.
func (c *checker) invalidAddress(tidy string) {
	if len(tidy) > maxSlip {
		if f := c.add(EmailInvalid, Error, false, tidy); f != nil {
			f.Message = "Not an address: " + c.whyInvalid(tidy)
		}
		return
	}
	several := c.addressesIn(tidy)
	if inner, ok := c.unwrap(tidy); ok && len(several) < 2 {
		if f := c.add(EmailWrapped, Error, true, tidy); f != nil {
			f.Message = "There is more than the address in it: use “" + inner + "”"
			f.suggest(inner)
		}
		return
	}
	if len(several) > 1 {
		if f := c.add(EmailInvalid, Error, false, tidy); f != nil {
			f.Message = "There are " + itoa(len(several)) + " addresses in it: keep one and give the others a row of their own"
			f.Choices = several
		}
		return
	}
	plain := roster.Plain(tidy)
	if plain != tidy && c.valid(plain) {
		c.lookAlikeAddress(tidy, plain)
		return
	}
	f := c.add(EmailInvalid, Error, false, tidy)
	if f == nil {
		return
	}
	f.Message = "Not an address: " + c.whyInvalid(tidy)
	fixed, ok := c.repair(tidy)
	if !ok {
		fixed, ok = onlyAddress(tidy, several)
	}
	if ok {
		f.suggest(fixed)
		f.Message += ". Did you mean “" + fixed + "”?"
	}
}

// lookAlikeAddress reports an address with full-width or look-alike letters.
func (c *checker) lookAlikeAddress(tidy, plain string) {
	if f := c.add(Invisible, Warning, true, tidy); f != nil {
		f.Message = alikeMessage(tidy, plain)
		f.suggest(plain)
	}
	if f := c.add(EmailInvalid, Error, true, tidy); f != nil {
		f.Message = "Not an address because of that character: use “" + plain + "”"
		f.suggest(plain)
	}
}

// valid says whether a text is an address.
func (c *checker) valid(text string) bool {
	local, domain, ok := cutAddress(text)
	if !ok || localProblem(local) != "" {
		return false
	}
	v := c.verdict(domain)
	return v.invalid == "" && len(local)+1+len(v.ascii(domain)) <= maxAddress
}

var angle = regexp.MustCompile(`^[^<>]*<\s*([^<>\s]+)\s*>[\s;,.]*$`)

// unwrap takes an address out of mailto:, Name <a@b.c>, brackets and quotes.
func (c *checker) unwrap(text string) (inner string, ok bool) {
	inner = text
	if m := angle.FindStringSubmatch(inner); m != nil {
		inner = m[1]
	}
	for _, pair := range []string{`""`, `''`, "“”", "‘’", "()", "[]", "<>", "„“", "«»"} {
		runes := []rune(pair)
		if strings.HasPrefix(inner, string(runes[0])) && strings.HasSuffix(inner, string(runes[1])) && len(inner) > len(pair) {
			inner = strings.TrimSuffix(strings.TrimPrefix(inner, string(runes[0])), string(runes[1]))
		}
	}
	for _, word := range []string{"mailto:", "smtp:", "email:", "e-mail:"} {
		if len(inner) > len(word) && strings.EqualFold(inner[:len(word)], word) {
			inner = strings.TrimLeft(inner[len(word):], " /")
			// A copy may be asked for behind the question mark: another address.
			if cut, rest, found := strings.Cut(inner, "?"); found && c.valid(cut) && !strings.Contains(rest, "@") {
				inner = cut
			}
		}
	}
	inner = strings.TrimRight(inner, " ")
	return inner, inner != text && c.valid(inner)
}

// addressesIn lists the different addresses in a text.
func (c *checker) addressesIn(text string) (several []string) {
	for _, piece := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" ,;|/<>()\n\t", r) }) {
		piece = strings.TrimRight(strings.TrimPrefix(piece, "mailto:"), ".")
		same := func(other string) bool { return strings.EqualFold(other, piece) }
		if c.valid(piece) && !slices.ContainsFunc(several, same) {
			several = append(several, piece)
		}
	}
	return several
}

// onlyAddress is the one address among other words, where nothing else in the
// text may be another.
func onlyAddress(text string, found []string) (address string, ok bool) {
	if len(found) != 1 {
		return "", false
	}
	lower := strings.ToLower(text)
	same := strings.Count(lower, strings.ToLower(found[0])) * strings.Count(found[0], "@")
	return found[0], strings.Count(text, "@") == same
}

// whyInvalid says what is wrong in half a sentence.
func (c *checker) whyInvalid(text string) string {
	switch {
	case strings.IndexByte(text, '@') < 0:
		return "the @ is missing"
	case strings.HasPrefix(text, "@"):
		return "the part before the @ is missing"
	case strings.HasSuffix(text, "@"):
		return "the part behind the @ is missing"
	}
	if last := text[len(text)-1]; strings.IndexByte(".,;:", last) >= 0 {
		return map[byte]string{'.': "there is a dot at the end", ',': "there is a comma at the end", ';': "there is a semicolon at the end", ':': "there is a colon at the end"}[last]
	}
	local, domain, _ := cutAddress(text)
	if why := localProblem(local); why != "" {
		return why
	}
	if v := c.verdict(domain); v.invalid != "" {
		return v.invalid
	}
	return "it is longer than 254 characters"
}

// repairs are the slips that are tried, one after the other and then together.
var repairs = []func(string) string{
	func(s string) string { return strings.TrimRight(s, " .,;:>)") },
	func(s string) string { return strings.TrimLeft(s, " .,;:<(") },
	func(s string) string { return atWord.ReplaceAllString(s, "@") },
	func(s string) string { return dotWord.ReplaceAllString(s, ".") },
	func(s string) string { return manyAts.ReplaceAllString(s, "@") },
	func(s string) string { return manyDots.ReplaceAllString(s, ".") },
	commaToDot,
	func(s string) string { return strings.ReplaceAll(s, ".@", "@") },
	func(s string) string { return strings.ReplaceAll(s, "@.", "@") },
	func(s string) string { return strings.ReplaceAll(s, " ", "") },
	roster.Plain,
	withoutAccents,
}

var (
	atWord   = regexp.MustCompile(`(?i)\s*[\(\[\{]\s*at\s*[\)\]\}]\s*|\s+at\s+`)
	dotWord  = regexp.MustCompile(`(?i)\s*[\(\[\{]\s*dot\s*[\)\]\}]\s*`)
	manyAts  = regexp.MustCompile(`@{2,}`)
	manyDots = regexp.MustCompile(`\.{2,}`)
)

// commaToDot mends "northwind,com".
func commaToDot(s string) string {
	at := strings.LastIndexByte(s, '@')
	if at < 0 {
		return s
	}
	return s[:at] + strings.NewReplacer(", ", ".", ",", ".", ";", ".", " .", ".", ". ", ".").Replace(s[at:])
}

// withoutAccents is the local part as most mail systems spell it.
func withoutAccents(s string) string {
	at := strings.LastIndexByte(s, '@')
	if at < 0 {
		return s
	}
	local := strings.NewReplacer("ß", "ss", "ä", "ae", "ö", "oe", "ü", "ue", "ø", "o", "ł", "l", "æ", "ae", "đ", "d", "ı", "i").Replace(norm.NFC.String(s[:at]))
	var b strings.Builder
	for _, r := range norm.NFD.String(local) {
		if r < 0x300 || r > 0x36f {
			b.WriteRune(r)
		}
	}
	return b.String() + s[at:]
}

// repair is the address that a slip of the pen was meant to be.
func (c *checker) repair(text string) (fixed string, ok bool) {
	for _, mend := range repairs {
		if fixed = mend(text); fixed != text && c.valid(fixed) {
			return fixed, true
		}
	}
	fixed = text
	for _, mend := range repairs {
		fixed = mend(fixed)
		if fixed != text && c.valid(fixed) {
			return fixed, true
		}
	}
	return "", false
}
