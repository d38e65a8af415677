package grid

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"golang.org/x/image/font/sfnt"
)

// endless is a sheet of any number of rows that holds none of them.
type endless struct {
	rows, cols int
	look       func(row, col int) CellView
}

func (e *endless) Len() (rows, cols int) { return e.rows, e.cols }

func (e *endless) Cell(row, col int) CellView {
	if e.look != nil {
		return e.look(row, col)
	}
	return CellView{Text: "cell " + strconv.Itoa(row) + " of " + strconv.Itoa(col)}
}

func (e *endless) Header(col int) HeaderView {
	return HeaderView{Title: "Column " + strconv.Itoa(col), Width: 160}
}

func (e *endless) RowHeader(row int) RowHeaderView {
	return RowHeaderView{Number: strconv.Itoa(row + 2)}
}
func (e *endless) Revision() uint64       { return 1 }
func (e *endless) Editor(int, int) Editor { return Editor{} }

// inWindow shows a grid in a window of 1280 by 800.
func inWindow(t testing.TB, m Model) (*Grid, fyne.Window) {
	t.Helper()
	app := test.NewApp()
	t.Cleanup(func() { test.NewApp() })
	g := New(m)
	g.Mods = func() fyne.KeyModifier { return 0 }
	g.Clipboard = app.Clipboard
	w := test.NewWindow(g)
	t.Cleanup(w.Close)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1280, 800))
	g.Focus()
	return g, w
}

func colorAt(img image.Image, x, y int) color.RGBA { return toRGBA(img.At(x, y)) }

func TestTintsEdgesAndMarksAreDrawn(t *testing.T) {
	m := &endless{rows: 100, cols: 3, look: func(row, col int) CellView {
		switch {
		case row == 2 && col == 0:
			return CellView{Tint: TintError}
		case row == 3 && col == 0:
			return CellView{Tint: TintWarning, Edited: true}
		case row == 4 && col == 0:
			return CellView{Edited: true}
		}
		return CellView{}
	}}
	g, w := inWindow(t, m)
	img := w.Canvas().Capture()
	p := &g.painter.colors
	at := func(row, dx int) (int, int) { return 52 + dx, 32 + 30*row + 15 }
	tests := []struct {
		what    string
		row, dx int
		want    color.RGBA
	}{
		{"edge of an error", 2, 1, p.errorEdge},
		{"fill of an error", 2, 30, p.errorFill},
		{"edge of a warning, edited too", 3, 1, p.warningEdge},
		{"fill of a warning", 3, 30, p.warningFill},
		{"edge of an edited cell", 4, 1, p.primary},
		{"fill of an edited cell", 4, 30, p.surface},
		{"no edge elsewhere", 5, 1, p.surface},
	}
	for _, tt := range tests {
		x, y := at(tt.row, tt.dx)
		if got := colorAt(img, x, y); got != tt.want {
			t.Errorf("%s is %v, want %v", tt.what, got, tt.want)
		}
	}
}

func TestAFrameHasAboutOneObjectARow(t *testing.T) {
	g, _ := inWindow(t, &endless{rows: 1_000_000, cols: 8})
	g.GoTo(Pos{500_000, 3})
	objects := len(g.tileBox.Objects) + len(g.cellBox.Objects) + len(g.titleBox.Objects)
	first, end := g.VisibleRows()
	if rows := end - first; objects > rows+10 {
		t.Errorf("%d objects for %d rows", objects, rows)
	}
}

func TestAScrollStepAsksOnlyForTheRowsThatCameIntoSight(t *testing.T) {
	asked := map[int]bool{}
	m := &endless{rows: 100_000, cols: 8}
	m.look = func(row, _ int) CellView { asked[row] = true; return CellView{Text: "x"} }
	g, _ := inWindow(t, m)
	_, end := g.VisibleRows()
	clear(asked)
	g.ScrollTo(0, 60)
	if len(asked) > 3 {
		t.Errorf("asked for %d rows after a step of two: %v", len(asked), asked)
	}
	if !asked[end] {
		t.Errorf("row %d came into sight and was not asked for", end)
	}
	clear(asked)
	g.sel.Resize(100_000, 8)
	g.Do(Keystroke{Command: Down})
	if len(asked) != 0 {
		t.Errorf("a cursor move asked for rows %v", asked)
	}
}

