package fix

import (
	"fmt"

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
	added := map[int]map[int]string{}
	last := -1
	for _, c := range changes {
		if c.Row < len(rows) {
			edits = append(edits, workbench.CellEdit{Row: rows[c.Row], Col: c.Col, Text: c.Text})
			continue
		}
		at := c.Row - len(rows)
		if added[at] == nil {
			added[at] = map[int]string{}
		}
		added[at][c.Col] = c.Text
		last = max(last, at)
	}
	if last < 0 {
		if len(edits) > 0 {
			s.doc.Edit(editLabel(action, len(edits)), edits)
		}
		return
	}
	texts := make([][]string, last+1)
	for at := range texts {
		texts[at] = make([]string, len(s.doc.Columns()))
		for col, text := range added[at] {
			texts[at][col] = text
		}
	}
	s.doc.Paste(editLabel(action, len(changes)), edits, texts)
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

func (s *Screen) deleteRows(at, count int) {
	if s.doc == nil {
		return
	}
	rows := s.doc.Rows()
	at, end := max(0, at), min(at+count, len(rows))
	if at < end {
		s.doc.DeleteRows(append([]sheet.RowID(nil), rows[at:end]...))
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
	rows := "row"
	if selected.Rows() > 1 {
		rows = look.Count(selected.Rows()) + " rows"
	}
	items = append(items,
		item("Cut", shortcut(&fyne.ShortcutCut{Clipboard: clipboard})),
		item("Copy", shortcut(&fyne.ShortcutCopy{Clipboard: clipboard})),
		item("Paste", shortcut(&fyne.ShortcutPaste{Clipboard: clipboard})),
		fyne.NewMenuItemSeparator(),
		item("Insert "+rows+" above", func() { s.insertRows(selected.Top, selected.Rows()) }),
		item("Insert "+rows+" below", func() { s.insertRows(selected.Bottom+1, selected.Rows()) }),
		item("Delete "+rows, func() { s.deleteRows(selected.Top, selected.Rows()) }),
		fyne.NewMenuItemSeparator(),
		item("Show only rows with this text", func() { s.foot.filterText(s.doc.Text(ref.Row, ref.Col)) }),
	)
	if !s.doc.Filter().Empty() {
		items = append(items, item("Show all rows", func() { s.foot.showAll() }))
	}
	s.layer.MenuAt(at, items...)
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
