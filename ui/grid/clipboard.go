package grid

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
)

// How many cells are copied, and how many changes are put together, before the
// UI thread gets a breath: about 2 ms of work each.
const (
	slice      = 4000
	quickSlice = 16_000
)

// bigPaste is from how many bytes on a paste is read in the background.
const bigPaste = 64 << 10

func (g *Grid) clipboard() fyne.Clipboard {
	if g.Clipboard != nil {
		return g.Clipboard()
	}
	return fyne.CurrentApp().Clipboard()
}

// Copy puts the selected cells on the clipboard as tab-separated text. A large
// range is put together in slices, so that nothing waits for it.
func (g *Grid) Copy() { g.copyThen(nil) }

func (g *Grid) copyThen(done func()) {
	g.Commit()
	if !g.hasActive() {
		return
	}
	r := g.sel.Range()
	b := &strings.Builder{}
	g.inSlices(r, slice, func(row int) { g.copyRow(b, r, row) }, func() {
		g.clipboard().SetContent(b.String())
		call(done)
	}, "The sheet changed while it was being copied, so nothing was copied. Copy again.")
}

// inSlices does something for each row of a range, so many cells at a time, and
// then done. A range of one slice is done at once. When the sheet changes
// meanwhile, it stops and says so.
func (g *Grid) inSlices(r Range, cells int, each func(row int), done func(), stopped string) {
	revision := g.model.Revision()
	var step func(row int)
	step = func(row int) {
		if g.model.Revision() != revision {
			g.gathering = false
			g.notice(stopped)
			return
		}
		for end := row + max(1, cells/r.Cols()); row <= r.Bottom && row < end; row++ {
			each(row)
		}
		if row <= r.Bottom {
			g.post(func() { step(row) })
			return
		}
		done()
	}
	step(r.Top)
}

// Busy says that a large change is still being put together.
func (g *Grid) Busy() bool { return g.gathering }

// gather puts the changes of a range together and carries them out as one step,
// then runs done. While it goes on for a large range, no other begins.
func (g *Grid) gather(r Range, action Action, row func(row int, changes []Change) []Change, done func()) {
	if g.gathering {
		g.notice("The last change is still being made. Try again in a moment.")
		return
	}
	g.gathering = true
	var changes []Change
	g.inSlices(r, quickSlice, func(at int) { changes = row(at, changes) }, func() {
		g.gathering = false
		g.apply(changes, action)
		call(done)
	}, "The sheet changed meanwhile, so this change was not made. Try again.")
}

func (g *Grid) copyRow(b *strings.Builder, r Range, row int) {
	for col := r.Left; col <= r.Right; col++ {
		if col > r.Left {
			b.WriteByte('\t')
		}
		AppendCell(b, g.model.Cell(row, col).Text)
	}
	if r.Cells() > 1 {
		b.WriteByte('\n')
	}
}

// Cut copies the selected cells and then clears them.
func (g *Grid) Cut() {
	if g.ReadOnly {
		g.Copy()
		return
	}
	g.copyThen(func() { g.clear(Cut) })
}

// Clear empties the selected cells.
func (g *Grid) Clear() { g.clear(Clear) }

func (g *Grid) clear(action Action) {
	g.Commit()
	if g.ReadOnly || !g.hasActive() {
		return
	}
	r := g.sel.Range()
	open := g.openCells(r)
	g.gather(r, action, func(row int, changes []Change) []Change {
		for col := r.Left; col <= r.Right; col++ {
			if open(Pos{row, col}) && g.filled(row, col) {
				changes = append(changes, Change{Row: row, Col: col})
			}
		}
		return changes
	}, nil)
}

func (g *Grid) apply(changes []Change, action Action) {
	if len(changes) > 0 && g.OnEdit != nil {
		g.OnEdit(changes, action)
	}
}

// FillDown copies the first row of the selection to its other rows; of a single
// cell, the cell above it.
func (g *Grid) FillDown() {
	g.Commit()
	if g.ReadOnly || !g.hasActive() {
		return
	}
	r := g.sel.Range()
	from := r.Top
	if r.Rows() == 1 {
		if from == 0 {
			return
		}
		from--
	} else {
		r.Top++
	}
	texts := make([]string, r.Cols())
	for i := range texts {
		texts[i] = g.model.Cell(from, r.Left+i).Text
	}
	open := g.openCells(r)
	g.gather(r, Fill, func(row int, changes []Change) []Change {
		for i, text := range texts {
			if open(Pos{row, r.Left + i}) {
				changes = append(changes, Change{Row: row, Col: r.Left + i, Text: text})
			}
		}
		return changes
	}, nil)
}

