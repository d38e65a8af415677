package main

import (
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"os"
	"runtime"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

// subject is a widget under measurement.
type subject struct {
	object fyne.CanvasObject
	// scroll turns the wheel by one notch, cursor moves one row down, page
	// shows the next rows.
	scroll, cursor, page func()
	// edit puts the keyboard where text is typed and returns what takes it.
	edit func(c fyne.Canvas) fyne.Focusable
}

// show opens a window with the widget, measures, prints, and ends.
func show(name string, count int) {
	a := app.NewWithID("org.rollcall.bench")
	w := a.NewWindow("bench")
	w.SetPadded(false)
	drawn := make(chan struct{}, 1)
	marker := canvas.NewRaster(func(int, int) image.Image {
		select {
		case drawn <- struct{}{}:
		default:
		}
		return image.NewUniform(color.Black)
	})
	marker.SetMinSize(fyne.NewSize(1, 1))
	place := container.NewStack()
	w.SetContent(container.NewBorder(nil, container.NewHBox(marker), nil, nil, place))
	w.Resize(fyne.NewSize(1280, 800))
	data := newData(count)
	go func() {
		m := &meter{window: w, place: place, marker: marker, drawn: drawn}
		f := m.measure(func() subject {
			if name == "table" {
				return table(data)
			}
			return sheet(data)
		})
		runtime.KeepAlive(data)
		_ = json.NewEncoder(os.Stdout).Encode(f)
		os.Exit(0)
	}()
	w.ShowAndRun()
}

// meter measures a subject in a window, from a goroutine of its own.
type meter struct {
	window fyne.Window
	place  *fyne.Container
	marker *canvas.Raster
	drawn  chan struct{}
}

// frame runs f on the UI goroutine and waits until a frame with its effect was drawn.
func (m *meter) frame(f func()) {
	fyne.DoAndWait(func() {
		select {
		case <-m.drawn:
		default:
		}
		f()
		m.marker.Refresh()
	})
	select {
	case <-m.drawn:
	case <-time.After(20 * time.Second):
		fmt.Fprintln(os.Stderr, "bench: no frame was drawn for 20 s")
		os.Exit(1)
	}
}

func (m *meter) measure(make func() subject) figures {
	m.frame(func() {})
	before := heap()
	var s subject
	m.frame(func() { s = make(); m.place.Add(s.object) })
	for range 30 {
		m.frame(s.scroll)
	}
	f := figures{Heap: heap() - before}
	f.Scroll = m.times(400, s.scroll)
	f.Cursor = m.times(400, s.cursor)
	f.Frames = m.paging(s)
	f.Key = m.typing(s)
	return f
}

// times calls f on the UI goroutine n times, a frame apart, and returns the
// 99th percentile of the time inside.
func (m *meter) times(n int, f func()) float64 {
	took := make([]float64, 0, n)
	for range n {
		m.frame(func() {
			began := time.Now()
			f()
			took = append(took, float64(time.Since(began).Nanoseconds())/1e6)
		})
	}
	slices.Sort(took)
	return took[n*99/100]
}

// paging shows page after page of rows never seen before, and counts frames.
func (m *meter) paging(s subject) float64 {
	const pages = 150
	began := time.Now()
	for range pages {
		m.frame(s.page)
	}
	return pages / time.Since(began).Seconds()
}

// typing types into the editor, emptying it now and then as a person's values end.
func (m *meter) typing(s subject) float64 {
	var to fyne.Focusable
	m.frame(func() { to = s.edit(m.window.Canvas()) })
	i := 0
	return m.times(300, func() {
		i++
		if i%20 == 0 {
			for range 19 {
				to.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
			}
			return
		}
		to.TypedRune(rune('a' + i%26))
	})
}

// heap is the Go heap in use after a collection, in megabytes.
func heap() float64 {
	var stats runtime.MemStats
	for range 3 {
		runtime.GC()
	}
	runtime.ReadMemStats(&stats)
	return float64(stats.HeapAlloc) / 1e6
}
