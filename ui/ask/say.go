package ask

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rollcall/ui/look"
	"rollcall/ui/places"
	"rollcall/ui/watch"
)

// goodNewsStays is how long a message stays that asks for nothing.
const goodNewsStays = 8 * time.Second

// messageLine is the calm line above the screen: one message at a time.
type messageLine struct {
	layer  *Layer
	box    *fyne.Container
	banner *look.Banner
	action *look.Button
	close  *look.Button
	text   string
	turn   int // of the message, so that an old timer hides no new one
}

func newMessageLine(l *Layer) *messageLine {
	m := &messageLine{layer: l}
	m.action = look.NewSmallButton("", nil)
	m.close = look.NewIconButton(look.IconClose(), "Close this message", watch.Wrap("button message.close", func() { l.Hush() }))
	m.close.Small()
	m.banner = look.NewBanner(look.Info, "", m.action, m.close)
	m.box = container.NewStack(look.Inset(8, look.SpaceCards, 8, look.SpaceCards, m.banner))
	m.box.Hide()
	return m
}

// Line is the place for messages; the shell puts it above the screen.
func (l *Layer) Line() fyne.CanvasObject { return l.line.box }

// Say shows a message. Good news and information go by themselves after a
// while, the rest stays until it is closed.
func (l *Layer) Say(mood look.Mood, text string) { l.SayWith(mood, text, "", nil) }

// SayWith is Say with a button.
func (l *Layer) SayWith(mood look.Mood, text, action string, f func()) {
	m := l.line
	m.turn++
	m.text = text
	m.banner.Set(mood, text)
	m.action.Hide()
	if action != "" {
		m.action.SetText(action)
		m.action.OnTapped = watch.Wrap("button message.action", func() { l.Hush(); f() })
		m.action.Show()
	}
	m.box.Show()
	m.box.Refresh()
	// A banner lays its buttons out only when its size changes.
	size := m.banner.Size()
	m.banner.Resize(size.AddWidthHeight(1, 0))
	m.banner.Resize(size)
	if action == "" && (mood == look.Good || mood == look.Info) {
		turn := m.turn
		time.AfterFunc(goodNewsStays, func() {
			l.post(func() {
				if m.turn == turn {
					l.Hush()
				}
			})
		})
	}
}

// Hush takes the message away.
func (l *Layer) Hush() {
	l.line.turn++
	l.line.text = ""
	l.line.box.Hide()
}

// MarkLine names the message and its buttons.
func (l *Layer) MarkLine(p *places.Page) {
	p.Text("message", l.line.text)
	if l.line.text == "" {
		return
	}
	p.Mark("message", l.line.box)
	p.Mark("message.close", l.line.close)
	if l.line.action.Visible() {
		p.Mark("message.action", l.line.action)
	}
}
