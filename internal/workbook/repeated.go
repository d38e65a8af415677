package workbook

import "rollcall/internal/cells"

// repeatedHeaders are the rows below the header that are it once more: where
// files were put one behind the other, and the line of labels that some exports
// have below the one of keys ("FIRSTNAME", "First Name").
func repeatedHeaders(t *cells.Table, header int) []int {
	own := t.Row(header-1, nil)
	text := t.RowText(header - 1)
	var row []string
	var out []int
	for r := header; r < t.Len() && len(out) < MaxListed; r++ {
		if r > header && t.RowText(r) != text {
			continue // quick: a header far below is written as the first is
		}
		if row = t.Row(r, row[:0]); sameHeader(own, row, r == header) {
			out = append(out, r+1)
		}
	}
	return out
}

// sameHeader says whether a row names the header's columns: all of them in the
// same words, or, as labels do, most of them in nearly the same.
func sameHeader(header, row []string, labels bool) bool {
	if hasAddress(row) {
		return false
	}
	named, same, alike := 0, 0, 0
	for c, name := range header {
		key, text := headerKey(name), ""
		if c < len(row) {
			text = row[c]
		}
		switch {
		case key == "" && text == "":
			continue
		case name == text:
			same++
			alike++
		case key != "" && headerKey(text) == key:
			alike++
		}
		named++
	}
	if named < 2 || len(row) > len(header) {
		return false
	}
	return same == named || labels && named >= 4 && alike*3 >= named*2
}
