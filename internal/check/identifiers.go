package check

import (
	"slices"
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
	if p == nil || isMangled(t.Value) {
		return
	}
	from, to := valueSpan(text, t)
	valid := p.Match(t.Value)
	if plain := roster.Plain(t.Value); plain != t.Value && (valid && mixed(t.Value) || !valid && c.fitsPlain(kind, p, plain)) {
		c.lookAlike(text, t, from, to, plain)
	}
	if valid {
		return
	}
	if sure, none := roster.NoneOf(t.Value); none {
		c.noIdentifier(t, sure)
		return
	}
	fixed, sure := reshape(kind, t.Value)
	fits := fixed != t.Value && p.Match(fixed)
	f := c.add(IdentifierInvalid, Error, fits && sure, t.Text)
	if f == nil {
		return
	}
	noun, example := "an identifier of “"+t.Source+"”", c.example(t.Source, kind)
	if kind != nil {
		noun = kind.Noun
	}
	such := ""
	if example != "" {
		such = " such as " + example
	}
	if !fits {
		fixed = c.guess(kind, p, t.Value)
	}
	switch {
	case fits && sure:
		f.Message = "“" + t.Value + "” is not written as " + noun + ": use “" + fixed + "”"
	case fixed != "":
		f.Message = "“" + t.Value + "” is not " + noun + such + ": did you mean “" + fixed + "”?"
	default:
		f.Message = "“" + t.Value + "” is not " + noun + such + ": look it up there and correct it"
	}
	if fixed != "" {
		f.suggestPart(from, to, fixed)
		f.PartFix = t.Source + ":" + fixed
	}
}

// noIdentifier reports a word that says that there is no identifier: the whole
// item goes.
func (c *checker) noIdentifier(t *roster.Token, sure bool) {
	f := c.add(IdentifierInvalid, Error, sure, t.Text)
	if f == nil {
		return
	}
	f.Message = "“" + t.Value + "” is not an identifier: where there is none, leave the source out"
	switch i := slices.IndexFunc(c.tokens, func(o roster.Token) bool { return o.Start == t.Start }); {
	case i > 0:
		f.suggestCut(c.tokens[i-1].End, t.End, "")
	case len(c.tokens) > 1:
		f.suggestCut(t.Start, c.tokens[1].Start, "")
	default:
		f.suggest("")
	}
}

// valueSpan is where the identifier stands in the cell, without the white space
// around it.
func valueSpan(text string, t *roster.Token) (from, to int) {
	from = t.Colon + 1
	return from + strings.Index(text[from:], roster.TrimSpace(text[from:t.End])), t.End
}

// fitsPlain says whether an identifier that is written with plain characters
// now is valid, as it is or in its kind's form.
func (c *checker) fitsPlain(kind *roster.Kind, p *roster.Pattern, plain string) bool {
	fixed, _ := reshape(kind, plain)
	return p.Match(plain) || p.Match(fixed)
}

// mixed says whether a text has full-width characters, or letters of two
// scripts in one word.
func mixed(text string) bool {
	_, changed, _ := roster.UnmixWords(text)
	return changed || strings.ContainsFunc(text, roster.FullWidth)
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

// longestIdentifier bounds, in bytes, an identifier that is mended: none is longer.
const longestIdentifier = 1000

// reshape writes an identifier in its kind's form: blanks and dashes in a phone
// number, small letters in a member ID, full-width forms. sure says that this
// changes nothing but the writing.
func reshape(kind *roster.Kind, value string) (fixed string, sure bool) {
	if len(value) > longestIdentifier {
		return value, false
	}
	plain := roster.Plain(value)
	form := roster.FormOther
	if kind != nil {
		form = kind.Form
	}
	switch form {
	case roster.FormPhone:
		return phone(plain)
	case roster.FormSlack:
		fixed = strings.ToUpper(strings.TrimPrefix(plain, "@"))
		// A user name may look like a member ID, but for the digit that follows
		// the first letter of nearly every one.
		return fixed, fixed == plain || plain[0] != '@' && len(fixed) > 1 && '0' <= fixed[1] && fixed[1] <= '9'
	case roster.FormMail:
		if len(plain) > 7 && strings.EqualFold(plain[:7], "mailto:") {
			plain = plain[7:]
		}
		if inner, ok := strings.CutPrefix(plain, "<"); ok && strings.HasSuffix(inner, ">") {
			plain = strings.TrimSuffix(inner, ">")
		}
	}
	return plain, true
}

// guess is what an identifier may be meant to be, "" where nothing fits.
func (c *checker) guess(kind *roster.Kind, p *roster.Pattern, value string) string {
	if kind == nil || len(value) > longestIdentifier {
		return ""
	}
	switch kind.Form {
	case roster.FormPhone:
		digits, _ := phone(roster.Plain(value))
		if len(digits) >= 10 && digits[0] != '0' && p.Match("+"+digits) {
			return "+" + digits
		}
	case roster.FormMail:
		if inner, ok := c.unwrap(value); ok && p.Match(inner) {
			return inner
		}
		if fixed, ok := c.repair(value); ok && p.Match(fixed) {
			return fixed
		}
	}
	return ""
}

// shaped is an identifier without a source, written as the source's are.
func (c *checker) shaped(source, value string) string {
	p, kind := c.pattern(source)
	if fixed, _ := reshape(kind, value); p != nil && !p.Match(value) && p.Match(fixed) {
		return fixed
	}
	return value
}
