package workbench

import (
	"encoding/json"
	"iter"
	"slices"
	"strings"

	"rollcall/internal/account"
	"rollcall/internal/cells"
	"rollcall/internal/check"
	"rollcall/internal/roster"
	"rollcall/internal/sheet"
	"rollcall/internal/workbook"
)

// rememberedMapping is the mapping that was chosen for a file with the same
// headers, for the chosen account or for any. One that names a source which this
// account does not have is asked.
func (b *Bench) rememberedMapping(header []string, dir *account.Directory) (roster.Mapping, bool) {
	raw, ok := b.store.Mapping(header, b.profileID())
	var m roster.Mapping
	if !ok || json.Unmarshal(raw, &m) != nil {
		return roster.Mapping{}, false
	}
	for c := range m.Columns {
		for _, col := range m.Columns[c].Cols {
			if col < 0 || col >= len(header) {
				return roster.Mapping{}, false
			}
		}
	}
	m.Certain = knowsSources(dir, m.Columns[roster.Sources].Sources)
	if !m.Certain {
		m.Columns[roster.Sources].Certain = false
	}
	return m, true
}

// knowsSources says whether all of the sources are the account's, as far as it
// tells its sources.
func knowsSources(dir *account.Directory, sources []string) bool {
	if dir == nil || dir.NoSources {
		return true
	}
	return !slices.ContainsFunc(sources, func(name string) bool {
		s, ok := dir.Source(name)
		return name != "" && (!ok || !s.Enabled)
	})
}

func (b *Bench) rememberMapping(header []string, m roster.Mapping) error {
	return b.store.RememberMapping(header, b.profileID(), m)
}

func (b *Bench) profileID() string {
	id, _ := b.chosen()
	return id
}

// chosen is the chosen account's profile and its name, "" for none.
func (b *Bench) chosen() (id, name string) {
	if c := b.current.Load(); c != nil {
		return c.profile.ID, c.profile.Name
	}
	return "", ""
}

// sampleOf lets the recognition look at the data rows of a table; those that are
// no users (out, by file row) are blank to it.
func sampleOf(t *cells.Table, first int, out map[int]bool) roster.Sample {
	return roster.Sample{Rows: t.Len() - first, Text: func(row, col int) string {
		if out[first+row+1] {
			return ""
		}
		return t.Cell(first+row, col)
	}}
}

// FileTexts lists the texts of the first n users in a file's column. Blank rows,
// those left out and those inserted here are no users of the file.
// HiddenEdits counts the edited cells that belong to a choice of columns that is
// not in force: a cell that was made of several columns, say, where the column is
// one of the file's now. They are kept, and come back with that choice.
func (d *Document) HiddenEdits() (n int) {
	here := map[int]bool{}
	for col := range d.columns {
		here[d.target(col)] = true
	}
	for c := range d.sheet.EditedTexts() {
		if !here[c.Col] && c.Col >= len(d.header) {
			n++
		}
	}
	return n
}

func (d *Document) FileTexts(col, n int) []string {
	var out []string
	for r := range d.sheet.All() {
		if len(out) == n {
			break
		}
		if !d.sheet.Inserted(r) {
			out = append(out, d.sheet.Original(r, col))
		}
	}
	return out
}

// CountValues gives a count of the distinct values of a file's column, the most
// frequent first, to be made in any goroutine: of a long file it takes a while.
// few is false where there are more than limit.
func (d *Document) CountValues(col, limit int) func() (values []roster.ValueCount, few bool) {
	snap := d.sheet.Snapshot()
	return func() ([]roster.ValueCount, bool) {
		var rows []sheet.RowID
		for r := range snap.All() {
			if !snap.Inserted(r) {
				rows = append(rows, r)
			}
		}
		sample := roster.Sample{Rows: len(rows), Text: func(row, col int) string { return snap.Original(rows[row], col) }}
		return roster.ValuesOf(sample, col, limit)
	}
}

