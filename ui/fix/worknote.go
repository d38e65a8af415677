package fix

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rollcall/ui/look"
	"rollcall/ui/places"
	"rollcall/ui/watch"
)

// workNote says over the lower end of the sheet what is being changed in the
// background, once that takes a while, with a way to give it up.
type workNote struct {
	screen  *Screen
	content *fyne.Container
	text    *look.Spans
	cancel  *look.Button
	own     string // work of the screen's own, "" for none
	stop    func() // gives that up
	turn    int
}

// notePatience is how long work may take before it is told.
const notePatience = 350 * time.Millisecond

func newWorkNote(s *Screen) *workNote {
	n := &workNote{screen: s, text: look.NewText("").Cut()}
	n.cancel = look.NewButton("Cancel", watch.Wrap("button work.cancel", n.giveUp)).Small().WithTip("Nothing is changed then")
	n.content = container.New(&noteLayout{n}, container.NewStack(
		look.NewBox(look.ColorSurface, look.ColorBorder, look.RadiusCard),
		look.Inset(8, 8, 8, look.SpaceCards, container.NewBorder(nil, nil, nil, n.cancel, n.text))))
	n.content.Hide()
	return n
}

// what is under way, "" for nothing.
func (n *workNote) what() string {
	if n.own != "" {
		return n.own
	}
	if n.screen.doc == nil {
		return ""
	}
	return n.screen.doc.Working()
}

// begin tells work of the screen's own, until end.
func (n *workNote) begin(what string, stop func()) {
	n.own, n.stop = what, stop
	n.update()
}

func (n *workNote) end() {
	n.own, n.stop = "", nil
	n.update()
}

func (n *workNote) giveUp() {
	if n.stop != nil {
		n.stop()
	} else if n.screen.doc != nil {
		n.screen.doc.CancelWork()
	}
	n.screen.Focus()
}

// update follows what is under way.
func (n *workNote) update() {
	n.turn++
	what, turn := n.what(), n.turn
	if what == "" {
		n.content.Hide()
		return
	}
	if n.content.Visible() {
		n.show(what)
		return
	}
	time.AfterFunc(notePatience, func() {
		n.screen.layer.Post(func() {
			if turn == n.turn {
				watch.Do("post: work", func() { n.show(what) })
			}
		})
	})
}

func (n *workNote) show(what string) {
	n.text.SetText(what + "…")
	n.content.Show()
	n.content.Refresh()
}

func (n *workNote) places(p *places.Page) {
	if n.content.Visible() {
		p.Mark("work.cancel", n.cancel)
		p.Text("work.text", n.text.Text())
	}
}

// noteLayout puts the note in the middle of the lower end.
type noteLayout struct{ note *workNote }

// MinSize is asked for by Fyne: the note takes no room of its own.
func (*noteLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

// Layout is asked for by Fyne.
func (l *noteLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	const beside, below = 40, 24
	least := o[0].MinSize()
	text := fyne.MeasureText(l.note.text.Text(), look.TextBody, fyne.TextStyle{}).Width
	width := min(least.Width+text+look.SpaceCards, size.Width-2*beside)
	o[0].Resize(fyne.NewSize(width, least.Height))
	o[0].Move(fyne.NewPos((size.Width-width)/2, size.Height-least.Height-below))
}
