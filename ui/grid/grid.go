package grid

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

var (
	_ fyne.Widget            = (*Grid)(nil)
	_ fyne.Focusable         = (*Grid)(nil)
	_ fyne.Tabbable          = (*Grid)(nil)
	_ fyne.Shortcutable      = (*Grid)(nil)
	_ fyne.Scrollable        = (*Grid)(nil)
	_ fyne.Draggable         = (*Grid)(nil)
	_ fyne.SecondaryTappable = (*Grid)(nil)
	_ fyne.Accessible        = (*Grid)(nil)
	_ desktop.Mouseable      = (*Grid)(nil)
	_ desktop.Hoverable      = (*Grid)(nil)
	_ desktop.Cursorable     = (*Grid)(nil)
)

// Action is what a person did to change cells: one step for undo.
type Action int

const (
	Edit Action = iota
	Paste
	Cut
	Clear
	Fill
)

func (a Action) String() string {
	return [...]string{"edit", "paste", "cut", "clear", "fill down"}[a]
}

// Grid is the sheet widget. Make it with New; all its methods belong on the UI
// goroutine. It is not meant to be embedded in another widget.
//
// Set the callbacks that are wanted before it is shown; any may be nil.
type Grid struct {
	widget.BaseWidget

	Colors ColorNames
	Sizes  Sizes

	// HideRowHeader shows no row numbers.
	HideRowHeader bool
	// ReadOnly lets nothing be edited, whatever the model says.
	ReadOnly bool
	// GrowRows lets a paste reach below the last row: such changes name rows
	// from the model's number of rows on. Otherwise what does not fit is told
	// with OnNotice.
	GrowRows bool
	// MarkRows shows the cursor as its whole row: tables that are read.
	MarkRows bool

	// OnEdit carries out changes, as one step for undo.
	OnEdit func(changes []Change, action Action)
	// OnEditBlocks carries out a change of thousands of cells or more, as one
	// step for undo, preferably in the background: of what is cleared, cells
	// that are empty already are no change. Without it, OnEdit gets them all.
	OnEditBlocks func(blocks []Block, action Action)
	// OnSelect follows the active cell and the selected range.
	OnSelect func(active Pos, selected Range)
	// OnEditing judges a text at each keystroke in the editor.
	OnEditing func(at Pos, text string) Verdict
	// OnEditEnded is called when the editor closes; kept tells whether its text
	// was taken.
	OnEditEnded func(at Pos, kept bool)
	// OnSuggestionTaken is called when the verdict's suggestion was taken,
	// before OnEdit.
	OnSuggestionTaken func(at Pos, suggestion string)
	// OnContextMenu opens a menu for the selection; at is on the canvas.
	OnContextMenu func(cell Pos, at fyne.Position)
	// OnHeaderTapped opens a column's menu: a click on its arrow or the right
	// button; at is on the canvas.
	OnHeaderTapped func(col int, at fyne.Position)
	// OnColumnResized tells a width that a person chose, in canvas units.
	OnColumnResized func(col int, width float32)
	// OnInsertRows wants count empty rows before row at.
	OnInsertRows func(at, count int)
	// OnDeleteRows wants the rows of all ranges to go, as one step for undo;
	// the ranges do not overlap and come from the top.
	OnDeleteRows func(rows []Range)
	// OnCellButton tells a press of a cell's button, OnCheck of its check box.
	OnCellButton func(cell Pos)
	OnCheck      func(cell Pos)
	// OnActivate is Enter or a double-click on a cell that cannot be edited.
	OnActivate func(cell Pos)
	// OnNextProblem and OnPreviousProblem are F8 and Shift+F8.
	OnNextProblem, OnPreviousProblem func()
	// OnUndo and OnRedo are Ctrl+Z and Ctrl+Y, Ctrl+Shift+Z.
	OnUndo, OnRedo func()
	// OnEscape is Escape when there is nothing to give up in the grid.
	OnEscape func()
	// OnShortcut gets every other shortcut while the grid has the focus.
	OnShortcut func(fyne.Shortcut)
	// OnNotice tells a sentence to the person: what did not fit, what was kept.
	OnNotice func(sentence string)
	// OnScrolled follows what is in sight: rows first up to, but without, end.
	OnScrolled func(first, end int)

	// Mods tells the modifier keys that are down, Now the time, Post runs a
	// function later on the UI goroutine, After the same after a while, and
	// Clipboard is where copies go. All have defaults.
	Mods      func() fyne.KeyModifier
	Now       func() time.Time
	Post      func(func())
	After     func(time.Duration, func()) (stop func())
	Clipboard func() fyne.Clipboard

	// Watch runs each of the grid's handlers and the preparation of its
	// drawing, to measure them: what is "key Return", "scroll", "draw" …, and
	// never holds any of the cells' text. It must call f once, at once; nil
	// runs f alone.
	Watch func(what string, f func())

	model    Model
	view     Viewport
	sel      Selection
	widths   []float64
	custom   map[int]float32
	painter  rowPainter
	revision uint64

	focused, leaving bool
	pixScale         float64
	themeText        float32
	headerHeight     float64
	rowHeaderWidth   float64
	cols             columns
	fits             columnFits
	widestNumber     float64 // of the row numbers that were seen, in canvas units

	tiles      []*tile
	drawn      bool
	header     *canvas.Raster
	headers    []HeaderView
	menuCol    int
	tileBox    *fyne.Container
	cellBox    *fyne.Container
	titleBox   *fyne.Container
	tileClip   *container.Clip
	cellClip   *container.Clip
	titleClip  *container.Clip
	titles     []*canvas.Text
	overlays   int // how many text objects lie in cellBox
	ground     *canvas.Rectangle
	rowTint    *canvas.Rectangle
	colTint    *canvas.Rectangle
	rangeTint  *canvas.Rectangle
	otherTints []*canvas.Rectangle // of the ranges selected before
	cursor     *canvas.Rectangle
	ring       *canvas.Rectangle
	guide      *canvas.Rectangle
	choiceSign *canvas.Image
	bars       [2]*scrollBar
	cuts       textCuts

	edit  editing
	mouse pointer
	// gathering is set while the changes of a large range are put together.
	gathering bool
}

