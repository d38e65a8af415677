package workbook

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"unicode/utf8"

	"rollcall/internal/workbook/formula"
)

// Changes are what is to be different in the saved file. Rows and columns are
// those of the table as it was opened, from 0; so is the order of application:
// cells first, then deletions and insertions, which do not renumber each
// other.
type Changes struct {
	// Cells are replaced one by one; the last of several for one cell counts.
	Cells []CellChange
	// Deleted rows are left out.
	Deleted []int
	// Inserted rows come behind a row of the original, in the given order.
	Inserted []Insertion
	// NewColumns come behind the last column.
	NewColumns []NewColumn
	// Encoding, for a CSV, saves in another encoding than the file's own; ""
	// keeps it.
	Encoding string
	// Force saves although the file was changed on disk or seems to be open
	// in another program.
	Force bool
}

// CellChange is the new text of one cell.
type CellChange struct {
	Row, Col int
	Text     string
}

// Insertion is a new row behind the original row After; -1 is the top.
type Insertion struct {
	After int
	Cells []string
}

// NewColumn is a column behind the last one: its header goes into the header
// row, its cells into the rows they are given for.
type NewColumn struct {
	Header string
	Cells  map[int]string
}

// Empty says that nothing is to change.
func (c Changes) Empty() bool {
	return len(c.Cells) == 0 && len(c.Deleted) == 0 && len(c.Inserted) == 0 && len(c.NewColumns) == 0 && c.Encoding == ""
}

// Save writes the book with its changes to path, in the file's own format:
// encoding, separator, quoting, line ends; sheets, styles and all cells that
// did not change stay as they are, byte for byte where that is possible. The
// book itself stays as it was opened: open the saved file to go on from it.
//
// What is to be saved is read again first. Where a cell of it would not read as
// it should, nothing is saved: ErrEncoding and ErrMisread say so with its place.
//
// When path is where the book came from, Save refuses with ErrChangedOnDisk
// when someone else changed it meanwhile, and with ErrInUse while Excel or
// LibreOffice has it open, unless Force is set.
func (b *Book) Save(ctx context.Context, path string, c Changes) error {
	if err := b.mayReplace(path, c.Force); err != nil {
		return err
	}
	var out []byte
	var err error
	if b.Facts.Format == "xlsx" {
		out, err = b.savedXLSX(ctx, c)
	} else {
		out, err = b.savedCSV(ctx, c)
	}
	if err != nil {
		return err
	}
	return WriteAtomic(path, func(w io.Writer) error {
		_, err := w.Write(out)
		return err
	})
}

// mayReplace checks that saving to path overwrites nobody's work.
func (b *Book) mayReplace(path string, force bool) error {
	if force {
		return nil
	}
	if heldOpen(path) {
		return fail(ErrInUse, nil, "“"+filepath.Base(path)+"” seems to be open in Excel or LibreOffice, so it was not changed and your work is still open. Close it there and save again, or save under another name.")
	}
	if !samePlace(b.Path, path) || !b.ChangedOnDisk() {
		return nil
	}
	if _, err := os.Stat(path); err != nil {
		return nil // it is gone: saving overwrites nothing
	}
	return fail(ErrChangedOnDisk, nil, "“"+filepath.Base(path)+"” was changed by another program after you opened it, so it was not overwritten and your work is still open. Save under another name, or overwrite it if you are sure.")
}

func samePlace(a, b string) bool {
	if a == "" {
		return false
	}
	x, errX := filepath.EvalSymlinks(a)
	y, errY := filepath.EvalSymlinks(b)
	if errX != nil || errY != nil {
		return filepath.Clean(a) == filepath.Clean(b)
	}
	x, _ = filepath.Abs(x)
	y, _ = filepath.Abs(y)
	return x == y
}

// rowChanges are the changes sorted by row.
type rowChanges struct {
	cells    map[int]map[int]string
	deleted  map[int]bool
	inserted map[int][][]string
}

