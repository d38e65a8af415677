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
	byEmail *finder // places of users
	byID    *finder // places of users
	byIdent *finder // places in owned
	owned   []owned
	group   map[string]int
	twins   map[string]bool // groups that differ in letter case only
	source  map[string]int
}

// owned is where one identifier stands: the user's place, and its own there.
type owned struct{ user, nth int32 }

// index builds the look-ups once. Directories are shared between goroutines, so
// that it is behind a Once.
func (d *Directory) index() {
	d.once.Do(func() {
		d.byEmail = newFinder(len(d.Users), func(i int, buf []byte) []byte { return append(buf, EmailKey(d.Users[i].Email)...) })
		d.byID = newFinder(len(d.Users), func(i int, buf []byte) []byte { return append(buf, d.Users[i].ID...) })
		n := 0
		for i := range d.Users {
			n += len(d.Users[i].Identifiers)
		}
		d.owned = make([]owned, 0, n)
		for i := range d.Users {
			for nth := range d.Users[i].Identifiers {
				d.owned = append(d.owned, owned{int32(i), int32(nth)})
			}
		}
		d.byIdent = newFinder(n, func(i int, buf []byte) []byte {
			o := d.owned[i]
			return d.Users[o.user].Identifiers[o.nth].AppendKey(buf)
		})
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
	return d.pick(d.byEmail.all(key))
}

// ByID returns the user with the account's own id, or nil.
func (d *Directory) ByID(id string) *User {
	d.index()
	if at := d.byID.all(id); at != nil {
		return &d.Users[at[len(at)-1]]
	}
	return nil
}

// Owners returns the users that have the identifier.
func (d *Directory) Owners(id Identifier) []*User {
	d.index()
	at := d.byIdent.all(id.Key())
	for i, place := range at {
		at[i] = int(d.owned[place].user)
	}
	return d.pick(at)
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
