package ask

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// press types a key into whatever has the keyboard, else into the window.
func press(w fyne.Window, key fyne.KeyName) {
	if f := w.Canvas().Focused(); f != nil {
		f.TypedKey(&fyne.KeyEvent{Name: key})
		return
	}
	w.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: key})
}

func TestEnterAgreesUnlessSomethingIsTakenAway(t *testing.T) {
	for _, c := range []struct {
		name   string
		danger bool
		key    fyne.KeyName
		yes    bool
	}{
		{"Enter agrees to a plain question", false, fyne.KeyReturn, true},
		{"Escape says no", false, fyne.KeyEscape, false},
		{"Enter says no where something is taken away", true, fyne.KeyReturn, false},
		{"Escape says no there, too", true, fyne.KeyEscape, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := test.NewTempWindow(t, nil)
			w.Resize(fyne.NewSize(900, 600))
			l := New(w, func(f func()) { f() })
			said := "nothing"
			l.Confirm(Question{Title: "Stop?", OK: "Stop", Danger: c.danger, No: func() { said = "no" }}, func() { said = "yes" })
			press(w, c.key)
			if l.Open() {
				t.Error("the card is still there")
			}
			if want := map[bool]string{true: "yes", false: "no"}[c.yes]; said != want {
				t.Errorf("the answer was %q, want %q", said, want)
			}
		})
	}
}
