package grid

import "strings"

// Token is the part of a comma-separated list under the caret, by rune places
// without the blanks around it.
type Token struct {
	Start, End int
	Text       string // all of it
	Prefix     string // what stands before the caret
}

// TokenAt finds the part of a list in which the caret (a count of runes) is.
func TokenAt(text string, caret int) Token {
	runes := []rune(text)
	caret = max(0, min(caret, len(runes)))
	start, end := caret, caret
	for start > 0 && runes[start-1] != ',' {
		start--
	}
	for end < len(runes) && runes[end] != ',' {
		end++
	}
	for start < end && runes[start] == ' ' {
		start++
	}
	for end > start && runes[end-1] == ' ' && end > caret {
		end--
	}
	from := min(max(caret, start), end)
	return Token{Start: start, End: end, Text: string(runes[start:end]), Prefix: string(runes[start:from])}
}

// ReplaceToken puts other text in a token's place and gives the caret behind it.
func ReplaceToken(text string, token Token, with string) (changed string, caret int) {
	runes := []rune(text)
	var b strings.Builder
	b.WriteString(string(runes[:token.Start]))
	b.WriteString(with)
	b.WriteString(string(runes[token.End:]))
	return b.String(), token.Start + len([]rune(with))
}

// MatchChoices are the choices that begin with what was typed, without regard
// to case; all of them for no text.
func MatchChoices(choices []string, typed string) []string {
	typed = strings.ToLower(strings.TrimSpace(typed))
	var matches []string
	for _, c := range choices {
		if strings.HasPrefix(strings.ToLower(c), typed) {
			matches = append(matches, c)
		}
	}
	return matches
}
