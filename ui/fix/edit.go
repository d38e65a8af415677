package fix

import (
	"fmt"
	"iter"
	"slices"

	"fyne.io/fyne/v2"

	"rollcall/internal/sheet"
	"rollcall/internal/workbench"
	"rollcall/ui/ask"
	"rollcall/ui/grid"
	"rollcall/ui/look"
)

// edit carries out what was done in the grid, as one step for undo.
func (s *Screen) edit(changes []grid.Change, action grid.Action) {
	if s.doc == nil {
		return
	}
	rows := s.doc.Rows()
	edits := make([]workbench.CellEdit, 0, len(changes))
	var added [][]string
	for _, c := range changes {
		if c.Row < len(rows) {
			edits = append(edits, workbench.CellEdit{Row: rows[c.Row], Col: c.Col, Text: c.Text})
			continue
		}
		for len(added) <= c.Row-len(rows) {
			added = append(added, make([]string, len(s.doc.Columns())))
		}
		added[c.Row-len(rows)][c.Col] = c.Text
	}
	label := editLabel(action, len(changes))
	if len(added) == 0 {
		s.doc.Edit(label, edits)
		return
	}
	s.doc.EditMany(func(int) string { return label }, len(changes), slices.Values(edits), slices.Values(added))
}

// editBlocks carries out a large change of the grid, as one step for undo.
func (s *Screen) editBlocks(blocks []grid.Block, action grid.Action) {
	if s.doc == nil {
		return
	}
	rows, columns := s.doc.Rows(), len(s.doc.Columns())
	count, below := 0, len(rows)-1
	for i := range blocks {
		count += blocks[i].Cells()
		below = max(below, blocks[i].Bottom)
	}
	label := func(cells int) string { return editLabel(action, cells) }
	var added iter.Seq[[]string]
	if below >= len(rows) {
		added = addedRows(blocks, len(rows), below, columns)
	}
	s.doc.EditMany(label, count, blockEdits(blocks, rows), added)
}

// blockEdits gives the cells of blocks in the rows that there are.
func blockEdits(blocks []grid.Block, rows []sheet.RowID) iter.Seq[workbench.CellEdit] {
	return func(yield func(workbench.CellEdit) bool) {
		for i := range blocks {
			b := &blocks[i]
			for row := b.Top; row <= min(b.Bottom, len(rows)-1); row++ {
				for col := b.Left; col <= b.Right; col++ {
					text, ok := b.Text(row, col)
					if ok && !yield(workbench.CellEdit{Row: rows[row], Col: col, Text: text}) {
						return
					}
				}
			}
		}
	}
}

// addedRows gives the texts of blocks in the rows from first to last, which are
// not there yet.
func addedRows(blocks []grid.Block, first, last, columns int) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		for row := first; row <= last; row++ {
			texts := make([]string, columns)
			for i := range blocks {
				for col := blocks[i].Left; col <= blocks[i].Right && row >= blocks[i].Top && row <= blocks[i].Bottom; col++ {
					if text, ok := blocks[i].Text(row, col); ok {
						texts[col] = text
					}
				}
			}
			if !yield(texts) {
				return
			}
		}
	}
}

// editLabel names a step for the Edit menu; an ordinary edit names itself.
func editLabel(action grid.Action, cells int) string {
	if action == grid.Edit {
		return ""
	}
	if cells == 1 {
		return action.String() + " 1 cell"
	}
	return fmt.Sprintf("%s %s cells", action, look.Count(cells))
}

// Undo takes the latest step back; the cursor goes to where it was.
func (s *Screen) Undo() {
	if s.doc == nil {
		return
	}
	s.Commit()
	if cursor, ok := s.doc.Undo(); ok {
		s.goTo(cursor)
	}
}

// Redo does it again.
func (s *Screen) Redo() {
	if s.doc == nil {
		return
	}
	s.Commit()
	if cursor, ok := s.doc.Redo(); ok {
		s.goTo(cursor)
	}
}

func (s *Screen) insertRows(at, count int) {
	if s.doc == nil {
		return
	}
	before := sheet.None
	if r, ok := s.model.row(at); ok {
		before = r
	}
	inserted := s.doc.InsertRows(before, count)
	if len(inserted) > 0 {
		s.goTo(workbench.CellRef{Row: inserted[0], Col: s.grid.Active().Col})
	}
}

