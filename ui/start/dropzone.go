package start

import (
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"rollcall/ui/look"
)

// dropZone is a surface with a dashed, rounded edge around its content. Fyne
// draws no dashed lines, so the edge is a picture made for the size.
type dropZone struct {
	widget.BaseWidget
	content fyne.CanvasObject
	edge    *canvas.Image
	drawn   fyne.Size
}

func newDropZone(content fyne.CanvasObject) *dropZone {
	z := &dropZone{content: content, edge: canvas.NewImageFromResource(nil)}
	z.edge.FillMode = canvas.ImageFillStretch
	z.ExtendBaseWidget(z)
	return z
}

// CreateRenderer is asked for by Fyne.
func (z *dropZone) CreateRenderer() fyne.WidgetRenderer { return &dropRenderer{z} }

type dropRenderer struct{ zone *dropZone }

func (r *dropRenderer) Destroy() {}

func (r *dropRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.zone.edge, r.zone.content}
}

func (r *dropRenderer) MinSize() fyne.Size { return r.zone.content.MinSize().AddWidthHeight(48, 32) }

func (r *dropRenderer) Layout(size fyne.Size) {
	z := r.zone
	z.edge.Resize(size)
	z.content.Resize(size)
	if size != z.drawn {
		z.draw(size)
	}
}

func (r *dropRenderer) Refresh() {
	r.zone.draw(r.zone.Size())
	r.zone.content.Refresh()
}

func (z *dropZone) draw(size fyne.Size) {
	if size.Width < 4 || size.Height < 4 {
		return
	}
	z.drawn = size
	th := z.Theme()
	v := fyne.CurrentApp().Settings().ThemeVariant()
	fill, line := hex(th.Color(look.ColorSurface, v)), hex(th.Color(theme.ColorNamePlaceHolder, v))
	picture := fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%.0f" viewBox="0 0 %.0f %.0f">`+
		`<rect x="1" y="1" width="%.0f" height="%.0f" rx="14" ry="14" fill="%s" fill-opacity="0.7" stroke="%s" stroke-opacity="0.55" stroke-width="2" stroke-dasharray="7,6"/></svg>`,
		size.Width, size.Height, size.Width, size.Height, size.Width-2, size.Height-2, fill, line)
	z.edge.Resource = fyne.NewStaticResource(fmt.Sprintf("drop-%.0f-%.0f-%s.svg", size.Width, size.Height, fill[1:]), []byte(picture))
	z.edge.Refresh()
}

func hex(c color.Color) string {
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}
