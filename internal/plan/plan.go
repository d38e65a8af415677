// Package plan compares what a sheet wants with what the account has: who is
// added, who is updated and how, who is untouched, what deserves a second look,
// and the reverse of an import. It is pure: no network, no files, no clock.
package plan

import (
	"context"
	"slices"
	"strings"

	"rollcall/internal/account"
	"rollcall/internal/sheet"
)

// MaxRows is how many users one import may hold (guide, "Maximum Rows"). A
// longer plan is carried out in parts of at most this many.
const MaxRows = 2000

// Action is what happens to one user.
type Action string

// The actions of product.md's `plan --json`.
const (
	Add       Action = "add"
	Update    Action = "update"
	Unchanged Action = "unchanged"
	Blocked   Action = "blocked"
)

// Row is one row of the sheet, as the plan needs it.
type Row struct {
	ID sheet.RowID
	// Number is the row of the user's file, 0 for an inserted row.
	Number int
	// User is what the row asks for; for a blocked row only what could be read.
	User account.User
	// Blocked says why the row cannot be imported; "" for a valid row.
	Blocked string
}

// Field names one attribute in a Change.
type Field string

// The fields, by their names in `plan --json`.
const (
	FieldStatus      Field = "status"
	FieldName        Field = "displayName"
	FieldRole        Field = "role"
	FieldGroups      Field = "groups"
	FieldIdentifiers Field = "identifiers"
)

// Change is one attribute's old and new value. Of From and To, text is used for
// status, name and role, lists for groups and identifiers, where To is the
// whole list afterwards. From is empty for a user who is added.
type Change struct {
	Field    Field
	From, To string
	// FromList and ToList are groups' names or identifiers as source:value.
	FromList, ToList []string
}

// Gained lists what To has and From has not.
func (c Change) Gained() []string { return missing(c.ToList, c.FromList) }

// Lost lists what From has and To has not: only a reverse plan loses anything.
func (c Change) Lost() []string { return missing(c.FromList, c.ToList) }

func missing(of, in []string) []string {
	var out []string
	for _, v := range of {
		if !slices.ContainsFunc(in, func(have string) bool { return strings.EqualFold(have, v) }) {
			out = append(out, v)
		}
	}
	return out
}

// Entry is one row's part of the plan.
type Entry struct {
	Row    sheet.RowID `json:"rowId"`
	Number int         `json:"row"`
	Action Action      `json:"action"`
	// Before is the user as the account has it; nil for an add.
	Before *account.User `json:"before,omitempty"`
	// After is the user as the account shall have it: groups and identifiers
	// are the whole lists, the kept ones included.
	After account.User `json:"after"`
	// Changes is what differs; empty for unchanged and blocked rows.
	Changes []Change `json:"changes,omitempty"`
	// Reason says why a row is blocked, or left alone by a reverse plan, and
	// of an update by a reverse plan what it cannot take back.
	Reason string `json:"reason,omitempty"`
	// Flags are the classes of the look-twice list that the row is in.
	Flags Flags `json:"flags,omitempty"`
	// Part numbers the part of at most MaxRows rows that the row is sent in,
	// from 1; 0 for rows that are not sent.
	Part int `json:"part,omitempty"`
}

// Email is the row's primary e-mail as it is shown.
func (e *Entry) Email() string { return e.After.Email }

// Change finds the change of a field.
func (e *Entry) Change(f Field) (Change, bool) {
	for _, c := range e.Changes {
		if c.Field == f {
			return c, true
		}
	}
	return Change{}, false
}

// Plan is the whole comparison, in the order of the rows.
type Plan struct {
	Account   string    `json:"account"`
	Entries   []Entry   `json:"entries"`
	Counts    Counts    `json:"counts"`
	Attention Attention `json:"attention"`
	// Reverse marks a plan that undoes an import.
	Reverse bool `json:"reverse,omitempty"`
}

// Counts are the figures on top of the preview.
type Counts struct {
	Add       int `json:"add"`
	Update    int `json:"update"`
	Unchanged int `json:"unchanged"`
	Blocked   int `json:"blocked"`
	// Parts is in how many parts of at most MaxRows the plan is sent.
	Parts int `json:"parts"`
}

// ToSend is how many users are added or updated.
func (c Counts) ToSend() int { return c.Add + c.Update }

