package store

import (
	"encoding/json"
	"slices"

	"rollcall/internal/sheet"
)

// The kinds of notes between the steps of a journal.
const (
	noteOrigin  = "origin"
	noteMapping = "mapping"
	noteSaved   = "saved"
	// noteAstray says that the file holds a content that no undo leads to.
	noteAstray = "astray"
)

// note is the JSON of a note.
type note struct {
	Kind   string          `json:"kind"`
	Origin *Origin         `json:"origin,omitempty"`
	Data   json.RawMessage `json:"data,omitempty"`
	File   *Fingerprint    `json:"file,omitempty"`
}

func (n note) entry() sheet.Entry {
	data, err := json.Marshal(n)
	if err != nil { // raw JSON of a caller that is none
		n.Data = nil
		data, _ = json.Marshal(n)
	}
	return sheet.Entry{Kind: sheet.EntryNote, Note: data}
}

// trail follows a journal from the outside: where its steps have led, and which
// of the places on the way the file on disk holds. Places are numbered; 0 is
// the beginning.
type trail struct {
	origin Origin
	begun  bool // the origin is known
	file   Fingerprint
	last   uint64
	done   []uint64
	undone []uint64
	saved  uint64
	astray bool
	edits  int
}

func (t *trail) follow(e sheet.Entry) {
	switch e.Kind {
	case sheet.EntryStep:
		t.last++
		t.done, t.undone = append(t.done, t.last), nil
		t.edits++
	case sheet.EntryUndo:
		if n := len(t.done); n > 0 {
			t.done, t.undone = t.done[:n-1], append(t.undone, t.done[n-1])
		}
	case sheet.EntryRedo:
		if n := len(t.undone); n > 0 {
			t.undone, t.done = t.undone[:n-1], append(t.done, t.undone[n-1])
		}
	case sheet.EntryNote:
		t.read(e.Note)
	}
}

func (t *trail) read(data []byte) {
	var n note
	if json.Unmarshal(data, &n) != nil {
		return
	}
	switch n.Kind {
	case noteOrigin:
		if n.Origin != nil {
			t.origin, t.file, t.begun = *n.Origin, n.Origin.Fingerprint, true
		}
	case noteMapping:
		t.origin.Mapping = n.Data
	case noteSaved:
		t.saved, t.astray = t.place(), false
	case noteAstray:
		t.astray = true
	}
	if n.File != nil {
		t.file = *n.File
	}
}

// kindOf is the kind of a note, "" for none.
func kindOf(data []byte) string {
	var n note
	_ = json.Unmarshal(data, &n)
	return n.Kind
}

// place is where the trail stands.
func (t *trail) place() uint64 {
	if n := len(t.done); n > 0 {
		return t.done[n-1]
	}
	return 0
}

// dirty says whether the file on disk holds something else.
func (t *trail) dirty() bool { return t.astray || t.place() != t.saved }

// compact gives the shortest journal with the same end: steps are those of the
// sheet, in the order of sheet.Journal.
func (t *trail) compact(steps []sheet.Entry) []sheet.Entry {
	first := t.origin
	entries := []sheet.Entry{note{Kind: noteOrigin, Origin: &first}.entry()}
	file := t.file
	saved := note{Kind: noteSaved, File: &file}.entry()
	places := slices.Clone(t.done)
	for i := len(t.undone) - 1; i >= 0; i-- {
		places = append(places, t.undone[i])
	}
	at := slices.Index(places, t.saved) + 1 // 0 for the beginning
	if t.astray || t.saved != 0 && at == 0 {
		saved, at = note{Kind: noteAstray, File: &file}.entry(), 0
	}
	entries = append(entries, steps[:at]...)
	entries = append(entries, saved)
	return append(entries, steps[at:]...)
}
