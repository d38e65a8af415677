package workbench

import (
	"context"
	"strings"

	"rollcall/internal/check"
	"rollcall/internal/roster"
	"rollcall/internal/sheet"
)

// FilterKind is one of the buttons below the sheet.
type FilterKind int

// The kinds of filters.
const (
	ShowAll FilterKind = iota
	ShowErrors
	ShowWarnings
	ShowEdited
)

// Filter says which rows are shown. The zero value shows all.
type Filter struct {
	Kind FilterKind
	// Code shows only rows with a finding of this rule; "" for any.
	Code check.Code
	// Value narrows Code to findings with this value (check.Finding.Part).
	Value *string
	// Rows, where not nil, shows just these.
	Rows []sheet.RowID
	// Text shows only rows in which a shown cell contains it, without regard to
	// case.
	Text string
}

// Empty says that the filter shows all rows.
func (f Filter) Empty() bool {
	return f.Kind == ShowAll && f.Code == "" && f.Rows == nil && f.Text == ""
}

// Order says in which order rows are shown. The zero value is the file's.
type Order struct {
	Sorted     bool
	Col        int // among Columns
	Descending bool
}

// File says that rows are in the file's order.
func (o Order) File() bool { return !o.Sorted }

// Filter is the filter in force.
func (d *Document) Filter() Filter { return d.filter }

// Arranging says that rows are being filtered or sorted in the background: what
// is shown is still as before.
func (d *Document) Arranging() bool { return d.arranging }

// Order is the order in force.
func (d *Document) Order() Order { return d.order }

// SetFilter applies a filter, anew where it is the same. Rows then hold still
// while cells are edited.
func (d *Document) SetFilter(f Filter) { d.rearrange(f, d.order) }

// Sort orders the shown rows by a column.
func (d *Document) Sort(col int, descending bool) {
	d.rearrange(d.filter, Order{Sorted: true, Col: col, Descending: descending})
}

// SortFileOrder goes back to the order of the file.
func (d *Document) SortFileOrder() { d.rearrange(d.filter, Order{}) }

// quickRows is how many rows are filtered by text and sorted at once, on the
// caller's goroutine; more go to the background.
const quickRows = 5000

// rearrange finds the rows to show; RowsChanged follows when they are found.
func (d *Document) rearrange(f Filter, o Order) {
	d.arrange++
	d.arranging = true
	number, revision := d.arrange, d.sheet.Revision()
	if d.giveUp != nil {
		d.giveUp()
		d.giveUp = nil
	}
	take := func(rows []sheet.RowID, err error) {
		if number != d.arrange {
			return
		}
		d.arranging = false
		switch {
		case err != nil:
		case revision != d.sheet.Revision():
			d.rearrange(f, o) // rows may have come or gone meanwhile
		default:
			d.filter, d.order, d.shown = f, o, rows
			d.tell(Event{Kind: RowsChanged})
		}
	}
	arrange := func(rows []sheet.RowID) {
		job := arrangement{rows: rows, text: strings.ToLower(f.Text), order: o, columns: d.columns, view: d.view.Over(d.sheet.Snapshot())}
		if f.Text == "" && o.File() || len(rows) <= quickRows {
			take(job.run(context.Background()))
			return
		}
		d.giveUp = Background(d.bench, func(ctx context.Context, _ func(Progress)) ([]sheet.RowID, error) { return job.run(ctx) }, nil, take)
	}
	matches := d.matcher(f)
	if matches == nil {
		arrange(d.sheet.Rows())
		return
	}
	d.collect(matches, func() bool { return number == d.arrange }, arrange)
}

// matcher says which rows the filter leaves, its text apart; nil for all.
func (d *Document) matcher(f Filter) func(sheet.RowID) bool {
	switch {
	case f.Rows != nil:
		wanted := newRowSet(f.Rows)
		return wanted.has
	case f.Code != "" && f.Value != nil:
		return d.having(check.Query{Code: f.Code, Value: f.Value})
	case f.Kind == ShowEdited:
		return func(r sheet.RowID) bool { return d.sheet.RowEdited(r) }
	case f.Code != "":
		return d.having(check.Query{Code: f.Code})
	case f.Kind == ShowErrors:
		return d.having(check.Query{Severity: check.Error})
	case f.Kind == ShowWarnings:
		return d.having(check.Query{Severity: check.Warning})
	}
	return nil
}

// having says which rows have a finding, at the time when it is asked.
func (d *Document) having(q check.Query) func(sheet.RowID) bool {
	return func(r sheet.RowID) bool { return d.engine.Has(r, &q) }
}

// scanned is how many rows are looked at in one piece: about a millisecond's
// work.
const scanned = 100_000

// collect gives done the rows that match, in file order, while they are wanted.
// They are looked for on this goroutine, which owns the findings, in pieces, so
// that nothing waits; the first piece is looked at before collect returns.
func (d *Document) collect(matches func(sheet.RowID) bool, wanted func() bool, done func([]sheet.RowID)) {
	all := d.sheet.Rows()
	rows, at := []sheet.RowID{}, 0
	d.bench.piecewise(func() (last bool) {
		if !wanted() {
			return true
		}
		to := min(at+scanned, len(all))
		for _, r := range all[at:to] {
			if matches(r) {
				rows = append(rows, r)
			}
		}
		at = to
		return at == len(all)
	}, func() {
		if wanted() {
			done(rows)
		}
	})
}

// arrangement is the part of filtering and sorting that any goroutine can do.
type arrangement struct {
	rows    []sheet.RowID
	text    string
	order   Order
	columns []GridColumn
	view    roster.View
}

func (a *arrangement) cell(r sheet.RowID, col int) string {
	if g := a.columns[col]; g.Column == check.NoColumn {
		return a.view.Reader().Text(r, g.FileCol)
	} else {
		return a.view.Text(r, g.Column)
	}
}

func (a *arrangement) run(ctx context.Context) ([]sheet.RowID, error) {
	rows := a.rows
	var err error
	if a.text != "" {
		rows, err = sheet.Filter(ctx, rows, func(r sheet.RowID) bool {
			for col := range a.columns {
				if strings.Contains(strings.ToLower(a.cell(r, col)), a.text) {
					return true
				}
			}
			return false
		})
		if err != nil {
			return nil, err
		}
	}
	if a.order.Sorted {
		return sheet.Sort(ctx, rows, a.cell, sheet.SortKey{Col: a.order.Col, Descending: a.order.Descending})
	}
	return rows, nil
}
