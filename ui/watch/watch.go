// Package watch measures the work done on the user interface's goroutine and
// records each handler that took so long that a person would feel it. Painting
// is not counted. Without Start it costs one comparison. It knows no screens
// and no data of the user, and writes none.
package watch

import (
	"encoding/json"
	"fmt"
	"os"
	"time"
)

// Stall is how long a handler may take before it is recorded.
const Stall = 50 * time.Millisecond

// heavy is the length from which a handler is counted in the summary: more
// than a frame at 60 Hz.
const heavy = 16 * time.Millisecond

// recorder is what Start makes. It belongs to the user interface's goroutine.
type recorder struct {
	file     *os.File
	now      func() time.Time
	queued   func() time.Duration                      // nil where it is not asked for
	own      func() time.Duration                      // the thread's own time; goes with queued
	look     func(time.Duration) (found func() string) // goes with queued
	depth    int
	handlers int
	longest  time.Duration
	over     int
	part     string // the longest handler inside the outermost one
	partTook time.Duration
}

// current is nil while nothing is recorded. It is set before the first window
// and used on the user interface's goroutine alone.
var current *recorder

// Start begins to record into a new, empty file.
func Start(path string) error {
	if err := start(path, time.Now); err != nil {
		return err
	}
	current.queued, current.own, current.look = queued, ownTime, look
	return nil
}

func start(path string, now func() time.Time) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return fmt.Errorf("start the watchdog: %w", err)
	}
	current = &recorder{file: file, now: now}
	return nil
}

// Stop writes the summary and ends the recording.
func Stop() {
	r := current
	if r == nil {
		return
	}
	current = nil
	r.write(map[string]any{
		"summary": true, "handlers": r.handlers,
		"max_ms": milliseconds(r.longest), "over_16ms": r.over,
	})
	r.file.Close()
}

// Do runs f and measures it. What names the handler: "button fix.preview",
// "post: check finished". A handler inside another counts in the outer one.
func Do(what string, f func()) {
	r := current
	if r == nil {
		f()
		return
	}
	r.depth++
	begun := r.now()
	var before, owned time.Duration
	where := func() string { return "" }
	if r.depth == 1 && r.queued != nil {
		before, owned, where = r.queued(), r.own(), r.look(lookAfter)
	}
	defer func() {
		r.depth--
		took := r.now().Sub(begun)
		if r.depth > 0 {
			if took > r.partTook {
				r.part, r.partTook = what, took
			}
			return
		}
		if r.partTook > took/2 {
			what += ": " + r.part
		}
		r.part, r.partTook = "", 0
		at := where()
		var waited, worked time.Duration
		if took >= Stall && r.queued != nil {
			waited, worked = r.queued()-before, r.own()-owned
		}
		r.took(stall{what, at, took, waited, worked})
	}()
	f()
}

// Wrap gives a function that does f under the watch.
func Wrap(what string, f func()) func() {
	return func() { Do(what, f) }
}

// Post gives a post function whose functions run under the watch.
func Post(post func(func())) func(func()) {
	return func(f func()) {
		post(func() { Do("post", f) })
	}
}

// Took records a handler that measured itself.
func Took(what string, d time.Duration) {
	if r := current; r != nil && r.depth == 0 {
		r.took(stall{what: what, took: d})
	}
}

// stall is a handler that may have been one.
type stall struct {
	what string
	// where are the functions that it was in after lookAfter, "" where unknown.
	where string
	took  time.Duration
	// waited is the part of took in which other programs had the processors: a
	// person feels it, but it is not this program's doing. worked is the part in
	// which the handler itself had one; in the rest it stood still for something
	// else.
	waited, worked time.Duration
}

// took records a handler.
func (r *recorder) took(s stall) {
	r.handlers++
	r.longest = max(r.longest, s.took)
	if s.took > heavy {
		r.over++
	}
	if s.took >= Stall {
		line := map[string]any{
			"at":   r.now().UTC().Format("2006-01-02T15:04:05.000Z07:00"),
			"ms":   milliseconds(s.took),
			"what": s.what,
		}
		if s.waited > 0 {
			line["waited_ms"] = milliseconds(s.waited)
		}
		if s.worked > 0 {
			line["worked_ms"] = milliseconds(s.worked)
		}
		if s.where != "" {
			line["where"] = s.where
		}
		r.write(line)
	}
}

func (r *recorder) write(line map[string]any) {
	data, err := json.Marshal(line)
	if err != nil {
		return
	}
	// A recording that cannot be written must not stop the program that is
	// watched.
	_, _ = r.file.Write(append(data, '\n'))
}

// milliseconds with one decimal.
func milliseconds(d time.Duration) float64 {
	return float64(d.Round(100*time.Microsecond)) / float64(time.Millisecond)
}
