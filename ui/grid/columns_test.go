package grid

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/driver/desktop"

	"fyne.io/fyne/v2"
)

func TestColumnsAreResizedByDraggingTheirEdge(t *testing.T) {
	b := newBench(t, newPeople(20, 3))
	var told float32
	b.grid.OnColumnResized = func(_ int, w float32) { told = w }
	e := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
	e.Position = fyne.NewPos(52+100, 10)
	b.grid.MouseMoved(e)
	if b.grid.Cursor() != desktop.HResizeCursor {
		t.Error("the pointer does not show that the edge can be dragged")
	}
	b.grid.MouseDown(e)
	drag := &fyne.DragEvent{}
	drag.Position = fyne.NewPos(52+160, 10)
	b.grid.Dragged(drag)
	b.grid.DragEnd()
	if b.grid.ColumnWidth(0) != 160 || told != 160 {
		t.Errorf("width %v, told %v", b.grid.ColumnWidth(0), told)
	}
}

func TestADoubleClickOnAnEdgeFitsTheColumn(t *testing.T) {
	b := newBench(t, newPeople(20, 3))
	b.people.cells[2][0] = "a value that is a good deal wider than its column is now"
	b.press(52+100, 10, desktop.MouseButtonPrimary, 0)
	b.now = b.now.Add(100 * time.Millisecond)
	b.press(52+100, 10, desktop.MouseButtonPrimary, 0)
	if got := b.grid.ColumnWidth(0); got < 120 {
		t.Errorf("width %v", got)
	}
}

// measured is a sheet whose columns have these widths; the last may grow.
type measured struct {
	*people
	widths []float32
	grows  bool
}

func (m *measured) Header(col int) HeaderView {
	return HeaderView{Title: "T", Width: m.widths[col], Grows: m.grows && col == len(m.widths)-1}
}

func TestColumnsThatFitAreNotScrolledSideways(t *testing.T) {
	for _, tt := range []struct {
		name   string
		rows   int
		widths []float32
		grows  bool
		bars   [2]bool // vertical, horizontal
		last   float32 // width of the last column in a grid of 330
	}{
		{"the last column grows into all of the room", 3, []float32{100, 50}, true, [2]bool{false, false}, 230},
		{"it leaves the vertical bar its room", 50, []float32{100, 50}, true, [2]bool{true, false}, 230 - barWidth},
		{"a last column that just fills the grid gives way", 50, []float32{100, 230}, false, [2]bool{true, false}, 230 - barWidth},
		{"a unit too much, from rounding, gives way, too", 3, []float32{100, 231}, false, [2]bool{false, false}, 230},
		{"wider columns are scrolled", 3, []float32{100, 240}, false, [2]bool{false, true}, 240},
		{"both ways", 50, []float32{100, 240}, true, [2]bool{true, true}, 240},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := newPeople(tt.rows, 2)
			b := newBench(t, p)
			b.grid.SetModel(&measured{p, tt.widths, tt.grows})
			if got := [2]bool{b.grid.bars[0].Visible(), b.grid.bars[1].Visible()}; got != tt.bars {
				t.Errorf("bars shown: %v, want %v", got, tt.bars)
			}
			if got := b.grid.ColumnWidth(1); got != tt.last {
				t.Errorf("the last column is %v wide, want %v", got, tt.last)
			}
			b.grid.ScrollTo(1000, 0)
			if x, _ := b.grid.Offset(); x > 0 != tt.bars[1] {
				t.Errorf("scrolled sideways by %v", x)
			}
		})
	}
}

// titled has titles, and widths of its own where it says so.
type titled struct {
	*people
	titles []string
}

func (m *titled) Header(col int) HeaderView { return HeaderView{Title: m.titles[col]} }

func TestColumnsFitTheirTitlesAndFirstValues(t *testing.T) {
	p := newPeople(50, 3)
	for row := range p.cells {
		p.cells[row] = []string{"User", "somebody.with.a.long.name@northwind.com", "x"}
	}
	p.cells[7][0] = strings.Repeat("one long value widens no column ", 9)
	b := newBench(t, p)
	b.window.Resize(fyne.NewSize(900, 340))
	b.grid.SetModel(&titled{p, []string{"Role", "Primary Email", "Source Username(s)"}})
	widths := func() [3]float32 {
		return [3]float32{b.grid.ColumnWidth(0), b.grid.ColumnWidth(1), b.grid.ColumnWidth(2)}
	}
	wide := widths()
	title := b.grid.titleWidth("Source Username(s)")
	if wide[0] > 80 || wide[1] < 240 || wide[1] > widest || wide[2] < title {
		t.Errorf("widths %v, the last title needs %v", wide, title)
	}
	p.cells[0][0] = "Supervisor of many"
	p.revision++
	b.grid.Refresh()
	if got := widths(); got != wide {
		t.Errorf("an edit changed the widths from %v to %v", wide, got)
	}
	// In a small window values give way and titles do not.
	b.window.Resize(fyne.NewSize(480, 340))
	small := widths()
	if sum := small[0] + small[1] + small[2]; float64(sum) > b.grid.view.Width || small[2] < title || small[1] >= wide[1] {
		t.Errorf("in %v units the widths are %v", b.grid.view.Width, small)
	}
	// Where that does not help, they are scrolled, and as wide as before.
	b.window.Resize(fyne.NewSize(300, 340))
	if got := widths(); got != wide {
		t.Errorf("in a tiny window the widths are %v, want %v", got, wide)
	}
	b.grid.SetColumnWidth(1, 90)
	if got := widths(); got[1] != 90 {
		t.Errorf("a chosen width became %v", got[1])
	}
}

// numbered has rows with the numbers of a file in another order.
type numbered struct {
	*people
	numbers func(row int) int
}

func (m *numbered) RowHeader(row int) RowHeaderView {
	return RowHeaderView{Number: strconv.Itoa(m.numbers(row))}
}

func TestTheRowNumbersHaveTheRoomTheyNeedInAnyOrder(t *testing.T) {
	p := newPeople(200, 2)
	b := newBench(t, p)
	b.grid.SetModel(&numbered{p, func(row int) int {
		if row == 150 {
			return 12_345_678
		}
		return row
	}})
	before := b.grid.rowHeaderWidth
	b.grid.GoTo(Pos{150, 0})
	need := b.grid.numberWidth("12345678") + cellPad + 18
	if got := b.grid.rowHeaderWidth; got < need || before >= need {
		t.Errorf("the numbers have %v, %v before; 12345678 needs %v", got, before, need)
	}
	b.grid.GoTo(Pos{0, 0})
	if got := b.grid.rowHeaderWidth; got < need {
		t.Errorf("the room shrank to %v on the way back", got)
	}
}
