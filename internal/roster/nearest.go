package roster

import (
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

// Nearest lists the names that text could be a slip of the pen for, nearest
// first, at most n: within a fifth of its length in edits, two at most, or beginning with
// it, or holding it as a whole word.
func Nearest(text string, names []string, n int) []string {
	return NearestFolded(text, names, Folds(names), n)
}

// longestName bounds, in bytes, what is compared with names.
const longestName = 1000

// Folds are the folded forms of names, for NearestFolded.
func Folds(names []string) []string {
	folds := make([]string, len(names))
	for i, name := range names {
		folds[i] = Fold(name)
	}
	return folds
}

// NearestFolded is Nearest for names that were folded before: it is asked at
// each keystroke, of thousands of groups.
func NearestFolded(text string, names, folds []string, n int) []string {
	type near struct {
		name string
		far  int
	}
	if len(text) > longestName {
		return nil
	}
	key := Fold(text)
	if key == "" {
		return nil
	}
	var found []near
	for i, name := range names {
		if far, ok := Distance(key, folds[i]); ok {
			found = append(found, near{name, far})
		}
	}
	sort.SliceStable(found, func(i, j int) bool { return found[i].far < found[j].far })
	if len(found) > n {
		found = found[:n]
	}
	nearest := make([]string, len(found))
	for i, f := range found {
		nearest[i] = f.name
	}
	return nearest
}

// Distance compares two folded texts: 0 is the same, then by edits, then those
// of which one begins with or holds the other. ok is false where they are
// nothing alike.
func Distance(a, b string) (far int, ok bool) {
	if a == b {
		return 0, true
	}
	la, lb := utf8.RuneCountInString(a), utf8.RuneCountInString(b)
	limit := max(1, min(2, max(la, lb)/5))
	if min(la, lb) < 2 {
		return 0, false
	}
	if la-lb <= limit && lb-la <= limit {
		if far = edits(a, b); far <= limit {
			return far * 2, true
		}
	}
	short, long := a, b
	if la > lb {
		short, long = b, a
	}
	if len(short) >= 3 && (strings.HasPrefix(long, short) || strings.Contains(" "+long+" ", " "+short+" ")) {
		return 20 + len(long) - len(short), true
	}
	return 0, false
}

// edits is the number of letters to put in, take out, change, or swap with
// their neighbour; swaps count as one only in words of the same letters.
func edits(a, b string) int {
	d := levenshtein.ComputeDistance(a, b)
	if d == 2 && len(a) == len(b) && swapped(a, b) {
		return 1
	}
	return d
}

func swapped(a, b string) bool {
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}
