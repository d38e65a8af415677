// Command bench measures the sheet widget (ui/grid) beside Fyne's own
// widget.Table and widget.Entry in a real window of 1280×800, with the same
// 100,000 rows in the same run. It prints one JSON object a line for
// `go run ./cmd/dev bench -only grid`.
//
// Each widget is measured in a process of its own, so that neither finds the
// other's caches. Time on the UI thread is the time inside the handler that the
// toolkit calls; frames are counted by a 1×1 raster that is drawn with each.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
)

// figures are what one process measured. Times are in milliseconds at the 99th
// percentile, heap in megabytes.
type figures struct {
	Scroll float64 `json:"scroll"`
	Cursor float64 `json:"cursor"`
	Key    float64 `json:"key"`
	Frames float64 `json:"frames"`
	Heap   float64 `json:"heap"`
}

// measure is a line for cmd/dev's table.
type measure struct {
	Name     string  `json:"name"`
	Value    float64 `json:"value"`
	Unit     string  `json:"unit"`
	Against  string  `json:"against,omitempty"`
	Baseline float64 `json:"baseline,omitempty"`
	Limit    float64 `json:"limit,omitempty"`
	Ratio    bool    `json:"ratio,omitempty"`
	AtLeast  bool    `json:"atLeast,omitempty"`
	Note     string  `json:"note,omitempty"`
}

func main() {
	shown := flag.String("widget", "", "measure this one alone: grid, table")
	count := flag.Int("rows", 100_000, "rows of the table")
	flag.Parse()
	if *shown != "" {
		show(*shown, *count)
		return
	}
	if err := compare(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// compare measures both widgets and prints the lines.
func compare() error {
	ours, err := child("grid", 100_000)
	if err != nil {
		return err
	}
	theirs, err := child("table", 100_000)
	if err != nil {
		return err
	}
	million, err := child("grid", 1_000_000)
	if err != nil {
		return err
	}
	out := json.NewEncoder(os.Stdout)
	const table, p99 = "widget.Table of Labels without headers", ", 99 of 100"
	for _, m := range []measure{
		{Name: "a scroll step at 100,000 rows" + p99, Value: ours.Scroll, Unit: "ms", Against: table, Baseline: theirs.Scroll, Limit: 1},
		{Name: "a cursor move at 100,000 rows" + p99, Value: ours.Cursor, Unit: "ms", Against: table, Baseline: theirs.Cursor, Limit: 1},
		{Name: "a keystroke in the editor" + p99, Value: ours.Key, Unit: "ms", Against: "widget.Entry alone", Baseline: theirs.Key, Limit: 1},
		{Name: "continuous paging at 100,000 rows", Value: ours.Frames, Unit: "frames/s", Against: table, Baseline: theirs.Frames, Limit: 1, Ratio: true, AtLeast: true,
			Note: "ours with headers, tints and marks"},
		{Name: "memory of the widget", Value: ours.Heap, Unit: "MB", Against: table, Baseline: theirs.Heap, Limit: 1,
			Note: "Go heap in use, after a collection, over the same window with its data and no table"},
		{Name: "memory of the widget at 1,000,000 rows", Value: million.Heap, Unit: "MB", Limit: 1},
		{Name: "a scroll step at 1,000,000 rows" + p99, Value: million.Scroll, Unit: "ms", Limit: 1},
	} {
		if err := out.Encode(m); err != nil {
			return err
		}
	}
	return nil
}

// child measures one widget in a process of its own.
func child(shown string, count int) (figures, error) {
	self, err := os.Executable()
	if err != nil {
		return figures{}, err
	}
	cmd := exec.Command(self, "-widget", shown, "-rows", fmt.Sprint(count))
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return figures{}, fmt.Errorf("measure %s: %w", shown, err)
	}
	var f figures
	if err := json.Unmarshal(out, &f); err != nil {
		return figures{}, fmt.Errorf("measure %s: it printed %q", shown, out)
	}
	return f, nil
}
