package sheet

import (
	"encoding/binary"

	"rollcall/internal/compact"
)

// maxStepRows bounds how many rows one step may claim to move.
const maxStepRows = 1 << 24

// The marks of an encoded cell: whether an edit lay over it before and after,
// and whether its texts are those of the cell before it.
const (
	markOldEdited = 1 << iota
	markNewEdited
	markSameOld
	markSameNew
)

func appendStep(dst []byte, s *Step) []byte {
	dst = compact.AppendText(dst, s.Label)
	dst = binary.AppendUvarint(dst, uint64(len(s.Moves)))
	for _, m := range s.Moves {
		out := byte(0)
		if m.Out {
			out = 1
		}
		dst = append(dst, out)
		dst = binary.AppendUvarint(dst, uint64(len(m.Runs)))
		for _, run := range m.Runs {
			dst = binary.AppendUvarint(dst, uint64(run.After+1)) // None wraps to 0
			dst = appendRows(dst, run.Rows)
		}
	}
	return appendCells(dst, s.Cells)
}

// appendRows writes rows as stretches of following numbers.
func appendRows(dst []byte, rows []RowID) []byte {
	stretches := 0
	for i := range rows {
		if i == 0 || rows[i] != rows[i-1]+1 {
			stretches++
		}
	}
	dst = binary.AppendUvarint(dst, uint64(stretches))
	for i := 0; i < len(rows); {
		j := i + 1
		for j < len(rows) && rows[j] == rows[j-1]+1 {
			j++
		}
		dst = binary.AppendUvarint(dst, uint64(rows[i]))
		dst = binary.AppendUvarint(dst, uint64(j-i))
		i = j
	}
	return dst
}

func appendCells(dst []byte, cells []CellChange) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(cells)))
	var last CellChange
	for i := range cells {
		c := &cells[i]
		marks := byte(0)
		if c.OldEdited {
			marks |= markOldEdited
		}
		if c.NewEdited {
			marks |= markNewEdited
		}
		if c.Old == last.Old {
			marks |= markSameOld
		}
		if c.New == last.New {
			marks |= markSameNew
		}
		dst = append(dst, marks)
		dst = binary.AppendVarint(dst, int64(c.Row)-int64(last.Row))
		dst = binary.AppendVarint(dst, int64(c.Col)-int64(last.Col))
		if marks&markSameOld == 0 {
			dst = compact.AppendText(dst, c.Old)
		}
		if marks&markSameNew == 0 {
			dst = compact.AppendText(dst, c.New)
		}
		last = *c
	}
	return dst
}

func decodeStep(data []byte) (s Step, ok bool) {
	d := decoder{compact.NewReader(data)}
	s.Label = d.Text()
	rows := 0
	for n := d.Count(2); n > 0 && d.OK(); n-- {
		m := Move{Out: d.Byte() == 1}
		for k := d.Count(3); k > 0 && d.OK(); k-- {
			run := Run{After: RowID(d.UpTo(1<<32-1)) - 1}
			run.Rows = d.rows(maxStepRows - rows)
			rows += len(run.Rows)
			m.Runs = append(m.Runs, run)
			if m.Out {
				s.Deleted = append(s.Deleted, run.Rows...)
			} else {
				s.Inserted = append(s.Inserted, run.Rows...)
			}
		}
		s.Moves = append(s.Moves, m)
	}
	s.Cells = d.cells()
	return s, d.Done()
}

// decoder reads what appendStep wrote.
type decoder struct{ compact.Reader }

func (d *decoder) rows(limit int) []RowID {
	var rows []RowID
	for n := d.Count(2); n > 0 && d.OK(); n-- {
		first := d.UpTo(1<<32 - 2)
		k := d.UpTo(uint64(limit - len(rows)))
		if first+k > 1<<32-1 {
			d.Fail()
			break
		}
		for i := range k {
			rows = append(rows, RowID(first+i))
		}
	}
	return rows
}

func (d *decoder) cells() []CellChange {
	n := d.Count(3)
	if n == 0 {
		return nil
	}
	cells := make([]CellChange, 0, n)
	var last CellChange
	for ; n > 0 && d.OK(); n-- {
		marks := d.Byte()
		c := last
		c.OldEdited, c.NewEdited = marks&markOldEdited != 0, marks&markNewEdited != 0
		row, col := int64(last.Row)+d.Int(), int64(last.Col)+d.Int()
		if row < 0 || row >= int64(None) || col < 0 || col > maxColumn {
			d.Fail()
			break
		}
		c.Row, c.Col = RowID(row), int(col)
		if marks&markSameOld == 0 {
			c.Old = d.Text()
		}
		if marks&markSameNew == 0 {
			c.New = d.Text()
		}
		cells = append(cells, c)
		last = c
	}
	return cells
}
