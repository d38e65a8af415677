package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rollcall/assets"
	"rollcall/internal/keychain"
	"rollcall/internal/workbench"
	"rollcall/ui/places"
)

// stage is a window on a real workbench, with a store of its own, whose
// background work comes back when the test asks for it.
type stage struct {
	t     *testing.T
	app   fyne.App
	bench *workbench.Bench
	w     *Window
	posts chan func()
	keys  *keychain.Session
}

// patience is how long a test waits for background work; it is an error to
// need it all.
const patience = 60 * time.Second

func newStage(t *testing.T, o Options) *stage { return newStageIn(t, t.TempDir(), o) }

func newStageIn(t *testing.T, home string, o Options) *stage {
	t.Helper()
	s := &stage{t: t, posts: make(chan func(), 100_000), keys: new(keychain.Session)}
	s.app = test.NewTempApp(t)
	post := func(f func()) { s.posts <- f }
	said := NewNotes(post)
	bench, err := workbench.New(workbench.Options{
		Home: home, Keychain: s.keys, Post: post, Sample: assets.Sample, SampleName: assets.SampleName,
		Note: said.Note, Renew: said.Renew,
	})
	if err != nil {
		t.Fatal(err)
	}
	s.bench = bench
	t.Cleanup(func() { bench.Close() })
	o.App, o.Bench, o.Post, o.Notes = s.app, bench, post, said
	s.w = New(o)
	s.w.window.Resize(fyne.NewSize(1280, 800))
	s.w.Begin()
	s.settle()
	return s
}

// settle runs what comes back until nothing is under way.
func (s *stage) settle() {
	s.t.Helper()
	deadline := time.After(patience)
	for {
		select {
		case f := <-s.posts:
			f()
			continue
		default:
		}
		if s.w.Idle() {
			return
		}
		select {
		case f := <-s.posts:
			f()
		case <-time.After(20 * time.Millisecond):
		case <-deadline:
			s.t.Fatal("the background work does not end")
		}
	}
}

// layOut lays all parts out anew, as a real window does with each frame.
func (s *stage) layOut() {
	size := s.w.window.Canvas().Size()
	s.w.window.Resize(size.AddWidthHeight(1, 0))
	s.w.window.Resize(size)
	s.settle()
}

// page is what is on screen now.
func (s *stage) page() *places.Page {
	p := places.NewPage(s.w.window.Canvas())
	s.w.Places(p)
	return p
}

// press clicks the middle of a place, and waits for what follows.
func (s *stage) press(name string) {
	s.t.Helper()
	s.tap(name)
	s.settle()
}

// until runs what comes back until the screen is as wanted, while work goes on.
func (s *stage) until(what string, wanted func(*places.Page) bool) {
	s.t.Helper()
	deadline := time.After(patience)
	for !wanted(s.page()) {
		select {
		case f := <-s.posts:
			f()
		case <-deadline:
			s.t.Fatalf("waited in vain: %s", what)
		}
	}
}

// tap clicks the middle of a place.
func (s *stage) tap(name string) {
	s.t.Helper()
	p := s.page()
	x, y, width, height, ok := p.Where(name)
	if !ok {
		screen, dialog := p.Shown()
		s.t.Fatalf("%s is not on screen (screen %q, dialog %q)", name, screen, dialog)
	}
	test.TapCanvas(s.w.window.Canvas(), fyne.NewPos(float32(x)+float32(width)/2, float32(y)+float32(height)/2))
}

// into gives the field at a place the keyboard, as a click does in a real
// window.
func (s *stage) into(name string) {
	s.t.Helper()
	field, ok := s.page().Object(name).(fyne.Focusable)
	if !ok {
		s.t.Fatalf("%s takes no keyboard", name)
	}
	s.w.window.Canvas().Focus(field)
}

// says checks a text of the screen.
func (s *stage) says(name, want string) {
	s.t.Helper()
	if got := s.page().Said(name); got != want {
		s.t.Errorf("%s says %q, want %q", name, got, want)
	}
}

// shows checks which screen and dialog are shown.
func (s *stage) shows(screen, dialog string) {
	s.t.Helper()
	if gotScreen, gotDialog := s.page().Shown(); gotScreen != screen || gotDialog != dialog {
		s.t.Fatalf("shown: screen %q, dialog %q (%s); want %q, %q", gotScreen, gotDialog, s.page().Said("dialog.text"), screen, dialog)
	}
}

// types writes into whatever has the keyboard.
func (s *stage) types(text string) {
	s.t.Helper()
	focused := s.w.window.Canvas().Focused()
	if focused == nil {
		s.t.Fatal("nothing has the keyboard")
	}
	for _, r := range text {
		focused.TypedRune(r)
		focused = s.w.window.Canvas().Focused()
	}
	s.settle()
}

// key presses a key.
func (s *stage) key(name fyne.KeyName) {
	s.t.Helper()
	if focused := s.w.window.Canvas().Focused(); focused != nil {
		focused.TypedKey(&fyne.KeyEvent{Name: name})
	} else {
		s.w.window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: name})
	}
	s.settle()
}

// cell makes a cell of the sheet the active one, by the file's row.
func (s *stage) cell(row int, column string) *stage {
	s.t.Helper()
	d := s.w.doc
	for _, r := range d.Rows() {
		if d.FileRow(r) != row {
			continue
		}
		for col, c := range d.Columns() {
			if c.Title == column {
				s.w.fix.ShowRow(r, col)
				return s
			}
		}
	}
	s.t.Fatalf("there is no cell %d.%s", row, column)
	return nil
}

// write makes a file in a folder of the test.
func write(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

const header = "Current Status,Display Name,Primary Email,Role,Groups,Source Username(s)\n"

// small is a file without any error, where no account is known.
const small = header + "Active,Ada Byron,ada@northwind.com,User,none,\nActive,Grace Hopper,grace@northwind.com,Admin,none,\n"

// open opens a file as if it were dropped.
func (s *stage) open(path string) {
	s.t.Helper()
	s.w.Open(path)
	s.settle()
}

func contains(t *testing.T, text, part string) {
	t.Helper()
	if !strings.Contains(text, part) {
		t.Errorf("%q does not say %q", text, part)
	}
}
