package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"time"

	"rollcall/internal/workbench"
)

// newTexts are what is written into cells, by shown column: valid and flawed,
// alone and the twin of another row.
var newTexts = [][]string{
	{"Archived", "archived ", "off"},
	{"Doe, John", " Ana  Ruiz"},
	{"amara.0@northwind.com", "new.person@northwind.com", "broken@", "ELIF.3@northwind.com"},
	{"Admin", "Superviser", ""},
	{"Trading,APAC", "trading;APAC", "none", "Nowhere"},
	{"slack:U0000001", "slack:U0ZZZZZ", "whatsapp:+81905550013"},
}

// measureEditing edits cells all over a sheet of 100,000 rows as the window
// does: each edit is applied, noted for the next start, checked with all that
// it can affect, and counted anew. The texts to write include those of other
// rows, so that cross-row rules have work.
func measureEditing(ctx context.Context, folder string, tell func(Measure)) error {
	const n, edits = 100_000, 3_000
	path := filepath.Join(folder, "edit.csv")
	if err := writeCSV(path, n); err != nil {
		return err
	}
	b, err := newBench(folder)
	if err != nil {
		return err
	}
	defer b.Close()
	d, err := b.Open(ctx, path, workbench.OpenOptions{}, nil)
	if err != nil {
		return err
	}
	whole, err := best(3, func() error { _, err := b.Open(ctx, path, workbench.OpenOptions{}, nil); return err })
	if err != nil {
		return err
	}
	random := rand.New(rand.NewPCG(3, 4))
	rows := d.Rows()
	times := make([]float64, edits)
	for i := range times {
		column := i % len(newTexts)
		edit := workbench.CellEdit{Row: rows[random.IntN(len(rows))], Col: column, Text: newTexts[column][random.IntN(len(newTexts[column]))]}
		began := time.Now()
		d.Edit("", []workbench.CellEdit{edit})
		d.Counts()
		times[i] = milliseconds(time.Since(began))
	}
	if got := d.Counts().EditedRows; got < edits/2 {
		return fmt.Errorf("%d rows were edited, want about %d", got, edits)
	}
	slices.Sort(times)
	for _, p := range []struct {
		name  string
		share float64
		limit float64
	}{{"half of all edits", 0.5, 0}, {"99 of 100 edits", 0.99, 1}} {
		tell(Measure{Name: "one edit with all its checks at 100,000 rows, " + p.name, Value: percentile(times, p.share), Unit: "ms",
			Against: "opening and checking the whole file again", Baseline: whole[0], Limit: p.limit,
			Note: fmt.Sprintf("longest of %d: %.2f ms", edits, times[len(times)-1])})
	}
	return nil
}
