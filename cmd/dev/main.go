// Command dev is the developer's door: it sets up a machine that has nothing
// but Go, starts the program, runs every test, measures, takes pictures, and
// packs releases.
//
//	go run ./cmd/dev run       start the program with sample data
//	go run ./cmd/dev test      run everything that is tested
//	go run ./cmd/dev bench     measure, each figure beside its baseline
//	go run ./cmd/dev shots     take pictures of every screen
//	go run ./cmd/dev package   build the release files
//
// It uses the standard library and the window driver (internal/e2e) alone, so
// that it compiles in seconds on a machine where nothing is built yet.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

// command is one door: its name, what it does, and the function that does it.
type command struct {
	name, does string
	run        func(ctx context.Context, at place, args []string) error
}

func commands() []command {
	return []command{
		{"run", "install what is missing and start the program with sample data against the practice account", runCommand},
		{"test", "install what the tests need and run everything; -only STEP,… for a part", testCommand},
		{"bench", "measure, each figure beside its baseline in the same run; -strict fails on a missed limit", benchCommand},
		{"shots", "walk through the program in a virtual window and keep pictures; -o FOLDER, -readme renews the README's", shotsCommand},
		{"package", "build the release files into dist", packageCommand},
	}
}

// errTold ends a command that has already said what went wrong.
var errTold = errors.New("already said")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := dispatch(ctx, os.Args[1:]); err != nil {
		if !errors.Is(err, errTold) {
			fmt.Fprintln(os.Stderr, "dev:", err)
		}
		stop()
		os.Exit(1)
	}
}

func dispatch(ctx context.Context, args []string) error {
	if len(args) > 0 {
		for _, c := range commands() {
			if c.name == args[0] {
				at, err := findPlace()
				if err != nil {
					return err
				}
				done, err := openScratch()
				if err != nil {
					return err
				}
				defer done()
				return c.run(ctx, at, args[1:])
			}
		}
	}
	fmt.Fprintln(os.Stderr, "usage: go run ./cmd/dev COMMAND")
	for _, c := range commands() {
		fmt.Fprintf(os.Stderr, "  %-8s %s\n", c.name, c.does)
	}
	if len(args) == 0 || args[0] == "help" || args[0] == "-h" || args[0] == "--help" {
		return nil
	}
	return fmt.Errorf("there is no command %q", args[0])
}
