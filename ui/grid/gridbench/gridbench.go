// Package gridbench measures grid.Grid beside Fyne's widget.Table with the same
// data in the same window: the time on the UI goroutine of a scroll step, a
// cursor move and a keystroke in the editor, and the frames per second of
// continuous paging. It only runs in an app with a real window.
package gridbench

import (
	"fmt"
	"image"
	"image/color"
	"runtime"
	"sort"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"rollcall/ui/grid"
)

// Result is what one widget took.
type Result struct {
	Name string
	// FPS is frames per second of continuous paging, of which there were Frames.
	FPS    float64
	Frames int
	// PerFrame is the processor time of all threads of one such frame, software
	// rendering included: it says more than FPS while the machine is busy.
	PerFrame time.Duration
	// Scroll, Move and Key are the 99th percentiles of the time on the UI
	// goroutine; 0 where the widget has no such thing.
	Scroll, Move, Key time.Duration
	// Heap is what the widget added to the Go heap, in bytes, its data excepted.
	Heap int64
}

// String is one line of a report.
func (r Result) String() string {
	return fmt.Sprintf("%-28s %6.1f frames/s  %8v cpu/frame  scroll %8v  move %8v  key %8v  heap %6d KB",
		r.Name, r.FPS, r.PerFrame, r.Scroll, r.Move, r.Key, r.Heap/1024)
}

// Options say what is measured.
type Options struct {
	Rows   int           // of data, 100,000 when 0
	Paging time.Duration // how long pages are turned, 4 s when 0
	Steps  int           // of each kind, 400 when 0
	Colors grid.ColorNames
}

func (o Options) orDefaults() Options {
	if o.Rows == 0 {
		o.Rows = 100_000
	}
	if o.Paging == 0 {
		o.Paging = 4 * time.Second
	}
	if o.Steps == 0 {
		o.Steps = 400
	}
	return o
}

// Run measures both widgets in the window, one after the other, and hands over
// the results. It is called on any goroutine but the UI's, with the window
// shown; the window's content is replaced.
func Run(w fyne.Window, o Options) []Result {
	o = o.orDefaults()
	data := NewData(o.Rows)
	warmUp(w)
	return []Result{runTable(w, data, o), runGrid(w, data, o)}
}

// warmUp has Fyne load its fonts and an editor's parts, which stay in memory for
// the whole program and belong to neither widget.
func warmUp(w fyne.Window) {
	fyne.DoAndWait(func() {
		for _, style := range []fyne.TextStyle{{}, {Bold: true}, {Monospace: true}} {
			fyne.MeasureText("Rollcall", 13, style)
		}
		entry := widget.NewEntry()
		show(w, entry)
		w.Canvas().Focus(entry)
		entry.SetText("Rollcall")
	})
	settle()
}

func runGrid(w fyne.Window, data *Data, o Options) Result {
	r := Result{Name: "grid.Grid, header, tints"}
	before := heap()
	var g *grid.Grid
	fyne.DoAndWait(func() {
		g = grid.New(data)
		g.Colors = o.Colors
		show(w, g)
	})
	settle()
	row := 0
	r.FPS, r.Frames, r.PerFrame = paging(w, o.Paging, func() {
		first, end := g.VisibleRows()
		row = (first + end - first) % (o.Rows - 100)
		g.ScrollTo(0, float64(row)*30)
	})
	wheel := &fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -25)}
	r.Scroll = percentile(o.Steps, func() { g.Scrolled(wheel) })
	down := &fyne.KeyEvent{Name: fyne.KeyDown}
	fyne.DoAndWait(g.Focus)
	r.Move = percentile(o.Steps, func() { g.TypedKey(down) })
	fyne.DoAndWait(g.StartEdit)
	r.Key = typing(w, o.Steps)
	fyne.DoAndWait(func() { w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape}) })
	r.Heap = heap() - before
	return r
}

// typing measures keystrokes in the editor; each value is as long as an address.
func typing(w fyne.Window, steps int) time.Duration {
	typed := 0
	entry := func() fyne.Focusable { return w.Canvas().Focused() }
	return percentile(steps, func() { entry().TypedRune(rune('a' + typed%26)) }, func() {
		if typed++; typed%24 == 0 {
			entry().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutSelectAll{})
		}
	})
}

func runTable(w fyne.Window, data *Data, o Options) Result {
	r := Result{Name: "widget.Table, bare Labels"}
	before := heap()
	var t *widget.Table
	fyne.DoAndWait(func() {
		t = widget.NewTable(data.Len, func() fyne.CanvasObject { return widget.NewLabel("") },
			func(id widget.TableCellID, o fyne.CanvasObject) { o.(*widget.Label).SetText(data.text(id.Row, id.Col)) })
		show(w, t)
		for col, width := range widths {
			t.SetColumnWidth(col, width)
		}
	})
	settle()
	height := widget.NewLabel("").MinSize().Height + 4
	page := float32(int(w.Canvas().Size().Height / height))
	offset := float32(0)
	r.FPS, r.Frames, r.PerFrame = paging(w, o.Paging, func() {
		offset += page * height
		if offset > float32(o.Rows-100)*height {
			offset = 0
		}
		t.ScrollToOffset(fyne.NewPos(0, offset))
	})
	cell := 0
	r.Scroll = percentile(o.Steps, func() {
		offset += 25
		t.ScrollToOffset(fyne.NewPos(0, offset))
	})
	fyne.DoAndWait(func() { w.Canvas().Focus(t) })
	r.Move = percentile(o.Steps, func() {
		cell++
		t.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	})
	r.Heap = heap() - before
	return r
}

