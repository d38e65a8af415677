package roster

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// lookAlikes maps letters of other scripts to the Latin letter that they look
// like in most typefaces (Unicode Technical Standard 39, confusables). Only
// those that are drawn alike are here; the merely similar are not.
var lookAlikes = map[rune]rune{
	'А': 'A', 'В': 'B', 'С': 'C', 'Е': 'E', 'Н': 'H', 'І': 'I', 'Ј': 'J', 'К': 'K', 'М': 'M',
	'О': 'O', 'Р': 'P', 'Ѕ': 'S', 'Т': 'T', 'Х': 'X', 'У': 'Y', 'Ԛ': 'Q', 'Ԝ': 'W', 'Ѵ': 'V',
	'а': 'a', 'с': 'c', 'ԁ': 'd', 'е': 'e', 'һ': 'h', 'і': 'i', 'ј': 'j', 'ӏ': 'l', 'о': 'o',
	'р': 'p', 'ԛ': 'q', 'ѕ': 's', 'ѵ': 'v', 'ԝ': 'w', 'х': 'x', 'у': 'y',
	'Α': 'A', 'Β': 'B', 'Ε': 'E', 'Ζ': 'Z', 'Η': 'H', 'Ι': 'I', 'Κ': 'K', 'Μ': 'M', 'Ν': 'N',
	'Ο': 'O', 'Ρ': 'P', 'Τ': 'T', 'Υ': 'Y', 'Χ': 'X', 'α': 'a', 'ι': 'i', 'ν': 'v', 'ο': 'o', 'ρ': 'p',
	'օ': 'o', 'ո': 'n', 'ս': 'u', 'հ': 'h', 'ց': 'g', 'ѡ': 'w', 'ɡ': 'g', 'ⅼ': 'l',
	'‐': '-', '‑': '-', '‒': '-', '–': '-', '—': '-', '−': '-', '。': '.', '｡': '.',
}

// backAlikes maps a Latin letter to the Cyrillic one that looks like it.
var backAlikes = map[rune]rune{
	'A': 'А', 'B': 'В', 'C': 'С', 'E': 'Е', 'H': 'Н', 'K': 'К', 'M': 'М', 'O': 'О', 'P': 'Р',
	'T': 'Т', 'X': 'Х', 'Y': 'У', 'a': 'а', 'c': 'с', 'e': 'е', 'o': 'о', 'p': 'р', 'x': 'х', 'y': 'у',
}

// Plain writes full-width forms of ASCII as ASCII, and letters of other scripts
// that look like Latin ones as those: what has one reading only. It is for
// columns whose text must be ASCII; "" and ASCII come back as they are.
func Plain(text string) string {
	if ASCII(text) {
		return text
	}
	return strings.Map(plainRune, text)
}

func plainRune(r rune) rune {
	if FullWidth(r) {
		return r - '！' + '!'
	}
	if to, ok := lookAlikes[r]; ok {
		return to
	}
	return r
}

// FullWidth says whether a character is a full-width form of an ASCII one.
func FullWidth(r rune) bool { return '！' <= r && r <= '～' }

// ASCII says whether every byte is below 0x80.
func ASCII(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] >= 0x80 {
			return false
		}
	}
	return true
}

// UnmixWords writes words whose letters come from two scripts that look alike
// (Latin "dmin" behind a Cyrillic "А") in one script. changed says whether
// there was such a word, certain whether each has only one reading.
func UnmixWords(text string) (unmixed string, changed, certain bool) {
	if !mayMix(text) {
		return text, false, true
	}
	certain = true
	var b strings.Builder
	for rest := text; rest != ""; {
		word := strings.IndexFunc(rest, func(r rune) bool { return !wordRune(r) })
		if word < 0 {
			word = len(rest)
		}
		if word == 0 {
			next := strings.IndexFunc(rest, wordRune)
			if next < 0 {
				next = len(rest)
			}
			b.WriteString(rest[:next])
			rest = rest[next:]
			continue
		}
		to, sure := unmix(rest[:word])
		changed = changed || to != rest[:word]
		certain = certain && sure
		b.WriteString(to)
		rest = rest[word:]
	}
	if !changed {
		return text, false, true
	}
	return b.String(), true, certain
}

// mayMix is a quick look for both ASCII letters and Greek, Cyrillic or Armenian
// ones (U+0340 to U+05BF in UTF-8).
func mayMix(text string) bool {
	latin, other := false, false
	for i := 0; i < len(text); i++ {
		ch := text[i]
		latin = latin || 'a' <= ch|0x20 && ch|0x20 <= 'z'
		other = other || 0xcd <= ch && ch <= 0xd6
	}
	return latin && other
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) }

// unmix writes a word in one script where it mixes two, as far as every letter
// of the one has its like in the other.
func unmix(word string) (to string, certain bool) {
	latin, other, toLatin, toOther := 0, 0, true, true
	for _, r := range word {
		switch {
		case unicode.Is(unicode.Latin, r):
			latin++
			if _, ok := backAlikes[r]; !ok {
				toOther = false
			}
		case unicode.In(r, unicode.Cyrillic, unicode.Greek, unicode.Armenian):
			other++
			if _, ok := lookAlikes[r]; !ok {
				toLatin = false
			}
			if !unicode.Is(unicode.Cyrillic, r) {
				toOther = false
			}
		}
	}
	if latin == 0 || other == 0 || !toLatin && !toOther {
		return word, true
	}
	table := lookAlikes
	if !toLatin || toOther && other > latin {
		table = backAlikes
	}
	return strings.Map(func(r rune) rune {
		if to, ok := table[r]; ok && unicode.IsLetter(r) {
			return to
		}
		return r
	}, word), toLatin != toOther
}

// Fold is the form that texts are compared in for likeness: look-alikes as
// Latin, without accents, in lower case, spaces and punctuation as one space.
func Fold(text string) string {
	if !ASCII(text) {
		text = norm.NFKD.String(text)
	}
	var b strings.Builder
	b.Grow(len(text))
	space := false
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Mn, r) || isInvisible(r):
			continue
		case !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r):
			space = b.Len() > 0
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(unicode.ToLower(foldLetter(r)))
	}
	return b.String()
}

// foldLetter gives letters that no decomposition makes plain their base.
func foldLetter(r rune) rune {
	switch r {
	case 'ı':
		return 'i'
	case 'ł', 'Ł':
		return 'l'
	case 'ø', 'Ø':
		return 'o'
	case 'đ', 'Đ':
		return 'd'
	}
	return r
}
