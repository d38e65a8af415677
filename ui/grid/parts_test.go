package grid

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2/driver/desktop"

	"fyne.io/fyne/v2"
)

func TestTheEditorTellsWhereItsChoicesLie(t *testing.T) {
	p := newPeople(20, 3)
	p.editors[0] = Editor{Kind: Choices, Choices: []string{"Active", "Archived"}}
	b := newBench(t, p)
	if _, on := b.grid.EditorParts(); on {
		t.Error("an editor before one is open")
	}
	b.shortcut(&desktop.CustomShortcut{KeyName: fyne.KeyDown, Modifier: fyne.KeyModifierAlt})
	parts, on := b.grid.EditorParts()
	if !on || parts.Cell != (Pos{}) || parts.Text != "A1" || len(parts.Choices) != 2 {
		t.Fatalf("parts: %+v, %v", parts, on)
	}
	second := parts.Choices[1]
	if second.Text != "Archived" {
		t.Errorf("second choice: %+v", second)
	}
	e := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
	e.Position = second.At.AddXY(20, second.Size.Height/2).Subtract(b.grid.edit.list.Position())
	b.grid.edit.list.MouseDown(e)
	b.expectCell(0, 0, "Archived")
}

func TestPartsAreToldOnlyAsFarAsTheyAreInSight(t *testing.T) {
	b := newBench(t, newPeople(50, 4)) // 4 × 100 wide in 330
	b.grid.ScrollTo(50, 15)
	for _, tt := range []struct {
		what     string
		tell     func() (fyne.Position, fyne.Size, bool)
		at       fyne.Position
		size     fyne.Size
		isInView bool
	}{
		{"a header cut at the left", func() (fyne.Position, fyne.Size, bool) { return b.grid.HeaderRect(0) },
			fyne.NewPos(52, 0), fyne.NewSize(50, 32), true},
		{"a row number under the header", func() (fyne.Position, fyne.Size, bool) { return b.grid.RowHeaderRect(0) },
			fyne.NewPos(0, 32), fyne.NewSize(52, 15), true},
		{"the first cell", func() (fyne.Position, fyne.Size, bool) { return b.grid.VisibleCellRect(Pos{}) },
			fyne.NewPos(52, 32), fyne.NewSize(50, 15), true},
		{"a cell under the vertical bar", func() (fyne.Position, fyne.Size, bool) { return b.grid.VisibleCellRect(Pos{1, 3}) },
			fyne.NewPos(52+250, 32+15), fyne.NewSize(330-barWidth-250, 30), true},
		{"a cell far below", func() (fyne.Position, fyne.Size, bool) { return b.grid.VisibleCellRect(Pos{40, 0}) },
			fyne.Position{}, fyne.Size{}, false},
	} {
		at, size, seen := tt.tell()
		if at != tt.at || size != tt.size || seen != tt.isInView {
			t.Errorf("%s: %v %v %v, want %v %v %v", tt.what, at, size, seen, tt.at, tt.size, tt.isInView)
		}
	}
}

func TestEachHandlerIsWatched(t *testing.T) {
	b := newBench(t, newPeople(50, 3))
	var seen []string
	depth := 0
	b.grid.Watch = func(what string, f func()) {
		if depth == 0 {
			seen = append(seen, what)
		}
		depth++
		f()
		depth--
	}
	b.key(fyne.KeyDown)
	b.write("ab")
	b.key(fyne.KeyReturn)
	b.shortcut(&fyne.ShortcutSelectAll{})
	b.grid.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -25)})
	b.click(Pos{3, 1})
	b.grid.Refresh()
	b.grid.post(func() {})
	b.runLater()
	want := []string{"key Down", "letter", "editor letter", "editor key Return", "shortcut SelectAll", "scroll",
		"mouse down", "mouse up", "draw", "posted work"}
	// Focus that moves while the editor opens and closes posts work of its own.
	if got := slices.Compact(seen); !slices.Equal(got, want) {
		t.Errorf("watched %q, want %q", got, want)
	}
}
