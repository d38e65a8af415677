package workbook

import "io"

// aheadReader reads from another reader in the background, a few blocks ahead
// of whoever reads from it, so that unpacking and reading go on at once. Close
// ends the background work and waits for it; it does not close the other
// reader.
type aheadReader struct {
	full chan aheadBlock
	free chan []byte
	stop chan struct{}
	now  aheadBlock
	from int // what of now.data was read
}

type aheadBlock struct {
	data []byte
	err  error
}

const (
	aheadBytes  = 128 << 10
	aheadBlocks = 4
	// aheadFrom is the size of a part that is worth a goroutine.
	aheadFrom = 1 << 20
)

func newAheadReader(r io.Reader) *aheadReader {
	a := &aheadReader{full: make(chan aheadBlock, aheadBlocks), free: make(chan []byte, aheadBlocks), stop: make(chan struct{})}
	for range aheadBlocks {
		a.free <- make([]byte, aheadBytes)
	}
	go a.work(r)
	return a
}

func (a *aheadReader) work(r io.Reader) {
	defer close(a.full)
	for {
		var buf []byte
		select {
		case buf = <-a.free:
		case <-a.stop:
			return
		}
		n := 0
		var err error
		for n < len(buf) && err == nil {
			var m int
			m, err = r.Read(buf[n:])
			n += m
		}
		select {
		case a.full <- aheadBlock{buf[:n], err}:
		case <-a.stop:
			return
		}
		if err != nil {
			return
		}
	}
}

func (a *aheadReader) Read(p []byte) (int, error) {
	for a.from == len(a.now.data) {
		if a.now.err != nil {
			return 0, a.now.err
		}
		if a.now.data != nil {
			a.free <- a.now.data[:cap(a.now.data)]
		}
		block, ok := <-a.full
		if !ok {
			return 0, io.ErrClosedPipe
		}
		a.now, a.from = block, 0
	}
	n := copy(p, a.now.data[a.from:])
	a.from += n
	return n, nil
}

// Close ends the reading ahead.
func (a *aheadReader) Close() {
	close(a.stop)
	for range a.full {
	}
}
