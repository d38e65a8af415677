package main

import (
	"strings"
	"testing"
)

func TestWhatIsThereIsNotInstalled(t *testing.T) {
	there := need{what: "Go", program: "go"}
	gone := need{what: "a thing", program: "no-such-program-anywhere"}
	got := missing([]need{there, gone})
	if len(got) != 1 || got[0].what != "a thing" {
		t.Fatalf("got %v, want the thing that is not there", got)
	}
	if (need{what: "a file", files: []string{"/no/such/file*"}}).there() {
		t.Fatal("found a file that is not there")
	}
}

func TestEveryNeedHasANameOnEverySystem(t *testing.T) {
	for _, needs := range [][]need{toBuild, toShow, toServe} {
		for _, n := range needs {
			if n.what == "" || len(n.debian) == 0 || len(n.fedora) == 0 || len(n.arch) == 0 || len(n.suse) == 0 {
				t.Errorf("%+v has no package on some system", n)
			}
		}
	}
}

func TestWithoutAPackageManagerThePackagesAreNamed(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	err := byHand([]need{{what: "a virtual screen", debian: []string{"xvfb"}}})
	if err == nil || !strings.Contains(err.Error(), "a virtual screen") || !strings.Contains(err.Error(), "xvfb") {
		t.Fatalf("got %v", err)
	}
}
