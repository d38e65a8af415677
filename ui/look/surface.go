package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Box is a rectangle in token colours behind everything else that is stacked on
// it. It follows the theme.
type Box struct {
	widget.BaseWidget
	fill, edge fyne.ThemeColorName
	radius     float32
	rect       *canvas.Rectangle
}

// NewBox makes a rectangle; an empty token draws nothing for that part.
func NewBox(fill, edge fyne.ThemeColorName, radius float32) *Box {
	b := &Box{fill: fill, edge: edge, radius: radius}
	b.ExtendBaseWidget(b)
	return b
}

// SetColors changes fill and edge.
func (b *Box) SetColors(fill, edge fyne.ThemeColorName) {
	if b.fill != fill || b.edge != edge {
		b.fill, b.edge = fill, edge
		b.Refresh()
	}
}

// CreateRenderer is asked for by Fyne.
func (b *Box) CreateRenderer() fyne.WidgetRenderer {
	b.ExtendBaseWidget(b)
	b.rect = &canvas.Rectangle{CornerRadius: b.radius}
	r := &plainRenderer{objects: []fyne.CanvasObject{b.rect}, widget: b}
	r.restyle = func() {
		b.rect.FillColor, b.rect.StrokeColor, b.rect.StrokeWidth = color.Transparent, color.Transparent, 0
		if b.fill != "" {
			b.rect.FillColor = colorFor(b, b.fill)
		}
		if b.edge != "" {
			b.rect.StrokeColor, b.rect.StrokeWidth = colorFor(b, b.edge), LineWidth
		}
	}
	r.layout = func(size fyne.Size) { b.rect.Resize(size) }
	r.least = func() fyne.Size { return fyne.NewSize(0, 0) }
	r.restyle()
	return r
}

// Card is a rounded surface with a line around and its content inset.
func Card(content fyne.CanvasObject) *fyne.Container {
	return container.NewStack(NewBox(ColorSurface, ColorLine, RadiusCard), Inset(14, SpaceInset, 14, SpaceInset, content))
}

// TableCard is a card whose content reaches to its edges: for grids and lists.
func TableCard(content fyne.CanvasObject) *fyne.Container {
	return container.NewStack(NewBox(ColorSurface, ColorLine, RadiusCard), Inset(1, 1, 1, 1, content))
}

// Surface puts content on the surface colour, without an edge: side panels.
func Surface(content fyne.CanvasObject) *fyne.Container {
	return container.NewStack(NewBox(ColorSurface, "", 0), content)
}

// Ground puts content on the page background, below a line that ends the menu
// bar. Fyne's own background colour is that of the surfaces: its menu bar has no
// other.
func Ground(content fyne.CanvasObject) *fyne.Container {
	line := Fixed(LineWidth, LineWidth, NewBox(ColorMenuLine, "", 0))
	return container.NewStack(NewBox(ColorPage, "", 0), content, container.NewBorder(line, nil, nil, nil))
}

// Page keeps the page's edges around content.
func Page(content fyne.CanvasObject) *fyne.Container {
	return Inset(SpaceInset, SpacePage, SpaceInset, SpacePage, content)
}

// Line is a line between parts, one unit thick, across or down as it is laid out.
func Line() fyne.CanvasObject {
	return Fixed(LineWidth, LineWidth, NewBox(ColorLine, "", 0))
}

// TopBar is a bar of the given least height, the line below it included.
func TopBar(height float32, content fyne.CanvasObject) *fyne.Container {
	return bar(height, content, nil, Line())
}

// BottomBar is a bar with a line above: the footer with the primary button.
func BottomBar(content fyne.CanvasObject) *fyne.Container {
	return bar(FooterHeight, content, Line(), nil)
}

func bar(height float32, content, above, below fyne.CanvasObject) *fyne.Container {
	inner := Fixed(0, height-LineWidth, Inset(4, SpaceCards, 4, SpaceCards, container.New(&levelLayout{}, content)))
	return Surface(Column(0, notNil(above, inner, below)...))
}

func notNil(objects ...fyne.CanvasObject) []fyne.CanvasObject {
	kept := objects[:0]
	for _, o := range objects {
		if o != nil {
			kept = append(kept, o)
		}
	}
	return kept
}
