package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"rollcall/internal/problem"
	"rollcall/internal/sheet"
)

const (
	journalName  = "journal"
	originalName = "original"
	lockName     = "lock"
	// retryAfter is how long a Work waits before it tries again to write what
	// the disk refused.
	retryAfter = time.Second
	// compactFrom is the length from which a journal may be worth compacting,
	// in bytes.
	compactFrom = 4 << 20
)

// Work is the work in progress on one open document: a copy of its file and a
// journal of its edits. Edits are queued by whoever makes them, who never waits,
// and written by a goroutine of the Work's own, which ends with Close or
// Discard. What was queued is on disk a moment later, and Flush waits for it.
//
// Step, Undo, Redo, SetMapping, Saved, SavedEarlier and Compact are for the one
// goroutine that owns the sheet; the other methods are for any.
type Work struct {
	store *Store
	id    string
	dir   string
	lock  *fileLock
	wake  chan struct{}
	ended chan struct{}

	mu       sync.Mutex
	trail    trail
	queue    []job
	queued   uint64 // jobs ever queued
	durable  uint64 // of these on disk
	moved    chan struct{}
	err      error
	closing  bool
	written  int64 // length of the journal
	shortest int64 // its length when it was last compact

	file *os.File // the writer's alone
}

// job is what the writer does: append an entry, or write the journal anew.
type job struct {
	entry sheet.Entry
	anew  []sheet.Entry
}

// NewWork begins the journal of a document that was opened unedited. It copies
// the file's bytes, so that the sheet can be restored when the file is moved or
// changed, and fills in their size and hash, and the file's time where that is
// not given.
func (s *Store) NewWork(ctx context.Context, o Origin, original io.Reader) (*Work, error) {
	w := &Work{store: s, id: newID()}
	w.dir = s.path("work", w.id)
	if err := w.makeFolder(); err != nil {
		return nil, cannotKeep(err)
	}
	if err := w.makeFiles(ctx, o, original); err != nil {
		if w.file != nil {
			_ = w.file.Close()
		}
		_ = removeWork(w.dir, w.lock)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, cannotKeep(err)
	}
	w.begin()
	return w, nil
}

// makeFolder makes the folder and takes its lock, before another program can
// see the one without the other.
func (w *Work) makeFolder() error {
	all, err := lockFile(w.store.path("work", ".lock"))
	if err != nil {
		return err
	}
	defer all.release()
	if err := os.Mkdir(w.dir, 0o700); err != nil {
		return err
	}
	w.lock, err = tryLock(filepath.Join(w.dir, lockName))
	return err
}

// makeFiles copies the original and begins the journal.
func (w *Work) makeFiles(ctx context.Context, o Origin, original io.Reader) error {
	if err := w.copyOriginal(ctx, &o, original); err != nil {
		return err
	}
	if o.ModTime.IsZero() { // known only if the file still is what was copied
		if f, err := FingerprintFile(ctx, o.Path); err == nil && f.Hash == o.Hash {
			o.ModTime = f.ModTime
		}
	}
	first := note{Kind: noteOrigin, Origin: &o}.entry()
	w.trail.follow(first)
	var err error
	w.file, err = os.OpenFile(filepath.Join(w.dir, journalName), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err == nil {
		err = w.write([]job{{entry: first}})
	}
	syncFolder(w.dir)
	syncFolder(filepath.Dir(w.dir))
	return err
}

func cannotKeep(err error) error {
	return problem.New("Unsaved changes to this file cannot be kept on disk now. Save often, and see that the disk has room.", err)
}

func (w *Work) copyOriginal(ctx context.Context, o *Origin, r io.Reader) error {
	h := sha256.New()
	err := writeFile(filepath.Join(w.dir, originalFile(o.Path)), func(f io.Writer) (err error) {
		o.Size, err = io.Copy(io.MultiWriter(f, h), &ctxReader{ctx, r})
		return err
	})
	o.Hash = hex.EncodeToString(h.Sum(nil))
	return err
}

// originalFile names the copy; the ending says what it is, as that of the file.
func originalFile(path string) string {
	ext := strings.ToLower(filepath.Ext(path))
	for _, c := range strings.TrimPrefix(ext, ".") {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return originalName
		}
	}
	return originalName + ext
}

func (w *Work) begin() {
	w.wake, w.moved, w.ended = make(chan struct{}, 1), make(chan struct{}), make(chan struct{})
	w.store.mu.Lock()
	w.store.works[w] = true
	w.store.mu.Unlock()
	go w.run()
}

