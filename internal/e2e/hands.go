package e2e

import (
	"bytes"
	"fmt"
	"image"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"
)

// settle is how long the pointer rests before a button goes down: the toolkit
// takes mouse moves once a frame but clicks at once, so that a click right after
// a move lands where the pointer was. Frames painted in software take longer on
// a busy machine.
func settle() time.Duration { return time.Duration(busy() * float64(120*time.Millisecond)) }

// busy is how many times over the processors are wanted, from 1 to 12.
func busy() float64 {
	raw, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return 1
	}
	var load float64
	if _, err := fmt.Sscan(string(raw), &load); err != nil {
		return 1
	}
	return min(max(load/float64(runtime.NumCPU()), 1), 12)
}

// x runs xdotool on the stage's screen.
func (a *App) x(args ...string) (string, error) {
	cmd := exec.Command("xdotool", args...)
	cmd.Env = a.stage.env(a.launch.Home)
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		return string(out), fmt.Errorf("xdotool %s: %w: %s", strings.Join(args, " "), err, said.String())
	}
	return string(out), nil
}

func (a *App) do(args ...string) {
	a.r.Helper()
	_, err := a.x(args...)
	must(a.r, err, "use keyboard and mouse")
}

// moveTo puts the pointer on p and lets it rest.
func (a *App) moveTo(p image.Point) {
	a.r.Helper()
	a.do("mousemove", "--window", a.window, fmt.Sprint(p.X), fmt.Sprint(p.Y))
	pause(settle())
}

// find waits until name is on screen, enabled, and holds still: the same place
// in two looks.
func (a *App) find(name string) image.Point {
	a.r.Helper()
	var before image.Rectangle
	p := a.Until(name+" can be clicked", func(p Places) bool {
		now, ok := p.Rect(name)
		same := ok && now == before && p.Ready(name)
		before = now
		return same
	})
	r, _ := p.Rect(name)
	return image.Pt((r.Min.X+r.Max.X)/2, (r.Min.Y+r.Max.Y)/2)
}

// pointAt puts the pointer on name, again where name has moved meanwhile: what
// the program says of its places can be a frame or two old.
func (a *App) pointAt(name string) {
	a.r.Helper()
	for range 5 {
		at := a.find(name)
		a.moveTo(at)
		if a.find(name) == at {
			return
		}
	}
}

// Click presses the left button on name.
func (a *App) Click(name string) *App {
	a.r.Helper()
	a.pointAt(name)
	a.do("click", "1")
	return a
}

// DoubleClick presses the left button twice on name.
func (a *App) DoubleClick(name string) *App {
	a.r.Helper()
	a.pointAt(name)
	a.do("click", "--repeat", "2", "--delay", "60", "1")
	return a
}

// RightClick presses the right button on name.
func (a *App) RightClick(name string) *App {
	a.r.Helper()
	a.pointAt(name)
	a.do("click", "3")
	return a
}

// Drag presses on from, moves to to in steps, and lets go.
func (a *App) Drag(from, to string) *App {
	a.r.Helper()
	start, end := a.find(from), a.find(to)
	a.moveTo(start)
	a.do("mousedown", "1")
	const steps = 6
	for i := 1; i <= steps; i++ {
		a.moveTo(image.Pt(start.X+(end.X-start.X)*i/steps, start.Y+(end.Y-start.Y)*i/steps))
	}
	a.do("mouseup", "1")
	return a
}

// Wheel turns the wheel over name by n notches: down when n is positive.
func (a *App) Wheel(name string, n int) *App {
	a.r.Helper()
	button := "5"
	if n < 0 {
		button, n = "4", -n
	}
	a.pointAt(name)
	a.do("click", "--repeat", fmt.Sprint(n), "--delay", "20", button)
	return a
}

// Press presses keys one after the other, named as X11 does: "Return",
// "ctrl+z", "shift+F8".
func (a *App) Press(keys ...string) *App {
	a.r.Helper()
	for _, k := range keys {
		a.do("key", "--clearmodifiers", "--delay", "20", k)
	}
	return a
}

// Type types text of the keyboard's own characters (ASCII); for others there
// is the clipboard.
func (a *App) Type(text string) *App {
	a.r.Helper()
	for _, c := range text {
		if c > 0x7e || c < 0x20 {
			a.r.Fatalf("Type: %q is not on the keyboard: use the clipboard", c)
		}
	}
	a.do("type", "--delay", "25", "--", text)
	return a
}

// Fill clicks an entry, empties it, and types text into it.
func (a *App) Fill(name, text string) *App {
	a.r.Helper()
	return a.Click(name).Press("ctrl+a", "BackSpace").Type(text)
}

// Choose clicks the item of the open list that says words.
func (a *App) Choose(words string) *App {
	a.r.Helper()
	var item string
	a.Until(fmt.Sprintf("a list offers %q", words), func(p Places) bool {
		var ok bool
		item, ok = p.Choice(words)
		return ok
	})
	return a.Click(item)
}

// SetClipboard puts text on the real clipboard, as another program would.
func (a *App) SetClipboard(text string) *App {
	a.r.Helper()
	cmd := exec.Command("xclip", "-selection", "clipboard", "-in")
	cmd.Env = a.stage.env(a.launch.Home)
	cmd.Stdin = strings.NewReader(text)
	must(a.r, cmd.Run(), "put text on the clipboard")
	return a
}

// Clipboard is what another program would paste.
func (a *App) Clipboard() string {
	a.r.Helper()
	cmd := exec.Command("timeout", "5", "xclip", "-selection", "clipboard", "-out")
	cmd.Env = a.stage.env(a.launch.Home)
	out, err := cmd.Output()
	if err != nil {
		return ""
	}
	return string(out)
}

// ClipboardBecomes waits until the clipboard holds text.
func (a *App) ClipboardBecomes(text string) *App {
	a.r.Helper()
	last := ""
	if !until(patience(), func() bool { last = a.Clipboard(); return last == text }) {
		a.Fail("the clipboard holds %q, want %q", last, text)
	}
	return a
}
