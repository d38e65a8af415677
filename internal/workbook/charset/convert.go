package charset

import (
	"bytes"
	"errors"
)

// decode turns data, without their byte order mark, into UTF-8. It fails with
// ErrUnknown where no encoding has that name.
func decode(data []byte, name string) ([]byte, error) {
	e, _, err := lookup(name)
	if err != nil {
		return nil, err
	}
	if e == nil {
		return data, nil
	}
	return e.NewDecoder().Bytes(data)
}

// ErrNotEncodable marks text that an encoding cannot hold.
var ErrNotEncodable = errors.New("text not possible in this encoding")

// Encode turns UTF-8 into the named encoding. It fails with ErrUnknown where no
// encoding has that name, and with ErrNotEncodable where the bytes would not be
// decoded to the same text: some characters are encoded as others that look
// alike (U+00A5 as a backslash in Shift_JIS), others are commands of the encoding
// (U+001B in ISO-2022-JP). Whatever is encoded may stand behind. Text may be
// returned itself where the encoding is UTF-8.
func Encode(text []byte, name string) ([]byte, error) {
	e, _, err := lookup(name)
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
		return nil, ErrNotEncodable
	}
	if back, err := e.NewDecoder().Bytes(out); err != nil || !bytes.Equal(back, probed) {
		return nil, ErrNotEncodable
	}
	letter, err := e.NewEncoder().Bytes([]byte{probe})
	out, plain := bytes.CutSuffix(out, letter)
	if err != nil || !plain {
		return nil, ErrNotEncodable
	}
	return out, nil
}

// probe is a letter that shows whether text before it has left an encoding where
// it begins, so that anything may follow.
const probe = 'A'
