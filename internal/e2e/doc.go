// Package e2e drives the real program in a real window: a virtual display, a
// private session bus with a real keyring, a keyboard and a mouse through
// xdotool, the real clipboard, pictures, and the places file in which the
// program says where its buttons and cells are.
//
// The tests in this package read as a person's way through the program, and
// `go run ./cmd/dev run` walks the same way where there is no display. Nothing
// of ours is imported by the driver itself: it knows the program from outside
// only, as a person does. Linux only; elsewhere the parts say that they are
// not available.
package e2e

import (
	"fmt"
	"os"
	"strconv"
	"time"
)

// Reporter is the part of testing.TB that the driver needs. cmd/dev has its own.
type Reporter interface {
	Helper()
	Logf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// patience is how long a condition may take before the driver gives up. A slow
// machine can ask for more through ROLLCALL_PATIENCE (a factor, 1 to 20).
func patience() time.Duration {
	const usual = 30 * time.Second
	f, err := strconv.ParseFloat(os.Getenv("ROLLCALL_PATIENCE"), 64)
	if err != nil || f < 1 {
		return usual
	}
	return time.Duration(min(f, 20) * float64(usual))
}

// until calls cond every 15 ms until it is true; it reports whether that happened in time.
func until(limit time.Duration, cond func() bool) bool {
	deadline := time.Now().Add(limit)
	for {
		if cond() {
			return true
		}
		if time.Now().After(deadline) {
			return false
		}
		pause(15 * time.Millisecond)
	}
}

// pause waits. Only the driver itself uses it, where another process gives no
// event to wait for.
func pause(d time.Duration) { <-time.After(d) }

// must fails through r when err is not nil.
func must(r Reporter, err error, what string, args ...any) {
	r.Helper()
	if err != nil {
		r.Fatalf("%s: %v", fmt.Sprintf(what, args...), err)
	}
}
