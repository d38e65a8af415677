package grid

import "sort"

// Viewport is the geometry of the cells' area: what is in sight of all rows and
// columns. All lengths are in canvas units; offsets are float64 so that nothing
// drifts at a million rows. Rows all have one height.
type Viewport struct {
	Rows          int
	RowHeight     float64
	Width, Height float64 // of the area in which cells are seen
	OffX, OffY    float64 // what has been scrolled away
	PadX, PadY    float64 // at the right and lower end, behind the last cell

	edges []float64 // left edges of the columns, and the right edge of the last
}

// SetWidths sets the widths of all columns.
func (v *Viewport) SetWidths(widths []float64) {
	v.edges = append(v.edges[:0], 0)
	x := 0.0
	for _, w := range widths {
		x += max(0, w)
		v.edges = append(v.edges, x)
	}
}

// slack is how much wider or higher than its area something may be, in canvas
// units, without being scrolled: what comes from rounding to whole pixels.
const slack = 1

// Cols is how many columns there are.
func (v *Viewport) Cols() int { return max(0, len(v.edges)-1) }

// ContentWidth is the width of all columns.
func (v *Viewport) ContentWidth() float64 {
	if len(v.edges) == 0 {
		return 0
	}
	return v.edges[len(v.edges)-1]
}

// ContentHeight is the height of all rows.
func (v *Viewport) ContentHeight() float64 { return float64(v.Rows) * v.RowHeight }

// MaxOffset is how far one can scroll.
func (v *Viewport) MaxOffset() (x, y float64) {
	return beyond(v.ContentWidth()+v.PadX, v.Width), beyond(v.ContentHeight()+v.PadY, v.Height)
}

func beyond(content, seen float64) float64 {
	if content <= seen+slack {
		return 0
	}
	return content - seen
}

// Clamp brings the offset back to where there is something to see.
func (v *Viewport) Clamp() {
	maxX, maxY := v.MaxOffset()
	v.OffX = min(max(0, v.OffX), maxX)
	v.OffY = min(max(0, v.OffY), maxY)
}

// ScrollBy moves the offset and tells whether anything moved.
func (v *Viewport) ScrollBy(dx, dy float64) bool {
	x, y := v.OffX, v.OffY
	v.OffX += dx
	v.OffY += dy
	v.Clamp()
	return x != v.OffX || y != v.OffY
}

// VisibleRows are the rows from first up to, but without, end that are at least
// partly in sight.
func (v *Viewport) VisibleRows() (first, end int) {
	if v.RowHeight <= 0 || v.Height <= 0 {
		return 0, 0
	}
	first = min(max(0, int(v.OffY/v.RowHeight)), v.Rows)
	end = int((v.OffY + v.Height) / v.RowHeight)
	if float64(end)*v.RowHeight < v.OffY+v.Height {
		end++
	}
	return first, min(max(end, first), v.Rows)
}

// VisibleCols are the columns from first up to, but without, end that are at
// least partly in sight.
func (v *Viewport) VisibleCols() (first, end int) {
	n := v.Cols()
	if n == 0 || v.Width <= 0 {
		return 0, 0
	}
	first = sort.Search(n, func(i int) bool { return v.edges[i+1] > v.OffX })
	end = sort.Search(n, func(i int) bool { return v.edges[i] >= v.OffX+v.Width })
	return first, max(first, end)
}

// RowTop is the distance from the top of the area; negative when above it.
func (v *Viewport) RowTop(row int) float64 { return float64(row)*v.RowHeight - v.OffY }

// ColLeft is the distance from the left of the area; negative when left of it.
func (v *Viewport) ColLeft(col int) float64 {
	if col < 0 || len(v.edges) == 0 {
		return -v.OffX
	}
	return v.edges[min(col, v.Cols())] - v.OffX
}

// ColWidth is the width of a column, 0 for one that is not there.
func (v *Viewport) ColWidth(col int) float64 {
	if col < 0 || col >= v.Cols() {
		return 0
	}
	return v.edges[col+1] - v.edges[col]
}

// RowAt is the row at a distance from the top of the area, clamped to what
// there is; -1 without rows.
func (v *Viewport) RowAt(y float64) int {
	if v.Rows == 0 || v.RowHeight <= 0 {
		return -1
	}
	at := (y + v.OffY) / v.RowHeight
	if at < 0 {
		return 0
	}
	return min(int(at), v.Rows-1)
}

// ColAt is the column at a distance from the left of the area, clamped to what
// there is; -1 without columns.
func (v *Viewport) ColAt(x float64) int {
	n := v.Cols()
	if n == 0 {
		return -1
	}
	i := sort.Search(n, func(i int) bool { return v.edges[i+1] > x+v.OffX })
	return min(i, n-1)
}

// Inside tells whether a place in the area is on a cell at all.
func (v *Viewport) Inside(x, y float64) bool {
	return x >= 0 && y >= 0 && x+v.OffX < v.ContentWidth() && y+v.OffY < v.ContentHeight()
}

// EdgeAt is the column whose right edge is within reach of x, or -1.
func (v *Viewport) EdgeAt(x, reach float64) int {
	for col := v.Cols() - 1; col >= 0; col-- {
		at := v.edges[col+1] - v.OffX
		if at >= x-reach && at <= x+reach {
			return col
		}
		if at < x-reach {
			break
		}
	}
	return -1
}

// PageRows is how many rows PageUp and PageDown move.
func (v *Viewport) PageRows() int {
	if v.RowHeight <= 0 {
		return 1
	}
	return max(1, int(v.Height/v.RowHeight)-1)
}

// EnsureVisible scrolls as little as possible so that the cell is wholly in
// sight (its left edge, when it is wider than the area), and tells whether
// anything moved.
func (v *Viewport) EnsureVisible(row, col int) bool {
	x, y := v.OffX, v.OffY
	if row >= 0 && row < v.Rows {
		top := float64(row) * v.RowHeight
		if top+v.RowHeight > v.OffY+v.Height-v.PadY {
			v.OffY = top + v.RowHeight - v.Height + v.PadY
		}
		if top < v.OffY {
			v.OffY = top
		}
	}
	if col >= 0 && col < v.Cols() {
		left, right := v.edges[col], v.edges[col+1]
		if right > v.OffX+v.Width-v.PadX {
			v.OffX = right - v.Width + v.PadX
		}
		if left < v.OffX {
			v.OffX = left
		}
	}
	v.Clamp()
	return x != v.OffX || y != v.OffY
}

// Thumb is where a scrollbar's thumb lies on a track: content units long, of
// which seen are in sight from offset on. ok is false when all is in sight.
func Thumb(track, content, seen, offset, least float64) (at, length float64, ok bool) {
	if content <= seen+slack || track <= 0 || seen <= 0 {
		return 0, 0, false
	}
	length = min(track, max(least, track*seen/content))
	at = (track - length) * offset / (content - seen)
	return at, length, true
}

// OffsetOfThumb is the offset for a thumb that lies at the given place.
func OffsetOfThumb(track, content, seen, at, length float64) float64 {
	if track <= length {
		return 0
	}
	return min(max(0, at), track-length) / (track - length) * (content - seen)
}
