package pick

import (
	"os"
	"slices"
	"strings"
	"time"

	"rollcall/ui/look"
)

// item is one line of the list.
type item struct {
	name   string
	folder bool
	size   int64
	at     time.Time
}

// readFolder lists a folder: folders first, then files that fit, each by name
// without regard to case. Hidden ones are left out.
func readFolder(path string, fits func(name string) bool) ([]item, error) {
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil, err
	}
	var items []item
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			continue
		}
		info, err := os.Stat(path + string(os.PathSeparator) + e.Name()) // through links
		if err != nil || (!info.IsDir() && (!info.Mode().IsRegular() || !fits(e.Name()))) {
			continue
		}
		items = append(items, item{name: e.Name(), folder: info.IsDir(), size: info.Size(), at: info.ModTime()})
	}
	slices.SortStableFunc(items, func(a, b item) int {
		if a.folder != b.folder {
			if a.folder {
				return -1
			}
			return 1
		}
		return strings.Compare(strings.ToLower(a.name), strings.ToLower(b.name))
	})
	return items, nil
}

// about is the quiet text at the right of a file: its size and day.
func (i item) about() string {
	if i.folder {
		return ""
	}
	return size(i.size) + " · " + i.at.Format("2 Jan 2006, 15:04")
}

// size in the unit that a person reads.
func size(bytes int64) string {
	switch {
	case bytes < 1000:
		return look.Count(int(bytes)) + " B"
	case bytes < 1000*1000:
		return look.Count(int((bytes+500)/1000)) + " kB"
	default:
		return look.Count(int((bytes+500_000)/1_000_000)) + " MB"
	}
}
