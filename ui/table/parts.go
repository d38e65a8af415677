package table

import (
	"fyne.io/fyne/v2"

	"rollcall/ui/grid"
	"rollcall/ui/look"
)

// HeaderHeight is how high a grid's header row is in canvas units.
const HeaderHeight float32 = 32

// RowNumbers is how wide the column of row numbers is.
func RowNumbers(g *grid.Grid) float32 {
	at, _ := g.CellRect(grid.Pos{})
	x, _ := g.Offset()
	return at.X + float32(x)
}

// Header is where a column's header lies, relative to the grid, as far as it
// is in sight.
func Header(g *grid.Grid, col int) (at fyne.Position, size fyne.Size, seen bool) {
	cell, width := g.CellRect(grid.Pos{Col: col})
	left, right := max(cell.X, RowNumbers(g)), min(cell.X+width.Width, g.Size().Width)
	return fyne.NewPos(left, 0), fyne.NewSize(right-left, HeaderHeight), right-left > 1
}

// RowHeader is where a row's number lies, relative to the grid.
func RowHeader(g *grid.Grid, row int) (at fyne.Position, size fyne.Size, seen bool) {
	cell, height := g.CellRect(grid.Pos{Row: row})
	top, bottom := max(cell.Y, HeaderHeight), min(cell.Y+height.Height, g.Size().Height)
	return fyne.NewPos(0, top), fyne.NewSize(RowNumbers(g), bottom-top), bottom-top > 1
}

// Cell is where a cell lies, relative to the grid, as far as it is in sight.
func Cell(g *grid.Grid, cell grid.Pos) (at fyne.Position, size fyne.Size, seen bool) {
	p, s := g.CellRect(cell)
	left, right := max(p.X, RowNumbers(g)), min(p.X+s.Width, g.Size().Width)
	top, bottom := max(p.Y, HeaderHeight), min(p.Y+s.Height, g.Size().Height)
	return fyne.NewPos(left, top), fyne.NewSize(right-left, bottom-top), right-left > 1 && bottom-top > 1
}

// Segments is where the buttons of a filter bar lie, relative to it.
func Segments(filters ...look.Filter) (at []fyne.Position, size []fyne.Size) {
	x := float32(1)
	for _, f := range filters {
		text := f.Name
		if f.Count >= 0 {
			text += " " + look.Count(f.Count)
		}
		width := fyne.MeasureText(text, look.TextBody, fyne.TextStyle{Bold: true}).Width + 22
		at, size = append(at, fyne.NewPos(x, 1)), append(size, fyne.NewSize(width, look.ControlHeight-4))
		x += width
	}
	return at, size
}
