package ui

import (
	"testing"

	"fyne.io/fyne/v2"
)

func TestEnterRightBehindTheTextGoesToTheFirstPlace(t *testing.T) {
	s := newStage(t, Options{File: write(t, "a.csv", small)})
	s.cell(2, "Current Status")
	s.w.Find(false)
	s.settle()
	// As from quick fingers: nothing that is found comes back in between.
	for _, r := range "north" {
		s.w.window.Canvas().Focused().TypedRune(r)
	}
	s.key(fyne.KeyReturn)
	s.says("grid.cursor", "2.Primary Email")
	contains(t, s.page().Said("find.count"), "1 of ")
	s.key(fyne.KeyReturn)
	contains(t, s.page().Said("find.count"), "2 of ")
}
