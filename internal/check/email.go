package check

import (
	"hash/maphash"
	"strings"

	"golang.org/x/net/idna"

	"rollcall/internal/account"
	"rollcall/internal/roster"
)

// Limits of an address (RFC 5321 section 4.5.3.1, with erratum 1690).
const (
	maxLocal   = 64
	maxDomain  = 253
	maxAddress = 254
)

// email: local@domain.tld, the key of a user (guide, column C).
func (c *checker) email(text string) {
	if c.plainAddress(text) {
		return
	}
	tidy := c.words(text)
	if c.address(tidy) {
		return
	}
	if runs(text) {
		c.formula(text)
	}
	c.invalidAddress(tidy)
}

// plainAddress is the fast way through: an ASCII address as nearly all are,
// with a domain that has nothing about it. It writes the address in lower case
// as it goes.
func (c *checker) plainAddress(text string) bool {
	if len(text) > maxAddress {
		return false
	}
	at := 0
	dot := true // as if a dot stood in front
	for at < len(text) && text[at] != '@' {
		ch := text[at]
		if ch == '.' {
			if dot {
				return false
			}
		} else if !atext[ch] {
			return false
		}
		dot = ch == '.'
		c.lower[at] = lowerASCII[ch]
		at++
	}
	if dot || at > maxLocal || at >= len(text)-1 {
		return false
	}
	domain := text[at+1:]
	if domain != c.domain && !c.plainDomain(domain) {
		return false
	}
	c.lower[at] = '@'
	n := at + 1 + copy(c.lower[at+1:], c.domainLower)
	c.emailHash = nonZero(maphash.Bytes(seed, c.lower[:n]))
	return true
}

// plainDomain says whether there is nothing to say of a domain, and notes it.
func (c *checker) plainDomain(domain string) bool {
	if !roster.ASCII(domain) || c.verdict(domain) != (domainVerdict{}) {
		return false
	}
	c.domain, c.domainLower = domain, strings.ToLower(domain)
	return true
}

// lowerASCII is a byte in lower case.
var lowerASCII = func() (t [256]byte) {
	for i := range t {
		t[i] = byte(i)
		if 'A' <= i && i <= 'Z' {
			t[i] += 'a' - 'A'
		}
	}
	return t
}()

// address checks a tidied text that is an address and says whether it is.
func (c *checker) address(tidy string) bool {
	local, domain, ok := cutAddress(tidy)
	if !ok || localProblem(local) != "" {
		return false
	}
	v := c.verdict(domain)
	if v.invalid != "" || len(local)+1+len(v.ascii(domain)) > maxAddress {
		return false
	}
	c.emailHash = c.hashKey(tidy)
	if plain := roster.Plain(domain); plain != domain && c.lookAlikeDomain(domain, plain) {
		if f := c.add(Invisible, Warning, true, tidy); f != nil {
			fixed := local + "@" + plain
			f.Message = alikeMessage(domain, fixed)
			f.suggest(fixed)
		}
		return true
	}
	if v.doubt != "" {
		if f := c.add(EmailDomain, Warning, false, tidy); f != nil {
			f.Message = v.doubt
			if v.suggest != "" {
				f.suggest(local + "@" + v.suggest)
			}
		}
	}
	return true
}

// hashKey hashes account.EmailKey of an address.
func (c *checker) hashKey(address string) uint64 {
	if roster.ASCII(address) {
		return c.hashLower(address)
	}
	return nonZero(maphash.String(seed, account.EmailKey(address)))
}

// lookAlikeDomain says whether a domain is ASCII but for full-width or
// look-alike letters mixed in: not a domain in another script.
func (c *checker) lookAlikeDomain(domain, plain string) bool {
	if !roster.ASCII(plain) || c.verdict(plain).invalid != "" {
		return false
	}
	for _, r := range domain {
		if roster.FullWidth(r) || r == '。' || r == '｡' {
			return true
		}
	}
	_, mixed, _ := roster.UnmixWords(domain)
	return mixed
}

// atext is what a dot-atom is made of (RFC 5322 section 3.2.3).
var atext = func() (t [256]bool) {
	for _, ch := range []byte("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~") {
		t[ch] = true
	}
	return t
}()

func dotAtom(local string) bool {
	dot := true // as if a dot stood in front
	for i := 0; i < len(local); i++ {
		if local[i] == '.' {
			if dot {
				return false
			}
			dot = true
			continue
		}
		if !atext[local[i]] {
			return false
		}
		dot = false
	}
	return !dot
}

