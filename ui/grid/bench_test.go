package grid

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

const benchRows = 100_000

func BenchmarkScrollStep(b *testing.B) {
	g, _ := inWindow(b, &endless{rows: benchRows, cols: 6})
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		delta := float32(-25)
		if i/2000%2 == 1 {
			delta = 25
		}
		g.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, delta)})
	}
}

func BenchmarkPageOfNewRows(b *testing.B) {
	g, _ := inWindow(b, &endless{rows: benchRows, cols: 6})
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		g.ScrollTo(0, float64(i%3000)*750)
	}
}

func BenchmarkPaintedPage(b *testing.B) {
	g, _ := inWindow(b, &endless{rows: benchRows, cols: 6})
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		g.ScrollTo(0, float64(i%3000)*750)
		for _, t := range g.tiles {
			if t.shown {
				t.raster.Generator(1280, 30)
			}
		}
	}
}

func BenchmarkCursorMove(b *testing.B) {
	g, _ := inWindow(b, &endless{rows: benchRows, cols: 6})
	down, up := &fyne.KeyEvent{Name: fyne.KeyDown}, &fyne.KeyEvent{Name: fyne.KeyUp}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if i/5000%2 == 0 {
			g.TypedKey(down)
		} else {
			g.TypedKey(up)
		}
	}
}

func BenchmarkKeystroke(b *testing.B) {
	g, w := inWindow(b, &endless{rows: benchRows, cols: 6})
	g.StartEdit()
	focused := w.Canvas().Focused()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		focused.TypedRune(rune('a' + i%26))
		if i%24 == 23 {
			focused.(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutSelectAll{})
		}
	}
}

func BenchmarkRefresh(b *testing.B) {
	g, _ := inWindow(b, &endless{rows: benchRows, cols: 6})
	b.ReportAllocs()
	for b.Loop() {
		g.Refresh()
	}
}

// tableInWindow shows Fyne's own table with the same data, without headers.
func tableInWindow(b *testing.B) *widget.Table {
	b.Helper()
	test.NewApp()
	m := &endless{rows: benchRows, cols: 6}
	t := widget.NewTable(m.Len, func() fyne.CanvasObject { return widget.NewLabel("") },
		func(id widget.TableCellID, o fyne.CanvasObject) {
			o.(*widget.Label).SetText(m.Cell(id.Row, id.Col).Text)
		})
	w := test.NewWindow(t)
	b.Cleanup(w.Close)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1280, 800))
	for col := range 6 {
		t.SetColumnWidth(col, 160)
	}
	return t
}

func BenchmarkTableScrollStep(b *testing.B) {
	t := tableInWindow(b)
	offset := float32(0)
	for b.Loop() {
		offset += 25
		t.ScrollToOffset(fyne.NewPos(0, offset))
	}
}

func BenchmarkTablePageOfNewRows(b *testing.B) {
	t := tableInWindow(b)
	for i := 0; b.Loop(); i++ {
		t.ScrollToOffset(fyne.NewPos(0, float32(i%3000)*750))
	}
}

func BenchmarkTableCursorMove(b *testing.B) {
	t := tableInWindow(b)
	for b.Loop() {
		t.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	}
}
