package practice

import (
	"context"
	"database/sql"
	"sort"
	"strings"

	"rollcall/internal/practice/schema"
)

// State is the whole account, as the database holds it: past all quirks.
type State struct {
	// Users and Groups stand in the order in which they were made.
	Users   []User
	Groups  []Group
	Sources []Source
}

// User is a user of the account.
type User struct {
	ID, UserName, DisplayName string
	Active                    bool
	// Role is the value of the primary role, or of the first, or "".
	Role string
	// Roles are all role values, in their order.
	Roles []string
	// Groups are the names of the user's groups, sorted. A group that lists the
	// user twice stands twice.
	Groups      []string
	Identifiers []Identifier
	Version     int
	// Doc is the stored resource without id, meta and groups.
	Doc map[string]any
}

// Group is a group of the account.
type Group struct {
	ID, DisplayName string
	// Members are user ids, in the order in which they were added.
	Members []string
	Version int
}

// User finds the user with that userName, without regard to letter case.
func (s State) User(userName string) (User, bool) {
	all := s.UsersNamed(userName)
	if len(all) == 0 {
		return User{}, false
	}
	return all[0], true
}

// UsersNamed finds all users with that userName, whatever the letter case.
func (s State) UsersNamed(userName string) (out []User) {
	for _, u := range s.Users {
		if schema.Fold(u.UserName) == schema.Fold(userName) {
			out = append(out, u)
		}
	}
	return out
}

// Group finds the group with that name, without regard to letter case.
func (s State) Group(name string) (Group, bool) {
	for _, g := range s.Groups {
		if schema.Fold(g.DisplayName) == schema.Fold(name) {
			return g, true
		}
	}
	return Group{}, false
}

// Dump reads the whole account straight from the database.
func (s *Server) Dump(ctx context.Context) (State, error) {
	var state State
	err := s.store.do(ctx, func(x *tx) error {
		known, err := x.sources()
		if err != nil {
			return err
		}
		for _, k := range known {
			state.Sources = append(state.Sources, k.Source)
		}
		if state.Users, err = x.dumpUsers(); err != nil {
			return err
		}
		return x.dumpGroups(&state)
	})
	return state, err
}

func (x *tx) dumpUsers() ([]User, error) {
	records, err := x.records("SELECT " + columns + " FROM users ORDER BY seq")
	if err != nil {
		return nil, err
	}
	out := make([]User, len(records))
	for i, r := range records {
		out[i] = r.user()
	}
	return out, nil
}

func (r *record) user() User {
	u := User{ID: r.id, Identifiers: identifiersOf(r.doc), Version: r.version, Doc: r.doc}
	u.UserName, _ = r.doc["userName"].(string)
	u.DisplayName, _ = r.doc["displayName"].(string)
	switch active := r.doc["active"].(type) {
	case bool:
		u.Active = active
	case string:
		u.Active = strings.EqualFold(active, "true")
	}
	list, _ := r.doc["roles"].([]any)
	for i, e := range list {
		role, _ := e.(schema.Doc)
		value, _ := role["value"].(string)
		u.Roles = append(u.Roles, value)
		if i == 0 || role["primary"] == true {
			u.Role = value
		}
	}
	return u
}

func (x *tx) dumpGroups(state *State) error {
	records, err := x.records("SELECT " + columns + " FROM groups ORDER BY seq")
	if err != nil {
		return err
	}
	users := make(map[string]*User, len(state.Users))
	for i := range state.Users {
		users[state.Users[i].ID] = &state.Users[i]
	}
	for _, r := range records {
		g := Group{ID: r.id, Version: r.version}
		g.DisplayName, _ = r.doc["displayName"].(string)
		err := x.each(`SELECT u.id FROM members m JOIN users u ON u.seq = m.user WHERE m."group" = ? ORDER BY m.seq`, func(rows *sql.Rows) error {
			var id string
			err := rows.Scan(&id)
			g.Members = append(g.Members, id)
			return err
		}, r.seq)
		if err != nil {
			return err
		}
		for _, id := range g.Members {
			users[id].Groups = append(users[id].Groups, g.DisplayName)
		}
		state.Groups = append(state.Groups, g)
	}
	for i := range state.Users {
		sort.Strings(state.Users[i].Groups)
	}
	return nil
}
