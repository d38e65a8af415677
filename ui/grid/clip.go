package grid

import "strings"

// AppendCell writes one cell of tab-separated text as spreadsheets do: as it
// is, or in quotes with inner quotes doubled when it has a tab or a line break
// in it, or begins with a quote.
func AppendCell(b *strings.Builder, text string) {
	if !strings.ContainsAny(text, "\t\n\r") && !strings.HasPrefix(text, `"`) {
		b.WriteString(text)
		return
	}
	b.WriteByte('"')
	b.WriteString(strings.ReplaceAll(text, `"`, `""`))
	b.WriteByte('"')
}

// EncodeTSV writes rows of cells as tab-separated text. A single cell has no
// line end behind it; more have one behind each row.
func EncodeTSV(rows [][]string) string {
	var b strings.Builder
	for _, row := range rows {
		for i, cell := range row {
			if i > 0 {
				b.WriteByte('\t')
			}
			AppendCell(&b, cell)
		}
		if len(rows) > 1 || len(row) > 1 {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// DecodeTSV reads tab-separated text as Excel, LibreOffice and Google Sheets
// put it on the clipboard. Cells may be in quotes; a quote that is never closed
// properly is an ordinary character. One line end at the very end is no row. No
// text gives no rows; rows may have different lengths.
func DecodeTSV(text string) [][]string {
	if text == "" {
		return nil
	}
	var rows [][]string
	var row []string
	for at := 0; ; {
		cell, next := readCell(text, at)
		row = append(row, cell)
		if next < len(text) && text[next] == '\t' {
			at = next + 1
			continue
		}
		rows = append(rows, row)
		row = nil
		at = skipLineEnd(text, next)
		if at >= len(text) {
			return rows
		}
	}
}

// readCell gives the cell that begins at a place and the place of what ends it.
func readCell(text string, at int) (cell string, next int) {
	if at < len(text) && text[at] == '"' {
		if cell, next, ok := readQuoted(text, at+1); ok {
			return cell, next
		}
	}
	end := strings.IndexAny(text[at:], "\t\n\r")
	if end < 0 {
		return text[at:], len(text)
	}
	return text[at : at+end], at + end
}

func readQuoted(text string, at int) (cell string, next int, ok bool) {
	var b strings.Builder
	for {
		i := strings.IndexByte(text[at:], '"')
		if i < 0 {
			return "", 0, false
		}
		b.WriteString(text[at : at+i])
		at += i + 1
		if at >= len(text) || strings.IndexByte("\t\n\r", text[at]) >= 0 {
			return b.String(), at, true
		}
		if text[at] != '"' {
			return "", 0, false
		}
		b.WriteByte('"')
		at++
	}
}

func skipLineEnd(text string, at int) int {
	if at < len(text) && text[at] == '\r' {
		at++
	}
	if at < len(text) && text[at] == '\n' {
		at++
	}
	return at
}
