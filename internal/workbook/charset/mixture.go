package charset

import (
	"slices"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
)

// A list that was put together from several files may hold lines in two
// encodings: some in UTF-8 and some in an older one. Each line is then read in
// its own.

// Mixture is what the lines of a text in two encodings are in: UTF-8 and an
// older one.
type Mixture struct {
	// MainlyUTF8 says that UTF-8 is the encoding of most lines.
	MainlyUTF8 bool
	// Odd are the lines that are not in the encoding of most, from the first to
	// the last.
	Odd []OddLine

	legacy candidate
	set    map[rune]bool // the letters of the language that suits best
}

// OddLine is a line in another encoding than most, or one that holds both.
type OddLine struct {
	// Line is its number, counted from 1 as EachLine has them.
	Line int
	// Parts says that it holds both.
	Parts bool
}

// Older is the canonical name of the encoding beside UTF-8.
func (m *Mixture) Older() string { return m.legacy.name }

// mixtureOf looks for lines in UTF-8 beside lines that are not. It returns nil
// where all lines are in one encoding, flaws aside.
func mixtureOf(data []byte) *Mixture {
	var valid, other []byte
	validLines, otherLines := 0, 0
	EachLine(data, func(line, _ []byte) {
		switch {
		case ascii(line):
		case utf8.Valid(line):
			validLines++
			valid = appendSample(valid, line)
		default:
			otherLines++
			other = appendSample(other, line)
		}
	})
	if otherLines == 0 || validLines == 0 && goodRuns(other) < 2 {
		return nil
	}
	m := &Mixture{MainlyUTF8: validLines >= otherLines || validLines == 0 && mostlyUTF8(data)}
	name := guessLegacy(unreadable(nil, other))
	for _, c := range candidates {
		if c.name == name {
			m.legacy = c
		}
	}
	m.set = m.legacy.bestSet(other)
	if validLines > 0 && !m.reader().inUTF8(valid) && !(m.MainlyUTF8 && validLines > 1 && plausibleUTF8(valid)) {
		return nil // the lines only happen to be valid
	}
	m.note(data)
	return m
}

// enoughPlausible is the mean score of letters that are believed.
const enoughPlausible = 0.3

const mixedSample = 32 << 10

func appendSample(sample, line []byte) []byte {
	if len(sample)+len(line) > mixedSample {
		return sample
	}
	return append(append(sample, line...), '\n')
}

// goodRuns counts the stretches that are plausible UTF-8.
func goodRuns(text []byte) int {
	n := 0
	eachRun(text, func(run []byte, high bool) {
		if high && goodRun(run) {
			n++
		}
	})
	return n
}

func goodRun(run []byte) bool { return utf8.Valid(run) && plausibleUTF8(run) }

// unreadable appends to out what remains of lines without the runs that are
// UTF-8.
func unreadable(out, lines []byte) []byte {
	eachRun(lines, func(run []byte, high bool) {
		if !high || !utf8.Valid(run) {
			out = append(out, run...)
		}
	})
	return out
}

// eachRun calls f with the stretches of ASCII and of other bytes by turns.
func eachRun(line []byte, f func(run []byte, high bool)) {
	for len(line) > 0 {
		high := line[0] >= utf8.RuneSelf
		n := 1
		for n < len(line) && line[n] >= utf8.RuneSelf == high {
			n++
		}
		f(line[:n], high)
		line = line[n:]
	}
}

// bestSet are the letters of the candidate's language that suits a sample best.
func (c candidate) bestSet(sample []byte) map[rune]bool {
	best, set := -1e9, c.letters[0].letters
	for _, s := range c.letters {
		if g, _ := (candidate{name: c.name, letters: []letterSet{s}, wide: c.wide}).guess(sample); g.score > best {
			best, set = g.score, s.letters
		}
	}
	return set
}

// mixedReader reads lines of a mixture; it is for one goroutine.
type mixedReader struct {
	*Mixture
	one     candidate // the older encoding, with the letters that suit best
	decoder *encoding.Decoder
	rest    []byte
	text    []byte
	runes   []rune
}

func (m *Mixture) reader() *mixedReader {
	r := &mixedReader{Mixture: m, one: candidate{name: m.legacy.name, letters: []letterSet{{letters: m.set}}, wide: m.legacy.wide}}
	if e, _, err := lookup(m.legacy.name); err == nil {
		r.decoder = e.NewDecoder()
	}
	return r
}

