package workbench

import (
	"strings"

	"rollcall/internal/check"
	"rollcall/internal/roster"
	"rollcall/internal/store"
)

// RememberFix keeps, for the chosen account, that a value of a column was
// replaced by another: the next file with the same value is offered the same
// fix.
func (b *Bench) RememberFix(col roster.Column, from, to string) error {
	return b.store.RememberFix(b.profileID(), store.ValueFix{Column: col.Header(), From: from, To: to})
}

// ForgetFix no longer offers a remembered fix.
func (b *Bench) ForgetFix(col roster.Column, from, to string) error {
	return b.store.ForgetFix(b.profileID(), store.ValueFix{Column: col.Header(), From: from, To: to})
}

// withRemembered puts what was chosen in earlier files where the checks have
// no suggestion of their own. It stays the user's choice: it is not certain.
func (d *Document) withRemembered(groups []check.Group) []check.Group {
	fixes := d.bench.store.Fixes(d.bench.profileID())
	if len(fixes) == 0 {
		return groups
	}
	type key struct{ column, from string }
	known := make(map[key]string, len(fixes))
	for _, f := range fixes {
		known[key{f.Column, strings.ToLower(f.From)}] = f.To
	}
	for g := range groups {
		for v := range groups[g].Values {
			value := &groups[g].Values[v]
			to, ok := known[key{value.Column.Header(), strings.ToLower(value.Value)}]
			if ok && value.Value != "" && !value.Certain {
				value.Suggestion, value.HasSuggestion = to, true
			}
		}
	}
	return groups
}
