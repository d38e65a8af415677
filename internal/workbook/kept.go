package workbook

import (
	"bytes"
	"context"
	"io"
	"os"
	"time"

	"rollcall/internal/cells"
)

// Source reads the data that were opened, for a copy of the file as it was.
// Where they were not kept (Options.Keep) it reads the file again, and fails
// with ErrChangedOnDisk when that has changed since.
func (b *Book) Source() (io.Reader, error) {
	data := b.original()
	if data == nil {
		return nil, fail(ErrChangedOnDisk, nil, "The file was changed or removed by another program after it was opened.")
	}
	return bytes.NewReader(data), nil
}

// StampFile is the state of a file as it is now. It reads the whole file.
func StampFile(path string) (Stamp, error) {
	_, stamp, err := readFile(path)
	return stamp, err
}

// SavedTo makes the file at path, in the state given, the one that the book
// stands for, after Save wrote it. The table and the data stay those that were
// opened, so that a later Save gives all changes again. It must not be called
// while another goroutine saves the book.
func (b *Book) SavedTo(path string, stamp Stamp) {
	// The data on disk are no longer those that the table was read from.
	b.replaced = b.replaced || samePlace(b.Path, path) || b.source == nil
	b.Path, b.stamp = path, stamp
}

// Adopt makes a book from memory stand for a file on disk: one that was opened
// by an earlier run, with the size in bytes and the time it had then.
func (b *Book) Adopt(path string, size int64, modified time.Time) {
	b.Path = path
	b.stamp = Stamp{Size: size, Modified: modified}
	if data, err := os.ReadFile(path); err == nil && bytes.Equal(data, b.source) {
		if info, err := os.Stat(path); err == nil {
			b.stamp = stampOf(info, data)
		}
	}
}

// Changed is the table as Save would leave it, without saving.
func (b *Book) Changed(ctx context.Context, c Changes) (*cells.Table, error) {
	rows, err := b.byRow(c)
	if err != nil {
		return nil, err
	}
	var out cells.Builder
	err = b.wanted(rows, func(row []string) error {
		out.AppendRow(row)
		if out.Rows()%4096 == 0 {
			return ctx.Err()
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out.Table(), nil
}
