package workbook

import (
	"bytes"
	"errors"
	"runtime"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// Encodings are the names of the encodings offered for correction, the most
// common first.
var Encodings = []string{
	"UTF-8", "UTF-16LE", "UTF-16BE",
	"windows-1252", "windows-1250", "windows-1251", "windows-1253", "windows-1254",
	"windows-1255", "windows-1256", "windows-1257", "windows-1258", "windows-874",
	"ISO-8859-1", "ISO-8859-2", "ISO-8859-5", "ISO-8859-7", "ISO-8859-9", "ISO-8859-15",
	"KOI8-R", "KOI8-U", "macintosh", "IBM850", "IBM437", "IBM852", "IBM866",
	"Shift_JIS", "EUC-JP", "ISO-2022-JP", "EUC-KR", "GB18030", "Big5",
	"UTF-32LE", "UTF-32BE",
}

var byName = map[string]encoding.Encoding{
	"utf-16le":    unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
	"utf-16be":    unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
	"utf-32le":    utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM),
	"utf-32be":    utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM),
	"iso-8859-1":  charmap.ISO8859_1,
	"iso-8859-9":  charmap.ISO8859_9,
	"iso-8859-15": charmap.ISO8859_15,
	"shift_jis":   japanese.ShiftJIS,
	"euc-jp":      japanese.EUCJP,
	"iso-2022-jp": japanese.ISO2022JP,
	"euc-kr":      korean.EUCKR,
	"gb18030":     simplifiedchinese.GB18030,
	"big5":        traditionalchinese.Big5,
	"macintosh":   charmap.Macintosh,
	"ibm850":      charmap.CodePage850,
	"ibm437":      charmap.CodePage437,
	"ibm852":      charmap.CodePage852,
	"ibm866":      charmap.CodePage866,
}

// usualNames turns other spellings of encodings into the known ones.
var usualNames = strings.NewReplacer("shift-jis", "shift_jis", "sjis", "shift_jis", "windows1", "windows-1", "cp125", "windows-125", "utf16", "utf-16", "utf32", "utf-32", "mac-roman", "macintosh", "macroman", "macintosh")

// encodingByName finds an encoding by any usual name, nil and "UTF-8" for
// UTF-8.
func encodingByName(name string) (encoding.Encoding, string, error) {
	low := strings.ToLower(strings.TrimSpace(name))
	low = usualNames.Replace(low)
	switch low {
	case "utf-8", "utf8", "utf-8-sig", "utf-8 bom", "utf-8-bom", "ascii", "us-ascii":
		return nil, "UTF-8", nil
	case "utf-16", "unicode":
		low = "utf-16le"
	case "latin1", "latin-1":
		low = "iso-8859-1"
	}
	for _, known := range Encodings {
		if !strings.EqualFold(known, low) {
			continue
		}
		if e := byName[low]; e != nil {
			return e, known, nil
		}
		e, err := htmlindex.Get(low)
		return e, known, err
	}
	if e, err := ianaindex.IANA.Encoding(low); err == nil && e != nil {
		canonical, _ := ianaindex.IANA.Name(e)
		return e, canonical, nil
	}
	if e, err := htmlindex.Get(low); err == nil {
		canonical, _ := htmlindex.Name(e)
		return e, canonical, nil
	}
	return nil, "", fail(ErrOption, nil, "There is no encoding called “"+name+"”. Choose one from the list, such as UTF-8 or windows-1252.")
}

// bomOf names the encoding that a byte order mark states, and its length.
func bomOf(data []byte) (string, int) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		return "UTF-8", 3
	case bytes.HasPrefix(data, []byte("\xff\xfe\x00\x00")):
		return "UTF-32LE", 4
	case bytes.HasPrefix(data, []byte("\x00\x00\xfe\xff")):
		return "UTF-32BE", 4
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return "UTF-16LE", 2
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return "UTF-16BE", 2
	}
	return "", 0
}

