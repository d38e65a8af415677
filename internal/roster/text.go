package roster

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Blank says whether a text shows nothing: it is empty, or white space and
// invisible characters only.
func Blank(text string) bool {
	for i, r := range text {
		if r == ' ' || isSpace(r) || isLine(r) {
			continue
		}
		if isInvisible(r) && !keeps(text, i, r) {
			continue
		}
		return false
	}
	return true
}

// Tidy is the text without invisible characters and stray spaces: Squeeze of
// Strip.
func Tidy(text string) string {
	if Tidied(text) {
		return text
	}
	return Squeeze(Strip(text))
}

// Tidied says whether Tidy has nothing to do. It does not allocate.
func Tidied(text string) bool {
	if text == "" {
		return true
	}
	if text[0] == ' ' || text[len(text)-1] == ' ' {
		return false
	}
	before := byte(0)
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c < 0x20 || c == 0x7f || c == ' ' && before == ' ' {
			return false
		}
		if c >= 0x80 {
			return tidiedRunes(text, i)
		}
		before = c
	}
	return true
}

func tidiedRunes(text string, from int) bool {
	before := rune(0)
	if from > 0 {
		before = rune(text[from-1])
	}
	for i, r := range text[from:] {
		switch {
		case r < 0x20, r == 0x7f, r == ' ' && before == ' ':
			return false
		case r < 0xa0 && r >= 0x80:
			return false
		case r >= 0xa0 && isSpace(r) && !keepsSpace(text, from+i, r):
			return false
		case r >= 0xa0 && isInvisible(r) && !keeps(text, from+i, r):
			return false
		}
		before = r
	}
	return true
}

// isSpace is a space that is not the plain one and not a line or tab character.
func isSpace(r rune) bool {
	switch {
	case r == 0xa0, r == 0x1680, 0x2000 <= r && r <= 0x200a,
		r == 0x2028, r == 0x2029, r == 0x202f, r == 0x205f, r == 0x3000:
		return true
	}
	return false
}

// isLine is a tab or a line break.
func isLine(r rune) bool { return '\t' <= r && r <= '\r' }

// isInvisible is a control character other than tab and line breaks, or one
// that has no width: soft hyphen, zero-width space and joiners, direction
// marks, fillers, byte-order mark.
func isInvisible(r rune) bool {
	switch {
	case r < 0x20:
		return !isLine(r)
	case r < 0x7f:
		return false
	case r < 0xa0:
		return true
	case r < 0x300:
		return r == 0xad
	}
	switch {
	case r == 0x34f, r == 0x61c, r == 0x115f, r == 0x1160, r == 0x17b4, r == 0x17b5, r == 0x180e,
		0x200b <= r && r <= 0x200f, 0x202a <= r && r <= 0x202e, 0x2060 <= r && r <= 0x206f,
		r == 0x2800, r == 0x3164, r == 0xfeff, r == 0xffa0, 0xfff9 <= r && r <= 0xfffb,
		0xe0000 <= r && r <= 0xe007f:
		return true
	}
	return false
}

// keeps says whether an invisible character at i has a work to do: a joiner
// between letters of a script that needs it (Persian, Hindi, Sinhala …) or in
// an emoji, the tags of a flag, a vowel separator in Mongolian.
func keeps(text string, i int, r rune) bool {
	switch {
	case r == 0x200c || r == 0x200d || r == 0x180e || r == 0x34f:
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		after, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(r):])
		return joins(before) && joins(after)
	case 0xe0020 <= r && r <= 0xe007f:
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		return before == 0x1f3f4 || 0xe0020 <= before && before <= 0xe007e
	}
	return false
}

func joins(r rune) bool {
	if r < 0x590 || r == utf8.RuneError || isInvisible(r) || isSpace(r) {
		return false
	}
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsSymbol(r)
}

// keepsSpace says whether a wide space at i is the one between two names in
// Chinese, Japanese or Korean.
func keepsSpace(text string, i int, r rune) bool {
	if r != 0x3000 {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	after, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(r):])
	return cjk(before) && cjk(after)
}

func cjk(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

// Strip takes away characters that nobody sees and turns tabs and line breaks
// inside the text into a space. White space at the ends stays, for Squeeze.
func Strip(text string) string {
	head, core, tail := edges(text)
	var b strings.Builder
	b.WriteString(head)
	before := rune(0)
	for i, r := range core {
		at := len(head) + i
		switch {
		case isLine(r):
			if before != ' ' {
				b.WriteByte(' ')
			}
			before = ' '
			continue
		case isInvisible(r) && !keeps(text, at, r):
			continue
		}
		before = r
		writeRune(&b, core[i:], r)
	}
	b.WriteString(tail)
	return b.String()
}

// StripMarks is Strip that leaves tabs and line breaks alone: in a list they
// separate.
func StripMarks(text string) string {
	first := -1
	for i, r := range text {
		if isInvisible(r) && !keeps(text, i, r) {
			first = i
			break
		}
	}
	if first < 0 {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	b.WriteString(text[:first])
	for i, r := range text[first:] {
		i += first
		if isInvisible(r) && !keeps(text, i, r) {
			continue
		}
		writeRune(&b, text[i:], r)
	}
	return b.String()
}

// writeRune writes the first rune of rest as it stands: a byte that is no UTF-8
// is not made into something else.
func writeRune(b *strings.Builder, rest string, r rune) {
	if r == utf8.RuneError {
		_, n := utf8.DecodeRuneInString(rest)
		b.WriteString(rest[:n])
		return
	}
	b.WriteRune(r)
}

// edges cuts a text into the white space in front, what is between, and the
// white space behind.
func edges(text string) (head, core, tail string) {
	core = strings.TrimLeftFunc(text, edgeSpace)
	head = text[:len(text)-len(core)]
	trimmed := strings.TrimRightFunc(core, edgeSpace)
	return head, trimmed, core[len(trimmed):]
}

func edgeSpace(r rune) bool { return r == ' ' || isSpace(r) || isLine(r) }

// TrimSpace takes white space of every kind from both ends.
func TrimSpace(text string) string { return strings.TrimFunc(text, edgeSpace) }

// Squeeze takes away white space at both ends, makes other spaces plain and
// runs of spaces one.
func Squeeze(text string) string {
	_, core, _ := edges(text)
	if ASCII(core) && !strings.Contains(core, "  ") {
		return core
	}
	var b strings.Builder
	b.Grow(len(core))
	space := false
	for i, r := range core {
		if (r == ' ' || isSpace(r)) && !keepsSpace(core, i, r) {
			if !space {
				b.WriteByte(' ')
			}
			space = true
			continue
		}
		space = false
		writeRune(&b, core[i:], r)
	}
	return b.String()
}
