package grid

import (
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
