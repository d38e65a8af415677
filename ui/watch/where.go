package watch

import (
	"bytes"
	"runtime"
	"strings"
	"time"
)

const (
	// lookAfter is how long a handler has run when it is looked where it is:
	// late enough to be rare, early enough to be before most stalls end.
	lookAfter = 30 * time.Millisecond
	// deepest is how many functions are told, the innermost first.
	deepest = 12
)

// look finds out in the background where a handler is after a while. found gives
// the functions that it was in, "" when it had ended before.
func look(after time.Duration) (found func() string) {
	where := make(chan string, 1)
	timer := time.AfterFunc(after, func() { where <- mainFunctions() })
	return func() string {
		if timer.Stop() {
			return ""
		}
		return <-where
	}
}

// mainFunctions names the functions that the main goroutine is in, which is the
// user interface's.
func mainFunctions() string {
	buf := make([]byte, 256<<10)
	buf = buf[:runtime.Stack(buf, true)]
	for stack := range bytes.SplitSeq(buf, []byte("\n\n")) {
		if bytes.HasPrefix(stack, []byte("goroutine 1 ")) {
			return functions(string(stack))
		}
	}
	return ""
}

// functions names the functions in a stack as the runtime prints it, without
// what they were called with.
func functions(stack string) string {
	var names []string
	for line := range strings.Lines(stack) {
		line = strings.TrimRight(line, "\n")
		if strings.HasPrefix(line, "\t") || strings.HasPrefix(line, "goroutine ") || len(names) == deepest {
			continue
		}
		if i := strings.LastIndex(line, "("); i > 0 && strings.HasSuffix(line, ")") {
			line = line[:i]
		}
		names = append(names, line[strings.LastIndex(line, "/")+1:])
	}
	return strings.Join(names, " < ")
}
