// Command bench opens a real window of 1280×800, has ui/grid/gridbench measure
// the sheet widget beside Fyne's own widget.Table in it, and prints one JSON
// object a line for `go run ./cmd/dev bench -only grid`.
package main

import (
	"encoding/json"
	"os"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"rollcall/ui/grid/gridbench"
	"rollcall/ui/look"
	"rollcall/ui/table"
)

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
	a := app.NewWithID("org.rollcall.bench")
	a.Settings().SetTheme(&look.Theme{})
	w := a.NewWindow("bench")
	w.Resize(fyne.NewSize(1280, 800))
	a.Lifecycle().SetOnStarted(func() {
		go func() {
			run(w)
			fyne.Do(a.Quit)
		}()
	})
	w.ShowAndRun()
}

func run(w fyne.Window) {
	out := json.NewEncoder(os.Stdout)
	for _, rows := range []struct {
		n    int
		text string
	}{{100_000, "100,000"}, {1_000_000, "1,000,000"}} {
		results := gridbench.Run(w, gridbench.Options{Rows: rows.n, Paging: 5 * time.Second, Colors: table.Colors()})
		for _, m := range measures(rows.text, results[0], results[1]) {
			_ = out.Encode(m)
		}
	}
}

// measures puts their table's and our widget's results side by side.
func measures(rows string, theirs, ours gridbench.Result) []measure {
	ms := func(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1e6 }
	mb := func(bytes int64) float64 { return float64(bytes) / 1e6 }
	const against = "widget.Table of Labels without headers"
	at := " at " + rows + " rows"
	return []measure{
		{Name: "a scroll step" + at + ", 99 of 100", Value: ms(ours.Scroll), Unit: "ms", Against: against, Baseline: ms(theirs.Scroll), Limit: 1},
		{Name: "a cursor move" + at + ", 99 of 100", Value: ms(ours.Move), Unit: "ms", Against: against, Baseline: ms(theirs.Move), Limit: 1},
		{Name: "a keystroke in the editor" + at + ", 99 of 100", Value: ms(ours.Key), Unit: "ms", Limit: 1},
		{Name: "continuous paging" + at, Value: ours.FPS, Unit: "frames/s", Against: against, Baseline: theirs.FPS, Limit: 1, Ratio: true, AtLeast: true,
			Note: "ours draws headers, tints and marks, and more rows a page"},
		{Name: "memory of the widget" + at, Value: mb(ours.Heap), Unit: "MB", Against: against, Baseline: mb(theirs.Heap), Limit: 1,
			Note: "Go heap after a collection, the data left out"},
	}
}