// quoted says whether a local part is a quoted string (RFC 5321 section 4.1.2).
func quoted(local string) bool {
	if len(local) < 2 || local[0] != '"' || local[len(local)-1] != '"' {
		return false
	}
	inside := local[1 : len(local)-1]
	for i := 0; i < len(inside); i++ {
		switch ch := inside[i]; {
		case ch == '\\':
			i++
			if i == len(inside) || inside[i] < 0x20 || inside[i] > 0x7e {
				return false
			}
		case ch == '"' || ch < 0x20 || ch > 0x7e:
			return false
		}
	}
	return inside != ""
}

// cutAddress cuts at the @ that is not inside quotes.
func cutAddress(text string) (local, domain string, ok bool) {
	at := strings.LastIndexByte(text, '@')
	if at < 1 || at == len(text)-1 {
		return "", "", false
	}
	return text[:at], text[at+1:], true
}

// localProblem says what is wrong with a local part, "" for nothing.
func localProblem(local string) string {
	switch {
	case len(local) > maxLocal:
		return "the part before the @ is longer than 64 characters"
	case dotAtom(local) || quoted(local):
		return ""
	case !roster.ASCII(local):
		return "the part before the @ has letters that an address cannot have"
	case strings.HasPrefix(local, ".") || strings.HasSuffix(local, "."):
		return "the part before the @ begins or ends with a dot"
	case strings.Contains(local, ".."):
		return "two dots follow each other"
	case strings.ContainsAny(local, " \t"):
		return "there is a space in it"
	case strings.IndexByte(local, '@') >= 0:
		return "it has more than one @"
	}
	return "the part before the @ has a character that an address cannot have"
}

// domainVerdict is what there is to say of a domain; the zero value is nothing.
type domainVerdict struct {
	invalid string // why it is none
	doubt   string // the sentence of a warning
	suggest string // the domain that may be meant
	puny    string // the ASCII form, where it differs
}

func (v domainVerdict) ascii(domain string) string {
	if v.puny != "" {
		return v.puny
	}
	return domain
}

// verdict judges a domain, each only once.
func (c *checker) verdict(domain string) domainVerdict {
	if v, ok := c.domains[domain]; ok {
		return v
	}
	if len(c.domains) >= memoSize {
		clear(c.domains)
	}
	v := c.judgeDomain(domain)
	c.domains[domain] = v
	return v
}

func (c *checker) judgeDomain(domain string) domainVerdict {
	ascii := domain
	var v domainVerdict
	if !roster.ASCII(domain) {
		puny, err := idna.Lookup.ToASCII(domain)
		if err != nil {
			return domainVerdict{invalid: "the part behind the @ is not a domain"}
		}
		ascii, v.puny = puny, puny
	}
	if v.invalid = domainProblem(ascii); v.invalid != "" {
		return v
	}
	lower := strings.ToLower(ascii)
	shown := lower
	if v.puny != "" {
		if readable, err := idna.Display.ToUnicode(lower); err == nil {
			shown = readable
		}
	}
	v.doubt, v.suggest = c.doubtDomain(lower, shown)
	return v
}

// domainProblem says why an ASCII domain is none (RFC 1123 section 2.1).
func domainProblem(domain string) string {
	switch {
	case len(domain) > maxDomain:
		return "the domain is longer than 253 characters"
	case strings.HasSuffix(domain, "."):
		return "there is a dot at the end"
	case strings.Contains(domain, ".."):
		return "two dots follow each other"
	case strings.HasPrefix(domain, "."):
		return "there is a dot behind the @"
	case strings.ContainsAny(domain, " \t"):
		return "there is a space in it"
	case strings.IndexByte(domain, ',') >= 0:
		return "there is a comma where a dot should be"
	case strings.IndexByte(domain, '.') < 0:
		return "the ending such as .com is missing"
	}
	last := ""
	for rest := domain; rest != ""; {
		label, after, _ := strings.Cut(rest, ".")
		if len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return "the part behind the @ is not a domain"
		}
		for i := 0; i < len(label); i++ {
			ch := label[i]
			if ch != '-' && (ch < '0' || ch > '9') && (ch < 'a' || ch > 'z') && (ch < 'A' || ch > 'Z') {
				return "the part behind the @ has a character that a domain cannot have"
			}
		}
		last, rest = label, after
	}
	if strings.Trim(last, "0123456789") == "" || len(last) < 2 {
		return "the ending such as .com is missing"
	}
	return ""
}
