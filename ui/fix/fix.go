// Package fix is the sheet: the cells with their findings, the bar of the cell
// in hand, the problems with their fixes, filters, and find and replace. What
// it shows and does is the workbench's; no rule and no file comes in here.
package fix

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rollcall/internal/sheet"
	"rollcall/internal/workbench"
	"rollcall/ui/ask"
	"rollcall/ui/frame"
	"rollcall/ui/grid"
	"rollcall/ui/look"
	"rollcall/ui/table"
	"rollcall/ui/watch"
)

// Actions is what the screen asks of the window.
type Actions struct {
	// Preview goes on to the plan; validOnly leaves rows with errors out.
	Preview func(validOnly bool)
	// Columns goes back to the matching of columns.
	Columns func()
	// Sheets offers the sheets of the workbook below a button.
	Sheets func(below fyne.CanvasObject)
	// Changed is called after anything that the window shows may differ.
	Changed func()
	// Save and Report are Ctrl+S and the error report.
	Save, Report func()
	// Width is told a column's width that was chosen, to remember it.
	Width func(title string, width float32)
}

// Screen is the sheet's screen. It belongs to the user interface's goroutine.
type Screen struct {
	bench *workbench.Bench
	layer *ask.Layer
	do    Actions

	doc     *workbench.Document
	model   *model
	grid    *grid.Grid
	bar     *cellBar
	find    *findBar
	panel   *problems
	foot    *footer
	work    *workNote
	content fyne.CanvasObject
	late    bool               // an update of the slow parts is waiting
	pending *workbench.CellRef // the cell to go to once rows are arranged; sheet.None is the first row then
	saving  bool               // it is being watched whether edits are on disk
}

// panelWidth is how wide the problems are in a window that has the room.
const panelWidth float32 = 330

// manyFindings is from where on the problems are brought up to date a moment
// later, so that typing never waits for them.
const manyFindings = 2000

// New makes the screen, without a document.
func New(b *workbench.Bench, l *ask.Layer, do Actions) *Screen {
	s := &Screen{bench: b, layer: l, do: do, model: &model{widths: map[string]float32{}}}
	s.grid = table.Sheet(s.model)
	s.bar = newCellBar(s)
	s.find = newFindBar(s)
	s.panel = newProblems(s)
	s.foot = newFooter(s)
	s.hook()
	s.work = newWorkNote(s)
	sheet := frame.New(look.Column(0, s.bar.content, s.find.content), nil, nil, nil, container.NewStack(s.grid, s.work.content))
	s.content = frame.New(nil, s.foot.content, nil, nil, container.New(&sides{}, sheet, s.panel.content))
	return s
}

// Content is what the window shows.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// regrown lays the screen out anew: a part of it has another height now.
func (s *Screen) regrown() {
	if s.content != nil {
		s.content.Refresh()
	}
}

// Document is the open one, or nil.
func (s *Screen) Document() *workbench.Document { return s.doc }

// Grid is the sheet widget.
func (s *Screen) Grid() *grid.Grid { return s.grid }

// SetWidths takes over the column widths of an earlier run, by title.
func (s *Screen) SetWidths(w map[string]float32) {
	for title, width := range w {
		s.model.widths[title] = width
	}
}

// SetDocument shows another document.
func (s *Screen) SetDocument(d *workbench.Document) {
	s.doc, s.model.doc, s.pending = d, d, nil
	s.model.changed()
	s.grid.SetModel(s.model)
	if d != nil {
		d.OnChange(func(e workbench.Event) {
			if s.doc == d {
				watch.Do("sheet changed", func() { s.changed(e) })
			}
		})
	}
	s.find.close()
	s.update()
}

// Focus gives the sheet the keyboard.
func (s *Screen) Focus() { s.layer.Window().Canvas().Focus(s.grid) }

// NextPart gives the keyboard to the problems, and from there back to the sheet.
func (s *Screen) NextPart() {
	c := s.layer.Window().Canvas()
	if c.Focused() == fyne.Focusable(s.panel.keys) {
		s.Focus()
		return
	}
	c.Focus(s.panel.keys)
}

// Escape leads back to the sheet; an open find bar is closed.
func (s *Screen) Escape() {
	s.find.close()
	s.Focus()
}

// Commit takes over what is being typed, in a cell or in the cell bar: before
// every command.
func (s *Screen) Commit() {
	s.grid.Commit()
	s.bar.commit()
}

// hook connects the grid's callbacks.
func (s *Screen) hook() {
	g := s.grid
	g.GrowRows = true
	g.OnEdit = func(changes []grid.Change, action grid.Action) {
		watch.Do("sheet "+action.String(), func() { s.edit(changes, action) })
	}
	g.OnEditBlocks = func(blocks []grid.Block, action grid.Action) {
		watch.Do("sheet "+action.String(), func() { s.editBlocks(blocks, action) })
	}
	g.OnSelect = func(grid.Pos, grid.Range) { watch.Do("sheet select", s.bar.update) }
	g.OnEditing = func(at grid.Pos, text string) (v grid.Verdict) {
		watch.Do("sheet keystroke", func() { v = s.bar.typing(at, text) })
		return v
	}
	g.OnEditEnded = func(grid.Pos, bool) { s.bar.update() }
	g.OnContextMenu = func(cell grid.Pos, at fyne.Position) { watch.Do("sheet menu", func() { s.contextMenu(cell, at) }) }
	g.OnHeaderTapped = func(col int, at fyne.Position) { watch.Do("sheet column menu", func() { s.headerMenu(col, at) }) }
	g.OnColumnResized = s.resized
	g.OnInsertRows = s.insertRows
	g.OnDeleteRows = s.deleteRows
	g.OnNextProblem = func() { s.NextProblem(false) }
	g.OnPreviousProblem = func() { s.NextProblem(true) }
	g.OnUndo, g.OnRedo = s.Undo, s.Redo
	g.OnNotice = func(text string) { s.layer.Say(look.Info, text) }
}

