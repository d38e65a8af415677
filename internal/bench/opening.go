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

	"rollcall/internal/keychain"
	"rollcall/internal/workbench"
)

// noKeychain keeps nothing: the measures need no secret.
type noKeychain struct{}

func (noKeychain) Get(context.Context, string) (keychain.Secret, error) {
	return keychain.Secret{}, keychain.ErrUnavailable
}
func (noKeychain) Set(context.Context, string, keychain.Secret) error { return keychain.ErrUnavailable }
func (noKeychain) Delete(context.Context, string) error               { return keychain.ErrUnavailable }
func (noKeychain) Check(context.Context) error                        { return keychain.ErrUnavailable }
func (noKeychain) Kind() string                                       { return "none" }

// newBench is the use cases as the window has them, working on a saved copy of
// an account, with everything kept below folder.
func newBench(folder string) (*workbench.Bench, error) {
	b, err := workbench.New(workbench.Options{
		Home: filepath.Join(folder, "home"), Keychain: noKeychain{}, Post: func(f func()) { f() },
	})
	if err != nil {
		return nil, err
	}
	snapshot := filepath.Join(folder, "account.json")
	if err := writeSnapshot(snapshot); err != nil {
		return nil, errors.Join(err, b.Close())
	}
	if err := b.UseSnapshot(snapshot); err != nil {
		return nil, errors.Join(err, b.Close())
	}
	return b, nil
}

// opens measures opening a file (reading, recognising the columns, checking
// every row) against a bare read of the same file, and makes sure that what was
// opened was really checked.
func opens(ctx context.Context, b *workbench.Bench, path string, wantRows, rounds int, bare func(path string) (int, error)) (ours, baseline float64, err error) {
	times, err := best(rounds,
		func() error {
			n, err := bare(path)
			if err == nil && n != wantRows+1 {
				err = fmt.Errorf("the baseline read %d rows, want %d", n, wantRows+1)
			}
			return err
		},
		func() error {
			d, err := b.Open(ctx, path, workbench.OpenOptions{}, nil)
			if err != nil {
				return err
			}
			if c := d.Counts(); c.Rows != wantRows || c.Errors < wantRows/250 {
				return fmt.Errorf("%d rows with %d errors were opened, want %d rows with at least %d", c.Rows, c.Errors, wantRows, wantRows/250)
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
	b, err := newBench(folder)
	if err != nil {
		return err
	}
	defer b.Close()
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
		ours, bare, err := opens(ctx, b, path, c.rows, c.rounds, bareCSV)
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
	ours, bare, err := opens(ctx, b, path, 100_000, 3, bareXLSX)
	if err != nil {
		return err
	}
	tell(Measure{Name: "100,000-row XLSX opened and checked", Value: ours, Unit: "ms",
		Against: "bare excelize Rows() read", Baseline: bare, Limit: 1.3, Ratio: true})
	return nil
}
