package store

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// A child of these tests is killed in the middle of its work. It prints a line
// for each thing that it was told is on disk.

const childEnv = "ROLLCALL_TEST_CHILD_HOME"

// child starts this test binary with one test, kills it after some lines, and
// gives the lines that came.
func child(t *testing.T, test, home string, after int) []string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+test+"$")
	// What the child leaves behind when it is killed lies in a folder of ours.
	temp := t.TempDir()
	cmd.Env = append(os.Environ(), childEnv+"="+home, "TMPDIR="+temp, "TMP="+temp, "TEMP="+temp)
	out, err := cmd.StdoutPipe()
	ok(t, err)
	cmd.Stderr = os.Stderr
	ok(t, cmd.Start())
	var lines []string
	scan := bufio.NewScanner(out)
	for scan.Scan() {
		lines = append(lines, scan.Text())
		if len(lines) == after {
			ok(t, cmd.Process.Kill())
		}
	}
	err = cmd.Wait()
	if err == nil || cmd.ProcessState.ExitCode() >= 0 {
		t.Fatalf("the child ended by itself: %v %q", err, lines)
	}
	return lines
}

// TestChildEdits is a program that edits without end: the same edits each time.
func TestChildEdits(t *testing.T) {
	home := os.Getenv(childEnv)
	if home == "" {
		t.Skip("runs inside TestAKilledProgramLosesNoEdit")
	}
	s, err := Open(Options{Home: home})
	ok(t, err)
	d := newDesk(t, s)
	rnd := rand.New(rand.NewPCG(7, 7))
	for n := 1; ; n++ {
		d.random(rnd)
		if n%40 == 0 {
			d.work.Compact(d.sheet)
		}
		if n%5 == 0 {
			ok(t, d.work.Flush(t.Context()))
			fmt.Println(n)
		}
	}
}

func TestAKilledProgramLosesNoEdit(t *testing.T) {
	for _, after := range []int{1, 9, 31} {
		home := t.TempDir()
		lines := child(t, "TestChildEdits", home, after)
		var flushed int
		_, err := fmt.Sscan(lines[len(lines)-1], &flushed)
		ok(t, err)
		h := open(t, home, nil)
		list, err := h.Recoverable(t.Context())
		ok(t, err)
		want(t, len(list), 1)
		r, err := h.Recover(t.Context(), list[0].ID)
		ok(t, err)
		got := base()
		_, err = r.Replay(got)
		ok(t, err)

		// Make the same edits here: the sheet that came back is as it was after
		// some action, and not before the last that was said to be on disk.
		same := &desk{base(), newDesk(t, open(t, t.TempDir(), nil).Store).work}
		rnd := rand.New(rand.NewPCG(7, 7))
		for range flushed {
			same.random(rnd)
		}
		for n := 0; shows(same.sheet) != shows(got); n++ {
			if n > 10_000 {
				t.Fatalf("after %d actions on disk the sheet is like none that was", flushed)
			}
			same.random(rnd)
		}
	}
}

// TestChildImports is a program in the middle of an import.
func TestChildImports(t *testing.T) {
	home := os.Getenv(childEnv)
	if home == "" {
		t.Skip("runs inside TestAKilledImportIsFoundAsFarAsItCame")
	}
	s, err := Open(Options{Home: home})
	ok(t, err)
	l, err := s.BeginImport(t.Context(), ImportHead{Profile: "acme", FileHash: "hash"}, somePlan(t))
	ok(t, err)
	fmt.Println("begun", l.ID())
	for n := 0; ; n += 10 {
		ok(t, l.Intend([]int{n, n + 1, n + 2, n + 3, n + 4, n + 5, n + 6, n + 7, n + 8, n + 9}))
		fmt.Println("intend", n)
		for e := n; e < n+10; e++ {
			l.LogRequest(Request{Method: "POST", Path: "/Users", Status: 201})
			ok(t, l.Done(e, map[string]any{"entry": e, "outcome": "added", "pad": strings.Repeat("x", 500)}))
			fmt.Println("done", e)
		}
	}
}

func TestAKilledImportIsFoundAsFarAsItCame(t *testing.T) {
	for _, after := range []int{2, 17, 240} {
		home := t.TempDir()
		lines := child(t, "TestChildImports", home, after)
		h := open(t, home, nil)
		list, err := h.Unfinished(t.Context(), "acme", "hash")
		ok(t, err)
		want(t, len(list), 1)
		want(t, list[0].Busy, false)
		l, p, err := h.ResumeImport(t.Context(), list[0].ID)
		ok(t, err)
		want(t, p, somePlan(t))
		got, err := l.Recorded()
		ok(t, err)
		for _, line := range lines {
			var what string
			var n int
			if what, _, _ := strings.Cut(line, " "); what == "begun" {
				continue // the rest of the line is an import's ID, which may begin with digits
			}
			_, err := fmt.Sscan(line, &what, &n)
			ok(t, err)
			outcome, there := got[n]
			if !there {
				t.Fatalf("%q was on disk and is not there", line)
			}
			if what == "done" {
				var o struct{ Entry int }
				ok(t, json.Unmarshal(outcome, &o))
				want(t, o.Entry, n)
			}
		}
		ok(t, l.Close())
	}
}
