package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Mood says what a banner is about.
type Mood int

const (
	Info Mood = iota
	Good
	Warning
	Failure
)

// Banner is a framed message across the page, with an icon, so that colour is
// not alone, and optional buttons at the right.
type Banner struct {
	widget.BaseWidget
	box     *Box
	icon    *Icon
	text    *Paragraph
	buttons []fyne.CanvasObject
}

// NewBanner makes a banner with one message.
func NewBanner(mood Mood, text string, buttons ...fyne.CanvasObject) *Banner {
	b := &Banner{
		box:  NewBox(ColorInfoFill, ColorLine, RadiusCard),
		icon: NewIcon(IconInfo(), ColorPrimaryText, IconSize),
		text: NewParagraph(text, ColorText), buttons: buttons,
	}
	b.Set(mood, text)
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer is asked for by Fyne.
func (b *Banner) CreateRenderer() fyne.WidgetRenderer {
	b.ExtendBaseWidget(b)
	return widget.NewSimpleRenderer(BannerWith(b.box, b.icon, b.text, b.buttons...))
}

// Text is what the banner says.
func (b *Banner) Text() string { return b.text.text }

// Set changes mood and message.
func (b *Banner) Set(mood Mood, text string) {
	fill, edge, icon, tint := mood.style()
	b.box.SetColors(fill, edge)
	b.icon.Set(icon, tint)
	b.text.SetText(text)
}

// NewBannerOf makes a banner around any content: the preview's "Look twice".
func NewBannerOf(mood Mood, content fyne.CanvasObject, buttons ...fyne.CanvasObject) *fyne.Container {
	fill, edge, icon, tint := mood.style()
	return BannerWith(NewBox(fill, edge, RadiusCard), NewIcon(icon, tint, IconSize), content, buttons...)
}

// BannerWith puts a banner together from its parts.
func BannerWith(box *Box, icon *Icon, content fyne.CanvasObject, buttons ...fyne.CanvasObject) *fyne.Container {
	var right fyne.CanvasObject
	if len(buttons) > 0 {
		right = Row(SpaceInner, buttons...)
	}
	left := Inset(0, SpaceInner, 0, 0, icon)
	row := container.NewBorder(nil, nil, left, right, Inset(4, SpaceInner, 4, 0, content))
	return container.NewStack(box, Inset(8, 14, 8, 14, row))
}

func (m Mood) style() (fill, edge fyne.ThemeColorName, icon fyne.Resource, tint fyne.ThemeColorName) {
	switch m {
	case Good:
		return ColorGoodFill, ColorGood, IconCheck(), ColorGood
	case Warning:
		return ColorWarningFill, ColorWarningEdge, IconWarning(), ColorWarningText
	case Failure:
		return ColorErrorFill, ColorErrorEdge, IconError(), ColorErrorText
	default:
		return ColorInfoFill, ColorLine, IconInfo(), ColorPrimaryText
	}
}
