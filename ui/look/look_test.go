package look

import (
	"image/color"
	"math"
	"reflect"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"rollcall/ui/bidi"
)

func newApp(t *testing.T) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(&Theme{})
}

// luminance and contrast are those of WCAG 2.2.
func luminance(c color.NRGBA) float64 {
	linear := func(v uint8) float64 {
		f := float64(v) / 255
		if f <= 0.04045 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}

func contrast(a, b color.NRGBA) float64 {
	x, y := luminance(a), luminance(b)
	if x < y {
		x, y = y, x
	}
	return (x + 0.05) / (y + 0.05)
}

func TestTextCanBeReadOnWhateverItStandsOn(t *testing.T) {
	variants := map[string]struct {
		palette palette
		least   float64
	}{
		"light":               {light, 4.5},
		"dark":                {dark, 4.5},
		"high contrast light": {contrastLight, 7},
		"high contrast dark":  {contrastDark, 7},
	}
	for name, v := range variants {
		p := v.palette
		pairs := map[string][2]color.NRGBA{
			"text on surface":       {p.text, p.surface},
			"text on error fill":    {p.text, p.errorFill},
			"text on warning fill":  {p.text, p.warningFill},
			"text on selected":      {p.text, p.selected},
			"quiet on surface":      {p.quiet, p.surface},
			"quiet on row numbers":  {p.quiet, p.rowNumbers},
			"primary on surface":    {p.primaryText, p.surface},
			"primary on selected":   {p.primaryText, p.selected},
			"error text on surface": {p.errorText, p.surface},
			"warning on surface":    {p.warningText, p.surface},
			"good on surface":       {p.good, p.surface},
			"on good":               {p.onGood, p.good},
			"on error badge":        {p.onError, p.errorBadge},
		}
		for what, pair := range pairs {
			if got := contrast(pair[0], pair[1]); got < v.least {
				t.Errorf("%s: %s has contrast %.2f, wants %.1f", name, what, got, v.least)
			}
		}
		if got := contrast(p.onPrimary, p.primary); got < math.Min(v.least, 4.4) {
			t.Errorf("%s: text on primary has contrast %.2f", name, got)
		}
		if got := contrast(p.errorEdge, p.surface); got < 3 {
			t.Errorf("%s: the error edge has contrast %.2f, wants 3", name, got)
		}
	}
}

func TestThemeKnowsEveryTokenInEveryVariant(t *testing.T) {
	newApp(t)
	tokens := []fyne.ThemeColorName{
		ColorPage, ColorMenuLine, ColorSurface, ColorHeaderRow, ColorRowNumbers, ColorLine, ColorGridLine, ColorBorder, ColorText, ColorQuiet,
		ColorDisabled, ColorPrimary, ColorOnPrimary, ColorPrimaryText, ColorSelected, ColorErrorEdge, ColorErrorFill,
		ColorErrorText, ColorOnError, ColorErrorBadge, ColorWarningEdge, ColorWarningFill, ColorWarningText, ColorGood,
		ColorOnGood, ColorGoodFill, ColorGoodDot, ColorInfoFill, ColorChip, ColorDisabledFill,
		theme.ColorNameForeground, theme.ColorNameShadow,
	}
	for _, contrast := range []bool{false, true} {
		th := &Theme{HighContrast: contrast}
		for _, v := range []fyne.ThemeVariant{theme.VariantLight, theme.VariantDark} {
			for _, name := range tokens {
				if _, _, _, a := th.Color(name, v).RGBA(); a == 0 {
					t.Errorf("%s has no colour (variant %d, high contrast %v)", name, v, contrast)
				}
			}
		}
	}
}

func TestAForcedModeOverrulesTheSystem(t *testing.T) {
	th := &Theme{Mode: AlwaysDark}
	if got := th.Color(ColorSurface, theme.VariantLight); got != dark.surface {
		t.Errorf("always dark gave %v", got)
	}
	th.Mode = AlwaysLight
	if got := th.Color(ColorSurface, theme.VariantDark); got != light.surface {
		t.Errorf("always light gave %v", got)
	}
	th.Mode = FollowSystem
	if got := th.Color(ColorSurface, theme.VariantDark); got != dark.surface {
		t.Errorf("following a dark system gave %v", got)
	}
}

func TestCountsHaveThousandsSeparators(t *testing.T) {
	for n, want := range map[int]string{0: "0", 7: "7", 999: "999", 1000: "1,000", 1998: "1,998", 1234567: "1,234,567", -1200: "-1,200"} {
		if got := Count(n); got != want {
			t.Errorf("Count(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestADisabledButtonSaysWhyAndDoesNothing(t *testing.T) {
	newApp(t)
	pressed := 0
	b := NewPrimary("Preview import", func() { pressed++ }).WithTip("Shows what would change")
	b.DisableWith("Fix the 17 errors first.")
	test.Tap(b)
	if pressed != 0 {
		t.Error("a disabled button was pressed")
	}
	if b.ToolTip() != "Fix the 17 errors first." {
		t.Errorf("tooltip is %q", b.ToolTip())
	}
	if got := b.AccessibilityLabel(); got != "Preview import. Fix the 17 errors first." {
		t.Errorf("label is %q", got)
	}
	b.Enable()
	test.Tap(b)
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if pressed != 3 || b.ToolTip() != "Shows what would change" {
		t.Errorf("pressed %d times, tooltip %q", pressed, b.ToolTip())
	}
}

func TestControlsHaveTheHeightsOfTheDesign(t *testing.T) {
	newApp(t)
	if h := NewButton("Test connection", nil).MinSize().Height; h != ControlHeight {
		t.Errorf("a button is %v high", h)
	}
	if h := NewSmallButton("Fix 6", nil).MinSize().Height; h != SmallControlHeight {
		t.Errorf("a small button is %v high", h)
	}
}

func TestTheFilterBarTellsWhatIsChosen(t *testing.T) {
	newApp(t)
	var chosen []int
	f := NewFilterBar(func(i int) { chosen = append(chosen, i) },
		Filter{"All", 1998}, Filter{"Errors", 17}, Filter{"Edited", -1})
	w := test.NewTempWindow(t, f)
	w.Resize(f.MinSize())
	test.TapAt(f, fyne.NewPos(f.edges[0]+4, 10))
	test.TapAt(f, fyne.NewPos(f.edges[0]+4, 10))
	f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	if !reflect.DeepEqual(chosen, []int{1, 1, 2}) { // the chosen one is applied anew
		t.Errorf("chosen %v", chosen)
	}
	if f.texts[0].Text != "All 1,998" || f.texts[2].Text != "Edited" {
		t.Errorf("labels %q and %q", f.texts[0].Text, f.texts[2].Text)
	}
}

func TestASegmentLiesWhereATapChoosesIt(t *testing.T) {
	newApp(t)
	var chosen []int
	f := NewFilterBar(func(i int) { chosen = append(chosen, i) }, Filter{"All", 1998}, Filter{"Errors", 17}, Filter{"Edited", -1})
	w := test.NewTempWindow(t, f)
	w.Resize(f.MinSize())
	for _, i := range []int{2, 1, 0} {
		at, size := f.Segment(i)
		test.TapAt(f, at.AddXY(size.Width/2, size.Height/2))
	}
	if !reflect.DeepEqual(chosen, []int{2, 1, 0}) {
		t.Errorf("chosen %v", chosen)
	}
	if _, size := f.Segment(3); !size.IsZero() {
		t.Errorf("a fourth segment of %v", size)
	}
}

func TestControlsPassOnTheKeysThatTheyDoNotUse(t *testing.T) {
	newApp(t)
	var passed []fyne.KeyName
	OnKey = func(e *fyne.KeyEvent) { passed = append(passed, e.Name) }
	t.Cleanup(func() { OnKey = nil })
	pressed := 0
	press := func() { pressed++ }
	for _, c := range []fyne.Focusable{
		NewButton("Go", press), NewTile("", "Northwind", "1 user", press), NewStep(1, "Open", press),
	} {
		c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	}
	NewFilterBar(nil, Filter{"All", 1}).TypedKey(&fyne.KeyEvent{Name: fyne.KeyF8})
	if pressed != 3 || !reflect.DeepEqual(passed, []fyne.KeyName{fyne.KeyEscape, fyne.KeyEscape, fyne.KeyEscape, fyne.KeyF8}) {
		t.Errorf("pressed %d times, passed on %v", pressed, passed)
	}
}

func TestLinesWrapAtWords(t *testing.T) {
	width := func(s string) float32 { return float32(len([]rune(s))) }
	tests := []struct {
		text  string
		width float32
		want  []string
	}{
		{"one two three", 7, []string{"one two", "three"}},
		{"one two three", 40, []string{"one two three"}},
		{"a\nb", 9, []string{"a", "b"}},
		{"abcdefgh ij", 3, []string{"abc", "def", "gh", "ij"}},
		{"", 5, []string{""}},
	}
	for _, tt := range tests {
		if got := wrapWords(tt.text, tt.width, width); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("wrapWords(%q, %v) = %q, want %q", tt.text, tt.width, got, tt.want)
		}
	}
}

func TestALineThatGivesWayIsCutWithAnEllipsis(t *testing.T) {
	newApp(t)
	s := NewText("oluwaseun.ade@northwind.com").Cut()
	w := test.NewTempWindow(t, s)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(90, 20))
	if got := s.texts[0].Text; len(got) > 20 || got[len(got)-len("…"):] != "…" {
		t.Errorf("shown as %q", got)
	}
	w.Resize(fyne.NewSize(400, 20))
	if got := s.texts[0].Text; got != "oluwaseun.ade@northwind.com" {
		t.Errorf("with room again shown as %q", got)
	}
}

func TestATooltipInACardShowsThereAndGoesWithIt(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(&Theme{Mode: AlwaysLight})
	var waiting []func()
	was := after
	after = func(_ time.Duration, f func()) func() { waiting = append(waiting, f); return func() {} }
	t.Cleanup(func() { after = was })
	w := test.NewTempWindow(t, NewButton("Below", nil))
	w.Resize(fyne.NewSize(400, 300))

	b := NewButton("Save", nil).WithTip("Write the sheet to its file")
	tips := NewTips()
	card := widget.NewModalPopUp(tips.Over(b), w.Canvas())
	least := card.MinSize()
	card.Show()
	tips.Attach(w.Canvas())
	hover := func() {
		e := &desktop.MouseEvent{}
		e.AbsolutePosition = fyne.NewPos(390, 290)
		b.MouseIn(e)
		for _, f := range waiting {
			f()
		}
		waiting = nil
	}
	hover()
	if len(tips.layer.Objects) != 2 || tips.layer.Objects[1].(*Paragraph).text != "Write the sheet to its file" {
		t.Fatalf("on the layer: %v", tips.layer.Objects)
	}
	box := tips.layer.Objects[0]
	at := app.Driver().AbsolutePositionForObject(tips.layer).Add(box.Position())
	if at.X < 0 || at.Y < 0 || at.X+box.Size().Width > 400 || at.Y+box.Size().Height > 300 {
		t.Errorf("the tooltip lies at %v, %v in a window of 400 × 300", at, box.Size())
	}
	if card.MinSize() != least {
		t.Errorf("the tooltip makes the card %v instead of %v", card.MinSize(), least)
	}
	b.Tapped(nil)
	if len(tips.layer.Objects) != 0 {
		t.Error("the tooltip stays when the button is pressed")
	}
	b.MouseIn(&desktop.MouseEvent{})
	b.MouseOut()
	for _, f := range waiting {
		f()
	}
	if len(tips.layer.Objects) != 0 {
		t.Error("a tooltip shows though the pointer has gone")
	}
	tips.Detach()
	card.Hide()
	if len(cardTips) != 0 {
		t.Errorf("%d layers are left", len(cardTips))
	}
}

func TestAnIconIsDrawnAnewOnlyWhenItsColourChanges(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(&Theme{Mode: AlwaysLight})
	i := NewIcon(IconWarning(), ColorText, 18)
	w := test.NewTempWindow(t, i)
	w.Resize(fyne.NewSize(40, 40))
	i.Refresh()
	first := i.image.Image
	if first == nil {
		t.Fatal("no icon is drawn")
	}
	i.Refresh()
	if i.image.Image != first {
		t.Error("the icon is drawn anew though nothing differs")
	}
	i.Set(IconWarning(), ColorErrorText)
	red := i.image.Image
	if red == first {
		t.Error("the icon keeps its colour")
	}
	app.Settings().SetTheme(&Theme{Mode: AlwaysDark})
	i.Refresh()
	if i.image.Image == red {
		t.Error("the icon does not follow the theme")
	}
}

func TestABlankBehindAnArrowIsABlank(t *testing.T) {
	newApp(t)
	arrow := measure("→", TextBody, fyne.TextStyle{}).Width
	a, b := measure("a ", TextBody, fyne.TextStyle{}).Width, measure(" b", TextBody, fyne.TextStyle{}).Width
	if got := measure("a → b", TextBody, fyne.TextStyle{}).Width; math.Abs(float64(got-a-arrow-b)) > 1 {
		t.Errorf("“a → b” is %v wide, its parts %v", got, a+arrow+b)
	}
	button, spans := NewButton("a → b", nil), NewText("a → b")
	for _, o := range []fyne.CanvasObject{button, spans} {
		w := test.NewTempWindow(t, o)
		w.Resize(fyne.NewSize(200, 100))
	}
	if drawn := button.words.Text; drawn != bidi.Visual("a → b") {
		t.Errorf("the button draws %q", drawn)
	}
	if drawn := spans.texts[0].Text; drawn != bidi.Visual("a → b") {
		t.Errorf("the line draws %q", drawn)
	}
	if spans.Text() != "a → b" {
		t.Errorf("the line says %q", spans.Text())
	}
}
