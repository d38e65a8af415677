package e2e

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// screenWidth and screenHeight are the virtual screen's size in pixels: room
// for the 1280×800 window at 150 %.
const (
	screenWidth  = 1920
	screenHeight = 1200
)

// Display is a virtual X11 screen of our own (Xvfb) on a free number.
type Display struct {
	// Name is what DISPLAY has to be, such as ":3".
	Name string

	server *process
	frame  string // the file in which Xvfb keeps the screen's pixels
	folder string
}

// OpenDisplay starts the screen. Close ends it.
func OpenDisplay() (*Display, error) {
	folder, err := os.MkdirTemp("", "rollcall-screen-")
	if err != nil {
		return nil, fmt.Errorf("make a folder for the screen: %w", err)
	}
	read, write, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("make a pipe: %w", err)
	}
	defer read.Close()
	// Without -r a key whose release comes late on a busy machine would repeat.
	cmd := exec.Command("Xvfb", "-displayfd", "3", "-r",
		"-screen", "0", fmt.Sprintf("%dx%dx24", screenWidth, screenHeight),
		"-fbdir", folder, "-nolisten", "tcp", "-noreset", "-dpi", "96")
	cmd.ExtraFiles = []*os.File{write}
	var said buffer
	cmd.Stderr = &said
	server, err := start(cmd)
	write.Close()
	if err != nil {
		os.RemoveAll(folder)
		return nil, err
	}
	d := &Display{server: server, folder: folder, frame: filepath.Join(folder, "Xvfb_screen0")}
	_ = read.SetReadDeadline(time.Now().Add(patience()))
	number, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		d.Close()
		return nil, fmt.Errorf("the virtual screen did not start: %w: %s", err, said.String())
	}
	d.Name = ":" + strings.TrimSpace(number)
	return d, nil
}

// Close ends the screen.
func (d *Display) Close() {
	if d == nil {
		return
	}
	d.server.kill()
	os.RemoveAll(d.folder)
}
