package look

import "fyne.io/fyne/v2"

// plainRenderer is the renderer of all building blocks here: a fixed list of
// objects and three functions of the widget.
type plainRenderer struct {
	objects []fyne.CanvasObject
	layout  func(size fyne.Size)
	least   func() fyne.Size
	restyle func() // re-reads colours, sizes and texts
	widget  fyne.Widget
}

func (r *plainRenderer) Layout(size fyne.Size)        { r.layout(size) }
func (r *plainRenderer) MinSize() fyne.Size           { return r.least() }
func (r *plainRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *plainRenderer) Destroy()                     {}

func (r *plainRenderer) Refresh() {
	r.restyle()
	r.layout(r.widget.Size())
	if c := fyne.CurrentApp().Driver().CanvasForObject(r.widget); c != nil {
		c.Refresh(r.widget)
	}
}
