package workbench

import (
	"context"
	"slices"
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

// quickRows is how many rows are filtered and sorted at once, on the caller's
// goroutine; more go to the background.
const quickRows = 5000

// rearrange finds the rows to show; RowsChanged follows when they are found.
func (d *Document) rearrange(f Filter, o Order) {
	d.arrange++
	number := d.arrange
	if d.giveUp != nil {
		d.giveUp()
		d.giveUp = nil
	}
	all := d.sheet.Rows()
	kept, narrowed := d.byFindings(f)
	if narrowed {
		all = kept
	}
	view := d.view.Over(d.sheet.Snapshot())
	job := arrangement{rows: all, text: strings.ToLower(f.Text), order: o, columns: d.columns, view: view}
	take := func(rows []sheet.RowID, err error) {
		if err != nil || number != d.arrange {
			return
		}
		d.filter, d.order, d.shown = f, o, rows
		d.tell(Event{Kind: RowsChanged})
	}
	if f.Text == "" && o.File() || len(all) <= quickRows {
		take(job.run(context.Background()))
		return
	}
	d.giveUp = Background(d.bench, func(ctx context.Context, _ func(Progress)) ([]sheet.RowID, error) { return job.run(ctx) }, nil, take)
}

// byFindings lists the rows that the filter's findings leave, in file order.
func (d *Document) byFindings(f Filter) (rows []sheet.RowID, narrowed bool) {
	switch {
	case f.Rows != nil:
		rows = slices.DeleteFunc(slices.Clone(f.Rows), func(r sheet.RowID) bool { return !d.sheet.Has(r) })
	case f.Code != "" && f.Value != nil:
		rows = slices.Clone(d.engine.RowsWith(f.Code, *f.Value))
	case f.Kind == ShowEdited:
		snap := d.sheet.Snapshot()
		for c := range snap.EditedTexts() {
			rows = append(rows, c.Row)
		}
		for _, in := range snap.Changes().Inserted {
			rows = append(rows, in.Row)
		}
	case f.Code != "":
		rows = d.engine.RowsOf(f.Code)
	case f.Kind == ShowErrors:
		rows = d.engine.RowsWithSeverity(check.Error)
	case f.Kind == ShowWarnings:
		rows = d.engine.RowsWithSeverity(check.Warning)
	default:
		return nil, false
	}
	slices.SortFunc(rows, func(a, b sheet.RowID) int { return d.sheet.Index(a) - d.sheet.Index(b) })
	return slices.Compact(rows), true
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