// detected is the outcome of looking at a file's bytes.
type detected struct {
	name  string
	bom   int      // length of the byte order mark
	sure  bool     // false where others are nearly as plausible
	valid bool     // the data are UTF-8 without a flaw
	mixed *mixture // where not all lines are in one encoding
	doubt []guess  // the readings between which a person has to choose
}

// detectEncoding says in what encoding data are. Where nothing speaks against
// it, it is UTF-8; text that is not is scored by how plausible its letters are
// in each candidate.
func detectEncoding(data []byte) detected {
	if name, n := bomOf(data); name != "" {
		d := detected{name: name, bom: n, sure: true, valid: name == "UTF-8" && validUTF8(data)}
		if name == "UTF-8" && !d.valid {
			if m := mixtureOf(data[n:]); m != nil && m.mainly {
				d.mixed = m
			}
		}
		return d
	}
	if name := guessWide(data[:min(len(data), 64<<10)]); name != "" {
		return detected{name: name, sure: true}
	}
	if validUTF8(data) {
		if bytes.IndexByte(data, 0x1b) >= 0 && (bytes.Contains(data, []byte("\x1b$B")) || bytes.Contains(data, []byte("\x1b$@"))) {
			return detected{name: "ISO-2022-JP", sure: true}
		}
		return detected{name: "UTF-8", sure: true, valid: true}
	}
	if m := mixtureOf(data); m != nil {
		if m.mainly {
			return detected{name: "UTF-8", mixed: m}
		}
		return detected{name: m.legacy.name, mixed: m}
	}
	if mostlyUTF8(data) {
		return detected{name: "UTF-8"}
	}
	all := guesses(highLines(data, sampleHigh))
	if len(all) == 0 {
		return detected{name: "windows-1252"}
	}
	doubt := doubts(all)
	return detected{name: all[0].name, sure: doubt == nil, doubt: doubt}
}

// validUTF8 is utf8.Valid on all processors.
func validUTF8(data []byte) bool {
	starts := partStarts(data, min(runtime.GOMAXPROCS(0), 1+len(data)/partBytes))
	valid := make([]bool, len(starts)-1)
	var wait sync.WaitGroup
	for i := range valid {
		wait.Go(func() { valid[i] = utf8.Valid(data[starts[i]:starts[i+1]]) })
	}
	wait.Wait()
	return !slices.Contains(valid, false)
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

// decodeText turns data, without their byte order mark, into UTF-8.
func decodeText(data []byte, name string) ([]byte, error) {
	e, _, err := encodingByName(name)
	if err != nil {
		return nil, err
	}
	if e == nil {
		return data, nil
	}
	out, err := e.NewDecoder().Bytes(data)
	if err != nil {
		return nil, fail(ErrOption, err, "This file cannot be read in the encoding "+name+". Choose another encoding.")
	}
	return out, nil
}

// errNotEncodable marks text that an encoding cannot hold.
var errNotEncodable = errors.New("text not possible in this encoding")

// encodeText turns UTF-8 into the named encoding. It fails with errNotEncodable
// where the bytes would not be decoded to the same text: some characters are
// encoded as others that look alike (U+00A5 as a backslash in Shift_JIS), others
// are commands of the encoding (U+001B in ISO-2022-JP). Whatever is encoded may
// stand behind.
func encodeText(text []byte, name string) ([]byte, error) {
	e, _, err := encodingByName(name)
	if err != nil {
		return nil, err
	}
	if e == nil {
		return text, nil
	}
	// The letter behind the text takes the encoding back to where it begins.
	probed := append(bytes.Clone(text), probe)
	out, err := e.NewEncoder().Bytes(probed)
	if err != nil {
		return nil, errNotEncodable
	}
	if back, err := e.NewDecoder().Bytes(out); err != nil || !bytes.Equal(back, probed) {
		return nil, errNotEncodable
	}
	letter, err := e.NewEncoder().Bytes([]byte{probe})
	out, plain := bytes.CutSuffix(out, letter)
	if err != nil || !plain {
		return nil, errNotEncodable
	}
	return out, nil
}

// probe is a letter that shows whether text before it has left an encoding where
// it begins, so that anything may follow.
const probe = 'A'
