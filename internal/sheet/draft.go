package sheet

import (
	"slices"
	"sync/atomic"
)

// generation numbers the writers of pages: no two Sheets or Drafts share one.
var generation atomic.Uint64

// Draft is a copy of a Sheet for work too long for the goroutine that owns the
// Sheet, such as replacing a million cells: make it there, change it elsewhere
// with all that a Sheet can do, and hand it back with Commit. It costs little:
// pages are shared until they are written.
type Draft struct {
	Sheet
	from uint64
}

// Draft copies the sheet as it is now.
func (s *Sheet) Draft() *Draft {
	return &Draft{
		Sheet: Sheet{
			table:  s.Snapshot().table,
			gen:    generation.Add(1),
			done:   slices.Clone(s.done),
			undone: slices.Clone(s.undone),
			serial: s.serial,
		},
		from: s.revision,
	}
}

// Commit makes the draft's content the sheet's, undo history included. It does
// nothing and is false where the sheet was changed since the draft was made.
// The draft must not be used afterwards.
func (s *Sheet) Commit(d *Draft) bool {
	if s.revision != d.from {
		return false
	}
	*s = d.Sheet
	return true
}
