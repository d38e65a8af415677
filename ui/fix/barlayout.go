package fix

import "fyne.io/fyne/v2"

// barLayout is the cell bar's own: the place 148 wide, then the field, then the
// message with its button. In a narrow window the message stands below them, at
// full width.
type barLayout struct {
	message *twoLines
	lines   int    // of the message below; 0 where it stands beside
	grown   func() // the height has changed
}

const (
	barWhere float32 = 148
	barGap   float32 = 10
	// barNarrow is below which width the message stands below the field, and
	// barBelow the gap between them.
	barNarrow float32 = 520
	barBelow  float32 = 4
)

// MinSize is asked for by Fyne.
func (l *barLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	height := o[1].MinSize().Height
	if l.lines > 0 {
		height += barBelow + l.message.height(l.lines)
	}
	return fyne.NewSize(360, height)
}

// Layout is asked for by Fyne.
func (l *barLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	if lines := l.below(size.Width); lines != l.lines {
		l.lines = lines
		l.grown()
	}
	use := float32(0)
	if o[3].Visible() {
		use = o[3].MinSize().Width + barGap
	}
	room := size.Width - barWhere - barGap - use
	if l.lines == 0 {
		said := l.besides(room, size.Width-barWhere-barGap)
		l.put(o, size, room-said)
		if said > 0 {
			center(o[2], size.Width-use-said+barGap, said-barGap, 0, size.Height)
		} else {
			center(o[2], size.Width, 0, 0, size.Height)
		}
		return
	}
	height := l.message.height(l.lines)
	l.put(o, fyne.NewSize(size.Width, size.Height-height-barBelow), room)
	center(o[2], 0, size.Width, size.Height-height, height)
}

// below is how many lines the message has below the field: room for one is
// always kept there, so that the sheet stays where it is.
func (l *barLayout) below(width float32) int {
	switch {
	case width >= barNarrow:
		return 0
	case l.message.wanted() > width:
		return 2
	}
	return 1
}

// besides is how much of the room behind the place the message takes from the
// field, with its gap; all is what that room would be without a button.
func (l *barLayout) besides(room, all float32) float32 {
	wanted := l.message.wanted()
	if wanted == 0 {
		return 0
	}
	room -= barGap
	// What does not fit beside a readable field goes on two lines.
	if wanted > room-all*0.38 {
		wanted = min(l.message.narrowest(), room-120)
	}
	field := max(min(120, all*0.3), min(all*0.52, room-wanted))
	return room - field + barGap
}

// put lays out the place, the field and the button.
func (*barLayout) put(o []fyne.CanvasObject, size fyne.Size, field float32) {
	center(o[0], 0, barWhere, 0, size.Height)
	center(o[1], barWhere+barGap, max(0, field), 0, size.Height)
	if o[3].Visible() {
		w := o[3].MinSize().Width
		center(o[3], size.Width-w, w, 0, size.Height)
	}
}

// center puts an object into the middle of a height, at its least height.
func center(o fyne.CanvasObject, x, width, y, height float32) {
	h := min(height, o.MinSize().Height)
	o.Move(fyne.NewPos(x, y+(height-h)/2))
	o.Resize(fyne.NewSize(width, h))
}
