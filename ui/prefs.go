package ui

import (
	"context"
	"fmt"
	"os"
	"strconv"

	"rollcall/internal/store"
	"rollcall/internal/workbench"
	"rollcall/ui/look"
)

// prefs is what the View menu sets, kept between runs.
type prefs struct {
	Mode     look.Mode `json:"mode"`
	Contrast bool      `json:"contrast,omitempty"`
	// Scale is the size of everything, 1 to 2; 0 is the system's.
	Scale  float32 `json:"scale,omitempty"`
	Folder string  `json:"folder,omitempty"`
}

// scales are the sizes that can be chosen.
var scales = []struct {
	name  string
	scale float32
}{{"As the system", 0}, {"100 %", 1}, {"125 %", 1.25}, {"150 %", 1.5}, {"175 %", 1.75}, {"200 %", 2}}

const (
	prefsKey = "window"
	// scaleVariable is Fyne's own; it is read whenever the theme is applied.
	scaleVariable = "FYNE_SCALE"
)

func (w *Window) loadPrefs() {
	w.bench.Store().Setting(prefsKey, &w.prefs)
	w.applyTheme()
}

// ApplyScale sets the chosen size of everything for this run, unless the
// environment sets one. It is to be called before the app is made.
func ApplyScale(s *store.Store) {
	var p prefs
	if s.Setting(prefsKey, &p) && p.Scale > 0 && os.Getenv(scaleVariable) == "" {
		_ = os.Setenv(scaleVariable, strconv.FormatFloat(float64(p.Scale), 'f', -1, 32))
	}
}

func (w *Window) applyTheme() {
	w.app.Settings().SetTheme(&look.Theme{Mode: w.prefs.Mode, HighContrast: w.prefs.Contrast})
}

func (w *Window) savePrefs() {
	p := w.prefs
	w.background("", func(context.Context, func(workbench.Progress)) error {
		return w.bench.Store().SetSetting(prefsKey, p)
	}, func(error) {})
}

func (w *Window) setMode(m look.Mode) {
	w.prefs.Mode = m
	w.applyTheme()
	w.savePrefs()
	w.updateBar()
}

func (w *Window) toggleContrast() {
	w.prefs.Contrast = !w.prefs.Contrast
	w.applyTheme()
	w.savePrefs()
	w.updateBar()
}

// setScale changes the size of everything at once: Fyne reads the variable
// anew when the theme is applied.
func (w *Window) setScale(scale float32) {
	w.prefs.Scale = scale
	if scale > 0 {
		_ = os.Setenv(scaleVariable, strconv.FormatFloat(float64(scale), 'f', -1, 32))
	} else {
		_ = os.Unsetenv(scaleVariable)
	}
	w.applyTheme()
	w.savePrefs()
	w.updateBar()
}

// prefsKey tells the menu whether it has to be drawn anew.
func (w *Window) prefsKey() string { return fmt.Sprint(w.prefs.Mode, w.prefs.Contrast, w.prefs.Scale) }

// keepWidth remembers a column's width for files with the same headers.
func (w *Window) keepWidth(title string, width float32) {
	if w.doc == nil {
		return
	}
	key := store.HeaderKey(w.doc.Header())
	widths := w.bench.Store().Widths(key)
	next := map[string]float64{title: float64(width)}
	for t, v := range widths {
		if t != title {
			next[t] = v
		}
	}
	w.background("", func(context.Context, func(workbench.Progress)) error {
		return w.bench.Store().SetWidths(key, next)
	}, func(error) {})
}

// useWidths takes the remembered widths for a document.
func (w *Window) useWidths(d *workbench.Document) {
	widths := map[string]float32{}
	for title, v := range w.bench.Store().Widths(store.HeaderKey(d.Header())) {
		widths[title] = float32(v)
	}
	w.fix.SetWidths(widths)
}
