package workbench

import (
	"context"
	"fmt"
	"path/filepath"

	"rollcall/internal/account"
	"rollcall/internal/cells"
	"rollcall/internal/check"
	"rollcall/internal/problem"
	"rollcall/internal/roster"
	"rollcall/internal/sheet"
	"rollcall/internal/workbook"
)

// OpenOptions overrule what opening finds out by itself. The zero value detects
// everything.
type OpenOptions struct {
	Sheet    string `json:"sheet,omitempty"`
	Encoding string `json:"encoding,omitempty"`
	// Separator is a CSV's separator, 0 to detect it.
	Separator rune `json:"separator,omitempty"`
	// HeaderRow is the file row of the header, 0 for none, nil to detect it.
	HeaderRow *int `json:"headerRow,omitempty"`
	// Password opens an encrypted workbook. It is kept nowhere.
	Password string `json:"-"`
	// Columns are matchings as `--column` takes them: "Primary Email=E-mail".
	Columns []string `json:"columns,omitempty"`
	// LeaveOut are file rows that are not users: totals, examples, hidden ones.
	// nil leaves out what was recognised as totals and examples for certain.
	LeaveOut []int `json:"leaveOut,omitempty"`
	// Salvage opens of a damaged workbook the rows before the damage. The
	// damaged file is never saved over.
	Salvage bool `json:"salvage,omitempty"`
	// OnlyCertain uses no match that a person has not confirmed: for tools that
	// cannot ask.
	OnlyCertain bool `json:"-"`
}

// OfSheet are the options to read another sheet of the same workbook: what was
// said of the rows and columns of one sheet is not true of another.
func (o OpenOptions) OfSheet(name string) OpenOptions {
	o.Sheet, o.HeaderRow, o.Columns, o.LeaveOut = name, nil, nil, nil
	return o
}

// Open opens a file, matches its columns and checks it whole. Nothing that is
// open changes. The Document is the caller's.
func (b *Bench) Open(ctx context.Context, path string, o OpenOptions, report func(Progress)) (*Document, error) {
	return b.open(ctx, path, o, nil, report)
}

// open is Open of a file that may have been open before.
func (b *Bench) open(ctx context.Context, path string, o OpenOptions, before *Document, report func(Progress)) (*Document, error) {
	tell(report, Progress{What: "Opening"})
	options := o.workbook("")
	options.Keep = !b.noWork
	options.Progress = func(done, total int) {
		tell(report, Progress{What: "Reading", Done: int64(done), Total: int64(total), Share: true})
	}
	book, err := workbook.Open(ctx, path, options)
	if err != nil {
		return nil, err
	}
	if abs, err := filepath.Abs(path); err == nil {
		book.Path = abs
	}
	return b.again(ctx, book, filepath.Base(path), o, before, report)
}

// Reopen opens the same file with other options. The Document given stays as it
// is; its edits are not in the new one, the matching that was chosen is where the
// file still has the same columns.
func (b *Bench) Reopen(ctx context.Context, d *Document, o OpenOptions, report func(Progress)) (*Document, error) {
	if d.sample {
		return b.openSample(ctx, o, d, report)
	}
	if d.encoding != "" && o.Encoding == d.options.Encoding {
		o.Encoding = "" // it was saved in another one since, and has its mark
	}
	return b.open(ctx, d.book.Path, o, d, report)
}

// again makes a Document of a book, with what was chosen for it before.
func (b *Bench) again(ctx context.Context, book *workbook.Book, name string, o OpenOptions, before *Document, report func(Progress)) (*Document, error) {
	mapping := before.chosenFor(book)
	d, err := b.document(ctx, book, name, o, mapping, report)
	if d != nil {
		d.chosen = mapping != nil
	}
	return d, err
}

// chosenFor is the matching that a person has chosen for the document, where it
// serves a book read from the same file; nil where there is none, or where the
// header is another or has other columns.
func (d *Document) chosenFor(book *workbook.Book) *roster.Mapping {
	if d == nil || !d.chosen || book.Table.Width() != len(d.header) {
		return nil
	}
	was, is := d.book.Facts, book.Facts
	if was.HeaderRow != is.HeaderRow || was.Sheet != is.Sheet {
		return nil
	}
	return d.mapping
}

// Options are those that the document was opened with.
func (d *Document) Options() OpenOptions { return d.options }

// OpenSample opens the flawed sample file.
func (b *Bench) OpenSample(ctx context.Context, report func(Progress)) (*Document, error) {
	return b.openSample(ctx, OpenOptions{}, nil, report)
}

func (b *Bench) openSample(ctx context.Context, o OpenOptions, before *Document, report func(Progress)) (*Document, error) {
	book, err := workbook.Read(ctx, b.sampleName, b.sample, o.workbook(b.sampleName))
	if err != nil {
		return nil, fmt.Errorf("open the sample: %w", err)
	}
	d, err := b.again(ctx, book, b.sampleName, o, before, report)
	if err == nil {
		d.sample = true
	}
	return d, err
}

