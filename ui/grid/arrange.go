package grid

import (
	"image"
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// gridRenderer hands Fyne the objects; all arranging is done by the grid, since
// a scroll must not go through a Refresh of everything.
type gridRenderer struct {
	grid    *Grid
	objects []fyne.CanvasObject
}

func (r *gridRenderer) Layout(fyne.Size)             { r.grid.watch("draw", r.grid.redraw) }
func (r *gridRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *gridRenderer) Destroy()                     {}

func (r *gridRenderer) MinSize() fyne.Size {
	rows := float32(max(1, min(2, r.grid.view.Rows)))
	return fyne.NewSize(160, r.grid.headerSize()+rows*r.grid.rowHeight())
}

// Refresh follows a change of theme, scale, sizes or model.
func (r *gridRenderer) Refresh() {
	r.grid.watch("draw", func() {
		r.grid.restyle()
		r.grid.redraw()
		r.grid.edit.restyle()
		canvas.Refresh(r.grid)
	})
}

// CreateRenderer is asked for by Fyne: again, too, when a grid that was out of
// sight for a while is shown once more. Its objects and their state stay.
func (g *Grid) CreateRenderer() fyne.WidgetRenderer {
	g.ExtendBaseWidget(g)
	g.watch("draw", func() {
		if !g.drawn {
			g.build()
			g.drawn = true
		}
		g.restyle()
		g.redraw()
	})
	objects := []fyne.CanvasObject{
		g.ground, g.tileClip, g.rowTint, g.cellClip, g.header, g.titleClip, g.colTint,
		g.guide, g.bars[0], g.bars[1],
	}
	objects = append(objects, g.edit.floating()...)
	return &gridRenderer{grid: g, objects: append(objects, g.ring)}
}

// build makes all objects that are there once.
func (g *Grid) build() {
	g.ground, g.guide = &canvas.Rectangle{}, &canvas.Rectangle{}
	g.rowTint, g.colTint = &canvas.Rectangle{}, &canvas.Rectangle{}
	g.rangeTint, g.cursor = &canvas.Rectangle{StrokeWidth: 1}, &canvas.Rectangle{StrokeWidth: 2}
	g.ring = &canvas.Rectangle{StrokeWidth: 2}
	g.header = canvas.NewRaster(func(w, h int) image.Image {
		return g.painter.paintHeader(w, h, g.headers, &g.cols, g.menuCol)
	})
	g.header.ScaleMode = canvas.ImageScalePixels
	g.choiceSign = canvas.NewImageFromResource(theme.MenuDropDownIcon())
	g.tileBox = container.NewWithoutLayout()
	g.cellBox = container.NewWithoutLayout()
	g.titleBox = container.NewWithoutLayout()
	g.tileClip, g.cellClip, g.titleClip = container.NewClip(g.tileBox), container.NewClip(g.cellBox), container.NewClip(g.titleBox)
	for _, clip := range []*container.Clip{g.tileClip, g.cellClip, g.titleClip} {
		clip.ExtendBaseWidget(clip) // else it would not lay out what is in it
	}
	g.bars = [2]*scrollBar{newScrollBar(g, true), newScrollBar(g, false)}
	g.edit.build(g)
	g.guide.Hide()
}

// restyle reads colours, fonts and sizes anew.
func (g *Grid) restyle() {
	g.themeText = theme.SizeForWidget(theme.SizeNameText, g)
	p := g.resolvePalette()
	g.painter.colors = p
	g.ground.FillColor = p.surface
	g.guide.FillColor = p.primary
	g.rowTint.FillColor, g.colTint.FillColor = p.rowNumberTint, p.rowNumberTint
	g.rangeTint.FillColor, g.rangeTint.StrokeColor = p.selection, p.primary
	g.choiceSign.Resource = theme.NewColoredResource(theme.MenuDropDownIcon(), themeName(g.Colors.Quiet, theme.ColorNamePlaceHolder))
	g.choiceSign.Refresh()
	g.cuts.forget()
	g.styleFocus()
}

func themeName(name, fallback fyne.ThemeColorName) fyne.ThemeColorName {
	if name == "" {
		return fallback
	}
	return name
}

// styleFocus shows whether keys come here: the cursor is primary then, and an
// empty grid has a ring.
func (g *Grid) styleFocus() {
	if !g.drawn {
		return
	}
	p := &g.painter.colors
	g.cursor.StrokeColor = p.roles[RoleDisabled]
	if g.focused || g.edit.on {
		g.cursor.StrokeColor = p.primary
	}
	g.ring.StrokeColor = p.primary
	if g.focused && (g.view.Rows == 0 || g.view.Cols() == 0) {
		g.ring.Show()
	} else {
		g.ring.Hide()
	}
	g.cursor.Refresh()
}

// follow takes the numbers of rows and columns from the model.
func (g *Grid) follow() {
	rows, cols := g.model.Len()
	g.view.Rows = rows
	g.sel.Resize(rows, cols)
	g.revision = g.model.Revision()
	if cap(g.widths) < cols {
		g.widths = make([]float64, cols)
	}
	g.widths = g.widths[:cols]
}

// measure works out all lengths, in whole pixels of the screen.
func (g *Grid) measure() {
	g.pixScale = g.findScale()
	snap := func(units float32) float64 {
		return max(1, math.Round(float64(units)*g.pixScale)) / g.pixScale
	}
	if g.painter.prepare(g.Theme(), g.pixScale, float64(g.textSize())) {
		g.cuts.forget()
		g.fits.titles, g.widestNumber = nil, 0
	}
	g.view.RowHeight = snap(g.rowHeight())
	g.headerHeight = snap(g.headerSize())
	g.rowHeaderWidth = 0
	if !g.HideRowHeader {
		g.rowHeaderWidth = snap(max(g.rowHeaderSize(), 0))
	}
	size := g.Size()
	g.view.Width = max(0, float64(size.Width)-g.rowHeaderWidth)
	g.view.Height = max(0, float64(size.Height)-g.headerHeight)
	bar := 0.0
	if g.view.ContentHeight() > g.view.Height {
		bar = barWidth
	}
	g.setWidths(snap, g.view.Width-bar)
	g.view.PadX, g.view.PadY = 0, 0
	if g.view.ContentWidth() > g.view.Width+slack {
		g.view.PadX, g.view.PadY = bar, barWidth
	}
	g.view.Clamp()
}

func (g *Grid) findScale() float64 {
	c := fyne.CurrentApp().Driver().CanvasForObject(g)
	if c == nil {
		return 1
	}
	const units = 4096
	x, _ := c.PixelCoordinateForPosition(fyne.NewPos(units, 0))
	if x <= 0 {
		return 1
	}
	return float64(x) / units
}

// redraw arranges everything anew and draws every row in sight.
func (g *Grid) redraw() {
	if !g.drawn {
		return
	}
	g.follow()
	g.measure()
	size := g.Size()
	g.ring.Resize(size)
	g.tileClip.Move(fyne.NewPos(0, float32(g.headerHeight)))
	g.tileClip.Resize(fyne.NewSize(size.Width, float32(g.view.Height)))
	g.cellClip.Move(fyne.NewPos(float32(g.rowHeaderWidth), float32(g.headerHeight)))
	g.cellClip.Resize(fyne.NewSize(float32(g.view.Width), float32(g.view.Height)))
	g.titleClip.Move(fyne.NewPos(float32(g.rowHeaderWidth), 0))
	g.titleClip.Resize(fyne.NewSize(float32(g.view.Width), float32(g.headerHeight)))
	g.header.Move(fyne.NewPos(g.nudge(), g.nudge()))
	g.header.Resize(fyne.NewSize(size.Width, float32(g.headerHeight)))
	for _, t := range g.tiles {
		t.view.row = -1
	}
	g.view.OffX = g.snap(g.view.OffX)
	g.layColumns()
	g.scrolled()
	g.styleFocus()
}

func (g *Grid) snap(units float64) float64 { return math.Round(units*g.pixScale) / g.pixScale }

// layColumns works out where columns lie in pixels, and draws the header.
func (g *Grid) layColumns() {
	first, end := g.view.VisibleCols()
	c := &g.cols
	c.first, c.edges = first, c.edges[:0]
	c.rowHeader = g.painter.px(g.rowHeaderWidth)
	for col := first; col <= end; col++ {
		c.edges = append(c.edges, g.painter.px(g.rowHeaderWidth+g.view.ColLeft(col)))
	}
	g.headers = g.headers[:0]
	for col := first; col < end; col++ {
		g.headers = append(g.headers, g.model.Header(col))
	}
	g.layTitles()
	g.header.Refresh()
}

// layTitles lays text objects over headers that the picture cannot draw.
func (g *Grid) layTitles() {
	used := 0
	objects := g.titleBox.Objects[:0]
	for i, h := range g.headers {
		title, _ := shown(h.Title)
		if g.painter.bold == nil || g.painter.bold.plain(title) {
			continue
		}
		if used == len(g.titles) {
			g.titles = append(g.titles, &canvas.Text{TextStyle: fyne.TextStyle{Bold: true}})
		}
		t := g.titles[used]
		used++
		col := g.cols.first + i
		t.TextSize, t.Color = g.textSize(), g.painter.colors.roles[RoleText]
		var size fyne.Size
		t.Text, size = g.cuts.cut(title, true, t.TextSize, float32(g.view.ColWidth(col))-2*cellPad-16)
		t.Resize(size)
		t.Move(fyne.NewPos(float32(g.view.ColLeft(col))+cellPad, (float32(g.headerHeight)-size.Height)/2))
		objects = append(objects, t)
	}
	g.titleBox.Objects = objects
}

// scrolled puts the rows in sight on tiles, loading those that were not, and
// moves everything that lies over them.
func (g *Grid) scrolled() {
	if !g.drawn {
		return
	}
	if x := g.snap(g.view.OffX); x != g.scrolledX() {
		g.view.OffX = x
		g.layColumns()
		for _, t := range g.tiles {
			t.view.row = -1
		}
	}
	g.placeTiles()
	if !g.HideRowHeader && g.numbersNeed() > g.rowHeaderWidth+slack {
		g.redraw() // with the room that the numbers in sight need
		return
	}
	g.placeOverlays()
	g.moveCursor()
	for _, b := range g.bars {
		b.follow()
	}
	if g.OnScrolled != nil {
		g.OnScrolled(g.view.VisibleRows())
	}
}

// scrolledX is the horizontal offset that the columns were laid out for.
func (g *Grid) scrolledX() float64 {
	if len(g.cols.edges) == 0 {
		return g.view.OffX
	}
	if first, _ := g.view.VisibleCols(); first != g.cols.first {
		return -1
	}
	if g.painter.px(g.rowHeaderWidth+g.view.ColLeft(g.cols.first)) != g.cols.edges[0] {
		return -1
	}
	return g.snap(g.view.OffX)
}

func (g *Grid) placeTiles() {
	first, end := g.view.VisibleRows()
	want := int(math.Ceil(g.view.Height/g.view.RowHeight)) + 1
	for len(g.tiles) < want {
		g.tiles = append(g.tiles, g.newTile())
	}
	if len(g.tiles) > 2*want+8 {
		g.tiles = g.tiles[:want]
	}
	n := len(g.tiles)
	size := fyne.NewSize(g.Size().Width, float32(g.view.RowHeight))
	objects := g.tileBox.Objects[:0]
	for _, t := range g.tiles {
		t.shown = false
	}
	for row := first; row < end; row++ {
		t := g.tiles[row%n]
		t.shown = true
		t.raster.Resize(size)
		t.raster.Move(fyne.NewPos(g.nudge(), g.tileTop(row)))
		if t.view.row != row {
			g.loadTile(t, row)
		}
		objects = append(objects, t.raster)
		g.widestNumber = max(g.widestNumber, g.numberWidth(t.view.header.Number))
	}
	g.tileBox.Objects = objects
	g.placeGround(end)
}

// placeGround fills what is below the last row. Nothing lies behind the rows:
// in software rendering each pixel that is painted twice costs.
func (g *Grid) placeGround(end int) {
	top := g.headerHeight + max(0, g.view.RowTop(end))
	left := float64(g.Size().Height) - top
	show(g.ground, left > 0)
	g.ground.Move(fyne.NewPos(0, float32(top)))
	g.ground.Resize(fyne.NewSize(g.Size().Width, float32(max(0, left))))
}

// tileTop is where a row begins, on a whole pixel.
func (g *Grid) tileTop(row int) float32 {
	return float32(g.snap(g.view.RowTop(row))) + g.nudge()
}

// nudge is a little less than an eighth of a pixel, by which all that is drawn
// lies lower and to the right. At fractional scales the grid itself can begin on
// half a pixel; without the nudge, rounding would take one row up and the next
// one down.
func (g *Grid) nudge() float32 {
	if g.pixScale == math.Trunc(g.pixScale) {
		return 0
	}
	return float32(0.12 / g.pixScale)
}

// placeOverlays moves the text objects to their rows, and behind them in order
// the selection, the cursor and the editor.
func (g *Grid) placeOverlays() {
	objects := g.cellBox.Objects[:0]
	left := float32(-g.view.OffX)
	for _, t := range g.tiles {
		if !t.shown {
			continue
		}
		top := g.tileTop(t.view.row)
		for i, at := range t.places {
			text := t.texts[i]
			text.Resize(at.size)
			text.Move(fyne.NewPos(left+at.x, top+at.y))
			objects = append(objects, text)
			if at.struck {
				line := t.lines[i]
				line.FillColor = text.Color
				line.Resize(fyne.NewSize(at.size.Width, 1))
				line.Move(fyne.NewPos(left+at.x, top+float32(g.view.RowHeight)/2+1))
				objects = append(objects, line)
			}
		}
	}
	g.overlays = len(objects)
	for _, tint := range g.otherTints {
		objects = append(objects, tint)
	}
	objects = append(objects, g.rangeTint, g.cursor, g.choiceSign)
	objects = append(objects, g.edit.inCell()...)
	g.cellBox.Objects = objects
}

// moveCursor follows the selection and the offset.
func (g *Grid) moveCursor() {
	if !g.drawn {
		return
	}
	r := g.sel.Range()
	active := g.sel.Active()
	empty := g.view.Rows == 0 || g.view.Cols() == 0
	// A table that is read shows where its cursor is only while keys move it.
	marked := !empty && (!g.MarkRows || g.focused)
	show(g.cursor, marked)
	show(g.rangeTint, marked && (g.sel.several() || g.MarkRows))
	show(g.rowTint, !empty && !g.HideRowHeader)
	show(g.colTint, !empty && !g.MarkRows)
	show(g.choiceSign, !empty && !g.edit.on && g.editorKind(active) == Choices)
	if empty {
		return
	}
	cell := Range{active.Row, active.Col, active.Row, active.Col}
	if g.MarkRows {
		cell.Left, cell.Right = 0, g.view.Cols()-1
		r.Left, r.Right = 0, g.view.Cols()-1
	}
	at, size := g.rangeRect(cell)
	g.cursor.Resize(size)
	g.cursor.Move(at)
	g.choiceSign.Resize(fyne.NewSquareSize(18))
	g.choiceSign.Move(fyne.NewPos(at.X+size.Width-20, at.Y+(size.Height-18)/2))
	at, size = g.rangeRect(r)
	g.rangeTint.Resize(size)
	g.rangeTint.Move(at)
	g.tintHeaders(at, size)
	g.tintOthers()
	g.edit.place()
}

// tintOthers shows the ranges that were selected before the one in hand, as
// many rectangles as are in sight.
func (g *Grid) tintOthers() {
	used := 0
	area := Range{Bottom: g.view.Rows, Right: g.view.Cols()}
	area.Top, area.Bottom = g.view.VisibleRows()
	area.Left, area.Right = g.view.VisibleCols()
	for _, r := range g.sel.others {
		if r.Bottom < area.Top || r.Top >= area.Bottom || r.Right < area.Left || r.Left >= area.Right {
			continue
		}
		if used == len(g.otherTints) {
			tint := &canvas.Rectangle{StrokeWidth: 1}
			g.otherTints = append(g.otherTints, tint)
			g.cellBox.Objects = slices.Insert(g.cellBox.Objects, g.overlays, fyne.CanvasObject(tint))
		}
		tint := g.otherTints[used]
		used++
		tint.FillColor, tint.StrokeColor = g.painter.colors.selection, g.painter.colors.primary
		at, size := g.rangeRect(r)
		tint.Resize(size)
		tint.Move(at)
		tint.Show()
	}
	for _, tint := range g.otherTints[used:] {
		show(tint, false)
	}
}

func (g *Grid) tintHeaders(at fyne.Position, size fyne.Size) {
	top, bottom := max(0, at.Y), min(float32(g.view.Height), at.Y+size.Height)
	g.rowTint.Move(fyne.NewPos(0, float32(g.headerHeight)+top))
	g.rowTint.Resize(fyne.NewSize(float32(g.rowHeaderWidth), max(0, bottom-top)))
	left, right := max(0, at.X), min(float32(g.view.Width), at.X+size.Width)
	g.colTint.Move(fyne.NewPos(float32(g.rowHeaderWidth)+left, 0))
	g.colTint.Resize(fyne.NewSize(max(0, right-left), float32(g.headerHeight)))
}

// rangeRect is where a range lies in the cells' area, cut not far outside it so
// that lengths stay small at a million rows.
func (g *Grid) rangeRect(r Range) (fyne.Position, fyne.Size) {
	const beyond = 8
	x0, x1 := g.view.ColLeft(r.Left), g.view.ColLeft(r.Right+1)
	y0, y1 := g.view.RowTop(r.Top), g.view.RowTop(r.Bottom)+g.view.RowHeight
	if x0 >= 1 {
		x0-- // over the line of the cell before
	}
	if y0 >= 1 {
		y0--
	}
	x0, x1 = max(x0, -beyond), min(x1, g.view.Width+beyond)
	y0, y1 = max(y0, -beyond), min(y1, g.view.Height+beyond)
	return fyne.NewPos(float32(g.snap(x0))+g.nudge(), float32(g.snap(y0))+g.nudge()),
		fyne.NewSize(float32(max(0, x1-x0)), float32(max(0, y1-y0)))
}

func show(o fyne.CanvasObject, visible bool) {
	if o.Visible() == visible {
		return
	}
	if visible {
		o.Show()
	} else {
		o.Hide()
	}
}

// reveal brings a cell into sight and tells the selection.
func (g *Grid) reveal(cell Pos) {
	if g.drawn && g.view.EnsureVisible(cell.Row, cell.Col) {
		g.scrolled()
	} else {
		g.moveCursor()
	}
	g.selected()
}
