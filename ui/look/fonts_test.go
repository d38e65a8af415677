package look

import (
	"bytes"
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

func TestFontsAreReadOneByOne(t *testing.T) {
	test.NewTempApp(t)
	posts := make(chan func())
	busy := true
	ReadFonts(func(f func()) { posts <- f }, func() bool { return !busy })
	(<-posts)() // waits while there is other work
	busy = false
	for range fontSamples {
		(<-posts)()
	}
}

func TestAnEmptyTickKeepsAnEdgeThatCanBeSeen(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(&Theme{Mode: AlwaysLight})
	for _, name := range []fyne.ThemeIconName{theme.IconNameCheckButton, theme.IconNameRadioButton} {
		drawn := theme.NewThemedResource(app.Settings().Theme().Icon(name))
		drawn.ColorName = theme.ColorNameInputBorder // as Fyne draws it
		n := light.quiet
		stroke := fmt.Sprintf(`stroke="#%02x%02x%02x"`, n.R, n.G, n.B)
		if !bytes.Contains(drawn.Content(), []byte(stroke)) {
			t.Errorf("%s is drawn as %s, want %s", name, drawn.Content(), stroke)
		}
	}
}
