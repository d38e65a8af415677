package workbook

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

// Sheet is a table to be written to a new file.
type Sheet struct {
	// Name is the worksheet's name; "" is "Users". A CSV has none.
	Name string
	// Header is the first row; nil writes none.
	Header []string
	// Rows are the rows below; nil is none.
	Rows iter.Seq[[]string]
	// Lists are drop-downs by column, from 0. A CSV has none.
	Lists map[int]List
	// Marks highlight cells. A CSV has none.
	Marks []Mark
}

// List is a column's drop-down.
type List struct {
	Values []string
	// Open lets other values be typed too, as in a column of several values.
	Open bool
}

// Mark highlights a cell.
type Mark struct {
	// Row is counted from 0, the header being row 0 where there is one.
	Row, Col int
	// Note is shown as a comment on the cell; "" shows none.
	Note string
	// Mild marks a warning instead of an error.
	Mild bool
}

// Write writes a new file in the format of path's ending: .csv in UTF-8 or
// .xlsx. It is atomic, as WriteAtomic is.
func Write(path string, s Sheet) error {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".csv":
		return WriteCSV(path, s)
	case ".xlsx":
		return WriteXLSX(path, s)
	default:
		return fail(ErrOption, nil, "The new file's name must end in .csv or .xlsx, so that its format is known.")
	}
}

// WriteCSV writes UTF-8 without a byte order mark, commas and CRLF (RFC 4180);
// cells are quoted where they must be. Every text is written as it is.
func WriteCSV(path string, s Sheet) error {
	return WriteAtomic(path, func(out io.Writer) error { return EncodeCSV(out, s) })
}

// EncodeCSV is WriteCSV into a stream.
func EncodeCSV(out io.Writer, s Sheet) error {
	buf := bufio.NewWriterSize(out, 64<<10)
	w := csvWriter{d: dialect{sep: ',', quote: '"', escape: '"'}}
	var line []byte
	put := func(cells []string) error {
		line = line[:0]
		for i, c := range cells {
			if i > 0 {
				line = append(line, ',')
			}
			line = w.cell(line, c, ambiguous(c), len(cells) == 1)
		}
		_, err := buf.Write(append(line, '\r', '\n'))
		return err
	}
	if err := s.each(put); err != nil {
		return err
	}
	return buf.Flush()
}

// ambiguous says that a text that needs no quotes by RFC 4180 reads safer in
// them: blanks around it, or a separator of another dialect.
func ambiguous(text string) bool {
	if text == "" {
		return false
	}
	return text[0] == ' ' || text[len(text)-1] == ' ' || strings.ContainsAny(text, ";\t|")
}

// each calls put for the header and every row.
func (s Sheet) each(put func([]string) error) error {
	if s.Header != nil {
		if err := put(s.Header); err != nil {
			return err
		}
	}
	if s.Rows == nil {
		return nil
	}
	for row := range s.Rows {
		if err := put(row); err != nil {
			return err
		}
	}
	return nil
}

// maxCellUnits is how much text an XLSX cell holds, in UTF-16 units (Excel
// specifications and limits).
const maxCellUnits = 32767

// holdable refuses text that an XLSX cell cannot hold, naming the cell.
func holdable(text string, row, col int) error {
	if len(text) > maxCellUnits {
		units := 0
		for _, r := range text {
			units++
			if r > 0xffff {
				units++
			}
		}
		if units > maxCellUnits {
			return fail(ErrCharacter, nil, fmt.Sprintf("The text in %s is longer than the 32,767 characters that an Excel cell can hold, so nothing was saved. Shorten it, or save as CSV.", place(row, col)))
		}
	}
	for i, r := range text {
		bad := r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff
		if r == utf8.RuneError {
			_, n := utf8.DecodeRuneInString(text[i:])
			bad = n == 1
		}
		if bad {
			return fail(ErrCharacter, nil, fmt.Sprintf("The text in %s holds an invisible control character (U+%04X) that an Excel workbook cannot hold, so nothing was saved. Remove it there, or save as CSV.", place(row, col), r))
		}
	}
	return nil
}
