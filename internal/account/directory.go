package account

import (
	"strings"
	"sync"
	"time"
)

// Directory is a copy of an account at one moment: what the checks and the
// preview run against, online and off. It is immutable once it is shared.
type Directory struct {
	// Account names the profile or the file it came from.
	Account  string
	SyncedAt time.Time
	Users    []User
	Groups   []Group
	Sources  []Source
	// NoGroups and NoSources say that the account did not show its groups or
	// sources, so that rules that need them are "not checked", never passed.
	NoGroups  bool
	NoSources bool
	// Self is the signed-in user's e-mail, "" where the account does not tell.
	Self string
	// Partial says that Users holds only those that were looked up: a large
	// directory. A user who is not in it may exist all the same.
	Partial bool

	once    sync.Once
	byEmail map[string][]int
	byID    map[string]int
	byIdent map[string][]int
	group   map[string]int
	twins   map[string]bool // groups that differ in letter case only
	source  map[string]int
}

// index builds the look-up maps once. Directories are shared between
// goroutines, so that it is behind a Once.
func (d *Directory) index() {
	d.once.Do(func() {
		d.byEmail = make(map[string][]int, len(d.Users))
		d.byID = make(map[string]int, len(d.Users))
		d.byIdent = make(map[string][]int)
		for i := range d.Users {
			u := &d.Users[i]
			k := EmailKey(u.Email)
			d.byEmail[k] = append(d.byEmail[k], i)
			if u.ID != "" {
				d.byID[u.ID] = i
			}
			for _, id := range u.Identifiers {
				d.byIdent[id.Key()] = append(d.byIdent[id.Key()], i)
			}
		}
		d.group = make(map[string]int, len(d.Groups))
		d.twins = make(map[string]bool)
		for i, g := range d.Groups {
			key := strings.ToLower(g.Name)
			if _, twice := d.group[key]; twice {
				d.twins[key] = true
				continue
			}
			d.group[key] = i
		}
		d.source = make(map[string]int, len(d.Sources))
		for i, s := range d.Sources {
			d.source[strings.ToLower(s.Name)] = i
		}
	})
}

// ByEmail returns the users with that primary e-mail (EmailKey). More than one
// is an account that keeps e-mails by case: the row is ambiguous.
func (d *Directory) ByEmail(email string) []*User { return d.ByEmailKey(EmailKey(email)) }

// ByEmailKey is ByEmail for a key already made.
func (d *Directory) ByEmailKey(key string) []*User {
	d.index()
	return d.pick(d.byEmail[key])
}

// ByID returns the user with the account's own id, or nil.
func (d *Directory) ByID(id string) *User {
	d.index()
	if i, ok := d.byID[id]; ok {
		return &d.Users[i]
	}
	return nil
}

// Owners returns the users that have the identifier.
func (d *Directory) Owners(id Identifier) []*User {
	d.index()
	return d.pick(d.byIdent[id.Key()])
}

func (d *Directory) pick(at []int) []*User {
	if len(at) == 0 {
		return nil
	}
	users := make([]*User, len(at))
	for i, n := range at {
		users[i] = &d.Users[n]
	}
	return users
}

// Group finds a group by name without regard to case; exact says that the
// spelling is the account's own.
func (d *Directory) Group(name string) (g Group, exact, ok bool) {
	d.index()
	i, ok := d.group[strings.ToLower(name)]
	if !ok {
		return Group{}, false, false
	}
	return d.Groups[i], d.Groups[i].Name == name, true
}

// GroupTwins says whether the account has several groups of that name, letter
// case aside: which of them is meant cannot be known.
func (d *Directory) GroupTwins(name string) bool {
	d.index()
	return d.twins[strings.ToLower(name)]
}

// Source finds a source by name without regard to case.
func (d *Directory) Source(name string) (Source, bool) {
	d.index()
	i, ok := d.source[strings.ToLower(name)]
	if !ok {
		return Source{}, false
	}
	return d.Sources[i], true
}

// Admins counts the active users with the role Admin.
func (d *Directory) Admins() int {
	n := 0
	for i := range d.Users {
		if d.Users[i].Active && d.Users[i].Role == RoleAdmin {
			n++
		}
	}
	return n
}
