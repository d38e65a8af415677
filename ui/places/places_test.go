package places

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

// showing is a Source made of a function.
type showing func(p *Page)

func (s showing) Places(p *Page) { s(p) }

func window(t *testing.T, content fyne.CanvasObject) fyne.Canvas {
	t.Helper()
	test.NewTempApp(t)
	w := test.NewTempWindow(t, content)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(200, 100))
	return w.Canvas()
}

func TestAPageTellsWhereAnObjectIsAndWhetherItCanBeUsed(t *testing.T) {
	button := widget.NewButton("Go", nil)
	button.Disable()
	c := window(t, container.NewWithoutLayout(button))
	button.Move(fyne.NewPos(10, 20))
	button.Resize(fyne.NewSize(50, 30))

	p := NewPage(c)
	p.Mark("go", button)
	if got, want := p.places["go"], [4]int{10, 20, 50, 30}; got != want {
		t.Errorf("go lies at %v, want %v", got, want)
	}
	if len(p.disabled) != 1 || p.disabled[0] != "go" {
		t.Errorf("disabled: %v", p.disabled)
	}
}

func TestWhatIsHiddenCoveredOrOffScreenHasNoPlace(t *testing.T) {
	hidden, covered, beyond := widget.NewLabel("a"), widget.NewLabel("b"), widget.NewLabel("c")
	c := window(t, container.NewWithoutLayout(hidden, covered, beyond))
	for i, o := range []fyne.CanvasObject{hidden, covered, beyond} {
		o.Resize(fyne.NewSize(20, 20))
		o.Move(fyne.NewPos(float32(i)*150+1, 5))
	}
	hidden.Hide()

	p := NewPage(c)
	p.Mark("hidden", hidden)
	p.Cover(func() {
		p.Mark("covered", covered)
		p.Text("covered", "still told")
	})
	p.Mark("beyond", beyond)
	p.Mark("elsewhere", widget.NewLabel("not in the window"))
	delete(p.places, "elsewhere") // at the origin by chance: an object without a position
	if len(p.places) != 0 {
		t.Errorf("places: %v", p.places)
	}
	if p.texts["covered"] != "still told" {
		t.Errorf("texts: %v", p.texts)
	}
}

func TestAPlaceIsCutToThePartThatScrolls(t *testing.T) {
	inner := widget.NewLabel("inner")
	frame := container.NewWithoutLayout(inner)
	c := window(t, container.NewWithoutLayout(frame))
	frame.Move(fyne.NewPos(10, 10))
	frame.Resize(fyne.NewSize(40, 40))
	inner.Move(fyne.NewPos(20, 20))
	inner.Resize(fyne.NewSize(100, 100))

	p := NewPage(c)
	p.Within(frame, func() { p.Mark("inner", inner) })
	if got, want := p.places["inner"], [4]int{30, 30, 20, 20}; got != want {
		t.Errorf("inner lies at %v, want %v", got, want)
	}
}

func TestTheFileIsWrittenOnlyWhenSomethingDiffers(t *testing.T) {
	c := window(t, widget.NewLabel("x"))
	text := "one"
	path := filepath.Join(t.TempDir(), "places.json")
	r := NewRecorder(path, c, showing(func(p *Page) {
		p.Screen("start")
		p.Idle(true)
		p.Text("message", text)
		p.Number("rows", 1998)
	}))
	read := func() file {
		t.Helper()
		r.Look()
		r.Flush()
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var f file
		if err := json.Unmarshal(data, &f); err != nil {
			t.Fatal(err)
		}
		return f
	}
	if f := read(); f.Revision != 1 || f.Screen != "start" || !f.Idle || f.Texts["rows"] != "1998" || f.Window != [2]int{200, 100} {
		t.Errorf("first: %+v", f)
	}
	if f := read(); f.Revision != 1 {
		t.Errorf("unchanged, yet revision %d", f.Revision)
	}
	text = "two"
	if f := read(); f.Revision != 2 || f.Texts["message"] != "two" {
		t.Errorf("second: %+v", f)
	}
}
