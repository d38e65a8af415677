package roster

import (
	"strings"

	"rollcall/internal/account"
)

// NoGroup is what the guide has one write for a user in no group.
const NoGroup = "none"

// Parse makes the user that a valid row stands for: spaces and invisible
// characters around values taken away as the checks would, status, role, groups
// and sources in the account's own spelling, "none" as no groups. A row with
// errors gives what can be read of it; nothing is defaulted but the status,
// which is active only where the row says so.
func Parse(texts [NumColumns]string, dir *account.Directory) account.User {
	u := account.User{
		Email:       Tidy(texts[Email]),
		DisplayName: Tidy(texts[Name]),
		Active:      strings.EqualFold(Tidy(texts[Status]), account.StatusActive),
		Role:        Tidy(texts[Role]),
		Groups:      []string{},
		Identifiers: []account.Identifier{},
	}
	for _, role := range account.Roles() {
		if strings.EqualFold(role, u.Role) {
			u.Role = role
		}
	}
	for _, t := range SplitGroups(texts[Groups], dir) {
		if t.Text == "" || strings.EqualFold(t.Text, NoGroup) || u.InGroup(t.Group) {
			continue
		}
		u.Groups = append(u.Groups, t.Group)
	}
	for _, t := range SplitSources(texts[Sources], dir) {
		id := account.Identifier{Source: t.Source, Value: t.Value}
		if t.Value == "" || u.HasIdentifier(id) {
			continue
		}
		u.Identifiers = append(u.Identifiers, id)
	}
	return u
}
