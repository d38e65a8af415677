package plan

import (
	"rollcall/internal/account"
)

// Flags are the classes of the look-twice list, as a set of bits.
type Flags uint8

// The classes that belong to single rows. The last Admin and the archiving of
// more than a fifth belong to the whole plan.
const (
	BecomesAdmin Flags = 1 << iota
	LosesAdmin
	Archives
	Self
)

// Attention is what deserves a second look, and a confirmation typed by hand
// (product.md, "Look twice").
type Attention struct {
	BecomesAdmin int `json:"becomesAdmin"`
	LosesAdmin   int `json:"losesAdmin"`
	// Archived counts active users of the account who would be archived.
	Archived int `json:"archived"`
	// LastAdmin: the account would be left without an active Admin.
	LastAdmin bool `json:"lastAdmin"`
	// Self: the signed-in user's own row changes.
	Self bool `json:"self"`
	// ArchivesMany: more than a fifth of the active users would be archived.
	ArchivesMany bool `json:"archivesMany"`
}

// Needed says whether anything asks for a confirmation.
func (a Attention) Needed() bool {
	return a.BecomesAdmin > 0 || a.LosesAdmin > 0 || a.Archived > 0 || a.LastAdmin || a.Self || a.ArchivesMany
}

// flags are the classes of the look-twice list that an entry is in. self is the
// signed-in user's e-mail, "" where it is not known.
func flags(e *Entry, self string) Flags {
	var f Flags
	if e.Action != Add && e.Action != Update {
		return f
	}
	wasAdmin := e.Before != nil && e.Before.Role == account.RoleAdmin
	isAdmin := e.After.Role == account.RoleAdmin
	if isAdmin && !wasAdmin {
		f |= BecomesAdmin
	}
	if wasAdmin && !isAdmin {
		f |= LosesAdmin
	}
	if e.Before != nil && e.Before.Active && !e.After.Active {
		f |= Archives
	}
	if self != "" && account.EmailKey(self) == account.EmailKey(e.After.Email) {
		f |= Self
	}
	return f
}
