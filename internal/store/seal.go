package store

import (
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"golang.org/x/crypto/chacha20poly1305"
)

// A sealed file is a head in the open, then the content in chunks, each sealed
// with XChaCha20-Poly1305. The nonce is a random prefix, the chunk's number and
// a mark on the last one (the STREAM construction), so that chunks can be
// neither changed, swapped, dropped nor cut off; the head is authenticated with
// each chunk.
const (
	sealChunk  = 64 << 10
	sealPrefix = chacha20poly1305.NonceSizeX - 5
)

// ErrDamaged says that what was kept is not what was written.
var ErrDamaged = errors.New("store: damaged")

// errWrongKey says that the first chunk does not open: the key is another one,
// or the file is damaged at its very beginning.
var errWrongKey = fmt.Errorf("%w, or sealed with another key", ErrDamaged)

func newSealKey() []byte {
	key := make([]byte, chacha20poly1305.KeySize)
	_, _ = rand.Read(key) // never fails: it ends the program instead
	return key
}

// seal writes the head, the nonce's prefix and the sealed content.
func seal(w io.Writer, key, head, content []byte) error {
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		return err
	}
	prefix := make([]byte, sealPrefix)
	_, _ = rand.Read(prefix)
	if _, err := w.Write(append(append([]byte(nil), head...), prefix...)); err != nil {
		return err
	}
	buf := make([]byte, 0, sealChunk+aead.Overhead())
	for n := uint32(0); ; n++ {
		chunk := content[:min(len(content), sealChunk)]
		content = content[len(chunk):]
		last := len(content) == 0
		buf = aead.Seal(buf[:0], sealNonce(prefix, n, last), chunk, head)
		if _, err := w.Write(buf); err != nil || last {
			return err
		}
	}
}

// unseal opens what follows the head.
func unseal(key, head, sealed []byte) ([]byte, error) {
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		return nil, err
	}
	if len(sealed) < sealPrefix {
		return nil, ErrDamaged
	}
	prefix, sealed := sealed[:sealPrefix], sealed[sealPrefix:]
	content := make([]byte, 0, len(sealed))
	for n := uint32(0); ; n++ {
		chunk := sealed[:min(len(sealed), sealChunk+aead.Overhead())]
		sealed = sealed[len(chunk):]
		last := len(sealed) == 0
		content, err = aead.Open(content, sealNonce(prefix, n, last), chunk, head)
		switch {
		case err != nil && n == 0:
			return nil, errWrongKey
		case err != nil:
			return nil, ErrDamaged
		case last:
			return content, nil
		}
	}
}

func sealNonce(prefix []byte, n uint32, last bool) []byte {
	nonce := make([]byte, 0, chacha20poly1305.NonceSizeX)
	nonce = append(nonce, prefix...)
	nonce = binary.BigEndian.AppendUint32(nonce, n)
	if last {
		return append(nonce, 1)
	}
	return append(nonce, 0)
}
