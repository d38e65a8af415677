package main

import (
	"strings"
	"testing"

	"rollcall/internal/workbench"
)

func TestALargeAccountTellsHowFarItIsRead(t *testing.T) {
	var said strings.Builder
	tell := (&tool{errw: &said}).reading()
	tell(workbench.Progress{What: "Reading groups", Done: 14})
	for done := int64(500); done <= 30_500; done += 500 {
		total := int64(25_000)
		if done > 24_000 {
			total = 0
		}
		tell(workbench.Progress{What: "Reading users", Done: done, Total: total})
	}
	want := "Reading users: 10,000 of 25,000\nReading users: 20,000 of 25,000\nReading users: 30,000\n"
	if said.String() != want {
		t.Errorf("the tool said %q, want %q", said.String(), want)
	}
}
