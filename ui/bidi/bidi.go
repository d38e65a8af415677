// Package bidi orders text that mixes writing directions for drawing.
//
// Fyne shapes each run of one direction rightly, but draws the runs one behind
// the other as they were typed, and takes the blank behind an arrow from the
// symbol font, which has none. Both are mended here, before the text is handed
// to Fyne, by the order of the runs and by marks that take no room.
//
// Nothing of ours comes in here, and nothing of Fyne's: text in, text out.
package bidi

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

// The marks of direction (Unicode Standard Annex #9, section 2.6).
const (
	leftMark  = "\u200e" // left-to-right mark
	rightMark = "\u200f" // right-to-left mark
)

// Visual is the text as Fyne is to draw it on one line: its runs stand in the
// order in which they are seen from left to right (Unicode Standard Annex #9,
// rule L2), each between marks that keep its direction. Text that Fyne draws
// rightly by itself comes back as it is. What a person edits, copies or saves
// is the text itself, never this.
//
// Levels that explicit embeddings nest more deeply are taken for the first two.
func Visual(text string) string {
	if !needsOrder(text) {
		return text
	}
	var b strings.Builder
	for text != "" {
		end := strings.IndexFunc(text, endsParagraph)
		if end < 0 {
			end = len(text)
		}
		writeVisual(&b, text[:end])
		text = text[end:]
		_, size := utf8.DecodeRuneInString(text)
		b.WriteString(text[:size])
		text = text[size:]
	}
	return b.String()
}

// RightToLeft tells whether a text reads from right to left: whether its first
// letter that has a direction is of a script such as Hebrew or Arabic (Unicode
// Standard Annex #9, rules P2 and P3).
func RightToLeft(text string) bool {
	for _, r := range text {
		if r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return false
		}
		switch class(r) {
		case bidi.L:
			return false
		case bidi.R, bidi.AL:
			return true
		}
	}
	return false
}

// piece is text of one direction that Fyne draws in one go.
type piece struct {
	text  string
	right bool // drawn from right to left
}

func writeVisual(b *strings.Builder, line string) {
	if !needsOrder(line) {
		b.WriteString(line)
		return
	}
	right := false
	for i, p := range ordered(line) {
		if i > 0 && p.right == right {
			b.WriteString(mark(!p.right)) // begins a new run, and so a new choice of font
		}
		right = p.right
		b.WriteString(mark(right))
		b.WriteString(p.text)
		b.WriteString(mark(right))
	}
}

func mark(right bool) string {
	if right {
		return rightMark
	}
	return leftMark
}

// ordered is a line's pieces from left to right.
func ordered(line string) []piece {
	pieces := runs(line)
	if RightToLeft(line) {
		return turned(pieces)
	}
	pieces = splitNumbers(pieces)
	var all []piece
	for i := 0; i < len(pieces); {
		end := i
		for end < len(pieces) && (pieces[end].right || end > i && startsNumber(pieces[end].text)) {
			end++
		}
		if end == i {
			all = append(all, split(pieces[i:i+1])...)
			i++
			continue
		}
		all = append(all, turned(pieces[i:end])...)
		i = end
	}
	return all
}

// turned is pieces that read from right to left, from left to right.
func turned(pieces []piece) []piece {
	pieces = split(pieces)
	slices.Reverse(pieces)
	keepOrder(pieces)
	return pieces
}

// keepOrder turns back each stretch of pieces from left to right: it was turned
// round with the text from right to left in which it stands.
func keepOrder(pieces []piece) {
	for i := 0; i < len(pieces); i++ {
		end := i
		for end < len(pieces) && !pieces[end].right {
			end++
		}
		if end > i {
			slices.Reverse(pieces[i:end])
			i = end
		}
	}
}

// runs is a line cut where the direction changes, as it was typed.
func runs(line string) []piece {
	letters := []rune(line)
	var p bidi.Paragraph
	if _, err := p.SetString(string(settleBrackets(letters, RightToLeft(line)))); err != nil {
		return []piece{{text: line}}
	}
	order, err := p.Order()
	if err != nil {
		return []piece{{text: line}}
	}
	var pieces []piece
	for i := range order.NumRuns() {
		run := order.Run(i)
		first, last := run.Pos()
		pieces = append(pieces, piece{string(letters[first : last+1]), run.Direction() == bidi.RightToLeft})
	}
	return pieces
}

// splitNumbers cuts the number off that a run from left to right begins with
// behind one from right to left: it belongs to that one's order (rule I1), while
// what follows it does not.
func splitNumbers(pieces []piece) []piece {
	var all []piece
	for i, p := range pieces {
		if i > 0 && pieces[i-1].right && !p.right {
			if n := numberLength(p.text); n > 0 && n < len(p.text) {
				all = append(all, piece{text: p.text[:n]})
				p.text = p.text[n:]
			}
		}
		all = append(all, p)
	}
	return all
}

func startsNumber(text string) bool { return numberLength(text) > 0 }

// numberLength is how many bytes of a text are the number it begins with, with
// the separators inside it and the signs behind it (rules W4 and W5).
func numberLength(text string) int {
	end := 0
	for i, r := range text {
		size := len(string(r))
		switch class(r) {
		case bidi.EN, bidi.AN:
			end = i + size
		case bidi.ET, bidi.NSM, bidi.BN:
			if end == i && i > 0 {
				end = i + size
			}
		case bidi.ES, bidi.CS:
		default:
			return end
		}
		if end == 0 {
			return 0
		}
	}
	return end
}

// needsOrder tells whether a text has a letter or mark from right to left, or a
// blank behind a symbol.
func needsOrder(text string) bool {
	before := noGroup
	for _, r := range text {
		if r >= 0x80 || r == ' ' {
			if next := groupOf(r); next == blank && before == symbol {
				return true
			} else if next != noGroup {
				before = next
			}
		} else {
			before = common
		}
		if r < 0x590 {
			continue
		}
		switch class(r) {
		case bidi.R, bidi.AL, bidi.AN:
			return true
		}
	}
	return false
}

func endsParagraph(r rune) bool {
	if r >= ' ' && r < 0x85 {
		return false
	}
	return class(r) == bidi.B
}

func class(r rune) bidi.Class {
	p, _ := bidi.LookupRune(r)
	return p.Class()
}
