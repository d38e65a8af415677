package workbench

import (
	"context"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"rollcall/internal/account"
	"rollcall/internal/problem"
	"rollcall/internal/roster"
	"rollcall/internal/workbook"
)

// UserList is a customer's exported list of users, taken as the copy of an
// account that cannot be reached: support works without credentials, and the
// result is the export for upload.
type UserList struct {
	// Groups and Sources are typed in, beside those that the list holds.
	Groups  []string
	Sources []string
	Columns []string // as --column takes them
	// Password opens an encrypted workbook. It is kept nowhere.
	Password string
}

// listPrefix begins the id of a profile that is a user list.
const listPrefix = "list:"

// UseUserList works on a customer's user list (CSV or XLSX), offline. Where the
// list cannot serve, or another account is chosen while it is read, the account
// that is chosen stays.
func (b *Bench) UseUserList(ctx context.Context, path string, o UserList) error {
	before, _ := b.chosen()
	dir, err := b.readUserList(ctx, path, o)
	if err != nil {
		return err
	}
	if id, name := b.chosen(); id != before && id != "" {
		return problem.New("“"+name+"” was chosen while the list was read, so it is not replaced by the list. Choose the list again to work from it.", nil)
	}
	name := filepath.Base(path)
	dir.Account = name
	b.current.Store(&current{profile: account.Profile{ID: listPrefix + path, Name: name, ReadOnly: true}, dir: dir, fixed: true})
	return nil
}

func (b *Bench) readUserList(ctx context.Context, path string, o UserList) (*account.Directory, error) {
	options := OpenOptions{Columns: o.Columns, Password: o.Password}
	book, err := workbook.Open(ctx, path, options.workbook(""))
	if err != nil {
		return nil, err
	}
	// The list is not to be read by another account's groups.
	alone := &Bench{store: b.store}
	d, err := alone.prepared(book, filepath.Base(path), options, nil)
	if err != nil {
		return nil, err
	}
	if d.mapping.Columns[roster.Email].Kind == roster.None {
		return nil, problem.New("No column of this list is recognised as the users' e-mail, so it cannot stand for the account. Call the column “Primary Email” in the list, or choose another list.", nil)
	}
	dir := &account.Directory{SyncedAt: d.book.Stamp().Modified}
	for r := range d.sheet.All() {
		if u := d.userOf(d.view.Row(r)); u.Email != "" {
			dir.Users = append(dir.Users, u)
		}
	}
	if len(dir.Users) == 0 {
		return nil, problem.New("This list holds no user with an e-mail, so it cannot stand for the account. Choose another list.", nil)
	}
	dir.Groups, dir.NoGroups = listedGroups(dir.Users, o.Groups)
	dir.Sources, dir.NoSources = listedSources(dir.Users, o.Sources)
	return dir, ctx.Err()
}

// groupBreaks separate groups in other products' lists.
var groupBreaks = regexp.MustCompile(`\s*[,;|\n]\s*`)

// userOf reads a row of a list leniently: it is what the account has, not what
// an import asks for.
func (d *Document) userOf(texts [roster.NumColumns]string) account.User {
	texts[roster.Groups] = groupBreaks.ReplaceAllString(texts[roster.Groups], ",")
	u := roster.Parse(texts, nil)
	status := strings.ToLower(roster.Tidy(texts[roster.Status]))
	if status == "" || d.mapping.Columns[roster.Status].Kind == roster.None {
		u.Active = true
	}
	return u
}

func listedGroups(users []account.User, typed []string) (groups []account.Group, none bool) {
	seen := make(map[string]bool)
	add := func(name string) {
		if key := strings.ToLower(name); name != "" && !seen[key] {
			seen[key] = true
			groups = append(groups, account.Group{Name: name})
		}
	}
	for _, name := range typed {
		add(roster.Tidy(name))
	}
	for i := range users {
		for _, g := range users[i].Groups {
			add(g)
		}
	}
	return groups, len(groups) == 0
}

func listedSources(users []account.User, typed []string) (sources []account.Source, none bool) {
	add := func(name string) {
		if name != "" && !slices.ContainsFunc(sources, func(s account.Source) bool { return strings.EqualFold(s.Name, name) }) {
			sources = append(sources, account.Source{Name: name, Enabled: true})
		}
	}
	for _, name := range typed {
		add(roster.Tidy(name))
	}
	for i := range users {
		for _, id := range users[i].Identifiers {
			add(id.Source)
		}
	}
	return sources, len(sources) == 0
}
