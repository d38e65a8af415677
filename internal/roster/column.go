// Package roster is the template of the vendor's guide: its six columns, the
// matching of a file's columns and values to them, and a row as a user of the
// account. It reads cells through a small Reader and judges nothing: the rules
// are in check. No files, no wire, no screens may come in.
package roster

import "strings"

// Column is a column of the template, in the template's order.
type Column int

// The columns of the template (guide, "How to Fill Out the User Import
// Template").
const (
	Status Column = iota
	Name
	Email
	Role
	Groups
	Sources
)

// NumColumns is the number of columns of the template.
const NumColumns = 6

var headers = [NumColumns]string{
	"Current Status", "Display Name", "Primary Email", "Role", "Groups", "Source Username(s)",
}

// Header is the column's header in the template, "" outside.
func (c Column) Header() string {
	if c < 0 || c >= NumColumns {
		return ""
	}
	return headers[c]
}

// String is the header.
func (c Column) String() string { return c.Header() }

// Needed says whether every row must have a value in the column: all but the
// source usernames, which may be empty.
func (c Column) Needed() bool { return c >= 0 && c < Sources }

// Headers lists the template's header row.
func Headers() []string { return append([]string(nil), headers[:]...) }

// Columns lists the template's columns in order.
func Columns() []Column { return []Column{Status, Name, Email, Role, Groups, Sources} }

// ColumnOf finds a column by its header, without regard to case, spaces around
// it and the guide's own spelling "Group(s)".
func ColumnOf(header string) (Column, bool) {
	h := strings.ToLower(strings.TrimSpace(header))
	for c, name := range headers {
		if h == strings.ToLower(name) {
			return Column(c), true
		}
	}
	if h == "group(s)" {
		return Groups, true
	}
	return 0, false
}
