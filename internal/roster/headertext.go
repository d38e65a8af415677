package roster

// headerAt is the file's header of a column, or its letter as in a spreadsheet
// where it has none.
func headerAt(header []string, col int) string {
	if col >= 0 && col < len(header) && !Blank(header[col]) {
		return header[col]
	}
	return ColumnName(col)
}

// ColumnName names a column without a header: "Column C".
func ColumnName(col int) string {
	letters := ""
	for n := col + 1; n > 0; n = (n - 1) / 26 {
		letters = string(rune('A'+(n-1)%26)) + letters
	}
	return "Column " + letters
}