func show(w fyne.Window, o fyne.CanvasObject) {
	w.SetPadded(false)
	w.SetContent(o)
	w.Canvas().Focus(nil)
}

// settle lets the first frames be drawn.
func settle() {
	for range 20 {
		fyne.DoAndWait(func() {})
		time.Sleep(20 * time.Millisecond)
	}
}

func heap() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// paging turns a page, waits until the frame was drawn, turns the next. A
// raster of one pixel tells that a frame is being drawn: it is painted last.
func paging(w fyne.Window, during time.Duration, turn func()) (fps float64, frames int, cpu time.Duration) {
	drawn := make(chan struct{}, 1)
	marker := canvas.NewRaster(func(int, int) image.Image {
		select {
		case drawn <- struct{}{}:
		default:
		}
		return image.NewUniform(color.Transparent)
	})
	marker.Resize(fyne.NewSquareSize(1))
	content := w.Content()
	fyne.DoAndWait(func() {
		w.SetContent(container.NewStack(content, container.NewWithoutLayout(marker)))
	})
	settle()
	for len(drawn) > 0 {
		<-drawn
	}
	start, used := time.Now(), processorTime()
	for time.Since(start) < during {
		fyne.DoAndWait(func() {
			turn()
			marker.Refresh()
		})
		select {
		case <-drawn:
			frames++
		case <-time.After(2 * time.Second):
		}
	}
	cpu = (processorTime() - used) / time.Duration(max(1, frames))
	fps = float64(frames) / time.Since(start).Seconds()
	fyne.DoAndWait(func() { w.SetContent(content) })
	settle()
	return fps, frames, cpu.Round(10 * time.Microsecond)
}

// percentile is the 99th of the times that a step takes on the UI goroutine.
// What is done between the steps is not measured.
func percentile(steps int, step func(), between ...func()) time.Duration {
	times := make([]time.Duration, 0, steps)
	for range steps {
		fyne.DoAndWait(func() {
			start := time.Now()
			step()
			times = append(times, time.Since(start))
			for _, f := range between {
				f()
			}
		})
	}
	sort.Slice(times, func(i, j int) bool { return times[i] < times[j] })
	return times[len(times)*99/100]
}

var titles = []string{"Current Status", "Display Name", "Primary Email", "Role", "Groups", "Source Username(s)"}
var widths = []float32{118, 176, 260, 108, 180, 200}

// Data is a sheet of made-up users, with findings on some cells.
type Data struct {
	names, emails, sources []string
}

// NewData makes rows of users; names, addresses and identifiers all differ.
func NewData(rows int) *Data {
	d := &Data{}
	first := []string{"Amara", "Bruno", "Chen", "María", "Elif", "Farid", "Grace", "Hana", "Ivan", "Jonas"}
	last := []string{"Okafor", "Ferreira", "Wei", "Diaz", "Yılmaz", "Haddad", "Mbeki", "Sato", "Petrov", "Lindqvist"}
	for i := range rows {
		n := strconv.Itoa(i)
		d.names = append(d.names, first[i%10]+" "+last[i/10%10]+" "+n)
		d.emails = append(d.emails, "user"+n+"@northwind.com")
		d.sources = append(d.sources, "slack:U02"+n)
	}
	return d
}

// Len is the model's size.
func (d *Data) Len() (rows, cols int) { return len(d.names), len(titles) }

func (d *Data) text(row, col int) string {
	switch col {
	case 0:
		return "Active"
	case 1:
		return d.names[row]
	case 2:
		return d.emails[row]
	case 3:
		return "User"
	case 4:
		return "Trading,EMEA"
	}
	return d.sources[row]
}

// Cell is a cell, some with findings.
func (d *Data) Cell(row, col int) grid.CellView {
	v := grid.CellView{Text: d.text(row, col)}
	switch {
	case (row+col)%17 == 0:
		v.Tint = grid.TintError
	case (row+2*col)%23 == 0:
		v.Tint = grid.TintWarning
	case (row+3*col)%29 == 0:
		v.Edited = true
	}
	return v
}

// Header is a column's title.
func (d *Data) Header(col int) grid.HeaderView {
	return grid.HeaderView{Title: titles[col], Width: widths[col]}
}

// RowHeader is a row's number and mark.
func (d *Data) RowHeader(row int) grid.RowHeaderView {
	v := grid.RowHeaderView{Number: strconv.Itoa(row + 2)}
	if row%5 == 0 {
		v.Mark = grid.MarkError
	}
	return v
}

// Editor has every cell edited as plain text.
func (d *Data) Editor(int, int) grid.Editor { return grid.Editor{} }

// Revision never changes.
func (d *Data) Revision() uint64 { return 1 }
