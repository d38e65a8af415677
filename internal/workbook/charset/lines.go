package charset

import (
	"bytes"
	"runtime"
	"slices"
	"sync"
	"unicode/utf8"
)

// EachLine calls f with each physical line and its line end: a line feed, a
// carriage return, or both. The last line may have none.
func EachLine(data []byte, f func(line, end []byte)) {
	feed := -1 // where the next line feed is
	for pos := 0; pos < len(data); {
		if feed < pos {
			if feed = bytes.IndexByte(data[pos:], '\n'); feed >= 0 {
				feed += pos
			} else {
				feed = len(data)
			}
		}
		end, next := feed, min(feed+1, len(data))
		if cr := bytes.IndexByte(data[pos:feed], '\r'); cr >= 0 {
			end = pos + cr
			if end+1 < feed {
				next = end + 1
			}
		}
		f(data[pos:end], data[end:next])
		pos = next
	}
}

// Stretches divides a text at starts of lines, to be worked on at once: into no
// more stretches than there are processors, nor than one for each size bytes
// begun. It returns where they begin, and behind that the end of the text.
func Stretches(text []byte, size int) []int {
	n := min(runtime.GOMAXPROCS(0), 1+len(text)/size)
	starts := []int{0}
	for i := 1; i < n; i++ {
		at := len(text) / n * i
		if at <= starts[len(starts)-1] {
			continue
		}
		j := bytes.IndexByte(text[at:], '\n')
		if j < 0 || at+j+1 >= len(text) {
			break
		}
		if next := at + j + 1; next > starts[len(starts)-1] {
			starts = append(starts, next)
		}
	}
	return append(starts, len(text))
}

// stretchBytes is how much text is worth a goroutine of its own.
const stretchBytes = 4 << 20

// ValidUTF8 is utf8.Valid on all processors.
func ValidUTF8(data []byte) bool {
	starts := Stretches(data, stretchBytes)
	valid := make([]bool, len(starts)-1)
	var wait sync.WaitGroup
	for i := range valid {
		wait.Go(func() { valid[i] = utf8.Valid(data[starts[i]:starts[i+1]]) })
	}
	wait.Wait()
	return !slices.Contains(valid, false)
}

// ascii says that a line holds nothing but ASCII.
func ascii(line []byte) bool {
	for ; len(line) >= 8; line = line[8:] {
		if eight(line)&0x8080808080808080 != 0 {
			return false
		}
	}
	for _, c := range line {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
