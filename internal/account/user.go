// Package account says what an account is: users, groups, sources, the copy of
// its directory, a profile to reach it by, and the interface that an account's
// API answers to. It knows no wire format, no file and no screen.
package account

import (
	"sort"
	"strings"
	"time"
	"unicode/utf8"
)

// The roles of the guide, column D.
const (
	RoleUser       = "User"
	RoleAdmin      = "Admin"
	RoleSupervisor = "Supervisor"
)

// Roles lists the valid roles in the guide's order.
func Roles() []string { return []string{RoleUser, RoleAdmin, RoleSupervisor} }

// The statuses of the guide, column A.
const (
	StatusActive   = "Active"
	StatusArchived = "Archived"
)

// Status is the guide's word for SCIM's active attribute.
func Status(active bool) string {
	if active {
		return StatusActive
	}
	return StatusArchived
}

// Identifier is one source username: a user's identifier on one source.
type Identifier struct {
	Source string `json:"source"`
	Value  string `json:"value"`
}

// String is the form of the template: source:value.
func (i Identifier) String() string { return i.Source + ":" + i.Value }

// Key compares identifiers: sources and values without regard to case and
// surrounding spaces.
func (i Identifier) Key() string {
	return strings.ToLower(strings.TrimSpace(i.Source)) + ":" + strings.ToLower(strings.TrimSpace(i.Value))
}

// AppendKey appends Key to buf, without memory of its own for what is ASCII.
func (i Identifier) AppendKey(buf []byte) []byte {
	buf = append(appendLower(buf, strings.TrimSpace(i.Source)), ':')
	return appendLower(buf, strings.TrimSpace(i.Value))
}

func appendLower(buf []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return append(buf, strings.ToLower(s[i:])...)
		}
		c := s[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		buf = append(buf, c)
	}
	return buf
}

// User is one user as the account has it, or as a row wants it.
type User struct {
	// ID is the account's own (SCIM id); "" for a user not yet there.
	ID          string `json:"id,omitempty"`
	Email       string `json:"email"`
	DisplayName string `json:"displayName"`
	Active      bool   `json:"active"`
	// Role is User, Admin or Supervisor; "" where the account shows none.
	Role string `json:"role"`
	// Groups holds names. GroupsHidden says that the account did not show them.
	Groups       []string     `json:"groups"`
	GroupsHidden bool         `json:"groupsHidden,omitempty"`
	Identifiers  []Identifier `json:"identifiers"`
	// Version is SCIM's meta.version (an ETag), "" where the account has none.
	Version string `json:"version,omitempty"`
	// LastModified is SCIM's meta.lastModified, zero where unknown.
	LastModified time.Time `json:"lastModified,omitzero"`
}

// InGroup says whether the user has the group, without regard to case.
func (u *User) InGroup(name string) bool {
	for _, g := range u.Groups {
		if strings.EqualFold(g, name) {
			return true
		}
	}
	return false
}

// HasIdentifier says whether the user has the identifier.
func (u *User) HasIdentifier(id Identifier) bool {
	for _, have := range u.Identifiers {
		if have.Key() == id.Key() {
			return true
		}
	}
	return false
}

// Group is a group of the account. Groups exist before an import (guide,
// column E); Rollcall makes none.
type Group struct {
	ID   string `json:"id,omitempty"`
	Name string `json:"name"`
}

// Source is a communication platform of the account.
type Source struct {
	Name        string `json:"name"`
	DisplayName string `json:"displayName,omitempty"`
	Enabled     bool   `json:"enabled"`
	// IdentifierPattern is a regular expression (RE2), "" where the account
	// gives none.
	IdentifierPattern string `json:"identifierPattern,omitempty"`
	Example           string `json:"example,omitempty"`
}

// GroupNames lists names of groups, sorted without regard to case.
func GroupNames(groups []Group) []string {
	names := make([]string, len(groups))
	for i, g := range groups {
		names[i] = g.Name
	}
	sort.Slice(names, func(i, j int) bool { return strings.ToLower(names[i]) < strings.ToLower(names[j]) })
	return names
}
