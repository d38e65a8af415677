package e2e

import (
	"fmt"
	"strings"
	"testing"
)

// The program is whole in light and dark, at two sizes of window and two of
// type: what a person needs is inside the window, and nothing covers it.
func TestTheLookHoldsAtEverySize(t *testing.T) {
	for _, size := range [][2]int{{1280, 800}, {900, 600}} {
		for _, scale := range []float64{1, 1.5} {
			for _, dark := range []bool{false, true} {
				name := fmt.Sprintf("look-%dx%d-%.0f-%s", size[0], size[1], 100*scale, map[bool]string{false: "light", true: "dark"}[dark])
				t.Run(name, func(t *testing.T) {
					s, home := stage(t)
					app := begin(t, s, Launch{Home: home, Width: size[0], Height: size[1], Scale: scale, Dark: dark})
					inWindow(t, app.Shows("start"), "start.open", "start.template", "start.sample", "start.addaccount")
					app.Shot(name + "-start")
					app.Click("start.sample")
					p := app.Shows("fix")
					inWindow(t, p, "toolbar.save", "step.fix", "account.badge", "cellbar.entry", "grid", "filter.all", "fix.preview")
					rows := 0
					for place := range p.Places {
						if strings.HasPrefix(place, "grid.row.") {
							rows++
						}
					}
					if least := (size[1] - 330) / 40; rows < least {
						t.Errorf("only %d rows of the sheet are in sight, want at least %d", rows, least)
					}
					app.Shot(name + "-fix")
				})
			}
		}
	}
}

// inWindow fails for each name that is not wholly in the window.
func inWindow(t *testing.T, p Places, names ...string) {
	t.Helper()
	for _, name := range names {
		r, ok := p.Rect(name)
		if !ok {
			t.Errorf("%s is not on screen", name)
		} else if r.Empty() || r.Min.X < 0 || r.Min.Y < 0 || r.Max.X > p.Window[0] || r.Max.Y > p.Window[1] {
			t.Errorf("%s at %v does not fit into the window of %v", name, r, p.Window)
		}
	}
}
