package e2e

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
)

// Stall is one piece of work that held the window up for 50 ms or more.
type Stall struct {
	Milliseconds float64 `json:"ms"`
	// Waited is the part of it in which other programs had the processors.
	Waited float64 `json:"waited_ms"`
	// Worked is the part in which the work itself had a processor.
	Worked float64 `json:"worked_ms"`
	What   string  `json:"what"`
	// Where are the functions that it was in for a good part of the time.
	Where string `json:"where"`
	At    string `json:"at"`

	Summary  bool    `json:"summary"`
	Handlers int     `json:"handlers"`
	Max      float64 `json:"max_ms"`
	Over16   int     `json:"over_16ms"`
}

// readStalls reads the watchdog's file. A file that is not there is an error:
// the watchdog was not on.
func readStalls(path string) (stalls []Stall, summary *Stall, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, fmt.Errorf("the watchdog was not on: %w", err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		var s Stall
		if err := json.Unmarshal(lines.Bytes(), &s); err != nil {
			return nil, nil, fmt.Errorf("the watchdog wrote %q: %w", lines.Text(), err)
		}
		if s.Summary {
			summary = &s
		} else {
			stalls = append(stalls, s)
		}
	}
	return stalls, summary, lines.Err()
}

// stallLimit is the longest that work may hold the window up, in milliseconds.
const stallLimit = 50

// overload is how many times over the processors are wanted when what stands
// still for another thread is no longer the program's doing: that thread waits
// for a processor itself.
const overload = 2

// long tells whether the program itself held its window up. The time in which
// the kernel gave the processors to other programs does not count: that is the
// machine's load, not the program's work.
func (s Stall) long(busy float64) bool {
	if busy >= overload && s.Worked > 0 {
		return s.Worked >= stallLimit
	}
	return s.Milliseconds-s.Waited >= stallLimit
}

// NeverLagged fails when the program that ran last in this home has held its
// window up for 50 ms or more.
func (h Home) NeverLagged(r Reporter) {
	r.Helper()
	stalls, summary, err := readStalls(h.door("watchdog.jsonl"))
	if err != nil {
		r.Fatalf("%v", err)
	}
	long, load := 0, busy()
	for _, s := range stalls {
		if s.long(load) {
			long++
		}
		r.Logf("held up for %.0f ms, %.0f of them at work, %.0f waiting for a processor: %s, in %s", s.Milliseconds, s.Worked, s.Waited, s.What, s.Where)
	}
	if long > 0 {
		r.Fatalf("the window was held up %d times for %d ms or more", long, stallLimit)
	}
	if summary != nil {
		r.Logf("%d pieces of work on the window, the longest %.1f ms, %d over 16 ms", summary.Handlers, summary.Max, summary.Over16)
	}
}
