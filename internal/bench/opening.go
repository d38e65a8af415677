package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/xuri/excelize/v2"

	"rollcall/internal/account"
	"rollcall/internal/check"
	"rollcall/internal/roster"
	"rollcall/internal/sheet"
	"rollcall/internal/workbook"
)

// opened is a file that was opened and checked.
type opened struct {
	sheet  *sheet.Sheet
	view   roster.View
	engine *check.Engine
}

// open does what opening a file in the program does before it can be shown:
// read, recognise the columns, check every row.
func open(ctx context.Context, path string, dir *account.Directory) (*opened, error) {
	book, err := workbook.Open(ctx, path, workbook.Options{HeaderScore: roster.HeaderScore})
	if err != nil {
		return nil, err
	}
	first := book.Facts.HeaderRow
	if first < 1 {
		return nil, errors.New("the header was not recognised")
	}
	header := make([]string, book.Table.Width())
	for c := range header {
		header[c] = book.Table.Cell(first-1, c)
	}
	mapping := roster.Recognise(header, book.Table, first, dir)
	o := &opened{}
	o.sheet = sheet.New(book.Table, sheet.Options{
		FirstRow: first, FileColumns: len(header), Columns: len(header) + roster.NumColumns,
		Skip: book.Table.Blank,
	})
	o.view = roster.NewView(o.sheet, &mapping, len(header))
	o.engine = check.New(dir)
	return o, o.engine.Run(ctx, o.view, o.sheet.Rows(), nil)
}

// opens measures open against a bare read of the same file, and makes sure
// that what was opened was really checked.
func opens(ctx context.Context, path string, wantRows, rounds int, bare func(path string) (int, error)) (ours, baseline float64, err error) {
	dir := directory()
	times, err := best(rounds,
		func() error {
			n, err := bare(path)
			if err == nil && n != wantRows+1 {
				err = fmt.Errorf("the baseline read %d rows, want %d", n, wantRows+1)
			}
			return err
		},
		func() error {
			o, err := open(ctx, path, dir)
			if err != nil {
				return err
			}
			found, _, _, _ := o.engine.Counts()
			if o.sheet.Len() != wantRows || found < wantRows/250 {
				return fmt.Errorf("%d rows with %d errors were opened, want %d rows with at least %d", o.sheet.Len(), found, wantRows, wantRows/250)
			}
			return nil
		})
	if err != nil {
		return 0, 0, err
	}
	return times[1], times[0], nil
}

// bareCSV reads every record and keeps none.
func bareCSV(path string) (int, error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	for n := 0; ; n++ {
		if _, err := r.Read(); errors.Is(err, io.EOF) {
			return n, nil
		} else if err != nil {
			return 0, err
		}
	}
}

// bareXLSX reads every row through excelize's own iterator and keeps none.
func bareXLSX(path string) (int, error) {
	f, err := excelize.OpenFile(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	rows, err := f.Rows(f.GetSheetName(0))
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		if _, err := rows.Columns(); err != nil {
			return 0, err
		}
		n++
	}
	return n, rows.Error()
}

func measureOpening(ctx context.Context, folder string, tell func(Measure)) error {
	for _, c := range []struct {
		name   string
		rows   int
		rounds int
		limit  float64
	}{{"2,000", 2_000, 9, 0}, {"100,000", 100_000, 5, 2.5}, {"1,000,000", 1_000_000, 2, 2.5}} {
		path := filepath.Join(folder, "rows.csv")
		if err := writeCSV(path, c.rows); err != nil {
			return err
		}
		ours, bare, err := opens(ctx, path, c.rows, c.rounds, bareCSV)
		if err != nil {
			return err
		}
		tell(Measure{Name: c.name + "-row CSV opened and checked", Value: ours, Unit: "ms",
			Against: "bare encoding/csv read", Baseline: bare, Limit: c.limit, Ratio: true})
	}
	path := filepath.Join(folder, "rows.xlsx")
	if err := writeXLSX(path, 100_000); err != nil {
		return err
	}
	ours, bare, err := opens(ctx, path, 100_000, 3, bareXLSX)
	if err != nil {
		return err
	}
	tell(Measure{Name: "100,000-row XLSX opened and checked", Value: ours, Unit: "ms",
		Against: "bare excelize Rows() read", Baseline: bare, Limit: 1.3, Ratio: true})
	return nil
}
