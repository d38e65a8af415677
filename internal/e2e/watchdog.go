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
	What         string  `json:"what"`
	At           string  `json:"at"`

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

// NeverLagged fails when the program has held its window up for 50 ms or more.
func (a *App) NeverLagged() {
	a.r.Helper()
	stalls, summary, err := readStalls(a.launch.Home.door("watchdog.jsonl"))
	if err != nil {
		a.r.Fatalf("%v", err)
	}
	for _, s := range stalls {
		a.r.Logf("held up for %.0f ms: %s", s.Milliseconds, s.What)
	}
	if len(stalls) > 0 {
		a.r.Fatalf("the window was held up %d times for 50 ms or more", len(stalls))
	}
	if summary != nil {
		a.r.Logf("%d pieces of work on the window, the longest %.1f ms, %d over 16 ms", summary.Handlers, summary.Max, summary.Over16)
	}
}
