package workbook

import (
	"bufio"
	"io"
	"sync"

	"github.com/klauspost/compress/flate"
)

// packedBuffer is how much of a packed part is read at once.
const packedBuffer = 32 << 10

// inflater unpacks DEFLATE. Idle ones wait in inflaters for the next part.
type inflater struct {
	packed *bufio.Reader
	plain  io.ReadCloser
}

var inflaters = sync.Pool{New: func() any {
	b := bufio.NewReaderSize(nil, packedBuffer)
	return &inflater{packed: b, plain: flate.NewReader(b)}
}}

// inflate unpacks a part of an archive, which takes two thirds of the time
// that the standard library needs. It is a zip.Decompressor.
func inflate(packed io.Reader) io.ReadCloser {
	f := inflaters.Get().(*inflater)
	f.packed.Reset(packed)
	err := f.plain.(flate.Resetter).Reset(f.packed, nil)
	if _, end := f.packed.Peek(1); end == io.EOF { //nolint:errorlint // a bufio.Reader gives io.EOF itself
		// Some programs pack an empty part into nothing, not into the two bytes
		// of an empty stream. Where it should hold more, its size tells.
		err = io.EOF
	}
	return &unpacking{inflater: f, err: err}
}

// unpacking is the reading of one part. It is for one goroutine.
type unpacking struct {
	inflater *inflater // nil when it is closed
	err      error
}

func (u *unpacking) Read(b []byte) (int, error) {
	if u.inflater == nil {
		return 0, io.ErrClosedPipe
	}
	if u.err != nil {
		return 0, u.err
	}
	return u.inflater.plain.Read(b)
}

// Close ends the reading.
func (u *unpacking) Close() error {
	if u.inflater == nil {
		return nil
	}
	err := u.inflater.plain.Close()
	u.inflater.packed.Reset(nil)
	inflaters.Put(u.inflater)
	u.inflater = nil
	return err
}
