package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"

	"rollcall/internal/e2e"
)

// runCommand starts the program with the sample against the practice account.
// Without a display it walks through the whole job on a virtual one.
func runCommand(ctx context.Context, at place, args []string) error {
	flags := flag.NewFlagSet("run", flag.ContinueOnError)
	virtual := flags.Bool("virtual", false, "use a virtual screen even where there is a real one")
	if err := flags.Parse(args); err != nil {
		return errTold
	}
	shown := !*virtual && hasDisplay()
	needs := [][]need{toBuild}
	if !shown {
		needs = append(needs, toShow)
	}
	if err := provide(ctx, needs...); err != nil {
		return err
	}
	fmt.Println("Building Rollcall. The first time takes some minutes.")
	if err := at.build(ctx); err != nil {
		return err
	}
	if !shown {
		fmt.Println("There is no display: walking through the whole job on a virtual one.")
		return at.walk(ctx, at.pictures(), false)
	}
	home := filepath.Join(at.cache, "home")
	fmt.Printf("Starting Rollcall with sample data. What it keeps lies in %s\n", home)
	arguments := flags.Args()
	if len(arguments) == 0 {
		arguments = []string{"--sample"}
	}
	app := exec.Command(at.bin("rollcall"), arguments...)
	app.Env = append(os.Environ(), "ROLLCALL_HOME="+home)
	return loud(ctx, app)
}

// loud runs a command with its words on this terminal.
func loud(ctx context.Context, cmd *exec.Cmd) error {
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	return runWith(ctx, cmd)
}

// hasDisplay reports whether a window could be shown to somebody.
func hasDisplay() bool {
	if runtime.GOOS != "linux" {
		return true
	}
	if os.Getenv("WAYLAND_DISPLAY") != "" {
		return true
	}
	return e2e.DisplayAnswers(os.Getenv("DISPLAY"))
}

// readmePictures are those of a walk that the README shows.
var readmePictures = []string{"start", "columns", "fix", "fix-dark", "preview", "import"}

// shotsCommand takes pictures of every screen, light and dark.
func shotsCommand(ctx context.Context, at place, args []string) error {
	flags := flag.NewFlagSet("shots", flag.ContinueOnError)
	folder := flags.String("o", at.pictures(), "the folder for the pictures")
	readme := flags.Bool("readme", false, "renew the README's pictures, too")
	if err := flags.Parse(args); err != nil {
		return errTold
	}
	if err := provide(ctx, toBuild, toShow); err != nil {
		return err
	}
	if err := at.build(ctx); err != nil {
		return err
	}
	if err := at.walk(ctx, *folder, false); err != nil {
		return err
	}
	if err := at.walk(ctx, *folder, true); err != nil || !*readme {
		return err
	}
	for _, name := range readmePictures {
		raw, err := os.ReadFile(filepath.Join(*folder, name+".png"))
		if err != nil {
			return fmt.Errorf("read a picture: %w", err)
		}
		if err := os.WriteFile(filepath.Join(at.root, "assets", "screens", name+".png"), raw, 0o644); err != nil {
			return fmt.Errorf("renew a picture: %w", err)
		}
	}
	return nil
}

// walk goes the whole way with the sample on a virtual screen and says what it saw.
func (at place) walk(ctx context.Context, pictures string, dark bool) error {
	began := time.Now()
	err := at.onStage(pictures, func(s *e2e.Stage, r e2e.Reporter, home e2e.Home) {
		s.Walk(ctx, r, e2e.Launch{Home: home, Dark: dark})
	})
	if err != nil {
		return err
	}
	fmt.Printf("Done in %s. The pictures are in %s\n", time.Since(began).Round(time.Second), pictures)
	return nil
}

// build builds the program with its window.
func (at place) build(ctx context.Context) error {
	window, _ := at.buildWindow()
	if err := loud(ctx, window); err != nil {
		return fmt.Errorf("the program does not build: %w", err)
	}
	return nil
}

// onStage does something with the program on a virtual screen, in the home of a
// person who never used it.
func (at place) onStage(pictures string, do func(*e2e.Stage, e2e.Reporter, e2e.Home)) error {
	if runtime.GOOS != "linux" {
		return errors.New("a virtual screen is there on Linux only")
	}
	stage, err := e2e.OpenStage(at.bin("rollcall"), at.bin("rollcallctl"), pictures)
	if err != nil {
		return err
	}
	defer stage.Close()
	folder, err := os.MkdirTemp("", "home-")
	if err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	defer os.RemoveAll(folder)
	home, err := e2e.NewHome(folder)
	if err != nil {
		return err
	}
	return e2e.Guard(func(r e2e.Reporter) { do(stage, r, home) }, func(line string) { fmt.Println("  " + line) })
}
