package bidi

import "unicode"

// split cuts pieces where Fyne takes another font: in front of the blank behind
// a symbol, which it would take from the symbol font, and in text from right to
// left everywhere, since it draws what it cuts there in typing order. Blanks at
// the beginning of a piece have a font of their own; others have that of the
// letter before them.
func split(pieces []piece) []piece {
	var all []piece
	for _, p := range pieces {
		start, group := 0, noGroup
		for i, r := range p.text {
			next := groupOf(r)
			cut := next == blank && group == symbol || p.right && next > blank && next != group
			if cut && i > start {
				all = append(all, piece{p.text[start:i], p.right})
				start, group = i, noGroup
			}
			if next > blank {
				group = next
			}
		}
		all = append(all, piece{p.text[start:], p.right})
	}
	return all
}

// group is of letters that can be taken for having one font.
type group int

const (
	noGroup group = iota // marks and joiners, which go with the letter before
	blank
	symbol
	common // digits and punctuation
	hebrew
	arabic
	letter // of any other script
)

func groupOf(r rune) group {
	switch {
	case r < 0x80:
		switch {
		case r == ' ':
			return blank
		case r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z':
			return letter
		}
		return common
	case unicode.Is(unicode.Zs, r):
		return blank
	case unicode.In(r, unicode.Mn, unicode.Cf, unicode.Sk):
		return noGroup
	case r >= firstSymbol && unicode.Is(unicode.S, r):
		return symbol
	case unicode.Is(unicode.Hebrew, r):
		return hebrew
	case unicode.Is(unicode.Arabic, r):
		return arabic
	case unicode.Is(unicode.Common, r):
		return common
	}
	return letter
}

// firstSymbol is where the arrows begin, the first block that Fyne's text fonts
// leave to its symbol font.
const firstSymbol = 0x2190
