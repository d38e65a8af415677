package workbench

import (
	"context"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"rollcall/internal/account"
	"rollcall/internal/plan"
	"rollcall/internal/problem"
	"rollcall/internal/roster"
	"rollcall/internal/sheet"
	"rollcall/internal/store"
	"rollcall/internal/workbook"
)

// SaveInput is the sheet at one moment, for writing in any goroutine.
type SaveInput struct {
	book    *workbook.Book
	header  []string
	snap    *sheet.Snapshot
	view    roster.View
	mapping *roster.Mapping
	state   uint64
	partial bool // a damaged workbook of which only some rows could be read
	left    map[sheet.RowID]bool
	// encoding is the one to write a CSV in, "" for its own.
	encoding string
}

// Without leaves rows out of an export; saving keeps them.
func (in SaveInput) Without(rows map[sheet.RowID]bool) SaveInput {
	in.left = rows
	return in
}

// InUTF8 saves a CSV in UTF-8, with a byte order mark, whatever it was in.
func (in SaveInput) InUTF8() SaveInput {
	in.encoding = utf8Name
	return in
}

// Unicode says that the file can hold every character.
func (in SaveInput) Unicode() bool {
	return in.book.Facts.Format != "csv" || in.encoding == utf8Name || in.encoding == "" && strings.HasPrefix(in.book.Facts.Encoding, "UTF-")
}

// utf8Name is the IANA name.
const utf8Name = "UTF-8"

// SaveInput takes the sheet as it is now. It is for the UI goroutine.
func (d *Document) SaveInput() SaveInput {
	snap := d.sheet.Snapshot()
	return SaveInput{book: d.book, header: d.header, snap: snap, view: d.view.Over(snap), mapping: d.mapping, state: d.sheet.State(), partial: d.options.Salvage, encoding: d.encoding}
}

// Saved is what saving did.
type Saved struct {
	Path string
	// NewColumns are columns that were put behind the file's own, since what
	// was edited is not one column of the file (a joined name).
	NewColumns []string
	encoding   string
	state      uint64
	stamp      workbook.Stamp
	print      store.Fingerprint
}

// Save writes the user's own file: same format, separator and line ends, same
// encoding unless another was chosen, other columns untouched. An empty path is where the file came from.
// force overwrites a file that was changed on disk, or that another program
// has open, after the user has said so.
func (b *Bench) Save(ctx context.Context, in SaveInput, path string, force bool) (Saved, error) {
	if in.partial {
		return Saved{}, problem.New("Only a part of this workbook could be read, so it is not saved over. Save what could be read as a new file.", nil)
	}
	if path == "" {
		path = in.book.Path
	}
	changes, names := in.changes()
	changes.Force = force
	if err := in.book.Save(ctx, path, changes); err != nil {
		return Saved{}, err
	}
	out := Saved{Path: path, NewColumns: names, encoding: in.encoding, state: in.state}
	var err error
	if out.stamp, err = workbook.StampFile(path); err != nil {
		return out, err
	}
	out.print, err = store.FingerprintFile(context.WithoutCancel(ctx), path) // it is saved by now
	return out, err
}

// MarkSaved tells the document that it was saved. It is for the UI goroutine.
func (d *Document) MarkSaved(s Saved) {
	d.savedAt, d.encoding = s.state, s.encoding
	d.sample = false
	d.name = filepath.Base(s.Path)
	d.book.SavedTo(s.Path, s.stamp)
	if d.work != nil {
		saved := (*store.Work).Saved
		if d.sheet.State() != s.state { // edited while it was being written
			saved = (*store.Work).SavedEarlier
		}
		d.toWork(func(log *store.Work) { saved(log, s.print) })
	}
	d.tell(Event{Kind: SavedChanged})
}

// WriteWhole writes the whole file, all columns, into a new file in the format
// of its ending, .csv or .xlsx.
func (b *Bench) WriteWhole(ctx context.Context, in SaveInput, path string) error {
	if format := strings.TrimPrefix(strings.ToLower(filepath.Ext(path)), "."); format == in.book.Facts.Format && !in.partial {
		changes, _ := in.changes()
		return in.book.Save(ctx, path, changes)
	}
	table, err := in.rewritten(ctx)
	if err != nil {
		return err
	}
	return workbook.Write(path, workbook.Sheet{Name: in.book.Facts.Sheet, Rows: table})
}

// rewritten runs through all rows of the file as saving would leave them.
func (in *SaveInput) rewritten(ctx context.Context) (iter.Seq[[]string], error) {
	changes, _ := in.changes()
	table, err := in.book.Changed(ctx, changes)
	if err != nil {
		return nil, err
	}
	return func(yield func([]string) bool) {
		for r := range table.Len() {
			if !yield(table.Row(r, nil)) {
				return
			}
		}
	}, nil
}

