package ask

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
	fynetooltip "github.com/dweymouth/fyne-tooltip"

	"rollcall/ui/look"
)

// withTips keeps the design's distances around a card's content.
func withTips(c *Card) fyne.CanvasObject {
	return look.Inset(24, 28, 24, 28, c.Content)
}

func addTipLayer(p *widget.PopUp)  { fynetooltip.AddPopUpToolTipLayer(p) }
func dropTipLayer(p *widget.PopUp) { fynetooltip.DestroyPopUpToolTipLayer(p) }
