package practice

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

// stock keeps a seeded database as bytes, by the options that its contents
// depend on: an account in memory is planted once in a process.
var stock = struct {
	mu    sync.Mutex
	bytes map[stockKind][]byte
}{bytes: make(map[stockKind][]byte)}

type stockKind struct{ empty, oddIDs bool }

// image is what the driver's connection can do with a whole database.
type image interface {
	Serialize() ([]byte, error)
	Deserialize(database []byte) error
}

// seedMemory fills a new database in memory.
func (s *Server) seedMemory(ctx context.Context) error {
	stock.mu.Lock()
	defer stock.mu.Unlock()
	kind := stockKind{s.options.Empty, s.options.Quirks.on(OddIDs)}
	if planted := stock.bytes[kind]; planted != nil {
		return s.store.withImage(func(i image) error { return i.Deserialize(planted) })
	}
	if err := s.seed(ctx); err != nil {
		return err
	}
	return s.store.withImage(func(i image) (err error) {
		stock.bytes[kind], err = i.Serialize()
		return err
	})
}

// Image gives the whole account as bytes that another one can begin with.
func (s *Server) Image() (database []byte, err error) {
	err = s.store.withImage(func(i image) (err error) {
		database, err = i.Serialize()
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("copy the account: %w", err)
	}
	return database, nil
}

// withImage calls work with the database as a whole. Statements prepared
// before are gone: another database may have taken the place of theirs.
func (s *store) withImage(work func(image) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for query, stmt := range s.stmts {
		_ = stmt.Close() // a new one is prepared where it is needed
		delete(s.stmts, query)
	}
	s.memo = memo{}
	return s.conn.Raw(func(driver any) error {
		i, ok := driver.(image)
		if !ok {
			return errors.New("the database driver cannot copy a database")
		}
		return work(i)
	})
}
