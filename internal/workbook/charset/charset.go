// Package charset knows the character encodings of texts: which there are and
// what IANA calls them, byte order marks, finding out in what encoding a text is
// or may be, lines in two encodings, decoding, and encoding that is checked by
// reading it back. Encodings go by their names throughout: the canonical ones
// are those of IANA's registry where it has one.
//
// It knows texts alone: records, tables and sheets stay in workbook, which turns
// the errors from here into sentences for people. Nothing of ours comes in here.
package charset

import (
	"bytes"
	"errors"
	"strings"

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

// Names are the canonical names of the encodings in common use, the most common
// first. Canonical knows more of them.
var Names = []string{
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

// ErrUnknown marks a name that no encoding has.
var ErrUnknown = errors.New("unknown encoding")

// Canonical is the canonical name of the encoding that has a usual name: one of
// IANA's, a label of the WHATWG Encoding Standard, or one that programs use
// ("cp1252", "utf-8-sig"). Letters may be large or small. It fails with
// ErrUnknown.
func Canonical(name string) (string, error) {
	_, canonical, err := lookup(name)
	return canonical, err
}

// lookup finds an encoding by any usual name, nil and "UTF-8" for UTF-8.
func lookup(name string) (encoding.Encoding, string, error) {
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
	for _, known := range Names {
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
	return nil, "", ErrUnknown
}

// bomOf names the encoding that a byte order mark states, and its length in
// bytes.
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
