package store

import (
	"context"
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"rollcall/internal/problem"
	"rollcall/internal/sheet"
)

// Recovery is work that a program left behind: unsaved edits to offer again.
type Recovery struct {
	ID     string
	Origin Origin
	// When is when it was last written.
	When time.Time
	// Edits is how many steps were made.
	Edits int
	// File says how the user's file stands to what was last read or saved.
	File FileState
}

// Recovered is work that goes on.
type Recovered struct {
	// Work takes the edits from here on.
	Work *Work
	// Origin has the latest matching.
	Origin Origin
	// File is the user's file as it was last read or saved by Rollcall.
	File Fingerprint
	// Original is the path of the copied bytes of the file: what the sheet is
	// read from.
	Original string
	// Dropped says that the end of the journal was damaged. It is kept beside
	// it; all before it is there.
	Dropped bool
	entries []sheet.Entry
}

// ErrBusy says that a running program has it open.
var ErrBusy = errors.New("store: in use by another program")

// Recoverable lists the work that holds unsaved edits and that no running
// program has open, the latest first. What a program left without such edits is
// removed.
func (s *Store) Recoverable(ctx context.Context) ([]Recovery, error) {
	all, err := lockFile(s.path("work", ".lock"))
	if err != nil {
		return nil, problem.New("Work from earlier cannot be looked for, because its folder cannot be opened. Nothing is lost; try again later.", err)
	}
	defer all.release()
	dirs, err := os.ReadDir(s.path("work"))
	if err != nil {
		return nil, problem.New("Work from earlier cannot be looked for, because its folder cannot be opened. Nothing is lost; try again later.", err)
	}
	var list []Recovery
	for _, d := range dirs {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if !d.IsDir() || strings.HasSuffix(d.Name(), ".bad") {
			continue
		}
		if r, ok := s.lookAt(ctx, d.Name()); ok {
			list = append(list, r)
		}
	}
	slices.SortFunc(list, func(a, b Recovery) int { return b.When.Compare(a.When) })
	return list, nil
}

func (s *Store) lookAt(ctx context.Context, id string) (r Recovery, ok bool) {
	dir := s.path("work", id)
	lock, err := tryLock(filepath.Join(dir, lockName))
	if err != nil {
		return r, false
	}
	data, err := os.ReadFile(filepath.Join(dir, journalName))
	if errors.Is(err, fs.ErrNotExist) {
		_ = removeWork(dir, lock) // it was just beginning, or just being removed
		return r, false
	}
	if err != nil {
		lock.release()
		return r, false
	}
	var t trail
	_, _ = sheet.ReadJournal(data, func(e sheet.Entry) error { t.follow(e); return nil })
	if t.begun && !t.dirty() {
		_ = removeWork(dir, lock)
		return r, false
	}
	lock.release()
	if !t.begun {
		s.aside(dir, "unsaved changes from earlier", "Rollcall goes on without it.")
		return r, false
	}
	r = Recovery{ID: id, Origin: t.origin, Edits: t.edits, File: t.file.State(ctx)}
	if info, err := os.Stat(filepath.Join(dir, journalName)); err == nil {
		r.When = info.ModTime()
	}
	return r, true
}

// Recover takes up work again. ErrBusy: a running program has it open.
func (s *Store) Recover(ctx context.Context, id string) (*Recovered, error) {
	w := &Work{store: s, id: id, dir: s.path("work", filepath.Base(id))}
	if info, err := os.Stat(w.dir); err != nil || !info.IsDir() {
		return nil, problem.New("These unsaved changes are no longer there: they were saved, taken up or discarded elsewhere.", ErrNone)
	}
	var err error
	if w.lock, err = tryLock(filepath.Join(w.dir, lockName)); err != nil {
		return nil, problem.New("These unsaved changes are open in another window of Rollcall.", errors.Join(ErrBusy, err))
	}
	r, err := w.readBack()
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		if w.file != nil {
			_ = w.file.Close()
		}
		w.lock.release()
		return nil, err
	}
	w.begin()
	return r, nil
}

func (w *Work) readBack() (*Recovered, error) {
	path := filepath.Join(w.dir, journalName)
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, problem.New("These unsaved changes cannot be read now. They are kept; try again later.", err)
	}
	r := &Recovered{Work: w}
	good, _ := sheet.ReadJournal(data, func(e sheet.Entry) error {
		w.trail.follow(e)
		r.entries = append(r.entries, e)
		return nil
	})
	if !w.trail.begun {
		return nil, problem.New("These unsaved changes are damaged and cannot be opened. They are kept in "+w.dir+".", ErrDamaged)
	}
	if r.Dropped = good < len(data); r.Dropped {
		if err := os.WriteFile(path+".bad", data, 0o600); err != nil {
			return nil, cannotKeep(err)
		}
	}
	w.written, w.shortest = int64(good), int64(good)
	if w.file, err = os.OpenFile(path, os.O_WRONLY, 0o600); err == nil {
		err = w.file.Truncate(int64(good))
	}
	if err != nil {
		return nil, cannotKeep(err)
	}
	r.File = w.trail.file
	r.Origin, r.Original = w.trail.origin, filepath.Join(w.dir, originalFile(w.trail.origin.Path))
	return r, nil
}

// ErrPartly says that some of the edits that were kept do not fit: those before
// them were made.
var ErrPartly = errors.New("store: not all edits fit")

// Replay makes the recorded edits on a sheet freshly laid over Original, undo
// history included. It gives the State of the content that the user's file
// holds; no State of the sheet is that one where undo no longer leads there.
// Edits that do not fit are kept in a file of their own, and with ErrPartly the
// work goes on from those before them.
func (r *Recovered) Replay(sh *sheet.Sheet) (saved uint64, err error) {
	for i, e := range r.entries {
		if err := sh.ReplayEntry(e); err != nil {
			if bad := r.keepRest(i, sh); bad != nil {
				return saved, problem.New("Not all unsaved changes fit the file as it is read now, and the disk does not let the rest be set aside. All are kept as they are; make room on the disk and try again.", errors.Join(err, bad))
			}
			return saved, problem.New("Not all unsaved changes fit the file as it is read now. Those before the first that does not fit are there; the rest are kept in "+r.Work.dir+".", errors.Join(ErrPartly, err))
		}
		if e.Kind != sheet.EntryNote {
			continue
		}
		switch kindOf(e.Note) {
		case noteSaved:
			saved = sh.State()
		case noteAstray:
			saved = math.MaxUint64
		}
	}
	return saved, nil
}

// keepRest copies the whole journal aside and goes on with its first n entries.
func (r *Recovered) keepRest(n int, sh *sheet.Sheet) error {
	w := r.Work
	path := filepath.Join(w.dir, journalName)
	data, err := os.ReadFile(path)
	if err == nil {
		err = os.WriteFile(path+".rest.bad", data, 0o600)
	}
	if err != nil {
		return err
	}
	w.mu.Lock()
	w.trail = trail{}
	for _, e := range r.entries[:n] {
		w.trail.follow(e)
	}
	w.mu.Unlock()
	w.Compact(sh)
	return nil
}

// Forget removes work that was offered and is not wanted.
func (s *Store) Forget(ctx context.Context, id string) error {
	r, err := s.Recover(ctx, id)
	if errors.Is(err, ErrNone) {
		return nil
	}
	if err != nil {
		return err
	}
	return r.Work.Discard()
}
