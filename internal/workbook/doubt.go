package workbook

import (
	"slices"
	"strings"
)

// Reading is what a text looks like in one of the encodings that it may be in.
type Reading struct {
	// Encoding is the IANA name.
	Encoding string `json:"encoding"`
	// Cells are a few cells of the file, the same ones in every reading, that
	// differ between the readings.
	Cells []string `json:"cells"`
}

const (
	// mostReadings and mostCells bound what is shown of a doubt.
	mostReadings = 5
	mostCells    = 4
)

// doubts are the guesses between which a person has to choose, the most
// plausible first, or nil where the first is plain. The fewer letters there are
// to go by, the clearer it must be.
func doubts(all []guess) []guess {
	if len(all) < 2 {
		return nil
	}
	n := 1
	for n < len(all) && n < mostReadings && doubtful(all[0], all[n]) {
		n++
	}
	if n == 1 {
		return nil
	}
	return all[:n]
}

// doubtful says that another reading is too near the best one for that to be
// taken without a word. Only the letters that read differently are evidence.
func doubtful(best, other guess) bool {
	letters, different := 0, 0
	a, b := []rune(best.text), []rune(other.text)
	for i, r := range a {
		if r >= 0x80 {
			letters++
			if len(a) != len(b) || b[i] != r {
				different++
			}
		}
	}
	if different == 0 {
		return false
	}
	clear := (best.score - other.score) * float64(letters) / float64(different)
	// Measured on lists of names in 27 languages: no guess was wrong by more
	// than two thirds of this.
	return clear < 0.03+2/float64(different+3)
}

// readings shows guesses by the first cells in which they differ.
func readings(all []guess, sep byte) []Reading {
	out := make([]Reading, len(all))
	cells := make([][]string, len(all))
	for i, g := range all {
		out[i].Encoding = g.name
		cells[i] = strings.FieldsFunc(g.text, func(r rune) bool { return r == rune(sep) || r == '\n' || r == '\r' })
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
