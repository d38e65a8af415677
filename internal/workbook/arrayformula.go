package workbook

import (
	"bytes"
	"strconv"

	"rollcall/internal/workbook/formula"
)

// endArray takes a formula that fills a range, of which Excel lets nobody
// change a part. When rows move, the range moves with them; when the row of its
// first cell is left out, the next row of the range takes the formula over.
func (l *loosening) endArray() error {
	f := &l.formula
	var ok bool
	if f.fills, ok = formula.ParseArea(f.ref); !ok || f.fills.Top == f.fills.Bottom && f.fills.Left == f.fills.Right {
		return nil
	}
	if cell, torn := l.intruder(f.fills); torn && l.cell.dynamic {
		// What was typed in its way stays, and the formula says that it has no
		// room, as it does when that is typed in Excel.
		if l.stays() {
			l.replace(f.element(` t="array" ref="`+formula.CellName(l.row, l.col)+`"`, string(f.text)))
		}
		return nil
	} else if torn {
		return fail(ErrFormula, nil, "The cells "+f.ref+" hold one formula together, so "+cell+" cannot hold something of its own, and the workbook was not changed. Undo that change and save again, or export the table as a new file instead; your work is still open.")
	}
	if l.stays() || l.cell.dynamic {
		return nil
	}
	for l.place.Gone(f.fills.Top) {
		if f.fills.Top++; f.fills.Top > f.fills.Bottom {
			return nil // all of it goes
		}
	}
	if f.kind != "array" {
		return errNotPatchable // a table of what-if values says no formula that could go on
	}
	l.homeless = append(l.homeless, *f)
	return nil
}

// intruder names a text that is to stand among the cells of a range.
func (l *loosening) intruder(fills formula.Area) (string, bool) {
	for _, row := range sortedKeys(l.rows.cells) {
		if l.rows.deleted[row] {
			continue
		}
		for _, col := range sortedKeys(l.rows.cells[row]) {
			if fills.Has(row+1, col) {
				return "cell " + formula.CellName(row+1, col), true
			}
		}
	}
	for fills.Top < fills.Bottom && l.place.Gone(fills.Top) {
		fills.Top++
	}
	for _, after := range sortedKeys(l.rows.inserted) {
		if after+1 < fills.Top || after+1 >= fills.Bottom {
			continue
		}
		for _, cells := range l.rows.inserted[after] {
			for col := fills.Left; col <= fills.Right && col < len(cells); col++ {
				if cells[col] != "" {
					return "the new row behind row " + strconv.Itoa(after+1), true
				}
			}
		}
	}
	return "", false
}

// house puts the formula of an array, whose first cell goes, into the cell
// being read if that is its first one now.
func (l *loosening) house() {
	for i, f := range l.homeless {
		if f.fills.Top != l.row || f.fills.Left != l.col {
			continue
		}
		text := f.element(` t="array" ref="`+f.fills.String()+`"`, string(f.text))
		if !l.cell.self {
			l.upTo(l.cell.end)
			l.out.WriteString(text)
		} else {
			tag := l.part[l.cell.start:l.cell.end]
			l.upTo(l.cell.start)
			l.out.Write(bytes.TrimRight(tag[:len(tag)-1], " \t\r\n/"))
			l.out.WriteString(">" + text + "</" + tagPrefix(tag) + "c>")
			l.copied = l.cell.end
		}
		l.homeless = append(l.homeless[:i], l.homeless[i+1:]...)
		return
	}
}