// move says that rows are left out or put in.
func (c rowChanges) move() bool { return len(c.deleted) > 0 || len(c.inserted) > 0 }

// touched are the rows with changes, sorted; -1 is the place above the first.
func (c rowChanges) touched() []int {
	rows := slices.Concat(sortedKeys(c.cells), sortedKeys(c.deleted), sortedKeys(c.inserted))
	slices.Sort(rows)
	return slices.Compact(rows)
}

// byRow sorts changes and checks that they lie in the table.
func (b *Book) byRow(c Changes) (rowChanges, error) {
	out := rowChanges{cells: map[int]map[int]string{}, deleted: map[int]bool{}, inserted: map[int][][]string{}}
	rows := b.Table.Len()
	put := func(row, col int, text string) error {
		if row < 0 || row >= rows || col < 0 || col >= maxColumns {
			return fmt.Errorf("change of cell %s outside the table", formula.CellName(row+1, col))
		}
		if out.cells[row] == nil {
			out.cells[row] = map[int]string{}
		}
		out.cells[row][col] = text
		return nil
	}
	for _, x := range c.Cells {
		if err := put(x.Row, x.Col, x.Text); err != nil {
			return out, err
		}
	}
	for i, n := range c.NewColumns {
		col := b.Table.Width() + i
		if b.Facts.HeaderRow > 0 {
			if err := put(b.Facts.HeaderRow-1, col, n.Header); err != nil {
				return out, err
			}
		}
		for row, text := range n.Cells {
			if err := put(row, col, text); err != nil {
				return out, err
			}
		}
	}
	for _, row := range c.Deleted {
		if row < 0 || row >= rows {
			return out, fmt.Errorf("deletion of row %d outside the table", row+1)
		}
		out.deleted[row] = true
	}
	for _, ins := range c.Inserted {
		if ins.After < -1 || ins.After >= rows {
			return out, fmt.Errorf("insertion after row %d outside the table", ins.After+1)
		}
		out.inserted[ins.After] = append(out.inserted[ins.After], ins.Cells)
	}
	for row, cells := range out.cells {
		for col, text := range cells {
			if text == b.Table.Cell(row, col) && (text != "" || col < b.Table.RowWidth(row)) {
				delete(cells, col)
			}
		}
		if len(cells) == 0 {
			delete(out.cells, row)
		}
	}
	return out, nil
}

// wanted is what the table is to read like after the changes, trailing empty
// cells aside.
func (b *Book) wanted(c rowChanges, each func(row []string) error) error {
	var row []string
	for _, r := range c.inserted[-1] {
		if err := each(r); err != nil {
			return err
		}
	}
	for r := range b.Table.Len() {
		if !c.deleted[r] {
			row = b.Table.Row(r, row[:0])
			for col, text := range c.cells[r] {
				for len(row) <= col {
					row = append(row, "")
				}
				row[col] = text
			}
			if err := each(row); err != nil {
				return err
			}
		}
		for _, r := range c.inserted[r] {
			if err := each(r); err != nil {
				return err
			}
		}
	}
	return nil
}

// original is the data that were opened, from memory or from the disk, or nil
// where the file has changed since.
func (b *Book) original() []byte {
	if b.source != nil {
		return b.source
	}
	if b.replaced || b.ChangedOnDisk() {
		return nil
	}
	data, err := os.ReadFile(b.Path)
	if err != nil {
		return nil
	}
	return data
}

// place names a cell in a sentence.
func place(row, col int) string {
	return fmt.Sprintf("cell %s (row %d, column %d)", formula.CellName(row+1, col), row+1, col+1)
}

// excerpt is the beginning of a text, for a sentence.
func excerpt(text string) string {
	if utf8.RuneCountInString(text) <= 40 {
		return text
	}
	return string([]rune(text)[:40]) + "…"
}

func sortedKeys[V any](m map[int]V) []int {
	keys := make([]int, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
