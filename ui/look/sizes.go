package look

import "fyne.io/fyne/v2"

// Spacing in canvas units, in steps of four.
const (
	SpaceSmall float32 = 4  // between an icon and its text
	SpaceInner float32 = 8  // inside controls, between controls of a row
	SpaceCards float32 = 14 // between cards
	SpaceInset float32 = 18 // inside cards, above the page's first card
	SpacePage  float32 = 22 // at the left and right page edges
)

// Text sizes in canvas units.
const (
	TextBody   float32 = 13
	TextQuiet  float32 = 12 // quiet lines, small buttons
	TextTiny   float32 = 11 // second line of the account chip, badges
	TextTitle  float32 = 17 // page titles
	TextHero   float32 = 25 // the start screen's line
	TextFigure float32 = 28 // the preview's counts
)

// Heights, corners and lines in canvas units.
const (
	ControlHeight      float32 = 32
	SmallControlHeight float32 = 26
	LargeControlHeight float32 = 38
	BarHeight          float32 = 52 // toolbar, with its line
	FooterHeight       float32 = 46 // with its line
	RowHeight          float32 = 30
	RadiusControl      float32 = 6
	RadiusCard         float32 = 10
	LineWidth          float32 = 1
	EdgeWidth          float32 = 3 // left edge of tinted cells
	IconSize           float32 = 18
)

// Gap is an empty object of at least the given size.
func Gap(width, height float32) fyne.CanvasObject {
	return &gap{size: fyne.NewSize(width, height)}
}

// gap is a CanvasObject that draws nothing.
type gap struct {
	size, now fyne.Size
	pos       fyne.Position
	hidden    bool
}

func (g *gap) MinSize() fyne.Size      { return g.size }
func (g *gap) Move(pos fyne.Position)  { g.pos = pos }
func (g *gap) Position() fyne.Position { return g.pos }
func (g *gap) Resize(size fyne.Size)   { g.now = size }
func (g *gap) Size() fyne.Size         { return g.now }
func (g *gap) Hide()                   { g.hidden = true }
func (g *gap) Show()                   { g.hidden = false }
func (g *gap) Visible() bool           { return !g.hidden }
func (g *gap) Refresh()                {}
