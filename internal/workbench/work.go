package workbench

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"time"

	"rollcall/internal/problem"
	"rollcall/internal/roster"
	"rollcall/internal/sheet"
	"rollcall/internal/store"
	"rollcall/internal/workbook"
)

// work is a document's journal on disk: every edit is there within a second, so
// that a crash loses nothing. It is begun in the background with the first
// edit; what comes before it is ready waits in line.
type work struct {
	begun   chan struct{} // closed when log or err is known
	mu      sync.Mutex
	log     *store.Work
	waiting []func(*store.Work)
	err     error
	closed  bool
}

// journal notes an entry, and begins the journal with the first one.
func (d *Document) journal(e sheet.Entry) {
	d.toWork(func(log *store.Work) {
		switch e.Kind {
		case sheet.EntryStep:
			log.Step(e.Step)
		case sheet.EntryUndo:
			log.Undo()
		case sheet.EntryRedo:
			log.Redo()
		}
	})
	d.shortenJournal()
}

// shortenJournal has the journal written anew where most of it is of steps that
// nothing leads back to. The writing is the journal's own affair.
func (d *Document) shortenJournal() {
	if d.work == nil {
		return
	}
	d.work.mu.Lock()
	defer d.work.mu.Unlock()
	if log := d.work.log; log != nil && !d.work.closed && log.WantsCompaction() {
		log.Compact(d.sheet)
	}
}

func (d *Document) noteMapping() {
	m := *d.mapping
	d.toWork(func(log *store.Work) { _ = log.SetMapping(m) })
}

// toWork hands something to the journal, in order.
func (d *Document) toWork(do func(*store.Work)) {
	if d.bench.noWork {
		return
	}
	if d.work == nil {
		d.work = &work{begun: make(chan struct{})}
		d.beginWork()
	}
	w := d.work
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed || w.err != nil {
		return
	}
	if w.log == nil {
		w.waiting = append(w.waiting, do)
		return
	}
	do(w.log)
}

// beginWork makes the journal in the background, with a copy of the file.
func (d *Document) beginWork() {
	w, b := d.work, d.bench
	origin := store.Origin{Fingerprint: store.Fingerprint{Path: d.book.Path}, Name: d.name, Profile: b.profileID()}
	origin.Options, _ = json.Marshal(d.options)
	origin.Mapping, _ = json.Marshal(d.mapping)
	book := d.book
	b.pending.Add(1)
	go func() {
		defer b.pending.Done()
		defer close(w.begun)
		log, err := newWork(context.WithoutCancel(b.ctx), b.store, origin, book)
		w.mu.Lock()
		defer w.mu.Unlock()
		if err != nil {
			w.err = err
			b.note("Your edits cannot be kept on this disk while you work, so save often. " + sentence(err))
			return
		}
		if w.closed {
			_ = log.Discard()
			return
		}
		w.log = log
		for _, do := range w.waiting {
			do(log)
		}
		w.waiting = nil
	}()
}

func newWork(ctx context.Context, s *store.Store, origin store.Origin, book *workbook.Book) (*store.Work, error) {
	source, err := book.Source()
	if err != nil {
		return nil, err
	}
	return s.NewWork(ctx, origin, source)
}

// Autosaved says whether every edit is on disk.
func (d *Document) Autosaved() bool {
	if d.work == nil {
		return true
	}
	d.work.mu.Lock()
	defer d.work.mu.Unlock()
	return d.work.err == nil && d.work.log != nil && len(d.work.waiting) == 0 && !d.work.log.Pending()
}

// WorkProblem is why edits cannot be kept on disk, "" where they can.
func (d *Document) WorkProblem() string {
	if d.work == nil {
		return ""
	}
	d.work.mu.Lock()
	defer d.work.mu.Unlock()
	if d.work.err != nil {
		return sentence(d.work.err)
	}
	if d.work.log != nil {
		return sentence(d.work.log.Err())
	}
	return ""
}

