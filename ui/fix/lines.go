package fix

import (
	"cmp"
	"slices"
	"sort"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// lines is a scrolling list of lines of different heights of which only those
// in sight are made. Lines are kept and filled anew.
type lines struct {
	scroll *container.Scroll
	inner  *fyne.Container
	ends   []float32 // the bottom of each line
	shown  map[int]line
	spare  map[int][]line
	kind   func(i int) int
	height func(i int) float32
	make   func(kind int) line
	fill   func(l line, i int)
}

// line is one line, whatever it shows.
type line interface{ fyne.CanvasObject }

func newLines(kind func(int) int, height func(int) float32, make func(int) line, fill func(line, int)) *lines {
	l := &lines{kind: kind, height: height, make: make, fill: fill, shown: map[int]line{}, spare: map[int][]line{}}
	l.inner = container.New(l)
	l.scroll = container.NewVScroll(l.inner)
	l.scroll.OnScrolled = func(fyne.Position) { l.place() }
	return l
}

// set says how many lines there are now, and fills those in sight anew.
func (l *lines) set(n int) {
	l.ends = l.ends[:0]
	y := float32(0)
	for i := range n {
		y += l.height(i)
		l.ends = append(l.ends, y)
	}
	for i, o := range l.shown {
		l.drop(i, o)
	}
	l.inner.Resize(fyne.NewSize(l.scroll.Size().Width, max(y, l.scroll.Size().Height)))
	if l.scroll.Offset.Y > max(0, y-l.scroll.Size().Height) {
		l.scroll.Offset.Y = max(0, y-l.scroll.Size().Height)
	}
	l.place()
	l.scroll.Refresh()
}

// refill fills the lines in sight anew.
func (l *lines) refill() {
	for i, o := range l.shown {
		if i < len(l.ends) {
			l.fill(o, i)
		}
	}
}

// reveal scrolls as little as brings a line into sight.
func (l *lines) reveal(i int) {
	if i < 0 || i >= len(l.ends) {
		return
	}
	bottom, room := l.ends[i], l.scroll.Size().Height
	top := bottom - l.height(i)
	switch {
	case top < l.scroll.Offset.Y:
		l.scroll.ScrollToOffset(fyne.NewPos(0, top))
	case bottom > l.scroll.Offset.Y+room:
		l.scroll.ScrollToOffset(fyne.NewPos(0, bottom-room))
	}
	l.place()
}

func (l *lines) drop(i int, o line) {
	o.Hide()
	delete(l.shown, i)
	// A dropped line is filled again before it is seen.
	l.spare[kindOf(o)] = append(l.spare[kindOf(o)], o)
}

// kinded is a line that knows its kind.
type kinded interface{ lineKind() int }

func kindOf(o line) int {
	if k, ok := o.(kinded); ok {
		return k.lineKind()
	}
	return 0
}

// MinSize is asked for by Fyne.
func (l *lines) MinSize([]fyne.CanvasObject) fyne.Size {
	if len(l.ends) == 0 {
		return fyne.NewSize(10, 10)
	}
	return fyne.NewSize(10, l.ends[len(l.ends)-1])
}

// Layout is asked for by Fyne.
func (l *lines) Layout([]fyne.CanvasObject, fyne.Size) { l.place() }

// place makes, fills and moves the lines in sight.
func (l *lines) place() {
	top, width := l.scroll.Offset.Y, l.scroll.Size().Width
	bottom := top + l.scroll.Size().Height
	first := sort.Search(len(l.ends), func(i int) bool { return l.ends[i] > top })
	for i, o := range l.shown {
		if i < first || i >= len(l.ends) || l.ends[i]-l.height(i) >= bottom {
			l.drop(i, o)
		}
	}
	for i := first; i < len(l.ends) && l.ends[i]-l.height(i) < bottom; i++ {
		o, ok := l.shown[i]
		if !ok {
			o = l.take(l.kind(i))
			l.fill(o, i)
			l.shown[i] = o
			o.Show()
		}
		height := l.height(i)
		o.Move(fyne.NewPos(0, l.ends[i]-height))
		o.Resize(fyne.NewSize(width, height))
	}
	// Tab goes through the buttons in the order of the lines.
	slices.SortStableFunc(l.inner.Objects, func(a, b fyne.CanvasObject) int { return cmp.Compare(a.Position().Y, b.Position().Y) })
}

func (l *lines) take(kind int) line {
	if n := len(l.spare[kind]); n > 0 {
		o := l.spare[kind][n-1]
		l.spare[kind] = l.spare[kind][:n-1]
		return o
	}
	o := l.make(kind)
	l.inner.Objects = append(l.inner.Objects, o)
	return o
}

// base is the widget that lines are built on.
type base struct {
	widget.BaseWidget
	kind int
	root fyne.CanvasObject
}

func (b *base) lineKind() int { return b.kind }

// CreateRenderer is asked for by Fyne.
func (b *base) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(b.root) }
