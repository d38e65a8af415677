package check

import "rollcall/internal/sheet"

// Query says which findings are looked for: those for which all that is set is
// true. The zero value is any finding.
type Query struct {
	// Code is the rule; without a Value, what is shown under it counts, too, as
	// a status that is missing does under one that is unknown.
	Code Code
	// Value is the value under the rule (ValueGroup.Value), nil for any; "" is a
	// value like any other.
	Value *string
	// Severity is exactly this one; None for any.
	Severity Severity
	// Certain leaves findings without a certain suggestion out.
	Certain bool
}

// Has says whether a row has such a finding. It reads marks and makes no
// sentence, so that it is quick.
func (e *Engine) Has(r sheet.RowID, q *Query) bool {
	n := e.store.head(r)
	if n == 0 {
		return false
	}
	code, known := codeIndex[q.Code]
	if q.Code != "" && !known {
		return false
	}
	for ; n != 0; n = e.store.arena[n].next {
		m := &e.store.arena[n].mark
		switch {
		case q.Severity != None && m.sev != q.Severity, q.Certain && !m.certain:
		case q.Code == "", m.code == code && (q.Value == nil || m.part == *q.Value):
			return true
		case q.Value == nil && panelOf[m.code] == code:
			return true
		}
	}
	return false
}

// RowsWith lists the rows that have a finding of the rule with the value
// (ValueGroup.Value).
func (e *Engine) RowsWith(code Code, value string) (rows []sheet.RowID) {
	q := Query{Code: code, Value: &value}
	for r := range e.flawed() {
		if e.Has(r, &q) {
			rows = append(rows, r)
		}
	}
	return rows
}
