package workbench

import (
	"context"

	"rollcall/internal/sheet"
)

// FindQuery is what to find, and where.
type FindQuery struct {
	sheet.Query
	// Col is a shown column, or -1 for all.
	Col int
}

// Found is what a search found, in the order of the rows shown.
type Found struct {
	Hits []sheet.Hit
	// Matches counts the places, of which a cell can have several.
	Matches int
}

// Find searches the rows shown, in the background. A query that is not valid
// gives a problem at once.
func (d *Document) Find(q FindQuery, done func(Found, error)) (cancel func()) {
	finder, err := q.Compile()
	if err != nil {
		done(Found{}, err)
		return func() {}
	}
	rows, cols, job := d.searched(q)
	return Background(d.bench, func(ctx context.Context, _ func(Progress)) (Found, error) {
		hits, matches, err := sheet.FindAll(ctx, rows, cols, job.cell, finder)
		return Found{Hits: hits, Matches: matches}, err
	}, nil, done)
}

// Replacements previews what replacing would do: each cell's old and new text.
// Nothing is changed; give what is wanted to Replace.
func (d *Document) Replacements(q FindQuery, with string, done func([]sheet.Replacement, error)) (cancel func()) {
	finder, err := q.Compile()
	if err != nil {
		done(nil, err)
		return func() {}
	}
	replacer, err := finder.With(with)
	if err != nil {
		done(nil, err)
		return func() {}
	}
	rows, cols, job := d.searched(q)
	return Background(d.bench, func(ctx context.Context, _ func(Progress)) ([]sheet.Replacement, error) {
		return sheet.ReplaceAll(ctx, rows, cols, job.cell, replacer)
	}, nil, done)
}

// Replace makes previewed replacements as one undo step.
func (d *Document) Replace(list []sheet.Replacement) int {
	label := "replace in " + plural(len(list), "cell", "cells")
	d.EditMany(func(int) string { return label }, len(list), func(yield func(CellEdit) bool) {
		for _, r := range list {
			if !yield(CellEdit{Row: r.Row, Col: r.Col, Text: r.New}) {
				return
			}
		}
	}, nil)
	return len(list)
}

func (d *Document) searched(q FindQuery) (rows []sheet.RowID, cols []int, job arrangement) {
	for col := range d.columns {
		if q.Col < 0 || q.Col == col {
			cols = append(cols, col)
		}
	}
	return d.shown, cols, arrangement{columns: d.columns, view: d.view.Over(d.sheet.Snapshot())}
}
