package grid

import "time"

// Block is one change for many cells: texts that are repeated over a range,
// from its upper left on, as a paste into a larger selection is.
type Block struct {
	Range
	// Texts are the rows that are repeated; a cell beyond the end of a shorter
	// row keeps its text.
	Texts [][]string
	// Locked are the columns, counted from Left, whose cells cannot be changed;
	// nil for none.
	Locked []bool

	width int
}

// newBlock is a block of texts over a range.
func newBlock(r Range, texts [][]string) Block {
	return Block{Range: r, Texts: texts, width: blockWidth(texts)}
}

// Text is what a cell of the range gets; ok is false for one that keeps its
// text.
func (b *Block) Text(row, col int) (text string, ok bool) {
	from, at := b.Texts[(row-b.Top)%len(b.Texts)], (col-b.Left)%b.width
	if at >= len(from) || b.Locked != nil && b.Locked[col-b.Left] {
		return "", false
	}
	return from[at], true
}

func blockWidth(block [][]string) int {
	width := 1
	for _, row := range block {
		width = max(width, len(row))
	}
	return width
}

// cellsOf counts the cells of all blocks.
func cellsOf(blocks []Block) (n int) {
	for i := range blocks {
		n += blocks[i].Cells()
	}
	return n
}

// many is from how many cells on a change is handed over as blocks, and a
// column's first cell speaks for all of the column.
const many = 4000

// write carries blocks out as one step, then tells done how many cells could
// not be changed. Large ones go to OnEditBlocks as they are; without that they
// are put together in slices, so that nothing waits for them, and while that
// goes on, no other change begins.
func (g *Grid) write(blocks []Block, action Action, done func(locked int)) {
	if g.gathering {
		g.notice("The last change is still being made. Try again in a moment.")
		return
	}
	if done == nil {
		done = func(int) {}
	}
	cells := cellsOf(blocks)
	if cells <= many {
		changes, locked := g.changesOf(blocks, action)
		g.apply(changes, action)
		done(locked)
		return
	}
	locked := g.lock(blocks)
	if g.OnEditBlocks != nil {
		g.OnEditBlocks(blocks, action)
		done(locked)
		return
	}
	g.gather(blocks, action, cells, func() { done(locked) })
}

// changesOf lists the changes of a few cells, each of which is asked whether it
// can be edited. What is cleared and is empty already is no change.
func (g *Grid) changesOf(blocks []Block, action Action) (changes []Change, locked int) {
	for i := range blocks {
		b := &blocks[i]
		for row := b.Top; row <= b.Bottom; row++ {
			for col := b.Left; col <= b.Right; col++ {
				text, ok := b.Text(row, col)
				switch {
				case !ok, g.emptyAlready(row, col, action):
				case row < g.view.Rows && !g.canEdit(Pos{row, col}):
					locked++
				default:
					changes = append(changes, Change{Row: row, Col: col, Text: text})
				}
			}
		}
	}
	return changes, locked
}

func (g *Grid) emptyAlready(row, col int, action Action) bool {
	return (action == Clear || action == Cut) && !g.filled(row, col)
}

// lock marks the columns of each block whose first cell cannot be edited, and
// counts their cells. Rows that do not exist yet can be edited.
func (g *Grid) lock(blocks []Block) (cells int) {
	for i := range blocks {
		b := &blocks[i]
		b.Locked = make([]bool, b.Cols())
		for col := range b.Locked {
			if b.Top < g.view.Rows && !g.canEdit(Pos{b.Top, b.Left + col}) {
				b.Locked[col] = true
				cells += b.Rows()
			}
		}
	}
	return cells
}

// gather puts the changes of large blocks together and carries them out.
func (g *Grid) gather(blocks []Block, action Action, cells int, done func()) {
	g.gathering = true
	changes := make([]Change, 0, cells)
	at, row := 0, blocks[0].Top
	g.inSlices(func() bool {
		b := &blocks[at]
		for col := b.Left; col <= b.Right; col++ {
			if text, ok := b.Text(row, col); ok && !g.emptyAlready(row, col, action) {
				changes = append(changes, Change{Row: row, Col: col, Text: text})
			}
		}
		if row++; row > b.Bottom {
			if at++; at < len(blocks) {
				row = blocks[at].Top
			}
		}
		return at < len(blocks)
	}, func() {
		g.gathering = false
		g.apply(changes, action)
		done()
	}, "The sheet changed meanwhile, so this change was not made. Try again.")
}

func (g *Grid) apply(changes []Change, action Action) {
	if len(changes) > 0 && g.OnEdit != nil {
		g.OnEdit(changes, action)
	}
}

// Busy says that a large change is still being put together.
func (g *Grid) Busy() bool { return g.gathering }

// How long the UI thread is kept at a time, and how many steps may be taken
// without looking at the clock.
const (
	sliceTime  = 4 * time.Millisecond
	sliceSteps = 64
)

// inSlices takes steps until one of them is false, with a breath for the UI
// thread whenever it was kept long enough, and then runs done. When the sheet
// changes meanwhile, it stops and says so.
func (g *Grid) inSlices(step func() (more bool), done func(), stopped string) {
	revision := g.model.Revision()
	var slice func()
	slice = func() {
		if g.model.Revision() != revision {
			g.gathering = false
			g.notice(stopped)
			return
		}
		begun := g.now()
		for {
			for range sliceSteps {
				if !step() {
					done()
					return
				}
			}
			if g.now().Sub(begun) >= sliceTime {
				g.post(slice)
				return
			}
		}
	}
	slice()
}
