package ask

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// asked shows a choice of groups in a window of its own.
func asked(t *testing.T, q Choice) (w fyne.Window, chosen *string) {
	t.Helper()
	w = test.NewTempWindow(t, nil)
	w.Resize(fyne.NewSize(900, 600))
	q.Title, q.OK, q.Options = "Which group is meant?", "Fix", []string{"Compliance", "Trade Desk", "Trading"}
	chosen = new(string)
	New(w, func(f func()) { f() }).Choose(q, func(text string) { *chosen = text })
	return w, chosen
}

func types(w fyne.Window, text string) {
	for _, r := range text {
		w.Canvas().Focused().TypedRune(r)
	}
}

func TestWhatIsTypedIsTakenAsItIsWhereAnyTextWillDo(t *testing.T) {
	for _, c := range []struct {
		free        bool
		typed, want string
	}{
		{true, "Compl", "Compl"},
		{true, "compliance", "Compliance"},
		{false, "Compl", "Compliance"},
		{false, "Tra", ""},
	} {
		w, chosen := asked(t, Choice{Free: c.free})
		types(w, c.typed)
		press(w, fyne.KeyReturn)
		if *chosen != c.want {
			t.Errorf("typed %q (free: %v): chose %q, want %q", c.typed, c.free, *chosen, c.want)
		}
	}
}

func TestAnOptionIsPickedWithTheArrowKeysFromTheField(t *testing.T) {
	w, chosen := asked(t, Choice{Free: true})
	types(w, "tra")
	press(w, fyne.KeyDown)
	press(w, fyne.KeyDown)
	press(w, fyne.KeyReturn)
	if *chosen != "Trading" {
		t.Errorf("chose %q", *chosen)
	}
}

func TestEnterAndEscapeMeanTheSameEverywhereInACard(t *testing.T) {
	for key, want := range map[fyne.KeyName]string{fyne.KeyReturn: "Trade Desk", fyne.KeyEscape: ""} {
		tick := NewCheck("Remember", nil)
		w, chosen := asked(t, Choice{Below: tick})
		types(w, "desk")
		w.Canvas().Focus(tick)
		tick.TypedRune(' ')
		if !tick.Checked {
			t.Error("Space does not tick the box")
		}
		press(w, key)
		if *chosen != want || w.Canvas().Overlays().Top() != nil {
			t.Errorf("%s in a box to tick: chose %q, want %q; card: %v", key, *chosen, want, w.Canvas().Overlays().Top())
		}
	}
}
