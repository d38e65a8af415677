package fix

import (
	"rollcall/internal/workbench"
	"rollcall/ui/look"
	"rollcall/ui/words"
)

// MergeBack lists what a report that was fixed elsewhere would change in the
// sheet, then takes in what stays ticked.
func (s *Screen) MergeBack(back workbench.Returned) {
	d := s.doc
	if d == nil {
		return
	}
	s.Commit()
	note := back.LeftOut()
	if len(back.Edits) == 0 {
		text := "The report holds nothing that differs from the sheet. Nothing was changed."
		if note != "" {
			text += " " + note
		}
		s.layer.Say(look.Info, text)
		return
	}
	columns := d.Columns()
	edits := back.Edits
	s.listChanges(changeList{
		name: "fixes", title: "Merge the fixed report", note: note, count: len(edits),
		row: func(i int) changeRow {
			e := edits[i]
			return changeRow{row: number(d, e.Row), column: columns[e.Col].Title, was: d.Text(e.Row, e.Col), becomes: e.Text}
		},
		verb: func(n int) string { return "Change " + words.Plural(n, "cell", "cells") },
	}, func(taken []int) {
		kept := make([]workbench.CellEdit, len(taken))
		for i, at := range taken {
			kept[i] = edits[at]
		}
		back.Edits = kept
		text := d.TakeBack(back)
		s.goTo(workbench.CellRef{Row: kept[0].Row, Col: kept[0].Col})
		s.layer.Say(look.Good, text)
	})
}