// New makes a grid that shows a model.
func New(model Model) *Grid {
	g := &Grid{model: model, custom: map[int]float32{}, menuCol: -1}
	g.ExtendBaseWidget(g)
	g.follow()
	return g
}

// SetModel shows another model; widths, scroll offset and selection begin anew.
func (g *Grid) SetModel(model Model) {
	g.CancelEdit()
	g.model, g.custom = model, map[int]float32{}
	g.view.OffX, g.view.OffY = 0, 0
	g.sel = Selection{}
	g.fits.titles, g.widestNumber = nil, 0
	g.follow()
	g.Refresh()
}

// Model is what is shown.
func (g *Grid) Model() Model { return g.model }

// Active is the active cell.
func (g *Grid) Active() Pos { return g.sel.Active() }

// Selected is the selected range.
func (g *Grid) Selected() Range { return g.sel.Range() }

// SelectedRanges are all that is selected: the ranges that were selected before
// with Ctrl, then the one in hand. They may overlap.
func (g *Grid) SelectedRanges() []Range { return g.sel.Ranges() }

// WholeRowsSelected tells whether the selection was made of whole rows.
func (g *Grid) WholeRowsSelected() bool { return g.sel.WholeRows() }

// GoTo makes a cell the active one and brings it into sight.
func (g *Grid) GoTo(cell Pos) {
	g.Commit()
	g.sel.MoveTo(cell)
	g.reveal(g.sel.Active())
}

// Select selects a range with an active cell in it and brings that into sight.
func (g *Grid) Select(r Range, active Pos) {
	g.Commit()
	g.sel.Select(r, active)
	g.reveal(g.sel.Active())
}

// VisibleRows are the rows in sight, from first up to, but without, end.
func (g *Grid) VisibleRows() (first, end int) { return g.view.VisibleRows() }

// Offset is how far the grid is scrolled, in canvas units.
func (g *Grid) Offset() (x, y float64) { return g.view.OffX, g.view.OffY }

// ScrollTo scrolls to an offset in canvas units, as far as there is something.
func (g *Grid) ScrollTo(x, y float64) {
	g.view.OffX, g.view.OffY = x, y
	g.view.Clamp()
	g.scrolled()
}