func (s *Screen) resized(col int, width float32) {
	if s.doc == nil || col >= len(s.doc.Columns()) {
		return
	}
	title := s.doc.Columns()[col].Title
	s.model.widths[title] = width
	if s.do.Width != nil {
		s.do.Width(title, width)
	}
}

// changed follows the document.
func (s *Screen) changed(e workbench.Event) {
	if e.Kind == workbench.WorkChanged {
		s.work.update()
		return
	}
	s.model.changed()
	if e.Kind == workbench.CellsChanged && len(e.Rows) <= 200 {
		s.refreshRows(e.Rows)
	} else {
		s.grid.Refresh()
	}
	if s.pending != nil && e.Kind == workbench.RowsChanged {
		s.arrived(*s.pending)
	}
	s.bar.update()
	s.foot.update()
	s.watchSaved()
	s.do.Changed()
	c := s.doc.Counts()
	if c.Errors+c.Warnings < manyFindings {
		s.panel.update()
		return
	}
	if s.late {
		return
	}
	s.late = true
	time.AfterFunc(60*time.Millisecond, func() {
		s.layer.Post(func() {
			watch.Do("post: problems", func() {
				s.late = false
				s.panel.update()
			})
		})
	})
}

// savedEvery is how often it is looked whether edits are on disk.
const savedEvery = 200 * time.Millisecond

// watchSaved shows when the latest edits are on disk.
func (s *Screen) watchSaved() {
	if s.saving || s.doc == nil || s.doc.Autosaved() {
		return
	}
	s.saving = true
	time.AfterFunc(savedEvery, func() {
		s.layer.Post(func() {
			s.saving = false
			if s.doc == nil {
				return
			}
			s.foot.showFile()
			s.watchSaved()
		})
	})
}

// refreshRows draws those of the rows anew that are in sight.
func (s *Screen) refreshRows(rows []sheet.RowID) {
	wanted := make(map[sheet.RowID]bool, len(rows))
	for _, r := range rows {
		wanted[r] = true
	}
	first, end := s.grid.VisibleRows()
	for at := first; at < end; at++ {
		if r, ok := s.model.row(at); ok && wanted[r] {
			s.grid.RefreshRow(at)
		}
	}
}

// update brings all parts up to date.
func (s *Screen) update() {
	s.bar.update()
	s.panel.update()
	s.foot.update()
	s.work.update()
}

// at is the active cell in the document's terms; ok is false in an empty sheet.
func (s *Screen) at() (workbench.CellRef, bool) {
	pos := s.grid.Active()
	r, ok := s.model.row(pos.Row)
	return workbench.CellRef{Row: r, Col: pos.Col}, ok
}

// goTo makes a cell the active one; a filter that hides it is taken off. With
// column -1 the cursor stays in its column.
func (s *Screen) goTo(c workbench.CellRef) {
	if s.doc == nil {
		return
	}
	if c.Col < 0 {
		c.Col = s.grid.Active().Col
	}
	s.pending = nil
	if !s.doc.Arranging() && s.doc.IndexOf(c.Row) < 0 && !s.doc.Filter().Empty() {
		s.foot.unfilter()
	}
	if s.doc.Arranging() { // many rows are arranged in the background
		s.pending = &c
		return
	}
	if i := s.doc.IndexOf(c.Row); i >= 0 {
		s.grid.GoTo(grid.Pos{Row: i, Col: c.Col})
		s.bar.update()
	}
}

// goToFirst makes the cell of a column in the first row shown the active one.
func (s *Screen) goToFirst(col int) {
	if s.doc.Arranging() {
		s.pending = &workbench.CellRef{Row: sheet.None, Col: col}
	} else if rows := s.doc.Rows(); len(rows) > 0 {
		s.goTo(workbench.CellRef{Row: rows[0], Col: col})
	}
}

// arrived goes to the cell that waited for rows to be arranged.
func (s *Screen) arrived(c workbench.CellRef) {
	if c.Row == sheet.None {
		s.goToFirst(c.Col)
	} else if s.doc.IndexOf(c.Row) >= 0 {
		s.goTo(c)
	}
}

// ShowRow brings a row of the sheet into sight.
func (s *Screen) ShowRow(r sheet.RowID, col int) {
	s.goTo(workbench.CellRef{Row: r, Col: col})
	s.Focus()
}

// ShowRows shows only the given rows.
func (s *Screen) ShowRows(rows []sheet.RowID, why string) {
	s.foot.narrow(why, workbench.Filter{Rows: rows}, nil)
}

// NextProblem goes to the next cell with a finding, or the one before.
func (s *Screen) NextProblem(backwards bool) {
	if s.doc == nil {
		return
	}
	s.Commit()
	from, ok := s.at()
	if !ok {
		return
	}
	if next, ok := s.doc.NextProblem(from, backwards); ok {
		s.goTo(next)
		s.Focus()
		return
	}
	s.layer.Say(look.Good, "There is no problem in the rows that are shown.")
}
