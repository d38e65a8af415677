package e2e

import (
	"fmt"
	"image"
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
					app.Shows("start")
					inWindow(app, "start.open", "start.template", "start.sample", "start.addaccount")
					app.Shot(name + "-start")
					app.Click("start.sample")
					app.Shows("fix")
					p := inWindow(app, "toolbar.save", "step.fix", "account.badge", "cellbar.entry", "grid", "filter.all", "fix.preview")
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

// inWindow waits until each of the names is on screen and wholly in the window.
func inWindow(app *App, names ...string) Places {
	app.r.Helper()
	var p Places
	for _, name := range names {
		p = app.Until(name+" is in the window", func(p Places) bool {
			r, ok := p.Rect(name)
			return ok && !r.Empty() && r.In(image.Rect(0, 0, p.Window[0], p.Window[1]))
		})
	}
	return p
}