// FirstValues lists the first n texts that a column of the template shows.
func (d *Document) FirstValues(c roster.Column, n int) []string {
	var out []string
	for r := range d.sheet.All() {
		if len(out) == n {
			break
		}
		out = append(out, d.view.Text(r, c))
	}
	return out
}

// Line is the physical line on which a row begins in a text file; the row's
// number for others and for rows inserted here.
func (d *Document) Line(r sheet.RowID) int {
	row := d.sheet.FileRow(r)
	if row == 0 || d.book.Facts.Format != "csv" {
		return row
	}
	return d.book.Table.Line(row - 1)
}

// AllFindings runs through the findings of the whole file, then those of the
// rows in their order.
func (d *Document) AllFindings() iter.Seq[check.Finding] {
	return func(yield func(check.Finding) bool) {
		for _, f := range d.engine.Whole() {
			if !yield(f) {
				return
			}
		}
		for f := range d.engine.All() {
			if !f.WholeFile() && !yield(f) {
				return
			}
		}
	}
}

// factsJSON is `facts` of check --json.
type factsJSON struct {
	workbook.Facts
	// These are there for every file: null where a file has no such thing.
	Encoding  *string        `json:"encoding"`
	Delimiter *string        `json:"delimiter"`
	Sheet     *string        `json:"sheet"`
	Columns   map[string]any `json:"columns"`
	// LeftOut are file rows that were taken for totals or examples and are not
	// users.
	LeftOut []int `json:"leftOut,omitempty"`
}

// FactsJSON is what was found in the file, with the matching that was used.
func (d *Document) FactsJSON() any {
	facts := d.book.Facts
	f := factsJSON{
		Facts: facts, Columns: d.mapping.FactsColumns(d.header),
		Encoding: orNull(facts.Encoding), Delimiter: orNull(facts.Delimiter), Sheet: orNull(facts.Sheet),
	}
	for row := range leftOut(d.book.Facts, d.options) {
		f.LeftOut = append(f.LeftOut, row)
	}
	slices.Sort(f.LeftOut)
	// Lists that others read are there when they are empty, too.
	f.BlankRows, f.HiddenRows = append([]int{}, f.BlankRows...), append([]int{}, f.HiddenRows...)
	f.Oddities = append([]workbook.Oddity{}, f.Oddities...)
	return f
}

func orNull(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// FixAllCertain makes certain fixes until none is left, and says how many cells
// it changed.
func (d *Document) FixAllCertain() int {
	fixed := make(map[CellRef]bool)
	for range 8 { // a fix can bring a certain fix to light; never many in a row
		fixes := d.CertainFixes()
		if d.FixCertain(fixes) == 0 {
			break
		}
		for _, f := range fixes {
			fixed[CellRef{f.Row, int(f.Col)}] = true
		}
	}
	return len(fixed)
}

// CompleteGroups lists the account's groups whose names begin with, then those
// that contain, what was typed.
func (d *Document) CompleteGroups(typed string) []string {
	if d.dir == nil {
		return nil
	}
	names := make([]string, 0, len(d.dir.Groups))
	for _, g := range d.dir.Groups {
		names = append(names, g.Name)
	}
	return complete(names, typed)
}

// CompleteSources lists the account's enabled sources, each with its colon.
func (d *Document) CompleteSources(typed string) []string {
	if d.dir == nil {
		return nil
	}
	var names []string
	for _, s := range d.dir.Sources {
		if s.Enabled {
			names = append(names, s.Name+":")
		}
	}
	return complete(names, typed)
}

// SourceHint says what an identifier of a source looks like, once the source is
// typed ("slack:") and nothing behind it yet; "" for any other token, and where
// no example is known.
func (d *Document) SourceHint(token string) string {
	name, value, found := strings.Cut(token, ":")
	if !found || !roster.Blank(value) {
		return ""
	}
	name, example := roster.Tidy(name), ""
	if d.dir != nil {
		if s, ok := d.dir.Source(name); ok {
			name, example = s.Name, s.Example
		}
	}
	if k := roster.KindOf(name); k != nil && example == "" {
		example = k.Example
	}
	if example == "" {
		return ""
	}
	return "Such as " + name + ":" + example
}
