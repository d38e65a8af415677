package workbench

import "rollcall/internal/sheet"

// AllRows lists the sheet's rows in the file's order, whatever is shown.
func (d *Document) AllRows() []sheet.RowID { return d.sheet.Rows() }

// MadeAnswers are an account's answers on rows that were tried.
func MadeAnswers(tried []sheet.RowID, refusals []Refusal) Answers {
	return Answers{tried: tried, refusals: refusals}
}