// Paste puts the clipboard's text into the cells from the selection's upper
// left on. One value fills the whole selection; a block is repeated when the
// selection is a multiple of it, as spreadsheets do.
func (g *Grid) Paste() { g.PasteText(g.clipboard().Content()) }

// PasteText is Paste with the given text.
func (g *Grid) PasteText(text string) {
	g.Commit()
	if g.ReadOnly || text == "" || g.view.Cols() == 0 {
		return
	}
	if len(text) < bigPaste {
		g.pasteRows(DecodeTSV(text))
		return
	}
	revision := g.model.Revision()
	go func() {
		rows := DecodeTSV(text)
		g.post(func() {
			if g.model.Revision() != revision {
				g.notice("The sheet changed while the clipboard was being read, so nothing was pasted. Paste again.")
				return
			}
			g.pasteRows(rows)
		})
	}()
}

func (g *Grid) pasteRows(block [][]string) {
	if len(block) == 0 {
		return
	}
	target := pasteTarget(g.sel.Range(), len(block), blockWidth(block))
	rowsLost, colsLost := 0, max(0, target.Right-g.view.Cols()+1)
	if !g.GrowRows {
		rowsLost = max(0, target.Bottom-g.view.Rows+1)
	}
	target.Bottom, target.Right = target.Bottom-rowsLost, target.Right-colsLost
	if target.Cells() <= 0 {
		g.tellLost(rowsLost, colsLost, 0)
		return
	}
	locked, any := 0, false
	row := g.pasteRow(block, target, &locked)
	g.gather(target, Paste, func(at int, changes []Change) []Change {
		changes = row(at, changes)
		any = any || len(changes) > 0
		return changes
	}, func() {
		if any {
			g.sel.Select(target, Pos{target.Top, target.Left})
			g.redraw()
			g.selected()
		}
		g.tellLost(rowsLost, colsLost, locked)
	})
}

// pasteTarget is where a block goes: repeated over a selection that is a whole
// multiple of it, else once from the upper left on.
func pasteTarget(r Range, rows, cols int) Range {
	if r.Rows()%rows != 0 || r.Cols()%cols != 0 {
		return Range{r.Top, r.Left, r.Top + rows - 1, r.Left + cols - 1}
	}
	return r
}

// pasteRow makes the changes of one row of a paste and counts the cells that
// cannot be changed.
func (g *Grid) pasteRow(block [][]string, target Range, locked *int) func(row int, changes []Change) []Change {
	width, open := blockWidth(block), g.openCells(target)
	return func(row int, changes []Change) []Change {
		from := block[(row-target.Top)%len(block)]
		for col := target.Left; col <= target.Right; col++ {
			at := (col - target.Left) % width
			if at >= len(from) {
				continue
			}
			if !open(Pos{row, col}) {
				*locked++
				continue
			}
			changes = append(changes, Change{Row: row, Col: col, Text: from[at]})
		}
		return changes
	}
}

// openCells tells which cells of a range can be edited. Rows that do not exist
// yet can; in a range of very many cells, a column's first cell speaks for all.
func (g *Grid) openCells(r Range) func(Pos) bool {
	each := func(p Pos) bool { return p.Row >= g.view.Rows || g.canEdit(p) }
	if r.Cells() <= slice {
		return each
	}
	open := make([]bool, r.Cols())
	for i := range open {
		open[i] = each(Pos{r.Top, r.Left + i})
	}
	return func(p Pos) bool { return open[p.Col-r.Left] }
}

func blockWidth(block [][]string) int {
	width := 1
	for _, row := range block {
		width = max(width, len(row))
	}
	return width
}

// tellLost says what did not fit: nothing is dropped in silence.
func (g *Grid) tellLost(rows, cols, locked int) {
	switch {
	case rows > 0 && cols > 0:
		g.notice(plural(rows, "row") + " and " + plural(cols, "column") + " did not fit in the table and were not pasted.")
	case rows > 0:
		g.notice(plural(rows, "row") + " did not fit below and " + were(rows) + " not pasted.")
	case cols > 0:
		g.notice(plural(cols, "column") + " did not fit at the right and " + were(cols) + " not pasted.")
	case locked > 0:
		g.notice(plural(locked, "cell") + " cannot be changed and kept what " + they(locked) + " had.")
	}
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}

func were(n int) string {
	if n == 1 {
		return "was"
	}
	return "were"
}

func they(n int) string {
	if n == 1 {
		return "it"
	}
	return "they"
}
