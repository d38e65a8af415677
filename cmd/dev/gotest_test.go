package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// events makes a stream of `go test -json` lines from "action test output" triples.
func events(lines ...[3]string) string {
	var b strings.Builder
	for _, l := range lines {
		fmt.Fprintf(&b, `{"Action":%q,"Package":"rollcall/internal/x","Test":%q,"Output":%q}`+"\n", l[0], l[1], l[2])
	}
	return b.String()
}

func TestTestsAreCountedByTheirLeaves(t *testing.T) {
	cases := []struct {
		name           string
		stream         string
		passed, failed int
		skipped        []string
		failures       []string
	}{
		{"a passed test", events([3]string{"pass", "TestA"}, [3]string{"pass", ""}), 1, 0, nil, nil},
		{"a test that only holds subtests is not counted beside them",
			events([3]string{"pass", "TestA/one"}, [3]string{"pass", "TestA/two"}, [3]string{"pass", "TestA"}, [3]string{"pass", ""}), 2, 0, nil, nil},
		{"a failed subtest is told once",
			events([3]string{"fail", "TestA/one"}, [3]string{"pass", "TestA/two"}, [3]string{"fail", "TestA"}, [3]string{"fail", ""}),
			1, 1, nil, []string{"internal/x TestA/one"}},
		{"a test that fails outside its subtests is told",
			events([3]string{"pass", "TestA/one"}, [3]string{"fail", "TestA"}, [3]string{"fail", ""}),
			1, 1, nil, []string{"internal/x TestA"}},
		{"a skipped test gives its reason",
			events([3]string{"output", "TestA", "=== RUN   TestA\n"}, [3]string{"output", "TestA", "    a_test.go:12: no keyring here\n"}, [3]string{"skip", "TestA"}, [3]string{"pass", ""}),
			0, 0, []string{"internal/x TestA: no keyring here"}, nil},
		{"a package that does not build is a failure",
			`{"Action":"build-output","ImportPath":"rollcall/internal/x","Output":"x.go:1: broken\n"}` + "\n" + events([3]string{"fail", ""}),
			0, 1, nil, []string{"internal/x (the package itself)"}},
		{"a panic that ends a package is a failure",
			events([3]string{"run", "TestA"}, [3]string{"output", "TestA", "panic: oh\n"}, [3]string{"fail", ""}),
			0, 1, nil, []string{"internal/x (the package itself)"}},
		{"similar names are not subtests",
			events([3]string{"pass", "TestA"}, [3]string{"pass", "TestAB"}, [3]string{"pass", "TestA.b"}, [3]string{"pass", ""}), 3, 0, nil, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := newTally()
			if err := got.read(strings.NewReader(c.stream), func(string) {}); err != nil {
				t.Fatal(err)
			}
			if got.passed != c.passed || got.failed != c.failed || !slices.Equal(got.skipped, c.skipped) || !slices.Equal(got.failures, c.failures) {
				t.Fatalf("got %d passed, %d failed %q, skipped %q; want %d, %d %q, %q",
					got.passed, got.failed, got.failures, got.skipped, c.passed, c.failed, c.failures, c.skipped)
			}
		})
	}
}

func TestWhatAFailedTestPrintedIsShown(t *testing.T) {
	var shown strings.Builder
	stream := events([3]string{"output", "TestA", "    a_test.go:3: want 2\n"}, [3]string{"fail", "TestA"}, [3]string{"fail", ""}) + "go: not JSON\n"
	if err := newTally().read(strings.NewReader(stream), func(s string) { shown.WriteString(s + "\n") }); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"a_test.go:3: want 2", "FAIL internal/x", "go: not JSON"} {
		if !strings.Contains(shown.String(), want) {
			t.Errorf("%q is not in %q", want, shown.String())
		}
	}
}

func TestTheCountsCloseTheReport(t *testing.T) {
	var printed strings.Builder
	out := &report{to: &printed, passed: 7, skipped: []string{"internal/x TestA: no keyring here"}}
	out.count(false, "check: vet")
	if err := out.close(); err == nil {
		t.Fatal("a failure went unnoticed")
	}
	if !strings.HasSuffix(printed.String(), "Failed:\n  check: vet\n7 passed, 1 failed, 1 skipped\n") {
		t.Fatalf("got %q", printed.String())
	}
}

func TestARunWithoutTestsFails(t *testing.T) {
	var printed strings.Builder
	if err := (&report{to: &printed}).close(); err == nil {
		t.Fatal("nothing ran, and nobody was told")
	}
}
