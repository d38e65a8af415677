package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"rollcall/internal/plan"
	"rollcall/internal/problem"
)

// requestBatch is how many requests are kept in memory before they are written.
const requestBatch = 200

// ImportHead says what an import is of.
type ImportHead struct {
	// ID names it; BeginImport makes it.
	ID string `json:"id"`
	// Profile is the ID of the account, Account its name at that time.
	Profile string `json:"profile"`
	Account string `json:"account"`
	// Path and FileHash are those of the user's file.
	Path     string `json:"path"`
	FileHash string `json:"fileHash"`
	// Undoes is the ID of the import that this one takes back, "" for none.
	Undoes string    `json:"undoes,omitempty"`
	Begun  time.Time `json:"begun"`
	// Meta is whatever the caller wants to have with it.
	Meta json.RawMessage `json:"meta,omitempty"`
}

// Request is one request of an import and its answer, without secrets.
type Request struct {
	At     time.Time     `json:"at"`
	Method string        `json:"method"`
	Path   string        `json:"path"`
	Status int           `json:"status"`
	Took   time.Duration `json:"took"`
	Note   string        `json:"note,omitempty"`
}

// ImportLog is the journal of one import under way. As long as it is open no
// other program can carry the import on. Its methods may be called from any
// goroutine.
type ImportLog struct {
	store    *Store
	id       string
	lock     *fileLock
	careful  *sql.DB
	quick    *sql.DB
	mu       sync.Mutex
	requests []Request
}

// BeginImport keeps the plan, and with it the state before of every user that
// it touches, and opens the journal. Both are on disk when it returns.
func (s *Store) BeginImport(ctx context.Context, h ImportHead, p *plan.Plan) (*ImportLog, error) {
	packed, err := squeeze(p)
	if err != nil {
		return nil, cannotJournal(err)
	}
	h.ID = newID()
	if h.Begun.IsZero() {
		h.Begun = s.now()
	}
	l, err := s.openLog(ctx, h.ID)
	if err != nil {
		return nil, err
	}
	_, err = l.careful.ExecContext(ctx, `INSERT INTO imports
		(id, profile, account, path, file_hash, undoes, meta, begun, ended, complete, rows, plan, summary)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?, '')`,
		h.ID, h.Profile, h.Account, h.Path, h.FileHash, h.Undoes, string(h.Meta), nanos(h.Begun), p.Counts.ToSend(), packed)
	if err != nil {
		l.lock.release()
		return nil, cannotJournal(err)
	}
	return l, nil
}

