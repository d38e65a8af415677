package check

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dustin/go-humanize"

	"rollcall/internal/account"
	"rollcall/internal/roster"
)

// MaxName is the most characters of a display name (product: "at most 256").
const MaxName = 256

// name: any name format, not empty (guide, column B).
func (c *checker) name(text string) {
	if plainName(text) {
		return
	}
	tidy := c.words(text)
	if len(tidy) > MaxName {
		if n := utf8.RuneCountInString(tidy); n > MaxName {
			if f := c.add(NameTooLong, Error, false, text); f != nil {
				f.Message = "The display name has " + number(n) + " characters: shorten it to at most 256"
			}
		}
	}
	if fixed, changed, certain := roster.UnmixWords(text); changed {
		if f := c.add(Invisible, Warning, certain, text); f != nil {
			f.Message = alikeMessage(text, roster.Tidy(fixed))
			f.suggest(fixed)
		}
	}
	if runs(text) {
		c.formula(text)
	}
}

// plainName is a quick look that clears nearly all names in ASCII.
func plainName(text string) bool {
	if len(text) > MaxName || text[0]|0x20 < 'a' || text[0]|0x20 > 'z' {
		return false
	}
	before := byte(0)
	for i := 0; i < len(text); i++ {
		ch := text[i]
		if ch < ' ' || ch >= 0x7f || ch == ' ' && before == ' ' {
			return false
		}
		before = ch
	}
	return before != ' '
}

// choice is the rule of a column with a few valid words.
type choice struct {
	unknown, letterCase Code
	valid               []string
	not                 string // what is said of an unknown word
	means               func(string) (value string, certain, ok bool)
	near                func(string) string
}

var statusChoice = &choice{
	unknown: StatusUnknown, letterCase: StatusCase, valid: statuses(),
	not: "Not a status: use Active or Archived", means: roster.StatusOf, near: roster.NearStatus,
}

var roleChoice = &choice{
	unknown: RoleUnknown, letterCase: RoleCase, valid: account.Roles(),
	not: "Not a role: use User, Admin or Supervisor", means: roster.RoleOf, near: roster.NearRole,
}

// status: Active or Archived (guide, column A).
func (c *checker) status(text string) { c.choose(statusChoice, text) }

// role: User, Admin or Supervisor (guide, column D). An unknown role never
// becomes a default role.
func (c *checker) role(text string) { c.choose(roleChoice, text) }

func (c *checker) choose(ch *choice, text string) {
	tidy := c.words(text)
	if runs(text) {
		c.formula(text)
	}
	for _, valid := range ch.valid {
		if tidy == valid {
			return
		}
		if strings.EqualFold(tidy, valid) && roster.ASCII(tidy) {
			if f := c.add(ch.letterCase, Warning, true, text); f != nil {
				f.Message = "Written “" + tidy + "”: use “" + valid + "”"
				f.suggest(valid)
				f.Choices = ch.valid
			}
			return
		}
	}
	value, certain, ok := ch.means(tidy)
	plain := roster.Plain(tidy)
	if ok && plain != tidy && roster.ASCII(plain) {
		if f := c.add(Invisible, Warning, true, text); f != nil {
			f.Message = alikeMessage(tidy, plain)
			f.suggest(plain)
		}
	}
	f := c.add(ch.unknown, Error, ok && certain, text)
	if f == nil {
		return
	}
	f.Message, f.Choices = ch.not, ch.valid
	if !ok {
		value = ch.near(tidy)
	}
	if value != "" {
		f.suggest(value)
	}
}

// number writes a count with commas between the thousands.
func number(n int) string { return humanize.Comma(int64(n)) }

// alikeSign is a look-alike that is no letter: a dash, an ideographic full stop.
func alikeSign(r rune) bool {
	return r >= 0x80 && !unicode.IsLetter(r) && roster.Plain(string(r)) != string(r)
}

// alikeMessage says what a look-alike character is, and what to use.
func alikeMessage(text, plain string) string {
	if strings.ContainsFunc(text, roster.FullWidth) {
		return "There is a full-width character in it: use “" + plain + "”"
	}
	if strings.ContainsFunc(text, alikeSign) {
		return "A character in it only looks like a plain one: use “" + plain + "”"
	}
	return "A letter in it comes from another alphabet and only looks alike: use “" + plain + "”"
}
