package store

import (
	"io"
	"os"
	"path/filepath"
	"time"

	"rollcall/internal/problem"
	"rollcall/internal/sheet"
)

// run is the writer: it takes what is queued, all at once, writes it and makes
// sure that it is on disk. What the disk refuses is tried again.
func (w *Work) run() {
	defer close(w.ended)
	defer func() {
		if w.file != nil {
			_ = w.file.Close()
		}
	}()
	var retry <-chan time.Time
	for {
		select {
		case <-w.wake:
		case <-retry:
		}
		retry = nil
		for {
			w.mu.Lock()
			jobs, closing := w.queue, w.closing
			w.queue = nil
			w.mu.Unlock()
			if len(jobs) == 0 {
				if closing {
					return
				}
				break
			}
			if err := w.write(jobs); err != nil {
				w.refused(jobs, err)
				if closing {
					return
				}
				retry = time.After(retryAfter)
				break
			}
			w.settled(len(jobs))
		}
	}
}

func (w *Work) settled(n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.durable += uint64(n)
	w.err = nil
	close(w.moved)
	w.moved = make(chan struct{})
}

func (w *Work) refused(jobs []job, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	first := w.err == nil
	w.queue = append(jobs, w.queue...)
	w.err = problem.New("The latest changes are not on disk yet, because it cannot be written. They are kept in memory; save the file somewhere else, or make room.", err)
	close(w.moved)
	w.moved = make(chan struct{})
	if first {
		w.store.notice(problem.Sentence(w.err))
	}
}

// write puts jobs into the journal and waits for the disk. After an error the
// journal is as it was.
func (w *Work) write(jobs []job) error {
	for i := len(jobs) - 1; i >= 0; i-- { // what stands before a new journal is in it
		if jobs[i].anew != nil {
			if err := w.writeAnew(jobs[i].anew); err != nil {
				return err
			}
			jobs = jobs[i+1:]
			break
		}
	}
	var data []byte
	for i := range jobs {
		data = jobs[i].entry.AppendTo(data)
	}
	if len(data) == 0 {
		return nil
	}
	if err := w.open(); err != nil {
		return err
	}
	_, err := w.file.WriteAt(data, w.length())
	if err == nil {
		err = w.file.Sync()
	}
	if err != nil {
		_ = w.file.Truncate(w.length())
		return err
	}
	w.setLength(w.length()+int64(len(data)), false)
	return nil
}

func (w *Work) length() int64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.written
}

func (w *Work) setLength(n int64, compact bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.written = n
	if compact {
		w.shortest = n
	}
}

// writeAnew puts a new journal in the place of the old one.
func (w *Work) writeAnew(entries []sheet.Entry) error {
	path := filepath.Join(w.dir, journalName)
	var size int64
	if w.file != nil { // an open file cannot be replaced everywhere
		_ = w.file.Close()
		w.file = nil
	}
	err := writeFile(path, func(f io.Writer) error {
		var buf []byte
		for i := range entries {
			buf = entries[i].AppendTo(buf[:0])
			n, err := f.Write(buf)
			size += int64(n)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		w.setLength(size, true)
	}
	return err
}

// open opens the journal to go on with it.
func (w *Work) open() (err error) {
	if w.file == nil {
		w.file, err = os.OpenFile(filepath.Join(w.dir, journalName), os.O_WRONLY, 0o600)
	}
	return err
}