// older appends text to out as it reads in the older encoding.
func (r *mixedReader) older(out, text []byte) []byte {
	out = slices.Grow(out, 3*len(text)+utf8.UTFMax) // no byte becomes more than three
	r.decoder.Reset()
	n, _, err := r.decoder.Transform(out[len(out):cap(out)], text, true)
	if err != nil {
		return append(out, text...)
	}
	return out[:len(out)+n]
}

// plausible is how plausible text is in the older encoding, from about -6 to 1.
func (r *mixedReader) plausible(text []byte) float64 {
	r.text = r.older(r.text[:0], text[:min(len(text), mixedSample)])
	r.runes = r.runes[:0]
	for rest := r.text; len(rest) > 0; {
		c, n := utf8.DecodeRune(rest)
		r.runes, rest = append(r.runes, c), rest[n:]
	}
	return r.one.score(r.runes)
}

// inUTF8 says that valid UTF-8 is meant as such: its characters are plausible,
// and clearly more so than those of the older encoding.
func (r *mixedReader) inUTF8(text []byte) bool {
	return plausibleUTF8(text) && r.plausible(text) < scoreUTF8(text)-0.25
}

func plausibleUTF8(text []byte) bool { return scoreUTF8(text) > 0.5 }

// scoreUTF8 is the mean plausibility of the characters beyond ASCII.
func scoreUTF8(text []byte) float64 {
	runes := []rune(string(text[:min(len(text), mixedSample)]))
	sum, n := 0.0, 0
	for i, r := range runes {
		if r < 0x80 {
			continue
		}
		n++
		switch {
		case r >= 0x900 && r < 0x1e00, r >= 0x2e80 && r < 0xd7b0, r >= 0xf900 && r < 0xffe0:
			// The scripts of Asia, which no short text hits by chance.
			if unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsPunct(r) {
				sum++
			}
		default:
			sum += letterScore(runes, i, allLetters)
		}
	}
	if n == 0 {
		return 0
	}
	return sum / float64(n)
}

var allLetters = func() map[rune]bool {
	all := map[rune]bool{}
	for _, c := range candidates {
		for _, s := range c.letters {
			for r := range s.letters {
				all[r] = all[r] || !c.wide
			}
		}
	}
	return all
}()

// decode reads each line in its own encoding, as note found it.
func (m *Mixture) decode(data []byte) []byte {
	r := m.reader()
	out := make([]byte, 0, len(data)+len(data)/16)
	n, odd := 0, m.Odd
	EachLine(data, func(line, end []byte) {
		n++
		parts, other := false, false
		if len(odd) > 0 && odd[0].Line == n {
			parts, other = odd[0].Parts, !odd[0].Parts
			odd = odd[1:]
		}
		switch {
		case !parts && other == m.MainlyUTF8 && !ascii(line):
			out = r.older(out, line)
		case parts:
			eachRun(line, func(run []byte, high bool) {
				if high && !goodRun(run) {
					out = r.older(out, run)
				} else {
					out = append(out, run...)
				}
			})
		default:
			out = append(out, line...)
		}
		out = append(out, end...)
	})
	return out
}

// reading is how a line is read.
type reading uint8

const (
	asIs reading = iota // nothing to decide: ASCII, or damage that is kept
	asUTF8
	asOlder
	asParts
)

func (r *mixedReader) readingOf(line []byte) reading {
	if ascii(line) {
		return asIs
	}
	if utf8.Valid(line) && (r.MainlyUTF8 || r.inUTF8(line)) {
		return asUTF8
	}
	if r.MainlyUTF8 {
		if r.rest = unreadable(r.rest[:0], line); r.plausible(r.rest) < enoughPlausible {
			return asIs
		}
	}
	if !r.legacy.wide && goodRuns(line) > 0 {
		return asParts
	}
	return asOlder
}

// note finds the lines that are not in the encoding of most, on all processors.
func (m *Mixture) note(data []byte) {
	starts := Stretches(data, stretchBytes)
	lines := make([]int, len(starts)-1)
	odd := make([][]OddLine, len(starts)-1)
	var wait sync.WaitGroup
	for i := range odd {
		wait.Go(func() {
			r := m.reader()
			n := 0
			EachLine(data[starts[i]:starts[i+1]], func(line, _ []byte) {
				n++
				reading := r.readingOf(line)
				if reading == asParts || reading == asUTF8 && !m.MainlyUTF8 || reading == asOlder && m.MainlyUTF8 {
					odd[i] = append(odd[i], OddLine{Line: n, Parts: reading == asParts})
				}
			})
			lines[i] = n
		})
	}
	wait.Wait()
	before := 0
	for i, part := range odd {
		for _, o := range part {
			o.Line += before
			m.Odd = append(m.Odd, o)
		}
		before += lines[i]
	}
}