// ColumnWidth is the width of a column in canvas units.
func (g *Grid) ColumnWidth(col int) float32 { return float32(g.view.ColWidth(col)) }

// SetColumnWidth overrules the model's width; 0 returns to it. It does not call
// OnColumnResized.
func (g *Grid) SetColumnWidth(col int, width float32) {
	if width <= 0 {
		delete(g.custom, col)
	} else {
		g.custom[col] = max(24, width)
	}
	g.redraw()
}

// FitColumn makes a column as wide as the widest of the cells in sight and its
// header, and tells OnColumnResized.
func (g *Grid) FitColumn(col int) {
	if _, cols := g.model.Len(); col < 0 || col >= cols {
		return
	}
	g.SetColumnWidth(col, g.fittingWidth(col))
	if g.OnColumnResized != nil {
		g.OnColumnResized(col, g.custom[col])
	}
}

// Focus gives the grid the keyboard.
func (g *Grid) Focus() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(g); c != nil {
		c.Focus(g)
	}
}

// Refresh draws all anew: after any change of the model, the theme or the
// grid's own fields.
func (g *Grid) Refresh() {
	g.BaseWidget.Refresh()
}

// RefreshRow draws one row anew, when nothing but its cells changed.
func (g *Grid) RefreshRow(row int) {
	if rows, cols := g.model.Len(); rows != g.view.Rows || cols != g.view.Cols() {
		g.Refresh()
		return
	}
	g.revision = g.model.Revision()
	for _, t := range g.tiles {
		if t.view.row == row && t.shown {
			g.loadTile(t, row)
			g.placeOverlays()
		}
	}
	g.moveCursor()
}

// CellRect is where a cell lies, relative to the grid; it may be out of sight.
func (g *Grid) CellRect(cell Pos) (at fyne.Position, size fyne.Size) {
	x := g.rowHeaderWidth + g.view.ColLeft(cell.Col)
	y := g.headerHeight + g.view.RowTop(cell.Row)
	return fyne.NewPos(float32(x), float32(y)),
		fyne.NewSize(float32(g.view.ColWidth(cell.Col)), float32(g.view.RowHeight))
}

// AccessibilityLabel tells the active cell: its row, its column, its text and
// its state.
func (g *Grid) AccessibilityLabel() string {
	rows, cols := g.model.Len()
	at := g.sel.Active()
	if at.Row >= rows || at.Col >= cols {
		return "Empty table"
	}
	cell := g.model.Cell(at.Row, at.Col)
	number := g.model.RowHeader(at.Row).Number
	if number == "" {
		number = strconv.Itoa(at.Row + 1)
	}
	label := "Row " + number + ", " + g.model.Header(at.Col).Title + ": "
	if cell.Text == "" {
		label += "empty"
	} else {
		label += cell.Text
	}
	switch cell.Tint {
	case TintError:
		label += ", error"
	case TintWarning:
		label += ", warning"
	}
	return label
}

// AccessibilityRole is text, the nearest that there is.
func (g *Grid) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// MinSize leaves room for the header and two rows.
func (g *Grid) MinSize() fyne.Size {
	g.ExtendBaseWidget(g)
	return g.BaseWidget.MinSize()
}

func (g *Grid) self() fyne.Widget { return g }

func (g *Grid) watch(what string, f func()) {
	if g.Watch == nil {
		f()
		return
	}
	g.Watch(what, f)
}

func (g *Grid) rowHeight() float32 {
	if g.Sizes.Row > 0 {
		return g.Sizes.Row
	}
	return 30
}

func (g *Grid) headerSize() float32 {
	if g.Sizes.Header > 0 {
		return g.Sizes.Header
	}
	return 32
}

// textSize is the size of all text. The theme's is read in restyle only: while
// the editor is drawn, the current theme is the editor's own, which asks here.
func (g *Grid) textSize() float32 {
	if g.Sizes.Text > 0 {
		return g.Sizes.Text
	}
	return g.themeText
}

func (g *Grid) selected() {
	if g.OnSelect != nil {
		g.OnSelect(g.sel.Active(), g.sel.Range())
	}
}

func (g *Grid) notice(sentence string) {
	if g.OnNotice != nil {
		g.OnNotice(sentence)
	}
}
