package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"go/format"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"rollcall/internal/e2e"
)

// testCommand installs what the tests need and runs everything that is tested.
func testCommand(ctx context.Context, at place, args []string) error {
	flags := flag.NewFlagSet("test", flag.ContinueOnError)
	only := flags.String("only", "", "run these steps alone, with commas between: "+strings.Join(stepNames(at), ", "))
	if err := flags.Parse(args); err != nil {
		return errTold
	}
	out := &report{to: os.Stdout}
	ran := 0
	for _, s := range at.steps() {
		if *only != "" && !slices.Contains(strings.Split(*only, ","), s.name) {
			continue
		}
		ran++
		out.run(ctx, s)
		if ctx.Err() != nil {
			out.count(false, "stopped before the end")
			break
		}
	}
	if ran == 0 {
		return fmt.Errorf("there is no step %q; the steps are %s", *only, strings.Join(stepNames(at), ", "))
	}
	return out.close()
}

func stepNames(at place) []string {
	var names []string
	for _, s := range at.steps() {
		names = append(names, s.name)
	}
	return names
}

// steps are the parts of the test, cheapest first, so that a mistake shows early.
func (at place) steps() []step {
	return []step{
		{"set-up", "what the tests need on this machine", at.setUp},
		{"format", "every Go file is as gofmt writes it", at.checkFormat},
		{"pure-go", "the core and rollcallctl build without a C compiler", at.buildPure},
		{"vet", "go vet finds nothing", at.vet},
		{"core", "tests of the core, with the race detector", at.testCore},
		{"screens", "tests of the screens, painted without a window, with the race detector", at.testScreens},
		{"build", "the programs build as they are released", at.buildPrograms},
		{"window", "the whole way in a real window, and through rollcallctl", at.testWindow},
	}
}

func (at place) setUp(ctx context.Context, out *report) error {
	if err := provide(ctx, toBuild, toShow, toServe); err != nil {
		return err
	}
	_, err := at.provideServers(ctx)
	return err
}

// checkFormat compares every Go file that git does not ignore with gofmt's form.
func (at place) checkFormat(_ context.Context, out *report) error {
	var bad []string
	files := 0
	err := filepath.WalkDir(at.root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() && path != at.root && (strings.HasPrefix(name, ".") || name == "bin" || name == "dist" || name == "testdata") {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(name, ".go") {
			return nil
		}
		files++
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		wanted, err := format.Source(source)
		if err != nil || !bytes.Equal(source, wanted) {
			rel, _ := filepath.Rel(at.root, path)
			bad = append(bad, rel)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("read the source: %w", err)
	}
	if len(bad) > 0 {
		return fmt.Errorf("not as gofmt writes it: %s", strings.Join(bad, " "))
	}
	out.say(fmt.Sprintf("  %d files", files))
	return nil
}

// buildPure builds all that has no window with CGO_ENABLED=0.
func (at place) buildPure(ctx context.Context, out *report) error {
	return out.quiet(ctx, at.goCommand(cgo(false), "build", "-buildvcs=false", "./internal/...", "./cmd/rollcallctl", "./cmd/dev"))
}

func (at place) vet(ctx context.Context, out *report) error {
	return out.quiet(ctx, at.goCommand(cgo(false), "vet", "-tags", headlessTags, "./..."))
}

// packages lists our packages for which keep is true of the path below the module.
func (at place) packages(keep func(string) bool) ([]string, error) {
	cmd := at.goCommand(cgo(false), "list", "-tags", headlessTags, "./...")
	list, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("list the packages: %w", err)
	}
	var out []string
	for _, p := range strings.Fields(string(list)) {
		if keep(strings.TrimPrefix(p, "rollcall/")) {
			out = append(out, p)
		}
	}
	return out, nil
}

func drawn(p string) bool { return p == "ui" || strings.HasPrefix(p, "ui/") || p == "cmd/rollcall" }

// walked reports whether p is tested in the window step.
func walked(p string) bool { return p == "internal/e2e" || p == "internal/bench" }

// testCore runs the core's tests once, with the race detector, beside a
// private session bus with a real keyring and the independent servers.
func (at place) testCore(ctx context.Context, out *report) error {
	packages, err := at.packages(func(p string) bool { return !drawn(p) && !walked(p) })
	if err != nil {
		return err
	}
	env, err := at.provideServers(ctx)
	if err != nil {
		return err
	}
	if runtime.GOOS == "linux" {
		bus, err := e2e.OpenBus()
		if err != nil {
			return err
		}
		defer bus.Close()
		env = append(env, "ROLLCALL_REQUIRE_KEYRING=1", "DBUS_SESSION_BUS_ADDRESS="+bus.Address)
	}
	if corpus := filepath.Join(at.root, "..", "shared", "corpus"); isDir(corpus) {
		env = append(env, "ROLLCALL_CORPUS_DIR="+corpus)
	}
	args := append([]string{"test", "-json", "-race", translated, "-count=1", "-timeout=20m"}, packages...)
	return out.tests(ctx, at.goCommand(append(env, cgo(true)...), args...))
}

// translated spares SQLite, which is C translated into Go, the checks of unsafe
// pointers that come with the race detector: every access of its machine is
// one, and they were a third of the time of all tests with a database.
const translated = "-gcflags=modernc.org/...=-d=checkptr=0"

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// testScreens runs the tests of everything that draws on the software painter.
func (at place) testScreens(ctx context.Context, out *report) error {
	packages, err := at.packages(drawn)
	if err != nil {
		return err
	}
	env := append(cgo(true), "LANG=en_US.UTF-8")
	args := append([]string{"test", "-json", "-race", translated, "-count=1", "-timeout=20m", "-tags", headlessTags}, packages...)
	return out.tests(ctx, at.goCommand(env, args...))
}

func (at place) buildPrograms(ctx context.Context, out *report) error {
	window, _ := at.buildWindow()
	tool, _ := at.buildTool()
	for _, cmd := range []*exec.Cmd{tool, window} {
		if err := out.quiet(ctx, cmd); err != nil {
			return err
		}
	}
	return nil
}

// testWindow runs the end-to-end tests against the programs just built.
func (at place) testWindow(ctx context.Context, out *report) error {
	env := append(cgo(false),
		"ROLLCALL_PROGRAMS="+filepath.Join(at.root, "bin"),
		"ROLLCALL_PICTURES="+at.pictures())
	if runtime.GOOS == "linux" {
		env = append(env, "ROLLCALL_REQUIRE_WINDOW=1")
	}
	if err := os.RemoveAll(filepath.Join(at.pictures(), "failed")); err != nil {
		return fmt.Errorf("clear old pictures: %w", err)
	}
	skipped := len(out.skipped)
	err := out.tests(ctx, at.goCommand(env, "test", "-json", "-count=1", "-timeout=30m", "./internal/e2e"))
	out.say("  pictures: " + at.pictures())
	if err == nil && runtime.GOOS == "linux" && len(out.skipped) > skipped {
		return errors.New("no test of the window may be skipped here")
	}
	return err
}