func TestTheWidgetItselfStaysUnderAMegabyte(t *testing.T) {
	var kept []*Grid
	heap := func() int64 {
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	warm, w := inWindow(t, &endless{rows: 10, cols: 8})
	w.Canvas().Capture()
	warm.StartEdit() // Fyne's fonts are loaded once for the program, not by the widget
	for _, style := range []fyne.TextStyle{{}, {Bold: true}} {
		fyne.MeasureText("warm 陈", 13, style)
	}
	kept = append(kept, warm)
	for _, rows := range []int{1_000, 1_000_000} {
		w.SetContent(canvas.NewRectangle(color.Transparent))
		before := heap()
		g := New(&endless{rows: rows, cols: 8})
		w.SetContent(g)
		for page := range 40 {
			g.ScrollTo(0, float64(page*700))
			for _, tile := range g.tiles {
				if tile.shown {
					tile.raster.Generator(1280, 30)
				}
			}
		}
		g.Refresh()
		if used := heap() - before; used > 1<<20 {
			t.Errorf("with %d rows it uses %d KB", rows, used/1024)
		} else {
			t.Logf("%d rows: %d KB", rows, used/1024)
		}
		kept = append(kept, g)
	}
	runtime.KeepAlive(kept)
}

func TestPlainTextIsAsWideAsFyneDrawsIt(t *testing.T) {
	test.NewTempApp(t)
	parsed, err := sfnt.Parse(theme.DefaultTextFont().Content())
	if err != nil {
		t.Fatal(err)
	}
	f, err := newFace(parsed, 13)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"Amara Okafor", "oluwaseun.ade@northwind.com", "AVATAR To. Yes", "Łukasz Żółć", "Дмитрий Ωmega"} {
		want := fyne.MeasureText(text, 13, fyne.TextStyle{}).Width
		if got := f.width(text); math.Abs(got-float64(want)) > 1 {
			t.Errorf("%q is %.2f wide, Fyne says %.2f", text, got, want)
		}
	}
}

func TestWhatIsPlainText(t *testing.T) {
	test.NewTempApp(t)
	parsed, err := sfnt.Parse(theme.DefaultTextFont().Content())
	if err != nil {
		t.Fatal(err)
	}
	f, err := newFace(parsed, 13)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]bool{
		"María Diaz": true, "Жанна": true, "naïve – “quoted”": true, "a\u00a0b": true, "zero\u200bwidth": true,
		"陈伟": false, "فريد": false, "👩‍💻": false, "e\u0301": false, "हिन्दी": false, "שלום": false,
	} {
		if got := f.plain(text); got != want {
			t.Errorf("plain(%q) = %v", text, got)
		}
	}
}

func TestTextIsCutToItsColumn(t *testing.T) {
	test.NewTempApp(t)
	parsed, _ := sfnt.Parse(theme.DefaultTextFont().Content())
	f, err := newFace(parsed, 13)
	if err != nil {
		t.Fatal(err)
	}
	text := "oluwaseun.ade@northwind.com"
	rest := f.width("…")
	n, length, whole := f.fit(text, 100, rest)
	if whole || length+rest > 100 || n == 0 || n >= len(text) {
		t.Errorf("%d bytes, %.1f wide, whole %v", n, length, whole)
	}
	if n, _, whole := f.fit(text, 1000, rest); !whole || n != len(text) {
		t.Errorf("with room %d bytes, whole %v", n, whole)
	}
	if n, _, _ := f.fit(text, 3, rest); n != 0 {
		t.Errorf("without room %d bytes", n)
	}
}

func TestOnlyTheFirstLineOfALongValueIsLookedAt(t *testing.T) {
	tests := []struct {
		text, line string
		more       bool
	}{
		{"one", "one", false},
		{"one\ntwo", "one", true},
		{"one\r\n", "one", true},
		{strings.Repeat("é", 5000), strings.Repeat("é", 300), false},
	}
	for _, tt := range tests {
		if line, more := shown(tt.text); line != tt.line || more != tt.more {
			t.Errorf("shown(%.20q) = %.20q, %v", tt.text, line, more)
		}
	}
}

