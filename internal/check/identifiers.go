package check

import (
	"strings"

	"rollcall/internal/account"
	"rollcall/internal/roster"
)

// identifier checks the half behind the colon against the source's pattern:
// the account's own where it gives one, else the built-in one.
func (c *checker) identifier(text string, t *roster.Token) {
	if t.Value == "" {
		if f := c.add(IdentifierInvalid, Error, false, t.Text); f != nil {
			f.Message = "The identifier behind “" + t.Source + ":” is missing: type it, or remove the source"
		}
		return
	}
	p, kind := c.pattern(t.Source)
	if p == nil || p.Match(t.Value) || isMangled(t.Value) {
		return
	}
	fixed := reshape(kind, t.Value)
	certain := fixed != t.Value && p.Match(fixed)
	f := c.add(IdentifierInvalid, Error, certain, t.Text)
	if f == nil {
		return
	}
	noun, example := "an identifier of “"+t.Source+"”", c.example(t.Source, kind)
	if kind != nil {
		noun = kind.Noun
	}
	f.Message = "“" + t.Value + "” is not " + noun + ": look it up there and correct it"
	if example != "" {
		f.Message = "“" + t.Value + "” is not " + noun + ": it looks like " + example
	}
	from := t.Colon + 1
	from += strings.Index(text[from:], roster.TrimSpace(text[from:t.End]))
	if certain {
		f.suggestPart(from, t.End, fixed)
		f.Message = "“" + t.Value + "” is not written as " + noun + ": use “" + fixed + "”"
		f.PartFix = t.Source + ":" + fixed
		return
	}
	if guess := c.guess(kind, p, t.Value); guess != "" {
		f.suggestPart(from, t.End, guess)
		f.PartFix = t.Source + ":" + guess
		f.Message += ". Did you mean “" + guess + "”?"
	}
}

// sourceForm is what a source's identifiers look like.
type sourceForm struct {
	pattern *roster.Pattern // nil where none is known
	kind    *roster.Kind    // nil where the platform is not known
}

// pattern is the form of a source's identifiers.
func (c *checker) pattern(source string) (*roster.Pattern, *roster.Kind) {
	if source == c.lastSource {
		return c.lastForm.pattern, c.lastForm.kind
	}
	form, ok := c.forms[source]
	if !ok {
		p, known := c.patterns[source]
		if !known {
			p = roster.PatternOf(account.Source{Name: source})
		}
		form = sourceForm{p, roster.KindOf(source)}
		if len(c.forms) >= memoSize {
			clear(c.forms)
		}
		c.forms[source] = form
	}
	c.lastSource, c.lastForm = source, form
	return form.pattern, form.kind
}

// example is a valid identifier of the source: the account's own, else the
// built-in one.
func (c *checker) example(source string, kind *roster.Kind) string {
	if c.sourcesKnown {
		if src, ok := c.dir.Source(source); ok && src.Example != "" {
			return src.Example
		}
	}
	if kind != nil {
		return kind.Example
	}
	return ""
}

// reshape writes an identifier in its kind's form where that changes nothing
// but the writing: blanks and dashes in a phone number, small letters in a
// member ID, full-width forms.
func reshape(kind *roster.Kind, value string) string {
	plain := roster.Plain(value)
	form := roster.FormOther
	if kind != nil {
		form = kind.Form
	}
	switch form {
	case roster.FormPhone:
		return phone(plain)
	case roster.FormSlack:
		return strings.ToUpper(strings.TrimPrefix(plain, "@"))
	case roster.FormMail:
		if len(plain) > 7 && strings.EqualFold(plain[:7], "mailto:") {
			plain = plain[7:]
		}
		return strings.TrimSuffix(strings.TrimPrefix(plain, "<"), ">")
	}
	return plain
}

// phone writes a phone number as E.164 does where it has a country code: +, or
// 00 in front; a (0) behind the code is not dialled from abroad.
func phone(text string) string {
	text = strings.Replace(text, "(0)", "", 1)
	var b strings.Builder
	for i, r := range text {
		switch {
		case '0' <= r && r <= '9', r == '+' && i == 0:
			b.WriteRune(r)
		case strings.ContainsRune(" \u00a0\u2009\u202f-‑–—()./", r):
		default:
			return text
		}
	}
	number := b.String()
	if strings.HasPrefix(number, "00") {
		number = "+" + number[2:]
	}
	return number
}

// guess is what an identifier may be meant to be, "" where nothing fits.
func (c *checker) guess(kind *roster.Kind, p *roster.Pattern, value string) string {
	if kind == nil {
		return ""
	}
	switch kind.Form {
	case roster.FormPhone:
		digits := phone(roster.Plain(value))
		if len(digits) >= 10 && digits[0] != '0' && p.Match("+"+digits) {
			return "+" + digits
		}
	case roster.FormMail:
		if fixed, ok := c.repair(value); ok && p.Match(fixed) {
			return fixed
		}
	}
	return ""
}

// shaped is an identifier without a source, written as the source's are.
func (c *checker) shaped(source, value string) string {
	p, kind := c.pattern(source)
	if fixed := reshape(kind, value); p != nil && !p.Match(value) && p.Match(fixed) {
		return fixed
	}
	return value
}
