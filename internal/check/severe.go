package check

import "rollcall/internal/sheet"

// RowsWithSeverity lists the rows that have a finding of exactly this severity,
// in order. It reads marks and makes no sentence, so that it is quick.
func (e *Engine) RowsWithSeverity(s Severity) (rows []sheet.RowID) {
	for r := range e.flawed() {
		for n := e.store.head(r); n != 0; n = e.store.arena[n].next {
			if e.store.arena[n].sev == s {
				rows = append(rows, r)
				break
			}
		}
	}
	return rows
}
