package look

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	ttwidget "github.com/dweymouth/fyne-tooltip/widget"
)

// How long the pointer rests on a control before its tooltip shows, and how far
// from the pointer it does, in canvas units.
const (
	tipDelay  = 750 * time.Millisecond
	tipBelow  = 16
	tipAbove  = 8
	tipWidest = 420
	tipMargin = 4
)

// cardTips are the layers of the cards that are shown, by the overlay they lie
// in.
var cardTips = map[fyne.CanvasObject]*Tips{}

// lastHovered is the control that the pointer went over last.
var lastHovered *tipped

// after runs f on the user interface's goroutine after a while.
var after = func(d time.Duration, f func()) (stop func()) {
	t := time.AfterFunc(d, func() { fyne.Do(f) })
	return func() { t.Stop() }
}

// Tips is the layer of a card on which its tooltips are shown. (Those of the
// window itself are shown by fyne-tooltip, which does not know the overlays of
// Fyne 2.8.)
type Tips struct {
	layer   *fyne.Container
	canvas  fyne.Canvas
	overlay fyne.CanvasObject
}

// NewTips makes a layer.
func NewTips() *Tips { return &Tips{layer: container.New(freeLayout{})} }

// Over lays the tooltips over a card's content.
func (t *Tips) Over(content fyne.CanvasObject) fyne.CanvasObject {
	return container.NewStack(content, t.layer)
}

// Attach begins to show tooltips; the card must be the topmost overlay by now.
// A tooltip of what the card covers goes away.
func (t *Tips) Attach(c fyne.Canvas) {
	if lastHovered != nil {
		lastHovered.dropTip()
	}
	t.canvas, t.overlay = c, c.Overlays().Top()
	if t.overlay != nil {
		cardTips[t.overlay] = t
	}
}

// Detach ends it, when the card has gone.
func (t *Tips) Detach() {
	t.hide()
	delete(cardTips, t.overlay)
}

func (t *Tips) hide() {
	if len(t.layer.Objects) > 0 {
		t.layer.Objects = nil
		t.layer.Refresh()
	}
}

// show lays a text below the pointer, or above it near the window's lower edge.
func (t *Tips) show(text string, pointer fyne.Position) {
	window := t.canvas.Size()
	words := NewParagraph(text, ColorText)
	words.size = TextQuiet
	widest := float32(0)
	for _, line := range strings.Split(text, "\n") {
		widest = max(widest, measure(line, TextQuiet, fyne.TextStyle{}).Width)
	}
	const padX, padY = 8, 4
	width := min(widest+1, tipWidest, window.Width-2*tipMargin-2*padX)
	words.Resize(fyne.NewSize(width, 1))
	height := words.MinSize().Height
	size := fyne.NewSize(width+2*padX, height+2*padY)

	at := pointer.AddXY(0, tipBelow)
	at.X = max(tipMargin, min(at.X, window.Width-tipMargin-size.Width))
	if at.Y+size.Height > window.Height-tipMargin {
		at.Y = max(tipMargin, pointer.Y-tipAbove-size.Height)
	}
	at = at.Subtract(fyne.CurrentApp().Driver().AbsolutePositionForObject(t.layer))

	box := NewBox(ColorSurface, ColorBorder, SpaceSmall)
	box.Move(at)
	box.Resize(size)
	words.Move(at.AddXY(padX, padY))
	words.Resize(fyne.NewSize(width, height))
	t.layer.Objects = []fyne.CanvasObject{box, words}
	t.layer.Refresh()
}

// freeLayout leaves everything where it is and wants no room for it.
type freeLayout struct{}

// MinSize is asked for by Fyne.
func (freeLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

// Layout is asked for by Fyne.
func (freeLayout) Layout([]fyne.CanvasObject, fyne.Size) {}

// tipped is the base of all controls with a tooltip.
type tipped struct {
	ttwidget.ToolTipWidget
	self fyne.CanvasObject
	tips *Tips // that shows the tooltip, or soon will
	at   fyne.Position
	stop func()
}

// ExtendBaseWidget is called by each control when it is made.
func (t *tipped) ExtendBaseWidget(w fyne.Widget) {
	t.self = w
	t.ToolTipWidget.ExtendBaseWidget(w)
}

// MouseIn shows the tooltip after a while: in the window, or in the card that
// the control is in. Over anything else that covers the window it stays silent.
func (t *tipped) MouseIn(e *desktop.MouseEvent) {
	t.dropTip()
	lastHovered = t
	c := fyne.CurrentApp().Driver().CanvasForObject(t.self)
	if c == nil || t.ToolTip() == "" {
		return
	}
	top := c.Overlays().Top()
	if top == nil {
		t.ToolTipWidget.MouseIn(e)
		return
	}
	tips := cardTips[top]
	if tips == nil {
		return
	}
	t.tips, t.at = tips, e.AbsolutePosition
	t.stop = after(tipDelay, func() {
		if t.tips == tips && t.ToolTip() != "" && c.Overlays().Top() == top {
			tips.show(t.ToolTip(), t.at)
		}
	})
}

// MouseMoved has the tooltip show where the pointer rests.
func (t *tipped) MouseMoved(e *desktop.MouseEvent) {
	t.at = e.AbsolutePosition
	t.ToolTipWidget.MouseMoved(e)
}

// MouseOut takes the tooltip away.
func (t *tipped) MouseOut() { t.dropTip() }

// dropTip takes the tooltip away, also one that is about to show.
func (t *tipped) dropTip() {
	t.ToolTipWidget.MouseOut()
	if t.stop != nil {
		t.stop()
		t.stop = nil
	}
	if t.tips != nil {
		t.tips.hide()
		t.tips = nil
	}
}
