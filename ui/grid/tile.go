package grid

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"rollcall/ui/bidi"
)

// tile is one row on screen: a picture, and text objects for what the picture
// cannot draw. Tiles are used again for other rows as one scrolls.
type tile struct {
	raster *canvas.Raster
	view   rowView
	shown  bool
	texts  []*canvas.Text
	lines  []*canvas.Rectangle
	used   int       // how many of texts are shown
	places []overlay // where they belong
}

// overlay is a text object's place in its row.
type overlay struct {
	x, y   float32 // from the left of the cells' area (unscrolled), the row's top
	size   fyne.Size
	struck bool
}

func (g *Grid) newTile() *tile {
	t := &tile{}
	t.view.row = -1
	t.raster = canvas.NewRaster(func(w, h int) image.Image {
		return g.painter.paintRow(w, h, &t.view, &g.cols)
	})
	t.raster.ScaleMode = canvas.ImageScalePixels
	return t
}

// loadTile takes what a row shows from the model and has its picture drawn anew.
func (g *Grid) loadTile(t *tile, row int) {
	first, end := g.view.VisibleCols()
	t.view.row, t.view.first = row, first
	t.view.cells = t.view.cells[:0]
	for col := first; col < end; col++ {
		t.view.cells = append(t.view.cells, g.model.Cell(row, col))
	}
	t.view.header = RowHeaderView{}
	if !g.HideRowHeader {
		t.view.header = g.model.RowHeader(row)
	}
	g.layOver(t)
	t.raster.Refresh()
}

// layOver makes text objects for the cells that need Fyne's shaping.
func (g *Grid) layOver(t *tile) {
	t.used, t.places = 0, t.places[:0]
	for i := range t.view.cells {
		c := &t.view.cells[i]
		if c.Text == "" && len(c.Spans) == 0 || !g.painter.overlaid(c) {
			continue
		}
		g.layOverCell(t, t.view.first+i, c)
	}
	for _, text := range t.texts[t.used:] {
		text.Text = ""
	}
}

func (g *Grid) layOverCell(t *tile, col int, c *CellView) {
	spans := c.Spans
	if len(spans) == 0 {
		line, more := shown(c.Text)
		if more {
			line += " ¶"
		}
		spans = []Span{{Text: line, Role: c.Role, Bold: c.Bold, Struck: c.Struck}}
	}
	x := float32(g.view.edges[col]) + cellPad
	if c.Check != NoCheck {
		x += 22
	}
	right := float32(g.view.edges[col+1]) - cellPad
	for _, s := range spans {
		text := t.text()
		text.TextSize, text.TextStyle = g.textSize(), fyne.TextStyle{Bold: s.Bold}
		text.Color = g.painter.colors.roles[s.Role]
		var size fyne.Size
		text.Text, size = g.cuts.cut(s.Text, s.Bold, g.textSize(), right-x)
		if len(spans) == 1 && (c.Align == AlignEnd || bidi.RightToLeft(s.Text)) {
			x = max(x, right-size.Width)
		}
		t.places = append(t.places, overlay{
			x: x, y: (float32(g.view.RowHeight) - size.Height) / 2, size: size, struck: s.Struck,
		})
		x += size.Width
	}
}

// text is the next text object that is free.
func (t *tile) text() *canvas.Text {
	if t.used == len(t.texts) {
		t.texts = append(t.texts, &canvas.Text{})
		t.lines = append(t.lines, &canvas.Rectangle{})
	}
	t.used++
	return t.texts[t.used-1]
}
