package workbook

import (
	"slices"
	"strings"

	"rollcall/internal/workbook/charset"
)

// Reading is what a text looks like in one of the encodings that it may be in.
type Reading struct {
	// Encoding is the IANA name.
	Encoding string `json:"encoding"`
	// Cells are a few cells of the file, the same ones in every reading, that
	// differ between the readings.
	Cells []string `json:"cells"`
}

// mostCells bounds what is shown of each reading.
const mostCells = 4

// readings shows guesses by the first cells in which they differ.
func readings(all []charset.Guess, sep byte) []Reading {
	out := make([]Reading, len(all))
	cells := make([][]string, len(all))
	for i, g := range all {
		out[i].Encoding = g.Encoding
		cells[i] = strings.FieldsFunc(g.Text, func(r rune) bool { return r == rune(sep) || r == '\n' || r == '\r' })
	}
	for n := range cells[0] {
		if len(out[0].Cells) == mostCells {
			break
		}
		if strings.TrimFunc(cells[0][n], func(r rune) bool { return r < 0x80 }) == "" || !differ(cells, n) {
			continue
		}
		for i := range out {
			text := ""
			if n < len(cells[i]) {
				text = strings.Trim(cells[i][n], " \"'\t")
			}
			out[i].Cells = append(out[i].Cells, excerpt(text))
		}
	}
	return out
}

// differ says that a cell reads differently, and was not shown before.
func differ(cells [][]string, n int) bool {
	if slices.Contains(cells[0][:n], cells[0][n]) {
		return false
	}
	for _, c := range cells[1:] {
		if n >= len(c) || c[n] != cells[0][n] {
			return true
		}
	}
	return false
}
