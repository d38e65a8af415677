package workbench

import (
	"slices"
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

// RememberedFix is the remembered replacement of a value, whatever its letter
// case.
func (b *Bench) RememberedFix(col roster.Column, from string) (to string, ok bool) {
	for _, f := range b.store.Fixes(b.profileID()) {
		if f.Column == col.Header() && strings.EqualFold(f.From, from) {
			to, ok = f.To, true // of several, the latest
		}
	}
	return to, ok
}

// ForgetFix no longer offers a remembered fix of the value, whatever its letter
// case. An open sheet takes it in with FixesChanged.
func (b *Bench) ForgetFix(col roster.Column, from string) error {
	profile := b.profileID()
	for _, f := range b.store.Fixes(profile) {
		if f.Column != col.Header() || !strings.EqualFold(f.From, from) {
			continue
		}
		if err := b.store.ForgetFix(profile, f); err != nil {
			return err
		}
	}
	return nil
}

// FixesChanged lets Problems offer the fixes that are remembered now.
func (d *Document) FixesChanged() {
	d.fresh = false
	d.tell(Event{Kind: CellsChanged})
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
	groups = slices.Clone(groups) // the engine keeps its own
	for g := range groups {
		groups[g].Values = slices.Clone(groups[g].Values)
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
