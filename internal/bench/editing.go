package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"time"

	"rollcall/internal/roster"
	"rollcall/internal/sheet"
)

// measureEditing edits cells all over a sheet of 100,000 rows: each edit is
// applied, checked with all that it can affect, and counted anew.
func measureEditing(ctx context.Context, folder string, tell func(Measure)) error {
	const n, edits = 100_000, 2_000
	path := filepath.Join(folder, "edit.csv")
	if err := writeCSV(path, n); err != nil {
		return err
	}
	dir := directory()
	o, err := open(ctx, path, dir)
	if err != nil {
		return err
	}
	whole, err := best(3, func() error { return o.engine.Run(ctx, o.view, o.sheet.Rows(), nil) })
	if err != nil {
		return err
	}
	if o, err = open(ctx, path, dir); err != nil {
		return err
	}
	texts := map[roster.Column][]string{
		roster.Status:  {"Archived", "archived ", "off"},
		roster.Name:    {"Doe, John", " Ana  Ruiz"},
		roster.Email:   {"amara.0@northwind.com", "new.person@northwind.com", "broken@", "ELIF.3@northwind.com"},
		roster.Role:    {"Admin", "Superviser", ""},
		roster.Groups:  {"Trading,APAC", "trading;APAC", "none", "Nowhere"},
		roster.Sources: {"slack:U0000001", "slack:U0ZZZZZ", "whatsapp:+81905550013"},
	}
	random := rand.New(rand.NewPCG(3, 4))
	rows := o.sheet.Rows()
	times := make([]float64, edits)
	for i := range times {
		column := roster.Columns()[i%roster.NumColumns]
		text := texts[column][random.IntN(len(texts[column]))]
		r := rows[random.IntN(len(rows))]
		began := time.Now()
		o.sheet.Apply("edit", sheet.SetCell{Row: r, Col: o.view.Target(column), Text: text})
		o.engine.Update(o.view, []sheet.RowID{r}, nil)
		o.engine.Counts()
		times[i] = milliseconds(time.Since(began))
	}
	if got := o.sheet.EditedCells(); got < edits/2 {
		return fmt.Errorf("%d cells were edited, want about %d", got, edits)
	}
	slices.Sort(times)
	for _, p := range []struct {
		name  string
		share float64
		limit float64
	}{{"half of all edits", 0.5, 0}, {"99 of 100 edits", 0.99, 1}} {
		tell(Measure{Name: "one edit with all its checks at 100,000 rows, " + p.name, Value: percentile(times, p.share), Unit: "ms",
			Against: "checking the whole sheet", Baseline: whole[0], Limit: p.limit,
			Note: fmt.Sprintf("longest of %d: %.2f ms", edits, times[len(times)-1])})
	}
	return nil
}
