package e2e

import (
	"bytes"
	"fmt"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// Launch says how the program is started.
type Launch struct {
	Home Home
	// Args are the program's arguments: a file to open, for one.
	Args []string
	// Width and Height are the window's size in units; 0 means 1280×800.
	Width, Height int
	// Scale is the size of a unit in pixels; 0 means 1.
	Scale float64
	// Dark chooses the dark theme.
	Dark bool
	// Env are further settings, NAME=value.
	Env []string
	// AsItOpens leaves the window as the program opens it: neither moved nor
	// given the keyboard.
	AsItOpens bool
	// Said, when not empty, is a file that gets all that the program prints.
	Said string
}

// App is the running program with its window.
type App struct {
	r       Reporter
	stage   *Stage
	launch  Launch
	process *process
	said    *os.File
	window  string // X11 window id
	ended   bool
}

// Start starts the program and waits until its window shows a screen.
func (s *Stage) Start(r Reporter, l Launch) *App {
	r.Helper()
	if l.Scale == 0 {
		l.Scale = 1
	}
	if l.Width == 0 {
		l.Width, l.Height = 1280, 800
	}
	if l.Said == "" {
		l.Said = l.Home.door("said.txt")
	}
	a := &App{r: r, stage: s, launch: l}
	for _, door := range []string{"places.json", "watchdog.jsonl", "pick"} {
		_ = os.Remove(l.Home.door(door))
	}
	theme := "light"
	if l.Dark {
		theme = "dark"
	}
	cmd := exec.Command(s.Rollcall, l.Args...)
	cmd.Dir = l.Home.User()
	cmd.Env = overlay(s.env(l.Home,
		"ROLLCALL_PLACES="+l.Home.door("places.json"),
		"ROLLCALL_WATCHDOG="+l.Home.door("watchdog.jsonl"),
		"ROLLCALL_PICK="+l.Home.door("pick"),
		"FYNE_THEME="+theme,
		fmt.Sprintf("FYNE_SCALE=%g", l.Scale),
	), l.Env)
	var err error
	a.said, err = os.OpenFile(l.Said, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	must(r, err, "open a file for what the program says")
	cmd.Stdout, cmd.Stderr = a.said, a.said
	a.process, err = start(cmd)
	must(r, err, "start the program")
	if !l.AsItOpens {
		a.findWindow()
	}
	return a
}

// findWindow waits for the window, puts it at the top left in the wanted size,
// and gives it the keyboard. There is no window manager to do it.
func (a *App) findWindow() {
	a.r.Helper()
	found := until(patience(), func() bool {
		out, err := a.x("search", "--onlyvisible", "--pid", fmt.Sprint(a.Pid()))
		if err != nil || strings.TrimSpace(out) == "" {
			out, err = a.x("search", "--onlyvisible", "--name", "Rollcall")
		}
		ids := strings.Fields(out)
		if err == nil && len(ids) > 0 {
			a.window = ids[len(ids)-1]
		}
		return a.window != "" || a.process.ended()
	})
	if !found || a.window == "" {
		a.Fail("the window did not open")
	}
	w, h := int(float64(a.launch.Width)*a.launch.Scale), int(float64(a.launch.Height)*a.launch.Scale)
	_, _ = a.x("windowmove", a.window, "0", "0", "windowsize", a.window, fmt.Sprint(w), fmt.Sprint(h))
	a.Until(fmt.Sprintf("the window is %d×%d pixels", w, h), func(p Places) bool {
		_, _ = a.x("windowfocus", a.window)
		return p.Window == [2]int{w, h} && p.Screen != ""
	})
}

// Pid is the program's process id.
func (a *App) Pid() int { return a.process.cmd.Process.Pid }

// Places is what is on screen now.
func (a *App) Places() Places {
	a.r.Helper()
	p, err := readPlaces(a.launch.Home.door("places.json"))
	must(a.r, err, "look at the screen")
	return p
}

// Until waits until cond is true of what is on screen; want says in words what
// that is. It fails when that does not happen, or when the program ends.
func (a *App) Until(want string, cond func(Places) bool) Places {
	a.r.Helper()
	var last Places
	ok := until(patience(), func() bool {
		last = a.Places()
		return cond(last) || a.process.ended()
	})
	if !ok || !cond(last) {
		a.Fail("waited in vain: %s", want)
	}
	return last
}

// Shows waits until the screen (start, columns, fix, preview, import) is there
// with no dialog over it and nothing pending.
func (a *App) Shows(screen string) Places {
	a.r.Helper()
	return a.Until("the screen is "+screen+", at rest", func(p Places) bool {
		return p.Screen == screen && p.Dialog == "" && p.Idle
	})
}

// AtRest waits until nothing is pending.
func (a *App) AtRest() Places {
	a.r.Helper()
	return a.Until("nothing is pending", func(p Places) bool { return p.Idle })
}

// Says waits until name says text.
func (a *App) Says(name, text string) Places {
	a.r.Helper()
	return a.Until(fmt.Sprintf("%s says %q", name, text), func(p Places) bool { return p.Text(name) == text })
}

// SaysLike waits until name's text contains part.
func (a *App) SaysLike(name, part string) Places {
	a.r.Helper()
	return a.Until(fmt.Sprintf("%s says something with %q", name, part),
		func(p Places) bool { return strings.Contains(p.Text(name), part) })
}

// Fail ends the test with a picture, the places and the program's last words.
func (a *App) Fail(format string, args ...any) {
	a.r.Helper()
	what := fmt.Sprintf(format, args...)
	place := ""
	if img, err := a.stage.Display.Picture(a.frame()); err == nil {
		place = filepath.Join(a.stage.Pictures, "failed", fmt.Sprintf("%s.png", time.Now().UTC().Format("150405.000")))
		if err := savePNG(place, img); err != nil {
			place = err.Error()
		}
	}
	state := "running"
	if a.process.ended() {
		state = fmt.Sprintf("ended (%v)", a.process.err)
	}
	p, _ := readPlaces(a.launch.Home.door("places.json"))
	said, _ := os.ReadFile(a.launch.Said)
	a.r.Fatalf("%s\nthe program is %s; picture: %s\n%s\nit said:\n%s", what, state, place, p.summary(), tail(string(said), 40))
}

// frame is the window's rectangle on the screen.
func (a *App) frame() image.Rectangle {
	return image.Rect(0, 0, int(float64(a.launch.Width)*a.launch.Scale), int(float64(a.launch.Height)*a.launch.Scale))
}

// Shot saves a picture of the window as NAME.png, after everything is at rest,
// with the pointer out of the way, once the screen has held still for a while:
// painting in software comes behind what the program says.
func (a *App) Shot(name string) string {
	a.r.Helper()
	const look, looks = 100 * time.Millisecond, 6
	a.AtRest()
	a.moveTo(image.Pt(a.frame().Dx()-4, 4)) // off whatever had a tooltip
	a.do("mousemove", fmt.Sprint(screenWidth-1), fmt.Sprint(screenHeight-1))
	var before image.Image
	same := 0
	until(patience()/3, func() bool {
		pause(look)
		now, err := a.stage.Display.Picture(a.frame())
		must(a.r, err, "take a picture")
		if before != nil && bytes.Equal(now.(*image.RGBA).Pix, before.(*image.RGBA).Pix) {
			same++
		} else {
			same = 0
		}
		before = now
		return same == looks
	})
	path := filepath.Join(a.stage.Pictures, name+".png")
	must(a.r, savePNG(path, before), "save a picture")
	return path
}

// Pick says which path the next file dialog of the program shall answer.
func (a *App) Pick(path string) {
	a.r.Helper()
	must(a.r, os.WriteFile(a.launch.Home.door("pick"), []byte(path), 0o600), "say which file to pick")
}

// Kill ends the program as a power cut would (SIGKILL).
func (a *App) Kill() {
	a.process.kill()
	a.said.Close()
	a.ended = true
}

// Quit closes the program by its shortcut and waits until it is gone; unsaved
// work is discarded when the program asks.
func (a *App) Quit() {
	a.r.Helper()
	if a.ended {
		return
	}
	a.Press("ctrl+q")
	until(patience(), func() bool { return a.process.ended() || a.Places().Ready("dialog.discard") })
	if !a.process.ended() {
		a.Click("dialog.discard")
	}
	gone := until(patience(), a.process.ended)
	if !gone {
		a.Fail("the program did not close")
	}
	a.said.Close()
	a.ended = true
}

// Close ends the program in whatever way works: for a test's clean-up.
func (a *App) Close() {
	if !a.ended {
		a.Kill()
	}
}

// tail is the last n lines of text.
func tail(text string, n int) string {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	if len(lines) > n {
		lines = lines[len(lines)-n:]
	}
	return strings.Join(lines, "\n")
}
