package places

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"rollcall/ui/watch"
)

// Every is how often the window is looked at.
const Every = 50 * time.Millisecond

// file is the form of the places file.
type file struct {
	Screen   string            `json:"screen"`
	Dialog   string            `json:"dialog"`
	Revision int               `json:"revision"`
	Idle     bool              `json:"idle"`
	Scale    float32           `json:"scale"`
	Window   [2]int            `json:"window"`
	Places   map[string][4]int `json:"places"`
	Disabled []string          `json:"disabled"`
	Texts    map[string]string `json:"texts"`
}

func (f *file) same(g *file) bool {
	return f.Screen == g.Screen && f.Dialog == g.Dialog && f.Idle == g.Idle && f.Scale == g.Scale &&
		f.Window == g.Window && maps.Equal(f.Places, g.Places) &&
		slices.Equal(f.Disabled, g.Disabled) && maps.Equal(f.Texts, g.Texts)
}

// Recorder writes the places file, whole and atomically, whenever what is on
// screen differs from what was written last.
type Recorder struct {
	path   string
	canvas fyne.Canvas
	source Source
	last   *file // of the user interface's goroutine

	mutex   sync.Mutex
	next    *file // waiting to be written; the latest wins
	writing bool
	wait    sync.WaitGroup
}

// NewRecorder makes a recorder of a canvas. Nothing is written before Look.
func NewRecorder(path string, c fyne.Canvas, source Source) *Recorder {
	return &Recorder{path: path, canvas: c, source: source}
}

// Run looks at the window through post, again and again, until stop is closed.
func (r *Recorder) Run(post func(func()), stop <-chan struct{}) {
	tick := time.NewTicker(Every)
	defer tick.Stop()
	for {
		select {
		case <-stop:
			return
		case <-tick.C:
			done := make(chan struct{})
			post(func() { watch.Do("places", r.Look); close(done) })
			select {
			case <-done: // never more than one look in the queue
			case <-stop:
				return
			}
		}
	}
}

// Look compares the window with what was written last, and writes it in the
// background where it differs. It belongs to the user interface's goroutine.
func (r *Recorder) Look() {
	page := NewPage(r.canvas)
	r.source.Places(page)
	now := page.file()
	if r.last != nil {
		if now.same(r.last) {
			return
		}
		now.Revision = r.last.Revision
	}
	now.Revision++
	r.last = now
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.next = now
	if !r.writing {
		r.writing = true
		r.wait.Add(1)
		go r.write()
	}
}

// Flush waits until the newest state is on disk.
func (r *Recorder) Flush() { r.wait.Wait() }

func (r *Recorder) write() {
	defer r.wait.Done()
	for {
		r.mutex.Lock()
		next := r.next
		r.next = nil
		if next == nil {
			r.writing = false
			r.mutex.Unlock()
			return
		}
		r.mutex.Unlock()
		data, err := json.Marshal(next)
		if err != nil {
			continue
		}
		temporary := filepath.Join(filepath.Dir(r.path), "."+filepath.Base(r.path)+".new")
		if os.WriteFile(temporary, data, 0o600) == nil {
			_ = os.Rename(temporary, r.path)
		}
	}
}

func (p *Page) file() *file {
	size := p.canvas.Size()
	scale := p.canvas.Scale()
	slices.Sort(p.disabled)
	if p.disabled == nil {
		p.disabled = []string{}
	}
	return &file{
		Screen: p.screen, Dialog: p.dialog, Idle: p.idle, Scale: scale,
		Window: [2]int{int(size.Width*scale + 0.5), int(size.Height*scale + 0.5)},
		Places: p.places, Disabled: p.disabled, Texts: p.texts,
	}
}
