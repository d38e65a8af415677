package look

import (
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// The edges of an empty check box and radio button, in Fyne's proportions.
const (
	squareEdge = `<path d="M5 4h14a1 1 0 0 1 1 1v14a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1z" fill="none" stroke="%s" stroke-width="2"/>`
	roundEdge  = `<circle cx="12" cy="12" r="9" fill="none" stroke="%s" stroke-width="2"/>`
)

// emptyTick is an empty check box or radio button whose edge can be seen (3:1,
// WCAG 2.2, 1.4.11). Fyne gives them the edge of text fields, which is softer; a
// stroke keeps its own colour. A theme of their own would have Fyne read the
// fonts anew for each of them.
func emptyTick(name, edge string, c color.Color) fyne.Resource {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	hex := fmt.Sprintf("#%02x%02x%02x", n.R, n.G, n.B)
	return fyne.NewStaticResource(name+hex+".svg", fmt.Appendf(nil,
		`<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24">`+edge+`</svg>`, hex))
}

// Icon is Fyne's own icon, but for what cannot be seen while it is empty.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource {
	quiet := t.palette(fyne.CurrentApp().Settings().ThemeVariant()).quiet
	switch name {
	case theme.IconNameCheckButton:
		return emptyTick("check", squareEdge, quiet)
	case theme.IconNameRadioButton:
		return emptyTick("radio", roundEdge, quiet)
	}
	return theme.DefaultTheme().Icon(name)
}
