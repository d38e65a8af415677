package charset

import (
	"bytes"
	"unicode/utf8"
)

// Detection is in what encoding data are.
type Detection struct {
	// Encoding is the canonical name.
	Encoding string
	// BOM is the length of the byte order mark in bytes, 0 for none.
	BOM int
	// Sure is false where the encoding was guessed and others are nearly as
	// plausible, or where not all of the text is in it and no byte order mark
	// states it.
	Sure bool
	// Valid says that data in UTF-8 have no flaw; of other encodings it says
	// nothing.
	Valid bool
	// Mixed is set where not all lines are in one encoding.
	Mixed *Mixture
	// Doubt are the readings between which a person has to choose, the most
	// plausible first; nil where the encoding is plain.
	Doubt []Guess
}

// Named is what data are in an encoding that a person has named. It fails with
// ErrUnknown.
func Named(data []byte, name string) (Detection, error) {
	name, err := Canonical(name)
	if err != nil {
		return Detection{}, err
	}
	d := Detection{Encoding: name, Sure: true, Valid: name != "UTF-8" || utf8.Valid(data)}
	if bom, n := bomOf(data); bom == name || bom == "UTF-8" {
		d.BOM = n
	} else if name == "UTF-16LE" && bom == "UTF-32LE" {
		d.BOM = 2 // behind the mark stands a zero character
	}
	return d, nil
}

// Decode turns data, which were detected so, into UTF-8 without a byte order
// mark. What stands for no character becomes U+FFFD, but stays as it is in data
// in UTF-8.
func (d Detection) Decode(data []byte) ([]byte, error) {
	if d.Mixed != nil {
		return d.Mixed.decode(data[d.BOM:]), nil
	}
	return decode(data[d.BOM:], d.Encoding)
}

// Detect says in what encoding data are. Where nothing speaks against it, it is
// UTF-8; text that is not is scored by how plausible its letters are in each
// candidate.
func Detect(data []byte) Detection {
	if name, n := bomOf(data); name != "" {
		d := Detection{Encoding: name, BOM: n, Sure: true, Valid: name == "UTF-8" && ValidUTF8(data)}
		if name == "UTF-8" && !d.Valid {
			if m := mixtureOf(data[n:]); m != nil && m.MainlyUTF8 {
				d.Mixed = m
			}
		}
		return d
	}
	if name := guessWide(data[:min(len(data), wideHead)]); name != "" {
		return Detection{Encoding: name, Sure: true}
	}
	if ValidUTF8(data) {
		if bytes.IndexByte(data, 0x1b) >= 0 && (bytes.Contains(data, []byte("\x1b$B")) || bytes.Contains(data, []byte("\x1b$@"))) {
			return Detection{Encoding: "ISO-2022-JP", Sure: true}
		}
		return Detection{Encoding: "UTF-8", Sure: true, Valid: true}
	}
	if m := mixtureOf(data); m != nil {
		if m.MainlyUTF8 {
			return Detection{Encoding: "UTF-8", Mixed: m}
		}
		return Detection{Encoding: m.Older(), Mixed: m}
	}
	if mostlyUTF8(data) {
		return Detection{Encoding: "UTF-8"}
	}
	all := guesses(highLines(data, sampleHigh))
	if len(all) == 0 {
		return Detection{Encoding: "windows-1252"}
	}
	doubt := doubts(all)
	return Detection{Encoding: all[0].Encoding, Sure: doubt == nil, Doubt: doubt}
}

// mostlyUTF8 says that nearly all of the non-ASCII text is well-formed UTF-8,
// so that the rest is damage and not another encoding.
func mostlyUTF8(data []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(data); {
		if data[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
		} else {
			good++
		}
		i += n
	}
	return good > 8*bad
}

// Wide says that data are in UTF-16 or UTF-32, by their byte order mark or by
// where their zero bytes lie.
func Wide(data []byte) bool {
	if name, _ := bomOf(data); name != "" && name != "UTF-8" {
		return true
	}
	return guessWide(data[:min(len(data), wideHead)]) != ""
}

// wideHead is how many bytes of a text tell whether it is in UTF-16 or UTF-32.
const wideHead = 64 << 10

// guessWide recognises UTF-16 and UTF-32 without a byte order mark by where
// the zero bytes of separators, digits and Latin letters lie.
func guessWide(head []byte) string {
	if len(head) < 4 {
		return ""
	}
	var zero [4]int
	plain := 0
	for i, c := range head {
		switch {
		case c == 0:
			zero[i%4]++
		case c >= ' ' && c < 0x7f || c == '\t' || c == '\r' || c == '\n':
			plain++
		}
	}
	quarter := len(head) / 4
	total := zero[0] + zero[1] + zero[2] + zero[3]
	if total == 0 || total == len(head) {
		return ""
	}
	if 4*total < len(head) && 10*plain >= 9*(len(head)-total) {
		// Zero bytes strewn into plain text: wide letters beyond the Latin ones
		// would have other bytes too.
		return ""
	}
	most := quarter * 9 / 10
	if quarter >= 2 && zero[3] > most && zero[2] > most && zero[0] < quarter/4 {
		return "UTF-32LE"
	}
	if quarter >= 2 && zero[0] > most && zero[1] > most && zero[3] < quarter/4 {
		return "UTF-32BE"
	}
	even, odd := zero[0]+zero[2], zero[1]+zero[3]
	if len(head) >= 2 && odd > 2*even+1 && wideText(head, true) {
		return "UTF-16LE"
	}
	if len(head) >= 2 && even > 2*odd+1 && wideText(head, false) {
		return "UTF-16BE"
	}
	return ""
}

// wideText says that the data, read as UTF-16, are mostly ordinary characters
// with line ends and separators among them.
func wideText(head []byte, little bool) bool {
	e := byName["utf-16be"]
	if little {
		e = byName["utf-16le"]
	}
	text, err := e.NewDecoder().Bytes(head[:len(head)&^1])
	if err != nil {
		return false
	}
	bad, ascii, n := 0, 0, 0
	for _, r := range string(text) {
		n++
		switch {
		case r == utf8.RuneError, r < 32 && r != '\t' && r != '\n' && r != '\r', r >= 0xe000 && r < 0xf900:
			bad++
		case r < 128:
			ascii++
		}
	}
	return bad*50 <= n && ascii*20 >= n
}
