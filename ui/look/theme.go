package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Mode says which variant of the colours is shown.
type Mode int

const (
	FollowSystem Mode = iota // light or dark as the system is
	AlwaysLight
	AlwaysDark
)

// Theme is Rollcall's Fyne theme. The zero value follows the system. Give it to
// App.Settings().SetTheme; to change it, set a new one.
type Theme struct {
	Mode         Mode
	HighContrast bool // stronger text, edges and tints
}

var _ fyne.Theme = (*Theme)(nil)

// Variant is what is really shown when the system's variant is v.
func (t *Theme) Variant(v fyne.ThemeVariant) fyne.ThemeVariant {
	switch t.Mode {
	case AlwaysLight:
		return theme.VariantLight
	case AlwaysDark:
		return theme.VariantDark
	default:
		return v
	}
}

func (t *Theme) palette(v fyne.ThemeVariant) *palette {
	isDark := t.Variant(v) == theme.VariantDark
	switch {
	case t.HighContrast && isDark:
		return &contrastDark
	case t.HighContrast:
		return &contrastLight
	case isDark:
		return &dark
	default:
		return &light
	}
}

// Color gives the colour of a token, Fyne's or ours.
func (t *Theme) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	p := t.palette(v)
	if c, ok := p.own(name); ok {
		return c
	}
	if c, ok := p.fynes(name); ok {
		return c
	}
	return theme.DefaultTheme().Color(name, t.Variant(v))
}

func (p *palette) own(name fyne.ThemeColorName) (color.Color, bool) {
	switch name {
	case ColorPage:
		return p.background, true
	case ColorMenuLine:
		return p.menuLine, true
	case ColorSurface:
		return p.surface, true
	case ColorHeaderRow:
		return p.headerRow, true
	case ColorRowNumbers:
		return p.rowNumbers, true
	case ColorLine:
		return p.line, true
	case ColorGridLine:
		return p.gridLine, true
	case ColorBorder:
		return p.border, true
	case ColorText:
		return p.text, true
	case ColorQuiet:
		return p.quiet, true
	case ColorDisabled:
		return p.disabled, true
	case ColorPrimary:
		return p.primary, true
	case ColorOnPrimary:
		return p.onPrimary, true
	case ColorPrimaryText:
		return p.primaryText, true
	case ColorSelected:
		return p.selected, true
	}
	return p.verdict(name)
}

func (p *palette) verdict(name fyne.ThemeColorName) (color.Color, bool) {
	switch name {
	case ColorErrorEdge:
		return p.errorEdge, true
	case ColorErrorFill:
		return p.errorFill, true
	case ColorErrorText:
		return p.errorText, true
	case ColorErrorBadge:
		return p.errorBadge, true
	case ColorOnError:
		return p.onError, true
	case ColorWarningEdge:
		return p.warningEdge, true
	case ColorWarningFill:
		return p.warningFill, true
	case ColorWarningText:
		return p.warningText, true
	case ColorGood:
		return p.good, true
	case ColorOnGood:
		return p.onGood, true
	case ColorGoodFill:
		return p.goodFill, true
	case ColorGoodDot:
		return p.goodDot, true
	case ColorInfoFill:
		return p.infoFill, true
	case ColorChip:
		return p.chip, true
	case ColorDisabledFill:
		return p.disabledFill, true
	}
	return nil, false
}

// fynes answers for the names that Fyne's own widgets ask for.
func (p *palette) fynes(name fyne.ThemeColorName) (color.Color, bool) {
	switch name {
	case theme.ColorNameForeground:
		return p.text, true
	case theme.ColorNamePlaceHolder:
		return p.quiet, true
	case theme.ColorNameDisabled:
		return p.disabled, true
	case theme.ColorNamePrimary, theme.ColorNameHyperlink:
		return p.primaryText, true
	case theme.ColorNameForegroundOnPrimary:
		return p.onPrimary, true
	case theme.ColorNameBackground, theme.ColorNameButton, theme.ColorNameInputBackground, theme.ColorNameMenuBackground,
		theme.ColorNameOverlayBackground, theme.ColorNameInnerWindowBorder:
		return p.surface, true
	case theme.ColorNameDisabledButton:
		return p.disabledFill, true
	case theme.ColorNameHeaderBackground:
		return p.headerRow, true
	case theme.ColorNameInputBorder:
		return p.border, true
	case theme.ColorNameSeparator:
		return p.line, true
	case theme.ColorNameSelection, theme.ColorNameFocus:
		return faded(p.primaryText, 0x40), true
	case theme.ColorNameHover, theme.ColorNamePressed:
		return p.hover, true
	case theme.ColorNameShadow:
		return p.shadow, true
	case theme.ColorNameScrollBar:
		return p.scrollBar, true
	case theme.ColorNameScrollBarBackground:
		return color.NRGBA{}, true
	case theme.ColorNameError:
		return p.errorEdge, true
	case theme.ColorNameWarning:
		return p.warningEdge, true
	case theme.ColorNameSuccess:
		return p.good, true
	case theme.ColorNameForegroundOnError:
		return p.onError, true
	case theme.ColorNameForegroundOnSuccess:
		return p.onGood, true
	}
	return nil, false
}

func faded(c color.NRGBA, alpha uint8) color.NRGBA {
	c.A = alpha
	return c
}

// Font is Fyne's own font.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource {
	return theme.DefaultTheme().Font(style)
}

// Size gives a size in canvas units.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case theme.SizeNameText:
		return TextBody
	case theme.SizeNameHeadingText:
		return TextFigure
	case theme.SizeNameSubHeadingText:
		return TextTitle
	case theme.SizeNameCaptionText:
		return TextQuiet
	case theme.SizeNameInnerPadding:
		return 7 // a line of text and twice this is ControlHeight
	case theme.SizeNameInlineIcon:
		return IconSize
	case theme.SizeNameInputRadius, theme.SizeNameButtonRadius, theme.SizeNameMenuRadius, theme.SizeNamePopupRadius:
		return RadiusControl
	case theme.SizeNameCardRadius, theme.SizeNameDialogRadius:
		return RadiusCard
	case theme.SizeNameScrollBar:
		return 10
	case theme.SizeNameScrollBarSmall:
		return 4
	case theme.SizeNameModalBlurRadius:
		return 0 // dimming alone; blurring costs a pass over the whole window per frame
	}
	return theme.DefaultTheme().Size(name)
}

// Color is the colour of a token as it is shown now, in the current theme.
func Color(name fyne.ThemeColorName) color.Color {
	return theme.Color(name)
}

func colorFor(w fyne.Widget, name fyne.ThemeColorName) color.Color {
	return theme.ColorForWidget(name, w)
}
