package workbench

import (
	"slices"
	"strings"

	"rollcall/internal/account"
	"rollcall/internal/check"
	"rollcall/internal/roster"
	"rollcall/internal/sheet"
)

// FixValue gives every finding of a rule with one value a new value, as one
// undo step, and says how many cells it changed. In a list of groups or sources
// only the part with the value changes.
func (d *Document) FixValue(code check.Code, col roster.Column, value, to string) int {
	if n := len(d.engine.RowsWith(code, value)); d.big(n) {
		d.fixElsewhere("fix "+noun(col, n), func(e *check.Engine, view roster.View) []check.Fix {
			return e.FixValue(view, code, value, to)
		})
		return n
	}
	var edits []CellEdit
	for _, f := range d.engine.FixValue(d.view, code, value, to) {
		if f.Col == col && f.New != f.Old {
			edits = append(edits, CellEdit{Row: f.Row, Col: d.ColumnIndex(col), Text: f.New})
		}
	}
	if len(edits) > 0 {
		d.Edit("fix "+noun(col, len(edits)), edits)
	}
	return len(edits)
}

// CertainFixes lists what "fix the ones that are certain" would change.
func (d *Document) CertainFixes() []check.Fix { return d.engine.CertainFixes(d.view) }

// fixPiece is how many cells are fixed on trial in one piece: about a
// millisecond's work.
const fixPiece = 1000

// FindCertain gives done the certain fixes of one rule, or of all for "". They
// are looked for on this goroutine, which owns the findings, in pieces, so that
// nothing waits; when the sheet changes meanwhile, it begins anew. Where that is
// stopped, done is not called.
func (d *Document) FindCertain(code check.Code, done func([]check.Fix)) (stop func()) {
	certain := check.Query{Code: code, Certain: true}
	var rows []sheet.RowID
	var fixes []check.Fix
	var engine *check.Engine
	var revision uint64
	at := 0
	return d.bench.piecewise(func() (last bool) {
		if engine != d.engine || revision != d.sheet.Revision() {
			engine, revision = d.engine, d.sheet.Revision()
			rows, fixes, at = d.sheet.Rows(), nil, 0
		}
		var found []sheet.RowID
		to := min(at+scanned, len(rows))
		for ; at < to && len(found) < fixPiece; at++ {
			if engine.Has(rows[at], &certain) {
				found = append(found, rows[at])
			}
		}
		fixes = append(fixes, engine.CertainFixesIn(d.view, found, code)...)
		return at == len(rows)
	}, func() { done(fixes) })
}

// FixCertain makes those fixes as one undo step.
func (d *Document) FixCertain(fixes []check.Fix) int {
	label := "fix " + plural(len(fixes), "cell", "cells")
	if len(fixes) > 0 {
		d.EditMany(func(int) string { return label }, len(fixes), func(yield func(CellEdit) bool) {
			for _, f := range fixes {
				if !yield(CellEdit{Row: f.Row, Col: d.ColumnIndex(f.Col), Text: f.New}) {
					return
				}
			}
		}, nil)
	}
	return len(fixes)
}

// FixCertainOf makes the certain fixes of one rule as one undo step ("Trim
// all").
func (d *Document) FixCertainOf(code check.Code) (stop func()) {
	return d.FindCertain(code, func(fixes []check.Fix) { d.FixCertain(fixes) })
}

// Suggestion is the first suggestion for a cell, errors before warnings.
func (d *Document) Suggestion(r sheet.RowID, col int) (check.Finding, bool) {
	found := slices.Clone(d.Findings(r, col))
	slices.SortStableFunc(found, func(a, b check.Finding) int { return int(b.Severity) - int(a.Severity) })
	for _, f := range found {
		if f.HasSuggestion {
			return f, true
		}
	}
	return check.Finding{}, false
}

// TakeSuggestion writes a cell's first suggestion into it.
func (d *Document) TakeSuggestion(r sheet.RowID, col int) bool {
	f, ok := d.Suggestion(r, col)
	if ok {
		d.Edit("fix "+noun(f.Column, 1), []CellEdit{{Row: r, Col: col, Text: f.Suggestion}})
	}
	return ok
}

// KeepAccounts gives a wrong status or role what the account has for the user.
func (d *Document) KeepAccounts(r sheet.RowID, col int) bool {
	for _, f := range d.Findings(r, col) {
		if f.Keep != "" {
			d.Edit("keep the account's "+noun(f.Column, 1), []CellEdit{{Row: r, Col: col, Text: f.Keep}})
			return true
		}
	}
	return false
}

// MergeRows puts what another row of the same user has into a row and deletes
// the other, as one undo step: groups and identifiers of both, and the other's
// text where the row has none.
func (d *Document) MergeRows(into, from sheet.RowID) {
	var ops []sheet.Op
	set := func(col int, text string) {
		if text != d.Text(into, col) {
			ops = append(ops, sheet.SetCell{Row: into, Col: d.target(col), Text: text})
		}
	}
	for col, g := range d.columns {
		mine, other := d.Text(into, col), d.Text(from, col)
		switch {
		case roster.Blank(mine):
			set(col, other)
		case g.Column == roster.Groups:
			set(col, unionGroups(mine, other, d.dir))
		case g.Column == roster.Sources:
			set(col, unionSources(mine, other, d.dir))
		}
	}
	ops = append(ops, sheet.DeleteRows{Rows: []sheet.RowID{from}})
	d.apply("merge 2 rows", ops)
}

// unionGroups joins two lists of groups without repeating one: "none" gives way
// to a group.
func unionGroups(a, b string, dir *account.Directory) string {
	tokens := append(roster.SplitGroups(a, dir), roster.SplitGroups(b, dir)...)
	list := union(tokens, func(t *roster.Token) string {
		if strings.EqualFold(t.Text, roster.NoGroup) {
			return ""
		}
		return strings.ToLower(t.Group)
	})
	if list == "" {
		return roster.NoGroup
	}
	return list
}

// unionSources joins two lists of source usernames without repeating one.
func unionSources(a, b string, dir *account.Directory) string {
	tokens := append(roster.SplitSources(a, dir), roster.SplitSources(b, dir)...)
	return union(tokens, func(t *roster.Token) string { return strings.ToLower(t.Text) })
}

// union lists the items, each key once; items without a key are left out.
func union(tokens []roster.Token, key func(*roster.Token) string) string {
	var items []string
	seen := make(map[string]bool, len(tokens))
	for i := range tokens {
		if k := key(&tokens[i]); k != "" && !seen[k] {
			seen[k] = true
			items = append(items, tokens[i].Text)
		}
	}
	return strings.Join(items, ",")
}
