package grid

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
)

// bigPaste is from how many bytes on a paste is read in the background.
const bigPaste = 64 << 10

// mostCopied is how many bytes are put on the clipboard at most: handing over
// more would hold the window up.
const mostCopied = 16 << 20

func (g *Grid) clipboard() fyne.Clipboard {
	if g.Clipboard != nil {
		return g.Clipboard()
	}
	return fyne.CurrentApp().Clipboard()
}

// Copy puts the selected cells on the clipboard as tab-separated text. Several
// ranges are copied as one block where they line up, as in spreadsheets. A large
// range is put together in slices, so that nothing waits for it.
func (g *Grid) Copy() { g.copyThen(nil) }

func (g *Grid) copyThen(done func()) {
	g.Commit()
	if !g.hasActive() {
		return
	}
	ranges, sideBySide, ok := Lined(g.sel.Ranges())
	if !ok {
		g.notice("The selected ranges do not line up, so nothing was copied. Select ranges with the same rows, or with the same columns.")
		return
	}
	lines := copyLines(ranges, sideBySide)
	b := &strings.Builder{}
	g.inSlices(func() bool {
		row, across, more := lines()
		g.copyRow(b, row, across)
		if more || b.Len() > 0 && !oneCell(ranges) {
			b.WriteByte('\n')
		}
		return more && b.Len() <= mostCopied
	}, func() {
		if b.Len() > mostCopied {
			g.notice("This is more text than the clipboard can take at once, so nothing was copied. Copy fewer rows, or save the sheet as a file.")
			return
		}
		g.clipboard().SetContent(b.String())
		call(done)
	}, "The sheet changed while it was being copied, so nothing was copied. Copy again.")
}

func oneCell(ranges []Range) bool { return len(ranges) == 1 && ranges[0].Cells() == 1 }

// copyLines gives the lines of a copy one by one: a row, and the ranges whose
// cells stand in it.
func copyLines(ranges []Range, sideBySide bool) func() (row int, across []Range, more bool) {
	at, row := 0, ranges[0].Top
	across := ranges[:1]
	last := len(ranges) - 1
	if sideBySide {
		across, at = ranges, last
	}
	return func() (int, []Range, bool) {
		now, cells := row, across
		if row++; row > ranges[at].Bottom {
			if at++; at > last {
				return now, cells, false
			}
			row, across = ranges[at].Top, ranges[at:at+1]
		}
		return now, cells, true
	}
}

func (g *Grid) copyRow(b *strings.Builder, row int, across []Range) {
	for i, r := range across {
		for col := r.Left; col <= r.Right; col++ {
			if i > 0 || col > r.Left {
				b.WriteByte('\t')
			}
			AppendCell(b, g.model.Cell(row, col).Text)
		}
	}
}

// Cut copies the selected cells and then clears them.
func (g *Grid) Cut() {
	if g.ReadOnly {
		g.Copy()
		return
	}
	if g.sel.Several() {
		g.notice("Several ranges cannot be cut at once, so nothing was cut. Cut one range at a time, or copy and delete.")
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
	var blocks []Block
	for _, r := range Disjoint(g.sel.Ranges()) {
		blocks = append(blocks, newBlock(r, [][]string{{""}}))
	}
	g.write(blocks, action, nil)
}

// FillDown copies the first row of each selected range to its other rows; of a
// single cell, the cell above it.
func (g *Grid) FillDown() {
	g.Commit()
	if g.ReadOnly || !g.hasActive() {
		return
	}
	var blocks []Block
	for _, r := range g.sel.Ranges() {
		from := r.Top
		if r.Rows() > 1 {
			r.Top++
		} else if from--; from < 0 {
			continue
		}
		texts := make([]string, r.Cols())
		for i := range texts {
			texts[i] = g.model.Cell(from, r.Left+i).Text
		}
		blocks = append(blocks, newBlock(r, [][]string{texts}))
	}
	if len(blocks) > 0 {
		g.write(blocks, Fill, nil)
	}
}

// Paste puts the clipboard's text into the cells from the selection's upper
// left on. One value fills all that is selected; a block is repeated when the
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

func (g *Grid) pasteRows(texts [][]string) {
	if len(texts) == 0 {
		return
	}
	if g.sel.Several() {
		g.pasteIntoSeveral(texts)
		return
	}
	target := pasteTarget(g.sel.Range(), len(texts), blockWidth(texts))
	rowsLost, colsLost := 0, max(0, target.Right-g.view.Cols()+1)
	if !g.GrowRows {
		rowsLost = max(0, target.Bottom-g.view.Rows+1)
	}
	width := blockWidth(texts)
	target.Bottom, target.Right = target.Bottom-rowsLost, target.Right-colsLost
	if target.Cells() <= 0 {
		g.tellLost(rowsLost, colsLost, 0)
		return
	}
	block := newBlock(target, texts)
	block.width = width
	g.write([]Block{block}, Paste, func(locked int) {
		if locked < target.Cells() {
			g.sel.Select(target, Pos{target.Top, target.Left})
			g.redraw()
			g.selected()
		}
		g.tellLost(rowsLost, colsLost, locked)
	})
}

// pasteIntoSeveral fills all selected ranges with one value.
func (g *Grid) pasteIntoSeveral(texts [][]string) {
	if len(texts) > 1 || len(texts[0]) > 1 {
		g.notice("Several cells can be pasted into one range only, so nothing was pasted. Select one place to paste them to.")
		return
	}
	var blocks []Block
	for _, r := range Disjoint(g.sel.Ranges()) {
		blocks = append(blocks, newBlock(r, texts))
	}
	g.write(blocks, Paste, func(locked int) { g.tellLost(0, 0, locked) })
}

// pasteTarget is where a block goes: repeated over a selection that is a whole
// multiple of it, else once from the upper left on.
func pasteTarget(r Range, rows, cols int) Range {
	if r.Rows()%rows != 0 || r.Cols()%cols != 0 {
		return Range{r.Top, r.Left, r.Top + rows - 1, r.Left + cols - 1}
	}
	return r
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