// deleteRows takes out the rows of all ranges.
func (s *Screen) deleteRows(ranges []grid.Range) {
	if s.doc == nil {
		return
	}
	rows := s.doc.Rows()
	var gone []sheet.RowID
	for _, r := range ranges {
		gone = append(gone, rows[max(0, r.Top):max(0, min(r.Bottom+1, len(rows)))]...)
	}
	if len(gone) > 0 {
		s.doc.DeleteRows(gone)
	}
}

// contextMenu is the menu of the selection.
func (s *Screen) contextMenu(cell grid.Pos, at fyne.Position) {
	ref, ok := s.at()
	if !ok {
		return
	}
	item := func(label string, f func()) *fyne.MenuItem { return ask.MenuItem(label, f) }
	shortcut := func(sc fyne.Shortcut) func() { return func() { s.grid.TypedShortcut(sc) } }
	clipboard := fyne.CurrentApp().Clipboard()
	var items []*fyne.MenuItem
	if f, ok := s.doc.Suggestion(ref.Row, ref.Col); ok {
		items = append(items, item("Use "+quoted(f.Suggestion), func() { s.doc.TakeSuggestion(ref.Row, ref.Col) }))
	}
	for _, f := range s.doc.Findings(ref.Row, ref.Col) {
		if f.Keep != "" {
			items = append(items, item("Keep what the account has: "+f.Keep, func() { s.doc.KeepAccounts(ref.Row, ref.Col) }))
		}
		if len(f.Other) > 0 {
			items = append(items, item("Show the rows side by side…", func() { s.compare(ref.Row, f) }))
		}
	}
	if len(items) > 0 {
		items = append(items, fyne.NewMenuItemSeparator())
	}
	selected := s.grid.Selected()
	rows := rowsWord(selected.Rows())
	several := 0
	for _, r := range grid.Disjoint(wholeRows(s.grid.SelectedRanges())) {
		several += r.Rows()
	}
	items = append(items,
		item("Cut", shortcut(&fyne.ShortcutCut{Clipboard: clipboard})),
		item("Copy", shortcut(&fyne.ShortcutCopy{Clipboard: clipboard})),
		item("Paste", shortcut(&fyne.ShortcutPaste{Clipboard: clipboard})),
		fyne.NewMenuItemSeparator(),
		item("Insert "+rows+" above", func() { s.insertRows(selected.Top, selected.Rows()) }),
		item("Insert "+rows+" below", func() { s.insertRows(selected.Bottom+1, selected.Rows()) }),
		item("Delete "+rowsWord(several), s.grid.DeleteRows),
		fyne.NewMenuItemSeparator(),
		item("Show only rows with this text", func() { s.foot.filterText(s.doc.Text(ref.Row, ref.Col)) }),
	)
	if !s.doc.Filter().Empty() {
		items = append(items, item("Show all rows", func() { s.foot.showAll() }))
	}
	s.layer.MenuAt(at, items...)
}

func rowsWord(n int) string {
	if n == 1 {
		return "row"
	}
	return look.Count(n) + " rows"
}

// wholeRows makes ranges as wide as each other, so that rows are counted once.
func wholeRows(ranges []grid.Range) []grid.Range {
	rows := slices.Clone(ranges)
	for i := range rows {
		rows[i].Left, rows[i].Right = 0, 0
	}
	return rows
}

// headerMenu is the menu of a column.
func (s *Screen) headerMenu(col int, at fyne.Position) {
	if s.doc == nil || col >= len(s.doc.Columns()) {
		return
	}
	s.grid.Commit()
	items := []*fyne.MenuItem{
		ask.MenuItem("Sort A to Z", func() { s.doc.Sort(col, false) }),
		ask.MenuItem("Sort Z to A", func() { s.doc.Sort(col, true) }),
	}
	if !s.doc.Order().File() {
		items = append(items, ask.MenuItem("Back to the order of the file", s.doc.SortFileOrder))
	}
	items = append(items, fyne.NewMenuItemSeparator(),
		ask.MenuItem("Find in this column…", func() { s.find.openFor(col, false) }),
		ask.MenuItem("Fit the width", func() { s.grid.FitColumn(col) }),
		ask.MenuItem("Match columns again…", s.do.Columns))
	s.layer.MenuAt(at, items...)
}

// quoted puts a value in quotation marks, cut where it is long.
func quoted(text string) string {
	const longest = 40
	if r := []rune(text); len(r) > longest {
		text = string(r[:longest]) + "…"
	}
	if text == "" {
		return "nothing"
	}
	return "“" + text + "”"
}
