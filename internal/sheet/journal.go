package sheet

import (
	"encoding/binary"
	"hash/crc32"
)

// The journal is a list of entries, one record each: length and CRC-32C of the
// payload, little-endian, then the payload: version, kind, content. A record
// that is cut short or damaged ends the journal; what stands before it counts.

// EntryKind says what an Entry of the journal is.
type EntryKind byte

// The kinds of entries.
const (
	EntryStep EntryKind = 1 + iota // a step was applied
	EntryUndo                      // the latest step was undone
	EntryRedo                      // and done again
	EntryNote                      // something that the journal's keeper wrote between
)

const (
	journalVersion = 1
	recordHead     = 8
	// maxRecord bounds the length that a record may claim, in bytes.
	maxRecord = 1 << 31
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Entry is one entry of a journal. Step is set for EntryStep, Note for
// EntryNote.
type Entry struct {
	Kind EntryKind
	Step Step
	Note []byte
}

// AppendTo appends the entry as a record to dst.
func (e *Entry) AppendTo(dst []byte) []byte {
	head := len(dst)
	dst = append(dst, make([]byte, recordHead)...)
	dst = append(dst, journalVersion, byte(e.Kind))
	switch e.Kind {
	case EntryStep:
		dst = appendStep(dst, &e.Step)
	case EntryNote:
		dst = append(dst, e.Note...)
	}
	payload := dst[head+recordHead:]
	binary.LittleEndian.PutUint32(dst[head:], uint32(len(payload)))
	binary.LittleEndian.PutUint32(dst[head+4:], crc32.Checksum(payload, castagnoli))
	return dst
}

// ReadJournal decodes the entries in data and gives each to use, until one is
// torn or damaged or use gives an error. It returns the length of what was
// good: less than len(data) where the end was dropped.
func ReadJournal(data []byte, use func(Entry) error) (good int, err error) {
	for {
		e, n, ok := decodeEntry(data[good:])
		if !ok {
			return good, nil
		}
		if err := use(e); err != nil {
			return good, err
		}
		good += n
	}
}

func decodeEntry(data []byte) (e Entry, size int, ok bool) {
	if len(data) < recordHead+2 {
		return e, 0, false
	}
	n := binary.LittleEndian.Uint32(data)
	if n < 2 || n > maxRecord || uint64(n) > uint64(len(data)-recordHead) {
		return e, 0, false
	}
	payload := data[recordHead : recordHead+int(n)]
	if crc32.Checksum(payload, castagnoli) != binary.LittleEndian.Uint32(data[4:]) {
		return e, 0, false
	}
	e, ok = decodePayload(payload)
	return e, recordHead + int(n), ok
}

func decodePayload(payload []byte) (e Entry, ok bool) {
	if len(payload) < 2 || payload[0] != journalVersion {
		return e, false
	}
	e.Kind = EntryKind(payload[1])
	switch e.Kind {
	case EntryStep:
		e.Step, ok = decodeStep(payload[2:])
		return e, ok
	case EntryUndo, EntryRedo:
		return e, len(payload) == 2
	case EntryNote:
		e.Note = append([]byte(nil), payload[2:]...)
		return e, true
	}
	return e, false
}

// ReplayEntry does what an entry recorded. A note changes nothing.
func (s *Sheet) ReplayEntry(e Entry) error {
	ok := true
	switch e.Kind {
	case EntryStep:
		return s.Replay(e.Step)
	case EntryUndo:
		_, ok = s.Undo()
	case EntryRedo:
		_, ok = s.Redo()
	}
	if !ok {
		return ErrMismatch
	}
	return nil
}

// Journal lists the entries that build the sheet and its undo history from the
// unedited one: every step that can be undone or redone, then an undo for each
// of the latter. Steps that nothing leads back to are not among them.
func (s *Sheet) Journal() []Entry {
	entries := make([]Entry, 0, len(s.done)+2*len(s.undone))
	for _, step := range s.done {
		entries = append(entries, Entry{Kind: EntryStep, Step: step})
	}
	for i := len(s.undone) - 1; i >= 0; i-- {
		entries = append(entries, Entry{Kind: EntryStep, Step: s.undone[i]})
	}
	for range s.undone {
		entries = append(entries, Entry{Kind: EntryUndo})
	}
	return entries
}