func TestOtherScriptsLieOverTheirCells(t *testing.T) {
	m := &endless{rows: 50, cols: 2, look: func(row, col int) CellView {
		if row == 1 && col == 1 {
			return CellView{Text: "陈伟"}
		}
		if row == 2 && col == 1 {
			return CellView{Text: "فريد حداد"}
		}
		return CellView{Text: "plain"}
	}}
	g, _ := inWindow(t, m)
	if g.overlays != 2 {
		t.Fatalf("%d texts over the cells", g.overlays)
	}
	chinese, arabic := g.cellBox.Objects[0].(*canvas.Text), g.cellBox.Objects[1].(*canvas.Text)
	if chinese.Text != "陈伟" || chinese.Position().X != 160+cellPad {
		t.Errorf("%q at %v", chinese.Text, chinese.Position())
	}
	if end := arabic.Position().X + arabic.Size().Width; math.Abs(float64(end-(320-cellPad))) > 1 {
		t.Errorf("right-to-left text ends at %v", end)
	}
	g.ScrollTo(0, 3000)
	if g.overlays != 0 {
		t.Errorf("out of sight there are still %d", g.overlays)
	}
}

func TestMixedTextIsDrawnAsItIsReadAndCutAtItsEnd(t *testing.T) {
	m := &endless{rows: 1, cols: 3, look: func(row, col int) CellView {
		return CellView{Text: []string{"Slack ID → slack", "משה (Levi)", "משה כהן and more than there is room for"}[col]}
	}}
	g, _ := inWindow(t, m)
	texts := make([]string, 0, 3)
	for _, o := range g.cellBox.Objects[:g.overlays] {
		texts = append(texts, strings.NewReplacer("\u200e", "<", "\u200f", ">").Replace(o.(*canvas.Text).Text))
	}
	if len(texts) != 3 || texts[0] != "<Slack ID →<>< slack<" || texts[1] != ">)><Levi<>(><>משה >" {
		t.Fatalf("drawn: %q", texts)
	}
	if !strings.HasPrefix(texts[2], ">…><") || !strings.HasSuffix(texts[2], "<>משה כהן >") {
		t.Errorf("cut to %q", texts[2])
	}
}

func TestRowsLieOnWholePixelsAtEveryScale(t *testing.T) {
	for _, scale := range []float32{1, 1.25, 1.5, 1.75, 2} {
		g, w := inWindow(t, &endless{rows: 100_000, cols: 4})
		w.Canvas().(software.WindowlessCanvas).SetScale(scale)
		g.Refresh()
		g.ScrollTo(0, 123_456.78)
		for _, o := range g.tileBox.Objects {
			top := float64(o.Position().Y-g.nudge()) * float64(scale)
			height := float64(o.Size().Height) * float64(scale)
			if math.Abs(top-math.Round(top)) > 0.01 || math.Abs(height-math.Round(height)) > 0.01 {
				t.Fatalf("at %v a row lies at pixel %v, %v high", scale, top, height)
			}
		}
	}
}

func TestAThemeChangeIsFollowed(t *testing.T) {
	g, _ := inWindow(t, &endless{rows: 100, cols: 3})
	before := g.painter.colors.surface
	fyne.CurrentApp().Settings().SetTheme(theme.DarkTheme()) //nolint:staticcheck // a plain way to a dark theme
	g.Refresh()
	if g.painter.colors.surface == before {
		t.Error("the colours stayed")
	}
}

func TestSpansStandBesideEachOther(t *testing.T) {
	m := &endless{rows: 3, cols: 1, look: func(int, int) CellView {
		return CellView{Spans: []Span{{Text: "Role "}, {Text: "User", Role: RoleQuiet, Struck: true}, {Text: " Admin", Bold: true}}}
	}}
	g, w := inWindow(t, m)
	img := w.Canvas().Capture()
	width := int(g.painter.regular.width("Role User") + g.painter.bold.width(" Admin"))
	if !inked(img, image.Rect(52+9, 64, 52+9+width, 90)) {
		t.Error("nothing is drawn")
	}
	if inked(img, image.Rect(52+9+width+2, 66, 52+9+width+20, 88)) {
		t.Error("something is drawn behind the last piece")
	}
}

// inked tells whether not all of an area has one colour.
func inked(img image.Image, area image.Rectangle) bool {
	first := colorAt(img, area.Min.X, area.Min.Y)
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			if colorAt(img, x, y) != first {
				return true
			}
		}
	}
	return false
}

func TestActionsHaveNames(t *testing.T) {
	if got := fmt.Sprint(Edit, Paste, Cut, Clear, Fill); got != "edit paste cut clear fill down" {
		t.Errorf("%q", got)
	}
}
