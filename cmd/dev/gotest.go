package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"sort"
	"strings"
)

// testEvent is one line of `go test -json` (see `go doc test2json`).
type testEvent struct {
	Action     string
	Package    string
	ImportPath string
	Test       string
	Output     string
	Elapsed    float64
}

// tally adds up what a run of `go test -json` did. A test that only holds
// subtests is not counted beside them.
type tally struct {
	passed, failed int
	// skipped are the skipped tests, as "package Test: reason".
	skipped []string
	// failures are the failed tests and packages, as "package Test".
	failures []string
	// packages is how many packages had tests.
	packages int

	results map[string]map[string]string // package → test → action
	output  map[string]*strings.Builder  // "package\x00test" → what it printed
	builds  map[string]*strings.Builder  // import path → what the compiler said
}

func newTally() *tally {
	return &tally{
		results: map[string]map[string]string{},
		output:  map[string]*strings.Builder{},
		builds:  map[string]*strings.Builder{},
	}
}

// read takes in a stream of events; show gets a line for each finished package
// and all that a failed test printed.
func (t *tally) read(r io.Reader, show func(string)) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var e testEvent
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil || e.Action == "" {
			show(lines.Text()) // the go command's own words, such as a broken go.mod
			continue
		}
		t.take(e, show)
	}
	return lines.Err()
}

func (t *tally) take(e testEvent, show func(string)) {
	key := e.Package + "\x00" + e.Test
	switch e.Action {
	case "build-output":
		grow(t.builds, e.ImportPath, e.Output)
	case "output":
		grow(t.output, key, e.Output)
	case "pass", "fail", "skip":
		if e.Test == "" {
			t.endPackage(e, show)
			return
		}
		if t.results[e.Package] == nil {
			t.results[e.Package] = map[string]string{}
		}
		t.results[e.Package][e.Test] = e.Action
	}
}

func grow(m map[string]*strings.Builder, key, text string) {
	if m[key] == nil {
		m[key] = &strings.Builder{}
	}
	m[key].WriteString(text)
}

func text(m map[string]*strings.Builder, key string) string {
	if b := m[key]; b != nil {
		return b.String()
	}
	return ""
}

// endPackage counts a finished package's tests and shows its line.
func (t *tally) endPackage(e testEvent, show func(string)) {
	name := strings.TrimPrefix(e.Package, "rollcall/")
	results := t.results[e.Package]
	passed, failed, skipped := 0, 0, 0
	tests := make([]string, 0, len(results))
	for test := range results {
		tests = append(tests, test)
	}
	sort.Strings(tests)
	for _, test := range tests {
		inner := hasSubtests(tests, test)
		switch results[test] {
		case "pass":
			if !inner {
				passed++
			}
		case "skip":
			if !inner {
				skipped++
				t.skipped = append(t.skipped, fmt.Sprintf("%s %s: %s", name, test, reason(text(t.output, e.Package+"\x00"+test))))
			}
		case "fail":
			if inner && subtestFailed(results, test) {
				continue // told by the subtest
			}
			failed++
			t.failures = append(t.failures, name+" "+test)
			show(text(t.output, e.Package+"\x00"+test))
		}
	}
	if e.Action == "fail" && failed == 0 {
		failed++
		t.failures = append(t.failures, name+" (the package itself)")
		for path, b := range t.builds {
			show(fmt.Sprintf("%s\n%s", path, b.String()))
		}
		clear(t.builds)
		show(text(t.output, e.Package+"\x00"))
		show(t.unfinished(e.Package, results))
	}
	t.passed += passed
	t.failed += failed
	if len(results) == 0 && failed == 0 {
		return
	}
	t.packages++
	line := fmt.Sprintf("  %-4s %-28s %5d passed", verdict(failed == 0), name, passed)
	if failed > 0 {
		line += fmt.Sprintf(", %d failed", failed)
	}
	if skipped > 0 {
		line += fmt.Sprintf(", %d skipped", skipped)
	}
	show(fmt.Sprintf("%s  %.1f s", line, e.Elapsed))
	for test := range results {
		delete(t.output, e.Package+"\x00"+test)
	}
	delete(t.output, e.Package+"\x00")
}

// unfinished is what tests printed that neither passed nor failed: a panic, a
// data race at the end, a time-out.
func (t *tally) unfinished(pkg string, results map[string]string) string {
	var b strings.Builder
	for key, out := range t.output {
		if test, ok := strings.CutPrefix(key, pkg+"\x00"); ok && test != "" && results[test] == "" {
			b.WriteString(lastLines(out.String(), 120))
		}
	}
	return b.String()
}

func verdict(ok bool) string {
	if ok {
		return "ok"
	}
	return "FAIL"
}

// hasSubtests reports whether sorted names hold a subtest of test.
func hasSubtests(sorted []string, test string) bool {
	i, _ := slices.BinarySearch(sorted, test+"/")
	return i < len(sorted) && strings.HasPrefix(sorted[i], test+"/")
}

func subtestFailed(results map[string]string, test string) bool {
	for name, action := range results {
		if action == "fail" && strings.HasPrefix(name, test+"/") {
			return true
		}
	}
	return false
}

// reason finds a skipped test's own words in what it printed.
func reason(output string) string {
	for _, line := range strings.Split(output, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "===") || strings.HasPrefix(line, "---") {
			continue
		}
		if _, after, ok := strings.Cut(line, ".go:"); ok {
			if _, said, ok := strings.Cut(after, ": "); ok {
				return said
			}
		}
		return line
	}
	return "no reason given"
}
