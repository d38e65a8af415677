package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"

	"rollcall/internal/e2e"
)

// measure is one figure as the measuring programs print it (see internal/bench).
type measure struct {
	Name     string  `json:"name"`
	Value    float64 `json:"value"`
	Unit     string  `json:"unit"`
	Against  string  `json:"against"`
	Baseline float64 `json:"baseline"`
	// Limit is the most that Value, or with Ratio Value/Baseline, may be; with
	// AtLeast it is the least. 0 is no limit.
	Limit   float64 `json:"limit"`
	Ratio   bool    `json:"ratio"`
	AtLeast bool    `json:"atLeast"`
	Note    string  `json:"note"`
}

// ratio is the figure in units of its baseline; 0 where there is none.
func (m measure) ratio() float64 {
	if m.Baseline == 0 {
		return 0
	}
	return m.Value / m.Baseline
}

// kept reports whether the figure keeps its limit.
func (m measure) kept() bool {
	held := m.Value
	if m.Ratio {
		held = m.ratio()
	}
	switch {
	case m.Limit == 0:
		return true
	case m.AtLeast:
		return held >= m.Limit
	default:
		return held <= m.Limit
	}
}

// benchPart is a program or a look from outside that measures something.
type benchPart struct {
	name string
	does string
	run  func(ctx context.Context, at place, tell func(measure)) error
}

var benchParts = []benchPart{
	{"core", "opening, editing, pushing, a directory of 100,000 users", benchCore},
	{"grid", "the sheet widget beside Fyne's table, in a real window", benchGrid},
	{"start", "a file on screen, from the start of the program", benchStart},
}

// benchCommand measures everything and prints one table.
func benchCommand(ctx context.Context, at place, args []string) error {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	strict := flags.Bool("strict", false, "fail when a limit is missed")
	only := flags.String("only", "", "parts, with commas between: core, grid, start")
	if err := flags.Parse(args); err != nil {
		return errTold
	}
	fmt.Printf("On %d cores of %s/%s. Times are the best of several runs.\n", runtime.NumCPU(), runtime.GOOS, runtime.GOARCH)
	var all []measure
	for _, p := range benchParts {
		if *only != "" && !slices.Contains(strings.Split(*only, ","), p.name) {
			continue
		}
		fmt.Printf("\n%s: %s\n", p.name, p.does)
		header()
		if err := p.run(ctx, at, func(m measure) { all = append(all, m); m.print() }); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
	}
	return verdictOf(all, *strict)
}

// verdictOf closes the table with the limits that were missed.
func verdictOf(all []measure, strict bool) error {
	limits, missed := 0, 0
	for _, m := range all {
		if m.Limit != 0 {
			limits++
		}
		if !m.kept() {
			missed++
		}
	}
	fmt.Printf("\n%d figures, %d with a limit, %d of these missed.\n", len(all), limits, missed)
	if len(all) == 0 {
		return errors.New("nothing was measured")
	}
	if strict && missed > 0 {
		return errTold
	}
	return nil
}

const tableLine = "  %-4s %-62s %14s  %14s %8s  %s\n"

func header() {
	fmt.Printf(tableLine, "", "measure", "figure", "baseline", "ratio", "limit")
}

// print prints the figure's line of the table, and under it what a reader has to know.
func (m measure) print() {
	mark := ""
	if m.Limit != 0 {
		mark = "ok"
		if !m.kept() {
			mark = "MISS"
		}
	}
	baseline, ratio, limit := "", "", ""
	if m.Against != "" {
		baseline = amount(m.Baseline, m.Unit)
		ratio = fmt.Sprintf("%.2f", m.ratio())
	}
	if m.Limit != 0 {
		word := "at most "
		if m.AtLeast {
			word = "at least "
		}
		if m.Ratio {
			limit = word + fmt.Sprintf("%g×", m.Limit)
		} else {
			limit = word + amount(m.Limit, m.Unit)
		}
	}
	fmt.Printf(tableLine, mark, m.Name, amount(m.Value, m.Unit), baseline, ratio, limit)
	var under []string
	if m.Against != "" {
		under = append(under, "beside "+m.Against)
	}
	if m.Note != "" {
		under = append(under, m.Note)
	}
	if len(under) > 0 {
		fmt.Printf("       %s\n", strings.Join(under, "; "))
	}
}

// amount writes a figure with as many digits as mean something.
func amount(v float64, unit string) string {
	switch {
	case v >= 100:
		return fmt.Sprintf("%.0f %s", v, unit)
	case v >= 10:
		return fmt.Sprintf("%.1f %s", v, unit)
	default:
		return fmt.Sprintf("%.3f %s", v, unit)
	}
}

// figures runs a measuring program and hands on what it prints.
func figures(ctx context.Context, cmd *exec.Cmd, tell func(measure)) error {
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	var said bytes.Buffer // the toolkit warns of what a virtual screen lacks
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		return err
	}
	stop := context.AfterFunc(ctx, func() { _ = cmd.Process.Kill() })
	defer stop()
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		var m measure
		if err := json.Unmarshal(lines.Bytes(), &m); err != nil || m.Name == "" {
			fmt.Println("       " + lines.Text())
			continue
		}
		tell(m)
	}
	if err := errors.Join(lines.Err(), cmd.Wait()); err != nil {
		fmt.Print(lastLines(said.String(), 30))
		return err
	}
	return nil
}

func benchCore(ctx context.Context, at place, tell func(measure)) error {
	return figures(ctx, at.goCommand(cgo(false), "run", "-buildvcs=false", "./internal/bench"), tell)
}

// benchGrid runs ui/bench on a virtual screen, or on the real one elsewhere.
func benchGrid(ctx context.Context, at place, tell func(measure)) error {
	if err := provide(ctx, toBuild, toShow); err != nil {
		return err
	}
	binary := at.bin("gridbench")
	build := at.goCommand(cgo(true), "build", "-buildvcs=false", "-tags", windowTags, "-o", binary, "./ui/bench")
	if err := loud(ctx, build); err != nil {
		return fmt.Errorf("build the widget's measuring program: %w", err)
	}
	cmd := exec.Command(binary)
	cmd.Env = append(os.Environ(), "LANG=en_US.UTF-8", "FYNE_SCALE=1")
	if runtime.GOOS == "linux" {
		display, err := e2e.OpenDisplay()
		if err != nil {
			return err
		}
		defer display.Close()
		cmd.Env = append(cmd.Env, "DISPLAY="+display.Name, "WAYLAND_DISPLAY=", "LIBGL_ALWAYS_SOFTWARE=1")
	}
	return figures(ctx, cmd, tell)
}
