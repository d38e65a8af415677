package sheet

import "encoding/binary"

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
	dst = appendText(dst, s.Label)
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
			dst = appendText(dst, c.Old)
		}
		if marks&markSameNew == 0 {
			dst = appendText(dst, c.New)
		}
		last = *c
	}
	return dst
}

func appendText(dst []byte, text string) []byte {
	return append(binary.AppendUvarint(dst, uint64(len(text))), text...)
}

func decodeStep(data []byte) (s Step, ok bool) {
	d := decoder{text: string(data)}
	s.Label = d.str()
	rows := 0
	for n := d.count(2); n > 0 && !d.bad; n-- {
		m := Move{Out: d.byte() == 1}
		for k := d.count(3); k > 0 && !d.bad; k-- {
			run := Run{After: RowID(d.upTo(1<<32-1)) - 1}
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
	return s, !d.bad && d.text == ""
}

// decoder reads from the front of text. Once something does not fit, it is bad
// and reads nothing but zeros.
type decoder struct {
	text string
	bad  bool
}

func (d *decoder) fail() {
	d.text, d.bad = "", true
}

func (d *decoder) byte() byte {
	if d.text == "" {
		d.fail()
		return 0
	}
	b := d.text[0]
	d.text = d.text[1:]
	return b
}

func (d *decoder) uint() uint64 {
	var v uint64
	for shift := 0; shift < 64; shift += 7 {
		b := d.byte()
		v |= uint64(b&0x7f) << shift
		if b < 0x80 {
			return v
		}
	}
	d.fail()
	return 0
}

func (d *decoder) int() int64 {
	v := d.uint()
	return int64(v>>1) ^ -int64(v&1)
}

func (d *decoder) upTo(limit uint64) uint64 {
	v := d.uint()
	if v > limit {
		d.fail()
		return 0
	}
	return v
}

// count reads how many things follow, each of at least size bytes.
func (d *decoder) count(size int) int { return int(d.upTo(uint64(len(d.text) / size))) }

func (d *decoder) str() string {
	n := d.count(1)
	if d.bad || n > len(d.text) {
		d.fail()
		return ""
	}
	s := d.text[:n]
	d.text = d.text[n:]
	return s
}

func (d *decoder) rows(limit int) []RowID {
	var rows []RowID
	for n := d.count(2); n > 0 && !d.bad; n-- {
		first := d.upTo(1<<32 - 2)
		k := d.upTo(uint64(limit - len(rows)))
		if first+k > 1<<32-1 {
			d.fail()
			break
		}
		for i := range k {
			rows = append(rows, RowID(first+i))
		}
	}
	return rows
}

func (d *decoder) cells() []CellChange {
	n := d.count(3)
	if n == 0 {
		return nil
	}
	cells := make([]CellChange, 0, n)
	var last CellChange
	for ; n > 0 && !d.bad; n-- {
		marks := d.byte()
		c := last
		c.OldEdited, c.NewEdited = marks&markOldEdited != 0, marks&markNewEdited != 0
		row, col := int64(last.Row)+d.int(), int64(last.Col)+d.int()
		if row < 0 || row >= int64(None) || col < 0 || col > maxColumn {
			d.fail()
			break
		}
		c.Row, c.Col = RowID(row), int(col)
		if marks&markSameOld == 0 {
			c.Old = d.str()
		}
		if marks&markSameNew == 0 {
			c.New = d.str()
		}
		cells = append(cells, c)
		last = c
	}
	return cells
}