// Export writes the exact template for the vendor's own page, in parts of at
// most 2,000 users, and names the files it wrote. It never writes over the file
// that is open, whose other columns would be lost.
func (b *Bench) Export(ctx context.Context, in SaveInput, path string) ([]string, error) {
	rows := in.exported()
	names := in.exportNames(path)
	if err := notOver(in.book.Path, "template", names...); err != nil {
		return nil, err
	}
	var files []string
	for part, name := range names {
		if ctx.Err() != nil {
			return files, ctx.Err()
		}
		of := rows[part*plan.MaxRows : min((part+1)*plan.MaxRows, len(rows))]
		err := workbook.Write(name, workbook.Sheet{Header: roster.Headers(), Lists: b.lists(), Rows: func(yield func([]string) bool) {
			for _, r := range of {
				texts := in.view.Row(r)
				if !yield(texts[:]) {
					return
				}
			}
		}})
		if err != nil {
			return files, err
		}
		files = append(files, name)
	}
	return files, nil
}

// Replaced lists the files, path itself aside, that an export to path would put
// others in the place of: the parts of an earlier one. Whoever chose path was not
// asked about them. It looks at the disk: run it in the background.
func (in SaveInput) Replaced(path string) (there []string) {
	for _, name := range in.exportNames(path) {
		if _, err := os.Stat(name); name != path && err == nil {
			there = append(there, name)
		}
	}
	return there
}

// exported are the rows that an export holds.
func (in SaveInput) exported() []sheet.RowID {
	rows := in.snap.Rows()
	if len(in.left) == 0 {
		return rows
	}
	return slices.DeleteFunc(slices.Clone(rows), func(r sheet.RowID) bool { return in.left[r] })
}

func (in SaveInput) exportNames(path string) []string {
	return partNames(path, max(1, (len(in.exported())+plan.MaxRows-1)/plan.MaxRows))
}

// partNames are the files of an export: "users.csv", or "users-1.csv" and so on.
func partNames(path string, parts int) []string {
	if parts == 1 {
		return []string{path}
	}
	ext := filepath.Ext(path)
	names := make([]string, parts)
	for i := range names {
		names[i] = fmt.Sprintf("%s-%d%s", strings.TrimSuffix(path, ext), i+1, ext)
	}
	return names
}

// notOver refuses to write something else over the file that is open, which
// would be lost.
func notOver(source, what string, names ...string) error {
	own, err := os.Stat(source)
	if err != nil {
		return nil //nolint:nilerr // what is not there cannot be written over
	}
	for _, name := range names {
		if other, err := os.Stat(name); err == nil && os.SameFile(own, other) {
			return problem.New("The "+what+" would be written over the file itself, so nothing was written. Give it another name.", nil)
		}
	}
	return nil
}

// lists are the drop-downs of a template: status, role, and the account's
// groups where they are known.
func (b *Bench) lists() map[int]workbook.List {
	lists := map[int]workbook.List{
		int(roster.Status): {Values: []string{account.StatusActive, account.StatusArchived}},
		int(roster.Role):   {Values: account.Roles()},
	}
	if dir := b.Directory(); dir != nil && !dir.NoGroups && len(dir.Groups) > 0 {
		lists[int(roster.Groups)] = workbook.List{Values: append(account.GroupNames(dir.Groups), roster.NoGroup), Open: true}
	}
	return lists
}

// Template writes an empty template, .csv or .xlsx with drop-downs.
func (b *Bench) Template(_ context.Context, path string) error {
	return workbook.Write(path, workbook.Sheet{Header: roster.Headers(), Lists: b.lists()})
}

// FilledTemplate writes the account's users as a template.
func (b *Bench) FilledTemplate(ctx context.Context, path string) error {
	dir := b.Directory()
	if dir == nil {
		return ErrNoAccount
	}
	rows, left := make([][]string, len(dir.Users)), 0
	for i := range dir.Users {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		row, without := templateRow(&dir.Users[i], dir)
		rows[i] = row
		left += without
	}
	err := workbook.Write(path, workbook.Sheet{Header: roster.Headers(), Lists: b.lists(), Rows: slices.Values(rows)})
	if err != nil {
		return err
	}
	if dir.Partial {
		b.note("The copy of the account holds only " + plural(len(rows), "user", "users") + " of more, and so does the file.")
	}
	if left > 0 {
		b.note(plural(left, "source username is", "source usernames are") + " of sources that are switched off in the account, where an import would be refused, and so not in the file. The account keeps them.")
	}
	return nil
}

// templateRow writes a user as a row of the template (guide, columns A to F).
// Identifiers of sources that are switched off cannot be imported (guide,
// "Unknown Sources") and are left out, where the account is given; without says
// how many those are.
func templateRow(u *account.User, dir *account.Directory) (row []string, without int) {
	groups := roster.NoGroup
	if len(u.Groups) > 0 {
		groups = strings.Join(u.Groups, ",")
	}
	ids := make([]string, 0, len(u.Identifiers))
	for _, id := range u.Identifiers {
		if dir != nil {
			if s, ok := dir.Source(id.Source); ok && !s.Enabled {
				without++
				continue
			}
		}
		ids = append(ids, id.String())
	}
	return []string{account.Status(u.Active), u.DisplayName, u.Email, u.Role, groups, strings.Join(ids, ",")}, without
}

// Cells reads a file without judging it: every row from the first on.
func Cells(ctx context.Context, path string, o OpenOptions) (Table, error) {
	book, err := workbook.Open(ctx, path, o.workbook(""))
	if err != nil {
		return nil, err
	}
	return book.Table, nil
}

// Table is what was read of a file.
type Table interface {
	Len() int
	Row(row int, dst []string) []string
}
