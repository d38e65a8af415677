package workbook

import (
	"bytes"
	"strconv"
)

// endArray takes a formula that fills a range, of which Excel lets nobody
// change a part. When rows move, the range moves with them; when the row of its
// first cell is left out, the next row of the range takes the formula over.
func (l *loosening) endArray() error {
	f := &l.formula
	var ok bool
	if f.fills, ok = parseArea(f.ref); !ok || f.fills.top == f.fills.bottom && f.fills.left == f.fills.right {
		return nil
	}
	if cell, torn := l.intruder(f.fills); torn && l.cell.dynamic {
		// What was typed in its way stays, and the formula says that it has no
		// room, as it does when that is typed in Excel.
		if l.stays() {
			l.replace(f.element(` t="array" ref="`+CellName(l.row-1, l.col)+`"`, string(f.text)))
		}
		return nil
	} else if torn {
		return fail(ErrFormula, nil, "The cells "+f.ref+" hold one formula together, so "+cell+" cannot hold something of its own, and the workbook was not changed. Undo that change and save again, or export the table as a new file instead; your work is still open.")
	}
	if l.stays() || l.cell.dynamic {
		return nil
	}
	for l.place.gone(f.fills.top) {
		if f.fills.top++; f.fills.top > f.fills.bottom {
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
func (l *loosening) intruder(fills area) (string, bool) {
	for _, row := range sortedKeys(l.rows.cells) {
		if l.rows.deleted[row] {
			continue
		}
		for _, col := range sortedKeys(l.rows.cells[row]) {
			if fills.has(row+1, col) {
				return "cell " + CellName(row, col), true
			}
		}
	}
	for fills.top < fills.bottom && l.place.gone(fills.top) {
		fills.top++
	}
	for _, after := range sortedKeys(l.rows.inserted) {
		if after+1 < fills.top || after+1 >= fills.bottom {
			continue
		}
		for _, cells := range l.rows.inserted[after] {
			for col := fills.left; col <= fills.right && col < len(cells); col++ {
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
		if f.fills.top != l.row || f.fills.left != l.col {
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
