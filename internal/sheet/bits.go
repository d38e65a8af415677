package sheet

// bits is a set of small numbers.
type bits struct {
	words []uint64
	n     int
}

func newBits(size int) *bits { return &bits{words: make([]uint64, (size+63)/64)} }

func (b *bits) set(i int) {
	if !b.has(i) {
		b.words[i/64] |= 1 << (i % 64)
		b.n++
	}
}

func (b *bits) has(i int) bool { return b.words[i/64]&(1<<(i%64)) != 0 }

// bits256 is a set of the rows of a page.
type bits256 [pageRows / 64]uint64

func (b *bits256) has(i int) bool { return b[i/64]&(1<<(i%64)) != 0 }
func (b *bits256) set(i int)      { b[i/64] |= 1 << (i % 64) }
func (b *bits256) clear(i int)    { b[i/64] &^= 1 << (i % 64) }
