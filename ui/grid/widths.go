package grid

import (
	"math"
	"slices"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"rollcall/ui/bidi"
)

// columnFits are the widths that columns without one of their own get, worked
// out from their titles and first values. They hold until the columns, the font
// or the scale change, not as values are edited.
type columnFits struct {
	titles  []string // what they were worked out for
	rows    bool     // with values
	least   []float32
	natural []float32
	widths  []float32
}

const (
	fitRows  = 200  // rows whose values are looked at, at most
	fitCells = 1200 // and cells
	widest   = 280  // canvas units that values ask for, at most
	leastCol = 64   // canvas units of a column, at least
)

// fitted gives each column the width that its title and nearly all of its first
// values need; where they do not all fit into room, the widest give way first,
// as long as that helps. Titles do not.
func (g *Grid) fitted(room float64) []float32 {
	f := &g.fits
	if !g.fitsHold() {
		g.measureFits()
	}
	f.widths = append(f.widths[:0], f.natural...)
	var free []int
	for col := range f.widths {
		h := g.model.Header(col)
		switch own, ok := g.custom[col]; {
		case ok:
			room -= float64(own)
		case h.Width > 0:
			room -= float64(h.Width)
		default:
			free = append(free, col)
		}
	}
	if most, ok := f.fill(free, float32(math.Floor(room))); ok {
		for _, col := range free {
			f.widths[col] = max(f.least[col], min(f.natural[col], most))
		}
	}
	return f.widths
}

// fill finds how wide columns may be at most so that together they fit into
// room; ok is false where that would be too narrow to read.
func (f *columnFits) fill(cols []int, room float32) (most float32, ok bool) {
	const readable = 110
	for most = widest; most >= readable; most-- {
		sum := float32(0)
		for _, col := range cols {
			sum += max(f.least[col], min(f.natural[col], most))
		}
		if sum <= room {
			return most, true
		}
	}
	return 0, false
}

// fitsHold tells whether the columns are those that were measured.
func (g *Grid) fitsHold() bool {
	f := &g.fits
	if len(f.titles) != len(g.widths) || f.rows != (g.view.Rows > 0) || f.titles == nil {
		return false
	}
	for col, title := range f.titles {
		if g.model.Header(col).Title != title {
			return false
		}
	}
	return true
}

func (g *Grid) measureFits() {
	f := &g.fits
	n := len(g.widths)
	*f = columnFits{titles: make([]string, n), rows: g.view.Rows > 0, least: make([]float32, n), natural: make([]float32, n)}
	rows := min(g.view.Rows, fitRows, max(1, fitCells/max(1, n)))
	values := make([]float32, rows)
	for col := range n {
		h := g.model.Header(col)
		f.titles[col] = h.Title
		f.least[col] = max(leastCol, g.titleWidth(h.Title))
		f.natural[col] = f.least[col]
		if h.Width > 0 || rows == 0 {
			continue
		}
		for row := range rows {
			values[row] = g.roughWidth(g.model.Cell(row, col))
		}
		slices.Sort(values)
		f.natural[col] = max(f.least[col], min(widest, max(values[(rows*19+19)/20-1], g.choicesWidth(col))))
	}
}

// choicesWidth is the width of the longest value that a column's drop-down
// offers, with the sign that opens it.
func (g *Grid) choicesWidth(col int) (width float32) {
	ed, ok := g.model.(Editable)
	if !ok || g.ReadOnly {
		return 0
	}
	for _, choice := range ed.Editor(0, col).Choices {
		width = max(width, g.textWidth(choice, false)+cellPad+signReach)
	}
	return width
}

// titleWidth is the width that a column needs to show its title whole.
func (g *Grid) titleWidth(title string) float32 {
	line, _ := shown(title)
	return min(widest, float32(math.Ceil(float64(g.textWidth(line, true))))+2*cellPad)
}

