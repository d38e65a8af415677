package store

import (
	"bytes"
	"errors"
	"testing"
)

// Whatever is sealed opens again, at every size around a chunk's; cut at the end
// of a chunk, where each chunk by itself is whole, it does not.
func TestWhatIsSealedOpensWholeOrNotAtAll(t *testing.T) {
	key, head := newSealKey(), []byte("head")
	for _, size := range []int{0, 1, sealChunk - 1, sealChunk, sealChunk + 1, 2 * sealChunk, 2*sealChunk + 5} {
		content := bytes.Repeat([]byte("x"), size)
		var buf bytes.Buffer
		ok(t, seal(&buf, key, head, content))
		sealed := buf.Bytes()[len(head):]
		opened, err := unseal(key, head, sealed)
		if err != nil || !bytes.Equal(opened, content) {
			t.Errorf("%d bytes: %d came back, %v", size, len(opened), err)
		}
		const chunk = sealChunk + 16
		for end := sealPrefix; end < len(sealed); end += chunk {
			if _, err := unseal(key, head, sealed[:end]); !errors.Is(err, ErrDamaged) {
				t.Errorf("%d bytes, cut after %d: %v", size, end, err)
			}
		}
		if _, err := unseal(newSealKey(), head, sealed); !errors.Is(err, ErrDamaged) {
			t.Errorf("%d bytes, another key: %v", size, err)
		}
		if _, err := unseal(key, []byte("Head"), sealed); !errors.Is(err, ErrDamaged) {
			t.Errorf("%d bytes, another head: %v", size, err)
		}
	}
}
