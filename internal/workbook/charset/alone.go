package charset

import (
	"bytes"

	"golang.org/x/text/encoding"
)

// Alone tells what bytes of a text read like on their own. A nil one believes
// that they read as they do among the others. It is for one goroutine.
type Alone struct {
	decoder *encoding.Decoder // nil for UTF-8
	probe   []byte            // a letter
	in, out []byte
}

// Alone reads in the encoding that was found. It is nil where the lines are in
// two encodings: each of them was read alone.
func (d Detection) Alone() *Alone {
	if d.Mixed != nil {
		return nil
	}
	a := &Alone{}
	e, _, err := lookup(d.Encoding)
	if err != nil || e == nil {
		return a
	}
	a.decoder = e.NewDecoder()
	a.probe, _ = Encode([]byte{probe}, d.Encoding)
	return a
}

// Reads says that bytes read as text when they stand alone, and that what
// follows them is read as if it began the file.
func (a *Alone) Reads(raw, text []byte) bool {
	if a == nil {
		return true
	}
	if a.decoder == nil {
		return bytes.Equal(raw, text)
	}
	a.in = append(append(a.in[:0], raw...), a.probe...)
	if room := 3*len(a.in) + 16; len(a.out) < room { // no byte becomes more than three
		a.out = make([]byte, 2*room)
	}
	a.decoder.Reset()
	n, read, err := a.decoder.Transform(a.out, a.in, true)
	got, whole := bytes.CutSuffix(a.out[:n], []byte{probe})
	return err == nil && read == len(a.in) && whole && bytes.Equal(got, text)
}
