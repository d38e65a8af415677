package workbook

import (
	"bytes"
	"runtime"
	"slices"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
)

// A list that was put together from several files may hold lines in two
// encodings: some in UTF-8 and some in an older one. Each line is then read in
// its own.

// mixture is what the lines of such a file are in.
type mixture struct {
	legacy candidate
	set    map[rune]bool // the letters of the language that suits best
	// mainly says that UTF-8 is the encoding of most lines.
	mainly bool
	// odd are the lines that are not in the encoding of most, by their number.
	odd []mixedLine
}

// mixedLine is a line in another encoding than most, or one that holds both.
type mixedLine struct {
	line  int
	parts bool
}

// mixtureOf looks for lines in UTF-8 beside lines that are not. It returns nil
// where all lines are in one encoding, flaws aside.
func mixtureOf(data []byte) *mixture {
	var valid, other []byte
	validLines, otherLines := 0, 0
	eachLine(data, func(line, _ []byte) {
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
	m := &mixture{mainly: validLines >= otherLines || validLines == 0 && mostlyUTF8(data)}
	name := guessLegacy(unreadable(nil, other))
	for _, c := range candidates {
		if c.name == name {
			m.legacy = c
		}
	}
	m.set = m.legacy.bestSet(other)
	if validLines > 0 && !m.reader().inUTF8(valid) && !(m.mainly && validLines > 1 && plausibleUTF8(valid)) {
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

func ascii(line []byte) bool {
	for ; len(line) >= 8; line = line[8:] {
		if eight(line)&0x8080808080808080 != 0 {
			return false
		}
	}
	for _, c := range line {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
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

// eachLine calls f with each physical line and its line end.
func eachLine(data []byte, f func(line, end []byte)) {
	feed := -1 // where the next line feed is
	for pos := 0; pos < len(data); {
		if feed < pos {
			if feed = bytes.IndexByte(data[pos:], '\n'); feed >= 0 {
				feed += pos
			} else {
				feed = len(data)
			}
		}
		end, next := feed, min(feed+1, len(data))
		if cr := bytes.IndexByte(data[pos:feed], '\r'); cr >= 0 {
			end = pos + cr
			if end+1 < feed {
				next = end + 1
			}
		}
		f(data[pos:end], data[end:next])
		pos = next
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
	*mixture
	one     candidate // the older encoding, with the letters that suit best
	decoder *encoding.Decoder
	rest    []byte
	text    []byte
	runes   []rune
}

func (m *mixture) reader() *mixedReader {
	r := &mixedReader{mixture: m, one: candidate{name: m.legacy.name, letters: []letterSet{{letters: m.set}}, wide: m.legacy.wide}}
	if e, _, err := encodingByName(m.legacy.name); err == nil {
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
func (m *mixture) decode(data []byte) ([]byte, error) {
	r := m.reader()
	out := make([]byte, 0, len(data)+len(data)/16)
	n, odd := 0, m.odd
	eachLine(data, func(line, end []byte) {
		n++
		parts, other := false, false
		if len(odd) > 0 && odd[0].line == n {
			parts, other = odd[0].parts, !odd[0].parts
			odd = odd[1:]
		}
		switch {
		case !parts && other == m.mainly && !ascii(line):
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
	return out, nil
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
	if utf8.Valid(line) && (r.mainly || r.inUTF8(line)) {
		return asUTF8
	}
	if r.mainly {
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
func (m *mixture) note(data []byte) {
	starts := partStarts(data, min(runtime.GOMAXPROCS(0), 1+len(data)/partBytes))
	lines := make([]int, len(starts)-1)
	odd := make([][]mixedLine, len(starts)-1)
	var wait sync.WaitGroup
	for i := range odd {
		wait.Go(func() {
			r := m.reader()
			n := 0
			eachLine(data[starts[i]:starts[i+1]], func(line, _ []byte) {
				n++
				reading := r.readingOf(line)
				if reading == asParts || reading == asUTF8 && !m.mainly || reading == asOlder && m.mainly {
					odd[i] = append(odd[i], mixedLine{line: n, parts: reading == asParts})
				}
			})
			lines[i] = n
		})
	}
	wait.Wait()
	before := 0
	for i, part := range odd {
		for _, o := range part {
			o.line += before
			m.odd = append(m.odd, o)
		}
		before += lines[i]
	}
}

// oddities says which lines are not in the encoding of the others.
func (m *mixture) oddities(f *Facts) {
	one, most := "UTF-8", m.legacy.name
	if m.mainly {
		one, most = most, one
	}
	for _, o := range m.odd[:min(len(m.odd), MaxListed)] {
		if o.parts {
			f.odd(o.line, "This line holds text in two encodings, UTF-8 and "+m.legacy.name+". Each part was read in its own; check its letters.")
		} else {
			f.odd(o.line, "This line is in the encoding "+one+", most others are in "+most+". It was read in its own; check its letters.")
		}
	}
}
