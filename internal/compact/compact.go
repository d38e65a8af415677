// Package compact reads and writes the compact forms that other rooms keep:
// numbers of variable length, as encoding/binary writes them, and texts with
// their length in front. It knows nothing of what they mean.
package compact

import "encoding/binary"

// AppendText writes a text with its length in front.
func AppendText(dst []byte, text string) []byte {
	return append(binary.AppendUvarint(dst, uint64(len(text))), text...)
}

// Reader reads from the front of a text; the texts that it gives share its
// memory. Once something does not fit, it is no longer OK and reads nothing but
// zeros.
type Reader struct {
	rest string
	bad  bool
}

// NewReader reads a copy of data.
func NewReader(data []byte) Reader { return Reader{rest: string(data)} }

// OK says that everything fitted so far.
func (r *Reader) OK() bool { return !r.bad }

// Done says that everything fitted and nothing is left.
func (r *Reader) Done() bool { return !r.bad && r.rest == "" }

// Fail ends the reading: what was read makes no sense.
func (r *Reader) Fail() { r.rest, r.bad = "", true }

// Byte reads one byte.
func (r *Reader) Byte() byte {
	if r.rest == "" {
		r.Fail()
		return 0
	}
	b := r.rest[0]
	r.rest = r.rest[1:]
	return b
}

// Uint reads a number that binary.AppendUvarint wrote.
func (r *Reader) Uint() uint64 {
	var v uint64
	for shift := 0; shift < 64; shift += 7 {
		b := r.Byte()
		v |= uint64(b&0x7f) << shift
		if b < 0x80 {
			return v
		}
	}
	r.Fail()
	return 0
}

// Int reads a number that binary.AppendVarint wrote.
func (r *Reader) Int() int64 {
	v := r.Uint()
	return int64(v>>1) ^ -int64(v&1)
}

// UpTo reads a number that is not above the limit.
func (r *Reader) UpTo(limit uint64) uint64 {
	v := r.Uint()
	if v > limit {
		r.Fail()
		return 0
	}
	return v
}

// Count reads how many things follow, each of at least size bytes, so that a
// damaged number never asks for more memory than the data could fill.
func (r *Reader) Count(size int) int { return int(r.UpTo(uint64(len(r.rest) / size))) }

// Text reads a text that AppendText wrote.
func (r *Reader) Text() string {
	n := r.Count(1)
	text := r.rest[:n]
	r.rest = r.rest[n:]
	return text
}