// ID names the work.
func (w *Work) ID() string { return w.id }

// Origin is what the work began with, with the latest matching.
func (w *Work) Origin() Origin {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.trail.origin
}

// Original is the path of the copy of the file's bytes.
func (w *Work) Original() string {
	return filepath.Join(w.dir, originalFile(w.Origin().Path))
}

// Step records a step that the sheet has made. An empty one is left out.
func (w *Work) Step(step sheet.Step) {
	if !step.Empty() {
		w.add(sheet.Entry{Kind: sheet.EntryStep, Step: step})
	}
}

// Undo records that the latest step was undone.
func (w *Work) Undo() { w.add(sheet.Entry{Kind: sheet.EntryUndo}) }

// Redo records that an undone step was done again.
func (w *Work) Redo() { w.add(sheet.Entry{Kind: sheet.EntryRedo}) }

// SetMapping records how the columns are matched now.
func (w *Work) SetMapping(mapping any) error {
	data, err := json.Marshal(mapping)
	if err == nil {
		w.add(note{Kind: noteMapping, Data: data}.entry())
	}
	return err
}

// Saved records that the sheet as it is now was written to a file.
func (w *Work) Saved(f Fingerprint) { w.add(note{Kind: noteSaved, File: &f}.entry()) }

// SavedEarlier records that the sheet was written to a file as it was before the
// latest edits: what the file holds is none of the places that undo leads to.
func (w *Work) SavedEarlier(f Fingerprint) { w.add(note{Kind: noteAstray, File: &f}.entry()) }

// Dirty says whether the sheet differs from the file as it was last saved.
func (w *Work) Dirty() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.trail.dirty()
}

func (w *Work) add(e sheet.Entry) {
	w.mu.Lock()
	w.trail.follow(e)
	w.put(job{entry: e})
	w.mu.Unlock()
}

// put queues a job; the caller holds the lock.
func (w *Work) put(j job) {
	if w.closing {
		return
	}
	w.queue = append(w.queue, j)
	w.queued++
	w.rouse()
}

func (w *Work) rouse() {
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// WantsCompaction says that the journal is much longer than it need be. It is
// quick.
func (w *Work) WantsCompaction() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.written > compactFrom && w.written > 2*w.shortest
}

// Compact writes the journal anew, without what was undone and then lost to
// another edit. The sheet must have made just the steps that were recorded.
func (w *Work) Compact(sh *sheet.Sheet) {
	steps := sh.Journal()
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(steps) != len(w.trail.done)+2*len(w.trail.undone) {
		return // another sheet: the journal as it stands is the truth
	}
	w.put(job{anew: w.trail.compact(steps)})
	w.shortest = w.written // asked for: it need not be wanted again
}

// Pending says whether something is not on disk yet. It is quick.
func (w *Work) Pending() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.durable < w.queued
}

// Err says, in a sentence, why the disk refuses what is pending; nil while it
// does not. Writing is tried again until it works.
func (w *Work) Err() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.err
}

// Flush waits until all that was queued is on disk, or the disk has refused it.
func (w *Work) Flush(ctx context.Context) error {
	w.mu.Lock()
	until := w.queued
	for {
		durable, err, moved := w.durable, w.err, w.moved
		w.mu.Unlock()
		if durable >= until {
			return nil
		}
		if err != nil {
			return err
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return ctx.Err()
		}
		w.mu.Lock()
	}
}

// Close ends the writing and keeps the work for the next start, unless all of
// it is saved in the user's file.
func (w *Work) Close(ctx context.Context) error {
	err := w.Flush(ctx)
	w.end()
	if err == nil && !w.Dirty() {
		return removeWork(w.dir, w.lock)
	}
	w.lock.release()
	return err
}

// Discard ends the writing and removes the work: the document was saved and
// closed, or given up.
func (w *Work) Discard() error {
	w.end()
	return removeWork(w.dir, w.lock)
}

// end stops the writer.
func (w *Work) end() {
	w.mu.Lock()
	w.closing = true
	w.mu.Unlock()
	w.rouse()
	<-w.ended
	w.store.mu.Lock()
	delete(w.store.works, w)
	w.store.mu.Unlock()
}

// removeWork removes a folder and gives its lock back. The journal goes first:
// a folder without one is no work. Not every system removes what is open.
func removeWork(dir string, lock *fileLock) error {
	err := os.Remove(filepath.Join(dir, journalName))
	lock.release()
	if errors.Is(err, os.ErrNotExist) {
		err = nil
	}
	_ = os.RemoveAll(dir)
	return err
}
