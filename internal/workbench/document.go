package workbench

import (
	"path/filepath"
	"slices"

	"rollcall/internal/account"
	"rollcall/internal/check"
	"rollcall/internal/roster"
	"rollcall/internal/sheet"
	"rollcall/internal/workbook"
)

// Document is one open file: its sheet, the matching of its columns, and its
// findings. Once handed over it belongs to the UI goroutine.
type Document struct {
	bench   *Bench
	book    *workbook.Book
	name    string
	options OpenOptions
	// encoding is what a CSV is saved in since its own could not hold a cell, ""
	// for its own.
	encoding string
	header   []string
	sheet    *sheet.Sheet
	mapping  *roster.Mapping
	chosen   bool // by a person, not only recognised or remembered
	view     roster.View
	engine   *check.Engine
	dir      *account.Directory
	columns  []GridColumn

	shown  []sheet.RowID
	filter Filter
	order  Order

	arrange   int    // numbers the arrangements asked for, so that an older one is dropped
	arranging bool   // the latest of them has not been made yet
	giveUp    func() // ends it, or nil

	problems  []check.Group
	fresh     bool // problems are those of the engine
	savedAt   uint64
	sample    bool
	work      *work
	recheck   *recheck
	long      *longChange // what is being changed in the background, or nil
	listeners []func(Event)
}

// GridColumn is one column of the sheet as it is shown: the six of the template
// first, then the file's own that the template does not use.
type GridColumn struct {
	Title string
	// Column is the template's, or check.NoColumn for another of the file's.
	Column roster.Column
	// FileCol is the file's column, from 0, or -1 for a column of the template
	// that is not one column of the file.
	FileCol int
}

// CellRef names a cell by its row and its place among Columns.
type CellRef struct {
	Row sheet.RowID
	Col int
}

// EventKind says what changed.
type EventKind int

// The kinds of events.
const (
	// CellsChanged: texts or findings of Rows changed.
	CellsChanged EventKind = iota
	// RowsChanged: rows came, went or stand in another order.
	RowsChanged
	// FindingsChanged: the whole sheet was checked anew.
	FindingsChanged
	// MappingChanged: the columns are matched differently.
	MappingChanged
	// SavedChanged: the sheet was saved, or is no longer as it was saved.
	SavedChanged
	// WorkChanged: a long change began or ended (Working).
	WorkChanged
)

// Event tells a listener what changed.
type Event struct {
	Kind EventKind
	Rows []sheet.RowID
}

// Counts are the figures beside the sheet.
type Counts struct {
	// Rows is how many users the sheet holds.
	Rows int
	// Errors and Warnings count findings in cells.
	Errors, Warnings int
	// WholeErrors counts errors of the file as a whole: a column that is not
	// matched, too many rows.
	WholeErrors int
	// RowsWithErrors and RowsWithWarnings count rows.
	RowsWithErrors, RowsWithWarnings int
	EditedRows                       int
}

// OnChange calls f after each change, on the UI goroutine.
func (d *Document) OnChange(f func(Event)) { d.listeners = append(d.listeners, f) }

func (d *Document) tell(e Event) {
	for _, f := range d.listeners {
		f(e)
	}
}

// Name is the file's name as people know it.
func (d *Document) Name() string { return d.name }

// Path is where the file lies; "" for the sample.
func (d *Document) Path() string { return d.book.Path }

// Folder is where the file lies, for the names of files made beside it.
func (d *Document) Folder() string { return filepath.Dir(d.book.Path) }

// Sample says that this is the sample file.
func (d *Document) Sample() bool { return d.sample }

// Facts is what was found in the file.
func (d *Document) Facts() workbook.Facts { return d.book.Facts }

// Worksheets are the sheets of a workbook that can be read, the one that was
// read among them; none for a CSV.
func (d *Document) Worksheets() []workbook.SheetInfo {
	return slices.DeleteFunc(slices.Clone(d.book.Facts.Sheets), func(s workbook.SheetInfo) bool { return s.Kind != "" })
}

// Header is the file's header row; invented names where it has none.
func (d *Document) Header() []string { return d.header }

// RawRow is a row of the file as it was read, whatever it is: a title, the
// header, a user. Rows count from 1; nil for one that the file does not have.
func (d *Document) RawRow(row int) []string {
	if row < 1 || row > d.book.Table.Len() {
		return nil
	}
	return d.book.Table.Row(row-1, nil)
}

// Mapping is how the file's columns are matched.
func (d *Document) Mapping() roster.Mapping { return *d.mapping }

// NeedsColumns says that something was not recognised for certain, so that the
// Columns screen is to be shown.
func (d *Document) NeedsColumns() bool {
	return !d.mapping.Certain || len(d.book.Facts.EncodingChoices) > 0
}

// Dirty says whether the sheet differs from the file as it was last saved.
func (d *Document) Dirty() bool { return d.sheet.State() != d.savedAt }

// Columns lists the columns of the sheet as shown.
func (d *Document) Columns() []GridColumn { return d.columns }

// Rows lists the rows shown, filter and order applied. It must not be changed.
func (d *Document) Rows() []sheet.RowID { return d.shown }