// ResumeImport opens the journal of an import again and gives its plan.
// ErrBusy: it is under way in another window; ErrNone: there is no such import.
func (s *Store) ResumeImport(ctx context.Context, id string) (*ImportLog, *plan.Plan, error) {
	p, err := s.ImportPlan(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	l, err := s.openLog(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	return l, p, nil
}

func (s *Store) openLog(ctx context.Context, id string) (*ImportLog, error) {
	careful, quick, err := s.imports.open(ctx)
	if err != nil {
		return nil, err
	}
	lock, err := tryLock(s.importLock(id))
	if errors.Is(err, errLocked) {
		return nil, problem.New("This import is under way in another window of Rollcall. Wait until it has ended there.", errors.Join(ErrBusy, err))
	}
	if err != nil {
		return nil, cannotJournal(err)
	}
	return &ImportLog{store: s, id: id, lock: lock, careful: careful, quick: quick}, nil
}

func (s *Store) importLock(id string) string { return s.path("imports", fileName(id)+".lock") }

// busy says whether a program is carrying the import out.
func (s *Store) busy(id string) bool {
	lock, err := tryLock(s.importLock(id))
	if err != nil {
		return errors.Is(err, errLocked)
	}
	lock.release()
	return false
}

// ID names the import.
func (l *ImportLog) ID() string { return l.id }

// Intend records that entries of the plan are about to be sent. It is on disk
// when it returns, so that even a power cut leaves no request unknown.
func (l *ImportLog) Intend(entries []int) error {
	return l.write(l.careful, func(ctx context.Context, tx *sql.Tx) error {
		stmt, err := tx.PrepareContext(ctx, `INSERT INTO records (import, entry) VALUES (?, ?) ON CONFLICT DO NOTHING`)
		if err != nil {
			return err
		}
		defer func() { _ = stmt.Close() }()
		for _, e := range entries {
			if _, err := stmt.ExecContext(ctx, l.id, e); err != nil {
				return err
			}
		}
		return nil
	})
}

// Done records what became of an entry: outcome in JSON. It survives a kill of
// the program when it returns. A power cut can make the entry one that was begun
// and not ended, which is looked up before it is sent again.
func (l *ImportLog) Done(entry int, outcome any) error {
	data, err := json.Marshal(outcome)
	if err != nil {
		return err
	}
	return l.write(l.quick, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO records (import, entry, outcome) VALUES (?, ?, ?)
			ON CONFLICT DO UPDATE SET outcome = excluded.outcome`, l.id, entry, data)
		return err
	})
}

// Recorded gives the outcomes by entry; nil for an entry that was begun and not
// ended.
func (l *ImportLog) Recorded() (map[int]json.RawMessage, error) {
	return recorded(context.Background(), l.careful, l.id)
}

func recorded(ctx context.Context, db *sql.DB, id string) (map[int]json.RawMessage, error) {
	rows, err := db.QueryContext(ctx, "SELECT entry, outcome FROM records WHERE import = ?", id)
	if err != nil {
		return nil, cannotJournal(err)
	}
	defer func() { _ = rows.Close() }()
	out := make(map[int]json.RawMessage)
	for rows.Next() {
		var entry int
		var outcome []byte
		if err := rows.Scan(&entry, &outcome); err != nil {
			return nil, cannotJournal(err)
		}
		out[entry] = outcome
	}
	if err := rows.Err(); err != nil {
		return nil, cannotJournal(err)
	}
	return out, nil
}

// LogRequest notes a request and its answer. It is written with what is recorded
// next.
func (l *ImportLog) LogRequest(r Request) {
	l.mu.Lock()
	l.requests = append(l.requests, r)
	full := len(l.requests) >= requestBatch
	l.mu.Unlock()
	if full {
		_ = l.write(l.quick, func(context.Context, *sql.Tx) error { return nil }) // they stay for the next time
	}
}

// Finish records the end: the summary in JSON, and whether the import is
// complete, so that there is nothing to resume.
func (l *ImportLog) Finish(summary any, complete bool) error {
	data, err := json.Marshal(summary)
	if err != nil {
		return err
	}
	return l.write(l.careful, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE imports SET ended = ?, complete = ?, summary = ? WHERE id = ?",
			nanos(l.store.now()), complete, string(data), l.id)
		return err
	})
}

// Close lets other programs have the import. It is not the import's end: that
// is Finish.
func (l *ImportLog) Close() error {
	err := l.write(l.careful, func(context.Context, *sql.Tx) error { return nil })
	l.lock.release()
	return err
}

// write does something in one transaction, and with it writes the requests that
// wait. It does not stop half-way: what the account did is always recorded.
func (l *ImportLog) write(db *sql.DB, do func(context.Context, *sql.Tx) error) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	ctx := context.Background()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return cannotJournal(err)
	}
	if err = do(ctx, tx); err == nil {
		err = l.putRequests(ctx, tx)
	}
	if err == nil {
		err = tx.Commit()
	}
	if err != nil {
		_ = tx.Rollback()
		return cannotJournal(err)
	}
	l.requests = l.requests[:0]
	return nil
}

func (l *ImportLog) putRequests(ctx context.Context, tx *sql.Tx) error {
	for _, r := range l.requests {
		_, err := tx.ExecContext(ctx, "INSERT INTO requests (import, at, method, path, status, took, note) VALUES (?, ?, ?, ?, ?, ?, ?)",
			l.id, nanos(r.At), r.Method, r.Path, r.Status, int64(r.Took), r.Note)
		if err != nil {
			return err
		}
	}
	return nil
}
