package grid

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// ColorNames are the theme colours that a grid asks for. An empty name falls
// back to the nearest of Fyne's own.
type ColorNames struct {
	Surface, Header, RowNumbers     fyne.ThemeColorName
	Line, GridLine, Border          fyne.ThemeColorName
	Text, Quiet, Disabled           fyne.ThemeColorName
	Primary, Selected               fyne.ThemeColorName
	ErrorEdge, ErrorFill, ErrorText fyne.ThemeColorName
	WarningEdge, WarningFill        fyne.ThemeColorName
	WarningText                     fyne.ThemeColorName
	Good, GoodFill                  fyne.ThemeColorName
}

// Sizes are lengths in canvas units; a zero takes the default.
type Sizes struct {
	Row       float32 // height of a row, 30
	Header    float32 // height of the header row, 32
	Text      float32 // size of the text, the theme's
	RowHeader float32 // least width of the row numbers, 52; grows with the numbers
}

// palette is the colours of a grid as they are now.
type palette struct {
	surface, header, rowNumbers     color.RGBA
	line, gridLine, border          color.RGBA
	primary, selected               color.RGBA
	errorEdge, errorFill            color.RGBA
	warningEdge, warningFill        color.RGBA
	good, goodFill                  color.RGBA
	roles                           [RoleError + 1]color.RGBA
	selection, rowNumberTint, thumb color.Color
}

func (g *Grid) resolvePalette() palette {
	n := g.Colors
	get := func(name, fallback fyne.ThemeColorName) color.RGBA {
		if name == "" {
			name = fallback
		}
		return toRGBA(theme.ColorForWidget(name, g.self()))
	}
	p := palette{
		surface:     get(n.Surface, theme.ColorNameBackground),
		header:      get(n.Header, theme.ColorNameHeaderBackground),
		rowNumbers:  get(n.RowNumbers, theme.ColorNameHeaderBackground),
		line:        get(n.Line, theme.ColorNameSeparator),
		gridLine:    get(n.GridLine, theme.ColorNameSeparator),
		border:      get(n.Border, theme.ColorNameInputBorder),
		primary:     get(n.Primary, theme.ColorNamePrimary),
		selected:    get(n.Selected, theme.ColorNameSelection),
		errorEdge:   get(n.ErrorEdge, theme.ColorNameError),
		errorFill:   get(n.ErrorFill, theme.ColorNameError),
		warningEdge: get(n.WarningEdge, theme.ColorNameWarning),
		warningFill: get(n.WarningFill, theme.ColorNameWarning),
		good:        get(n.Good, theme.ColorNameSuccess),
		goodFill:    get(n.GoodFill, theme.ColorNameSuccess),
		thumb:       theme.ColorForWidget(theme.ColorNameScrollBar, g.self()),
	}
	if n.ErrorFill == "" {
		p.errorFill = mix(p.surface, p.errorEdge, 40)
	}
	if n.WarningFill == "" {
		p.warningFill = mix(p.surface, p.warningEdge, 40)
	}
	if n.GoodFill == "" {
		p.goodFill = mix(p.surface, p.good, 40)
	}
	p.roles = [...]color.RGBA{
		RoleText:     get(n.Text, theme.ColorNameForeground),
		RoleQuiet:    get(n.Quiet, theme.ColorNamePlaceHolder),
		RoleDisabled: get(n.Disabled, theme.ColorNameDisabled),
		RolePrimary:  p.primary,
		RoleGood:     p.good,
		RoleWarning:  get(n.WarningText, theme.ColorNameWarning),
		RoleError:    get(n.ErrorText, theme.ColorNameError),
	}
	p.selection = color.NRGBA{R: p.primary.R, G: p.primary.G, B: p.primary.B, A: 0x20}
	p.rowNumberTint = color.NRGBA{R: p.primary.R, G: p.primary.G, B: p.primary.B, A: 0x20}
	return p
}

func toRGBA(c color.Color) color.RGBA {
	r, g, b, a := c.RGBA()
	return color.RGBA{R: uint8(r >> 8), G: uint8(g >> 8), B: uint8(b >> 8), A: uint8(a >> 8)}
}

// mix is a with share of 255 parts of b.
func mix(a, b color.RGBA, share int) color.RGBA {
	part := func(x, y uint8) uint8 { return uint8((int(x)*(255-share) + int(y)*share) / 255) }
	return color.RGBA{R: part(a.R, b.R), G: part(a.G, b.G), B: part(a.B, b.B), A: 0xff}
}

func (p *palette) tint(t Tint) (fill, edge color.RGBA) {
	switch t {
	case TintError:
		return p.errorFill, p.errorEdge
	case TintWarning:
		return p.warningFill, p.warningEdge
	case TintGood:
		return p.goodFill, p.good
	default:
		return p.surface, p.surface
	}
}
