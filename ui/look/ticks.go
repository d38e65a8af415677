package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// Ticks draws the check boxes and radio buttons inside content with an edge
// that can be seen while they are empty (3:1, WCAG 2.2, 1.4.11). Fyne gives them
// the edge of text fields, which is softer.
func Ticks(content fyne.CanvasObject) fyne.CanvasObject {
	return container.NewThemeOverride(content, tickTheme{})
}

// tickTheme is the theme of the window with another edge.
type tickTheme struct{}

// Color is asked for by Fyne.
func (tickTheme) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	if name == theme.ColorNameInputBorder {
		name = ColorQuiet
	}
	return fyne.CurrentApp().Settings().Theme().Color(name, v)
}

// Font is asked for by Fyne.
func (tickTheme) Font(style fyne.TextStyle) fyne.Resource {
	return fyne.CurrentApp().Settings().Theme().Font(style)
}

// Icon is asked for by Fyne.
func (tickTheme) Icon(name fyne.ThemeIconName) fyne.Resource {
	return fyne.CurrentApp().Settings().Theme().Icon(name)
}

// Size is asked for by Fyne.
func (tickTheme) Size(name fyne.ThemeSizeName) float32 {
	return fyne.CurrentApp().Settings().Theme().Size(name)
}
