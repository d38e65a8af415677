package store

import (
	"bytes"
	"compress/gzip"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	_ "modernc.org/sqlite" // the database driver

	"rollcall/internal/problem"
)

// history is the database of imports: one file, opened when it is first asked
// for. Two connections share it: careful waits at each commit until the bytes
// are on disk, quick until the system has them. A kill of the program loses
// neither; a power cut can lose the latest of quick.
type history struct {
	store   *Store
	mu      sync.Mutex
	careful *sql.DB
	quick   *sql.DB
}

const schema = `
CREATE TABLE IF NOT EXISTS imports (
	id        TEXT PRIMARY KEY,
	profile   TEXT NOT NULL,
	account   TEXT NOT NULL,
	path      TEXT NOT NULL,
	file_hash TEXT NOT NULL,
	undoes    TEXT NOT NULL,
	meta      TEXT NOT NULL,
	begun     INTEGER NOT NULL, -- Unix time in nanoseconds
	ended     INTEGER NOT NULL, -- the same, 0 while it was not ended
	complete  INTEGER NOT NULL, -- whether nothing is left to resume
	rows      INTEGER NOT NULL, -- users to add or update
	plan      BLOB NOT NULL,    -- JSON, gzip
	summary   TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS imports_by_profile ON imports (profile, begun);
CREATE TABLE IF NOT EXISTS records (
	import  TEXT NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
	entry   INTEGER NOT NULL,
	outcome BLOB,               -- JSON; NULL for begun and not ended
	PRIMARY KEY (import, entry)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS requests (
	import TEXT NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
	at     INTEGER NOT NULL,
	method TEXT NOT NULL,
	path   TEXT NOT NULL,
	status INTEGER NOT NULL,
	took   INTEGER NOT NULL,    -- nanoseconds
	note   TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS requests_by_import ON requests (import, at);
`

const (
	historyVersion = 1
	// checkUpTo is the size of a database up to which it is checked as a whole
	// when it is opened, in bytes.
	checkUpTo = 32 << 20
)

// errNewer says that a newer Rollcall has changed the database.
var errNewer = errors.New("store: written by a newer version")

// open gives the two connections.
func (h *history) open(ctx context.Context) (careful, quick *sql.DB, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.careful != nil {
		return h.careful, h.quick, nil
	}
	lock, err := lockFile(h.store.path("imports", ".lock"))
	if err != nil {
		return nil, nil, cannotJournal(err)
	}
	defer lock.release()
	path := h.store.path("imports", "imports.db")
	h.careful, err = openDatabase(ctx, path, "FULL")
	if damaged(err) {
		h.store.aside(path, "the history of imports", "A new history begins.")
		for _, tail := range []string{"-wal", "-shm"} {
			if _, err := os.Stat(path + tail); err == nil {
				_, _ = setAside(path + tail)
			}
		}
		h.careful, err = openDatabase(ctx, path, "FULL")
	}
	if err == nil {
		h.quick, err = openDatabase(ctx, path, "NORMAL")
	}
	if err != nil {
		if h.careful != nil {
			_ = h.careful.Close()
		}
		h.careful, h.quick = nil, nil
		if errors.Is(err, errNewer) {
			return nil, nil, problem.New("The history of imports was written by a newer Rollcall. Use that one; nothing was changed.", err)
		}
		return nil, nil, cannotJournal(err)
	}
	return h.careful, h.quick, nil
}

func cannotJournal(err error) error {
	return problem.New("The journal of imports cannot be written or read now, so no import is begun or carried on without it. See that the disk has room and try again.", err)
}

func (h *history) close() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.careful == nil {
		return nil
	}
	err := errors.Join(h.quick.Close(), h.careful.Close())
	h.careful, h.quick = nil, nil
	return err
}

// openDatabase opens the file and sees that it is whole.
func openDatabase(ctx context.Context, path, synchronous string) (*sql.DB, error) {
	if err := ownerOnly(path); err != nil {
		return nil, err
	}
	query := url.Values{"_txlock": {"immediate"}, "_pragma": {
		"busy_timeout(20000)", "journal_mode(WAL)", "synchronous(" + synchronous + ")", "foreign_keys(1)",
	}}
	name := filepath.ToSlash(path)
	if !strings.HasPrefix(name, "/") {
		name = "/" + name // a drive letter
	}
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Path: name, RawQuery: query.Encode()}).String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	if err := prepare(ctx, db, path); err != nil {
		_ = db.Close()
		return nil, err
	}
	return db, nil
}

// ownerOnly makes the file, so that the database does not make it for all to
// read. Its side files take its mode.
func ownerOnly(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

func prepare(ctx context.Context, db *sql.DB, path string) error {
	var version int
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	if version > historyVersion {
		return errNewer
	}
	if info, err := os.Stat(path); err == nil && info.Size() <= checkUpTo {
		var verdict string
		if err := db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&verdict); err != nil {
			return err
		}
		if verdict != "ok" {
			return errors.Join(ErrDamaged, errors.New(verdict))
		}
	}
	if version == historyVersion {
		return nil
	}
	_, err := db.ExecContext(ctx, schema+"PRAGMA user_version = 1;")
	return err
}

// damaged says whether an error means that the file is no whole database.
func damaged(err error) bool {
	if errors.Is(err, ErrDamaged) {
		return true
	}
	var coded interface{ Code() int }
	if !errors.As(err, &coded) {
		return false
	}
	const corrupt, notADatabase = 11, 26 // SQLITE_CORRUPT, SQLITE_NOTADB
	primary := coded.Code() & 0xff
	return primary == corrupt || primary == notADatabase
}

// squeeze gives the JSON of v in gzip.
func squeeze(v any) ([]byte, error) {
	var buf bytes.Buffer
	zip := gzip.NewWriter(&buf)
	if err := json.NewEncoder(zip).Encode(v); err != nil {
		return nil, err
	}
	err := zip.Close()
	return buf.Bytes(), err
}

func unsqueeze(data []byte, into any) error {
	zip, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return err
	}
	dec := json.NewDecoder(zip)
	if err := dec.Decode(into); err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, zip) // the checksum stands at the end
	return err
}

// nanos and instant keep a time as a number, 0 for none.
func nanos(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixNano()
}

func instant(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.Unix(0, n).UTC()
}
