// Package check is the rules: what is wrong in a roster's cells, what to do
// about it, and which fixes are certain. It checks a whole sheet in parallel
// and an edit by itself. It reads through a roster.View and knows no files, no
// screens, no network.
package check

import (
	"rollcall/internal/roster"
	"rollcall/internal/sheet"
)

// Severity says whether a finding blocks the import of its row.
type Severity uint8

// The severities. None is the absence of findings.
const (
	None Severity = iota
	Warning
	Error
)

// String is the word of check --json.
func (s Severity) String() string {
	switch s {
	case Warning:
		return "warning"
	case Error:
		return "error"
	}
	return ""
}

// Finding is one thing that is wrong in one cell, or in the whole file (Row is
// sheet.None then).
type Finding struct {
	Row      sheet.RowID
	Column   roster.Column
	Value    string // the whole cell
	Severity Severity
	Code     Code
	// Message says in one sentence what is wrong and what to do.
	Message string
	// Suggestion is the whole new text of the cell, where HasSuggestion.
	Suggestion    string
	HasSuggestion bool
	// Certain says that only one reading is possible.
	Certain bool
	// Part is the piece of a list that the finding is about (one group, one
	// source), else the whole cell; PartFix is what the suggestion puts in its
	// place.
	Part, PartFix string
	// Choices are the values that could be meant, nearest first.
	Choices []string
	// Keep is what the account has for this user, offered for a status or role
	// that is wrong; "" where there is nothing to keep.
	Keep string
	// with replaces the piece of the cell from from to to, in bytes, where piece
	// says so; else the suggestion is for the whole cell.
	with     string
	from, to int
	piece    bool
	// Other are the rows that have the same e-mail or identifier, at most
	// MaxOther of them.
	Other []sheet.RowID
}

// MaxOther bounds Finding.Other.
const MaxOther = 20

// WholeFile says that the finding is about the file and not about a cell.
func (f *Finding) WholeFile() bool { return f.Row == sheet.None }

// NoColumn is the column of a whole-file finding that is about no column.
const NoColumn roster.Column = -1

// Fix is a new text for a cell.
type Fix struct {
	Row      sheet.RowID
	Col      roster.Column
	Old, New string
}

// Group is the findings of one rule, for the problems panel.
type Group struct {
	Code     Code
	Title    string
	Severity Severity
	Count    int
	// Values are sorted so that similar ones stand together, the most frequent
	// first; at most MaxValues of them.
	Values []ValueGroup
	// MoreValues is how many values more there are than Values shows.
	MoreValues int
	// Certain counts the findings whose fix is certain.
	Certain int
}

// ValueGroup is the findings of one rule with one value.
type ValueGroup struct {
	// Code is the rule; it differs from the group's where two rules share a
	// group (a status that is missing or unknown).
	Code   Code
	Value  string // Finding.Part
	Column roster.Column
	Count  int
	// First is the first row of the value; Engine.RowsWith gives all.
	First         sheet.RowID
	Suggestion    string // Finding.PartFix
	HasSuggestion bool
	Certain       bool
	// Choices are the values to choose from: the account's groups, roles, …,
	// the nearest first.
	Choices []string
	// Cluster is the same number for values that differ only in case, spaces,
	// accents or a letter or two.
	Cluster int
}

// MaxValues bounds Group.Values.
const MaxValues = 500
