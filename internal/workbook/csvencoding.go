package workbook

import (
	"bytes"
	"errors"

	"rollcall/internal/workbook/charset"
)

// decodeCSV finds the encoding and turns the data into UTF-8 without a byte
// order mark.
func decodeCSV(data []byte, o Options) (charset.Detection, []byte, error) {
	var found charset.Detection
	if o.Encoding != "" {
		var err error
		if found, err = charset.Named(data, o.Encoding); err != nil {
			return found, nil, encodingProblem(err, o.Encoding)
		}
	} else {
		found = charset.Detect(data)
	}
	text, err := decoded(data, found)
	if err == nil && len(text) <= 64<<10 && len(bytes.TrimSpace(text)) == 0 {
		err = fail(ErrEmpty, nil, "This file is empty: it holds only blank lines. Check that the export or download was finished, and open it again.")
	}
	return found, text, err
}

// decoded turns data that are encoded as was found into UTF-8 without a byte
// order mark and the end-of-file mark of DOS.
func decoded(data []byte, found charset.Detection) ([]byte, error) {
	text, err := found.Decode(data)
	if err != nil {
		return nil, encodingProblem(err, found.Encoding)
	}
	if n := len(text) - 1; n >= 0 && text[n] == 0x1a && (n == 0 || text[n-1] == '\n' || text[n-1] == '\r') {
		text = text[:n]
	}
	return text, nil
}

// encodingProblem gives an error of package charset its sentence; name is the
// encoding as it was asked for.
func encodingProblem(err error, name string) error {
	if errors.Is(err, charset.ErrUnknown) {
		return fail(ErrOption, nil, "There is no encoding called “"+name+"”. Choose one from the list, such as UTF-8 or windows-1252.")
	}
	return fail(ErrOption, err, "This file cannot be read in the encoding "+name+". Choose another encoding.")
}

// mixedLines notes the lines that are not in the encoding of the others.
func mixedLines(m *charset.Mixture, f *Facts) {
	one, most := "UTF-8", m.Older()
	if m.MainlyUTF8 {
		one, most = most, one
	}
	for _, o := range m.Odd[:min(len(m.Odd), MaxListed)] {
		if o.Parts {
			f.odd(o.Line, "This line holds text in two encodings, UTF-8 and "+m.Older()+". Each part was read in its own; check its letters.")
		} else {
			f.odd(o.Line, "This line is in the encoding "+one+", most others are in "+most+". It was read in its own; check its letters.")
		}
	}
}
