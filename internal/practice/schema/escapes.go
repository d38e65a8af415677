package schema

import (
	"strconv"
	"strings"
)

// literalEscapes writes the \u escapes inside a filter's strings as the
// characters that they stand for, since the parser does not read them. Quotes,
// backslashes and control characters keep their escape.
func literalEscapes(text string) string {
	if !strings.Contains(text, `\u`) {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' || i+1 == len(text) {
			b.WriteByte(text[i])
			continue
		}
		if text[i+1] == 'u' && i+6 <= len(text) {
			n, err := strconv.ParseUint(text[i+2:i+6], 16, 32)
			if err == nil && n >= 0x20 && n != '"' && n != '\\' && (n < 0xD800 || n > 0xDFFF) {
				b.WriteRune(rune(n))
				i += 5
				continue
			}
		}
		b.WriteString(text[i : i+2])
		i++
	}
	return b.String()
}
