package bidi

import (
	"cmp"
	"slices"

	"golang.org/x/text/unicode/bidi"
)

// settleBrackets is a line with a mark of direction for each bracket of a pair
// that has one (rule N0): both brackets of a pair go the same way. The library's
// paragraphs settle each bracket for itself. right is the direction of the line.
func settleBrackets(line []rune, right bool) []rune {
	pairs := bracketPairs(line)
	if len(pairs) == 0 {
		return line
	}
	settled := slices.Clone(line)
	strong := strongTypes(line)
	for _, p := range pairs {
		inside := insideOf(strong[p.opener+1:p.closer], typeOf(right))
		if inside == weak {
			continue
		}
		if inside != typeOf(right) && before(strong[:p.opener], typeOf(right)) == typeOf(right) {
			inside = typeOf(right)
		}
		strong[p.opener], strong[p.closer] = inside, inside
		settled[p.opener] = []rune(mark(inside == toLeft))[0]
		settled[p.closer] = settled[p.opener]
	}
	return settled
}

// strongType is the direction that a letter gives.
type strongType int

const (
	weak strongType = iota
	toRight
	toLeft
)

func typeOf(right bool) strongType {
	if right {
		return toLeft
	}
	return toRight
}

// strongTypes counts numbers as rule N0 does: as from right to left, but for
// European ones behind a letter from left to right (rule W7).
func strongTypes(line []rune) []strongType {
	types := make([]strongType, len(line))
	last := weak
	for i, r := range line {
		switch class(r) {
		case bidi.L:
			types[i], last = toRight, toRight
		case bidi.R, bidi.AL:
			types[i], last = toLeft, toLeft
		case bidi.AN:
			types[i] = toLeft
		case bidi.EN:
			types[i] = toLeft
			if last == toRight {
				types[i] = toRight
			}
		}
	}
	return types
}

// insideOf is the direction within brackets: that of the line if anything there
// has it, else the other one, else none.
func insideOf(types []strongType, line strongType) strongType {
	inside := weak
	for _, t := range types {
		if t == line {
			return line
		}
		inside = max(inside, t)
	}
	return inside
}

// before is the last direction in front of a bracket; the line's for none.
func before(types []strongType, line strongType) strongType {
	for _, t := range slices.Backward(types) {
		if t != weak {
			return t
		}
	}
	return line
}

type pair struct{ opener, closer int }

// deepest is how many brackets may be open at once (definition BD16).
const deepest = 63

// bracketPairs finds what belongs together (definition BD16), by opener.
func bracketPairs(line []rune) []pair {
	var open []int
	var pairs []pair
	for i, r := range line {
		p, _ := bidi.LookupRune(r)
		if p.Class() != bidi.ON || !p.IsBracket() {
			continue
		}
		if p.IsOpeningBracket() {
			if len(open) == deepest {
				return nil
			}
			open = append(open, i)
			continue
		}
		opener := []rune(bidi.ReverseString(string(r)))[0]
		for at := len(open) - 1; at >= 0; at-- {
			if line[open[at]] == opener {
				pairs = append(pairs, pair{open[at], i})
				open = open[:at]
				break
			}
		}
	}
	slices.SortFunc(pairs, func(a, b pair) int { return cmp.Compare(a.opener, b.opener) })
	return pairs
}
