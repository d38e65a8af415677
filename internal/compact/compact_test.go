package compact_test

import (
	"encoding/binary"
	"math"
	"testing"

	"rollcall/internal/compact"
)

func TestWhatWasWrittenIsReadBack(t *testing.T) {
	var data []byte
	uints := []uint64{0, 1, 127, 128, 300, math.MaxUint32, math.MaxUint64}
	ints := []int64{0, -1, 1, math.MinInt64, math.MaxInt64}
	texts := []string{"", "Ann", "山田　太郎", "\x00\xff"}
	for _, v := range uints {
		data = binary.AppendUvarint(data, v)
	}
	for _, v := range ints {
		data = binary.AppendVarint(data, v)
	}
	for _, v := range texts {
		data = compact.AppendText(data, v)
	}
	r := compact.NewReader(data)
	for _, want := range uints {
		if got := r.Uint(); got != want {
			t.Errorf("%d, want %d", got, want)
		}
	}
	for _, want := range ints {
		if got := r.Int(); got != want {
			t.Errorf("%d, want %d", got, want)
		}
	}
	for _, want := range texts {
		if got := r.Text(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if !r.Done() {
		t.Error("something is left")
	}
}

func TestWhatDoesNotFitIsReadAsNothing(t *testing.T) {
	for what, read := range map[string]func(r *compact.Reader) bool{
		"a byte of nothing":       func(r *compact.Reader) bool { r.Text(); r.Byte(); r.Byte(); return r.Byte() == 0 },
		"a text that is cut":      func(r *compact.Reader) bool { r.Byte(); r.Byte(); return r.Text() == "" && r.Uint() == 0 },
		"a number over its limit": func(r *compact.Reader) bool { r.Byte(); return r.UpTo(4) == 0 },
		"more things than fit":    func(r *compact.Reader) bool { r.Byte(); return r.Count(1) == 0 },
	} {
		r := compact.NewReader([]byte{0, 5, 2})
		if !read(&r) || r.OK() || r.Done() {
			t.Errorf("%s was read", what)
		}
	}
	endless := compact.NewReader([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff})
	if endless.Uint() != 0 || endless.OK() {
		t.Error("a number without an end was read")
	}
}
