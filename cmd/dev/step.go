package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"sync"
	"time"
)

// heartbeat is how long a step may be silent before it says that it goes on.
const heartbeat = 30 * time.Second

// step is one part of `dev test`.
type step struct {
	name string
	does string
	run  func(ctx context.Context, out *report) error
}

// report collects what the steps did, and prints it as it happens.
type report struct {
	mu   sync.Mutex
	last time.Time
	to   io.Writer

	lines   []string // one for each finished step
	passed  int
	failed  int
	skipped []string
	failing []string
}

// say prints a line at once.
func (r *report) say(line string) {
	if line == "" {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.last = time.Now()
	if line[len(line)-1] != '\n' {
		line += "\n"
	}
	_, _ = io.WriteString(r.to, line)
}

// run runs a step and notes how it went. A step without tests of its own
// counts as one check.
func (r *report) run(ctx context.Context, s step) {
	r.say(fmt.Sprintf("\n== %s: %s", s.name, s.does))
	began := time.Now()
	before := [3]int{r.passed, r.failed, len(r.skipped)}
	stop := r.beat(s.name, began)
	err := s.run(ctx, r)
	stop()
	if err != nil {
		r.say("  " + err.Error())
	}
	if r.passed == before[0] && r.failed == before[1] && len(r.skipped) == before[2] {
		r.count(err == nil, "check: "+s.name)
	} else if err != nil && r.failed == before[1] {
		r.count(false, "check: "+s.name)
	}
	took := time.Since(began)
	r.lines = append(r.lines, fmt.Sprintf("  %-4s %-10s %5d passed, %d failed, %d skipped  %s",
		verdict(r.failed == before[1]), s.name, r.passed-before[0], r.failed-before[1], len(r.skipped)-before[2], took.Round(100*time.Millisecond)))
}

func (r *report) count(ok bool, name string) {
	if ok {
		r.passed++
		return
	}
	r.failed++
	r.failing = append(r.failing, name)
}

// beat says now and then that a silent step goes on, until stop is called.
func (r *report) beat(name string, began time.Time) (stop func()) {
	done := make(chan struct{})
	go func() {
		tick := time.NewTicker(heartbeat)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				r.mu.Lock()
				silent := time.Since(r.last) >= heartbeat
				r.mu.Unlock()
				if silent {
					r.say(fmt.Sprintf("  … %s goes on, %s so far", name, time.Since(began).Round(time.Second)))
				}
			}
		}
	}()
	return func() { close(done) }
}

// close prints what ran, what was left out and why, what failed, and the
// counts; it returns errTold when something failed.
func (r *report) close() error {
	r.say("\n== What ran (tests, and one check for each step without tests)")
	for _, l := range r.lines {
		r.say(l)
	}
	if len(r.skipped) > 0 {
		r.say("Skipped:")
		for _, s := range r.skipped {
			r.say("  " + s)
		}
	}
	if len(r.failing) > 0 {
		r.say("Failed:")
		for _, f := range r.failing {
			r.say("  " + f)
		}
	}
	if r.passed+r.failed == 0 {
		r.say("Nothing ran.")
		r.failed++
	}
	r.say(fmt.Sprintf("%d passed, %d failed, %d skipped", r.passed, r.failed, len(r.skipped)))
	if r.failed > 0 {
		return errTold
	}
	return nil
}

// quiet runs a command and shows what it printed only when it fails.
func (r *report) quiet(ctx context.Context, cmd *exec.Cmd) error {
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := runWith(ctx, cmd); err != nil {
		r.say(lastLines(out.String(), 60))
		return fmt.Errorf("%s failed: %w", cmd.Args[0]+" "+cmd.Args[1], err)
	}
	return nil
}

// tests runs a `go test -json` command and counts.
func (r *report) tests(ctx context.Context, cmd *exec.Cmd) error {
	out, in := io.Pipe()
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = in, &said
	t := newTally()
	read := make(chan error, 1)
	go func() { read <- t.read(out, r.say) }()
	err := runWith(ctx, cmd)
	in.Close()
	if readErr := <-read; readErr != nil {
		return fmt.Errorf("read the tests' results: %w", readErr)
	}
	r.passed += t.passed
	r.failed += t.failed
	r.skipped = append(r.skipped, t.skipped...)
	r.failing = append(r.failing, t.failures...)
	if err != nil && t.failed == 0 {
		r.say(lastLines(said.String(), 40))
		return fmt.Errorf("go test failed: %w", err)
	}
	if err == nil && t.passed == 0 {
		return errors.New("no test passed: nothing was tested")
	}
	return nil
}

// grace is how long a program has to end by itself once it is asked to.
const grace = 5 * time.Second

// runWith runs cmd. When ctx ends, cmd and all that it started are asked to end,
// and then ended.
func runWith(ctx context.Context, cmd *exec.Cmd) error {
	ownGroup(cmd)
	if err := cmd.Start(); err != nil {
		return err
	}
	done := make(chan struct{})
	go func() {
		select {
		case <-ctx.Done():
			endGroup(cmd, false)
			select {
			case <-time.After(grace):
				endGroup(cmd, true)
			case <-done:
			}
		case <-done:
		}
	}()
	err := cmd.Wait()
	close(done)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}
