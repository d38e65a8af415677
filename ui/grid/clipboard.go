package grid

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
)

// slice is how many cells are copied before the UI thread gets a breath: about
// 2 ms of work.
const slice = 4000

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
	revision := g.model.Revision()
	b := &strings.Builder{}
	var step func(row int)
	step = func(row int) {
		if g.model.Revision() != revision {
			g.notice("The sheet changed while it was being copied, so nothing was copied. Copy again.")
			return
		}
		for end := row + max(1, slice/r.Cols()); row <= r.Bottom && row < end; row++ {
			g.copyRow(b, r, row)
		}
		if row <= r.Bottom {
			g.post(func() { step(row) })
			return
		}
		g.clipboard().SetContent(b.String())
		call(done)
	}
	step(r.Top)
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
	var changes []Change
	open := g.openCells(r)
	for row := r.Top; row <= r.Bottom; row++ {
		for col := r.Left; col <= r.Right; col++ {
			if !open(Pos{row, col}) || !g.filled(row, col) {
				continue
			}
			changes = append(changes, Change{Row: row, Col: col})
		}
	}
	g.apply(changes, action)
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
	var changes []Change
	open := g.openCells(r)
	for col := r.Left; col <= r.Right; col++ {
		text := g.model.Cell(from, col).Text
		for row := r.Top; row <= r.Bottom; row++ {
			if open(Pos{row, col}) {
				changes = append(changes, Change{Row: row, Col: col, Text: text})
			}
		}
	}
	g.apply(changes, Fill)
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
	changes, locked := g.pasteChanges(block, target)
	g.apply(changes, Paste)
	if len(changes) > 0 {
		g.sel.Select(target, Pos{target.Top, target.Left})
		g.redraw()
		g.selected()
	}
	g.tellLost(rowsLost, colsLost, locked)
}

// pasteTarget is where a block goes: repeated over a selection that is a whole
// multiple of it, else once from the upper left on.
func pasteTarget(r Range, rows, cols int) Range {
	if r.Rows()%rows != 0 || r.Cols()%cols != 0 {
		return Range{r.Top, r.Left, r.Top + rows - 1, r.Left + cols - 1}
	}
	return r
}

// pasteChanges makes the changes of a paste and counts the cells that cannot be
// changed. Of a very large target, one cell a column is asked for all.
func (g *Grid) pasteChanges(block [][]string, target Range) (changes []Change, locked int) {
	changes = make([]Change, 0, max(0, target.Cells()))
	width, open := blockWidth(block), g.openCells(target)
	for row := target.Top; row <= target.Bottom; row++ {
		from := block[(row-target.Top)%len(block)]
		for col := target.Left; col <= target.Right; col++ {
			at := (col - target.Left) % width
			if at >= len(from) {
				continue
			}
			if !open(Pos{row, col}) {
				locked++
				continue
			}
			changes = append(changes, Change{Row: row, Col: col, Text: from[at]})
		}
	}
	return changes, locked
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