// Discard lets go of a document and gives its journal up: the work was saved, or
// is not wanted. It waits for the disk: run it in the background.
func (d *Document) Discard() error {
	w := d.work
	if w == nil {
		return nil
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.closed = true
	if w.log == nil {
		return nil // what is just being begun is discarded then
	}
	return w.log.Discard()
}

// Keep lets go of a document and leaves its journal for the next start, unless
// all of it is saved. It waits for the disk: run it in the background.
func (d *Document) Keep(ctx context.Context) error {
	w := d.work
	if w == nil {
		return nil
	}
	if err := w.wait(ctx); err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.closed = true
	return w.log.Close(ctx)
}

// Flush waits until every edit is on disk.
func (d *Document) Flush(ctx context.Context) error {
	if d.work == nil {
		return nil
	}
	if err := d.work.wait(ctx); err != nil {
		return err
	}
	return d.work.log.Flush(ctx)
}

// wait returns when the journal is there, or why there is none.
func (w *work) wait(ctx context.Context) error {
	select {
	case <-w.begun:
	case <-ctx.Done():
		return ctx.Err()
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.err == nil && w.log == nil {
		return errGivenUp
	}
	return w.err
}

// errGivenUp is the journal of a document that was discarded before it began.
var errGivenUp = errors.New("workbench: the document was given up")

// Recovery is work that a run which ended badly left behind.
type Recovery struct {
	ID    string
	Name  string
	Path  string
	When  time.Time
	Edits int
	// Changed says that the file itself was changed or is gone since; the copy
	// taken when it was opened is used.
	Changed bool
}

// Recoverable lists the work to be offered again, the latest first.
func (b *Bench) Recoverable(ctx context.Context) ([]Recovery, error) {
	list, err := b.store.Recoverable(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]Recovery, 0, len(list))
	for _, r := range list {
		out = append(out, Recovery{
			ID: r.ID, Name: r.Origin.Name, Path: r.Origin.Path, When: r.When, Edits: r.Edits,
			Changed: r.File != store.FileSame,
		})
	}
	return out, nil
}

// Forget gives up work that was offered again.
func (b *Bench) Forget(ctx context.Context, id string) error { return b.store.Forget(ctx, id) }

// Restore opens the sheet exactly as it was, undo history included.
func (b *Bench) Restore(ctx context.Context, id string, report func(Progress)) (*Document, error) {
	return b.RestoreLocked(ctx, id, "", report)
}

// RestoreLocked is Restore for an encrypted workbook, whose password is kept
// nowhere. Without the right one it fails with workbook.ErrPassword, and the
// work stays to be offered again.
func (b *Bench) RestoreLocked(ctx context.Context, id, password string, report func(Progress)) (*Document, error) {
	tell(report, Progress{What: "Opening"})
	r, err := b.store.Recover(ctx, id)
	if err != nil {
		return nil, err
	}
	d, err := b.restored(ctx, r, password, report)
	if err != nil {
		return nil, errors.Join(err, r.Work.Close(context.WithoutCancel(ctx)))
	}
	return d, nil
}

func (b *Bench) restored(ctx context.Context, r *store.Recovered, password string, report func(Progress)) (*Document, error) {
	var o OpenOptions
	var m roster.Mapping
	if json.Unmarshal(r.Origin.Options, &o) != nil || json.Unmarshal(r.Origin.Mapping, &m) != nil {
		return nil, problem.New("What was kept of this sheet is damaged and cannot be opened. The file itself is as it was last saved.", nil)
	}
	o.Password = password
	data, err := os.ReadFile(r.Original)
	if err != nil {
		return nil, problem.New("The copy of this file cannot be read, so the sheet cannot be opened as it was. The file itself is as it was last saved.", err)
	}
	book, err := workbook.Read(ctx, r.Origin.Name, data, o.workbook(r.Origin.Name))
	if err != nil {
		return nil, err
	}
	name := r.Origin.Name
	if r.File.Path != "" {
		// As Rollcall itself last read or saved it: a save before the crash is
		// nobody else's change.
		book.Adopt(r.File.Path, r.File.Size, r.File.ModTime)
		name = filepath.Base(r.File.Path)
	}
	d, err := b.prepared(book, name, o, &m)
	if err != nil {
		return nil, err
	}
	saved, err := r.Replay(d.sheet)
	switch {
	case errors.Is(err, store.ErrPartly):
		b.note(sentence(err))
	case err != nil:
		return nil, err
	case r.Dropped:
		b.note("The latest edits of “" + name + "” were damaged on this disk and could not be read. All before them are there; look the last rows over that you changed.")
	}
	d.savedAt = saved
	d.work = &work{log: r.Work, begun: closed()}
	d.sample = r.File.Path == ""
	d.shown = d.sheet.Rows()
	return d, d.checkAll(ctx, report)
}

// closed is a channel that holds nobody.
func closed() chan struct{} {
	c := make(chan struct{})
	close(c)
	return c
}