func (o OpenOptions) workbook(name string) workbook.Options {
	return workbook.Options{
		Sheet: o.Sheet, Encoding: o.Encoding, Separator: o.Separator, HeaderRow: o.HeaderRow,
		Password: o.Password, Name: name, Salvage: o.Salvage, HeaderScore: roster.HeaderScore,
	}
}

// document makes a checked Document of a book. mapping overrules the matching,
// nil recognises or remembers it.
func (b *Bench) document(ctx context.Context, book *workbook.Book, name string, o OpenOptions, mapping *roster.Mapping, report func(Progress)) (*Document, error) {
	d, err := b.prepared(book, name, o, mapping)
	if err != nil {
		return nil, err
	}
	return d, d.checkAll(ctx, report)
}

// prepared makes a Document that is not checked yet.
func (b *Bench) prepared(book *workbook.Book, name string, o OpenOptions, mapping *roster.Mapping) (*Document, error) {
	dir := b.Directory()
	d := &Document{bench: b, book: book, name: name, options: o, dir: dir, recheck: &recheck{}}
	first := book.Facts.HeaderRow
	if o.HeaderRow != nil && *o.HeaderRow > book.Table.Len() {
		return nil, problem.New("The file has "+plural(book.Table.Len(), "row", "rows")+", so row "+Number(*o.HeaderRow)+" cannot be its header. Choose another row.", nil)
	}
	d.header = headerOf(book.Table, first)
	out := leftOut(book.Facts, o)
	if mapping == nil {
		m, err := b.matching(d.header, sampleOf(book.Table, first, out), dir, o, first > 0)
		if err != nil {
			return nil, err
		}
		mapping = &m
	}
	width := len(d.header)
	d.sheet = sheet.New(book.Table, sheet.Options{
		FirstRow: first, FileColumns: width, Columns: width + roster.NumColumns,
		Skip: func(row int) bool { return out[row+1] || blank(book.Table, row) },
	})
	d.use(mapping)
	d.shown = d.sheet.Rows()
	return d, nil
}

// checkAll checks the whole sheet.
func (d *Document) checkAll(ctx context.Context, report func(Progress)) error {
	d.engine = check.New(d.dir)
	return d.engine.Run(ctx, d.view, d.sheet.Rows(), func(done, total int) {
		tell(report, Progress{What: "Checking", Done: int64(done), Total: int64(total)})
	})
}

// use lays a mapping over the sheet.
func (d *Document) use(m *roster.Mapping) {
	d.mapping = m
	d.view = roster.NewView(d.sheet, m, len(d.header))
	d.columns = gridColumns(d.header, m)
}

// matching finds the mapping: what --column says, over what is remembered for
// these headers and this account, over what is recognised.
// named says that the file has a header.
func (b *Bench) matching(header []string, sample roster.Sample, dir *account.Directory, o OpenOptions, named bool) (roster.Mapping, error) {
	m, remembered := b.rememberedMapping(header, dir)
	if !remembered {
		m = roster.Recognise(header, sample, dir)
	}
	if !named && !remembered && len(o.Columns) == 0 {
		m.Certain = false
	}
	proposed := m
	if o.OnlyCertain && !remembered {
		m = m.OnlyCertain()
	}
	for _, arg := range o.Columns {
		c, spec, err := roster.ParseColumn(arg)
		if err != nil {
			return m, err
		}
		if m, err = m.WithColumnOf(c, spec, header, len(header)); err != nil {
			return m, err
		}
	}
	if len(o.Columns) > 0 {
		m = m.WithValues(sample, header)
	}
	if o.OnlyCertain {
		b.noteUnsure(proposed, m, header)
	}
	return m, nil
}

// headerOf is the header row, or invented names ("Column 3") where a file or a
// cell has none.
func headerOf(t *cells.Table, row int) []string {
	header := make([]string, t.Width())
	for c := range header {
		if row > 0 {
			header[c] = roster.Tidy(t.Cell(row-1, c))
		}
		if header[c] == "" {
			header[c] = fmt.Sprintf("Column %d", c+1)
		}
	}
	return header
}

// leftOut is the set of file rows that are no users.
func leftOut(f workbook.Facts, o OpenOptions) map[int]bool {
	list := o.LeaveOut
	if list == nil {
		list = f.NoUsers()
	}
	out := make(map[int]bool, len(list))
	for _, row := range list {
		out[row] = true
	}
	return out
}

// blank says whether a row holds no visible text: it is skipped, counted and
// shown, and never a user.
func blank(t *cells.Table, row int) bool {
	if t.Blank(row) {
		return true
	}
	for c, n := 0, t.RowWidth(row); c < n; c++ {
		if !roster.Blank(t.Cell(row, c)) {
			return false
		}
	}
	return true
}

func tell(report func(Progress), p Progress) {
	if report != nil {
		report(p)
	}
}
