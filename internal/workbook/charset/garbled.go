package charset

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Text that was once read in the wrong encoding and saved so ("ZoÃ«" for
// "Zoë") is valid, but not what anybody meant.

// leadLatin and leadCyrillic are what the first bytes of UTF-8 characters became
// when they were read as windows-1252 and windows-1251.
const (
	leadLatin    = "ÃÂÅÄÎÏÐÑ×ØÙàâãäåæçèéêëìí"
	leadCyrillic = "РС"
)

// Garbled finds the first word of a text that is UTF-8 read in another
// encoding, windows-1252 or windows-1251, and what it seems to have been.
func Garbled(text string) (word, meant string, found bool) {
	for i := 0; i < len(text); {
		// All lead characters begin with one of these bytes in UTF-8.
		c := text[i]
		if c != 0xc3 && c != 0xd0 {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		page := charmap.Windows1252
		if strings.ContainsRune(leadCyrillic, r) {
			page = charmap.Windows1251
		} else if !strings.ContainsRune(leadLatin, r) {
			i += n
			continue
		}
		if was, length, ok := ungarble(text, i, page); ok {
			from, to := wordAround(text, i, i+length)
			return text[from:to], text[from:i] + was + text[i+length:to], true
		}
		i += n
	}
	return "", "", false
}

// ungarble undoes the wrong reading at text[at:]: the run of characters that
// stand for the bytes of UTF-8. It fails where the run could be meant as it is.
func ungarble(text string, at int, page *charmap.Charmap) (was string, length int, ok bool) {
	var raw []byte
	var ends []int
	for i, r := range text[at:] {
		b, known := page.EncodeRune(r)
		if !known && page == charmap.Windows1252 && r >= 0x80 && r < 0xa0 {
			b, known = byte(r), true // windows-1252 has no other characters for these
		}
		if !known || b < 0x80 || len(raw) == 64 {
			break
		}
		raw = append(raw, b)
		ends = append(ends, i+utf8.RuneLen(r))
	}
	n, count := 0, 0
	for n < len(raw) {
		r, size := utf8.DecodeRune(raw[n:])
		if r == utf8.RuneError || !meantRune(r) {
			break
		}
		n += size
		count++
	}
	if count == 0 {
		return "", 0, false
	}
	was, length = string(raw[:n]), ends[n-1]
	first := firstRune(was)
	switch {
	case page == charmap.Windows1251:
		return was, length, count >= 3
	case first >= 0x2000 && first < 0x2200:
		return was, length, true // "â€™"
	case first >= 0x180:
		return was, length, count >= 2
	case count == 1 && strings.IndexByte(closing1252, raw[1]) >= 0:
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after := firstRune(text[at+length:])
		return was, length, unicode.IsLower(before) || raw[0] == 0xc2 && !unicode.IsUpper(before) ||
			raw[1] != 0x92 && unicode.IsLetter(after)
	default:
		return was, length, true
	}
}

// closing1252 are the marks of windows-1252 that may well stand behind a
// capital letter: “IRMÃ” is a word in quotation marks.
const closing1252 = "\x82\x84\x85\x91\x92\x93\x94\x96\x97\x99\x9b\xa0\xa9\xaa\xae\xb0\xba\xbb"

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// meantRune says that a character may stand in a list of people.
func meantRune(r rune) bool {
	switch {
	case r < 0x80:
		return false
	case r >= 0xa0 && r < 0x180:
		return r != 0xd7 && r != 0xf7
	case r == 0x20ac || r == 0x2122 || r >= 0x2010 && r <= 0x203a:
		return true
	}
	return (unicode.IsLetter(r) || unicode.IsMark(r)) &&
		unicode.In(r, unicode.Greek, unicode.Cyrillic, unicode.Hebrew, unicode.Arabic, unicode.Thai, unicode.Devanagari, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Latin)
}

// wordAround widens a stretch to the word that it stands in, within reason.
func wordAround(text string, from, to int) (int, int) {
	part := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	for n := 0; from > 0 && n < 20; n++ {
		r, size := utf8.DecodeLastRuneInString(text[:from])
		if !part(r) {
			break
		}
		from -= size
	}
	for n := 0; to < len(text) && n < 20; n++ {
		r, size := utf8.DecodeRuneInString(text[to:])
		if !part(r) {
			break
		}
		to += size
	}
	return from, to
}

// Suspect is a quick look at text in UTF-8: whether it may be garbled, or holds
// U+FFFD, the sign of a lost character. It says no only where that is certain.
func Suspect[T string | []byte](text T) bool {
	for i := 0; i+2 < len(text); i++ {
		if i+8 <= len(text) && eight(text[i:])&0x8080808080808080 == 0 {
			i += 7 // nothing but ASCII
			continue
		}
		if text[i] < 0xc3 {
			continue
		}
		switch second, third := text[i+1], text[i+2]; text[i] {
		case 0xc3: // the leads, À to í, and behind them a sign that 1252 has
			if second >= 0x82 && second <= 0xad && (third == 0xc2 || third == 0xc5 || third == 0xc6 || third == 0xcb || third == 0xe2) {
				return true
			}
		case 0xd0: // Р or С, and behind it no letter from А to я
			if second != 0xa0 && second != 0xa1 || third < 0xc2 {
				continue
			}
			letter := i+3 < len(text) && (third == 0xd0 && text[i+3] >= 0x90 || third == 0xd1 && text[i+3] < 0x90)
			if !letter {
				return true
			}
		case 0xef:
			if second == 0xbf && third == 0xbd {
				return true
			}
		}
	}
	return false
}

// eight is the first eight bytes of a text, as one load.
func eight[T string | []byte](t T) uint64 {
	return uint64(t[0]) | uint64(t[1])<<8 | uint64(t[2])<<16 | uint64(t[3])<<24 |
		uint64(t[4])<<32 | uint64(t[5])<<40 | uint64(t[6])<<48 | uint64(t[7])<<56
}
