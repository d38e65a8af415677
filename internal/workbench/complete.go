package workbench

import (
	"sort"
	"strings"
)

// maxCompletions bounds a completion list.
const maxCompletions = 12

// complete lists names that begin with what was typed, then those that contain
// it, without regard to case.
func complete(names []string, typed string) []string {
	typed = strings.ToLower(strings.TrimSpace(typed))
	var begin, contain []string
	for _, n := range names {
		switch low := strings.ToLower(n); {
		case strings.HasPrefix(low, typed):
			begin = append(begin, n)
		case strings.Contains(low, typed):
			contain = append(contain, n)
		}
	}
	less := func(list []string) func(i, j int) bool {
		return func(i, j int) bool { return strings.ToLower(list[i]) < strings.ToLower(list[j]) }
	}
	sort.Slice(begin, less(begin))
	sort.Slice(contain, less(contain))
	out := append(begin, contain...)
	return out[:min(len(out), maxCompletions)]
}
