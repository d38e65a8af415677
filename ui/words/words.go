// Package words counts and shortens texts for the screens. It knows no screen;
// how wide a text is, it is told.
package words

import "rollcall/ui/look"

// Plural writes a count with its noun: "1 row", "2,000 rows".
func Plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return look.Count(n) + " " + many
}

// Short is a text of at most longest letters; of a longer one it is the
// beginning, with an ellipsis behind it.
func Short(text string, longest int) string {
	if r := []rune(text); len(r) > longest {
		return string(r[:longest-1]) + "…"
	}
	return text
}

// Middle is the text where it fits into width, else as much of its beginning
// and its end as does, with an ellipsis between them: what tells files and
// folders apart mostly stands at the end. Where not even the ellipsis fits it
// is empty.
func Middle(text string, width float32, measure func(string) float32) string {
	if measure(text) <= width {
		return text
	}
	letters := []rune(text)
	cut := func(kept int) string {
		return string(letters[:(kept+1)/2]) + "…" + string(letters[len(letters)-kept/2:])
	}
	low, high := 0, len(letters)-1
	for low < high {
		if middle := (low + high + 1) / 2; measure(cut(middle)) <= width {
			low = middle
		} else {
			high = middle - 1
		}
	}
	if low == 0 && measure(cut(0)) > width {
		return ""
	}
	return cut(low)
}
