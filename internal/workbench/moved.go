package workbench

import (
	"slices"

	"rollcall/internal/account"
	"rollcall/internal/plan"
)

// movedSince lists the e-mails of users whom the plan changes and whom someone
// else changed, or added, between two copies of the account.
func movedSince(p *plan.Plan, before, now *account.Directory) []string {
	if before == nil || before == now || before.Partial || now.Partial {
		return nil
	}
	var moved []string
	for i := range p.Entries {
		e := &p.Entries[i]
		if e.Action != plan.Update || e.Before == nil {
			continue
		}
		old := before.ByEmail(e.Before.Email)
		if len(old) != 1 || !sameUser(old[0], e.Before) {
			moved = append(moved, e.Before.Email)
		}
	}
	return moved
}

// sameUser compares what an import can change.
func sameUser(a, b *account.User) bool {
	return a.DisplayName == b.DisplayName && a.Active == b.Active && a.Role == b.Role &&
		sameStrings(a.Groups, b.Groups) && slices.EqualFunc(sortedIDs(a), sortedIDs(b), func(x, y string) bool { return x == y })
}

func sameStrings(a, b []string) bool {
	a, b = slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))
	return slices.Equal(a, b)
}

func sortedIDs(u *account.User) []string {
	keys := make([]string, len(u.Identifiers))
	for i, id := range u.Identifiers {
		keys[i] = id.Key()
	}
	slices.Sort(keys)
	return keys
}

// MovedText says in a sentence that the account moved on below the plan, "" if
// it did not.
func (p *Planned) MovedText() string {
	switch n := len(p.Moved); n {
	case 0:
		return ""
	case 1:
		return "1 of the users you are changing was changed by someone else since the last sync."
	default:
		return Number(n) + " of the users you are changing were changed by someone else since the last sync."
	}
}
