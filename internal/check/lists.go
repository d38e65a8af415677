package check

import (
	"strings"

	"rollcall/internal/roster"
)

// listWords reports white space and invisible characters of a cell that holds
// a list. A plain space after a comma is nothing to report, and line breaks
// between items are a matter of the separators. itemsOf cuts a list.
func (c *checker) listWords(text string, itemsOf func(text string) []item) {
	if listTidied(text) {
		return
	}
	stripped := roster.StripMarks(text)
	if stripped != text {
		if f := c.add(Invisible, Warning, true, text); f != nil {
			f.Message = "There is a character in it that nobody sees (" + invisibleName(text) + "): remove it"
			f.suggest(stripped)
		}
	}
	if tidy := tidyList(stripped, itemsOf(stripped)); tidy != stripped {
		if f := c.add(Spaces, Warning, true, text); f != nil {
			f.Message = spacesMessage(stripped)
			switch {
			case c.apart:
				f.Message = "There are spaces around an identifier: remove them"
			case strings.Contains(stripped, " ,"):
				f.Message = "There is a space before a comma: remove it"
			}
			f.suggest(tidy)
		}
	}
	c.readable(text)
}

// listTidied is a quick look that clears nearly all cells.
func listTidied(text string) bool {
	before := byte(',')
	for i := 0; i < len(text); i++ {
		ch := text[i]
		if ch < 0x20 || ch >= 0x7f {
			return false
		}
		if ch == ' ' && (before == ' ' || i == 0) || ch == ',' && before == ' ' {
			return false
		}
		before = ch
	}
	return before != ' '
}

// item is where an item of a list stands; right says that it is right as it
// stands, odd spaces and all, paired that it is source:identifier, without
// spaces around the colon.
type item struct {
	start, end    int
	right, paired bool
}

// tidyList tidies each item of a list and leaves the commas, and the plain
// spaces behind them, as they are.
func tidyList(text string, items []item) string {
	var b strings.Builder
	for i, it := range items {
		from := 0
		if i > 0 {
			b.WriteByte(',')
			from = items[i-1].end
			from += strings.IndexByte(text[from:], ',') + 1
		}
		core := text[it.start:it.end]
		if lead := text[from:max(from, it.start)]; i > 0 && core != "" && strings.Trim(lead, " ") == "" {
			b.WriteString(lead)
		}
		if !it.right {
			core = squeezeLines(core)
		}
		if name, value, ok := strings.Cut(core, ":"); ok && it.paired {
			core = strings.TrimRight(name, " ") + ":" + strings.TrimLeft(value, " ")
		}
		b.WriteString(core)
	}
	return b.String()
}

// squeezeLines squeezes the spaces of an item line by line: line breaks may be
// separators, and are judged as such.
func squeezeLines(item string) string {
	if !strings.ContainsAny(item, "\n\r\v\f\t") {
		return roster.Squeeze(item)
	}
	var b strings.Builder
	for item != "" {
		at := strings.IndexAny(item, "\n\r\v\f\t")
		if at < 0 {
			b.WriteString(roster.Squeeze(item))
			break
		}
		b.WriteString(roster.Squeeze(item[:at]))
		b.WriteByte(item[at])
		item = item[at+1:]
	}
	return b.String()
}

// tokenSpan is the i-th item of a list, which is not the first, with the comma
// in front of it.
func tokenSpan(tokens []roster.Token, i int) (from, to int) {
	return tokens[i-1].End, tokens[i].End
}

// emptyItems reports commas with nothing between them.
func (c *checker) emptyItems(code Code, text string, tokens []roster.Token) {
	var full []string
	for _, t := range tokens {
		if t.Text != "" {
			full = append(full, text[t.Start:t.End])
		}
	}
	if len(full) == len(tokens) || len(full) == 0 {
		return
	}
	if f := c.add(code, Error, true, text); f != nil {
		f.Message = "There is a comma too many: remove it"
		f.suggest(strings.Join(full, ","))
	}
}

// separators are characters that people put between items instead of a comma;
// the guide allows the comma only.
const separators = ";|/\n\r\v\f\t，；、،｜"

// wide are those that look like a comma.
const wide = "，、،"

// wideComma reports a comma of full width in an item; fixed is the item with
// plain ones, where that is known to be right.
func (c *checker) wideComma(t *roster.Token, fixed string, certain, known bool) {
	if f := c.add(Invisible, Warning, certain, t.Text); f != nil {
		f.Message = "There is a comma of another script in it: use the plain one"
		if known {
			f.suggestPart(t.Start, t.End, fixed)
		}
	}
}

// pieces cuts an item at wrong separators.
func pieces(text string) []string {
	var list []string
	for _, p := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(separators, r) }) {
		if p = roster.Tidy(p); p != "" {
			list = append(list, p)
		}
	}
	return list
}

// orList writes names as “a”, “b” or “c”.
func orList(names []string) string { return list(names, " or ") }

// andList writes names as “a”, “b” and “c”.
func andList(names []string) string { return list(names, " and ") }

func list(names []string, last string) string {
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = "“" + n + "”"
	}
	if len(quoted) < 2 {
		return strings.Join(quoted, "")
	}
	return strings.Join(quoted[:len(quoted)-1], ", ") + last + quoted[len(quoted)-1]
}
