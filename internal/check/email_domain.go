package check

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/publicsuffix"
)

// commonDomains are mail domains that everybody has, and that are mistyped most.
var commonDomains = []string{
	"gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "yahoo.com", "icloud.com", "protonmail.com",
	"hotmail.co.uk", "yahoo.co.uk", "outlook.de", "hotmail.fr", "yahoo.fr", "hotmail.it", "comcast.net", "verizon.net",
	"btinternet.com", "t-online.de", "wanadoo.fr", "live.com", "fastmail.com",
}

// realDomains are domains of their own that look like slips of common ones.
var realDomains = map[string]bool{
	"mail.com": true, "email.com": true, "ymail.com": true, "gmx.com": true, "gmail.ru": true, "aol.com": true, "live.co": true, "life.com": true, "like.com": true, "lives.com": true,
	"yahoo.de": true, "yahoo.it": true, "yahoo.es": true, "yahoo.se": true, "yahoo.ca": true, "hotmail.de": true, "hotmail.es": true, "hotmail.se": true, "hotmail.ca": true,
	"outlook.dk": true, "outlook.be": true, "outlook.es": true, "outlook.fr": true, "outlook.it": true, "hotmail.be": true, "hotmail.nl": true, "yahoo.ie": true, "yahoo.gr": true,
	"hotmail.ch": true, "hotmail.gr": true, "hotmail.no": true, "hotmail.dk": true, "hotmail.fi": true, "hotmail.hu": true, "yahoo.be": true, "yahoo.nl": true, "yahoo.no": true, "yahoo.dk": true,
	"outlook.ie": true, "outlook.hu": true, "outlook.sk": true, "outlook.pt": true, "outlook.cz": true, "outlook.at": true, "outlook.ph": true, "outlook.sa": true, "outlook.in": true,
	"yahoo.cm": false, "five.com": true, "dive.com": true, "hive.com": true, "give.com": true, "live.nl": true,
}

// commonEndings are the endings that an unknown one is compared with.
var commonEndings = []string{"com", "org", "net", "edu", "gov", "info", "biz", "tech", "co.uk", "de", "fr", "eu", "io"}

// doubtDomain says what is odd about a valid domain in lower case, and which
// may be meant. shown is the domain as people read it, in Unicode.
func (c *checker) doubtDomain(domain, shown string) (doubt, suggest string) {
	if c.rules != nil && c.home[domain] {
		return "", ""
	}
	dot := strings.LastIndexByte(domain, '.')
	if ending := domain[dot+1:]; !knownEnding(ending) {
		stem := strings.LastIndexByte(shown, '.') + 1
		text := "The ending “." + shown[stem:] + "” does not exist: check the domain"
		for _, common := range commonDomains {
			if oneSlip(domain, common) {
				return text, common
			}
		}
		for _, common := range commonEndings {
			if oneSlip(ending, common) {
				return text, shown[:stem] + common
			}
		}
		return text, ""
	}
	if realDomains[domain] {
		return "", ""
	}
	candidates := commonDomains
	if c.rules != nil && len(c.homes) > 0 {
		candidates = append(append([]string(nil), c.homes...), commonDomains...)
	}
	for _, common := range candidates {
		if domain == common {
			return "", ""
		}
	}
	for _, common := range candidates {
		if len(common) >= 8 && oneSlip(domain, common) {
			return "“" + shown + "” is nearly “" + common + "”: check the domain", common
		}
	}
	return "", ""
}

// knownEnding says whether a top-level domain is one of ICANN's.
func knownEnding(ending string) bool {
	_, icann := publicsuffix.PublicSuffix("example." + ending)
	return icann
}

// oneSlip says whether one letter was changed, left out, doubled or put in, or
// two were swapped.
func oneSlip(a, b string) bool {
	if len(a)-len(b) > 4 || len(b)-len(a) > 4 {
		return false // a letter has four bytes at most
	}
	for a != "" && b != "" {
		ra, n := utf8.DecodeRuneInString(a)
		rb, m := utf8.DecodeRuneInString(b)
		if ra != rb {
			break
		}
		a, b = a[n:], b[m:]
	}
	for a != "" && b != "" {
		ra, n := utf8.DecodeLastRuneInString(a)
		rb, m := utf8.DecodeLastRuneInString(b)
		if ra != rb {
			break
		}
		a, b = a[:len(a)-n], b[:len(b)-m]
	}
	switch na, nb := utf8.RuneCountInString(a), utf8.RuneCountInString(b); {
	case na <= 1 && nb <= 1:
		return na+nb > 0
	case na == 2 && nb == 2:
		first, n := utf8.DecodeRuneInString(a)
		last, m := utf8.DecodeLastRuneInString(b)
		return first == last && a[n:] == b[:len(b)-m]
	}
	return false
}