// roughWidth is about how wide a cell has to be; text that Fyne has to shape is
// only guessed at, since shaping takes long.
func (g *Grid) roughWidth(c CellView) float32 {
	line, more := shown(c.Text)
	width := float32(0)
	if f := g.painter.faceOf(c.Bold); f != nil && f.plain(line) {
		width = float32(f.width(line) / g.pixScale)
	} else {
		const wide = 0x2e80 // from here on scripts whose letters are as wide as high
		for _, r := range line {
			if r >= wide {
				width += g.textSize()
			} else if utf8.RuneLen(r) > 0 {
				width += g.textSize() * 0.6
			}
		}
	}
	if more {
		width += 14
	}
	return width + 2*cellPad + 2
}

// rowHeaderSize has room for the longest number that was seen and the mark
// before it.
func (g *Grid) rowHeaderSize() float32 {
	least := g.Sizes.RowHeader
	if least <= 0 {
		least = 52
	}
	if g.view.Rows > 0 {
		g.widestNumber = max(g.widestNumber, g.numberWidth(g.model.RowHeader(g.view.Rows-1).Number))
	}
	return max(least, float32(g.numbersNeed()))
}

// numberWidth is how wide a row's number is, in canvas units.
func (g *Grid) numberWidth(number string) float64 {
	if g.painter.small == nil {
		return 0
	}
	return g.painter.small.width(number) / g.pixScale
}

// numbersNeed is how wide the row numbers have to be: the widest of those that
// were seen, with the mark before it.
func (g *Grid) numbersNeed() float64 {
	const mark = 20
	return math.Floor(g.widestNumber) + cellPad + mark
}

// setWidths takes over the columns' widths. Columns that grow share what is left
// of the room beside a vertical scroll bar; columns that just fill the grid
// leave that bar its room, too.
func (g *Grid) setWidths(snap func(float32) float64, room float64) {
	growing, total := 0, 0.0
	g.headers = g.headers[:0]
	fitted := g.fitted(room)
	for col := range g.widths {
		h := g.model.Header(col)
		w := h.Width
		if own, ok := g.custom[col]; ok {
			w = own
		} else if w <= 0 {
			w = fitted[col]
		}
		g.widths[col] = snap(w)
		total += g.widths[col]
		if _, own := g.custom[col]; h.Grows && !own {
			growing++
		}
	}
	left := room - total
	if growing > 0 && left > 0 {
		for col := range g.widths {
			if _, own := g.custom[col]; g.model.Header(col).Grows && !own {
				g.widths[col] += math.Floor(left/float64(growing)*g.pixScale) / g.pixScale
			}
		}
	}
	if left < 0 && total <= g.view.Width+slack {
		g.giveWay(-left)
	}
	g.view.SetWidths(g.widths)
}

// giveWay takes a scroll bar's room from the last column, unless a person chose
// its width.
func (g *Grid) giveWay(bar float64) {
	last := len(g.widths) - 1
	if last < 0 {
		return
	}
	if _, own := g.custom[last]; !own && g.widths[last] > 4*bar {
		g.widths[last] -= bar
	}
}

// fittingWidth is the width of the widest text in sight in a column.
func (g *Grid) fittingWidth(col int) float32 {
	title := g.model.Header(col).Title
	widest := g.textWidth(title, true) + 30
	first, end := g.view.VisibleRows()
	for row := first; row < end; row++ {
		c := g.model.Cell(row, col)
		width := float32(0)
		spans := c.Spans
		if len(spans) == 0 {
			spans = []Span{{Text: c.Text, Bold: c.Bold}}
		}
		for _, s := range spans {
			line, _ := shown(s.Text)
			width += g.textWidth(line, s.Bold)
		}
		widest = max(widest, width)
	}
	return min(widest+2*cellPad+4, max(120, float32(g.view.Width)*0.8))
}

func (g *Grid) textWidth(text string, bold bool) float32 {
	if f := g.painter.faceOf(bold); f != nil && f.plain(text) {
		return float32(f.width(text) / g.pixScale)
	}
	return fyne.MeasureText(bidi.Visual(text), g.textSize(), fyne.TextStyle{Bold: bold}).Width
}
