package practice

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"sync"

	_ "modernc.org/sqlite" // the database driver
)

// store is the database. It has one connection, which one transaction has at
// a time, and keeps its statements prepared.
type store struct {
	db    *sql.DB
	mu    sync.Mutex // held for the length of a transaction
	conn  *sql.Conn
	stmts map[string]*sql.Stmt
	memo  memo
	// onDisk says that other programs can change the database, too, and version
	// is what it was at when the memo was made.
	onDisk  bool
	version int64
}

// layout is the database's own version, kept in its user_version.
const layout = 1

const tables = `
CREATE TABLE users (
	seq INTEGER PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,      -- userName as it was sent
	key TEXT NOT NULL,       -- userName without letter case
	display TEXT NOT NULL,   -- displayName
	doc TEXT NOT NULL,       -- the resource as JSON, without id, meta and groups
	version INTEGER NOT NULL,
	created TEXT NOT NULL,
	modified TEXT NOT NULL
);
CREATE INDEX users_key ON users(key);
CREATE INDEX users_modified ON users(modified);
CREATE TABLE groups (
	seq INTEGER PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	key TEXT NOT NULL,
	doc TEXT NOT NULL,       -- without id, meta and members
	version INTEGER NOT NULL,
	created TEXT NOT NULL,
	modified TEXT NOT NULL
);
CREATE INDEX groups_key ON groups(key);
CREATE TABLE members (
	seq INTEGER PRIMARY KEY AUTOINCREMENT,
	"group" INTEGER NOT NULL,
	user INTEGER NOT NULL
);
CREATE INDEX members_group ON members("group", user);
CREATE INDEX members_user ON members(user);
CREATE TABLE identifiers (
	source TEXT NOT NULL,    -- without letter case, as value
	value TEXT NOT NULL,
	user INTEGER NOT NULL,
	PRIMARY KEY (source, value, user)
) WITHOUT ROWID;
CREATE INDEX identifiers_user ON identifiers(user);
CREATE TABLE sources (
	seq INTEGER PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	display TEXT NOT NULL,
	enabled INTEGER NOT NULL,
	pattern TEXT NOT NULL,
	example TEXT NOT NULL,
	created TEXT NOT NULL
);
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
`

// openStore opens or makes the database at path, or one in memory where path
// is "". fresh says that it has just been made and wants its seed.
func openStore(ctx context.Context, path string) (s *store, fresh bool, err error) {
	address, err := addressOf(path)
	if err != nil {
		return nil, false, err
	}
	db, err := sql.Open("sqlite", address)
	if err != nil {
		return nil, false, fmt.Errorf("open the database: %w", err)
	}
	s = &store{db: db, stmts: map[string]*sql.Stmt{}, onDisk: path != ""}
	if s.conn, err = db.Conn(ctx); err == nil {
		fresh, err = s.prepare(ctx)
	}
	if err != nil {
		_ = db.Close() // the first error is the one that tells
		return nil, false, fmt.Errorf("open the database: %w", err)
	}
	return s, fresh, nil
}

// addressOf is the database's address for the driver.
func addressOf(path string) (string, error) {
	if path == "" {
		return "file::memory:?_pragma=foreign_keys(OFF)", nil
	}
	absolute, err := filepath.Abs(path)
	if err != nil {
		return "", fmt.Errorf("find the database: %w", err)
	}
	address := url.URL{Scheme: "file", Path: filepath.ToSlash(absolute), RawQuery: url.Values{
		"_pragma": {"journal_mode(WAL)", "synchronous(NORMAL)", "busy_timeout(5000)", "foreign_keys(OFF)"},
	}.Encode()}
	return address.String(), nil
}

func (s *store) prepare(ctx context.Context) (fresh bool, err error) {
	var version int
	if err := s.conn.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return false, fmt.Errorf("read the database: %w", err)
	}
	if version == layout {
		return false, nil
	}
	var others int
	if err := s.conn.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_master").Scan(&others); err != nil {
		return false, fmt.Errorf("read the database: %w", err)
	}
	if version != 0 || others > 0 {
		return false, errNotOurs
	}
	return true, nil
}