// Build compares rows with the account's directory. A nil directory is an
// account without users: every valid row is an add. It stops early, with the
// context's error, when the context ends.
func Build(ctx context.Context, rows []Row, dir *account.Directory) (*Plan, error) {
	if dir == nil {
		dir = &account.Directory{NoGroups: true, NoSources: true}
	}
	p := &Plan{Account: dir.Account, Entries: make([]Entry, 0, len(rows))}
	for i := range rows {
		if i%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		p.Entries = append(p.Entries, compare(&rows[i], dir))
	}
	p.Finish(dir)
	return p, nil
}

// Finish counts, numbers the parts and collects what deserves a second look,
// after the entries were made or some were left out.
func (p *Plan) Finish(dir *account.Directory) {
	self := ""
	if dir != nil {
		self = dir.Self
	}
	sent := 0
	for i := range p.Entries {
		e := &p.Entries[i]
		e.Flags, e.Part = flags(e, self), 0
		if e.Action == Add || e.Action == Update {
			e.Part = sent/MaxRows + 1
			sent++
		}
	}
	t := p.Tally(dir)
	p.Counts, p.Attention = t.Counts, t.Attention
}

// Tally counts the finished plan, to be kept up while rows are left out.
func (p *Plan) Tally(dir *account.Directory) Tally {
	t := newTally(dir)
	for i := range p.Entries {
		t.Take(&p.Entries[i])
	}
	return t
}

// Without returns the plan with the given rows left out, counted anew: the
// unticked rows of the preview.
func (p *Plan) Without(rows map[sheet.RowID]bool, dir *account.Directory) *Plan {
	q := &Plan{Account: p.Account, Reverse: p.Reverse}
	for i := range p.Entries {
		if !rows[p.Entries[i].Row] {
			q.Entries = append(q.Entries, p.Entries[i])
		}
	}
	q.Finish(dir)
	return q
}

func compare(row *Row, dir *account.Directory) Entry {
	e := Entry{Row: row.ID, Number: row.Number, After: row.User}
	if row.Blocked != "" {
		e.Action, e.Reason = Blocked, row.Blocked
		return e
	}
	known := dir.ByEmail(row.User.Email)
	if len(known) > 1 {
		e.Action = Blocked
		e.Reason = "The account has more than one user with this e-mail, in different letter case. Merge them in the account first."
		return e
	}
	if len(known) == 0 {
		e.Action = Add
		e.Changes = diff(nil, &e.After)
		return e
	}
	before := *known[0]
	e.Before = &before
	e.After = merge(&before, &row.User)
	e.Changes = diff(&before, &e.After)
	e.Action = Update
	if len(e.Changes) == 0 {
		e.Action = Unchanged
	}
	return e
}

// merge is what an update leaves behind: the row's status, name and role, and
// the union of groups and of identifiers (guide, columns E and F: additive).
func merge(before, row *account.User) account.User {
	after := *before
	after.DisplayName, after.Active, after.Role = row.DisplayName, row.Active, row.Role
	after.Groups = slices.Clone(before.Groups)
	for _, g := range row.Groups {
		if !after.InGroup(g) {
			after.Groups = append(after.Groups, g)
		}
	}
	after.Identifiers = slices.Clone(before.Identifiers)
	for _, id := range row.Identifiers {
		if !after.HasIdentifier(id) {
			after.Identifiers = append(after.Identifiers, id)
		}
	}
	return after
}

// diff lists what changes from before, nil for a new user, to after.
func diff(before, after *account.User) []Change {
	var out []Change
	text := func(f Field, from, to string) {
		if before == nil || from != to {
			out = append(out, Change{Field: f, From: from, To: to})
		}
	}
	list := func(f Field, from, to []string) {
		c := Change{Field: f, FromList: from, ToList: to}
		if len(c.Gained()) > 0 || len(c.Lost()) > 0 {
			out = append(out, c)
		}
	}
	var old account.User
	status := ""
	if before != nil {
		old = *before
		status = account.Status(old.Active)
	}
	text(FieldStatus, status, account.Status(after.Active))
	text(FieldName, old.DisplayName, after.DisplayName)
	text(FieldRole, old.Role, after.Role)
	list(FieldGroups, old.Groups, after.Groups)
	list(FieldIdentifiers, identifiers(old.Identifiers), identifiers(after.Identifiers))
	return out
}

func identifiers(ids []account.Identifier) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = id.String()
	}
	return out
}
