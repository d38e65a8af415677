package grid

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"fyne.io/fyne/v2"
)

// people is a small sheet that does what its grid wants done.
type people struct {
	cells    [][]string
	revision uint64
	editors  map[int]Editor
	asked    int
}

func newPeople(rows, cols int) *people {
	p := &people{editors: map[int]Editor{}}
	for row := range rows {
		var cells []string
		for col := range cols {
			cells = append(cells, string(rune('A'+col))+strconv.Itoa(row+1))
		}
		p.cells = append(p.cells, cells)
	}
	return p
}

func (p *people) Len() (rows, cols int) {
	if len(p.cells) == 0 {
		return 0, 3
	}
	return len(p.cells), len(p.cells[0])
}

func (p *people) Cell(row, col int) CellView {
	p.asked++
	v := CellView{Text: p.cells[row][col]}
	if strings.HasPrefix(v.Text, "bad") {
		v.Tint = TintError
	}
	return v
}

func (p *people) Header(col int) HeaderView {
	return HeaderView{Title: string(rune('A' + col)), Width: 100}
}

func (p *people) RowHeader(row int) RowHeaderView {
	return RowHeaderView{Number: strconv.Itoa(row + 2)}
}
func (p *people) Revision() uint64         { return p.revision }
func (p *people) Editor(_, col int) Editor { return p.editors[col] }

// bench is a grid in a window, with all that it asked for.
type bench struct {
	*testing.T
	grid    *Grid
	people  *people
	window  fyne.Window
	mods    fyne.KeyModifier
	now     time.Time
	actions []Action
	notices []string
	later   []func()
}

func newBench(t *testing.T, p *people) *bench {
	t.Helper()
	app := test.NewTempApp(t)
	b := &bench{T: t, people: p, now: time.Unix(0, 0)}
	g := New(p)
	b.grid = g
	g.Mods = func() fyne.KeyModifier { return b.mods }
	g.Now = func() time.Time { return b.now }
	g.Post = func(f func()) { b.later = append(b.later, f) }
	g.After = func(_ time.Duration, f func()) func() { b.later = append(b.later, f); return func() {} }
	g.Clipboard = app.Clipboard
	g.OnNotice = func(s string) { b.notices = append(b.notices, s) }
	g.OnEdit = func(changes []Change, a Action) {
		b.actions = append(b.actions, a)
		for _, c := range changes {
			for c.Row >= len(p.cells) {
				p.cells = append(p.cells, make([]string, len(p.cells[0])))
			}
			p.cells[c.Row][c.Col] = c.Text
		}
		p.revision++
		g.Refresh()
	}
	b.window = test.NewTempWindow(t, g)
	b.window.SetPadded(false)
	b.window.Resize(fyne.NewSize(52+330, 32+300+4))
	g.Focus()
	return b
}

func (b *bench) key(names ...fyne.KeyName) {
	for _, name := range names {
		b.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name})
	}
}

func (b *bench) shift(names ...fyne.KeyName) {
	b.mods = fyne.KeyModifierShift
	b.key(names...)
	b.mods = 0
}

func (b *bench) ctrl(name fyne.KeyName, more ...fyne.KeyModifier) {
	mods := fyne.KeyModifierShortcutDefault
	for _, m := range more {
		mods |= m
	}
	b.shortcut(&desktop.CustomShortcut{KeyName: name, Modifier: mods})
}

func (b *bench) shortcut(s fyne.Shortcut) {
	b.window.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(s)
}

func (b *bench) write(text string) {
	for _, r := range text {
		b.window.Canvas().Focused().TypedRune(r)
	}
}

// slow lets each look at the clock take a millisecond.
func (b *bench) slow() {
	b.grid.Now = func() time.Time {
		b.now = b.now.Add(time.Millisecond)
		return b.now
	}
}

// runLater runs what was posted, until nothing more is.
func (b *bench) runLater() {
	for len(b.later) > 0 {
		next := b.later[0]
		b.later = b.later[1:]
		next()
	}
}

func (b *bench) press(x, y float32, button desktop.MouseButton, mods fyne.KeyModifier) {
	e := &desktop.MouseEvent{Button: button, Modifier: mods}
	e.Position = fyne.NewPos(x, y)
	b.grid.MouseDown(e)
	b.grid.MouseUp(e)
}

// at is the middle of a cell on the grid.
func (b *bench) at(cell Pos) (x, y float32) {
	pos, size := b.grid.CellRect(cell)
	return pos.X + size.Width/2, pos.Y + size.Height/2
}

func (b *bench) click(cell Pos) {
	x, y := b.at(cell)
	b.now = b.now.Add(time.Hour)
	b.press(x, y, desktop.MouseButtonPrimary, 0)
}

// ctrlClick presses a cell with Ctrl.
func (b *bench) ctrlClick(cell Pos) {
	x, y := b.at(cell)
	b.press(x, y, desktop.MouseButtonPrimary, fyne.KeyModifierShortcutDefault)
}

func (b *bench) expectActive(row, col int) {
	b.Helper()
	if b.grid.Active() != (Pos{row, col}) {
		b.Errorf("active cell %v, want {%d %d}", b.grid.Active(), row, col)
	}
}

func (b *bench) expectCell(row, col int, want string) {
	b.Helper()
	if got := b.people.cells[row][col]; got != want {
		b.Errorf("cell %d,%d is %q, want %q", row, col, got, want)
	}
}
