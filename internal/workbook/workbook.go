// Package workbook opens the spreadsheets that people have (CSV in any dress
// and Excel workbooks), says what it found in them, and saves them again in
// their own format with nothing lost. It tells a file by its content, not by
// its name. It knows rows, cells and files; what a user, a role or a header
// means is decided on higher floors, and may not come in.
package workbook

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"rollcall/internal/cells"
	"rollcall/internal/workbook/charset"
)

// Options overrule what Open finds out by itself. The zero value detects
// everything.
type Options struct {
	// Sheet is the name of the worksheet to read; "" is the first visible one.
	Sheet string
	// Encoding is the name of a CSV's character encoding; "" detects it.
	Encoding string
	// Separator is a CSV's separator; 0 detects it. It is a single ASCII
	// character.
	Separator rune
	// HeaderRow is the file row of the header, from 1; 0 says that there is
	// none, and nil detects it.
	HeaderRow *int
	// Password opens an encrypted workbook.
	Password string
	// Name is the file's name where the data come from memory.
	Name string
	// Keep holds the file's data in memory, so that the book can be saved more
	// than once and whatever becomes of the file meanwhile.
	Keep bool
	// Salvage opens of a damaged workbook the rows before the damage; the
	// facts say where it is cut off.
	Salvage bool
	// HeaderScore says how many cells of a row are headers that the caller
	// knows. nil takes a small list of common headers.
	HeaderScore func(row []string) int
	// Progress, where not nil, is told how many of how many steps of the reading
	// are done, a few times a second and from any goroutine. A small file is read
	// without a word.
	Progress func(done, total int)
}

// Book is an open file: its table, what was found in it, and what is needed to
// save it again. It is not changed by saving and may be read from any
// goroutine.
type Book struct {
	// Path is where the file lies, or "" when it came from memory.
	Path string
	// Table holds the cells; its row i is row i+1 of the file or sheet.
	Table *cells.Table
	// Facts says what was found.
	Facts Facts

	options Options
	stamp   Stamp
	source  []byte // the data as they were opened, unless they are large and on disk
	found   charset.Detection
	dialect dialect
	sheet   sheetRef
	// replaced says that what lies at Path is not what was read any more.
	replaced bool
}

// Open reads the file at path. It changes nothing on disk. Every error has a
// sentence for people (see package problem), and its kind can be told by
// errors.Is with the Err values of this package.
func Open(ctx context.Context, path string, o Options) (*Book, error) {
	b, counted, err := openLarge(ctx, path, o)
	if b != nil || err != nil {
		return b, err
	}
	data, stamp, err := readFile(path)
	if err != nil {
		return nil, err
	}
	name := o.Name
	if name == "" {
		name = filepath.Base(path)
	}
	var kept []byte // nothing else holds the data, so that they go once they are decoded
	if o.Keep {
		kept = data
	}
	b, err = read(ctx, name, data, o, counted.Size == stamp.Size && counted.Modified.Equal(stamp.Modified))
	if err != nil {
		return nil, err
	}
	b.Path, b.stamp, b.source = path, stamp, kept
	return b, nil
}

// Read is Open for data in memory. The data must not be changed while the Book
// is in use.
func Read(ctx context.Context, name string, data []byte, o Options) (*Book, error) {
	b, err := read(ctx, name, data, o, false)
	if err != nil {
		return nil, err
	}
	b.source = data
	return b, nil
}

// read opens data; counted says that they are known to be holdable as text.
func read(ctx context.Context, name string, data []byte, o Options, counted bool) (*Book, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	kind, err := sniff(inputOf(name, data))
	if err != nil {
		return nil, err
	}
	switch kind {
	case kindEncrypted:
		plain, password, err := unlock(data, o.Password)
		if err != nil {
			return nil, err
		}
		o.Password = password
		b, err := readXLSX(ctx, bytes.NewReader(plain), int64(len(plain)), o)
		if b != nil {
			b.Facts.Encrypted = true
		}
		return b, err
	case kindZip:
		return readXLSX(ctx, bytes.NewReader(data), int64(len(data)), o)
	default:
		if !counted {
			if err := holdableText(ctx, bytes.NewReader(data), int64(len(data)), o); err != nil {
				return nil, err
			}
		}
		return readCSV(ctx, data, o)
	}
}

// openLarge opens a large workbook from the disk without holding the file in
// memory, and refuses from there what is not worth reading into it. It returns
// nil for what is to be read whole, and the stamp of a text that it has counted
// and found holdable.
func openLarge(ctx context.Context, path string, o Options) (b *Book, counted Stamp, err error) {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() <= stampedBytes || info.Size() > maxFileBytes {
		return nil, Stamp{}, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, Stamp{}, readProblem(err)
	}
	defer f.Close()
	c := input{name: filepath.Base(path), size: info.Size(), r: f, head: make([]byte, headBytes)}
	n, err := f.ReadAt(c.head, 0)
	if err != nil && err != io.EOF { //nolint:errorlint // an io.ReaderAt gives io.EOF itself
		return nil, Stamp{}, readProblem(err)
	}
	c.head = c.head[:n]
	kind, err := sniff(c)
	if err != nil {
		return nil, Stamp{}, err
	}
	switch kind {
	case kindEncrypted:
		return nil, Stamp{}, nil
	case kindZip:
		b, err := openLargeZip(ctx, path, f, info, o)
		return b, Stamp{}, err
	default:
		counted = Stamp{Size: info.Size(), Modified: info.ModTime()}
		return nil, counted, holdableText(ctx, io.NewSectionReader(f, 0, c.size), c.size, o)
	}
}

func openLargeZip(ctx context.Context, path string, f *os.File, info fs.FileInfo, o Options) (*Book, error) {
	b, err := readXLSX(ctx, f, info.Size(), o)
	if err != nil {
		return nil, err
	}
	b.Path, b.stamp = path, stampOf(info, nil)
	if !o.Keep {
		return b, nil
	}
	data, stamp, err := readFile(path)
	if err != nil {
		return nil, err
	}
	if stamp.Size != b.stamp.Size || !stamp.Modified.Equal(b.stamp.Modified) {
		return nil, fail(ErrDamaged, nil, "This workbook was changed by another program while it was being opened. Open it again.")
	}
	b.source = data
	return b, nil
}

// readFile reads a whole regular file and takes its stamp.
func readFile(path string) ([]byte, Stamp, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, Stamp{}, readProblem(err)
	}
	if info.IsDir() {
		return nil, Stamp{}, fail(ErrNotSheet, nil, "This is a folder, not a file. Choose the CSV or Excel file inside it.")
	}
	if !info.Mode().IsRegular() {
		return nil, Stamp{}, fail(ErrNotSheet, nil, "This is not an ordinary file, so it cannot be opened. Choose a CSV or Excel file.")
	}
	if info.Size() > maxFileBytes {
		return nil, Stamp{}, fail(ErrTooLarge, nil, "This file is larger than 2 GB, which is more than can be opened. Split it into smaller files and open those.")
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, Stamp{}, readProblem(err)
	}
	return data, stampOf(info, data), nil
}