// RowCount is how many rows the sheet holds, whatever the filter.
func (d *Document) RowCount() int { return d.sheet.Len() }

// IndexOf is a row's place among Rows, -1 where it is not shown.
func (d *Document) IndexOf(r sheet.RowID) int {
	if d.filter.Empty() && d.order.File() {
		return d.sheet.Index(r)
	}
	return slices.Index(d.shown, r)
}

// Text is a cell's text as the template has it, or as the file has it for other
// columns.
func (d *Document) Text(r sheet.RowID, col int) string {
	if c := d.columns[col]; c.Column != check.NoColumn {
		return d.view.Text(r, c.Column)
	} else {
		return d.sheet.Text(r, c.FileCol)
	}
}

// Edited says whether the user has edited a cell since the file was opened.
func (d *Document) Edited(r sheet.RowID, col int) bool {
	if c := d.columns[col]; c.Column != check.NoColumn {
		return d.view.Edited(r, c.Column)
	} else {
		return d.sheet.Edited(r, c.FileCol)
	}
}

// FileRow is the row's number in the user's file, from 1; 0 for a row inserted
// here.
func (d *Document) FileRow(r sheet.RowID) int { return d.sheet.FileRow(r) }

// Findings lists what is wrong in a cell.
func (d *Document) Findings(r sheet.RowID, col int) []check.Finding {
	if c := d.columns[col]; c.Column != check.NoColumn {
		return d.engine.Cell(r, c.Column)
	}
	return nil
}

// Worst is the worst severity in a cell.
func (d *Document) Worst(r sheet.RowID, col int) check.Severity {
	if c := d.columns[col]; c.Column != check.NoColumn {
		return d.engine.Worst(r, c.Column)
	}
	return check.None
}

// RowWorst is the worst severity in a row.
func (d *Document) RowWorst(r sheet.RowID) check.Severity { return d.engine.RowWorst(r) }

// Live is the verdict on a text that is being typed and not yet in the sheet.
func (d *Document) Live(r sheet.RowID, col int, text string) []check.Finding {
	if c := d.columns[col]; c.Column != check.NoColumn {
		return d.engine.Live(d.view, r, c.Column, text)
	}
	return nil
}

// Counts gives the figures beside the sheet.
func (d *Document) Counts() Counts {
	c := Counts{Rows: d.sheet.Len(), EditedRows: d.sheet.EditedRows()}
	c.Errors, c.Warnings, c.RowsWithErrors, c.RowsWithWarnings = d.engine.Counts()
	for _, f := range d.engine.Whole() {
		if f.Severity == check.Error {
			c.WholeErrors++
		}
	}
	return c
}

// Problems groups the findings by rule and then by value.
func (d *Document) Problems() []check.Group {
	if !d.fresh {
		d.problems, d.fresh = d.withRemembered(d.engine.Groups()), true
	}
	return d.problems
}

// NotChecked lists the rules that need an account that is not known.
func (d *Document) NotChecked() []check.Code { return d.engine.NotChecked() }

// NextProblem is the next cell with a finding, in the order shown, from a cell
// on and round the end; ok is false where there is none.
func (d *Document) NextProblem(from CellRef, backwards bool) (next CellRef, ok bool) {
	n := len(d.shown)
	if n == 0 {
		return CellRef{}, false
	}
	step := 1
	if backwards {
		step = -1
	}
	row, col := max(d.IndexOf(from.Row), 0), from.Col+step
	for range n + 1 {
		if r := d.shown[row]; d.engine.RowWorst(r) != check.None {
			for ; col >= 0 && col < len(d.columns); col += step {
				if d.Worst(r, col) != check.None {
					return CellRef{r, col}, true
				}
			}
		}
		row = (row + step + n) % n
		col = 0
		if backwards {
			col = len(d.columns) - 1
		}
	}
	return CellRef{}, false
}

// gridColumns lists the columns to show for a mapping.
func gridColumns(header []string, m *roster.Mapping) []GridColumn {
	var out []GridColumn
	for _, c := range roster.Columns() {
		g := GridColumn{Title: c.Header(), Column: c, FileCol: -1}
		if cols := m.Columns[c].Cols; len(cols) == 1 {
			g.FileCol = cols[0]
		}
		out = append(out, g)
	}
	for _, col := range m.Unused {
		if col < len(header) {
			out = append(out, GridColumn{Title: header[col], Column: check.NoColumn, FileCol: col})
		}
	}
	return out
}

// gridColumn finds the shown column for a column of the sheet.
func (d *Document) gridColumn(sheetCol int) int {
	for i, g := range d.columns {
		if g.Column == check.NoColumn && g.FileCol == sheetCol {
			return i
		}
		if g.Column != check.NoColumn && d.view.Affects(sheetCol, g.Column) {
			return i
		}
	}
	return 0
}

// target is where an edit of a shown column goes in the sheet.
func (d *Document) target(col int) int {
	if c := d.columns[col]; c.Column != check.NoColumn {
		return d.view.Target(c.Column)
	}
	return d.columns[col].FileCol
}

// ColumnIndex is the shown place of a column of the template.
func (d *Document) ColumnIndex(c roster.Column) int { return int(c) }
