package workbook

import (
	"bytes"
	"context"
	"fmt"
	"io"
)

// textTally is what a text would be as a table, counted in its bytes without
// holding it.
type textTally struct {
	bytes int64
	lines int
	marks [256]int // of the separators
	line  int      // bytes of the line that goes on
	seps  []byte
	here  []int // how many of each separator stand in the line that goes on, as far as it is long
	plain bool  // the line that goes on has no quotation mark
	few   bool  // the text is too short to hold too many cells
}

// holdableText refuses text of size bytes that is larger than can be held as a
// table. It reads through the text and keeps nothing.
func holdableText(ctx context.Context, r io.Reader, size int64, o Options) error {
	t := textTally{seps: separators, plain: true, few: size <= maxTextCells}
	if o.Separator > 0 && o.Separator < 0x80 {
		t.seps = []byte{byte(o.Separator)}
	}
	t.here = make([]int, len(t.seps))
	buf := make([]byte, 256<<10)
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := r.Read(buf)
		if problem := t.add(buf[:n]); problem != nil {
			return problem
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return readProblem(err)
		}
	}
}

// add counts more of the text.
func (t *textTally) add(text []byte) error {
	if t.bytes += int64(len(text)); t.bytes > maxTextBytes {
		return fail(ErrTooLarge, nil, "This file is larger than 1 GB, which is more than can be held at once. Split it into smaller files and open those.")
	}
	for _, sep := range t.seps {
		if t.few {
			break
		}
		if t.marks[sep] += bytes.Count(text, []byte{sep}); t.marks[sep] > maxTextCells {
			return fail(ErrTooLarge, nil, "This file has more than 64 million cells, which is more than can be held at once. Split it into smaller files, or leave out columns, and open those.")
		}
	}
	for len(text) > 0 {
		i := bytes.IndexByte(text, '\n')
		if i < 0 {
			return t.goOn(text)
		}
		if t.line > 0 || i > maxColumns {
			if err := t.goOn(text[:i]); err != nil {
				return err
			}
			t.endLine()
		}
		if t.lines++; t.lines > maxTextRows {
			return tooLong()
		}
		text = text[i+1:]
	}
	return nil
}

// goOn counts more of a line.
func (t *textTally) goOn(text []byte) error {
	for len(text) > 0 {
		stop := bytes.IndexByte(text, '\r')
		part := text
		if stop >= 0 {
			part = text[:stop]
		}
		if t.line += len(part); t.line > maxLine {
			return fail(ErrTooLarge, nil, fmt.Sprintf("Line %d of this file is longer than 16 MB, which no table's line is, so the file was not opened. Check that it is the right file.", t.lines+1))
		}
		t.plain = t.plain && bytes.IndexByte(part, '"') < 0
		for i, sep := range t.seps {
			if t.line <= maxColumns {
				break
			}
			if t.here[i] += bytes.Count(part, []byte{sep}); t.plain && t.here[i] >= maxColumns {
				return tooWide(t.lines + 1)
			}
		}
		if stop < 0 {
			return nil
		}
		t.endLine()
		if stop+1 < len(text) {
			if t.lines++; t.lines > maxTextRows {
				return tooLong()
			}
		}
		text = text[stop+1:]
	}
	return nil
}

func (t *textTally) endLine() {
	if t.line > maxColumns {
		clear(t.here)
	}
	t.line, t.plain = 0, true
}

func tooLong() error {
	return fail(ErrTooLarge, nil, "This file has more than 16 million lines, which is more than can be held at once. Split it into smaller files and open those.")
}

func tooWide(line int) error {
	return fail(ErrTooLarge, nil, fmt.Sprintf("Line %d of this file has more than 16,384 cells, which is more than a sheet has columns, so the file was not opened. Check the separator, or open a file with fewer columns.", line))
}
