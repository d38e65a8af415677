// Command bench measures the core, each figure beside its baseline in the same
// run, and prints one JSON object a line for `go run ./cmd/dev bench`, which
// makes the table. It has no tests of its own and nothing depends on it.
//
// The window's figures are measured in ui/grid and, from outside, by cmd/dev.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"time"
)

// Measure is one figure beside its baseline.
type Measure struct {
	// Name says what was done, Value how long it took (or how much it was) in Unit.
	Name  string  `json:"name"`
	Value float64 `json:"value"`
	Unit  string  `json:"unit"`
	// Against says what the baseline is, Baseline its figure in the same unit;
	// "" for none.
	Against  string  `json:"against,omitempty"`
	Baseline float64 `json:"baseline,omitempty"`
	// Limit is the most that Value may be or, where Ratio is true, that
	// Value/Baseline may be; 0 for no limit.
	Limit float64 `json:"limit,omitempty"`
	Ratio bool    `json:"ratio,omitempty"`
	// Note is what a reader has to know beside the figure.
	Note string `json:"note,omitempty"`
}

// part is a group of measures that can be asked for by name.
type part struct {
	name string
	run  func(ctx context.Context, folder string, tell func(Measure)) error
}

var parts = []part{
	{"open", measureOpening},
	{"edit", measureEditing},
	{"push", measurePushing},
	{"directory", measureDirectory},
}

func main() {
	only := flag.String("only", "", "parts to measure, with commas between: open, edit, push, directory")
	flag.Parse()
	if err := run(context.Background(), *only); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, only string) error {
	folder, err := os.MkdirTemp("", "rollcall-bench-")
	if err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	defer os.RemoveAll(folder)
	out := json.NewEncoder(os.Stdout)
	for _, p := range parts {
		if only != "" && !slices.Contains(strings.Split(only, ","), p.name) {
			continue
		}
		if err := p.run(ctx, folder, func(m Measure) { _ = out.Encode(m) }); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
	}
	return nil
}

// best runs each function in turn, rounds times, with a clean heap before each,
// and returns the shortest time of each in milliseconds: the one that the rest
// of the machine disturbed least.
func best(rounds int, fs ...func() error) ([]float64, error) {
	out := make([]float64, len(fs))
	for round := range rounds {
		for i, f := range fs {
			runtime.GC()
			debug.FreeOSMemory()
			began := time.Now()
			if err := f(); err != nil {
				return nil, err
			}
			took := milliseconds(time.Since(began))
			if round == 0 || took < out[i] {
				out[i] = took
			}
		}
	}
	return out, nil
}

func milliseconds(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1e6 }

// percentile is the value that share (0 to 1) of the sorted values do not exceed.
func percentile(sorted []float64, share float64) float64 {
	return sorted[min(len(sorted)-1, int(share*float64(len(sorted))))]
}