func (s *store) close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, stmt := range s.stmts {
		_ = stmt.Close() // closing the connection closes it in any case
	}
	_ = s.conn.Close() // closing the database tells of what matters
	return s.db.Close()
}

// tx is one transaction.
type tx struct {
	s *store
	// A client that goes away must not undo what the account has begun: the
	// outcome would depend on when its connection broke. So no request's
	// context reaches the database.
	ctx context.Context
	// writes counts the statements that changed something.
	writes int
}

// do runs the work in one transaction, which is kept if it returns nil.
func (s *store) do(ctx context.Context, work func(*tx) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	x := &tx{s: s, ctx: context.WithoutCancel(ctx)}
	if err := x.control("BEGIN IMMEDIATE"); err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	err := s.forget(x)
	if err == nil {
		err = work(x)
	}
	if x.writes > 0 {
		s.memo = memo{}
	}
	if err != nil {
		_ = x.control("ROLLBACK") // the work's error is the one that tells
		return err
	}
	if err := x.control("COMMIT"); err != nil {
		_ = x.control("ROLLBACK")
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

// forget drops the memo where another program has changed the database since.
func (s *store) forget(x *tx) error {
	if !s.onDisk {
		return nil
	}
	was := s.version
	if _, err := x.one("PRAGMA data_version", nil, &s.version); err != nil {
		return fmt.Errorf("read the database's version: %w", err)
	}
	if s.version != was {
		s.memo = memo{}
	}
	return nil
}

// control runs a statement that begins or ends a transaction.
func (x *tx) control(query string) error {
	stmt, err := x.stmt(query)
	if err != nil {
		return err
	}
	_, err = stmt.ExecContext(x.ctx)
	return err
}

func (x *tx) stmt(query string) (*sql.Stmt, error) {
	if stmt, ok := x.s.stmts[query]; ok {
		return stmt, nil
	}
	stmt, err := x.s.conn.PrepareContext(x.ctx, query)
	if err != nil {
		return nil, fmt.Errorf("prepare: %w", err)
	}
	x.s.stmts[query] = stmt
	return stmt, nil
}

// exec changes something.
func (x *tx) exec(query string, args ...any) (sql.Result, error) {
	stmt, err := x.stmt(query)
	if err != nil {
		return nil, err
	}
	x.writes++
	return stmt.ExecContext(x.ctx, args...)
}

// each calls row for every row of the answer.
func (x *tx) each(query string, row func(*sql.Rows) error, args ...any) (err error) {
	stmt, err := x.stmt(query)
	if err != nil {
		return err
	}
	rows, err := stmt.QueryContext(x.ctx, args...)
	if err != nil {
		return err
	}
	defer func() {
		if e := rows.Close(); err == nil {
			err = e
		}
	}()
	for rows.Next() {
		if err := row(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// scan is each for a query that is not worth keeping prepared.
func (x *tx) scan(query string, row func(*sql.Rows) error) error {
	rows, err := x.s.conn.QueryContext(x.ctx, query)
	if err != nil {
		return err
	}
	for rows.Next() {
		if err := row(rows); err != nil {
			_ = rows.Close() // the row's error is the one that tells
			return err
		}
	}
	return rows.Err()
}

// one scans the first row of the answer into the targets.
func (x *tx) one(query string, args []any, into ...any) (found bool, err error) {
	err = x.each(query, func(r *sql.Rows) error {
		if found {
			return nil
		}
		found = true
		return r.Scan(into...)
	}, args...)
	return found, err
}

// errHalfDone is the cause where an operation wrote before it was refused.
var errHalfDone = errors.New("a refused operation had changed something")

// attempt runs the work, whose error must leave nothing of it behind: every
// operation checks all it can before it writes. One that did not fails the
// whole transaction.
func (x *tx) attempt(work func() error) error {
	before := x.writes
	err := work()
	if err != nil && x.writes > before {
		return fmt.Errorf("%w: %v", errHalfDone, err) //nolint:errorlint // not a refusal of this one operation any more
	}
	return err
}
