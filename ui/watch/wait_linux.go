package watch

import (
	"fmt"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// queued is how long the calling thread has stood ready to run while other
// programs had the processors: the kernel's own count, 0 where it keeps none.
// The user interface's goroutine keeps its thread, so that differences of it
// belong to the handler.
func queued() time.Duration {
	data, err := os.ReadFile(fmt.Sprintf("/proc/self/task/%d/schedstat", unix.Gettid()))
	if err != nil {
		return 0
	}
	var ran, waited int64
	if _, err := fmt.Sscan(string(data), &ran, &waited); err != nil {
		return 0
	}
	return time.Duration(waited)
}

// ownTime is how long the calling thread has had a processor, 0 where the
// kernel does not tell.
func ownTime() time.Duration {
	var t unix.Timespec
	if unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &t) != nil {
		return 0
	}
	return time.Duration(t.Nano())
}
