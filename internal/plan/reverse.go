package plan

import (
	"slices"
	"strings"

	"rollcall/internal/account"
	"rollcall/internal/sheet"
)

// Touched is one user that an import changed: as it was, and as the import
// left it. Before is nil for a user who was added.
type Touched struct {
	Number int           `json:"row"`
	Before *account.User `json:"before,omitempty"`
	After  account.User  `json:"after"`
}

// Reverse plans the undoing of an import against the account as it is now. A
// user changed since the import is left alone and says so. A user whom the
// import added is archived, since users are never deleted, and gives back the
// groups and identifiers that the import brought. What cannot be taken back is
// the entry's Reason.
func Reverse(touched []Touched, now *account.Directory) *Plan {
	p := &Plan{Account: now.Account, Reverse: true}
	for i := range touched {
		p.Entries = append(p.Entries, reverse(&touched[i], sheet.RowID(i), now))
	}
	p.Finish(now)
	return p
}

func reverse(t *Touched, id sheet.RowID, now *account.Directory) Entry {
	e := Entry{Row: id, Number: t.Number, After: t.After}
	current := now.ByID(t.After.ID)
	if current == nil {
		if same := now.ByEmail(t.After.Email); len(same) == 1 {
			current = same[0]
		}
	}
	if current == nil {
		e.Action, e.Reason = Blocked, "The account no longer has this user, so there is nothing to undo."
		return e
	}
	before := *current
	if before.GroupsHidden && (t.Before == nil || !t.Before.GroupsHidden) {
		before.Groups = slices.Clone(t.After.Groups) // as the import left them
	}
	e.Before = &before
	e.After = goal(t, &before)
	e.Changes = diff(&before, &e.After)
	stays := stays(t, &before)
	if len(e.Changes) == 0 && stays == "" {
		e.Action, e.Reason = Unchanged, "Already as it was before the import."
		return e
	}
	if changed := changedSince(t, &before); len(changed) > 0 {
		e.Action, e.Changes = Blocked, nil
		e.Reason = "Changed since the import (" + strings.Join(changed, ", ") + "), so it is left alone."
		return e
	}
	e.Action, e.Reason = Update, stays
	if len(e.Changes) == 0 {
		e.Action = Blocked
	}
	return e
}

// stays says what the import brought and an undo cannot take back: a role where
// there was none, since accounts take no empty one, and groups of which nobody
// can tell whether the user was in them before.
func stays(t *Touched, now *account.User) string {
	if t.Before == nil {
		return ""
	}
	var says []string
	if t.Before.Role == "" && now.Role != "" {
		says = append(says, "The account had no role for this user, and a role cannot be taken away: it stays “"+now.Role+"”.")
	}
	if t.Before.GroupsHidden && now.GroupsHidden {
		if gained := missing(t.After.Groups, t.Before.Groups); len(gained) > 0 {
			says = append(says, "The account does not show who is in its groups, so it is not known whether this user was in “"+
				strings.Join(gained, "”, “")+"” before the import: the user stays there.")
		}
	}
	return strings.Join(says, " ")
}

// goal is the user as it shall be after the undoing. Groups and identifiers
// gained elsewhere since are kept.
func goal(t *Touched, now *account.User) account.User {
	after := *now
	var old account.User
	if t.Before != nil {
		old = *t.Before
		after.DisplayName, after.Active = old.DisplayName, old.Active
		if old.Role != "" {
			after.Role = old.Role
		}
	} else {
		after.Active = false
	}
	after.Groups = slices.DeleteFunc(slices.Clone(now.Groups), func(g string) bool {
		return t.After.InGroup(g) && !old.InGroup(g)
	})
	after.Identifiers = slices.DeleteFunc(slices.Clone(now.Identifiers), func(id account.Identifier) bool {
		return t.After.HasIdentifier(id) && !old.HasIdentifier(id)
	})
	return after
}

// changedSince names what someone else changed after the import.
func changedSince(t *Touched, now *account.User) []string {
	var names []string
	if now.Active != t.After.Active {
		names = append(names, "status")
	}
	if now.DisplayName != t.After.DisplayName {
		names = append(names, "name")
	}
	if now.Role != t.After.Role {
		names = append(names, "role")
	}
	if !now.GroupsHidden && !sameSet(now.Groups, t.After.Groups) {
		names = append(names, "groups")
	}
	if !sameSet(identifiers(now.Identifiers), identifiers(t.After.Identifiers)) {
		names = append(names, "source usernames")
	}
	return names
}

func sameSet(a, b []string) bool { return len(missing(a, b)) == 0 && len(missing(b, a)) == 0 }
